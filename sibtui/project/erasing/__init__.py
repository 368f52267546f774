"""Permanent erasure of sources, words of a person, and older texts from the study, its history and its backups."""
