"""The history: every change, newest first; what one of them did, before and after; and the way to any of them, back or on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal

from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.told import ToldScreen
from sibtui.tui.views.past import act_rows, change_lines, names_of, newest_done, steps_to
from sibtui.tui.widgets.lines import Line, Lines
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Act
    from sibtui.tui.commands import Place
    from sibtui.tui.views.past import Names

FIRST = 500
"""Acts that are listed at first; at the end of the list more are."""
_CHANGES = 200


class HistoryScreen(ToldScreen):
    PLACES: ClassVar[tuple[Place, ...]] = ("history", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("history")]
    heading = "history"
    CSS = """
    #told { height: 2; padding: 0 1; background: $panel; }
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
        self._most = FIRST
        self._names: Names = {}
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield Lines(id="history-title")
        with Horizontal(id="history"):
            yield RowList(id="acts")
            yield Lines(id="changes")
        yield Lines(id="told", names_keys=True)

    def on_mount(self) -> None:
        self.rows = self.query_one("#acts", RowList)
        self.rows.empty = "Nothing was done yet. What you do from now on can be undone here."
        self.reload()
        here = newest_done(self._acts)
        self.rows.go(str(here.id) if here else None)
        self.rows.focus()

    def reload(self) -> None:
        self._acts = self.project.history.list(limit=self._most)
        self._names = names_of(self.project)
        self._shown = ()
        self.rows.set_rows(act_rows(self._acts))
        self._show()

    # Showing

    def _show(self) -> None:
        undone = sum(act.state == "undone" for act in self._acts)
        more = "more than " if len(self._acts) == self._most else ""
        told = f"  {more}{len(self._acts):,} change{'' if len(self._acts) == 1 else 's'}"
        told += f", {undone:,} of them undone" if undone else ""
        self.query_one("#history-title", Lines).set_lines([[("History", "strong"), (told, "quiet")]])
        self._show_changes()
        self.show_told()

    def _show_changes(self) -> None:
        act, pane = self._act(), self.query_one("#changes", Lines)
        width = max(20, pane.scrollable_content_region.width - 1)
        if self._shown == (act, width):
            return
        self._shown = (act, width)
        lines: list[Line] = []
        if act is not None:
            lines = change_lines(act, self.project.history.changes(act.id, limit=_CHANGES), self._names, width)
        pane.scroll_to(y=0, animate=False, immediate=True)
        pane.set_lines(lines)

    def told_lines(self, width: int) -> list[Line]:
        del width
        act = self._act()
        if act is None:
            return [[("Nothing to undo", "quiet")]]
        steps = steps_to(self._acts, act.id)
        if act.state == "dropped":
            told = "cannot be reached any more: something else was done after it was undone"
        elif steps == 0:
            told = "the study is as it was after this"
        else:
            told = (
                f"Enter {'undoes' if steps < 0 else 'does again'} {abs(steps):,} change{'' if abs(steps) == 1 else 's'}"
            )
        return [[(act.verb, "strong"), (f"  {told}", "quiet")]]

    def _act(self) -> Act | None:
        key = self.rows.key
        return None if key is None else next((act for act in self._acts if act.id == int(key)), None)

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        act = self._act()
        if act is not None and act is self._acts[-1] and len(self._acts) == self._most:
            self._most *= 4
            self.reload()
        else:
            self._show_changes()
            self.show_told()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._show_changes)

    def places_here(self) -> tuple[Place, ...]:
        return (*self.PLACES, "everywhere")

    # Commands

    def action_history_to(self) -> None:
        self._travel(before=False)

    def action_history_before(self) -> None:
        self._travel(before=True)

    def _travel(self, *, before: bool) -> None:
        act = self._act()
        if act is None:
            self.tell("There is nothing to undo yet.")
        elif act.state == "dropped":
            self.tell("This cannot be done again: something else was done after it was undone.")
        else:
            self._go(steps_to(self._acts, act.id, before=before))

    def action_history_newest(self) -> None:
        self._go(sum(act.state == "undone" for act in self._acts))

    def _go(self, steps: int) -> None:
        if steps == 0:
            self.tell("The study is so already.")
            return
        history = self.project.history

        def deed() -> str:
            moved = history.undo(-steps) if steps < 0 else history.redo(steps)
            self.reload()
            changes = f"{len(moved):,} change{'' if len(moved) == 1 else 's'}"
            return f"{changes} undone." if steps < 0 else f"{changes} done again."

        self.attempt(deed)

    def action_history_more(self) -> None:
        self.query_one("#changes", Lines).page(1)

    def action_history_less(self) -> None:
        self.query_one("#changes", Lines).page(-1)
