"""Queries of codings: the tree of a query, its parser, and its evaluation over the places of codings."""
