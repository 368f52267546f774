"""The matrix screen, which shows a table as it is printed.

Lines below the table describe the cell under the cursor. They show its state (such as “present”), its number of
quotes, and its judgement (the researcher's decision on the state).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.tui.commands.keys import bindings
from sibtui.tui.hints import current_key
from sibtui.tui.screens.background import BackgroundScreen
from sibtui.tui.screens.matrix.lists import TableLists
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import fit
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.matrix_grid import MatrixGrid
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, TextLines, cells_of, cut, cut_after_word, wrapped
from sibtui.workspace.cell_summary import judgement_line, note_lines, state_line, verdicts
from sibtui.workspace.matrix_browser import MatrixBrowser
from sibtui.workspace.matrix_draft import MatrixDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.matrix import Cell
    from sibtui.model.matrix_summary import MatrixSummary
    from sibtui.model.progress import Progress
    from sibtui.project import Project
    from sibtui.tui.commands import Area
    from sibtui.workspace.code_search import CodeChoice


class MatrixScreen(BackgroundScreen):
    """The screen that shows one table at a time.

    When the user leaves the screen, the table and the cursor are kept in `StudyApp.views["matrix"]`.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("matrix", "cells")
    USEFUL_WHEN_EMPTY = ("matrix.choose", "matrix.all_codes", "matrix.new")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("matrix")]
    CSS = (
        BackgroundScreen.CSS
        + """
    MatrixScreen MatrixGrid { height: 1fr; padding: 0 1; }
    MatrixScreen #status-bar { height: 6; max-height: 34%; }
    MatrixScreen.-narrow #status-bar { height: 5; }
    """
    )
    heading = "matrix"

    @dataclass
    class StatesFound(Message):
        """Sent when a thread has counted how many cells of each saved table need work."""

        summaries: Sequence[MatrixSummary]

    def __init__(self) -> None:
        super().__init__()
        self.lists = TableLists(self)

    def compose(self) -> ComposeResult:
        yield TextLines(id="heading", classes="heading")
        yield MatrixGrid(id="grid")
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.grid = self.query_one(MatrixGrid)
        self.browser: MatrixBrowser = self.study_app.views.setdefault("matrix", MatrixBrowser())
        self.browser.project = self.project
        self.grid.shade_colours = self.study_app.shade_colours
        self.grid.focus()
        self.reload()

    # Showing

    @property
    def is_empty(self) -> bool:
        return self._cell() is None

    def reload(self) -> None:
        try:
            self.browser.load()
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
        self.show()

    def show(self) -> None:
        """Show the current table. The cursor stays on the same cell."""
        browser = self.browser
        self.grid.empty = self.worded(browser.empty)
        self.grid.show(browser.matrix, *browser.cursor, browser.groups, browser.shades)
        self._head()
        self.show_status()

    def _head(self) -> None:
        browser, width = self.browser, max(30, self.size.width - 2)
        title = [[(row, "strong")] for row in wrapped(one_line(browser.title), width)] if browser.title.strip() else []
        lines: list[Line] = [*title, *([(row, "quiet")] for row in wrapped(browser.facts, width)), []]
        fit(self.query_one("#heading", TextLines), lines)

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self._head()

    def status_lines(self, width: int) -> list[Line]:
        cell = self._cell()
        if cell is None or self.browser.matrix is None:
            return []
        row, column = self._cell_labels()
        details = [judgement_line(cell), *note_lines(self.browser.matrix, self.grid.row, self.grid.column)]
        room = self.query_one("#status-bar", TextLines).size.height - 1
        of = f" · {cut(column, width // 2)}"
        lines: list[Line] = [[(cut(row, width - cells_of([(of, "")])) + of, "strong")]] + [
            [(line, name)]
            for text, name in ((state_line(cell), "text"), *((detail, "quiet") for detail in details if detail))
            for line in wrapped(text, width)
        ]
        if len(lines) > room > 0:
            (text, name), *_ = lines[room - 1]
            lines[room - 1] = [(f"{cut(text, width - 2).removesuffix('…')}…", name)]
        return lines

    def _cell(self) -> Cell | None:
        matrix = self.browser.matrix
        if matrix is None or not matrix.rows or not matrix.columns:
            return None
        return matrix.rows[self.grid.row].cells[self.grid.column]

    def _cell_labels(self) -> tuple[str, str]:
        """Return (label of the row, label of the column) for the cell under the cursor."""
        matrix = self.browser.matrix
        if matrix is None:
            return "", ""
        return matrix.rows[self.grid.row].label, matrix.columns[self.grid.column]

    # Moving

    @on(MatrixGrid.Moved)
    def _cursor_moved(self) -> None:
        self.browser.set_cursor(*self._cell_labels())
        self.show_status()

    # Which table

    def show_other(self, action: Callable[[], object]) -> None:
        """Call `action`, which chooses another table, and show that table.

        If there is an error, show the error, and keep the current table.
        """
        try:
            action()
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
            return
        self.show()

    def step(self, by: int) -> None:
        """Show the next (1) or previous (-1) saved table."""
        if self.browser.is_only:
            self.report_no_table()
            return
        self.show_other(lambda: self.browser.step(by))

    def report_no_table(self) -> None:
        new, theme, save = (self.key_of(f"matrix.{name}") for name in ("new", "theme", "save"))
        self.report(f"No table is saved yet: {new} builds one, {theme} makes one from a theme, {save} saves it.")

    def compute_states(self) -> None:
        """In a thread, count how many cells of each saved table need work.

        These are the incomplete cells, and the judged cells whose quotes have changed after the judgement.
        """

        def job(project: Project, _: Progress) -> None:
            self.post_message(self.StatesFound(project.matrices.summaries()))

        self.run_in_background(job)

    @on(StatesFound)
    def _show_states(self, event: StatesFound) -> None:
        self.lists.show_states(event.summaries)

    def go(self, name: str) -> None:
        """Open another screen, given its name, such as “codebook”. For the name “matrix”, ask which table to show."""
        if name == "matrix":
            self.lists.choose()
        else:
            super().go(name)

    def choose_theme(self) -> None:
        from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

        codes = [code for code in self.project.codes.list() if code.status != "retired"]
        above = {code.parent for code in codes}
        themes = [code for code in codes if code.id in above]
        if not themes:
            key = current_key("go.codebook", self.study_app.changed_keys)
            self.report(f"No theme has codes below it yet: add them in the codebook ({key}).")
            return
        choice = PickerChoice("Table of the codes below the theme", themes, (), {}, lambda _: None, allow_new=False)
        ask_code(self.app, choice, self._of_theme)

    def _of_theme(self, picked: CodeChoice) -> None:
        self.show_other(lambda: self.browser.of_theme(picked.path))

    def choose_columns(self) -> None:
        from sibtui.tui.widgets.chooser import Chooser

        browser = self.browser
        if browser.definition is None:
            return
        attributes = dict.fromkeys(attribute.name for attribute in self.project.attributes.list())
        rows = [ListRow(name, name) for name in ("cases", "sources", "kinds", "coders")]
        rows += [ListRow(f"attribute:{name}", one_line(name), right="attribute") for name in attributes]
        chooser = Chooser("Columns of the table", rows, browser.definition.columns)
        ask(self.app, chooser, lambda columns: self.show_other(lambda: browser.by(columns)))

    # Editing

    def edit_table(self) -> None:
        """Open the table editor with the current table. If there is no table, open it with an empty table."""
        definition = self.browser.definition
        if definition is None:
            self.new_table()
        else:
            self._open_editor_of(MatrixDraft.of(definition, saved=self.browser.name is not None))

    def new_table(self) -> None:
        self._open_editor_of(MatrixDraft.new("cases" if self.project.cases.list() else "sources"))

    def _open_editor_of(self, draft: MatrixDraft) -> None:
        from sibtui.tui.screens.matrix_editor.screen import MatrixEditorScreen

        self.app.push_screen(MatrixEditorScreen(draft, self.browser.go_to_saved))

    # The cell

    @on(MatrixGrid.Chosen)
    def open_cell(self) -> None:
        """List the quotes of the cell under the cursor. In a table of summaries, open the summary instead."""
        if self.browser.shows_summaries and self.browser.name is not None:
            self.summarise_cell()
        else:
            self.open_evidence()

    def open_evidence(self) -> None:
        cell = self._cell()
        if cell is None or self.browser.definition is None:
            return
        from sibtui.tui.screens.evidence import EvidenceScreen
        from sibtui.workspace.quote_browser import QuotesView

        row, column = self._cell_labels()
        if cell.computed == "incomplete":
            self._open_gaps(row, column, cell)
            return
        self.app.push_screen(
            EvidenceScreen(QuotesView.of_cell(self.browser.definition, row, column, self.browser.narrowed))
        )

    def _open_gaps(self, row: str, column: str, cell: Cell) -> None:
        """List the work that a cell still needs. Open the place that the user chooses.

        The places are sources that must be read, and codings without a case.
        """
        from sibtui.tui.widgets.chooser import Chooser
        from sibtui.workspace.open_places import open_places

        definition = self.browser.definition
        places = open_places(self.project, definition, row, column, cell) if definition is not None else ()

        def rows(width: int) -> list[ListRow]:
            room = max(20, width - 12)
            whys = [cut(place.why, room // 2) for place in places]
            return [
                ListRow(str(at), cut_after_word(place.text, room - len(why)), right=why)
                for at, (place, why) in enumerate(zip(places, whys, strict=True))
            ]

        title = f"To do for {one_line(row, 40)} · {one_line(column, 24)}"

        def chosen(key: str) -> None:
            place = places[int(key)]
            self.study_app.show_place(place.source, place.segment)

        ask(self.app, Chooser(title, rows), chosen)

    def judge_cell(self) -> None:
        from sibtui.tui.widgets.verdict_dialog import VerdictDialog

        cell = self._cell()
        if cell is None:
            return
        try:
            self.browser.judged_table()
        except SibtuiError as error:
            self.report(self.worded(error))
            return
        row, column = self._cell_labels()
        about = state_line(cell)
        before = cell.judgement.because if cell.judgement else ""
        choices = [ListRow(state, f"{state:<11} {meaning}", mark=f"{mark:<4}") for state, mark, meaning in verdicts()]
        menu = VerdictDialog(f"{one_line(row)} · {one_line(column)}", about, choices, cell.state, before)
        ask(self.app, menu, lambda verdict: self.change(lambda: self.browser.judge(row, column, *verdict)))

    def unjudge_cell(self) -> None:
        cell = self._cell()
        if cell is None or cell.judgement is None or self.browser.name is None:
            self.report(f"This cell has no judgement to take back: {self.key_of('cell.judge')} makes one.")
            return
        self.change(lambda: self.browser.unjudge(*self._cell_labels()))

    def change(self, action: Callable[[], str]) -> None:
        """Call `action`, which changes the study and returns a message. Then compute and show the table again."""
        self.attempt(action, self.reload)

    def summarise_cell(self) -> None:
        """Open an editor for the summary of the cell under the cursor, beside the quotes of the cell."""
        from sibtui.tui.widgets.summary_dialog import SummaryDialog
        from sibtui.workspace.summary_draft import summary_draft, write_summary

        if self._cell() is None:
            return
        if self.browser.name is None:
            self.report(f"Summaries are kept with a saved table: {self.key_of('matrix.save')} saves it.")
            return
        name, (row, column) = self.browser.name, self._cell_labels()
        try:
            draft = summary_draft(self.project, name, row, column)
        except SibtuiError as error:
            self.report(self.worded(error))
            return
        title = f"Summary: {one_line(row, 50)} · {one_line(column, 24)}"
        self.edit_with(
            lambda text, refused: SummaryDialog(title, draft.facts, draft.quotes, text, refused=refused),
            draft.text,
            lambda text: self.change(lambda: write_summary(self.project, name, row, column, text)),
        )

    # Export

    def export_table(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt
        from sibtui.workspace.matrix_file import file_message, proposed_name, write_matrix

        matrix = self.browser.matrix
        if matrix is None:
            self.report("There is no table to export yet.")
            return

        def export(typed: str) -> None:
            try:
                self.report(write_matrix(matrix, typed), done=True)
            except SibtuiError as error:
                self.report(self.worded(error), error=True)

        enter = "writes it · the file extension is the format"
        prompt = Prompt("Write the table to a file", proposed_name(self.browser.name), file_message, enter=enter)
        ask(self.app, prompt, export)

    def copy_table(self) -> None:
        if self.browser.matrix is None:
            self.report("There is no table to copy yet.")
            return
        self.report(self.study_app.copy(self.browser.as_text(), "The table"), done=True)

    def export_appendix(self) -> None:
        from sibtui.project.exporting.catalogue import TABLE
        from sibtui.tui.screens.exporting import ask_file

        if self.browser.definition is None or self.browser.matrix is None:
            self.report("There is no table yet, so there is no evidence to export.")
            return
        ask_file(self, TABLE, self.browser.definition, self.browser.narrowed)

    def save_table(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        if self.browser.definition is None:
            self.report("There is no table to save yet.")
            return
        menu = Prompt("Name of the saved table", self.browser.name or "", self.browser.name_message, enter="saves it")
        ask(self.app, menu, lambda name: self.change(lambda: self.browser.save(name)))
