"""Tables for lists and reports: named columns, and rows of values. They do not depend on an output format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

from sibtui.model.frozen import dataclass


class Rounded(float):
    """A number that is printed with `places` decimals. In CSV, Excel and JSON it has all its digits.

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
"""A value in a table: a text, a number, or several texts. In JSON, several texts are an array; elsewhere they are joined by `; `."""


def as_text(value: Value) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def free_name(name: str, taken: set[str]) -> str:
    """Return a column name that is not in `taken`, and add it to `taken`.

    If `name` is taken, a number is added at its end.
    """
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name} {count}"
    taken.add(free)
    return free


def different_names(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the names of columns, with a number added to a name that an earlier column has.

    Names such as labels of cases come from the user, and can be equal to the name of another column.

    >>> different_names(("word", "count", "SIB A", "count"))
    ('word', 'count', 'SIB A', 'count 2')
    """
    names = tuple(columns)
    taken, earlier = set(names), set[str]()
    found = []
    for name in names:
        found.append(free_name(name, taken) if name in earlier else name)
        earlier.add(name)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of values.

    Most output formats print `title` above the table, and the lines in `below` under it. If `objects` is not empty,
    JSON has these objects in place of the rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    below: tuple[str, ...] = ()
    objects: tuple[Mapping[str, Any], ...] = ()

    def to_dicts(self) -> list[dict[str, SingleValue | list[str]]]:
        """Return one dict per row, with the column names as keys. A value of several texts becomes a list.

        If an earlier column has the same name, the name gets a number, such as `count 2`.

        >>> Table(("code", "cases"), (("Trust", ("A", "B")),)).to_dicts()
        [{'code': 'Trust', 'cases': ['A', 'B']}]
        """
        names = different_names(self.columns)
        return [
            {name: list(value) if isinstance(value, tuple) else value for name, value in zip(names, row, strict=True)}
            for row in self.rows
        ]

    def flat_rows(self) -> list[tuple[SingleValue, ...]]:
        """Return the rows for formats without lists. A value of several texts becomes one text, joined by `; `.

        >>> Table(("code", "cases"), (("Trust", ("A", "B")),)).flat_rows()
        [('Trust', 'A; B')]
        """
        return [tuple(as_text(value) if isinstance(value, tuple) else value for value in row) for row in self.rows]

    def to_pandas(self) -> Any:
        """Return the table as a pandas.DataFrame.

        Raises ModuleNotFoundError without pandas (`pip install 'sibtui[pandas]'`).
        """
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(different_names(self.columns)))
