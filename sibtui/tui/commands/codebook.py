"""Commands of the codebook screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import Place

_CODES, _FIELDS, _SEE = "Codes", "What the codebook says of a code", "See"


def _code(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, where: Place = "codebook"
) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, where, group, hint)


_TREE = (
    _code("code.add", "a", "add", "New code …", "Make a code below the theme here, or beside the code here.", _CODES, 20),
    _code("code.add_theme", "A", "theme", "New theme …", "Make a code at the top of the codebook.", _CODES),
    _code("code.rename", "r", "rename", "Rename the code …", "Give the code another name; its old one stays in its past.", _CODES, 25),
    _code("code.cut", "x", "cut", "Take the code to move it", "Take the code with all below it, to put it elsewhere; x again lets it go.", _CODES, 30),
    _code("code.paste", "v", "put below", "Put the code taken below this one", "Put the code taken below the code here.", _CODES, 32),
    _code("code.paste_after", "V", "put after", "Put the code taken after this one", "Put the code taken beside the code here, after it.", _CODES),
    _code("code.paste_top", "t", "put on top", "Make the code taken a theme", "Put the code taken, or the code here, at the top of the codebook.", _CODES),
    _code("code.up", "shift+up left_square_bracket", "up", "Move the code up", "Move the code before the one above it, in its theme.", _CODES),
    _code("code.down", "shift+down right_square_bracket", "down", "Move the code down", "Move the code behind the one below it, in its theme.", _CODES),
    _code("code.merge", "M", "merge", "Merge the code into another …", "Let the code go into another, with its quotes and definition.", _CODES, 35),
    _code("code.split", "s", "split", "Split the code …", "Walk through its quotes, mark some, and give them to a new code.", _CODES, 40),
    _code("code.retire", "R", "retire", "Retire the code, or take it back into use", "Take the code out of use; it keeps its quotes. Again takes it back.", _CODES),
    _code("code.remove", "d delete", "remove", "Remove the code", "Remove a code that has no quotes (u brings it back).", _CODES, 45),
    _code("code.similar", "S", "similar", "Codes that are alike …", "List codes with near names or the same text, and merge them.", _CODES, 50),
)  # fmt: skip

_EDITS = (
    _code("code.edit", "enter e", "edit", "Change what the codebook says …", "Change a field of the code, chosen by its letter.", _FIELDS, 10),
    _code("code.definition", "D", "definition", "Definition …", "Write what the code means.", _FIELDS),
    _code("code.include", "I", "use it for", "Use it for …", "Write when the code is used.", _FIELDS),
    _code("code.exclude", "N", "not for", "Not for …", "Write when the code is not used.", _FIELDS),
    _code("code.example", "X", "example", "Example …", "Write an example, or take the quote chosen below (= does).", _FIELDS),
    _code("code.origin", "O", "origin", "Origin …", "Tell where the code came from.", _FIELDS),
    _code("code.status", "T", "status", "Status …", "Tell how far the code is.", _FIELDS),
    _code("code.colour", "C", "colour", "Colour …", "Give the code one of eight colours, or its theme's.", _FIELDS),
    _code("code.key", "K", "key", "Key …", "Give the code the capital letter that applies it in a note.", _FIELDS),
    _code("codes.memo", "m", "memo", "Memo on the code …", "Write a memo on the code.", _FIELDS),
)  # fmt: skip

_SEES = (
    _code("codes.quotes", "tab", "quotes", "To its quotes, and back", "Go to the quotes of the code, and back to the codebook.", _SEE, 60),
    _code("codes.more", "space", "more", "More of the code", "Scroll what is said of the code.", _SEE),
    _code("codes.less", "backspace", "back", "Back in the code", "Scroll back.", _SEE),
    _code("codes.filter", "slash f", "filter", "Filter the codebook …", "Show only codes that have these words.", _SEE, 70),
    _code("codes.evidence", "E", "evidence", "All quotes of the code", "See and change the quotes of the code on a screen of their own.", _SEE),
)  # fmt: skip

_QUOTES = (
    _code("quote.open", "enter", "open", "Open the quote in its note", "Go to the quote in its note.", "Its quotes", 10, "codebook quotes"),
    _code("quote.example", "equals_sign", "take as example", "Take the quote as the code's example", "Let the quote be the code's example.", "Its quotes", 20, "codebook quotes"),
    _code("quote.back", "tab", "codebook", "Back to the codebook", "Go back to the codebook.", "Its quotes", 30, "codebook quotes"),
)  # fmt: skip

COMMANDS = (*_TREE, *_EDITS, *_SEES, *_QUOTES)
