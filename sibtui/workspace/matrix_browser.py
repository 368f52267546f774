"""The state of the matrix screen: the table on the screen (saved or temporary), how it is shown, and the cursor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, SibtuiError
from sibtui.model.codebook import split_path
from sibtui.model.filters import EvidenceFilter
from sibtui.model.folding import identical
from sibtui.model.matrix_definition import SAVED_SHOWS, SUMMARY_SHOWS
from sibtui.model.messages import Message
from sibtui.model.patterns import pattern_headings
from sibtui.model.presence import DEFAULT_MARKS
from sibtui.model.text import one_line, plural
from sibtui.project.shared.validation import Validation
from sibtui.project.tables.removed_texts import removed_texts
from sibtui.workspace.evidence_choice import evidence_words
from sibtui.workspace.table_form import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.arguments import Names
    from sibtui.model.matrix_definition import MatrixDefinition, Show
    from sibtui.model.patterns import RowOrder
    from sibtui.model.records import Kind
    from sibtui.project import Project
    from sibtui.project.tables.shown_matrix import ShownMatrix

_FIGURES: tuple[Show, ...] = ("presence", "count", "sources", "count (sources)", "coverage", "quotes", "summary")
_FIGURE_WORDS = ("counted", "covered", "%")
_JUDGED = "Judgements are kept with a saved table."
ALL_CODES = "All codes"


class MatrixBrowser:
    """The state of the matrix screen.

    `name` is the name of the table on the screen, or None if the table is not saved.
    """

    project: Project

    def __init__(self) -> None:
        self.name: str | None = None
        self.definition: MatrixDefinition | None = None
        self.matrix: ShownMatrix | None = None
        self.titles: Sequence[tuple[str, str]] = ()
        self.states = False
        self.show: Show | None = None
        self.order: RowOrder = "saved"
        self.narrowed = EvidenceFilter()
        self.shaded = False
        self._labels = ("", "")

    # Reading the study

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.titles]

    def load(self) -> None:
        """Read the table on the screen again. If it was removed, or no table is shown, read the first table."""
        self.titles = [(saved.name, saved.title) for saved in self.project.matrices.list()]
        if self.name is not None and self.name in self.names:
            self.definition = self.project.matrices.get(self.name)
        elif self.definition is None or self.name is not None:
            self.name, self.definition = self._first()
        elif self.definition.rows_from:
            self.definition = self._with_current_rows(self.definition)
        self._compute(self.definition)

    def _with_current_rows(self, definition: MatrixDefinition) -> MatrixDefinition:
        """Return the definition of a temporary table, with its rows made again from the present codebook.

        Rows whose codes no longer exist are left out.
        """
        known = {code.path for code in self.project.codes.list()}
        rows = tuple(row for row in definition.rows if known.issuperset(row.codes))
        return self.project.matrices.checked(replace(definition, rows=rows), gone=True)

    def _first(self) -> tuple[str | None, MatrixDefinition | None]:
        if self.titles:
            name = self.titles[0][0]
            return name, self.project.matrices.get(name)
        if not self.project.codes.list():
            return None, None
        return None, self._of_all_codes("cases" if self.project.cases.list() else "sources")

    def _of_all_codes(self, columns: str) -> MatrixDefinition:
        return self.project.matrices.ad_hoc(columns=columns, title=ALL_CODES)

    def _compute(self, definition: MatrixDefinition | None) -> None:
        if definition is None:
            self.matrix = None
            return
        self.matrix = self.project.matrices.show(
            definition,
            show="presence" if self.states else self.show,
            marks=DEFAULT_MARKS if self.states else None,
            sort=self.order,
            kinds=self.narrowed.kinds,
            coders=self.narrowed.coders,
        )

    def _take(self, name: str | None, definition: MatrixDefinition) -> None:
        """Show the table with this definition. `name` is None for a table that is not saved.

        If the table cannot be computed, the error is raised, and the screen keeps the table that it shows.
        """
        before = self.show
        if name != self.name:
            self.show = None
        try:
            self._compute(definition)
        except SibtuiError:
            self.show = before
            raise
        self.name, self.definition = name, definition

    # Which table

    def open(self, name: str) -> None:
        """Show the saved table with this name. Raises NotFoundError if there is no such table."""
        self._take(name, self.project.matrices.get(name))

    def go_to_saved(self, name: str) -> None:
        """Choose the saved table that the next `load` shows.

        Its cells show the kind of content that is saved with the table, such as marks or quotes.
        """
        self.name, self.show, self.states = name, None, False

    @property
    def is_all_codes(self) -> bool:
        """Whether the screen shows the temporary table with one row per code."""
        return self.name is None and self.definition is not None and self.definition.rows_from == "all"

    @property
    def is_only(self) -> bool:
        """Whether `step` has no other table to show.

        This is true if no table is saved, and the screen shows either the table of all codes or no table.
        """
        return not self.names and (self.is_all_codes or self.definition is None)

    def step(self, by: int) -> None:
        """Show the next (1) or previous (-1) table.

        After the last saved table comes the temporary table with one row per code. Then the first saved table follows.
        """
        stops = [*self.names, None]
        known = self.name in self.names or self.is_all_codes
        at = stops.index(self.name) + by if known else 0 if by > 0 else -1
        name = stops[at % len(stops)]
        if name is None:
            self.all_codes()
        else:
            self.open(name)

    def all_codes(self) -> None:
        """Show a temporary table with one row per code."""
        self._take(None, self._of_all_codes(self._columns))

    @property
    def _columns(self) -> str:
        return self.definition.columns if self.definition is not None else "cases"

    def of_theme(self, path: str) -> None:
        """Show a temporary table with one row for each code below the theme with this path."""
        self._take(None, self.project.matrices.ad_hoc(under=path, columns=self._columns, title=split_path(path)[-1]))

    def by(self, columns: str) -> None:
        """Show a temporary table with the same rows, but with columns of the kind `columns`, such as `sources`.

        Judgements, summaries and footnotes on cells are left out, because they belong to the old columns.
        """
        if self.definition is None or columns == self.definition.columns:
            return
        rows = tuple(replace(row, notes={}) for row in self.definition.rows)
        made = replace(self.definition, name="", columns=columns, only=(), judgements=(), summaries=(), rows=rows)
        self._take(None, made)

    def toggle_states(self) -> None:
        """Switch the cells between the marks of their states and the content that was shown before."""
        self.states = not self.states
        self._compute(self.definition)

    def narrow(self, kinds: Kind | Iterable[Kind] = (), coders: Names = ()) -> None:
        """Count only the codings of these coders and kinds of source.

        If both are empty, only the definition of the table limits the codings. If the table cannot be computed, the
        SibtuiError is raised, and the earlier filter is kept.
        """
        before, self.narrowed = self.narrowed, EvidenceFilter(kinds, coders)
        try:
            self._compute(self.definition)
        except SibtuiError:
            self.narrowed = before
            raise

    def toggle_order(self) -> None:
        """Switch the order of the rows between the saved order and the order by pattern.

        The pattern of a row is the set of columns in which the row is present.
        """
        self.order = "saved" if self.order == "pattern" else "pattern"
        self._compute(self.definition)

    def toggle_shades(self) -> None:
        """Turn the shades of cells (see `model.pictures.heat_maps.shades`) on or off."""
        self.shaded = not self.shaded

    @property
    def shades(self) -> Sequence[Sequence[float]]:
        """The shade of each cell, from 0 to 1, row by row; empty if shades are turned off."""
        if not self.shaded or self.matrix is None:
            return ()
        from sibtui.model.pictures.heat_maps import shades

        return shades(self.matrix)

    def next_figures(self) -> None:
        """Show the next kind of content in the cells: marks, then numbers of quotes, numbers of sources, and so on."""
        if self.definition is None:
            return
        now = self.show or self.definition.show
        self.states = False
        kinds = (*_FIGURES, *({self.definition.show} - set(_FIGURES)))
        self.show = kinds[(kinds.index(now) + 1) % len(kinds)]
        self._compute(self.definition)

    # The cursor

    def set_cursor(self, row: str, column: str) -> None:
        self._labels = (row, column)

    @property
    def cursor(self) -> tuple[int, int]:
        """The place of the cursor, as (index of the row, index of the column).

        An index is 0 if the table no longer has this row or column.
        """
        if self.matrix is None:
            return 0, 0
        rows = [row.label for row in self.matrix.rows]
        row, column = self._labels
        return (
            rows.index(row) if row in rows else 0,
            self.matrix.columns.index(column) if column in self.matrix.columns else 0,
        )

    # Words

    @property
    def title(self) -> str:
        return self.definition.title or self.name or "" if self.definition is not None else "No table yet"

    @property
    def facts(self) -> str:
        """One line about the table: the name, the place among the saved tables, the size, what the cells show.

        The line also names the rule for a present cell, the filter, the order of the rows and the shades. Each of these
        four is left out if it is the usual one.
        """
        if self.matrix is None or self.definition is None:
            return ""
        names = self.names
        which = f"{one_line(self.name)} · {names.index(self.name) + 1} of {len(names)}" if self.name in names else ""
        shown = "the mark of each state" if self.states else SHOWN[self.show or self.definition.show]
        rule = self.definition.rule
        threshold = f"present from {plural(rule.quotes, 'quote')} in {plural(rule.sources, 'source')}"
        size = f"{plural(len(self.matrix.rows), 'row')}, {plural(len(self.matrix.columns), 'column')}"
        facts = [
            which or "temporary, not saved",
            f"{size} ({one_line(self.definition.columns)})",
            shown,
            *([threshold] if (rule.quotes, rule.sources) != (1, 1) else []),
            *([f"only evidence of {evidence_words(self.narrowed)}"] if self.narrowed else []),
            *(["rows by pattern"] if self.order == "pattern" else []),
            *(
                ["cells shaded by their figures" if shown.endswith(_FIGURE_WORDS) else "cells shaded by quotes"]
                if self.shaded
                else []
            ),
        ]
        return " · ".join(facts)

    @property
    def groups(self) -> dict[int, str]:
        """A map: index of the first row of a group → heading of the group; empty if the rows are in the saved order.

        The rows of a group are present in the same number of columns.
        """
        if self.matrix is None or self.order == "saved":
            return {}
        return pattern_headings(self.matrix.rows)

    @property
    def empty(self) -> Message:
        """The message for a table without rows or columns: why it is empty, and what the user can do."""
        if self.definition is None:
            return Message("No codes yet, so there is nothing to count.", "code-note")
        if self.matrix is not None and not self.matrix.columns:
            return Message(f"The study has no {self.definition.columns} for the columns yet.", "other-columns")
        return Message("This table has no rows.")

    # Actions

    def judge(self, row: str, column: str, verdict: str, because: str) -> str:
        """Store the user's judgement on a cell, and return a message.

        `verdict` is the state that the cell shall show. `row` and `column` are labels, and `because` is the reason.
        Raises ConflictError if the table is not saved, or if a filter excludes some codings at present.
        """
        judged = self.project.matrices.judge(self.judged_table(), row, column, verdict, because)
        old = judged.replaced
        replaced = "" if old is None else f", instead of {old.verdict} ({one_line(old.because, 60)})"
        return f"Judged {judged.judgement.verdict}{replaced}: {one_line(row)} · {one_line(column)}"

    def unjudge(self, row: str, column: str) -> str:
        """Remove the user's judgement on a cell. Return a message. Raises ConflictError if the table is not saved."""
        was = self.project.matrices.unjudge(self._saved(_JUDGED), row, column)
        return f"Judgement removed: {was.verdict}, {one_line(was.because)}"

    def judged_table(self) -> str:
        """Return the name of the table whose cells the user judges. Raises ConflictError as `judge` does."""
        if self.narrowed:
            raise ConflictError("A judgement rests on all evidence, and only part of it counts here.", "narrowed-table")
        return self._saved(_JUDGED)

    def _saved(self, reason: str = "Only a saved table can be renamed, copied or removed.") -> str:
        if self.name is None:
            raise ConflictError(reason, "save-table")
        return self.name

    @property
    def shows_summaries(self) -> bool:
        """Whether the cells on the screen show summaries (coders' texts about cells)."""
        shown = self.show or (self.definition.show if self.definition is not None else "presence")
        return not self.states and shown in SUMMARY_SHOWS

    @property
    def _saved_show(self) -> Show:
        """The content of the cells, such as marks or counts, that `save` stores with the table.

        If the screen shows content that cannot be stored, such as summaries, the result is `definition.show`.
        """
        shown = self.definition.show if self.definition is not None else "presence"
        return self.show if self.show in SAVED_SHOWS else shown

    def save(self, name: str) -> str:
        """Save the table under a name, and return a message. Raises ConflictError if there is no table."""
        if self.definition is None:
            raise ConflictError("There is no table to save yet.")
        made = replace(self.definition, name=name.strip(), show=self._saved_show)
        saved = self.project.matrices.define(made)
        self.name, self.definition, self.show = saved.name, saved, None
        return f"Saved as {one_line(saved.name)}"

    def name_message(self, name: str) -> Validation:
        """Return the message that explains what happens if the user saves the table under this name."""
        name = name.strip()
        if not name:
            return Validation("A name is needed, table-5 for example.", "no")
        there = identical(name, self.names)
        if there is not None and there == self.name:
            return Validation("The saved table with this name is replaced, and the figures shown are saved with it.")
        if there is not None:
            return Validation(
                "There is a table with this name: it would be replaced, and undo brings it back.", "again"
            )
        return Validation("A new table, after the others.")

    def rename(self, name: str) -> str:
        """Rename the saved table on the screen, and return a message.

        Raises ConflictError if the table is not saved, or if another table has the name.
        """
        old = self._saved()
        self.name = self.project.matrices.rename(old, name).name
        return f"Renamed {one_line(old)} to {one_line(self.name)}"

    def duplicate(self, name: str) -> str:
        """Save a copy of the saved table under a name, and return a message. The next `load` shows the copy.

        Raises ConflictError if the table is not saved, or if another table has the name.
        """
        old = self._saved()
        self.go_to_saved(self.project.matrices.duplicate(old, name).name)
        return f"Copied {one_line(old)} to {one_line(self.name or '')}"

    def remove(self) -> str:
        """Remove the saved table, and return a message. The next `load` shows the first of the other tables."""
        lost = removed_texts(self.project)
        removed = self.project.matrices.remove(self._saved())
        return f"Removed {one_line(removed.name)}{lost()}"

    def rename_message(self, name: str) -> Validation:
        return self._new_name(name, [other for other in self.names if other != self.name])

    def copy_message(self, name: str) -> Validation:
        return self._new_name(name, self.names)

    def _new_name(self, name: str, others: list[str]) -> Validation:
        if not name.strip():
            return Validation("A name is needed, table-5 for example.", "no")
        if (there := identical(name.strip(), others)) is not None:
            return Validation(f"There is already a table “{one_line(there, 60)}”.", "no")
        return Validation("The name is free.")

    # Output

    def as_text(self) -> str:
        """Return the table on the screen as text for the clipboard: one line per row, with tabs between the cells."""
        return "" if self.matrix is None else self.matrix.to_tabs()
