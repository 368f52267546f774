"""Running headers and footers of PDF pages: lines such as a title or page number that are repeated on each page.

A word can be divided at the end of a page. The footer and the next header then stay between the two halves of the word.
Such halves are moved together.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"\d+")
_FIRST_HALF = re.compile(r"[^\W\d_][-‐¬\u00ad]$")
_FEWEST_PAGES = 3
"""A running header or footer must be the same, apart from numbers, on at least this many pages."""
_LONGEST_HEADER = 2
"""How many lines a running header or footer has at most."""


def joined_pages(pages: Sequence[str]) -> str:
    """Return the texts of the pages with an empty line between them. Pages without text are left out.

    If a running header or footer is between the two halves of a word, the line with the second half is moved up to the
    line with the first half. Then a search finds the whole word.
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
    """Yield the lines at the beginning of `lines` that do not belong to the text itself.

    These are empty lines, page numbers, and lines that are in `running`, the running headers and footers.
    """
    for _, line in zip(range(_LONGEST_HEADER + 1), lines, strict=False):
        if line.strip() and _shape(line) not in running:
            return
        yield line


def _shape(line: str) -> str:
    """Return a line with each number replaced by 0. After this, the running headers of all pages are equal."""
    return _NUMBER.sub("0", " ".join(line.split()))
