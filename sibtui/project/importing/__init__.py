"""Imports: files, tables of codings, codebooks and projects of other programs are added to a study."""
