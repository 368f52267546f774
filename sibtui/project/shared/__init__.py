"""Helpers that several nouns of the project use, such as sessions, filters and drafts of a whole study."""
