"""The dialogs of the table editor about one row, such as its label, codes, query and footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sibtui.model.codebook import split_path
from sibtui.model.records import KINDS
from sibtui.model.text import one_line, plural
from sibtui.project.shared.validation import Validation
from sibtui.tui.screens.matrix_editor.editor_dialogs import EditorDialogs
from sibtui.tui.widgets.row_list import ListRow
from sibtui.workspace import table_edits

if TYPE_CHECKING:
    from sibtui.model.records import Kind


class RowDialogs(EditorDialogs):
    """The dialogs of the table editor that add rows, or change the row under the cursor."""

    def add_row(self) -> None:
        self._choose_code("Code of the new row", self._codes(), lambda path: self._add([path]))

    def add_theme(self) -> None:
        codes = self._codes()
        above = {code.parent for code in codes}

        def add(path: str) -> None:
            number = next(code.id for code in codes if code.path == path)
            self._add([code.path for code in codes if code.parent == number])

        self._choose_code("Rows for the codes below", [code for code in codes if code.id in above], add)

    def _add(self, paths: list[str]) -> None:
        row = self._screen.row
        at = len(self._table.rows) if row is None else row + 1
        names = one_line(split_path(paths[0])[-1], 40) if len(paths) == 1 else plural(len(paths), "row")
        self._screen.edit(lambda table: table_edits.add_rows(table, paths, at), f"{names} added", at + len(paths) - 1)

    def relabel(self) -> None:
        at = self._screen.with_row()
        if at is None:
            return
        others = {one_line(row.label).casefold() for index, row in enumerate(self._table.rows) if index != at}

        def check(text: str) -> Validation:
            if not text.strip():
                return Validation("A row needs a label.", "no")
            if one_line(text.strip()).casefold() in others:
                return Validation("Another row has this label.", "no")
            return Validation("The label at the left of the row.")

        words = f"label of {self._screen.row_name(at)}"
        self._ask(
            "Label of the row",
            self._table.rows[at].label,
            check,
            lambda label: self._screen.edit(lambda table: table_edits.relabel(table, at, label), words),
        )

    def add_code(self) -> None:
        at = self._screen.with_row()
        if at is None:
            return
        own = tuple(self._table.rows[at].codes)
        codes = [code for code in self._codes() if code.path not in own]
        self._choose_code(
            f"One more code for {self._screen.row_name(at)}", codes, lambda path: self._set_codes(at, (*own, path))
        )

    def take_code(self) -> None:
        at = self._screen.with_row()
        if at is None:
            return
        own = tuple(self._table.rows[at].codes)
        if query := self._table.rows[at].query:
            self._screen.report(
                f"The row draws on the query {one_line(query)}: {self._screen.key_of('table.add_code')} gives it a code instead."
            )
            return
        if len(own) < 2:
            self._screen.report(
                f"The row has one code: {self._screen.key_of('table.add_code')} adds another one first."
            )
            return
        rows = [ListRow(path, one_line(path)) for path in own]
        self._choose(
            "No longer count", rows, None, lambda path: self._set_codes(at, tuple(each for each in own if each != path))
        )

    def choose_query(self) -> None:
        queries = self._screen.project.queries.list()
        if not queries:
            self._screen.report("No query is saved yet: `sibtui query save NAME QUERY` saves one.")
            return
        at = self._screen.row
        current = None if at is None else self._table.rows[at].query or None
        title = "Query of the new row" if at is None else f"Query for {self._screen.row_name(at)}"
        rows = [ListRow(query.name, one_line(query.name), right=one_line(query.expression)) for query in queries]
        self._choose(title, rows, current, lambda query: self._set_query(at, query))

    def _set_query(self, at: int | None, query: str) -> None:
        if at is None:
            words = f"{one_line(query, 40)} added"
            self._screen.edit(lambda table: table_edits.add_query_row(table, query), words, len(self._table.rows))
        else:
            words = f"query of {self._screen.row_name(at)}"
            self._screen.edit(lambda table: table_edits.set_query(table, at, query), words)

    def _set_codes(self, at: int, codes: tuple[str, ...]) -> None:
        words = f"codes of {self._screen.row_name(at)}"
        self._screen.edit(lambda table: table_edits.set_codes(table, at, codes), words)

    def choose_needs(self) -> None:
        at = self._screen.with_row()
        if at is None:
            return

        def set_needs(kinds: tuple[str, ...]) -> None:
            chosen = cast("tuple[Kind, ...]", kinds)
            words = f"needs of {self._screen.row_name(at)}"
            self._screen.edit(lambda table: table_edits.set_needs(table, at, chosen), words)

        needs = tuple(self._table.rows[at].needs)
        self._choose_several("Kinds of source that this row needs", [(kind, kind) for kind in KINDS], needs, set_needs)

    def edit_note(self) -> None:
        """Edit the footnote on the label of the row under the cursor. Footnotes are printed below the table.

        While the preview has the focus, edit the footnote on the cell under the cursor.
        """
        at = self._screen.with_row()
        if at is None:
            return
        row = self._table.rows[at]
        column = self._screen.preview.column if self._screen.in_preview else None
        before = row.note if column is None else row.notes.get(column, "")
        place = one_line(row.label, 60) + (f" · {one_line(column, 30)}" if column is not None else "")
        about = "Printed below the table, with a number at the " + ("label." if column is None else "mark of the cell.")

        def save(text: str) -> None:
            self._screen.edit(lambda table: table_edits.set_note(table, at, text, column), f"note on {place}")

        self._screen.edit_text(f"Note on {place}", about, before, save)
