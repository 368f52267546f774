"""The search in the note: its search bar, its matches and its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sibtui.workspace.note_search import NoteSearch

if TYPE_CHECKING:
    from textual import events

    from sibtui.tui.screens.coding.screen import CodingScreen
    from sibtui.tui.screens.coding.search_bar import SearchBar
    from sibtui.workspace.selection import Step


class Search:
    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._workspace = screen.workspace
        self._search = NoteSearch(screen.workspace)

    @property
    def bar(self) -> SearchBar | None:
        """The text field of the search. None while it is closed."""
        return cast("SearchBar | None", self._screen.query_one_optional("#find"))

    async def open(self) -> None:
        if self.bar is None:
            from sibtui.tui.screens.coding.search_bar import SearchBar

            self._search.begin()
            bar = SearchBar()
            await self._screen.mount(bar, before=self._screen.status_bar)
            self._screen.set_focus(bar)

    def take_key(self, event: events.Key) -> bool:
        """Handle a key if the search bar is open. Return whether the key was handled."""
        bar = self.bar
        if bar is None:
            return False
        if event.key == "enter":
            self._keep(bar.value)
        elif bar.take_key(event):
            self.find(bar.value)
        else:
            return False
        return True

    def find(self, words: str) -> None:
        """Select the first match of the words, and highlight all matches. If there is no match, show a message."""
        found = self._search.find(words)
        self._screen.show()
        if not found:
            self._report_no_match(words)

    def _keep(self, words: str) -> None:
        """Close the search bar after Enter. The matches stay highlighted.

        If the words of the search, `words`, have no match, show a message.
        """
        kept = self._search.keep()
        self._close()
        if not kept:
            self._screen.show()
            self._report_no_match(words)

    def cancel(self) -> None:
        """Close the search bar, and select the passage that was selected before the search."""
        self._search.cancel()
        self._close()
        self._screen.show()

    def _close(self) -> None:
        self._screen.set_focus(self._screen.note)
        self._screen.query("#find").remove()

    def step(self, step: Step) -> None:
        """Select the next (1) or previous (-1) match."""
        if self._workspace.match is None or self._workspace.selection is None:
            self._screen.report(f"No search is active: {self._screen.key_of('find.start')} starts one.")
        elif self._search.step(step):
            self._screen.show()
        else:
            self._screen.report("There is no match in this note.")

    def _report_no_match(self, words: str) -> None:
        self._screen.report(f"“{words}” is not in this note; {self._screen.key_of('go.search')} searches in all notes.")
