"""A plain table, for lists and reports: every renderer takes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of strings or whole numbers. `title` stands above it where a format has room for one."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    title: str = ""
