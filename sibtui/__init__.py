"""Code interview notes in the terminal; get the tables of a paper from them, each X traceable to its quotes."""

__version__ = "0.1.0"
