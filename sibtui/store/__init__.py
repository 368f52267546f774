"""The study file: its opening and upgrade, its history, and one module for each kind of row.

A study is an SQLite file. Outside this package, no code runs SQL on it.
"""
