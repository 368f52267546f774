"""Tables of figures that can be undefined. An undefined figure is a word in print and null in JSON. Programs get all digits of a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sibtui.model.table import Rounded, Table, Value

FigureRow = TypeVar("FigureRow")
Figure = float | str | None
"""A number, a text, or None where a number cannot be computed."""


def figures_table(
    title: str,
    columns: Mapping[str, Callable[[FigureRow], Figure]],
    rows: Sequence[FigureRow],
    below: Sequence[str],
    missing: Callable[[FigureRow], str],
) -> Table:
    """Return the table of the figures of each row. `missing` returns the word to print where a number cannot be computed."""
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
    """Return the name of a column in JSON."""
    return column.lower().replace("'", "").replace("-", "_").replace(" ", "_")
