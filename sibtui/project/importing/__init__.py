"""Imports: files, tables of codings, codebooks and projects of other programs become items of a study."""
