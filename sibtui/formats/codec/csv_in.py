"""Reading CSV that a person or a spreadsheet may have edited.

The delimiter is recognised: comma, semicolon, tab or `|`. Lines are numbered as in a text editor.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager, suppress
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from sibtui.errors import InputError
from sibtui.formats.codec.csv_out import restore
from sibtui.formats.codec.encodings import chunks, detect, is_utf8
from sibtui.formats.codec.line_errors import refuse
from sibtui.model.text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO, TextIO

DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(f'"?sep=([{DELIMITERS}])"?\\s*', re.IGNORECASE)
"""The pattern of a first line such as `sep=;`, with which Excel names the delimiter."""
_LONGEST_CELL = (1 << 31) - 1


def stray_marks(lines: Sequence[int]) -> Iterator[str]:
    """Yield one warning about lines with misplaced quotation marks; nothing if `lines` is empty.

    The warning has no full stop.
    """
    if len(lines) == 1:
        yield f"line {lines[0]} has a stray quotation mark, and was read as text"
    elif lines:
        shown = listed((f"{line}" for line in lines), 5)
        yield f"{len(lines):,} rows have a stray quotation mark, and were read as text: lines {shown}"


def rejoined_rows(lines: Sequence[int]) -> Iterator[str]:
    """Yield one warning about lines in which cells were joined; nothing if `lines` is empty.

    The warning has no full stop.
    """
    if len(lines) == 1:
        yield f"line {lines[0]} has too many cells, and was joined again where a space follows the delimiter"
    elif lines:
        shown = listed((f"{line}" for line in lines), 5)
        yield (
            f"{len(lines):,} rows have too many cells, and were joined again where a space follows the delimiter: "
            f"lines {shown}"
        )


def rejoin(cells: Sequence[str], width: int, delimiter: str) -> list[str] | None:
    """Join cells of a row that has more than `width` cells, and return the resulting row.

    Each cell that begins with a space is joined to the cell before it: `Trust` and ` as a norm` become
    `Trust, as a norm`. Such cells come from a text that contains `delimiter` but has no quotation marks. Return None if
    the joined row does not have `width` cells.
    """
    inside = {at for at, cell in enumerate(cells) if at and cell.startswith(" ") and cell.strip()}
    if len(cells) - len(inside) != width:
        return None
    joined: list[list[str]] = []
    for at, cell in enumerate(cells):
        if at in inside:
            joined[-1].append(cell)
        else:
            joined.append([cell])
    return [delimiter.join(parts) for parts in joined]


def csv_rows(
    name: str,
    lines: TextIO,
    delimiter_for: Callable[[str], str],
    stray: Callable[[int], None] | None = None,
    *,
    unquoted: str = "",
) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the row's first line, cells) for each row of a CSV file.

    `name` is the name of the file in messages. `delimiter_for` is called with the first line, and returns the
    delimiter. A first line such as `sep=;` names the delimiter itself, and is not yielded. If the delimiter is one of
    the characters in `unquoted`, quotation marks are ordinary characters.

    If `stray` is given, a row with misplaced quotation marks is read as Excel reads it. `stray` is then called with the
    line number of the row. Raises InputError, with file and line, for a row that is not CSV.
    """
    # A cell may be a whole document. The limit is global to the process: it is only raised.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    first = lines.readline().removeprefix("\ufeff")
    named = named_delimiter(first)
    chosen = delimiter_for(first)
    source = _RowLines(lines if named else chain([first], lines), named or chosen, unquoted)
    before = 2 if named else 1
    line = before
    while True:
        try:
            for cells in source.rows():
                yield line, cells
                line = source.begin_row() + before
        except csv.Error as error:
            if stray is None or (lenient := source.row_as_in_excel()) is None:
                refuse(name, line, f"the row that begins here is not CSV ({error})")
        else:
            return
        stray(line)
        yield line, lenient
        line = source.begin_row() + before


def named_delimiter(first: str) -> str:
    """Return the delimiter in a first line such as `sep=;`; an empty text for any other line."""
    found = _SEPARATOR_LINE.fullmatch(first)
    return found[1] if found else ""


class _RowLines:
    """Iterates over the lines of a CSV file.

    The lines of the current row are kept in memory, so that the row can be read a second time.
    """

    def __init__(self, lines: Iterable[str], delimiter: str, unquoted: str) -> None:
        self._lines = iter(lines)
        self._delimiter = delimiter
        self._quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter in unquoted else csv.QUOTE_MINIMAL
        self._row: list[str] = []
        self._count = 0
        self._at_end = False

    def rows(self) -> Iterator[list[str]]:
        """Return an iterator over the remaining rows. The iterator raises csv.Error for a row that is not CSV."""
        return csv.reader(self, delimiter=self._delimiter, quoting=self._quoting, strict=True)

    def row_as_in_excel(self) -> list[str] | None:
        """Return the cells of the current row as Excel reads them: a misplaced quotation mark is part of the text.

        Return None if a quotation mark is never closed.
        """
        if self._at_end:
            return None
        again = csv.reader(chain(self._row[:], self), delimiter=self._delimiter, quoting=self._quoting)
        try:
            cells = next(again, None)
        except csv.Error:  # a NUL, or a carriage return of its own
            return None
        return None if self._at_end else cells

    def begin_row(self) -> int:
        """Begin a new row: remove the lines of the previous row from memory. Return the number of lines read so far."""
        self._row.clear()
        return self._count

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self._at_end = True
            raise
        self._count += 1
        self._row.append(line)
        return line


class _OddRows:
    """Remembers, for warnings, the lines with misplaced quotation marks and the lines with joined cells."""

    def __init__(self, known: Sequence[str], report: Callable[[str], None] | None) -> None:
        self.strays: list[int] = []
        self._joined: list[int] = []
        self._known = known
        self._report = report
        self._delimiter = ","

    def delimiter_for(self, first: str) -> str:
        """Return the delimiter of a file from its first line, which is the header or a line such as `sep=;`."""
        self._delimiter = named_delimiter(first) or _known_delimiter(first, self._known)
        return self._delimiter

    def rejoined(self, line: int, cells: list[str], header: Sequence[str]) -> list[str]:
        """Join the cells of a row as `rejoin` does, and remember the number of its line.

        If the cells cannot be joined, they are returned unchanged.
        """
        if self._report is None or any(cell.startswith(" ") for cell in header):
            return cells
        whole = rejoin(cells, len(header), self._delimiter)
        if whole is None:
            return cells
        self._joined.append(line)
        return whole

    def done(self) -> None:
        """Report the warnings about the lines that this object remembers. The warnings have no full stop."""
        if self._report is not None:
            for clause in (*stray_marks(self.strays), *rejoined_rows(self._joined)):
                self._report(clause)


def read_rows(
    name: str,
    data: bytes | BinaryIO,
    known: Sequence[str],
    required: Sequence[str],
    refused: Callable[[int, str, list[str]], None] | None = None,
    columns: Callable[[Sequence[str]], None] = lambda _: None,
    report: Callable[[str], None] | None = None,
    *,
    ignored: str | None = None,
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield (number of the row's first line, cells) for each row below the header.

    `known` are the allowed column names, and `required` are those that the file must have. The yielded cells are in the
    order of `known`. The cell of a column that the file does not have is empty. Columns whose names begin with
    `ignored` are left out. If `csv_out.neutral` has put an apostrophe before a text, the apostrophe is removed.

    `columns` is called with the column names of the file before the first row is yielded.

    With `report`, two kinds of faulty rows are read too: rows with misplaced quotation marks, and rows with too many
    cells that `rejoin` can join. After the last row, `report` is called with a warning about each kind.

    If `refused` is given, any other row with too many cells is left out. `refused` is then called with the row's line
    number, the problem and the cells.

    Raises InputError, with file and line, for an unknown, repeated or missing column, and for any other row that cannot
    be read.
    """
    with _lines(name, data) as lines:
        odd = _OddRows(known, report)
        rows = csv_rows(name, lines, odd.delimiter_for, None if report is None else odd.strays.append)
        at, names = next(rows, (1, []))
        header = [cell.strip().casefold() for cell in names]
        if header in ([], [""]):
            raise InputError(f"{name} is empty: its first line must name the columns.")
        columns(header)
        order = _places(name, at, header, known, required, ignored)
        width = len(header)
        pick = itemgetter(*(-1 if at is None else at for at in order))  # the last cell is an empty one
        for line, cells in rows:
            if len(cells) != width:
                if not any(cells):
                    continue
                cells = odd.rejoined(line, cells, names)  # noqa: PLW2901 - the row with its text in one cell
                if any(cells[width:]):
                    _refuse_width(name, line, cells, width, order, refused)
                    continue
                cells = [*cells, *[""] * (width - len(cells))]  # noqa: PLW2901 - spreadsheets leave off empty cells at the end
            picked = pick((*cells, ""))
            if any(picked):
                has_apostrophe = "'" in "".join(picked)
                yield (
                    line,
                    [restore(cell) if cell[:1] == "'" else cell for cell in picked] if has_apostrophe else picked,
                )
        odd.done()


def _refuse_width(
    name: str,
    line: int,
    cells: Sequence[str],
    width: int,
    order: Sequence[int | None],
    refused: Callable[[int, str, list[str]], None] | None,
) -> None:
    """Report a row with too many cells: call `refused` with the line, the problem and the cells of the known columns.

    If `refused` is None, raise InputError. `order` has, for each known column, its index in the file, or None if the
    file does not have the column.
    """
    problem = f"there are {len(cells)} cells, but the first line names {width} columns"
    if refused is None:
        refuse(name, line, problem)
    extra = listed((f"“{cell}”" for cell in cells[width:] if cell), len(cells))
    refused(line, f"{problem}; beyond them: {extra}.", ["" if at is None else cells[at] for at in order])


def _places(
    name: str, line: int, header: Sequence[str], known: Sequence[str], required: Sequence[str], ignored: str | None
) -> list[int | None]:
    for at, column in enumerate(header):
        if column not in known and not (ignored and column.startswith(ignored)):
            label = f"a column “{one_line(column, 60)}”" if column else "a column without a name"
            refuse(name, line, f"there is {label}; the known columns are {', '.join(known)}")
        if column in header[:at]:
            refuse(name, line, f"the column “{column}” appears twice")
    for column in required:
        if column not in header:
            refuse(name, line, f"there is no column “{column}”; the first line must name the columns")
    return [header.index(column) if column in header else None for column in known]


def _known_delimiter(header: str, known: Sequence[str]) -> str:
    """Return the delimiter that divides the header line into the largest number of known column names."""

    def fit(delimiter: str) -> int:
        return sum(cell.strip(' "\r\n').casefold() in known for cell in header.split(delimiter))

    return max(DELIMITERS, key=fit)


@contextmanager
def _lines(name: str, data: bytes | BinaryIO) -> Iterator[TextIO]:
    """Yield a stream of the lines of a file.

    If `data` is an open file, it is not closed at the end. An open file in UTF-8 is read in parts.
    """
    if not isinstance(data, bytes) and (not is_utf8(data) or b"\0" in bytes(next(chunks(data), b"")[:8])):
        data.seek(0)
        data = data.read()
    # Lines end at "\n" alone: a CR within quotes must not count as a line. Files of an old Mac have CR alone.
    newline = "\n" if any(b"\n" in bytes(chunk) for chunk in chunks(data)) else ""
    if isinstance(data, bytes):
        yield io.TextIOWrapper(io.BytesIO(data), encoding=_encoding(name, data), newline=newline)
        return
    data.seek(0)
    lines = io.TextIOWrapper(data, encoding="utf-8", newline=newline)
    try:
        yield lines
    finally:
        with suppress(ValueError):  # the file was closed before the last row was read
            lines.detach()


def _encoding(name: str, data: bytes) -> str:
    # `detect` decodes the file several times. A large file is nearly always UTF-8, which is quick to check.
    if b"\0" not in data[:8] and is_utf8(data):  # a NUL in the names of the columns means UTF-16
        return "utf-8"
    return detect(data, name=name)[0]
