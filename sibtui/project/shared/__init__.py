"""Helpers for several parts of `Project`, such as sessions, filters and drafts of a whole study."""
