"""Reading tables of codings from CSV or a workbook.

Such tables may come from other programs, from people, or from sibtui.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_in import read_rows
from sibtui.formats.codec.encodings import chunks, decode
from sibtui.formats.codec.sheet_reader import cell_text, read_sheet
from sibtui.formats.other_programs.coding_columns import (
    COUNT,
    MOSTLY,
    NEVER_A_CODE,
    NO,
    NUMBERED,
    OWN_ROLES,
    USUAL_NAMES,
    WRITTEN_ROLES,
    YES,
    below,
    column_key,
    listed_codes,
    paired,
)
from sibtui.formats.study_folder.codings_csv import ATTRIBUTE, CELLS, REVIEW, CodingDrafts, is_place
from sibtui.model.arguments import Names, as_names
from sibtui.model.codebook import join_path, split_path
from sibtui.model.folding import fold, name_key
from sibtui.model.left_out import left_out, left_out_clause
from sibtui.model.text import listed, listed_clauses, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from sibtui.formats.codec.sheet_reader import SheetTable
    from sibtui.model.drafts import CodingDraft

_MOST_LISTED = 12
_QUOTED_ATTRIBUTE = re.compile(rf'"{ATTRIBUTE}(?:[^"]|"")*"', re.IGNORECASE)
"""The pattern of a quoted column name that belongs to an attribute.

Inside the quotation marks, a comma does not end the name.
"""
_CODE = CELLS.index("code")
_START, _END, _QUOTE = CELLS.index("start"), CELLS.index("end") + 1, CELLS.index("quote")


@dataclass(frozen=True, slots=True)
class CodingTableOptions:
    """The options for reading a table of codings. If a column is not named here, it is recognised by its usual names.

    With several `code_columns`, a row can have several codings. `split` is the text between several codes in one cell.
    With `wide`, each code has a column with its name, and 1 or x in this column codes the row. If `code_columns` is
    empty, all columns with such marks are columns of codes. With `flat`, a slash is part of the name of a code. `sheet`
    is the name of a sheet in the workbook; None selects the first sheet that is not empty. `encoding` is the encoding
    of a text file; None means that it is detected.
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
    """A row that could not be read as a coding, with the reason. `cells` are its texts in the order of `codings_csv.CELLS`."""

    line: int
    why: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodingTable:
    """The codings in a table, and the rows that could not be read as codings.

    `columns` is a map: role (such as source or quote) → the columns that were used for it. `ignored` has all other
    columns. `warnings` are sentences. For a file with the columns of sibtui, `columns` is empty, `drafts` can be
    iterated over only once, and the other fields are complete only after this iteration.
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
        """Add a warning about the rows in `by_quote`; add nothing if there are none."""
        if self.by_quote:
            examples = listed_clauses((f"line {line}: {why}" for line, why in self.by_quote), 3)
            rows = "1 row is" if len(self.by_quote) == 1 else f"{len(self.by_quote):,} rows are"
            self.warnings.append(f"{rows} placed by the quote, not by start and end: {examples}.")


def read_coding_table(name: str, data: bytes | BinaryIO, options: CodingTableOptions = DEFAULT) -> CodingTable:
    """Return the codings in a table. `data` is the bytes of the file or an open file.

    A file with the extension `.xlsx` or `.xlsm` is a workbook; any other file is CSV.

    Raises InputError when the file is not a table, or when a column is missing; the message lists the columns of the file. For a file with
    the columns of sibtui, the error is raised only when the first draft is read.
    """
    if options == DEFAULT and is_own(name, data):
        table = CodingTable(())
        return replace(table, drafts=_read_own(name, data, table))
    data = _whole(data)
    sheet = read_sheet(name, data, encoding=options.encoding, sheet=options.sheet)
    try:
        return _MappedTable(name, sheet, options).read()
    except InputError:
        for title in sheet.others:  # the first sheet may be a title page
            try:
                table = _MappedTable(name, read_sheet(name, data, sheet=title), options).read()
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
    """Return whether a file is CSV and has only columns that sibtui writes, which include columns of attributes."""
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
    """Yield the drafts in a file with the columns of sibtui.

    During the iteration, the other fields of `table` are filled.
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
            draft = _draft(table, name, drafts, line, own, has_memo=has_memo)
            if draft is not None:
                yield draft
    table.warn_of_places()


def _draft(
    table: CodingTable, name: str, drafts: CodingDrafts, line: int, cells: Sequence[str], *, has_memo: bool
) -> CodingDraft | None:
    """Return the draft of the coding in a row.

    If its start or end is invalid, the draft has neither, and its quote is searched. A row that cannot be read as a
    coding is added to `table.unread`, and None is returned. `has_memo` is set if the table has a column of memos.
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


class _MappedTable:
    """Reads a table that may have any columns. Each column that is used has a role, such as source, code or quote."""

    def __init__(self, name: str, sheet: SheetTable, options: CodingTableOptions) -> None:
        self._name = name
        self._sheet = sheet
        self._options = options
        self._keys = [column_key(column) for column in sheet.header[: sheet.named]]
        self._roles: dict[str, list[int]] = {}
        self._below: dict[int, int] = {}
        """A dict: index of a column of themes → index of the column with their sub-themes."""
        self._own = {"source", "code"} <= set(self._keys)
        self._is_written_by_sibtui = self._own and not {"created", "for paper"}.isdisjoint(self._keys)

    def read(self) -> CodingTable:
        self._find_roles()
        used = {at for places in self._roles.values() for at in places} | set(self._below.values())
        header = self._sheet.header
        ignored = [at for at in range(self._sheet.named) if at not in used and self._keys[at] not in REVIEW_KEYS]
        losses = left_out_clause(left_out(self._sheet.left_out))
        found: list[CodingDraft] = []
        table = CodingTable(
            drafts=found,
            columns={role: tuple(header[at] for at in self._with_below(places)) for role, places in self._roles.items()},
            ignored=tuple(header[at] for at in ignored),
            warnings=[f"{warning}." for warning in (*self._sheet.notices(), *([losses] if losses else []))],
        )  # fmt: skip
        table.warnings.extend(self._nearly_marks(ignored))
        if bare := self._fill(table, found):
            table.warnings.append(f"{plural(bare, 'row')} without a code {'was' if bare == 1 else 'were'} left out.")
        table.warn_of_places()
        return table

    def _find_roles(self) -> None:
        options = self._options
        given = {
            "source": options.source_column, "quote": options.quote_column, "coder": options.coder_column,
            "memo": options.memo_column, "cases": options.case_column,
        }  # fmt: skip
        named = {role: [self._named(column)] for role, column in given.items() if column}
        codes = [at for column in dict.fromkeys(options.code_columns) for at in self._all_named(column)]
        taken = {at for places in named.values() for at in places} | set(codes)
        roles = {
            role: named.get(role) or self._known(role, taken) for role in (*USUAL_NAMES, *OWN_ROLES, *WRITTEN_ROLES)
        }
        if not (roles["start"] and roles["end"]):
            roles["start"] = roles["end"] = []
        roles["code"] = codes or (self._mark_columns(roles) if options.wide else self._code_columns(taken))
        self._roles = {role: places for role, places in roles.items() if places}
        self._check_roles()
        if not (options.wide or codes):
            self._below = below(self._keys, roles["code"])

    def _with_below(self, places: Sequence[int]) -> Iterator[int]:
        """Yield the indexes of these columns.

        The index of a column of themes is followed by that of its column of sub-themes.
        """
        for at in places:
            yield at
            if at in self._below:
                yield self._below[at]

    def _named(self, column: str) -> int:
        matches = self._all_named(column)
        if len(matches) > 1:
            raise InputError(
                f"{self._name} has several columns “{one_line(column, 60)}”: give each column its own name."
            )
        return matches[0]

    def _all_named(self, column: str) -> list[int]:
        """Return the indexes of all columns with this name. Raises InputError when there is no such column."""
        header = self._sheet.header
        matches = [at for at, each in enumerate(header) if each == column] or [
            at for at, each in enumerate(header) if name_key(each) == name_key(column)
        ]
        if not matches:
            raise InputError(f"{self._name} has no column “{one_line(column, 60)}”; its columns are {self._columns()}.")
        return matches

    def _columns(self) -> str:
        return listed(
            (one_line(each, 40) for each in self._sheet.header[: self._sheet.named]), _MOST_LISTED, quoted=True
        )

    def _known(self, role: str, taken: set[int]) -> list[int]:
        if (role in OWN_ROLES and not self._own) or (role in WRITTEN_ROLES and not self._is_written_by_sibtui):
            return []
        for known in (column_key(role), *USUAL_NAMES.get(role, ())):
            if known in self._keys and (at := self._keys.index(known)) not in taken:
                return [at]
        return []

    def _code_columns(self, taken: set[int]) -> list[int]:
        found = {self._keys[at] for at in self._known("code", taken)}
        return [
            at for at, key in enumerate(self._keys) if at not in taken and (key in found or NUMBERED.fullmatch(key))
        ]

    def _mark_columns(self, roles: Mapping[str, Sequence[int]]) -> list[int]:
        """Return the indexes of the columns of marks.

        Such a column has no other role, and nearly all of its filled cells are marks, such as 1 or x.
        """
        others = {at for role, places in roles.items() if role != "code" for at in places}
        return [
            at
            for at, key in enumerate(self._keys)
            if at not in others and key not in NEVER_A_CODE and at not in self._sheet.unnamed and not self._is_attribute(at)
            and sum(self._is_mark(at, text) for text in self._filled(at)) >= MOSTLY * len(self._filled(at))
        ]  # fmt: skip

    def _is_attribute(self, at: int) -> bool:
        """Return whether an export of sibtui has written this column for an attribute. Its yes and no are values, and no marks."""
        return self._sheet.header[at].strip().casefold().startswith(ATTRIBUTE)

    def _filled(self, at: int) -> list[str]:
        """Return the texts in a column, without empty cells. `at` is the index of the column."""
        return [text for row in self._sheet.rows if (text := cell_text(row[at])).strip()]

    def _is_mark(self, at: int, text: str) -> bool:
        return self._is_yes(at, text) or fold(text).strip() in NO

    def _is_yes(self, at: int, text: str) -> bool:
        """Return whether the text of a cell assigns the code of its column to its row.

        The text may be a mark or the name of the code. A number above 1 counts as a mark only if the user has named the
        columns of codes. Otherwise, the number may be an age.
        """
        is_count = bool(self._options.code_columns) and COUNT.fullmatch(text.strip())
        return bool(is_count) or fold(text).strip() in YES or name_key(text) == name_key(self._sheet.header[at])

    def _nearly_marks(self, ignored: Iterable[int]) -> Iterator[str]:
        """Yield a sentence for each column of a wide table that looks like a column of marks but was not read as one.

        `ignored` are the indexes of the columns that were not used. At least a third of the cells in such a column are
        marks.
        """
        for at in ignored if self._options.wide and not self._options.code_columns else ():
            filled = self._filled(at)
            marks = sum(self._is_mark(at, text) for text in filled)
            if self._keys[at] in NEVER_A_CODE or at in self._sheet.unnamed or self._is_attribute(at):
                continue
            if not filled or 3 * marks < len(filled):
                continue
            texts = ((line, cell_text(row[at])) for line, row in zip(self._sheet.lines, self._sheet.rows, strict=True))
            line, text = next(each for each in texts if each[1].strip() and not self._is_mark(at, each[1]))
            yield (
                f"“{one_line(self._sheet.header[at], 40)}” was not read as a code: line {line} has “{one_line(text, 40)}”."
                " Name the column as a code column to use its other rows."
            )

    def _check_roles(self) -> None:
        missing = [role for role in ("source", "code") if role not in self._roles]
        if "quote" not in self._roles and "start" not in self._roles:
            missing.append("quote")
        if not missing:
            return
        shown = listed(f"the {role}" for role in missing)
        facts = f"{self._name} has no column for {shown}; its columns are {self._columns()}."
        if missing == ["code"] and not self._options.wide and len(self._mark_columns(self._roles)) > 1:
            raise InputError(facts, "wide-table")
        raise InputError(facts, "name-columns")

    def _fill(self, table: CodingTable, found: list[CodingDraft]) -> int:
        """Add the codings of all rows to `found`, and unreadable rows to `table`. Return the number of rows that have no code."""
        drafts, bare = CodingDrafts(self._name), 0
        has_memo = "memo" in self._roles
        for line, row in zip(self._sheet.lines, self._sheet.rows, strict=True):
            texts = [cell_text(cell) for cell in row]
            codes, problems = self._codes(texts)
            if extra := [text for text in texts[self._sheet.declared :] if text]:
                beyond = listed((f"“{text}”" for text in extra), len(extra))
                why = f"there are {len(row)} cells, but the first line names {self._sheet.named} columns; beyond them: {beyond}."
                table.unread.append(UnreadRow(line, why, self._cells(texts, "; ".join(codes))))
                continue
            for code in codes:
                draft = _draft(table, self._name, drafts, line, self._cells(texts, code), has_memo=has_memo)
                found += [] if draft is None else [draft]
            for code, why in problems:
                table.unread.append(UnreadRow(line, why, self._cells(texts, code)))
            bare += not codes and not problems
        return bare

    def _codes(self, texts: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """Return (codes of a row, problems).

        A problem is (code, sentence) for a code of which it is unclear whether it is marked.
        """
        codes: dict[str, None] = {}
        problems = []
        for at in self._roles["code"]:
            if self._options.wide:
                header = self._sheet.header[at]
                if self._is_yes(at, texts[at]):
                    codes[self._path(header)] = None
                elif not self._is_mark(at, texts[at]):
                    why = f"“{one_line(header, 40)}” is “{one_line(texts[at], 40)}”, neither 0 nor 1 nor x."
                    problems.append((self._path(header), why))
                continue
            pairs = paired(self._parts(texts[at]), self._parts(texts[self._below[at]]) if at in self._below else ())
            if pairs is None:
                header, sub = self._sheet.header[at], self._sheet.header[self._below[at]]
                why = f"“{one_line(header, 40)}” and “{one_line(sub, 40)}” have different numbers of codes."
                problems.append((self._path(texts[at]), why))
            codes.update((self._joined(*pair), None) for pair in pairs or ())
        return list(codes), problems

    def _parts(self, cell: str) -> list[str]:
        """Return the names of codes in a cell, without empty names."""
        if cell.strip() == "[]":
            return []
        several = None if self._is_written_by_sibtui else listed_codes(cell)
        lines = cell.split("\n") if several is None else several
        parts = (
            part for line in lines for part in (line.split(self._options.split) if self._options.split else [line])
        )
        return [part for part in parts if part.strip()]

    def _joined(self, above: str, under: str) -> str:
        """Return the path of a code, from its theme and its sub-theme. One of the two may be empty."""
        if not (above and under):
            return self._path(above or under)
        return f"{self._path(above.strip())}/{self._path(under.strip())}"

    def _path(self, text: str) -> str:
        if self._options.flat:
            return join_path([text.strip()])
        if self._own and not self._options.wide and not self._options.split:
            return text
        return join_path(split_path(text))

    def _cells(self, texts: Sequence[str], code: str) -> tuple[str, ...]:
        cells = {role: texts[places[0]] for role, places in self._roles.items()}
        cells["source"] = cells["source"].strip()
        if not self._own:
            cells |= {role: cells[role].strip() for role in ("coder", "cases") if role in cells}
            start, end = cells.get("start", ""), cells.get("end", "")
            readable = all(cell.replace(".", "").isdecimal() for cell in (start, end) if cell.strip())
            if (
                readable and not is_place(start, end) and cells.get("quote", "").strip()
            ):  # without a quote, the place is refused with its reason
                cells |= {"start": "", "end": ""}
        cells["code"] = code
        return tuple(cells.get(role, "") for role in CELLS)


REVIEW_KEYS = frozenset(map(column_key, REVIEW))
