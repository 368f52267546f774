"""Commands of the list of quotes.

A command that changes quotes changes the marked quotes. If no quote is marked, it changes the quote under the cursor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_LIST, _CHANGE = "Which quotes", "Change the marked quotes, or the quote under the cursor"


def _quotes(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, *, run: CommandCall
) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, "evidence", group, hint, run=run)


COMMANDS = (
    _quotes("quotes.open", "enter", "in the note", "Show the place in the note", "Go to the quote in its note.", _LIST, 10, run=lambda screen: screen.open_quote()),
    _quotes("quotes.filter", "f slash", "filter", "Filter the quotes …", "Show only quotes of a code, case, source, coder, stance … or with these words.", _LIST, 15, run=lambda screen: screen.open_filter()),
    _quotes("quotes.query", "w", "query", "Query …", "Show only quotes of a query, such as: code Trust overlapping code Budgets.", _LIST, 17, run=lambda screen: screen.query_field.open()),
    _quotes("quotes.of_code", "o", "of a code", "Quotes of a code …", "Choose a code, and list its quotes.", _LIST, 45, run=lambda screen: screen.dialogs.choose_code("Quotes of the code", screen.quotes.codebook.codes, screen.show_code)),
    _quotes("quotes.all", "F", "all", "All quotes", "Remove all filters and the query.", _LIST, 50, run=lambda screen: screen.change_view(screen.quotes.show_all)),
    _quotes("quotes.disagreements", "D", "disagreements", "Disagreements of two coders", "List the passages that two coders coded differently, and decide them.", _LIST, 47, run=lambda screen: screen.show_disagreements()),
    _quotes("quotes.mark", "space", "mark", "Mark the quote", "Mark or unmark the quote; commands act on all marked quotes.", _LIST, 20, run=lambda screen: screen.mark_quote()),
    _quotes("quotes.mark_all", "a", "mark all", "Mark all quotes", "Mark or unmark all listed quotes.", _LIST, 55, run=lambda screen: screen.mark_all_quotes()),
    _quotes("quotes.copy", "y", "copy", "Copy the quotes", "Copy the quotes to the clipboard; several quotes are copied with their sources.", _LIST, 58, run=lambda screen: screen.copy_quotes()),
    _quotes("quotes.stance", "minus", "counters", "Counter-evidence, or support", "Turn the quotes into counter-evidence, or back into support.", _CHANGE, 25, run=lambda screen: screen.change(screen.actions.toggle_stance)),
    _quotes("quotes.certainty", "tilde", "tentative", "Tentative, or firm", "Make the quotes tentative, or firm again.", _CHANGE, 30, run=lambda screen: screen.change(screen.actions.toggle_certainty)),
    _quotes("quotes.for_paper", "p", "for the paper", "For the paper, or not", "Choose the quotes for the paper, or take the choice back.", _CHANGE, 33, run=lambda screen: screen.change(screen.actions.toggle_for_paper)),
    _quotes("quotes.case", "equals_sign", "case", "Case …", "Choose a case by its letter.", _CHANGE, 35, run=lambda screen: screen.dialogs.choose_case()),
    _quotes("quotes.code", "c", "code", "Another code …", "Give the quotes another code.", _CHANGE, 40, run=lambda screen: screen.dialogs.change_code()),
    _quotes("quotes.memo", "m", "memo", "Memo …", "Write a memo on the quotes.", _CHANGE, 41, run=lambda screen: screen.dialogs.edit_memo()),
    _quotes("quotes.remove", "d delete", "remove", "Remove", "Remove the codings ({study.undo} brings them back).", _CHANGE, 42, run=lambda screen: screen.remove_quotes()),
)  # fmt: skip
