"""Permanent erasure of sources, words of a person, and older texts, from a study with its history and backups."""
