"""The matrix screen: a table as it will print, and behind each cell its state, its evidence and the researcher's judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from sibtui.desk.cells import judgement_told, notes_told, state_told, verdicts
from sibtui.desk.tables import Tables
from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.told import ToldScreen, fit
from sibtui.tui.widgets.lines import Line, Lines, cells_of, cut, wrapped
from sibtui.tui.widgets.matrix_grid import MatrixGrid
from sibtui.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.matrix import Cell
    from sibtui.tui.commands import Place
    from sibtui.tui.widgets.code_picker import Picked


class MatrixScreen(ToldScreen):
    """Shows one table at a time. What it is on is remembered by the app under "matrix"."""

    PLACES: ClassVar[tuple[Place, ...]] = ("matrix",)
    USEFUL_WHEN_EMPTY = ("matrix.choose",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("matrix")]
    CSS = (
        ToldScreen.CSS
        + """
    MatrixScreen MatrixGrid { height: 1fr; padding: 0 1; }
    MatrixScreen #told { height: 6; }
    MatrixScreen.-narrow #told { height: 5; }
    """
    )
    heading = "matrix"

    def compose(self) -> ComposeResult:
        yield Lines(id="heading", classes="heading")
        yield MatrixGrid(id="grid")
        yield Lines(id="told", names_keys=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.grid = self.query_one(MatrixGrid)
        self.tables: Tables = self.study_app.views.setdefault("matrix", Tables())
        self.tables.project = self.project
        self.grid.focus()
        self.reload()

    # Showing

    @property
    def is_empty(self) -> bool:
        return self._cell() is None

    def reload(self) -> None:
        try:
            self.tables.load()
        except SibtuiError as error:
            self.tell(str(error), error=True)
        self.show()

    def show(self) -> None:
        """Show the table at hand, with the cursor where it was."""
        tables = self.tables
        self.grid.empty = tables.empty
        self.grid.show(tables.matrix, *tables.place)
        self._head()
        self.show_told()

    def _head(self) -> None:
        tables, width = self.tables, max(30, self.size.width - 2)
        title = [[(row, "strong")] for row in wrapped(one_line(tables.title), width)] if tables.title.strip() else []
        lines: list[Line] = [*title, *([(row, "quiet")] for row in wrapped(tables.facts, width)), []]
        fit(self.query_one("#heading", Lines), lines)

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self._head()

    def told_lines(self, width: int) -> list[Line]:
        cell = self._cell()
        if cell is None or self.tables.matrix is None:
            return []
        row, column = self._place()
        told = [judgement_told(cell), *notes_told(self.tables.matrix, self.grid.row, self.grid.column)]
        of = f" · {cut(column, width // 2)}"
        return [[(cut(row, width - cells_of([(of, "")])) + of, "strong")]] + [
            [(line, name)]
            for text, name in ((state_told(cell), "text"), *((each, "quiet") for each in told if each))
            for line in wrapped(text, width)
        ]

    def _cell(self) -> Cell | None:
        matrix = self.tables.matrix
        if matrix is None or not matrix.rows or not matrix.columns:
            return None
        return matrix.rows[self.grid.row].cells[self.grid.column]

    def _place(self) -> tuple[str, str]:
        """The labels of the row and the column under the cursor."""
        matrix = self.tables.matrix
        if matrix is None:
            return "", ""
        return matrix.rows[self.grid.row].label, matrix.columns[self.grid.column]

    # Moving

    @on(MatrixGrid.Moved)
    def _stood(self) -> None:
        self.tables.stand(*self._place())
        self.show_told()

    def action_cell_down(self) -> None:
        self.grid.move(1, 0)

    def action_cell_up(self) -> None:
        self.grid.move(-1, 0)

    def action_cell_right(self) -> None:
        self.grid.move(0, 1)

    def action_cell_left(self) -> None:
        self.grid.move(0, -1)

    def action_cell_page_down(self) -> None:
        self.grid.move_page(1)

    def action_cell_page_up(self) -> None:
        self.grid.move_page(-1)

    def action_cell_first_row(self) -> None:
        self.grid.move(-self.grid.row, 0)

    def action_cell_last_row(self) -> None:
        self.grid.move(1_000_000, 0)

    def action_cell_first_column(self) -> None:
        self.grid.move(0, -self.grid.column)

    def action_cell_last_column(self) -> None:
        self.grid.move(0, 1_000_000)

    # Which table

    def _try(self, deed: Callable[[], object]) -> None:
        """Show another table; what cannot be shown is told, and the one at hand stays."""
        try:
            deed()
        except SibtuiError as error:
            self.tell(str(error), error=True)
            return
        self.show()

    def action_matrix_next(self) -> None:
        self._step(1)

    def action_matrix_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if not self.tables.names:
            self.tell("No matrix is saved yet: n makes one of a theme, w saves it.")
            return
        self._try(lambda: self.tables.step(by))

    def action_go_matrix(self) -> None:
        self.action_matrix_choose()

    def action_matrix_choose(self) -> None:
        from sibtui.tui.widgets.chooser import Chooser  # noqa: PLC0415

        tables = self.tables
        if not tables.names:
            self.tell("No matrix is saved yet: n makes one of a theme, w saves it.")
            return
        widest = max(len(one_line(name, 24)) for name in tables.names)
        rows = [Row(name, one_line(title), mark=f"{one_line(name, 24):<{widest}}  ") for name, title in tables.titles]
        self.app.push_screen(Chooser("Saved matrices", rows, tables.name), self._chosen)

    def _chosen(self, name: str | None) -> None:
        if name is not None:
            self._try(lambda: self.tables.open(name))

    def action_matrix_theme(self) -> None:
        from sibtui.tui.widgets.code_picker import Choice, CodePicker  # noqa: PLC0415

        codes = [code for code in self.project.codes.list() if code.status != "retired"]
        above = {code.parent for code in codes}
        themes = [code for code in codes if code.id in above]
        if not themes:
            self.tell("There is no theme with codes below it yet: the codebook (F2) makes one.")
            return
        choice = Choice("A table of the codes below", themes, (), {}, lambda _: None, allow_new=False)
        self.app.push_screen(CodePicker(choice), self._of_theme)

    def _of_theme(self, picked: Picked | None) -> None:
        if picked is not None:
            self._try(lambda: self.tables.of_theme(picked.path))

    def action_matrix_columns(self) -> None:
        from sibtui.tui.widgets.chooser import Chooser  # noqa: PLC0415

        if self.tables.definition is None:
            return
        attributes = dict.fromkeys(attribute.name for attribute in self.project.attributes.list())
        rows = [Row(name, name) for name in ("cases", "sources", "kinds", "coders")]
        rows += [Row(f"attribute:{name}", one_line(name), right="attribute") for name in attributes]
        self.app.push_screen(Chooser("What stands in the columns", rows, self.tables.definition.columns), self._by)

    def _by(self, columns: str | None) -> None:
        if columns is not None:
            self._try(lambda: self.tables.by(columns))

    def action_matrix_states(self) -> None:
        self._try(self.tables.toggle_states)

    def action_matrix_figures(self) -> None:
        self._try(self.tables.next_figures)

    # The cell

    @on(MatrixGrid.Chosen)
    def action_cell_evidence(self) -> None:
        if self._cell() is None or self.tables.definition is None:
            return
        from sibtui.desk.quotes import QuotesView  # noqa: PLC0415
        from sibtui.tui.screens.evidence import EvidenceScreen  # noqa: PLC0415

        row, column = self._place()
        self.app.push_screen(EvidenceScreen(QuotesView.of_cell(self.tables.definition, row, column)))

    def action_cell_judge(self) -> None:
        from sibtui.tui.widgets.judging import Judging  # noqa: PLC0415

        cell = self._cell()
        if cell is None:
            return
        if self.tables.name is None:
            self.tell("Judgements are kept with a saved table: w saves this one.")
            return
        row, column = self._place()
        about = state_told(cell)
        before = cell.judgement.because if cell.judgement else ""
        choices = [Row(state, f"{state:<11} {told}", mark=f"{mark:<4}") for state, mark, told in verdicts()]
        menu = Judging(f"{one_line(row)} · {one_line(column)}", about, choices, cell.state, before)
        self.app.push_screen(menu, lambda told: self._judged(row, column, told))

    def _judged(self, row: str, column: str, told: tuple[str, str] | None) -> None:
        if told is not None:
            self.change(lambda: self.tables.judge(row, column, *told))

    def action_cell_unjudge(self) -> None:
        cell = self._cell()
        if cell is None or cell.judgement is None or self.tables.name is None:
            self.tell("This cell has no judgement to take back: J judges.")
            return
        self.change(lambda: self.tables.unjudge(*self._place()))

    def change(self, deed: Callable[[], str]) -> None:
        """Do something to the study, and show the table anew."""
        self.carry_out(deed, self.reload)

    # Out

    def action_matrix_export(self) -> None:
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        if self.tables.matrix is None:
            self.tell("There is no table to export yet.")
            return
        hint = "Enter writes it · the name's end is the format"
        self.app.push_screen(
            Ask("Write the table to a file", self.tables.file_name, self.tables.file_told, hint=hint), self._export
        )

    def _export(self, name: str | None) -> None:
        if name is not None:
            try:
                self.tell(self.tables.export(name))
            except SibtuiError as error:
                self.tell(str(error), error=True)

    def action_matrix_appendix(self) -> None:
        from sibtui.desk.exporting import TABLE  # noqa: PLC0415
        from sibtui.tui.screens.exporting import ask_file  # noqa: PLC0415

        if self.tables.definition is None or self.tables.matrix is None:
            self.tell("There is no table yet whose evidence could be exported.")
            return
        ask_file(self, TABLE, self.tables.definition)

    def action_matrix_save(self) -> None:
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        if self.tables.definition is None:
            self.tell("There is no table to save yet.")
            return
        menu = Ask(
            "Save the table under the name", self.tables.name or "", self.tables.name_told, hint="Enter saves it"
        )
        self.app.push_screen(menu, self._save)

    def _save(self, name: str | None) -> None:
        if name is not None:
            self.change(lambda: self.tables.save(name))
