"""Tables of numbers, some of which may be undefined.

An undefined number is printed as a word, and is null in JSON. Printed numbers are rounded. Those in JSON and CSV are
not rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sibtui.model.table import Rounded, Table, Value

FigureRow = TypeVar("FigureRow")
Figure = float | str | None
"""The content of a cell: a number, a text, or None for a number that cannot be computed."""


def figures_table(
    title: str,
    columns: Mapping[str, Callable[[FigureRow], Figure]],
    rows: Sequence[FigureRow],
    below: Sequence[str],
    missing: Callable[[FigureRow], str],
) -> Table:
    """Return a table of numbers, some of which may be undefined.

    `columns` maps the name of a column to a function that takes a row and returns its number. `missing` takes a row and
    returns the word to print for its undefined numbers. `below` are lines to print below the table.
    """
    figures = [[figure(row) for figure in columns.values()] for row in rows]
    return Table(
        tuple(columns),
        tuple(
            tuple(_cell(name, figure, missing(row)) for name, figure in zip(columns, own, strict=True))
            for row, own in zip(rows, figures, strict=True)
        ),
        title,
        below=tuple(below),
        objects=tuple(dict(zip(map(_field, columns), own, strict=True)) for own in figures),
    )


def _cell(column: str, figure: Figure, missing: str) -> Value:
    if figure is None:
        return missing
    return Rounded(figure, 1 if column == "percent" else 3) if isinstance(figure, float) else figure


def _field(column: str) -> str:
    """Return the name that a column has in JSON, such as `fleiss_kappa` for “Fleiss' kappa”."""
    return column.lower().replace("'", "").replace("-", "_").replace(" ", "_")
