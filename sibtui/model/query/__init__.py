"""Queries that find codings.

A query is parsed into a tree. The tree is evaluated with the places of all codings.
"""
