"""CSV that spreadsheets read as text: no cell of it is taken for a formula."""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")
_STARTS = "'=+-@\t\r"
_LINES = 1000


def neutral(value: str) -> str:
    """The value with an apostrophe in front if a spreadsheet would take it for a formula; `restore` takes it off."""
    # Nearly all values end at the first test, which costs a third of the match. ("" is in every string: it matches nothing.)
    return "'" + value if value[:1] in _STARTS and _FORMULA.match(value) else value


def restore(value: str) -> str:
    """What `neutral` was given."""
    return value[1:] if _NEUTRALISED.match(value) else value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    r"""The table as CSV in chunks of lines, header first; texts neutral, whole numbers as they are.

    Lines end in "\n": write them to a file opened with `newline=""`. Rows are taken as they are needed.
    """
    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\n")
    source = chain([columns], rows)
    while chunk := [_neutral_row(row) for row in islice(source, _LINES)]:
        writer.writerows(chunk)
        text = "".join(lines)
        yield _all_quoted_where_cr(chunk, lines) if "\r" in text else text
        lines.clear()


def _neutral_row(row: Sequence[str | int]) -> list[str | int]:
    # `neutral`, written out: a call a cell is a third of the time of a large export
    return [
        "'" + value if type(value) is str and value[:1] in _STARTS and _FORMULA.match(value) else value for value in row
    ]


def _all_quoted_where_cr(chunk: list[list[str | int]], lines: list[str]) -> str:
    """The lines, those with a CR in them quoted throughout: csv leaves it bare before Python 3.13, and cannot read it."""
    quoted: list[str] = []
    writer = csv.writer(SimpleNamespace(write=quoted.append), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows(row for row, line in zip(chunk, lines, strict=True) if "\r" in line)
    fixed = iter(quoted)
    return "".join(next(fixed) if "\r" in line else line for line in lines)
