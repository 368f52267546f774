"""The reader of a table of codings with any columns. Each column that is used has a role, such as source or quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.sheet_reader import cell_text
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
from sibtui.formats.other_programs.coding_table import CodingTable, UnreadRow, row_draft
from sibtui.formats.study_folder.codings_csv import ATTRIBUTE, CELLS, REVIEW, CodingDrafts, is_place
from sibtui.model.codebook import join_path, split_path
from sibtui.model.folding import fold, name_key
from sibtui.model.left_out import left_out, left_out_clause
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sibtui.formats.codec.sheet_reader import SheetTable
    from sibtui.formats.other_programs.coding_table import CodingTableOptions
    from sibtui.model.drafts import CodingDraft

_MOST_LISTED = 12
_REVIEW_KEYS = frozenset(map(column_key, REVIEW))


class MappedTable:
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
        ignored = [at for at in range(self._sheet.named) if at not in used and self._keys[at] not in _REVIEW_KEYS]
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
        """Yield the column indexes in `places`.

        After the index of a column of themes, the index of the column with their sub-themes is yielded too.
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
        """Return the indexes of the columns of marks: nearly all their filled cells have a mark for yes or no.

        `roles` is a map: role → indexes of columns. Columns that already have another role, such as quote, are left
        out.
        """
        others = {at for role, places in roles.items() if role != "code" for at in places}
        return [
            at
            for at, key in enumerate(self._keys)
            if at not in others and key not in NEVER_A_CODE and at not in self._sheet.unnamed and not self._is_attribute(at)
            and (filled := self._filled(at)) and sum(self._is_mark(at, text) for text in filled) >= MOSTLY * len(filled)
        ]  # fmt: skip

    def _is_attribute(self, at: int) -> bool:
        """Return whether a column has the name under which sibtui exports an attribute.

        The cells of such a column do not assign a code, even if they contain yes.
        """
        return self._sheet.header[at].strip().casefold().startswith(ATTRIBUTE)

    def _filled(self, at: int) -> list[str]:
        """Return the texts in the column with the index `at`, without empty cells."""
        return [text for row in self._sheet.rows if (text := cell_text(row[at])).strip()]

    def _is_mark(self, at: int, text: str) -> bool:
        return self._is_yes(at, text) or fold(text).strip() in NO

    def _is_yes(self, at: int, text: str) -> bool:
        """Return whether a cell in the column `at` gives its row the code of this column.

        `text` is the text of the cell. It may be a mark such as 1 or x, or the name of the code. A number above 1
        counts only if the user has named the columns of codes. Otherwise, the number may be something else, such as an
        age.
        """
        is_count = bool(self._options.code_columns) and COUNT.fullmatch(text.strip())
        return bool(is_count) or fold(text).strip() in YES or name_key(text) == name_key(self._sheet.header[at])

    def _nearly_marks(self, ignored: Iterable[int]) -> Iterator[str]:
        """Yield a warning for each column in `ignored` that may be a code.

        In such a column, at least a third of the filled cells have a mark for yes or no, such as x. There is no
        warning if the user has named the columns of the codes, or if the codes are not in columns of their own.
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
        """Add the codings of all rows to `found`, and unreadable rows to `table`. Return how many rows have no code."""
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
                draft = row_draft(table, self._name, drafts, line, self._cells(texts, code), has_memo=has_memo)
                found += [] if draft is None else [draft]
            for code, why in problems:
                table.unread.append(UnreadRow(line, why, self._cells(texts, code)))
            bare += not codes and not problems
        return bare

    def _codes(self, texts: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """Return (codes of a row, problems). `texts` are the cells of the row.

        A problem is (code, sentence). The sentence states why it is unclear whether the row has this code.
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
        """Return the names of the codes in a cell, which may list several codes. Empty names are left out."""
        if cell.strip() == "[]":
            return []
        several = None if self._is_written_by_sibtui else listed_codes(cell)
        lines = cell.split("\n") if several is None else several
        parts = (
            part for line in lines for part in (line.split(self._options.split) if self._options.split else [line])
        )
        return [part for part in parts if part.strip()]

    def _joined(self, above: str, under: str) -> str:
        """Return the path of a code, made from its theme and its sub-theme. One of the two may be empty."""
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
