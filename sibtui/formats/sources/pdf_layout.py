"""The layout of PDF pages: running headers between the halves of a word, and columns whose lines are mixed in the file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"\d+")
_FIRST_HALF = re.compile(r"[^\W\d_][-‐¬\u00ad]$")
_FEWEST_PAGES = 3
"""Pages with the same first or last line, apart from numbers, from which it is a running header or footer."""
_LONGEST_HEADER = 2
"""Most lines of a running header or footer."""


def joined_pages(pages: Sequence[str]) -> str:
    """Return the pages with an empty line between them. Pages without text are left out.

    Where running headers or footers lie between the halves of a word, the line with the second half is moved to the first half, so
    that the word is found: pages are read in this way too.
    """
    found = [page.strip("\n").split("\n") for page in pages if page.strip()]
    counts = Counter(shape for lines in found for shape in {_shape(line) for line in (*_head(lines), *_foot(lines))})
    running = {shape for shape, count in counts.items() if count >= _FEWEST_PAGES}
    for before, after in pairwise(found):
        foot = sum(1 for _ in _running(reversed(before), running))
        head = sum(1 for _ in _running(iter(after), running))
        if (
            not foot + head
            or max(len(before) - foot, len(after) - head) < 1
            or len(after) <= head
            or len(before) <= foot
        ):
            continue
        at = len(before) - foot
        if _FIRST_HALF.search(before[at - 1].rstrip()) and after[head].lstrip()[:1].islower():
            before.insert(at, after.pop(head))
    return "\n\n".join("\n".join(lines) for lines in found if lines)


def _head(lines: Sequence[str]) -> Sequence[str]:
    return lines[:_LONGEST_HEADER]


def _foot(lines: Sequence[str]) -> Sequence[str]:
    return lines[-_LONGEST_HEADER:]


def _running(lines: Iterator[str], running: set[str]) -> Iterator[str]:
    """Yield the first lines that are running headers, page numbers or empty."""
    for _, line in zip(range(_LONGEST_HEADER + 1), lines, strict=False):
        if line.strip() and _shape(line) not in running:
            return
        yield line


def _shape(line: str) -> str:
    """Return a line with its numbers replaced, by which running headers are compared."""
    return _NUMBER.sub("0", " ".join(line.split()))


@dataclass(slots=True)
class PdfRows:
    """The texts of one page with their places, in the order of the file. pypdf calls this object for each text."""

    _rows: list[list[tuple[float, int]]] = field(default_factory=list)
    _y: float | None = None

    def __call__(self, text: str, cm: Sequence[float], tm: Sequence[float], _font: object, _size: float) -> None:
        """Take a text with its matrices, as pypdf passes them."""
        if not text.strip() or not all(map(isfinite, (*cm, *tm))):
            return
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if self._y is None or abs(y - self._y) > _SAME_LINE:
            self._rows.append([])
            self._y = y
        self._rows[-1].append((x, len(text.strip())))

    def are_mixed(self, width: float) -> bool:
        """Return whether lines of two columns of a page follow each other in turn: most rows go from the left column to the right one."""
        starts = Counter(
            round(x / _ROUNDED)
            for row in self._rows
            for x, _ in row[1:]
            if _MIDDLE[0] * width <= x <= _MIDDLE[1] * width
        )
        if not starts:
            return False
        (start, _), *_ = starts.most_common(1)
        column = (start - 1) * _ROUNDED
        sides = [(sum(n for x, n in row if x < column), sum(n for x, n in row if x >= column)) for row in self._rows]
        both = [(left, right) for left, right in sides if left and right]
        if len(both) < _FEWEST_ROWS or len(both) < _MOST * len(self._rows):
            return False
        return all(sum(side) >= _LONG * len(both) for side in zip(*both, strict=True))


_SAME_LINE = 2.0
_ROUNDED = 6.0
"""Points within which places count as equal."""
_MIDDLE = (0.4, 0.65)
"""The part of a page, from the left, in which a second column begins."""
_FEWEST_ROWS = 8
_MOST = 0.6
_LONG = 20
"""Characters that the lines of both columns have on average: cells of tables are shorter."""
