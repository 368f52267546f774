"""Making Excel workbooks with texts and numbers. No text is stored in a way that Excel would take for a formula, an error or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_out import neutral
from sibtui.formats.codec.office import plain, repack_office
from sibtui.model.table import Rounded
from sibtui.model.text import line_in_file, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from sibtui.model.table import SingleValue

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
_MOST_UNITS = 32_767  # UTF-16 units in one cell
_CUT = " … (cut here: no cell of a spreadsheet holds more)"
_LARGEST = 10**15  # larger whole numbers lose digits
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LINE, _HIGHEST = 15, 409  # height of a line, and largest height of a row, in points
_LETTERS = 1.1  # average letters per width of a digit
_LONGEST_SUFFIXED = 200  # characters; Excel shows no formatted text longer than 255
_PORTRAIT = 95  # characters across a page in portrait format
# Spreadsheets read `_x0041_` as an escaped character and show A.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Suffixed:
    """A cell value with a suffix for human readers, such as the number of a footnote.

    The suffix is shown, but formulas see only the value: SUM counts 3² as 3. The suffix is stored in the number format
    of the cell.
    """

    value: SingleValue
    suffix: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A text in a cell, with a link to a row of a sheet. `sheet` and `row` count from 0; row 0 is below the header."""

    text: str
    sheet: int
    row: int


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet with one table. `above` and `below` are lines of text before and after the table.

    The rows are not read before the sheet is written. If `wrapped` is set, long texts are wrapped in their cells.
    Wrapping needs a style for each cell: do not set `wrapped` for a very long table. If `centred` is set, all columns
    except the first are centred.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[SingleValue | Suffixed | Linked]]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    wrapped: bool = True
    centred: bool = False


def write_workbook(sheets: Sequence[WorkbookSheet], title: str = "") -> bytes:
    """Return the bytes of an Excel workbook with these sheets. The same sheets give the same bytes.

    Raises InputError when a table has more rows or columns than a sheet can hold.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        names = sheet_names([sheet.name for sheet in sheets])
        starts = [(name, len(sheet.above) + 2) for sheet, name in zip(sheets, names, strict=True)]
        for sheet, name in zip(sheets, names, strict=True):
            _fill(book.create_sheet(name), sheet, starts)
        if not sheets:
            book.create_sheet("Empty")
    finally:  # also after an error: saving removes the temporary files of openpyxl
        out = BytesIO()
        book.save(out)
    return repack_office(out.getvalue(), title)


def sheet_names(names: Sequence[str]) -> list[str]:
    """Return sheet names that Excel allows, one for each of `names`.

    They are short, have no forbidden characters, and differ even if letter case is ignored.
    """
    taken: set[str] = {"history"}  # Excel reserves this one
    made = []
    for original in names:
        base = _NOT_IN_NAMES.sub("-", plain(line_in_file(original))).strip("' ") or "Sheet"
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


def _fill(page: WriteOnlyWorksheet, sheet: WorkbookSheet, starts: Sequence[tuple[str, int]]) -> None:
    """Write a table, with the lines above and below it, to a page of the workbook.

    `starts` has (name, number of the first row below the header) of each sheet, for links to these sheets.
    """
    from openpyxl.utils import get_column_letter

    if len(sheet.columns) > MOST_COLUMNS:
        raise InputError(
            f"“{one_line(sheet.name, 40)}” has {len(sheet.columns):,} columns, more than a sheet holds: write it as CSV."
        )
    for at, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    headed = len(sheet.above) + 1
    _print_on_pages(page, sheet, headed)
    page.freeze_panes = f"B{headed + 1}" if sheet.wrapped else f"A{headed + 1}"
    styled = _Styles(page, starts)
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
            # Some programs do not compute the height themselves.
            page.row_dimensions[number].height = min(lines * _LINE, _HIGHEST)
        page.append(row)


def _print_on_pages(page: WriteOnlyWorksheet, sheet: WorkbookSheet, headed: int) -> None:
    """Set how a sheet is printed: all columns fit on the width of a page, and each page repeats the column names.

    `headed` is the number of the row with the column names.
    """
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    page.page_setup.orientation = "landscape" if sum(sheet.widths) > _PORTRAIT else "portrait"
    page.print_title_rows = f"{headed}:{headed}"


def _lines(row: Sequence[WriteOnlyCell], widths: Sequence[int]) -> int:
    """Return an estimate of the height of a row in lines of text: the number of lines in its highest cell."""
    return max(
        (
            sum(-(-len(line) // round(width * _LETTERS)) or 1 for line in str(cell.value or "").split("\n"))
            for cell, width in zip(row, widths, strict=False)
            if cell.alignment.wrap_text
        ),
        default=1,
    )


def _rows(styled: _Styles, sheet: WorkbookSheet) -> Iterator[list[object]]:
    if sheet.wrapped:
        for row in sheet.rows:
            yield [styled.cell(value, wrapped=True, centred=sheet.centred and at > 0) for at, value in enumerate(row)]
    else:
        for row in sheet.rows:
            yield [styled.value(value) for value in row]


class _Styles:
    """Makes the cells of one sheet. It creates each style only once."""

    def __init__(self, page: WriteOnlyWorksheet, starts: Sequence[tuple[str, int]]) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        self._make = WriteOnlyCell
        self._page = page
        self._starts = starts
        self._bold = Font(bold=True)
        self._alignments = {
            (wrapped, centred): Alignment(vertical="top", wrap_text=wrapped, horizontal="center" if centred else None)
            for wrapped in (True, False)
            for centred in (True, False)
        }

    def value(self, value: SingleValue | Suffixed | Linked) -> object:
        """Return an object that openpyxl writes as the cell.

        It is `value` itself if the cell needs no style, and otherwise a styled cell.
        """
        if type(value) is str:
            text = _fitting(value)
            return text or None if text[:1].isalnum() or not _is_doubtful(text) else self._text(text)
        return value if type(value) is int and abs(value) < _LARGEST else self.cell(value)

    def cell(
        self,
        value: SingleValue | Suffixed | Linked,
        *,
        bold: bool = False,
        wrapped: bool = False,
        centred: bool = False,
    ) -> WriteOnlyCell:
        suffix = ""
        link = value if isinstance(value, Linked) else None
        if isinstance(value, Linked):
            value = value.text
        if isinstance(value, Suffixed):
            value, suffix = _suffixed(value)
        number = not isinstance(value, str) and abs(value) < _LARGEST
        cell = self._make(self._page, value) if number else self._text(_fitting(str(value)))
        if number and isinstance(value, Rounded):
            cell.value, cell.number_format = float(value), f"0.{'0' * value.places}"
        if suffix:
            literal = plain(suffix).replace('"', '"\\""')
            cell.number_format = f'0"{literal}"' if number else f'@"{literal}"'
        cell.alignment = self._alignments[wrapped, centred]
        if bold:
            cell.font = self._bold
        if link is not None:
            self._link(cell, link)
        return cell

    def _link(self, cell: WriteOnlyCell, link: Linked) -> None:
        from openpyxl.worksheet.hyperlink import Hyperlink

        name, first = self._starts[link.sheet]
        quoted = name.replace("'", "''")
        cell.hyperlink = Hyperlink(ref="A1", location=f"'{quoted}'!A{first + link.row}")

    def _text(self, text: str) -> WriteOnlyCell:
        """Return a cell whose value openpyxl and Excel treat as text, even after a user has edited it in Excel."""
        cell = self._make(self._page, text or None)
        if text:
            cell.data_type = "s"  # openpyxl reads some texts as formulas or errors
        cell.quotePrefix = neutral(text) != text
        return cell


def _suffixed(cell: Suffixed) -> tuple[SingleValue, str]:
    """Return (value of a cell, suffix to put into its number format).

    If the value is empty or a long text, the suffix is added to the value, and the second item is empty. With a suffix
    in the number format, Excel would show no suffix in an empty cell, and only # characters for a long text.
    """
    if not isinstance(cell.value, str):
        return cell.value, cell.suffix
    if not cell.value or len(cell.value) > _LONGEST_SUFFIXED:
        return cell.value + cell.suffix, ""
    return cell.value, cell.suffix


def _is_doubtful(text: str) -> bool:
    """Return whether openpyxl or a spreadsheet might take a text for a formula, an error or another special value."""
    return text[:1] in {"'", "#"} or neutral(text) != text


def _fitting(text: str) -> str:
    text = _ESCAPE.sub("_x005F_", plain(text))
    if len(text) <= _MOST_UNITS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _MOST_UNITS:
        return text
    return units[: 2 * (_MOST_UNITS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
