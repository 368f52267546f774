"""Commands of the search screen."""

from __future__ import annotations

from sibtui.tui.commands import Command

_SEARCH = "Search"

COMMANDS = (
    Command("search.open", ("enter",), "open", "Open the match, or code the marked matches", "Go to the match in its note; with marks, choose a code for the marked matches.", "search", _SEARCH, 10, run=lambda screen: screen.open_match()),
    Command("search.mark", ("space",), "mark", "Mark the match", "Mark or unmark the match; a code is applied to all marked matches.", "search", _SEARCH, 12, run=lambda screen: screen.mark_one()),
    Command("search.mark_all", ("a",), "mark all", "Mark all matches", "Mark or unmark all matches.", "search", _SEARCH, 14, run=lambda screen: screen.mark_all()),
    Command("search.code", ("c",), "code", "Code the matches …", "Choose a code for the marked matches, or for the match under the cursor, as one change.", "search", _SEARCH, 16, run=lambda screen: screen.code_matches()),
    Command("search.sentences", ("s",), "sentences", "Code the sentences, or the words", "Let a code cover the sentence of each match, or only its words.", "search", _SEARCH, 18, run=lambda screen: screen.toggle_sentences()),
    Command("search.words", ("slash", "f"), "other words", "Search for other words …", "Type the words to search for.", "search", _SEARCH, 20, run=lambda screen: screen.edit_words()),
    Command("search.results", ("tab",), "results", "To the results, or the words", "Go from the words to the matches, and back.", "search", _SEARCH, 30, run=lambda screen: screen.switch_pane()),
)  # fmt: skip
