"""Writing CSV for spreadsheets. Texts are changed so that no spreadsheet takes them for formulas."""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPACES = r"\s\x00-\x1f\xad\u200b-\u200f\u2060\ufeff"
"""A class of characters: spaces, control characters and invisible characters.

A spreadsheet may ignore them before the sign with which a formula begins.
"""
_SIGNS = "=+\\-@＝＋－＠"
"""The characters with which a formula can begin, including their full-width forms, which Excel also accepts."""
_BEGIN = rf"(?:[\t\r\n]|[{_SPACES}]*[{_SIGNS}])"
_FORMULA = re.compile(rf"'*{_BEGIN}")
_NEUTRALISED = re.compile(rf"'+{_BEGIN}")
_LINES = 1000


def neutral(value: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula, and return the result.

    Any other text is returned unchanged.
    """
    # The first test rejects nearly all values at a third of the cost. An empty text passes it, but does not match the pattern.
    return "'" + value if not value[:1].isalnum() and _FORMULA.match(value) else value


def restore(value: str) -> str:
    """Return the value without the apostrophe that `neutral` has put before it."""
    return value[1:] if _NEUTRALISED.match(value) else value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> Iterator[str]:
    r"""Yield a table as CSV, in chunks of lines. The first line is the header. Texts are changed by `neutral`.

    Lines end in "\n": write them to a file opened with `newline=""`. Rows are read one chunk at a time.
    """
    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\n")
    source = chain([columns], rows)
    while chunk := _neutral_rows(list(islice(source, _LINES))):
        writer.writerows(chunk)
        text = "".join(lines)
        yield _all_quoted_where_cr(chunk, lines) if "\r" in text else text
        lines.clear()


def _neutral_rows(rows: list[Sequence[str | float]]) -> list[Sequence[str | float]]:
    """Return the rows with all their cells changed by `neutral`.

    If all rows that are not empty have the same number of cells, equal cells of a column are examined only once, to
    save time.
    """
    lengths = set(map(len, rows))
    if len(lengths - {0}) > 1:
        return [_neutral_cells(row) for row in rows]
    filled = zip(*map(_neutral_cells, zip(*filter(None, rows), strict=True)), strict=True)
    return [next(filled) if row else row for row in rows] if 0 in lengths else list(filled)


def _neutral_cells(cells: Sequence[str | float]) -> Sequence[str | float]:
    # `neutral`, inlined: one call per quote takes a tenth of the time of a large export
    formulas = {
        cell for cell in set(cells) if isinstance(cell, str) and not cell[:1].isalnum() and _FORMULA.match(cell)
    }
    return [f"'{cell}" if cell in formulas else cell for cell in cells] if formulas else cells


def _all_quoted_where_cr(chunk: list[Sequence[str | float]], lines: list[str]) -> str:
    """Return the lines as one text. In a line with a carriage return, all cells are in quotation marks.

    Before Python 3.13, the module csv does not put a cell with a carriage return in quotation marks. `chunk` has the
    rows from which `lines` were made.
    """
    quoted: list[str] = []
    writer = csv.writer(SimpleNamespace(write=quoted.append), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows(row for row, line in zip(chunk, lines, strict=True) if "\r" in line)
    fixed = iter(quoted)
    return "".join(next(fixed) if "\r" in line else line for line in lines)
