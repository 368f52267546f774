"""Comparison of coders: what they read, and where they used the codes."""
