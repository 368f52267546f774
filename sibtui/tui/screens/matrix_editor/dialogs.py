"""The dialogs of the table editor. Each asks for one part of the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from sibtui.model.codebook import split_path
from sibtui.model.filters import EvidenceFilter
from sibtui.model.matrix_definition import LINES, SAVED_SHOWS
from sibtui.model.presence import DEFAULT_MARKS, STATES
from sibtui.model.records import KINDS
from sibtui.model.text import one_line, plural
from sibtui.project.shared.validation import Validation
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.row_list import ListRow
from sibtui.workspace import table_edits
from sibtui.workspace.evidence_choice import evidence_choices, evidence_keys, evidence_of_keys, evidence_words
from sibtui.workspace.table_form import LINE_WORDS, SHOWN, column_words, row_index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.matrix_definition import LineName, MatrixDefinition, Show
    from sibtui.model.presence import State
    from sibtui.model.records import Code, Kind
    from sibtui.tui.screens.matrix_editor.screen import MatrixEditorScreen

_PAPER = "only where a row is present: X, the rest blank"
_THRESHOLDS = {"quotes": "Firm quotes", "sources": "Sources of these quotes", "kinds": "Kinds of these sources"}


class TableDialogs:
    """The dialogs of the table editor. Each asks for the new value of a part of the table, and edits the draft."""

    def __init__(self, screen: MatrixEditorScreen) -> None:
        self._screen = screen

    @property
    def _table(self) -> MatrixDefinition:
        return self._screen.table

    def change(self, key: str) -> None:
        """Open the dialog for the line of the form with this key."""
        if row_index(key) is not None:
            self.relabel()
            return
        parts: dict[str, Callable[[], object]] = {
            "title": self.edit_title,
            "name": lambda: self.ask_name(lambda: None),
            "columns": self.choose_columns,
            "only": self.pick_columns,
            "cells": self.choose_cells,
            "rule": self.choose_threshold,
            "evidence": self.choose_evidence,
            "marks": self.choose_mark,
            "suffix": self.edit_suffix,
            "lines": self.choose_lines,
            "rows": self.choose_rows,
        }
        if key in parts:
            parts[key]()

    # Asking

    def _ask(
        self, title: str, value: str, validate: Callable[[str], Validation], then: Callable[[str], object]
    ) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        ask(self._screen.app, Prompt(title, value, validate, enter="takes it"), then)

    def _choose(self, title: str, rows: Sequence[ListRow], at: str | None, then: Callable[[str], object]) -> None:
        from sibtui.tui.widgets.chooser import Chooser

        ask(self._screen.app, Chooser(title, rows, at), then)

    def _choose_several(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        marked: Sequence[str],
        then: Callable[[tuple[str, ...]], object],
        *,
        ordered: bool = False,
    ) -> None:
        from sibtui.tui.widgets.several_chooser import SeveralChooser

        ask(self._screen.app, SeveralChooser(title, choices, marked, ordered=ordered), then)

    def _choose_code(self, title: str, codes: Sequence[Code], then: Callable[[str], object]) -> None:
        from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

        if not codes:
            self._screen.report(f"No code fits here: the codebook ({self._screen.key_of('go.codebook')}) makes them.")
            return
        choice = PickerChoice(title, codes, (), {}, lambda _: None, allow_new=False)
        ask_code(self._screen.app, choice, lambda picked: then(picked.path))

    def _codes(self) -> list[Code]:
        return [code for code in self._screen.project.codes.list() if code.status != "retired"]

    # The table

    def edit_title(self) -> None:
        def explain(_: str) -> Validation:
            return Validation("The title above the table, such as “Table 5. Reasons to stay.”")

        self._ask("Title of the table", self._table.title, explain, self._set_title)

    def _set_title(self, title: str) -> None:
        self._screen.edit(lambda table: replace(table, title=title.strip()), "title")

    def ask_name(self, then: Callable[[], object]) -> None:
        """Ask for the name under which the table is saved. After the user has typed a name, call `then`."""
        names = [saved.name for saved in self._screen.project.matrices.list()]

        def named(name: str) -> None:
            if self._screen.edit(lambda table: replace(table, name=name.strip()), "name"):
                then()

        self._ask(
            "Name of the table", self._table.name, lambda name: self._screen.draft.name_message(name, names), named
        )

    def choose_cells(self) -> None:
        def set_show(show: str) -> None:
            self._screen.edit(
                lambda table: replace(table, show=cast("Show", show)), f"cells: {SHOWN[cast('Show', show)]}"
            )

        self._choose(
            "Content of the cells", [ListRow(show, SHOWN[show]) for show in SAVED_SHOWS], self._table.show, set_show
        )

    def choose_threshold(self) -> None:
        """Ask for one of the thresholds that make a cell present, and then for its value."""
        rule = self._table.rule
        rows = [ListRow(name, words, right=f"at least {getattr(rule, name)}") for name, words in _THRESHOLDS.items()]
        rows.append(ListRow("needs", "Kinds of source that it needs", right=", ".join(rule.needs) or "none"))
        self._choose("A cell is present from", rows, None, self._set_threshold)

    def _set_threshold(self, name: str) -> None:
        rule = self._table.rule
        if name == "needs":
            self._choose_several(
                "Kinds of source that every present cell needs",
                [(kind, kind) for kind in KINDS],
                tuple(rule.needs),
                lambda kinds: self._set_rule(needs=cast("tuple[Kind, ...]", kinds)),
            )
            return

        def check(text: str) -> Validation:
            fits = text.strip().isdecimal() and 1 <= int(text) <= 10_000
            return Validation(f"{_THRESHOLDS[name]} that a present cell has at least.", "yes" if fits else "no")

        self._ask(_THRESHOLDS[name], str(getattr(rule, name)), check, lambda text: self._set_rule(**{name: int(text)}))

    def _set_rule(self, **values: object) -> None:
        self._screen.edit(lambda table: replace(table, rule=replace(table.rule, **values)), "thresholds")  # type: ignore[arg-type]

    def choose_evidence(self) -> None:
        """Ask for the kinds of source and the coders whose codings count."""

        def choose(keys: tuple[str, ...]) -> None:
            chosen = evidence_of_keys(keys)
            words = f"evidence: {evidence_words(chosen) or 'all'}"
            self._screen.edit(lambda table: replace(table, kinds=chosen.kinds, coders=chosen.coders), words)

        self._choose_several(
            "Only this evidence; none marked means all",
            evidence_choices(self._screen.project),
            evidence_keys(EvidenceFilter(self._table.kinds, self._table.coders)),
            choose,
        )

    def choose_mark(self) -> None:
        """Ask for a state of cells, and then for the mark of this state.

        The user can also set the marks of all states at once.
        """
        table = self._table
        rows = [
            ListRow(state, state, mark=f"{one_line(table.mark(state)) or 'blank':<7}", right=DEFAULT_MARKS[state])
            for state in STATES
        ]
        rows += [ListRow("", _PAPER, mark="all    "), ListRow("usual", "the usual marks", mark="all    ")]
        self._choose("Mark of each state", rows, None, self._set_marks)

    def _set_marks(self, key: str) -> None:
        if key in {"", "usual"}:
            marks = {} if key else table_edits.PRESENT_ONLY
            self._screen.edit(lambda table: replace(table, marks=marks), "marks")
            return
        state = cast("State", key)
        self._ask(
            f"Mark of {state} cells",
            self._table.mark(state),
            lambda text: Validation("Printed in these cells." if text.strip() else "These cells are blank."),
            lambda mark: self._screen.edit(lambda table: table_edits.set_mark(table, state, mark), f"mark of {state}"),
        )

    def edit_suffix(self) -> None:
        self._ask(
            "After the mark of a judged cell",
            self._table.judged_suffix,
            lambda text: Validation("A sign such as †." if text.strip() else "Judged cells have no sign of their own."),
            lambda text: self._screen.edit(
                lambda table: replace(table, judged_suffix=text.strip()), "sign of judged cells"
            ),
        )

    def choose_lines(self) -> None:
        shown = [line for line in LINES if line not in tuple(self._table.leave_out)]

        def set_lines(lines: tuple[str, ...]) -> None:
            left_out = cast("tuple[LineName, ...]", tuple(line for line in LINES if line not in lines))
            self._screen.edit(lambda table: replace(table, leave_out=left_out), "lines below the table")

        self._choose_several(
            "Lines below the table, where they apply", [(line, LINE_WORDS[line]) for line in LINES], shown, set_lines
        )

    # Columns

    def choose_columns(self) -> None:
        from sibtui.workspace.table_columns import kinds_of_columns

        rows = [ListRow(columns, words) for columns, words in kinds_of_columns(self._screen.project)]

        def set_columns(columns: str) -> None:
            words = f"columns: {column_words(columns)}"
            self._screen.edit(lambda table: table_edits.set_columns(table, columns), words)

        self._choose("Columns of the table", rows, self._table.columns, set_columns)

    def pick_columns(self) -> None:
        from sibtui.workspace.table_columns import column_labels

        labels = column_labels(self._screen.project, self._table)
        picked = tuple(self._table.only)

        def pick(labels: tuple[str, ...]) -> None:
            words = f"{plural(len(labels), 'column')} picked" if labels else "all columns"
            self._screen.edit(lambda table: table_edits.pick_columns(table, labels), words)

        self._choose_several(
            "Columns; none marked means all, also later ones",
            [(label, one_line(label)) for label in labels],
            picked,
            pick,
            ordered=True,
        )

    # Rows

    def choose_rows(self) -> None:
        """Ask how the table gets its rows: from a list that the user makes, or one row for each code."""
        rows = [
            ListRow("list", "a list of your own"),
            ListRow("all", "one row for each code; new codes get one"),
            ListRow("below", "one row for each code below a code …; new codes get one"),
        ]
        self._choose("Rows of the table", rows, self._table.rows_from or "list", self._set_origin)

    def _set_origin(self, origin: str) -> None:
        if origin == "list":
            self._screen.edit(table_edits.list_rows, "rows: a list")
        elif origin == "all":
            self._follow(None)
        else:
            self._choose_code("Rows: the codes below this one", self._codes(), self._follow)

    def _follow(self, below: str | None) -> None:
        def followed(table: MatrixDefinition) -> MatrixDefinition:
            return self._screen.project.matrices.checked(table_edits.follow_codebook(table, below), gone=True)

        self._screen.edit(
            followed, "rows: all codes" if below is None else f"rows: codes below {split_path(below)[-1]}"
        )

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
        """Edit the note on the label of the current row.

        While the preview has the focus, edit the note on the current cell.
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
