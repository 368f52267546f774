"""PDF pages in which the lines of two columns are mixed.

In the file, each line of the left column is followed by a line of the right column. pypdf 6 gives the texts in the
order of the file, with their positions. Its layout mode was tried in 2026: it leaves the columns side by side, with
spaces between them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SAME_LINE = 2.0
_ROUNDED = 6.0
"""Two positions count as equal if their distance is at most this many points."""
_MIDDLE = (0.4, 0.65)
"""The range in which a second column must begin: two distances from the left, as shares of the page width."""
_FEWEST_ROWS = 8
_MOST = 0.6
_LONG = 20
"""A column of text has lines of at least this many characters on average. Cells of tables are shorter."""
_WIDE = 1.3
"""A line counts as a line across the page if it is at least this many times as long as the lines of a column."""
_INDENT = 0.12
"""A line with at least this indent (as a share of the page width) counts as a line across the page, such as a title or page number."""
_GAP = 1.6
"""A table row or a passage ends where the distance of two lines is more than this many times the usual distance."""
_FEWEST_GAPS = 2
"""A page with at least this many gaps across both columns counts as a table with long cells."""


@dataclass(slots=True)
class _PdfRow:
    """One line of a page: its vertical position `y`, and its texts, each with its distance from the left."""

    y: float
    texts: list[tuple[float, str]] = field(default_factory=list)

    def halves(self, column: float) -> tuple[str, str]:
        """Return (text to the left of the position `column`, text at this position and to its right)."""
        left = "".join(text for x, text in self.texts if x < column)
        right = "".join(text for x, text in self.texts if x >= column)
        return " ".join(left.split()), " ".join(right.split())


@dataclass(slots=True)
class PdfRows:
    """The texts of one page with their positions, in the order of the file. pypdf calls this object with each text."""

    _rows: list[_PdfRow] = field(default_factory=list)

    def __call__(self, text: str, cm: Sequence[float], tm: Sequence[float], _font: object, _size: float) -> None:
        """Store a text with its position. pypdf passes two matrices (`cm` and `tm`), from which the position is computed."""
        if not text.strip() or not all(map(isfinite, (*cm, *tm))):
            return
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if not self._rows or abs(y - self._rows[-1].y) > _SAME_LINE:
            self._rows.append(_PdfRow(y))
        self._rows[-1].texts.append((x, text))

    def column(self, width: float) -> float | None:
        """Return the position at which the second column of text begins; None if the text is not in two columns.

        The text is in two columns if most rows have text on both sides, and these texts are long. If they are short,
        the rows are rows of a table. `width` is the width of the page.
        """
        starts = Counter(
            round(x / _ROUNDED)
            for row in self._rows
            for x, _ in row.texts[1:]
            if _MIDDLE[0] * width <= x <= _MIDDLE[1] * width
        )
        if not starts:
            return None
        (start, _), *_ = starts.most_common(1)
        column = (start - 1) * _ROUNDED
        both = [halves for row in self._rows if all(halves := row.halves(column))]
        if len(both) < _FEWEST_ROWS or len(both) < _MOST * len(self._rows):
            return None
        is_long = all(sum(map(len, side)) >= _LONG * len(both) for side in zip(*both, strict=True))
        return column if is_long else None

    def in_columns(self, column: float, width: float) -> str:
        """Return the text of a page in reading order.

        Each line of text that goes across both columns divides the page into passages. In a table with long cells, each
        table row is a passage. In each passage, the left column comes before the right column. `column` is the position
        at which the second column begins, and `width` is the width of the page.
        """
        lines: list[str] = []
        for passage in self._passages(column, width):
            halves = [row.halves(column) for row in passage]
            lines += [text for side in zip(*halves, strict=True) for text in side if text]
        return "\n".join(lines)

    def _passages(self, column: float, width: float) -> Iterator[list[_PdfRow]]:
        """Yield the rows of each passage of a page.

        A row across the page (see `_across`) is a passage. The rows between two such rows are a passage too. In a
        table with long cells, each table row is a passage.
        """
        gaps, across = self._gaps(column), self._across(column, width)
        is_table = len(gaps) >= _FEWEST_GAPS
        passage: list[_PdfRow] = []
        for at, row in enumerate(self._rows):
            if passage and (at in across or at - 1 in across or (is_table and at in gaps)):
                yield passage
                passage = []
            passage.append(row)
        yield passage

    def _gaps(self, column: float) -> set[int]:
        """Return the indexes of the rows that have text in both columns, with a large space above the row.

        `column` is the position at which the second column begins.
        """
        steps = [before.y - after.y for before, after in pairwise(self._rows)]
        usual = median(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0.0
        return {
            at
            for at, step in enumerate(steps, 1)
            if step > _GAP * usual and self._rows[at].halves(column)[0] and self._rows[at].halves(column)[1]
        }

    def _across(self, column: float, width: float) -> set[int]:
        """Return the indexes of the rows that go across the page, such as a heading.

        Such a row has no text that begins in the right column. It is longer than the lines of the left column, or it
        has a large indent.
        """
        halves = [row.halves(column) for row in self._rows]
        longest = max((len(left) for left, right in halves if right), default=0)
        first = min(x for row in self._rows for x, _ in row.texts)
        return {
            at
            for at, (left, right) in enumerate(halves)
            if not right and (len(left) > _WIDE * longest or self._rows[at].texts[0][0] > first + _INDENT * width)
        }
