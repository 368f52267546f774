"""Matrices computed from the rows of a study: their columns, codings, evidence and judgements."""
