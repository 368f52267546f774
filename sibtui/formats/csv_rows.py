"""CSV as it comes from hands and spreadsheets: any delimiter, columns in any order, lines counted as an editor does."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, NoReturn

from sibtui.errors import InputError
from sibtui.formats.encodings import detect
from sibtui.formats.spreadsheet import restore
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = (1 << 31) - 1
_CHUNK = 1 << 20


def read_rows(
    name: str,
    data: bytes,
    known: Sequence[str],
    required: Sequence[str],
    refused: Callable[[str], None] | None = None,
) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header as (line on which it begins, cells in the order of `known`, absent ones empty).

    Streamed. Texts come as `spreadsheet.neutral` was given them. InputError names the file and the line.
    `refused` is told of a row with too many cells instead, and the row is left out.
    """
    rows = _Rows(name, data)
    header = [cell.strip().casefold() for cell in rows.header(known)]
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


def refuse(name: str, line: int, problem: str) -> NoReturn:
    raise InputError(f"{name}, line {line}: {problem}.")


def _places(name: str, header: Sequence[str], known: Sequence[str], required: Sequence[str]) -> list[int | None]:
    for at, column in enumerate(header):
        if column not in known:
            shown = f"a column “{one_line(column, 60)}”" if column else "a column without a name"
            refuse(name, 1, f"there is {shown}; the columns known here are {', '.join(known)}")
        if column in header[:at]:
            refuse(name, 1, f"the column “{column}” stands twice")
    for column in required:
        if column not in header:
            refuse(name, 1, f"there is no column “{column}”; the first line must name the columns")
    return [header.index(column) if column in header else None for column in known]


class _Rows:
    """The rows of a file, each with the physical line on which it begins; the header is taken first."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        # Lines end at "\n" alone, so that a CR within quotes neither ends nor counts as one; files of an old Mac have no other
        newline = "" if b"\n" not in data else "\n"
        self._lines = io.TextIOWrapper(io.BytesIO(data), encoding=_encoding(name, data), newline=newline)
        # a quote may be a whole document; the limit is the process's, and is only ever raised
        csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
        self._reader = csv.reader(self._lines, strict=True)

    def header(self, known: Sequence[str]) -> list[str]:
        first = self._lines.readline().removeprefix("\ufeff")
        if not first.strip():
            raise InputError(f"{self._name} is empty: its first line must name the columns.")
        delimiter = max(_DELIMITERS, key=lambda sign: _fits(first, sign, known))
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
    # `detect` decodes the whole several times over; a large file is nearly always UTF-8, and seen to be so in passing
    if b"\0" not in data[:8] and _is_utf8(data):  # a NUL among the names of the columns: UTF-16
        return "utf-8"
    return detect(data, name=name)[0]


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for at in range(0, len(data), _CHUNK):
            decoder.decode(view[at : at + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
