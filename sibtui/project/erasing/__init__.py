"""Erasure for good: sources, turns of a person, and older texts are removed from the study, its history and its copies."""
