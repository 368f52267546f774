"""Writing CSV for spreadsheets, with texts that a spreadsheet does not read as formulas."""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPACES = r"\s\x00-\x1f\xad\u200b-\u200f\u2060\ufeff"
"""Spaces, control characters and invisible characters. A spreadsheet may drop them before it looks for the sign of a formula."""
_SIGNS = "=+\\-@＝＋－＠"
"""The signs that begin a formula. Excel also accepts the full-width forms of these signs."""
_BEGIN = rf"(?:[\t\r\n]|[{_SPACES}]*[{_SIGNS}])"
_FORMULA = re.compile(rf"'*{_BEGIN}")
_NEUTRALISED = re.compile(rf"'+{_BEGIN}")
_LINES = 1000


def neutral(value: str) -> str:
    """Return the value. If a spreadsheet would read it as a formula, an apostrophe is added in front (see `restore`)."""
    # The first test rejects nearly all values at a third of the cost. ("" passes it, and matches nothing.)
    return "'" + value if not value[:1].isalnum() and _FORMULA.match(value) else value


def restore(value: str) -> str:
    """Return the value without the apostrophe that `neutral` adds."""
    return value[1:] if _NEUTRALISED.match(value) else value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> Iterator[str]:
    r"""Yield the table as CSV in chunks of lines, header first. Texts are changed by `neutral`.

    Lines end in "\n": write them to a file opened with `newline=""`. Rows are read one chunk at a time.
    """
    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\n")
    source = chain([columns], rows)
    while chunk := [_neutral_row(row) for row in islice(source, _LINES)]:
        writer.writerows(chunk)
        text = "".join(lines)
        yield _all_quoted_where_cr(chunk, lines) if "\r" in text else text
        lines.clear()


def _neutral_row(row: Sequence[str | float]) -> list[str | float]:
    # `neutral`, inlined: one call per cell takes a third of the time of a large export.
    return [
        "'" + value if type(value) is str and not value[:1].isalnum() and _FORMULA.match(value) else value
        for value in row
    ]


def _all_quoted_where_cr(chunk: list[list[str | float]], lines: list[str]) -> str:
    """Return the lines of a chunk as one text. In a line with a carriage return, all cells are quoted: csv does this only from Python 3.13."""
    quoted: list[str] = []
    writer = csv.writer(SimpleNamespace(write=quoted.append), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows(row for row, line in zip(chunk, lines, strict=True) if "\r" in line)
    fixed = iter(quoted)
    return "".join(next(fixed) if "\r" in line else line for line in lines)
