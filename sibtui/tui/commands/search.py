"""Commands of the search in all notes."""

from __future__ import annotations

from sibtui.tui.commands import Command

_SEARCH = "Search"

COMMANDS = (
    Command("search.open", ("enter",), "open", "Open the place", "Go to the place in its note.", "search", _SEARCH, 10),
    Command("search.words", ("slash", "f"), "other words", "Search for other words …", "Write what to look for.", "search", _SEARCH, 20),
    Command("search.results", ("tab",), "results", "To the results, or the words", "Go from the words to what was found, and back.", "search", _SEARCH, 30),
)  # fmt: skip
