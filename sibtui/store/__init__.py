"""The study file: opening and upgrading it, its history, and one module for each kind of rows.

A study is an SQLite file. Outside this package, no code runs SQL on it.
"""
