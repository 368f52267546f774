"""Excel workbooks: sheets of texts and whole numbers. No text is ever a formula, an error, or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.office import packed, plain
from sibtui.formats.spreadsheet import neutral
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
_MOST_UNITS = 32_767  # of UTF-16, in one cell
_CUT = " … (cut here: no cell of a spreadsheet holds more)"
_LARGEST = 10**15  # whole numbers above lose digits
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LINE, _HIGHEST = 15, 409  # points: of a line, and the most that a row can have
_LETTERS = 1.1  # of a text, in the width of a figure
_PORTRAIT = 95  # characters that a page of that form has room for
# What spreadsheets read as an escaped character: `_x0041_` would be shown as A
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet, with lines of text above and below it. Rows are taken as they are needed.

    `wrapped`: texts break within their cells; it costs a style a cell, so very long tables do without.
    `centred`: all columns but the first are.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[str | int]]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    wrapped: bool = True
    centred: bool = False


def write_workbook(sheets: Sequence[Sheet], title: str = "") -> bytes:
    """The sheets as a workbook; the same sheets are the same bytes. InputError when one is larger than a sheet can be."""
    from openpyxl import Workbook  # noqa: PLC0415 - a tenth of a second

    book = Workbook(write_only=True)
    try:
        for sheet, name in zip(sheets, sheet_names([sheet.name for sheet in sheets]), strict=True):
            _fill(book.create_sheet(name), sheet)
        if not sheets:
            book.create_sheet("Empty")
    finally:  # also when it is not needed any more: saving takes away the files in which openpyxl keeps sheets meanwhile
        out = BytesIO()
        book.save(out)
    return packed(out.getvalue(), title)


def sheet_names(names: Sequence[str]) -> list[str]:
    """The names as sheets may have them: short, without the marks that formulas use, none twice in any case of letters."""
    taken: set[str] = {"history"}  # Excel keeps this one for itself
    made = []
    for given in names:
        base = _NOT_IN_NAMES.sub("-", plain(one_line(given))).strip("' ") or "Sheet"
        name, number = _cut(base, ""), 1
        while name.casefold() in taken:
            number += 1
            name = _cut(base, f" ({number})")
        taken.add(name.casefold())
        made.append(name)
    return made


def _cut(name: str, ending: str) -> str:
    room = 2 * (_LONGEST_NAME - len(ending))  # counted as Excel does, in UTF-16
    return name.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").strip("' ") + ending


def _fill(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - loaded with openpyxl

    if len(sheet.columns) > MOST_COLUMNS:
        raise InputError(
            f"“{one_line(sheet.name, 40)}” has {len(sheet.columns):,} columns, more than a sheet holds: write it as CSV."
        )
    for at, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    headed = len(sheet.above) + 1
    _print_on_pages(page, sheet, headed)
    page.freeze_panes = f"B{headed + 1}" if sheet.wrapped else f"A{headed + 1}"
    styled = _Styles(page)
    above = ([styled.cell(line, bold=True)] for line in sheet.above)
    below = ([styled.cell(line)] for line in ("", *sheet.below)) if sheet.below else iter(())
    header = [
        styled.cell(name, bold=True, wrapped=True, centred=sheet.centred and at > 0)
        for at, name in enumerate(sheet.columns)
    ]
    for number, row in enumerate(chain(above, [header], _rows(styled, sheet), below), 1):
        if number > MOST_ROWS:
            raise InputError(
                f"“{one_line(sheet.name, 40)}” has more than {MOST_ROWS:,} rows, which no sheet holds: write it as CSV."
            )
        if sheet.wrapped and (lines := _lines(row, sheet.widths)) > 1:
            # Not every program finds it out by itself
            page.row_dimensions[number].height = min(lines * _LINE, _HIGHEST)
        page.append(row)


def _print_on_pages(page: WriteOnlyWorksheet, sheet: Sheet, headed: int) -> None:
    """All columns side by side on a page, their names on each."""
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    page.page_setup.orientation = "landscape" if sum(sheet.widths) > _PORTRAIT else "portrait"
    page.print_title_rows = f"{headed}:{headed}"


def _lines(row: Sequence[WriteOnlyCell], widths: Sequence[int]) -> int:
    """In how many lines the longest text of a row breaks, about."""
    return max(
        (
            sum(-(-len(line) // round(width * _LETTERS)) or 1 for line in str(cell.value or "").split("\n"))
            for cell, width in zip(row, widths, strict=False)
            if cell.alignment.wrap_text
        ),
        default=1,
    )


def _rows(styled: _Styles, sheet: Sheet) -> Iterator[list[object]]:
    if sheet.wrapped:
        for row in sheet.rows:
            yield [styled.cell(value, wrapped=True, centred=sheet.centred and at > 0) for at, value in enumerate(row)]
    else:
        for row in sheet.rows:
            yield [styled.value(value) for value in row]


class _Styles:
    """Cells of one sheet, their styles made once."""

    def __init__(self, page: WriteOnlyWorksheet) -> None:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - loaded with openpyxl
        from openpyxl.styles import Alignment, Font  # noqa: PLC0415

        self._make = WriteOnlyCell
        self._page = page
        self._bold = Font(bold=True)
        self._alignments = {
            (wrapped, centred): Alignment(vertical="top", wrap_text=wrapped, horizontal="center" if centred else None)
            for wrapped in (True, False)
            for centred in (True, False)
        }

    def value(self, value: str | int) -> object:
        """What openpyxl writes as it is where that is right, which is quick, else a cell."""
        if type(value) is str:
            text = _fitting(value)
            return self._text(text) if text[:1] in _DOUBTFUL else text or None
        return self.cell(value) if abs(int(value)) >= _LARGEST else value

    def cell(
        self, value: str | int, *, bold: bool = False, wrapped: bool = False, centred: bool = False
    ) -> WriteOnlyCell:
        number = not isinstance(value, str) and abs(value) < _LARGEST
        cell = self._make(self._page, value) if number else self._text(_fitting(str(value)))
        cell.alignment = self._alignments[wrapped, centred]
        if bold:
            cell.font = self._bold
        return cell

    def _text(self, text: str) -> WriteOnlyCell:
        """A cell whose value is text whatever it looks like, to openpyxl, to Excel, and to whoever edits it in Excel."""
        cell = self._make(self._page, text or None)
        if text:
            cell.data_type = "s"  # whatever openpyxl took it for
        cell.quotePrefix = neutral(text) != text
        return cell


_DOUBTFUL = ("=", "+", "-", "@", "\t", "'", "#")
"""First characters for which openpyxl or a spreadsheet might take a text for something else."""


def _fitting(text: str) -> str:
    text = _ESCAPE.sub("_x005F_", plain(text))
    if len(text) <= _MOST_UNITS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _MOST_UNITS:
        return text
    return units[: 2 * (_MOST_UNITS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
