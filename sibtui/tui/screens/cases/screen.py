"""The cases screen: all cases with their counts and fields, and the commands that change one or several cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from sibtui.model.text import plural
from sibtui.tui.screens.cases.editor import CaseEditor
from sibtui.tui.screens.cases.table_pane import CaseTable, CaseTablePane
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import StatusScreen
from sibtui.tui.views.case_table import case_fields, case_line, marked_cases_line
from sibtui.tui.views.hint_lines import GO_COMMANDS, hints, key_hints
from sibtui.tui.widgets.text_lines import Line, TextLines, cells_of
from sibtui.workspace.case_actions import CaseActions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from sibtui.model.records import Case
    from sibtui.project.results import ChangePlace
    from sibtui.tui.commands import Area
    from sibtui.tui.widgets.row_list import RowList


class CasesScreen(StatusScreen):
    """The screen that lists and changes the cases.

    When the screen closes, `StudyApp.views["cases"]` keeps the label of the case under the cursor.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("case table",)
    heading = "cases"
    USEFUL_WHEN_EMPTY = ("case.add", "case.to_sources")
    CSS = """
    #status-bar { height: 2; padding: 0 1; background: $panel; }
    #cases-title { height: 2; padding: 0 1; }
    #cases-panes { height: 1fr; }
    #case-fields { width: 50; padding: 0 1; border-left: solid $rule; overflow-y: auto; scrollbar-size-vertical: 1; }
    CasesScreen.-broad #case-fields { width: 90; }
    CasesScreen.-narrow #cases-title { height: 1; }
    CasesScreen.-narrow #cases-panes { layout: vertical; }
    CasesScreen.-narrow #case-table { width: 100%; height: 1fr; }
    CasesScreen.-narrow #case-fields { width: 100%; height: 11; max-height: 60%; border-left: none; border-top: solid $rule; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.table_pane, self.details = CaseTablePane(), TextLines(id="case-fields", names_keys=True)
        self.editor = CaseEditor(self)
        self._reveals = False
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield TextLines(id="cases-title")
        with Horizontal(id="cases-panes"):
            yield self.table_pane
            yield self.details
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.actions = CaseActions(self.project)
        self.rows.empty = f"No cases yet: {self.key_of('case.add')} adds the first."
        self.reload()
        self.rows.go(self.study_app.views.get("cases"))
        self.set_focus(self.rows)

    def on_unmount(self) -> None:
        self.study_app.views["cases"] = self.rows.key

    def reload(self) -> None:
        self.actions.load()
        self._shown = ()
        cases = self.actions.cases
        self._show_table()
        line: Line = [("Cases", "strong"), (f"  {plural(len(cases), 'case')}", "quiet")]
        self.query_one("#cases-title", TextLines).set_lines([line])
        self._show_case()

    @property
    def rows(self) -> CaseTable:
        return self.table_pane.rows

    @property
    def case(self) -> Case | None:
        """The case under the cursor. None if there is no case."""
        return self.actions.get(self.rows.key)

    # Showing

    def _show_table(self) -> None:
        self.table_pane.show(self.actions.cases, self.actions.sources, self.actions.codings)

    def _show_case(self) -> None:
        case = self.case
        if self._shown != (case, self.details.size, self._reveals):
            self._shown = (case, self.details.size, self._reveals)
            self.details.set_wrapped(self._fields(case), case and case.id)
        self.show_status()

    def _fields(self, case: Case | None) -> Callable[[int], Sequence[Line]]:
        """Return a function: width of a line in cells → the fields of the case as lines of this width."""
        if case is None:
            return lambda _width: ()
        memos = self.project.memos.list(on="case", of=case.label)
        sources, keymap, reveals = self.actions.sources.get(case.label, ()), self.study_app.changed_keys, self._reveals
        return lambda width: case_fields(case, sources, memos, width, keymap, reveal=reveals)

    def status_lines(self, width: int) -> list[Line]:
        case = self.case
        if self.table_pane.marked:
            return [marked_cases_line(self.chosen, width)]
        if case is None:
            return [[("No case", "quiet")]]
        codings, sources = self.actions.codings.get(case.label, 0), len(self.actions.sources.get(case.label, ()))
        return [case_line(case, codings, sources, width)]

    def hint_line(self, width: int) -> Line:
        """Return the line of key hints. While cases are marked, the line begins with the key that removes the marks."""
        if not self.table_pane.marked:
            return super().hint_line(width)
        first: Line = [*key_hints(self.key_of("go.coding"), "unmarks"), ("  ", "quiet")]
        room = width - cells_of(first)
        return [*first, *hints(self.active_areas(), self.study_app.changed_keys, room, without=GO_COMMANDS)]

    @property
    def is_empty(self) -> bool:
        return not self.actions.cases

    def go_back(self) -> None:
        """Remove the marks of all cases. If no case is marked, go to the coding screen."""
        if self.table_pane.marked:
            self._mark(frozenset())
        else:
            super().go_back()

    def active_areas(self) -> tuple[Area, ...]:
        return ("case table", "list", "everywhere")

    def go_to_change(self, place: ChangePlace) -> None:
        if place.kind == "case":
            self.rows.go(place.name)

    def on_row_list_moved(self) -> None:
        self._show_case()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        if event.times > 1:  # a single click only moves the cursor
            self.editor.choose_field()

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.call_after_refresh(self._show_case)

    # Commands

    def mark_one(self) -> None:
        """Mark or unmark the case under the cursor, and go to the next case."""
        if self.rows.key is not None:
            self._mark(self.table_pane.marked ^ {self.rows.key})
            self.rows.step(1)

    def mark_all(self) -> None:
        """Mark all cases. If all are marked already, unmark them."""
        labels = frozenset(case.label for case in self.actions.cases)
        self._mark(frozenset() if self.table_pane.marked == labels else labels)

    def _mark(self, labels: frozenset[str]) -> None:
        self.table_pane.marked = labels
        self._show_table()
        self.show_status()

    @property
    def chosen(self) -> list[Case]:
        """The cases on which commands act: the marked cases. If no case is marked, the case under the cursor."""
        if self.table_pane.marked:
            return [case for case in self.actions.cases if case.label in self.table_pane.marked]
        return [] if self.case is None else [self.case]

    def case_or_report(self) -> Case | None:
        if self.case is None:
            self.report(f"There is no case: {self.key_of('case.add')} adds one.")
        return self.case

    def make(self, action: Callable[[], tuple[str, str]]) -> None:
        """Call `action`, which changes cases and returns (message, label of a case). Then list the cases again.

        The message is shown, and the cursor goes to the case with this label.
        """

        def done() -> str:
            message, label = action()
            self.reload()
            self.rows.go(label)
            return message

        self.attempt(done)

    def change(self, action: Callable[[list[Case]], tuple[str, str]]) -> None:
        """Change the marked cases. If no case is marked, change the case under the cursor.

        `action` receives these cases, and returns (message, label of a case) as in `make`.
        """
        if self.case_or_report() is not None:
            cases = self.chosen
            self.make(lambda: action(cases))

    def reveal(self) -> None:
        """Show private names (the real names of cases) in the details of a case, or hide them again."""
        self._reveals = not self._reveals
        self._show_case()

    def open_evidence(self) -> None:
        from sibtui.model.filters import CodingFilter
        from sibtui.tui.screens.evidence import EvidenceScreen
        from sibtui.workspace.quote_browser import QuotesView

        case = self.case_or_report()
        if case is not None:
            self.app.push_screen(EvidenceScreen(QuotesView(CodingFilter(cases=(case.label,)))))
