"""The pane with the table of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from sibtui.tui.commands.keys import bindings
from sibtui.tui.views.case_table import case_heading, case_rows
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Case, Source


class CaseTable(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("case table")]


class CaseTablePane(Vertical):
    """The pane that lists the cases. Its list sends `RowList.Moved` when the cursor moves."""

    DEFAULT_CSS = """
    CaseTablePane { width: 1fr; }
    CaseTablePane #cases-heading { height: 1; padding: 0 1; }
    CaseTablePane CaseTable { height: 1fr; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="case-table")
        self.rows = CaseTable(id="case-rows")
        self._heading = TextLines(id="cases-heading")
        self.marked: frozenset[str] = frozenset()
        """The labels of the marked cases."""
        self._listed = False

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self.rows

    def show(self, cases: Sequence[Case], sources: Mapping[str, Sequence[Source]], codings: Mapping[str, int]) -> None:
        """Show these cases. Marks of cases that no longer exist are removed.

        `sources` is a map: label of a case → its sources. `codings` is a map: label of a case → how many codings it
        has.
        """
        self._listed = bool(cases)
        self.marked &= {case.label for case in cases}
        self.rows.set_rows(case_rows(cases, sources, codings, self.marked))
        self._show_heading()

    def _show_heading(self) -> None:
        width = self.rows.size.width - (1 if len(self.rows.rows) > self.rows.size.height else 0)
        self._heading.set_lines([case_heading(width)] if self._listed else [])

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_heading)
