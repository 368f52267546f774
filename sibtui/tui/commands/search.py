"""Commands of the search screen."""

from __future__ import annotations

from sibtui.tui.commands import Command

_SEARCH = "Search"

COMMANDS = (
    Command("search.open", ("enter",), "open", "Open the match", "Go to the match in its note.", "search", _SEARCH, 10, run=lambda screen: screen.open_match()),
    Command("search.words", ("slash", "f"), "other words", "Search for other words …", "Type the words to search for.", "search", _SEARCH, 20, run=lambda screen: screen.edit_words()),
    Command("search.results", ("tab",), "results", "To the results, or the words", "Go from the words to the matches, and back.", "search", _SEARCH, 30, run=lambda screen: screen.switch_pane()),
)  # fmt: skip
