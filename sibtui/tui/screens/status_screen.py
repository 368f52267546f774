"""The base class of screens with a status bar.

The bar has lines about the item under the cursor, and below them key hints or a message.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.css.query import NoMatches

from sibtui.tui.commands import commands_at
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.views.hint_lines import GO_COMMANDS, hints

if TYPE_CHECKING:
    from sibtui.tui.widgets.text_lines import Line, TextLines


class StatusScreen(StudyScreen):
    """The base class of screens with a status bar.

    A subclass composes a `MessageBar()`, and overrides `status_lines`, which returns the lines above the key hints.
    """

    CSS = """
    #status-bar { height: 4; padding: 0 1; background: $panel; }
    .heading { height: auto; max-height: 8; padding: 0 1; }
    """
    USEFUL_WHEN_EMPTY: ClassVar[tuple[str, ...]] = ()
    """The ids of the commands whose hints are shown even while the screen lists no item."""

    def status_lines(self, width: int) -> list[Line]:
        """Return the lines of the status bar above the key hints. A subclass overrides this method."""
        raise NotImplementedError

    def show_status(self) -> None:
        try:
            bar = self.query_one(MessageBar)
        except NoMatches:  # the screen is not composed yet, or closed already
            return
        rows = max(0, bar.size.height - 1)
        lines = self.status_lines(bar.cells)[:rows]
        lines += [[]] * (rows - len(lines))
        bar.show_lines(lines, self.hint_line)

    def hint_line(self, width: int) -> Line:
        without = {*GO_COMMANDS, *self.unhinted}
        if self.is_empty:
            own = commands_at(*(area for area in self.active_areas() if area != "everywhere"))
            without |= {command.id for command in own} - set(self.USEFUL_WHEN_EMPTY)
        return hints(self.active_areas(), self.study_app.changed_keys, width, without=without)

    @property
    def unhinted(self) -> tuple[str, ...]:
        """The ids of the commands that get no key hint, because they can do nothing now."""
        return () if self.study_app.has_sources else ("source.next",)

    @property
    def is_empty(self) -> bool:
        """Whether the screen lists no item that a command could change."""
        return False

    def report(self, message: str, *, error: bool = False, done: bool = False) -> None:
        """Show a message in the status bar, in place of the key hints, until the next key."""
        with suppress(NoMatches):  # the screen is not composed yet, or closed already
            self.query_one(MessageBar).put_message(message, error=error, done=done)
        self.show_status()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self.show_status)


_LOW, _SHARE = 24, 3
"""On a screen of fewer rows than `_LOW`, the heading takes at most one row of `_SHARE`."""


def fit(pane: TextLines, lines: list[Line]) -> None:
    """Show lines in a pane, and set the height of the pane to the number of lines.

    If the pane is a heading and the screen is low, lines that do not fit are left out, so that most of the screen is
    free for the list below the heading.
    """
    height = pane.app.size.height
    room = max(1, height // _SHARE)
    if pane.has_class("heading") and height < _LOW and len(lines) > room:
        mark = [("…", "quiet")] if any(lines[room:]) else []
        lines = [*lines[: room - 1], [*lines[room - 1], *mark]]
    if pane.styles.height is None or pane.styles.height.value != len(lines):
        pane.styles.height = len(lines)
    pane.set_lines(lines)
