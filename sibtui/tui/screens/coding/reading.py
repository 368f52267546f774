"""Reading: marking sources as read, and reading sources again for a code that was added or changed later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import plural
from sibtui.tui.widgets.text_lines import cut
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from sibtui.tui.screens.coding.screen import CodingScreen

_ALONE, _ALL = "c", "a"
"""The letters of two answers in a menu: the source was read for this code only (c), or for all codes (a)."""
_COUNT_FITS = 100
"""On a screen of at least this width, the message on reading again also shows how many sources are left."""
_NAME = 8
"""The name of the code gets at least this width in cells in the message on reading again."""


class SourceReading:
    """The commands for marking sources as read, and for reading sources again for a code.

    A source must be read again for a code if one of these events came after the last reading of the source:

    - the code was added;
    - another code was merged into the code;
    - the code was marked for reading again.
    """

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._workspace = screen.workspace

    def mark_open_source(self) -> None:
        """Mark the open source as read. If it is read already, mark it as unread.

        If the user is reading the source again for one code, first ask whether to mark it as read for this code or
        for all codes.
        """
        from sibtui.workspace.reading_marks import sources_due

        source, code = self._workspace.source, self._workspace.rereading
        if source is None:
            return
        if code is None or source.name not in sources_due(self._screen.project, code):
            self.mark(source.name)
            return
        from sibtui.tui.widgets.letter_menu import ask_letter

        choices = {_ALONE: f"for {short(code)} alone", _ALL: "for all codes"}

        def chosen(letter: str) -> None:
            self.mark(source.name, code if letter == _ALONE else None)

        ask_letter(self._screen.app, f"{source.name} is read", choices, chosen)

    def mark(self, name: str | None, code: str | None = None) -> None:
        """Mark the source with this name as read for a code. If `name` is None, do nothing.

        If `code` is None, mark the source as read for all codes, or as unread if it is read already.
        """
        if name is not None:
            self._screen.change(
                lambda actions: actions.toggle_read(name) if code is None else actions.read_for(name, code)
            )

    def begin(self, code: str) -> None:
        """Begin to read sources again for a code. The open source comes first.

        Until the user stops this reading, Space applies the code, and the key for “next uncoded” opens the next source to
        read.
        """
        from sibtui.workspace.reading_marks import sources_due

        screen = self._screen
        self._workspace.rereading = code
        self._workspace.place.used(code)
        screen.show()
        left = plural(len(sources_due(screen.project, code)), "source")
        following, read = screen.key_of("move.next_uncoded"), screen.key_of("source.read")
        keys = f"{read} when read ({_ALONE} this code, {_ALL} all), {following} next, {screen.key_of('pane.note')} ends"
        width = screen.status_bar.room
        count = f" ({left})" if width >= _COUNT_FITS else ""
        room = width - len(f"Read again for {count}: {keys}")
        screen.report(f"Read again for {cut(short(code), max(_NAME, room))}{count}: {keys}")

    def open_next(self) -> None:
        """Open the next source that must be read again. If no source is left, show a message.

        If the user is reading sources again for one code, only sources to be read for this code are opened.
        """
        from sibtui.workspace.reading_marks import next_due

        code, source = self._workspace.rereading, self._workspace.source
        due = next_due(self._screen.project, source.name if source else None, code)
        if due is None:
            self._workspace.rereading = None
            self._screen.show()
            message = "No source must be read again." if code is None else f"No source is left for {short(code)}."
            self._screen.report(message)
            return
        self._screen.open_at(due.source)
        self.begin(due.code)

    def end(self, code: str) -> None:
        """End the repeated reading of sources for a code, and show a message."""
        self._workspace.rereading = None
        self._screen.show(reveal=False)
        self._screen.report(f"Reading again for {short(code)} has ended.")
