"""Matrices that are computed from the codings of a study: their columns, codings, evidence and judgements."""
