"""Tables of any columns, from CSV or a workbook: their header and their rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.formats.archives import open_archive, repacked
from sibtui.formats.encodings import decode
from sibtui.formats.spreadsheet import restore
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | None
_DELIMITERS = ",;\t|"
_SAMPLE = 30
_LONGEST_CELL = (1 << 31) - 1
_KIND = "an Excel workbook"
_WIDEST, _LONGEST, _MOST_CELLS = 2000, 1_048_576, 10_000_000
"""More columns, rows or cells than any survey has: a workbook may claim them in a few bytes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header, and the rows as wide as it. Texts come as `spreadsheet.neutral` was given them."""

    header: list[str]
    rows: list[list[Cell]]
    encoding: str = "utf-8"
    confidence: float = 1.0
    told: list[str] = field(default_factory=list)


def read_sheet(name: str, data: bytes, *, encoding: str | None = None, wanted: str | None = None) -> Sheet:
    """The table in a file: .xlsx by its suffix, else CSV with any delimiter. `wanted` is the sheet of a workbook.

    InputError names the file and the line for what is no table.
    """
    if PurePath(name).suffix.lower() in (".xlsx", ".xlsm"):
        return _workbook(name, data, wanted)
    decoded = decode(data, encoding, name=name)
    header, rows = _checked(name, _csv_rows(name, decoded.text))
    return Sheet(header, rows, decoded.encoding, decoded.confidence)


def _checked(name: str, rows: Iterable[tuple[int, Sequence[Cell]]]) -> tuple[list[str], list[list[Cell]]]:
    """The header and the rows below it that are not empty, all as wide as the header."""
    numbered = iter(rows)
    first = next(((line, row) for line, row in numbered if any(cell not in (None, "") for cell in row)), None)
    if first is None:
        raise InputError(f"{name} is empty: its first row must name the columns.")
    header = ["" if cell is None else one_line(str(cell)) for cell in first[1]]
    while header and not header[-1]:
        header.pop()
    width, kept = len(header), list[list[Cell]]()
    for line, row in numbered:
        if any(cell not in (None, "") for cell in row[width:]):
            raise InputError(f"{name}, line {line}: there are more cells than the first line names columns ({width}).")
        if any(cell not in (None, "") for cell in row):
            kept.append([*row[:width], *[None] * (width - len(row))])
    return [title or f"column {at}" for at, title in enumerate(header, 1)], kept


def _csv_rows(name: str, text: str) -> Iterator[tuple[int, list[Cell]]]:
    # an answer may be long; the limit is the process's, and is only ever raised
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for row in reader:
            yield line, [restore(cell) for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{name}, line {line}: the row that begins here is not CSV ({error}).") from error


def _delimiter(text: str) -> str:
    """The one by which most of the first rows are as wide as the header; of several, the one with more columns."""

    def fit(delimiter: str) -> tuple[float, int]:
        rows: list[list[str]] = []
        try:
            rows.extend(islice(filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), _SAMPLE))
        except csv.Error:
            return 0.0, 0
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows) / len(rows) if width > 1 else 0.0), width

    return max(_DELIMITERS, key=fit)


def _workbook(name: str, data: bytes, wanted: str | None) -> Sheet:
    with open_archive(name, data, kind=_KIND) as archive:
        honest = repacked(archive, name=name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of validation rules and the like, which openpyxl leaves out
            return _opened(name, honest, wanted)
    except InputError:
        raise
    except Exception as error:  # openpyxl lets through whatever a damaged part leads it to (KeyError, TypeError …)
        raise InputError(f"{name} is damaged: it cannot be opened as {_KIND}.") from error


def _opened(name: str, data: bytes, wanted: str | None) -> Sheet:
    from openpyxl import load_workbook  # noqa: PLC0415 - only a workbook pays for it

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if wanted is not None and wanted not in sheets:
        there = ", ".join(f"“{one_line(title, 40)}”" for title in sheets)
        raise InputError(f"{name} has no sheet “{one_line(wanted, 40)}”; there are {there}.")
    filled = [title for title in sheets if title == wanted or (wanted is None and _is_filled(name, sheets[title]))]
    if not filled:
        raise InputError(f"{name} is empty: its first row must name the columns.")
    header, rows = _checked(name, _sheet_rows(name, sheets[filled[0]]))
    others = ", ".join(f"“{one_line(title, 40)}”" for title in filled[1:])
    said = [f"of its sheets “{one_line(filled[0], 40)}” was read, not {others}"] if others else []
    return Sheet(header, rows, told=said)


def _is_filled(name: str, sheet: Any) -> bool:
    return any(any(cell is not None for cell in row) for _, row in _sheet_rows(name, sheet))


def _sheet_rows(name: str, sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()  # what it claims of its size may be wrong, or meant to fill the memory
    cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells += len(row) + 1  # rows that are left out come as empty ones
        if len(row) > _WIDEST or cells > _MOST_CELLS or number > _LONGEST:
            raise InputError(
                f"{name} is larger than a survey: it has over {_WIDEST} columns, {_LONGEST:,} rows or {_MOST_CELLS:,} cells."
            )
        yield number, [_native(cell) for cell in row]


def _native(cell: Any) -> Cell:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("_x000D_", "")
    return (
        cell
        if isinstance(cell, bool | int | float | dt.datetime | dt.date | dt.time)
        else None
        if cell is None
        else str(cell)
    )
