"""The dialogs of the matrix screen about whole tables.

They choose, name, copy and remove tables, limit the quotes that count, and list the judgements of all tables. A
judgement is the researcher's decision on a cell, such as “present”.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.row_list import ListRow
from sibtui.workspace.evidence_choice import evidence_choices, evidence_keys, evidence_of_keys
from sibtui.workspace.matrix_browser import ALL_CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sibtui.model.matrix_summary import JudgedCell, MatrixSummary
    from sibtui.project.shared.validation import Validation
    from sibtui.tui.screens.matrix.screen import MatrixScreen
    from sibtui.workspace.matrix_browser import MatrixBrowser

ALL_CODES_KEY = ""
"""The key of the table of all codes. No saved table has an empty name."""
_NAME_CELLS = 24


class TableLists:
    """The dialogs of the matrix screen that ask for a table, a name or a judgement."""

    def __init__(self, screen: MatrixScreen) -> None:
        self._screen = screen
        self._chooser: Chooser | None = None

    @property
    def _browser(self) -> MatrixBrowser:
        return self._screen.browser

    # Which table

    def choose(self) -> None:
        """Ask which table to show: a saved table, or the table of all codes.

        The list also shows how many cells of each saved table need work, as soon as a thread has counted these cells.
        """
        browser = self._browser
        if browser.is_only:
            self._screen.report_no_table()
            return
        at = ALL_CODES_KEY if browser.is_all_codes else browser.name
        self._chooser = Chooser("Tables", self._rows({}), at, is_wide=True)
        self._screen.app.push_screen(self._chooser, self._chosen)
        self._screen.compute_states()

    def show_states(self, summaries: Sequence[MatrixSummary]) -> None:
        """In the list of tables, show how many cells of each table need work. If the list is closed, do nothing."""
        if self._chooser is not None and self._chooser.is_current:
            self._chooser.update_rows(self._rows({summary.name: summary for summary in summaries}))

    def _rows(self, summaries: Mapping[str, MatrixSummary]) -> list[ListRow]:
        titles = self._browser.titles
        widest = max((len(one_line(name, _NAME_CELLS)) for name, _ in titles), default=0)
        rows = [
            ListRow(
                name,
                one_line(title),
                mark=f"{one_line(name, _NAME_CELLS):<{widest}}  ",
                right=summaries[name].words if name in summaries else "",
            )
            for name, title in titles
        ]
        return [*rows, ListRow(ALL_CODES_KEY, ALL_CODES, mark=" " * (widest + 2), right="not saved")]

    def _chosen(self, name: str | None) -> None:
        self._chooser = None
        if name == ALL_CODES_KEY:
            self._screen.show_other(self._browser.all_codes)
        elif name is not None:
            self._screen.show_other(lambda: self._browser.open(name))

    # Names

    def rename(self) -> None:
        self._ask_name("Name of the table", self._browser.rename_message, self._browser.rename)

    def duplicate(self) -> None:
        self._ask_name("Name of the copy", self._browser.copy_message, self._browser.duplicate)

    def _ask_name(self, title: str, validate: Callable[[str], Validation], action: Callable[[str], str]) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        name = self._saved_name()
        if name is None:
            return

        ask(
            self._screen.app,
            Prompt(title, name, validate, enter="saves it"),
            lambda new: self._screen.change(lambda: action(new)),
        )

    def remove(self) -> None:
        """Remove the current table from the study, and show another table."""
        if self._saved_name() is not None:
            undo = self._screen.key_of("study.undo")
            self._screen.change(lambda: f"{self._browser.remove()} ({undo} brings it back)")

    def _saved_name(self) -> str | None:
        """Return the name of the current table. If the table is not saved, show a message, and return None."""
        if self._browser.name is None:
            self._screen.report(f"This table is not saved: {self._screen.key_of('matrix.save')} saves it.")
        return self._browser.name

    # The evidence that counts

    def narrow(self) -> None:
        """Ask for coders and kinds of source, which limit the codings that count in the table.

        No marked coder means all coders. No marked kind of source means all kinds.
        """
        from sibtui.tui.widgets.several_chooser import SeveralChooser

        def choose(keys: tuple[str, ...]) -> None:
            chosen = evidence_of_keys(keys)
            self._screen.show_other(lambda: self._browser.narrow(chosen.kinds, chosen.coders))

        chooser = SeveralChooser(
            "Only this evidence; none marked means all",
            evidence_choices(self._screen.project),
            evidence_keys(self._browser.narrowed),
        )
        ask(self._screen.app, chooser, choose)

    # Judgements

    def judgements(self) -> None:
        """List the judgements of all tables. If the user chooses one, go to its cell."""
        judged = self._screen.project.matrices.judgements()
        if not judged:
            self._screen.report(f"No cell is judged yet: {self._screen.key_of('cell.judge')} judges one.")
            return
        rows = [_judgement_row(at, each) for at, each in enumerate(judged)]
        title = "Judgements; * marks those whose evidence has changed"
        chooser = Chooser(title, rows, is_wide=True)
        ask(self._screen.app, chooser, lambda key: self._go_to(judged[int(key)]))

    def _go_to(self, chosen: JudgedCell) -> None:
        judgement = chosen.judgement

        def go() -> None:
            self._browser.open(chosen.matrix)
            self._browser.set_cursor(judgement.row, judgement.column)

        self._screen.show_other(go)
        if chosen.cell is None:
            self._screen.report(f"The table does not show the column {one_line(judgement.column)}.")


def _judgement_row(at: int, judged: JudgedCell) -> ListRow:
    judgement = judged.judgement
    computed = "column not shown" if judged.cell is None else f"computed {judged.cell.computed}"
    place = f"{one_line(judged.matrix, _NAME_CELLS)} · {one_line(judgement.row)} · {one_line(judgement.column)}"
    return ListRow(str(at), place, mark="* " if judged.changes else "  ", right=f"{judgement.verdict}, {computed}")
