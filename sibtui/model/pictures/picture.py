"""The kinds of picture.

A picture has the same numbers as its table, and a description for readers who cannot see it.
"""

from __future__ import annotations

from typing import Literal

from sibtui.errors import InputError
from sibtui.model.frozen import dataclass

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 400, 60, 6000
"""The largest numbers of rows, columns and cells in a picture. With more of them, nobody can read the picture."""
MOST_STRETCHES = 10_000
"""The largest number of coded stretches in a portrait."""

CellPattern = Literal["", "contested", "unknown"]
"""The hatching of a cell in a heat map.

“contested” is for a cell with quotes for and against, “unknown” for a cell without enough readings. Empty for no
hatching.
"""
ChartMark = Literal["bar", "dot"]
"""The mark in each row of a chart: a bar from zero, or a dot with its interval."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a heat map. `text` is printed in it. `value` decides its shade; a cell with None has no shade."""

    text: str
    value: float | None
    pattern: CellPattern = ""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table whose cells are shaded by a number. `figure` is the name of this number, such as “quotes”.

    `notes` are lines to print below the picture.
    """

    title: str
    description: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[HeatCell, ...], ...]
    figure: str
    notes: tuple[str, ...] = ()

    @property
    def largest(self) -> float:
        """The largest number, which has the darkest shade; 0 if no cell has a number."""
        return max((cell.value for row in self.cells for cell in row if cell.value is not None), default=0)


@dataclass(frozen=True, slots=True)
class CurveChart:
    """A chart with a bar for each item, such as the new codes of each interview, and a line for the sum so far.

    - `new`, `so_far`: the numbers for the bars and for the line.
    - `base`: the number of items at the start that form the base, with which later items are compared.
    - `run`: the number of successive items in each run (group) after the base.
    - `point`: the number of items before the first run that adds little to the base (saturation); None if there is
      no such run.
    - `axis`, `unit`: the names of the items and of the things counted.
    """

    title: str
    description: str
    labels: tuple[str, ...]
    new: tuple[int, ...]
    so_far: tuple[int, ...]
    axis: str
    unit: str
    base: int
    run: int
    point: int | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of a chart. Its bar or dot shows `value`. If `value` is None, there is no bar or dot.

    `level` is the indent of the row. `text` is printed beside the bar or dot. `low` and `high` are the ends of a
    confidence interval, if there is one. `colour` is the name of a colour of codes.
    """

    label: str
    value: float | None
    text: str
    level: int = 0
    low: float | None = None
    high: float | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class RowChart:
    """A chart with a bar or a dot in each row.

    `axis` is the name of the number that the bars or dots show. The axis goes from `start` to `end`.
    """

    title: str
    description: str
    rows: tuple[ChartRow, ...]
    axis: str
    start: float
    end: float
    mark: ChartMark = "bar"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PortraitSource:
    """A source in a document portrait, which shows the places of themes (top codes).

    `length` is the length of its text. `passages` has (start, end, index of the theme) for each coded stretch of the
    text.
    """

    label: str
    length: int
    passages: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A document portrait: one band per source. In a band, each theme (top code) has a strip with its coded passages.

    Each theme has its own colour. `themes` has (name, name of the colour) for each theme.
    """

    title: str
    description: str
    sources: tuple[PortraitSource, ...]
    themes: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


Picture = HeatMap | CurveChart | RowChart | Portrait
"""A picture of one of the four kinds."""


def check_size(rows: int, columns: int = 1, *, row: str = "row", column: str = "column") -> None:
    """Raise InputError if there is nothing to draw, or too much for one picture.

    `row` and `column` are the words for a row and a column in the message.
    """
    if not rows or not columns:
        raise InputError(f"There is nothing to draw, because there are no {column if rows else row}s.")
    refuse_more(rows, MOST_ROWS, row)
    refuse_more(columns, MOST_COLUMNS, column)
    refuse_more(rows * columns, MOST_CELLS, "cell")


def refuse_more(count: int, most: int, what: str) -> None:
    """Raise InputError if a picture would have more than `most` parts. `what` names one part in the message."""
    if count > most:
        raise InputError(f"A picture has at most {most:,} {what}s, and this one would have {count:,}: choose fewer.")
