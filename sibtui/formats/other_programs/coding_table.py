"""A table of codings that was read from a file: its codings, its unreadable rows, and the options for reading it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.study_folder.codings_csv import CELLS
from sibtui.model.arguments import Names, as_names
from sibtui.model.text import listed_clauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.formats.study_folder.codings_csv import CodingDrafts
    from sibtui.model.drafts import CodingDraft

_START, _END, _QUOTE = CELLS.index("start"), CELLS.index("end") + 1, CELLS.index("quote")


@dataclass(frozen=True, slots=True)
class CodingTableOptions:
    """The options for reading a table of codings.

    A column that is not named here is recognised by its usual names. Several `code_columns` can be named, so that a row
    can have several codes. `split` is the text between two codes in one cell. If `flat` is set, a slash is part of the
    name of a code and does not separate levels.

    If `wide` is set, each code has its own column: 1 or x in this column assigns the code to the row. `code_columns`
    names these columns. If `code_columns` is empty, the columns in which most cells have such marks are used.

    `sheet` is the name of a sheet in the workbook. None selects the first sheet that is not empty; hidden sheets come
    last. `encoding` is the encoding of a text file; None means that it is detected.
    """

    source_column: str = ""
    code_columns: Names = ()
    quote_column: str = ""
    coder_column: str = ""
    memo_column: str = ""
    case_column: str = ""
    split: str = ""
    wide: bool = False
    flat: bool = False
    sheet: str | None = None
    encoding: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "code_columns", as_names(self.code_columns))


DEFAULT = CodingTableOptions()


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row that could not be read as a coding. `why` is the reason.

    `cells` are the texts of the row, in the order of the columns in `codings_csv.CELLS`.
    """

    line: int
    why: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodingTable:
    """The codings in a table, and the rows that could not be read as codings.

    `columns` is a map: role (such as source or quote) → the columns that were used for it. `ignored` has the columns
    that were not used. `warnings` are sentences.

    A CSV file with only columns that sibtui writes may be read row by row (see `read_coding_table`). Then `columns`
    is empty, and the file is read while the caller iterates over `drafts`. This is possible only once. The other
    fields are complete when the iteration has ended.
    """

    drafts: Iterable[CodingDraft]
    unread: list[UnreadRow] = field(default_factory=list)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)
    by_quote: list[tuple[int, str]] = field(default_factory=list)
    """(line, reason) for each row whose start or end is invalid.

    The place of such a coding is searched by its quote.
    """

    def warn_of_places(self) -> None:
        """Add one warning about the rows in `by_quote`; do nothing if there are none.

        In these rows, the start or the end is invalid, so the place of the coding is searched by its quote.
        """
        if self.by_quote:
            examples = listed_clauses((f"line {line}: {why}" for line, why in self.by_quote), 3)
            rows = "1 row is" if len(self.by_quote) == 1 else f"{len(self.by_quote):,} rows are"
            self.warnings.append(f"{rows} placed by the quote, not by start and end: {examples}.")


def row_draft(
    table: CodingTable, name: str, drafts: CodingDrafts, line: int, cells: Sequence[str], *, has_memo: bool
) -> CodingDraft | None:
    """Return the coding in a row. If the row cannot be read as a coding, add it to `table.unread` and return None.

    If the start or the end is invalid, both are left out, and the place of the coding is searched by its quote. Without
    a quote, such a row cannot be read. `has_memo` is set if the table has a column of memos.
    """
    try:
        return drafts.draft(line, cells, has_memo=has_memo)
    except InputError as error:
        own = tuple(cells[: len(CELLS)])
        why = str(error).removeprefix(f"{name}, line {line}: ")
        try:
            if not any(own[_START:_END]) or not own[_QUOTE].strip():
                raise
            draft = drafts.draft(line, (*own[:_START], "", "", *own[_END:]), has_memo=has_memo)
        except InputError:
            table.unread.append(UnreadRow(line, why, own))
            return None
        table.by_quote.append((line, why.removesuffix(".")))
        return draft
