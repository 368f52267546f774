"""CSV edited by hand or in spreadsheets: any delimiter, columns in any order, line numbers as in an editor."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_out import restore
from sibtui.formats.codec.encodings import detect, is_utf8
from sibtui.formats.codec.line_errors import refuse
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = (1 << 31) - 1


def read_rows(
    name: str,
    data: bytes,
    known: Sequence[str],
    required: Sequence[str],
    refused: Callable[[str], None] | None = None,
    columns: Callable[[Sequence[str]], None] = lambda _: None,
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header as (first line of the row, cells in the order of `known`, missing ones empty).

    The apostrophes that `csv_out.neutral` adds are removed. `columns` receives the names of the columns of the file
    before the first row. Raises InputError with the file and the line; with `refused`, a row with too many cells is
    left out and its problem passed to `refused`.
    """
    rows = _Rows(name, data)
    header = [cell.strip().casefold() for cell in rows.header(known)]
    columns(header)
    order = _places(name, header, known, required)
    width = len(header)
    for line, cells in rows:
        if len(cells) != width:
            if not any(cells):
                continue
            if any(cells[width:]):
                problem = f"there are {len(cells)} cells, but the first line names {width} columns"
                if refused is None:
                    refuse(name, line, problem)
                refused(f"{name}, line {line}: {problem}.")
                continue
            cells = [*cells, *[""] * (width - len(cells))]  # noqa: PLW2901 - spreadsheets leave off empty cells at the end
        picked = ["" if at is None else cells[at] for at in order]
        if any(picked):
            yield line, [restore(cell) if cell[:1] == "'" else cell for cell in picked]


def _places(name: str, header: Sequence[str], known: Sequence[str], required: Sequence[str]) -> list[int | None]:
    for at, column in enumerate(header):
        if column not in known:
            label = f"a column “{one_line(column, 60)}”" if column else "a column without a name"
            refuse(name, 1, f"there is {label}; the known columns are {', '.join(known)}")
        if column in header[:at]:
            refuse(name, 1, f"the column “{column}” appears twice")
    for column in required:
        if column not in header:
            refuse(name, 1, f"there is no column “{column}”; the first line must name the columns")
    return [header.index(column) if column in header else None for column in known]


class _Rows:
    """The rows of a file, each with the number of its first line. Call `header` first."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        # Lines end at "\n" alone: a CR within quotes must not count as a line. Files of an old Mac have CR alone.
        newline = "" if b"\n" not in data else "\n"
        self._lines = io.TextIOWrapper(io.BytesIO(data), encoding=_encoding(name, data), newline=newline)
        # A quote may be a whole document. The limit is global to the process: it is only raised.
        csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
        self._reader = csv.reader(self._lines, strict=True)

    def header(self, known: Sequence[str]) -> list[str]:
        """Return the cells of the first line. The delimiter is the one that gives the most known columns."""
        first = self._lines.readline().removeprefix("\ufeff")
        if not first.strip():
            raise InputError(f"{self._name} is empty: its first line must name the columns.")
        delimiter = max(_DELIMITERS, key=lambda delimiter: _fits(first, delimiter, known))
        self._reader = csv.reader(self._lines, delimiter=delimiter, strict=True)
        return next(csv.reader([first], delimiter=delimiter))

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        line = 2
        reader = self._reader
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 2
        except csv.Error as error:
            refuse(self._name, line, f"the row that begins here is not CSV ({error})")


def _fits(header: str, delimiter: str, known: Sequence[str]) -> int:
    return sum(cell.strip(' "\r\n').casefold() in known for cell in header.split(delimiter))


def _encoding(name: str, data: bytes) -> str:
    # `detect` decodes the file several times. A large file is nearly always UTF-8, which is quick to check.
    if b"\0" not in data[:8] and is_utf8(data):  # a NUL among the names of the columns means UTF-16
        return "utf-8"
    return detect(data, name=name)[0]
