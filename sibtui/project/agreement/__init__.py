"""Comparison of coders: the sources that they have read, and the passages to which they applied the codes."""
