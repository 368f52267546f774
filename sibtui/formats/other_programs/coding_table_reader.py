"""The reader of tables of codings, from CSV or a workbook.

The tables may come from other programs, from people, or from sibtui itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_in import read_rows
from sibtui.formats.codec.encodings import chunks, decode
from sibtui.formats.codec.sheet_reader import read_sheet
from sibtui.formats.other_programs.coding_columns import listed_codes
from sibtui.formats.other_programs.coding_table import DEFAULT, CodingTable, UnreadRow, row_draft
from sibtui.formats.other_programs.mapped_table import MappedTable
from sibtui.formats.study_folder.codings_csv import ATTRIBUTE, CELLS, REVIEW, CodingDrafts
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from sibtui.formats.other_programs.coding_table import CodingTableOptions
    from sibtui.model.drafts import CodingDraft

_QUOTED_ATTRIBUTE = re.compile(rf'"{ATTRIBUTE}(?:[^"]|"")*"', re.IGNORECASE)
"""The pattern of a quoted column name that belongs to an attribute.

Inside the quotation marks, a comma does not end the name.
"""
_CODE = CELLS.index("code")


def read_coding_table(name: str, data: bytes | BinaryIO, options: CodingTableOptions = DEFAULT) -> CodingTable:
    """Return the codings in a table. A file with the extension `.xlsx` or `.xlsm` is a workbook; any other file is CSV.

    Raises InputError when the file is not a table, or when a column is missing; the message lists the columns of the
    file.

    With the default options, a CSV file with only columns that sibtui writes (see `is_own`) is read during the
    iteration over the codings. Its errors are raised then.
    """
    if options == DEFAULT and is_own(name, data):
        table = CodingTable(())
        return replace(table, drafts=_read_own(name, data, table))
    data = _whole(data)
    sheet = read_sheet(name, data, encoding=options.encoding, sheet=options.sheet)
    try:
        return MappedTable(name, sheet, options).read()
    except InputError:
        for title in sheet.others:  # the first sheet may be a title page
            try:
                table = MappedTable(name, read_sheet(name, data, sheet=title), options).read()
            except InputError:
                continue
            table.warnings.insert(0, f"The sheet “{one_line(title, 40)}” was read: the first sheet has no codings.")
            return table
        raise


def _whole(data: bytes | BinaryIO) -> bytes:
    if isinstance(data, bytes):
        return data
    data.seek(0)
    return data.read()


def is_own(name: str, data: bytes | BinaryIO) -> bool:
    """Return whether a file is CSV and has only columns that sibtui writes. Columns of attributes are allowed."""
    head = bytes(next(chunks(data), b"")[:4096])
    if head.startswith(b"PK"):  # a workbook
        return False
    first = (decode(head, name=name).text if b"\0" in head[:8] else head.decode("utf-8", "replace")).lstrip("\ufeff")
    first = first.replace("\r", "\n").partition("\n")[0]
    first = _QUOTED_ATTRIBUTE.sub(ATTRIBUTE, first)
    cells = [cell.strip(' "').casefold() for cell in re.split("[,;\t]", first)]
    cells = [cell for cell in cells if not cell.startswith(ATTRIBUTE)]
    if not {"source", "code"} <= set(cells) <= {*CELLS, *REVIEW}:
        return False
    return len(set(cells)) == len(cells) and not {"quote", "start"}.isdisjoint(cells)


def _read_own(name: str, data: bytes | BinaryIO, table: CodingTable) -> Iterator[CodingDraft]:
    """Yield the codings in a file with the columns that sibtui writes.

    During the iteration, warnings and unreadable rows are added to `table`.
    """
    columns: list[str] = []
    drafts = CodingDrafts(name)

    def refused(line: int, problem: str, cells: list[str]) -> None:
        table.unread.append(UnreadRow(line, problem, tuple(cells[: len(CELLS)])))

    def report(clause: str) -> None:
        table.warnings.append(f"{clause[:1].upper()}{clause[1:]}.")

    known = (*CELLS, *REVIEW)
    has_memo = is_written_by_sibtui = False
    for line, cells in read_rows(
        name, data, known, ("source", "code"), refused, columns.extend, report, ignored=ATTRIBUTE
    ):
        has_memo = has_memo or "memo" in columns
        # A table that sibtui wrote has all columns, and the names of its codes are not lists.
        is_written_by_sibtui = is_written_by_sibtui or "created" in columns
        codes = None if is_written_by_sibtui else listed_codes(cells[_CODE])
        for code in (cells[_CODE],) if codes is None else codes or ("",):
            own = cells if code == cells[_CODE] else (*cells[:_CODE], code, *cells[_CODE + 1 :])
            draft = row_draft(table, name, drafts, line, own, has_memo=has_memo)
            if draft is not None:
                yield draft
    table.warn_of_places()
