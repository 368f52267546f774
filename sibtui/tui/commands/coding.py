"""Commands of the coding screen: in the note, and in its panes."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import Place

_MOVE, _SELECT, _CODE, _QUALIFY, _SEE = "Move", "Select", "Code", "Qualify the coding", "Find your way"


def _note(name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0) -> Command:
    """A command of the note: it works while the note has the focus. `keys` are separated by blanks."""
    return Command(name, tuple(keys.split()), label, title, text, "note", group, hint)


LETTERS_TAKEN = frozenset("GHJLMNRUX")
"""Capitals that are commands: a code with one of them as its key is applied with ' and the letter, and shown so."""

_MOVES = (
    _note("move.next_sentence", "down j right_parenthesis", "sentence", "Next sentence", "Select the next sentence.", _MOVE, 10),
    _note("move.previous_sentence", "up k left_parenthesis", "back", "Previous sentence", "Select the sentence before.", _MOVE),
    _note("move.next_paragraph", "right_curly_bracket ctrl+down", "paragraph", "Next paragraph", "Select the first sentence of the next paragraph.", _MOVE),
    _note("move.previous_paragraph", "left_curly_bracket ctrl+up", "paragraph back", "Previous paragraph", "Select the first sentence of the paragraph before.", _MOVE),
    _note("move.page_down", "pagedown ctrl+f ctrl+d", "page", "Page down", "Go on by a page.", _MOVE),
    _note("move.page_up", "pageup ctrl+b ctrl+u", "page up", "Page up", "Go back by a page.", _MOVE),
    _note("move.top", "g home", "top", "Top of the note", "Select the first sentence.", _MOVE),
    _note("move.end", "G end", "end", "End of the note", "Select the last sentence.", _MOVE),
    _note("move.next_uncoded", "full_stop", "next uncoded", "Next uncoded sentence", "Select the next sentence that has no code.", _MOVE, 80),
    _note("move.next_coding", "right_square_bracket", "coding", "Next coding", "Select the next passage that has a code.", _MOVE, 75),
    _note("move.previous_coding", "left_square_bracket", "coding back", "Previous coding", "Select the passage before that has a code.", _MOVE),
    _note("move.overlapping", "o", "overlapping", "Other codings here", "Go through the codings that overlap here.", _MOVE),
)  # fmt: skip

_SELECTS = (
    _note("select.grow", "x shift+down", "grow", "Grow the selection by a sentence", "Take the next sentence in.", _SELECT, 20),
    _note("select.shrink", "X shift+up", "shrink", "Shrink the selection by a sentence", "Leave the last sentence out.", _SELECT),
    _note("select.end_on", "right l", "end", "Move the end on by a word", "Move the end of the selection on by a word.", _SELECT, 25),
    _note("select.end_back", "left h", "end back", "Move the end back by a word", "Move the end of the selection back by a word.", _SELECT),
    _note("select.start_on", "shift+right L", "start", "Move the start on by a word", "Move the start of the selection on by a word.", _SELECT),
    _note("select.start_back", "shift+left H", "start back", "Move the start back by a word", "Move the start of the selection back by a word.", _SELECT),
    _note("select.sentence", "s", "sentence", "Select the sentence", "Select the whole sentence again.", _SELECT),
    _note("select.paragraph", "a", "paragraph", "Select the paragraph", "Select all of the paragraph.", _SELECT),
    _note("select.edges", "e", "edges", "Edge editor", "Move the edges by characters: ← → the end, shift the start; Enter or e when done.", _SELECT),
    _note("select.copy", "c y", "copy", "Copy the selection", "Copy the words selected to the clipboard.", _SELECT),
)  # fmt: skip

_BY_NAME = "the palette is for who knows a name: Apply a code … finds the code by its own"
_CODES = (
    _note("coding.pick", "enter", "code", "Apply a code …", "Choose a code by typing a part of its name; a new name makes a code.", _CODE, 30),
    _note("coding.again", "space", "again", "Apply the last code again", "Apply the code that was used last.", _CODE, 35),
    _note("coding.in_vivo", "i", "in vivo", "Make a code of the words selected", "Make a code named by the words selected, and apply it.", _CODE, 60),
    _note("coding.letter", "apostrophe", "by letter", "Apply a code by its letter …", "Apply a code by its own letter, small or capital.", _CODE),
    _note("coding.remove", "d delete", "remove", "Remove the coding", "Remove the coding here (u brings it back).", _CODE, 85),
    _note("coding.respan", "r", "change span", "Change the coding's span", "Let the coding cover what is selected.", _CODE),
    _note("coding.recode", "R", "change code", "Change the coding's code …", "Give the coding here another code.", _CODE),
    _note("coding.pin", "p", "pin", "Pin the code", "Pin the last code to the next free digit; again to let it go.", _CODE),
    *(
        Command(f"coding.pinned#{digit}", (str(digit),), f"pinned {digit}", f"Apply pinned code {digit}", "Apply the code pinned to a digit.",
                "note", _CODE, argument=str(digit), unlisted=_BY_NAME)
        for digit in range(1, 10)
    ),
    *(
        Command(f"coding.key#{letter}", (letter,), letter, f"Apply the code with the key {letter}", "Apply the code that has this capital as its key.",
                "note", _CODE, argument=f"'{letter}'", unlisted=_BY_NAME)
        for letter in string.ascii_uppercase if letter not in LETTERS_TAKEN
    ),
)  # fmt: skip

_QUALIFIES = (
    _note("coding.stance", "minus", "counters", "Counter-evidence, or support", "Turn the coding here into counter-evidence, or back.", _QUALIFY, 40),
    _note("coding.certainty", "tilde", "tentative", "Tentative, or firm", "Turn the coding here tentative, or firm again.", _QUALIFY, 45),
    _note("coding.case", "equals_sign", "case", "Case …", "Tell the case by its letter: of the coding here, and of what follows in this section.", _QUALIFY, 50),
    _note("coding.memo", "m", "memo", "Memo …", "Write a memo on the coding here, or on the source when there is none.", _QUALIFY, 55),
    _note("source.memo", "ctrl+n", "source memo", "Memo on the source …", "Write a memo on the source.", _QUALIFY),
    _note("source.read", "M", "read", "Mark the source read, or unread", "Mark the source read for every code, or unread; in what is read, no coding means not there.", _QUALIFY),
)  # fmt: skip

_FINDS = (
    _note("find.start", "slash", "search", "Search in the note …", "Find words in this note.", _SEE, 65),
    _note("find.next", "n", "next match", "Next match", "Select the next match.", _SEE),
    _note("find.previous", "N", "match back", "Previous match", "Select the match before.", _SEE),
)  # fmt: skip


def _screen(name: str, keys: str, label: str, title: str, text: str, where: Place = "coding", hint: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, where, _SEE, hint)


_PANES = (
    _screen("pane.next", "tab", "panes", "Next pane", "Go on to the next pane: note, codebook, sources.", hint=88),
    _screen("pane.previous", "shift+tab", "pane back", "Previous pane", "Go back to the pane before."),
    _screen("pane.note", "escape", "note", "To the note", "Go to the note."),
    _screen("pane.filter", "f", "filter", "Filter the codebook …", "Show only codes that have these words."),
    _screen("source.next", "ctrl+right greater_than_sign", "next note", "Next source", "Open the next source."),
    _screen("source.previous", "ctrl+left less_than_sign", "note before", "Previous source", "Open the source before."),
    _screen("source.cases", "at", "cases", "Cases of the source …", "Tell which cases the source touches; new ones are made.", hint=86),
    _screen("note.numbers", "number_sign", "line numbers", "Line numbers", "Show the lines' numbers, or hide them."),
)  # fmt: skip

_SOURCES = (
    _screen("source.open", "enter", "open", "Open the source", "Open the source here.", "sources", 30),
    _screen("sources.read", "M", "read", "Mark the source read, or unread", "Mark the source here read, or unread again.", "sources", 40),
)  # fmt: skip

_CODEBOOK = (
    _screen("code.apply", "enter", "apply", "Apply the code", "Apply the code here to what is selected in the note.", "codebook pane", 30),
    _screen("code.pin", "p", "pin", "Pin the code", "Pin the code here to the next free digit; again to let it go.", "codebook pane", 40),
    _screen("code.find", "slash", "filter", "Filter the codebook …", "Show only codes that have these words.", "codebook pane", 45),
    _screen("code.memo", "m", "memo", "Memo on the code …", "Write a memo on the code here.", "codebook pane", 50),
)  # fmt: skip

COMMANDS = (*_MOVES, *_SELECTS, *_CODES, *_QUALIFIES, *_FINDS, *_PANES, *_SOURCES, *_CODEBOOK)
