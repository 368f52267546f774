"""Comparing two copies of a study, and writing their merge."""
