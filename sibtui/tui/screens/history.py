"""The history screen: all changes, newest first, and the values before and after each; it undoes or redoes up to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal

from sibtui.model.text import plural
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.status_screen import StatusScreen
from sibtui.tui.views.history_rows import act_rows, change_lines, names_of, newest_done, steps_to
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Act
    from sibtui.tui.commands import Area
    from sibtui.tui.views.history_rows import NamesById

FIRST = 500
"""The number of acts listed at first; the end of the list loads more."""
_CHANGES = 200


class HistoryScreen(StatusScreen):
    AREAS: ClassVar[tuple[Area, ...]] = ("history", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("history")]
    heading = "history"
    CSS = """
    #status-bar { height: 2; padding: 0 1; background: $panel; }
    #history-title { height: 2; padding: 0 1; }
    #history { height: 1fr; }
    #acts { width: 1fr; padding: 0 1; }
    #changes { width: 48; padding: 0 1; border-left: solid $rule; overflow-y: auto; scrollbar-size-vertical: 1; }
    HistoryScreen.-broad #changes { width: 80; }
    HistoryScreen.-narrow #history { layout: vertical; }
    HistoryScreen.-narrow #acts { width: 100%; height: 1fr; }
    HistoryScreen.-narrow #changes { width: 100%; height: 10; border-left: none; border-top: solid $rule; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._acts: Sequence[Act] = ()
        self._limit = FIRST
        self._names: NamesById = {}
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield TextLines(id="history-title")
        with Horizontal(id="history"):
            yield RowList(id="acts")
            yield TextLines(id="changes")
        yield TextLines(id="status-bar", names_keys=True)

    def on_mount(self) -> None:
        self.rows, self.details = self.query_one("#acts", RowList), self.query_one("#changes", TextLines)
        self.rows.empty = "Nothing has changed yet. Your changes will be listed here, and can be undone."
        self.reload()
        current = newest_done(self._acts)
        self.rows.go(str(current.id) if current else None)
        self.rows.focus()

    def reload(self) -> None:
        self._acts = self.project.history.list(limit=self._limit)
        self._names = names_of(self.project)
        self._shown = ()
        self.rows.set_rows(act_rows(self._acts))
        self._show()

    # Showing

    def _show(self) -> None:
        undone = sum(act.state == "undone" for act in self._acts)
        at_least = "more than " if len(self._acts) == self._limit else ""
        count = f"  {at_least}{plural(len(self._acts), 'change')}"
        count += f", {undone:,} of them undone" if undone else ""
        self.query_one("#history-title", TextLines).set_lines([[("History", "strong"), (count, "quiet")]])
        self._show_changes()
        self.show_status()

    def _show_changes(self) -> None:
        act, pane = self._act(), self.details
        width = max(20, pane.scrollable_content_region.width - 1)
        if self._shown == (act, width):
            return
        self._shown = (act, width)
        lines: list[Line] = []
        if act is not None:
            lines = change_lines(act, self.project.history.changes(act.id, limit=_CHANGES), self._names, width)
        pane.scroll_to(y=0, animate=False, immediate=True)
        pane.set_lines(lines)

    def status_lines(self, width: int) -> list[Line]:
        del width
        act = self._act()
        if act is None:
            return [[("Nothing to undo", "quiet")]]
        steps = steps_to(self._acts, act.id)
        if act.state == "dropped":
            effect = "cannot be redone: the study was changed after it was undone"
        elif steps == 0:
            effect = "the study is in the state after this change"
        else:
            effect = f"{self.key_of('history.to')} {'undoes' if steps < 0 else 'redoes'} {plural(abs(steps), 'change')}"
        return [[(act.verb, "strong"), (f"  {effect}", "quiet")]]

    def _act(self) -> Act | None:
        key = self.rows.key
        return None if key is None else next((act for act in self._acts if act.id == int(key)), None)

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        act = self._act()
        if act is not None and act is self._acts[-1] and len(self._acts) == self._limit:
            self._limit *= 4
            self.reload()
        else:
            self._show_changes()
            self.show_status()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._show_changes)

    def active_areas(self) -> tuple[Area, ...]:
        return (*self.AREAS, "everywhere")

    # Commands

    def go_to_act(self, *, before: bool) -> None:
        """Go to the state after the change under the cursor, or to the state before it."""
        act = self._act()
        if act is None:
            self.report("There is nothing to undo yet.")
        elif act.state == "dropped":
            self.report("This change cannot be redone: the study was changed after it was undone.")
        else:
            self._go(steps_to(self._acts, act.id, before=before))

    def redo_all(self) -> None:
        self._go(sum(act.state == "undone" for act in self._acts))

    def _go(self, steps: int) -> None:
        if steps == 0:
            self.report("The study is in this state already.")
            return
        history = self.project.history

        def action() -> str:
            acts = history.undo(-steps) if steps < 0 else history.redo(steps)
            self.reload()
            changes = plural(len(acts), "change")
            return f"{changes} undone." if steps < 0 else f"{changes} redone."

        self.attempt(action)
