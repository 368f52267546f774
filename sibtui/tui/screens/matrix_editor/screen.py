"""The table editor: a form, a preview of the table, and the commands that save the table or leave the editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container
from textual.message import Message

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.project.tables.removed_texts import removed_texts
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.background import BackgroundScreen
from sibtui.tui.screens.matrix_editor.dialogs import TableDialogs
from sibtui.tui.screens.matrix_editor.form_pane import TableForm
from sibtui.tui.screens.matrix_editor.preview_pane import PreviewPane
from sibtui.tui.screens.matrix_editor.row_dialogs import RowDialogs
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import fit
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.tui.widgets.matrix_grid import MatrixGrid
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, wrapped
from sibtui.workspace import table_edits
from sibtui.workspace.table_form import PART_HELP, form_lines, row_facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.matrix import Matrix
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.progress import Progress
    from sibtui.project import Project
    from sibtui.tui.commands import Area
    from sibtui.workspace.matrix_draft import MatrixDraft


class MatrixEditorScreen(BackgroundScreen):
    """The screen that edits a draft of a table. Saving the draft is one change of the study.

    On this screen, undo and redo change the draft, not the study.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("table editor",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("table editor")]
    CSS = (
        BackgroundScreen.CSS
        + """
    #status-bar { height: 4; padding: 0 1; background: $panel; }
    #table-editor { height: 1fr; layout: horizontal; }
    MatrixEditorScreen TableForm { width: 46; }
    MatrixEditorScreen.-broad TableForm { width: 76; }
    MatrixEditorScreen PreviewPane { width: 1fr; }
    MatrixEditorScreen.-narrow #table-editor { layout: vertical; }
    MatrixEditorScreen.-narrow TableForm { width: 100%; height: 1fr; }
    MatrixEditorScreen.-narrow PreviewPane { width: 100%; height: 45%; border-left: none; border-top: solid $rule; }
    MatrixEditorScreen.-narrow #preview-title { height: 1; }
    """
    )
    heading = "table"

    @dataclass
    class Computed(Message):
        """Sent when a thread has computed the table for the preview."""

        matrix: Matrix

    def __init__(self, draft: MatrixDraft, on_saved: Callable[[str], object]) -> None:
        """Open the editor for a draft. Each time the user saves the table, `on_saved` gets the name of the table."""
        super().__init__()
        self.draft = draft
        self.form, self.preview = TableForm(), PreviewPane()
        self.dialogs = TableDialogs(self)
        self.row_dialogs = RowDialogs(self)
        self._on_saved = on_saved
        self._is_computing = False
        self._is_stale = False
        """Whether the table has been edited since the running job began."""

    def compose(self) -> ComposeResult:
        yield TextLines(id="heading", classes="heading")
        with Container(id="table-editor"):
            yield self.form
            yield self.preview
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_focus(self.form)
        self.reload()

    def reload(self) -> None:
        self.show()
        self._compute()

    def active_areas(self) -> tuple[Area, ...]:
        return ("cells" if self.in_preview else "list", *super().active_areas())

    @property
    def table(self) -> MatrixDefinition:
        """The definition of the table with all edits made so far."""
        return self.draft.definition

    @property
    def in_preview(self) -> bool:
        """Whether the preview has the focus. If so, commands act on the cell under its cursor."""
        return self.preview.grid.has_focus

    @property
    def row(self) -> int | None:
        """The index of the table row under the cursor, in the form or in the preview. None if there is no such row."""
        at = self.preview.grid.row if self.in_preview else self.form.row
        return at if at is not None and at < len(self.table.rows) else None

    # Showing

    def show(self) -> None:
        """Show the form. A heading shows the name of the table, and whether it has unsaved changes."""
        shown = self.preview.matrix.columns if self.preview.matrix is not None else ()
        self.form.show(form_lines(self.draft, shown))
        name = one_line(self.table.name) or "New table"
        state = (
            "not saved yet" if self.draft.replaces is None else "changed, not saved" if self.draft.is_changed else ""
        )
        width = max(30, self.size.width - 2)
        line: Line = [(cut(name, width - 24), "strong"), (f"  {state}" if state else "", "warning")]
        fit(self.query_one("#heading", TextLines), [line, []])
        self.show_status()

    def status_lines(self, width: int) -> list[Line]:
        at = self.row
        if at is None:
            key = self.form.key or ""
            value = next((line.value for line in form_lines(self.draft) if line.key == key), "")
            texts = [value, PART_HELP.get(key, "")]
        else:
            row = self.table.rows[at]
            column = self.preview.column if self.in_preview else None
            texts = [one_line(row.label) + (f" · {one_line(column)}" if column else ""), *row_facts(row, column)]
        lines: list[Line] = [
            [(line, "text" if at else "strong")] for at, text in enumerate(texts) for line in wrapped(text, width)
        ]
        room = self.query_one("#status-bar", TextLines).size.height - 1
        if len(lines) > room > 0:
            text, style = lines[room - 1][0]
            lines[room - 1] = [(f"{cut(text, width - 2).removesuffix('…')}…", style)]
        return lines

    @on(RowList.Moved)
    def _form_moved(self) -> None:
        if not self.in_preview and self.form.row is not None:
            self.preview.go_to_row(self.form.row)
        self.show_status()

    @on(MatrixGrid.Moved)
    def _preview_moved(self) -> None:
        if self.in_preview:
            self.form.go_to_row(self.preview.grid.row)
        self.show_status()

    # The preview

    def _compute(self) -> None:
        """Compute the preview in a thread. Until it is ready, the previous preview is shown.

        Only one thread runs at a time, so that a key that is held down does not start many threads.
        """
        self.preview.show_state("…")
        self._is_stale = True
        if not self._is_computing:
            self._start_computing()

    def _start_computing(self) -> None:
        self._is_computing, self._is_stale = True, False
        definition = self.table

        def job(project: Project, _: Progress) -> None:
            self.post_message(self.Computed(project.matrices.show(definition)))

        self.run_in_background(job)

    def _finish_computing(self) -> bool:
        """Return whether the result of the thread is current. If the table was edited meanwhile, start a new thread."""
        self._is_computing = False
        if self._is_stale:
            self._start_computing()
        return not self._is_computing

    def on_background_screen_failed(self, event: BackgroundScreen.Failed) -> None:
        del event  # the base class reports the failure
        if self._finish_computing():
            self.preview.show_state("not current")

    @on(Computed)
    def _computed(self, event: Computed) -> None:
        if not self._finish_computing():
            return
        empty = f"No row yet: {self.key_of('table.add')} adds one." if event.matrix.columns else "There is no column."
        self.preview.show(event.matrix, empty)
        if self.form.row is not None and not self.in_preview:
            self.preview.go_to_row(self.form.row)
        self.show()

    # Editing

    def edit(
        self, change: Callable[[MatrixDefinition], MatrixDefinition], words: str, go_to: int | None = None
    ) -> bool:
        """Replace the table with the result of `change`, and return True.

        If `change` raises a SibtuiError, show the error, keep the table, and return False. `words` describe the edit
        in the messages of undo and redo. `go_to` is the index of the row to which the cursor moves.
        """
        try:
            draft = self.draft.edited(change(self.table), words)
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
            return False
        self._take(draft, go_to)
        return True

    def _take(self, draft: MatrixDraft, go_to: int | None = None) -> None:
        changed, self.draft = draft.definition != self.table, draft
        self.show()
        if go_to is not None:
            self.form.go_to_row(go_to)
        if changed:
            self._compute()

    def undo(self) -> None:
        self._step(back=True)

    def redo(self) -> None:
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        try:
            draft, words = self.draft.undone() if back else self.draft.redone()
        except SibtuiError as error:
            self.report(self.worded(error))
            return
        self._take(draft)
        self.report(f"{'Undone' if back else 'Redone'}: {words}", done=True)

    def with_row(self) -> int | None:
        if self.row is None:
            self.report(
                "Go to a row first." if self.table.rows else f"No row yet: {self.key_of('table.add')} adds one."
            )
        return self.row

    def change_part(self) -> None:
        """Open the dialog for the line of the form under the cursor.

        In the preview, open the dialog for the footnote on the cell under the cursor.
        """
        if self.in_preview:
            self.row_dialogs.edit_note()
        else:
            self.dialogs.change(self.form.key or "")

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        if event.times > 1:
            self.change_part()

    @on(MatrixGrid.Chosen)
    def _cell_clicked(self) -> None:
        self.row_dialogs.edit_note()

    def switch(self) -> None:
        self.set_focus(self.form if self.in_preview else self.preview.grid)
        if self.in_preview:
            self.form.go_to_row(self.preview.grid.row)
        self.call_after_refresh(self.show_status)

    def toggle_subcodes(self) -> None:
        at = self.with_row()
        if at is not None:
            with_them = not self.table.rows[at].subcodes
            words = f"{self.row_name(at)} {'with' if with_them else 'without'} the codes below"
            self.edit(lambda table: table_edits.toggle_subcodes(table, at), words)

    def move_row(self, by: int) -> None:
        """Move the table row under the cursor down by `by` places, or up if `by` is negative.

        The cursor stays on this row.
        """
        at = self.with_row()
        if at is not None:
            to = min(max(at + by, 0), len(self.table.rows) - 1)
            if (
                self.edit(lambda table: table_edits.move_row(table, at, by), f"{self.row_name(at)} moved", to)
                and self.in_preview
            ):
                self.preview.grid.move(to - at, 0)

    def remove_row(self) -> None:
        at = self.with_row()
        if at is not None:
            self.edit(lambda table: table_edits.remove_row(table, at), f"{self.row_name(at)} removed")

    def move_column(self, by: int) -> None:
        """Move the current column of the preview by `by` places: to the right, or to the left if `by` is negative."""
        matrix, grid = self.preview.matrix, self.preview.grid
        if not self.in_preview or matrix is None or not matrix.columns:
            self.report(f"Go to a column of the preview first ({self.key_of('table.switch')}).")
            return
        label = one_line(matrix.columns[grid.column])
        if self.edit(lambda table: table_edits.move_column(table, matrix.columns, grid.column, by), f"{label} moved"):
            grid.move(0, by)

    def row_name(self, at: int) -> str:
        return f"row “{one_line(self.table.rows[at].label, 40)}”"

    # Saving and leaving

    def save(self, then: Callable[[], object] = lambda: None) -> None:
        """Save the table, and call `then`. If the table has no name, first ask for a name."""
        if not self.draft.is_changed and self.draft.replaces is not None:
            self.report("Everything in this table is saved.")
            then()
        elif self.table.name:
            self._save(then)
        else:
            self.dialogs.ask_name(lambda: self._save(then))

    def _save(self, then: Callable[[], object]) -> None:
        def action() -> str:
            lost = removed_texts(self.project)
            self.draft = self.draft.save(self.project)
            return f"Saved table {one_line(self.table.name)}{lost()}"

        def saved() -> None:
            self._on_saved(self.table.name)
            self.show()
            self._compute()

        if self.attempt(action, saved):
            then()

    def save_before_end(self) -> None:
        """If the table has unsaved changes and at least one row, save it before the program ends.

        A table without a name gets a name that no other table has.
        """
        if self.draft.is_changed and self.table.rows:
            self.draft = self.draft.named(self.project)
            self._save(lambda: None)

    def go_back(self) -> None:
        self._leave(self.app.pop_screen)

    def go(self, name: str) -> None:
        self._leave(self.app.pop_screen if name == "matrix" else lambda: self.study_app.go(name))

    def _leave(self, leave: Callable[[], object]) -> None:
        """Call `leave`, which closes the editor. If the table has unsaved changes, first ask whether to save it."""
        if not self.draft.is_changed:
            leave()
            return
        choices = {"s": "Save the table, and leave", "d": "Drop the changes, and leave"}

        def chosen(letter: str) -> None:
            if letter == "s":
                self.save(then=leave)
            else:
                leave()

        ask_letter(self.app, "The table has changes that are not saved", choices, chosen, escape="stays here")
