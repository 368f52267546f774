"""Plain tables: named columns and rows of values, for lists and reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from sibtui.model.frozen import dataclass


class Rounded(float):
    """A number that people read with a few decimals. CSV, Excel and JSON hold it with all its digits.

    >>> str(Rounded(2 / 3)), repr(Rounded(2 / 3))
    ('0.667', '0.6666666666666666')
    """

    places: int

    def __new__(cls, value: float, places: int = 3) -> Self:
        number = super().__new__(cls, value)
        number.places = places
        return number

    def __str__(self) -> str:
        text = f"{float(self):.{self.places}f}"
        return text.removeprefix("-") if float(text) == 0 else text


SingleValue = str | int | Rounded
Value = SingleValue | tuple[str, ...]
"""A value in a table: a text, a number, or several texts. Several texts are an array in JSON, and joined by `; ` elsewhere."""


def as_text(value: Value) -> str:
    """Return the value as it is written in a cell."""
    return "; ".join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of values. Every format can draw it (see `sibtui.formats.documents.model`).

    Most formats print the title above the table, and the lines `below` after the table. `objects` are the rows in JSON, if JSON has other names
    than the columns, or other types of values.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    below: tuple[str, ...] = ()
    objects: tuple[Mapping[str, Any], ...] = ()

    def to_dicts(self) -> list[dict[str, SingleValue | list[str]]]:
        """Return one dict per row, with the columns as keys; lists stay lists.

        >>> Table(("code", "cases"), (("Trust", ("A", "B")),)).to_dicts()
        [{'code': 'Trust', 'cases': ['A', 'B']}]
        """
        return [
            {
                column: list(value) if isinstance(value, tuple) else value
                for column, value in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]

    def flat_rows(self) -> list[tuple[SingleValue, ...]]:
        """Return the rows with lists joined, for formats that have no lists.

        >>> Table(("code", "cases"), (("Trust", ("A", "B")),)).flat_rows()
        [('Trust', 'A; B')]
        """
        return [tuple(as_text(value) if isinstance(value, tuple) else value for value in row) for row in self.rows]

    def to_pandas(self) -> Any:
        """Return a pandas.DataFrame with these columns. Raises ModuleNotFoundError without pandas (`pip install 'sibtui[pandas]'`)."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))
