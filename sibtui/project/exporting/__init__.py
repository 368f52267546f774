"""Exports: the study and its parts as files for other programs and for readers."""
