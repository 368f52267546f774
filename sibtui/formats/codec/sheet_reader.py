"""Reading tables from CSV or from a workbook. The tables may have any columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.formats.codec.archives import open_archive, repack
from sibtui.formats.codec.csv_in import DELIMITERS, csv_rows, named_delimiter, rejoin, rejoined_rows, stray_marks
from sibtui.formats.codec.csv_out import restore
from sibtui.formats.codec.encodings import decode
from sibtui.formats.codec.header_row import header_index
from sibtui.formats.codec.number_formats import code_text
from sibtui.formats.codec.sheet_marks import merged_below, sheet_losses, sheet_marks
from sibtui.formats.codec.sheet_styles import with_plain_styles
from sibtui.model.folding import name_key
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sibtui.model.left_out import LeftOutKind

CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | None
_SAMPLE = 30
_KIND = "an Excel workbook"
_WIDEST, _LONGEST, _MOST_CELLS = 2000, 1_048_576, 10_000_000
_MOST_COLUMNS = 16_384
"""The largest number of columns of a table.

No survey has as many, but a hostile workbook can claim any number in a few bytes.
"""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table that was read from a file: its header, its rows, and the line number of each row.

    All rows have as many cells as the header. `named` is the number of columns up to the last name in the header row.
    `unnamed` has the indexes of all columns without a name. In `header`, such a column gets a name such as `column 4`.
    If `csv_out.neutral` has put an apostrophe before a text, the apostrophe is removed.

    `left_out` counts the contents that are in no cell, by kind (such as pictures). The texts in `warnings` have no full
    stop.
    """

    header: list[str]
    rows: list[list[CellValue]]
    lines: list[int]
    named: int
    encoding: str = "utf-8"
    confidence: float = 1.0
    warnings: list[str] = field(default_factory=list)
    unnamed: tuple[int, ...] = ()
    left_out: Mapping[LeftOutKind, int] = field(default_factory=dict)
    declared: int = 0
    """The number of cells in the header row, including empty cells at its end."""
    others: tuple[str, ...] = ()
    """The names of the other sheets in the workbook that are not empty."""

    def notices(self) -> list[str]:
        """Return the warnings. If there are columns without a name, the last warning names them."""
        names = listed((self.header[at] for at in self.unnamed), 5, quoted=True)
        if len(self.unnamed) == 1:
            return [*self.warnings, f"{names} is a column without a name"]
        return [*self.warnings, *([f"{len(self.unnamed)} columns have no name: {names}"] if names else [])]


def read_sheet(
    name: str, data: bytes, *, encoding: str | None = None, sheet: str | None = None, header_row: int | None = None
) -> SheetTable:
    """Return the table in a file. A file with the extension `.xlsx` or `.xlsm` is a workbook; any other file is CSV.

    `sheet` is the name of a sheet in the workbook. None selects the first sheet that is not empty; hidden sheets come
    last. `header_row` is the line of the header; None selects the first row, or the first row below a title. Raises
    InputError when the file is not a table; for CSV, the message names the line.
    """
    if PurePath(name).suffix.lower() in (".xlsx", ".xlsm"):
        return _workbook(name, data, sheet, header_row)
    decoded = decode(data, encoding, name=name)
    text = decoded.text
    strays: list[int] = []
    first = text[: text.find("\n") + 1] if "\n" in text else text
    delimiter = named_delimiter(first) or _delimiter(text)
    rows = csv_rows(name, io.StringIO(text, newline=""), lambda _: delimiter, strays.append)
    table = _table(name, ((line, [restore(cell) for cell in cells]) for line, cells in rows), header_row, delimiter)
    found = [*table.warnings, *stray_marks(strays)]
    return replace(table, encoding=decoded.encoding, confidence=decoded.confidence, warnings=found)


def cell_text(cell: CellValue) -> str:
    """Return a cell as text: `yes` or `no` for a truth value, ISO format for a date, empty for an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time.min else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _table(
    name: str, rows: Iterable[tuple[int, Sequence[CellValue]]], header_row: int | None, delimiter: str = ""
) -> SheetTable:
    """Return the table in these rows: the header, and all rows below it that are not empty.

    `rows` has (line, cells). `header_row` is the line of the header; if it is None, the header is recognised.
    `delimiter` is given only for CSV. If it is given, some rows with too many cells are repaired by `_rejoin`.
    """
    numbered = list(rows)
    at = _header_at(name, numbered, header_row)
    header = ["" if cell is None else one_line(str(cell)) for cell in numbered[at][1]]
    is_spaced = any(str(cell)[:1] == " " for cell in numbered[at][1])
    declared = len(header)
    while header and not header[-1]:
        header.pop()
    named = len(header)
    filled = [(line, row) for line, row in numbered[at + 1 :] if _is_filled(row)]
    joined = _rejoin(filled, named, delimiter) if delimiter and not is_spaced else []
    width = max([named, *(_width(row) for _, row in filled if len(row) > named)])
    _refuse_wide(name, width, filled)
    header += [""] * (width - named)
    unnamed = tuple(at for at, title in enumerate(header) if not name_key(title))
    header = [title if name_key(title) else f"column {number}" for number, title in enumerate(header, 1)]
    found: list[str] = []
    if at and any(_is_filled(row) for _, row in numbered[:at]):
        found.append(f"row {numbered[at][0]} was taken as the header, and the text above it was left out")
    found.extend(rejoined_rows(joined))
    lines = [line for line, _ in filled]
    return SheetTable(
        header, [[*row[:width], *[None] * (width - len(row))] for _, row in filled], lines, named, warnings=found,
        unnamed=unnamed, declared=declared,
    )  # fmt: skip


def _refuse_wide(name: str, width: int, rows: Sequence[tuple[int, Sequence[CellValue]]]) -> None:
    """Raise InputError for a table with too many columns, or with a few very long rows.

    Such a table would fill the memory.
    """
    if width > _MOST_COLUMNS:
        raise InputError(f"{name} has {width:,} columns, and a table has at most {_MOST_COLUMNS:,}: it was not read.")
    if width * len(rows) > max(_MOST_CELLS, 20 * sum(len(row) for _, row in rows)):
        raise InputError(f"{name} has rows of up to {width:,} cells among short ones: it was not read.")


def _header_at(name: str, rows: Sequence[tuple[int, Sequence[CellValue]]], header_row: int | None) -> int:
    """Return the index of the header row in `rows`.

    Raises InputError when all rows are empty, or when the row with the number `header_row` has no text.
    """
    if header_row is not None:
        at = next((at for at, (line, row) in enumerate(rows) if line == header_row and _is_filled(row)), None)
        if at is None:
            raise InputError(f"{name} has no text in row {header_row}: it cannot be the header.")
        return at
    first = next((at for at, (_, row) in enumerate(rows) if _is_filled(row)), None)
    if first is None:
        raise InputError(f"{name} is empty: its first row must name the columns.")
    return first + header_index([row for _, row in rows[first : first + _SAMPLE]])


def _rejoin(rows: list[tuple[int, Sequence[CellValue]]], width: int, delimiter: str) -> list[int]:
    """Join cells in each row that has more than `width` cells, as `rejoin` does, and replace the row in `rows`.

    Return the line numbers of the changed rows.
    """
    joined: list[int] = []
    for at, (line, row) in enumerate(rows):
        if len(row) > width and (whole := rejoin([str(cell) for cell in row], width, delimiter)) is not None:
            rows[at] = (line, whole)
            joined.append(line)
    return joined


def _is_filled(row: Sequence[CellValue]) -> bool:
    return any(cell not in (None, "") for cell in row)


def _width(row: Sequence[CellValue]) -> int:
    """Return the number of cells in a row up to its last cell that is not empty."""
    return max(at for at, cell in enumerate(row, 1) if cell not in (None, ""))


def _delimiter(text: str) -> str:
    """Return the most likely delimiter of a CSV text, from its first rows.

    Each criterion is used only if those above it do not decide:

    1. The share of the rows with as many cells as the header; the largest share wins.
    2. Whether the header is the first row.
    3. The number of columns; the largest number wins.
    """

    def fit(delimiter: str) -> tuple[float, bool, int]:
        rows: list[list[str]] = []
        try:
            rows.extend(islice(filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), _SAMPLE))
        except csv.Error:
            return 0.0, False, 0
        first = header_index(rows)
        rows = rows[first:]
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows) / len(rows) if width > 1 else 0.0), first == 0, width

    return max(DELIMITERS, key=fit)


def _workbook(name: str, data: bytes, title: str | None, header_row: int | None) -> SheetTable:
    with open_archive(name, data, kind=_KIND) as archive:
        checked = repack(archive, name=name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about parts that it leaves out, such as validation rules
            try:
                return _opened(name, checked, title, header_row)
            except InputError:
                raise
            except (KeyError, TypeError, ValueError):  # openpyxl refuses a workbook for an odd font or alignment
                return _opened(name, with_plain_styles(checked, name=name), title, header_row)
    except InputError:
        raise
    except Exception as error:  # a damaged part makes openpyxl raise KeyError, TypeError and others
        raise InputError(f"{name} is damaged: it cannot be opened as {_KIND}.") from error


def _opened(name: str, data: bytes, title: str | None, header_row: int | None) -> SheetTable:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if title is not None and title not in sheets:
        titles = listed((one_line(each, 40) for each in sheets), quoted=True)
        raise InputError(f"{name} has no sheet “{one_line(title, 40)}”; there are {titles}.")
    filled = [each for each in sheets if each == title or (title is None and _has_cells(name, sheets[each]))]
    filled.sort(key=lambda each: sheets[each].sheet_state != "visible")
    if not filled:
        raise InputError(f"{name} is empty: its first row must name the columns.")
    chosen = sheets[filled[0]]
    part = chosen._worksheet_path  # noqa: SLF001 - openpyxl does not show hidden rows and merged cells of read-only sheets
    rows = list(_sheet_rows(name, chosen))
    filled_down = _fill_down(rows, merged_below(data, part))
    table = _table(name, rows, header_row)
    others = listed((one_line(each, 40) for each in filled[1:]), last="or", quoted=True)
    unread = [f"of its sheets “{one_line(filled[0], 40)}” was read, not {others}"] if others else []
    marks = [*sheet_marks(data, part, len(table.header)), *filled_down]
    return replace(
        table, warnings=[*unread, *table.warnings, *marks], left_out=sheet_losses(data, part), others=tuple(filled[1:])
    )


def _fill_down(rows: Sequence[tuple[int, list[CellValue]]], merged: Iterable[tuple[int, int, int]]) -> Iterable[str]:
    """Copy the value of the first cell of each merged group to the other cells of the group.

    The cells in `rows` are changed. `merged` is the result of `merged_below`. Return a list with one warning
    (without a full stop), which counts the copies. If no value was copied, the list is empty.
    """
    count = 0
    for column, first, last in merged:
        if first > len(rows) or column >= len(rows[first - 1][1]):
            continue
        count += min(last, len(rows)) - first
        if count > _MOST_CELLS:  # ranges of a hostile workbook that overlap
            break
        for _, row in rows[first : min(last, len(rows))]:  # without the first row
            row.extend([None] * (column + 1 - len(row)))
            row[column] = rows[first - 1][1][column]
    return [f"{plural(count, 'merged cell')} took the value above {'it' if count == 1 else 'them'}"] if count else []


def _has_cells(name: str, sheet: Any) -> bool:
    return any(any(cell is not None for cell in row) for _, row in _sheet_rows(name, sheet))


def _sheet_rows(name: str, sheet: Any) -> Iterator[tuple[int, list[CellValue]]]:
    sheet.reset_dimensions()  # the size that it claims may be wrong, or chosen to fill the memory
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells += len(row) + 1  # openpyxl yields empty rows for rows that are missing in the file
        if len(row) > _WIDEST or cells > _MOST_CELLS or number > _LONGEST:
            raise InputError(
                f"{name} is larger than a survey: it has over {_WIDEST} columns, {_LONGEST:,} rows or {_MOST_CELLS:,} cells."
            )
        yield number, [_native(cell) for cell in row]


def _native(of: Any) -> CellValue:
    cell = of.value
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        code = code_text(cell, of.number_format)
        if code is not None:
            return code
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
