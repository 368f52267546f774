"""Commands of the list of quotes. What changes quotes acts on those that are marked, or on the one under the cursor."""

from __future__ import annotations

from sibtui.tui.commands import Command

_LIST, _CHANGE = "Which quotes", "Change the quotes that are marked, or the one here"


def _quotes(name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, "evidence", group, hint)


COMMANDS = (
    _quotes("quotes.open", "enter", "in the note", "Show the place in the note", "Go to the quote in its note.", _LIST, 10),
    _quotes("quotes.filter", "f slash", "filter", "Filter the quotes …", "Show only quotes of a code, case, source, coder, stance … or with these words.", _LIST, 15),
    _quotes("quotes.of_code", "o", "of a code", "The quotes of a code …", "Choose a code, and list its quotes.", _LIST, 45),
    _quotes("quotes.all", "F", "all", "All quotes", "Take every filter away.", _LIST, 50),
    _quotes("quotes.mark", "space", "mark", "Mark the quote", "Mark the quote, or let it go: what follows acts on all that are marked.", _LIST, 20),
    _quotes("quotes.mark_all", "a", "mark all", "Mark all quotes", "Mark all that are listed, or let them all go.", _LIST, 55),
    _quotes("quotes.stance", "minus", "counters", "Counter-evidence, or support", "Turn them into counter-evidence, or back.", _CHANGE, 25),
    _quotes("quotes.certainty", "tilde", "tentative", "Tentative, or firm", "Turn them tentative, or firm again.", _CHANGE, 30),
    _quotes("quotes.case", "equals_sign", "case", "Case …", "Tell the case by its letter.", _CHANGE, 35),
    _quotes("quotes.code", "c", "code", "Another code …", "Give them another code.", _CHANGE, 40),
    _quotes("quotes.memo", "m", "memo", "Memo …", "Write a memo on them.", _CHANGE, 41),
    _quotes("quotes.remove", "d delete", "remove", "Remove", "Remove the codings (u brings them back).", _CHANGE, 42),
)  # fmt: skip
