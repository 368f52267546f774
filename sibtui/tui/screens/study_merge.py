"""The screen that merges a colleague's study into the open study.

It lists the differences with the values of both studies, and asks for a decision on each conflict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.containers import Horizontal

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line, plural
from sibtui.project import Project
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.attribute_dialogs import complete_value
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.screens.disagreements import rows_around, sides_rows
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import StatusScreen, fit
from sibtui.tui.views.merge_rows import about_lines, merge_rows, value_lines
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.progress_dialog import ProgressDialog
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, wrapped
from sibtui.workspace.merge_decisions import MergeDecisions, merged_words, what_differs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.differences import MergeChoice, Side
    from sibtui.model.progress import Progress
    from sibtui.project.merging.merge_results import StudyDifference, StudyMerge
    from sibtui.tui.commands import Area
    from sibtui.tui.widgets.progress_dialog import TaskResult

_UNKNOWN = "The state in common is not known: nothing is removed, and fields that differ are conflicts."
_ABOUT_ROWS = 3
"""The largest number of rows for the lines about a difference."""
_SIDES: tuple[tuple[Literal["mine", "theirs"], str], ...] = (
    ("mine", "In this study"),
    ("theirs", "In the other study"),
)


class MergeScreen(StatusScreen):
    """The screen that merges another study into the open study. Its argument `path` is the file of the other study.

    Nothing is written before the user confirms the merge.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("merge", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("merge")]
    heading = "merge"
    CSS = (
        StatusScreen.CSS
        + """
    MergeScreen #differences { height: 1fr; padding: 0 1; }
    MergeScreen #sides { border-top: solid $rule; }
    MergeScreen #sides > TextLines { width: 1fr; padding: 0 1; }
    MergeScreen #theirs { border-left: solid $rule; }
    MergeScreen #about { height: auto; padding: 0 1; }
    MergeScreen #status-bar { height: 3; }
    """
    )

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.decisions = MergeDecisions()
        self._shown: str | None = None
        """The key of the row whose two values are on the screen."""

    def compose(self) -> ComposeResult:
        yield TextLines(id="heading", classes="heading")
        yield RowList(id="differences")
        with Horizontal(id="sides"):
            yield TextLines(id="mine")
            yield TextLines(id="theirs")
        yield TextLines(id="about")
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.rows = self.query_one("#differences", RowList)
        self.rows.focus()
        self.show()
        self.reload()

    # Comparing and merging

    def reload(self) -> None:
        """Compare the two studies in a thread. If the comparison fails or is stopped, the screen closes."""
        self._run("Comparing the studies", self._compare, at_once=True)

    def _compare(self, progress: Progress) -> StudyMerge:
        with Project.open(self.project.path, coder=self.project.coder) as second:
            return second.merge(
                self._path, decide=self.decisions.choice, coders=self.decisions.names, dry_run=True, progress=progress
            )

    def _merge(self, progress: Progress) -> StudyMerge:
        with Project.open(self.project.path, coder=self.project.coder) as second:
            return second.merge(
                self._path, decide=self.decisions.choice, coders=self.decisions.names, progress=progress
            )

    def _run(self, title: str, action: Callable[[Progress], StudyMerge], *, at_once: bool) -> None:
        def ended(done: TaskResult[StudyMerge] | None) -> None:
            if done is None:
                self._close("Stopped: nothing was merged.")
            elif done.result is None:
                self._close(done.why, error=True)
            elif done.result.written:
                self.study_app.changed_by_thread()
                self._close(self.with_undo(merged_words(self._path.name, done.result)), done=True)
            else:
                self._take(done.result, again=not at_once)

        dialog: ProgressDialog[StudyMerge] = ProgressDialog(title, action, stop_at_once=at_once)
        self.app.push_screen(dialog, ended)

    def _take(self, found: StudyMerge, *, again: bool) -> None:
        """Show the differences that a comparison of the two studies has found. Nothing is written yet.

        `again` is set after an attempt to merge. A message then shows why nothing was merged.
        """
        self.decisions.take(found)
        self.show()
        self._go(self.decisions.open_after(-1))
        if again:
            left = len(self.decisions.open)
            message = f"{plural(left, 'conflict')} more came up: nothing was merged yet." if left else "Nothing is new."
            self.call_after_refresh(self.report, message)  # the return of the focus shows the hints

    def _close(self, message: str, *, error: bool = False, done: bool = False) -> None:
        """Close this screen, and show the message on the screen below it."""
        self.app.pop_screen()
        below = self.app.screen
        if isinstance(below, StudyScreen):
            below.catch_up()
            # reported later, because the return of the focus shows the hints
            below.call_after_refresh(below.report, message, error=error, done=done)

    # Showing

    def show(self) -> None:
        decisions, width = self.decisions, max(30, self.size.width - 2)
        lines: list[Line] = [
            [(cut(f"Merge {one_line(str(self._path))}", width), "strong")],
            [(cut(decisions.summary, width), "quiet")],
            *([[(cut(f"Coders: {decisions.renamed}", width), "quiet")]] if decisions.renamed else []),
            *([(row, "quiet")] for row in (wrapped(_UNKNOWN, width) if not decisions.has_base else ())),
        ]
        fit(self.query_one("#heading", TextLines), [*lines, []])
        self.rows.empty = "Nothing is new in the other study."
        self.rows.set_rows(merge_rows(decisions))
        self._show_current()

    def _show_current(self) -> None:
        self._shown = self.rows.key
        self._show_difference()
        self.show_status()

    def _go(self, at: int | None) -> None:
        """Move the cursor to the difference with the index `at`, and show this difference immediately.

        If the difference were shown later, it would remove the message that the caller shows next.
        """
        self.rows.go(str(at))
        self._show_current()

    def _show_difference(self) -> None:
        difference = self.difference
        sides, about = self.query_one("#sides"), self.query_one("#about", TextLines)
        room = min(_ABOUT_ROWS, rows_around(self.size.height))
        sides.display, about.display = difference is not None, difference is not None and room > 0
        if difference is None:
            return
        sides.styles.height = sides_rows(self.size.height) + 1  # its border is a row too
        fit(about, list(about_lines(difference, max(20, self.size.width - 2), room)))
        self._show_sides()

    def _show_sides(self) -> None:
        difference, height = self.difference, sides_rows(self.size.height)
        if difference is None:
            return
        width, is_conflict = max(10, (self.size.width - 1) // 2 - 2), difference.proposal == "conflict"
        choice = self.decisions.choice(difference)
        for side, title in _SIDES:
            key = self.key_of(f"merge.{side}") if is_conflict else ""
            value = difference.mine if side == "mine" else difference.theirs
            chosen = choice in {side, "both"}
            pane = self.query_one(f"#{side}", TextLines)
            pane.set_lines(value_lines(key, title, value, width, height, chosen=chosen))

    def status_lines(self, width: int) -> list[Line]:
        difference, left = self.difference, len(self.decisions.open)
        state = (
            f"{plural(left, 'conflict')} open"
            if left
            else "every conflict is decided"
            if self.decisions.conflicts
            else "no conflict"
        )
        if difference is None:
            return [[(state, "strong")]]
        what = cut(what_differs(difference), max(10, width - len(state) - 5))
        return [[(state, "warning" if left else "strong"), ("  │  ", "quiet"), (what, "text")]]

    @property
    def is_empty(self) -> bool:
        return self.difference is None

    @property
    def difference(self) -> StudyDifference | None:
        """The difference under the cursor. None if the list is empty."""
        key = self.rows.key
        return None if key is None else self.decisions.differences[int(key)]

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        if self.rows.key != self._shown:
            self._show_current()

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.call_after_refresh(self.show)

    # Commands

    def choose(self, choice: MergeChoice) -> None:
        """Store a decision on the conflict under the cursor, and go to the next conflict without a decision."""
        difference = self.difference
        if difference is None:
            self.report("There is no conflict to decide.")
            return
        try:
            self.decisions.choose(difference, choice)
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
            return
        at = int(self.rows.key or 0)
        self.show()
        self._go(self.decisions.open_after(at))

    def choose_rest(self, side: Side) -> None:
        """Decide all open conflicts in favour of this study (“mine”) or the other study (“theirs”)."""
        count = self.decisions.choose_rest(side)
        self.show()
        self.report(f"{plural(count, 'conflict')} decided: {side}." if count else "No conflict is open.")

    def name_coder(self) -> None:
        """Ask for a coder of the other study, and for this person's name in the open study. Then compare again."""
        decisions = self.decisions
        if not decisions.coders:
            self.report("The other study has no coder.")
            return
        rows = [ListRow(name, one_line(name, 40), right=decisions.names.get(name, "")) for name in decisions.coders]

        ask(self.app, Chooser("Coder of the other study", rows), self._ask_name)

    def _ask_name(self, coder: str) -> None:
        known = [each.name for each in self.project.coders]

        def explain(typed: str) -> str:
            name = " ".join(typed.split()) or coder
            if name == coder:
                return "The name stays."
            there = "a coder of this study" if name in known else "a new coder"
            return f"What is new by {one_line(coder, 30)} comes in as the work of {one_line(name, 30)}, {there}."

        def entered(typed: str) -> None:
            self.decisions.name_coder(coder, typed)
            self.reload()

        ask_line(
            self,
            f"{one_line(coder, 30)} in this study",
            self.decisions.names.get(coder, ""),
            explain,
            entered,
            enter="compares again",
            complete=lambda typed: complete_value(typed, known),
        )

    def bring(self) -> None:
        """Merge the other study into the open study. If a conflict has no decision yet, go to this conflict instead."""
        left = self.decisions.open
        if left:
            self._go(left[0])
            self.report(
                f"{plural(len(left), 'conflict')} open: decide {'it' if len(left) == 1 else 'them'} first.", error=True
            )
        elif not self.decisions.differences:
            self.report("Nothing is new in the other study.")
        else:
            self._run("Merging", self._merge, at_once=False)

    def go_back(self) -> None:
        """Close the screen without a merge. The study is unchanged."""
        self.app.pop_screen()
