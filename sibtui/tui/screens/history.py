"""The history screen: all changes of the study, newest first, with the values before and after each change.

The user can undo or redo up to any change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal

from sibtui.errors import SibtuiError
from sibtui.model.text import plural
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import StatusScreen
from sibtui.tui.views.history_rows import act_row, act_rows, change_lines, filter_line, newest_done, steps_to
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Act
    from sibtui.tui.commands import Area

FIRST = 500
"""How many changes are listed at first. More changes are loaded when the cursor reaches the end of the list."""
_CHANGES = 200
"""How many changed rows of the study are shown at most for one entry of the history."""
_NOTHING = "Nothing has changed yet. Your changes will be listed here, and can be undone."


class HistoryScreen(StatusScreen):
    AREAS: ClassVar[tuple[Area, ...]] = ("history", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("history")]
    heading = "history"
    USEFUL_WHEN_EMPTY = ("history.filter",)
    CSS = """
    #status-bar { height: 2; padding: 0 1; background: $panel; }
    #history-title { height: 2; padding: 0 1; }
    #history { height: 1fr; }
    #acts { width: 1fr; padding: 0 1; }
    #changes { width: 48; padding: 0 1; border-left: solid $rule; overflow-y: auto; scrollbar-size-vertical: 1; }
    HistoryScreen.-broad #changes { width: 80; }
    HistoryScreen.-narrow #history { layout: vertical; }
    HistoryScreen.-narrow #acts { width: 100%; height: 1fr; }
    HistoryScreen.-narrow #changes { width: 100%; height: 10; max-height: 60%; border-left: none; border-top: solid $rule; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._acts: Sequence[Act] = ()
        self._every: Sequence[Act] = ()
        self._words: dict[int, str] = {}
        """A dict for the entries that were on the screen: id of the entry → its description."""
        self._limit = FIRST
        self.filters: dict[str, str] = {}
        """The filters of the list, a dict: “coder”, “verb”, “source” or “code” → the chosen value."""
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield TextLines(id="history-title")
        with Horizontal(id="history"):
            yield RowList(id="acts")
            yield TextLines(id="changes")
        yield MessageBar()

    def on_mount(self) -> None:
        self.rows, self.details = self.query_one("#acts", RowList), self.query_one("#changes", TextLines)
        self.reload()
        current = newest_done(self._acts)
        self.rows.go(str(current.id) if current else None)
        self.rows.focus()

    def reload(self) -> None:
        self._every = self.project.history.list(limit=None if self.filters else self._limit)
        self._acts = self.project.history.list(limit=self._limit, **self.filters) if self.filters else self._every
        self._shown = ()
        self.rows.empty = "No change fits." if self.filters else _NOTHING
        self.rows.set_rows(act_rows(self._acts, newest_done(self._every), self._words))
        self._show()

    # Showing

    def _show(self) -> None:
        undone = sum(act.state == "undone" for act in self._acts)
        at_least = "more than " if len(self._acts) == self._limit else ""
        count = f"  {at_least}{plural(len(self._acts), 'change')}"
        count += f", {undone:,} of them undone" if undone else ""
        line: Line = [("History", "strong"), (count, "quiet")]
        if self.filters:
            line.append((f"  only {filter_line(self.filters)}", "warning"))
        self.query_one("#history-title", TextLines).set_lines([line])
        self._show_changes()
        self._word_rows()
        self.show_status()

    def _word_rows(self) -> None:
        """Show the full descriptions of the changes near the cursor.

        The other rows keep short texts, because a full description takes time to make.
        """
        act, height = self._act(), max(1, self.rows.size.height)
        at = self._acts.index(act) if act is not None else 0
        current, history = newest_done(self._every), self.project.history
        for each in self._acts[max(0, at - height) : at + height]:
            if each.id not in self._words:
                self._words[each.id] = history.fact(each)
                self.rows.update_row(act_row(each, each == current, self._words[each.id]))

    def _show_changes(self) -> None:
        act, pane = self._act(), self.details
        if self._shown == (act, pane.size):
            return
        self._shown = (act, pane.size)
        if act is None:
            pane.set_wrapped(lambda _width: (), None)
            return
        fact, changed = self.project.history.fact(act), self.project.history.facts(act.id, limit=_CHANGES)
        pane.set_wrapped(lambda width: change_lines(act, fact, changed, width, whole=act.changes <= _CHANGES), act.id)

    def status_lines(self, width: int) -> list[Line]:
        del width
        act = self._act()
        if act is None:
            return [[("Nothing to undo", "quiet")]]
        steps = steps_to(self._every, act.id)
        if act.state == "dropped":
            effect = "cannot be redone: the study was changed after it was undone"
        elif steps == 0:
            effect = "the study is in the state after this change"
        else:
            effect = f"{self.key_of('history.to')} {'undoes' if steps < 0 else 'redoes'} {plural(abs(steps), 'change')}"
        return [[(act.verb, "strong"), (f"  {effect}", "quiet")]]

    @property
    def is_empty(self) -> bool:
        return not self._acts

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
            self._word_rows()
            self.show_status()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """After a resize, show the details in the new width, and describe in full the changes near the cursor."""
        self._show_changes()
        self._word_rows()

    def go_back(self) -> None:
        """Remove the filters. If no filter is set, go to the coding screen."""
        if self.filters:
            self.narrow({})
        else:
            super().go_back()

    # Commands

    def choose_filter(self) -> None:
        from sibtui.tui.screens.history_filters import choose_filter

        choose_filter(self, self.filters, self.narrow)

    def narrow(self, filters: dict[str, str]) -> None:
        """List only the changes that match all filters. If there is an error, show it, and do not change the list.

        `filters` is a dict: kind of filter, such as “coder” → its value.
        """
        before, self.filters = self.filters, filters
        try:
            self.reload()
        except SibtuiError as error:
            self.filters = before
            self.reload()
            self.report(self.worded(error), error=True)

    def go_to_act(self, *, before: bool) -> None:
        """Undo or redo changes, until the study is as it was after the change under the cursor.

        If `before` is True, the study gets the state before this change.
        """
        act = self._act()
        if act is None:
            self.report("There is nothing to undo yet.")
        elif act.state == "dropped":
            self.report("This change cannot be redone: the study was changed after it was undone.")
        else:
            self._go(steps_to(self._every, act.id, before=before))

    def redo_all(self) -> None:
        self._go(sum(act.state == "undone" for act in self._every))

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
