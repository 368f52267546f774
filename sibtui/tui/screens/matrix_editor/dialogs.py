"""The dialogs of the table editor about the whole table, such as its title, its columns, and how it gets its rows."""

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
from sibtui.tui.screens.matrix_editor.editor_dialogs import EditorDialogs
from sibtui.tui.widgets.row_list import ListRow
from sibtui.workspace import table_edits
from sibtui.workspace.evidence_choice import evidence_choices, evidence_keys, evidence_of_keys, evidence_words
from sibtui.workspace.table_form import LINE_WORDS, SHOWN, column_words, row_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.matrix_definition import LineName, MatrixDefinition, Show
    from sibtui.model.presence import State
    from sibtui.model.records import Kind

_PAPER = "only where a row is present: X, the rest blank"
_THRESHOLDS = {"quotes": "Firm quotes", "sources": "Sources of these quotes", "kinds": "Kinds of these sources"}


class TableDialogs(EditorDialogs):
    """The dialogs of the table editor about the whole table."""

    def change(self, key: str) -> None:
        """Open the dialog for one line of the form. `key` is the key of the line, such as “title”."""
        if row_index(key) is not None:
            self._screen.row_dialogs.relabel()
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

    # The table

    def edit_title(self) -> None:
        def explain(_: str) -> Validation:
            return Validation("The title above the table, such as “Table 5. Reasons to stay.”")

        self._ask("Title of the table", self._table.title, explain, self._set_title)

    def _set_title(self, title: str) -> None:
        self._screen.edit(lambda table: replace(table, title=title.strip()), "title")

    def ask_name(self, then: Callable[[], object]) -> None:
        """Ask for the name of the table. After the user has typed a valid name, call `then`."""
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
        """Ask for a state of cells, such as “present”, and then for the text to print in cells with this state."""
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
        """Ask how the table gets its rows: from the user's list, from all codes, or from the codes below one code."""
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
