"""Commands of the coding screen, in the note and in the panes."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.segments import Segment
    from sibtui.tui.commands import Area, CommandCall
    from sibtui.workspace.actions import CodingActions
    from sibtui.workspace.selection import TextSelection

_MOVE, _SELECT, _CODE, _QUALIFY, _SEE = "Move", "Select", "Code", "Qualify the coding", "Find your way"


def _note(
    name: str, keys: str, label: str, title: str, text: str, group: str, run: CommandCall, hint: int = 0
) -> Command:
    """Return a command that works while the text of the note has the focus.

    The arguments are the fields of `Command`, with two differences: `keys` is one string with spaces between the keys,
    and the field `help` is named `text`.
    """
    return Command(name, tuple(keys.split()), label, title, text, "note", group, hint, run=run)


def _move(to: Callable[[TextSelection, Segment], Segment]) -> CommandCall:
    """Return the function of a command that selects another segment.

    The command calls `to` with the open text and the selected segment, and selects the segment that `to` returns.
    """
    return lambda screen: screen.moves.select(to)


def _act(action: Callable[[CodingActions], str]) -> CommandCall:
    """Return the function of a command that calls `action`, and shows the message that `action` returns.

    `action` changes the study.
    """
    return lambda screen: screen.change(action)


_BY_NAME = "the palette finds commands by name, and “Apply a code …” finds a code by its name"


def _pinned(digit: int) -> Command:
    help_text = "Apply the code pinned to a digit."
    run = _act(lambda actions: actions.pinned(digit))
    name, title = f"coding.pinned#{digit}", f"Apply pinned code {digit}"
    return Command(name, (str(digit),), f"pinned {digit}", title, help_text, "note", _CODE, run=run, unlisted=_BY_NAME)


def _lettered(letter: str) -> Command:
    help_text = "Apply the code that has this capital as its key."
    run = _act(lambda actions: actions.by_letter(letter))
    name, title = f"coding.key#{letter}", f"Apply the code with the key {letter}"
    return Command(name, (letter,), letter, title, help_text, "note", _CODE, run=run, unlisted=_BY_NAME)


LETTERS_TAKEN = frozenset("GHJLMNRUX")
"""The capital letters that are keys of commands.

If a code has one of these letters as its key, the user types ' before the letter to apply the code.
"""

_MOVES = (
    _note("move.next_sentence", "down j right_parenthesis", "sentence", "Next sentence", "Select the next sentence.", _MOVE, _move(lambda text, now: text.by_sentence(now, 1)), 10),
    _note("move.previous_sentence", "up k left_parenthesis", "back", "Previous sentence", "Select the previous sentence.", _MOVE, _move(lambda text, now: text.by_sentence(now, -1))),
    _note("move.next_paragraph", "right_curly_bracket ctrl+down", "paragraph", "Next paragraph", "Select the first sentence of the next paragraph.", _MOVE, _move(lambda text, now: text.by_paragraph(now, 1))),
    _note("move.previous_paragraph", "left_curly_bracket ctrl+up", "paragraph back", "Previous paragraph", "Select the first sentence of the previous paragraph.", _MOVE, _move(lambda text, now: text.by_paragraph(now, -1))),
    _note("move.page_down", "pagedown ctrl+f ctrl+d", "page", "Page down", "Go down by a page.", _MOVE, lambda screen: screen.moves.by_page(1)),
    _note("move.page_up", "pageup ctrl+b ctrl+u", "page up", "Page up", "Go up by a page.", _MOVE, lambda screen: screen.moves.by_page(-1)),
    _note("move.top", "g home", "top", "Top of the note", "Select the first sentence.", _MOVE, _move(lambda text, _: text.top())),
    _note("move.end", "G end", "end", "End of the note", "Select the last sentence.", _MOVE, _move(lambda text, _: text.end())),
    _note("move.next_uncoded", "full_stop", "next uncoded", "Next uncoded sentence", "Select the next sentence that has no code.", _MOVE, lambda screen: screen.moves.to_uncoded(), 80),
    _note("move.next_coding", "right_square_bracket", "coding", "Next coding", "Select the next passage that has a code.", _MOVE, lambda screen: screen.moves.to_coding(1), 75),
    _note("move.previous_coding", "left_square_bracket", "coding back", "Previous coding", "Select the previous passage that has a code.", _MOVE, lambda screen: screen.moves.to_coding(-1)),
    _note("move.jump_back", "ctrl+o", "jump back", "Jump back", "Go back to the passage before the last jump; the next press goes back further.", _MOVE, lambda screen: screen.moves.jump_back()),
    _note("move.count", "semicolon", "count", "Count …", "Type a number, then a key that moves or selects: the key works that many times.", _MOVE, lambda screen: screen.counts.begin()),
    _note("move.overlapping", "o", "overlapping", "Other codings here", "Go through the codings that overlap at the selection.", _MOVE, lambda screen: screen.moves.to_overlapping()),
)  # fmt: skip

_SELECTS = (
    _note("select.grow", "x shift+down", "grow", "Grow the selection by a sentence", "Add the next sentence to the selection.", _SELECT, _move(lambda text, now: text.grow(now)), 20),
    _note("select.shrink", "X shift+up", "shrink", "Shrink the selection by a sentence", "Remove the last sentence from the selection.", _SELECT, _move(lambda text, now: text.shrink(now))),
    _note("select.end_on", "right l", "end", "Move the end on by a word", "Move the end of the selection on by a word.", _SELECT, lambda screen: screen.moves.edge("end", 1), 25),
    _note("select.end_back", "left h", "end back", "Move the end back by a word", "Move the end of the selection back by a word.", _SELECT, lambda screen: screen.moves.edge("end", -1)),
    _note("select.start_on", "shift+right L", "start", "Move the start on by a word", "Move the start of the selection on by a word.", _SELECT, lambda screen: screen.moves.edge("start", 1)),
    _note("select.start_back", "shift+left H", "start back", "Move the start back by a word", "Move the start of the selection back by a word.", _SELECT, lambda screen: screen.moves.edge("start", -1)),
    _note("select.sentence", "s", "sentence", "Select the sentence", "Select the whole sentence at the selection.", _SELECT, _move(lambda text, now: text.sentence(now))),
    _note("select.paragraph", "a", "paragraph", "Select the paragraph", "Select the whole paragraph at the selection.", _SELECT, _move(lambda text, now: text.paragraph(now))),
    _note("select.edges", "e", "by characters", "Move start and end by characters", "Move the selection's end (← →) or start (with shift) by characters, until {coding.pick} or {select.edges}.", _SELECT, lambda screen: screen.moves.toggle_edges()),
    _note("select.copy", "c y", "copy", "Copy the selection", "Copy the selected words to the clipboard.", _SELECT, lambda screen: screen.moves.copy()),
)  # fmt: skip

_CODES = (
    _note("coding.pick", "enter", "code", "Apply a code …", "Choose a code by typing a part of its name; a new name makes a code.", _CODE, lambda screen: screen.dialogs.apply_code(), 30),
    _note("coding.again", "space", "again", "Apply the last code again", "Apply the code that was used last.", _CODE, _act(lambda actions: actions.again()), 35),
    _note("coding.in_vivo", "i", "in vivo", "Make a code of the selected words", "Make a code with the selected words as its name, and apply it.", _CODE, _act(lambda actions: actions.in_vivo()), 60),
    _note("coding.letter", "apostrophe", "by letter", "Apply a code by its letter …", "Apply a code by its letter, small or capital.", _CODE, lambda screen: screen.dialogs.apply_code_by_letter()),
    _note("coding.remove", "d delete", "remove", "Remove the coding", "Remove the coding at the selection ({study.undo} brings it back).", _CODE, _act(lambda actions: actions.remove()), 85),
    _note("coding.respan", "r", "change span", "Change the coding's span", "Make the coding cover the selection.", _CODE, _act(lambda actions: actions.respan())),
    _note("coding.recode", "R", "change code", "Change the coding's code …", "Give the coding at the selection another code.", _CODE, lambda screen: screen.dialogs.change_code()),
    _note("coding.pin", "p", "pin", "Pin the code", "Pin the last code to the next free digit; a second press unpins it.", _CODE, _act(lambda actions: actions.pin_here())),
    *map(_pinned, range(1, 10)),
    *(_lettered(letter) for letter in string.ascii_uppercase if letter not in LETTERS_TAKEN),
)  # fmt: skip

_QUALIFIES = (
    _note("coding.stance", "minus", "counters", "Counter-evidence, or support", "Turn the coding at the selection into counter-evidence (– in the margin), or back.", _QUALIFY, _act(lambda actions: actions.toggle_stance()), 40),
    _note("coding.certainty", "tilde", "tentative", "Tentative, or firm", "Make the coding at the selection tentative (~ in the margin), or firm again.", _QUALIFY, _act(lambda actions: actions.toggle_certainty()), 45),
    _note("coding.case", "equals_sign", "case", "Case …", "Choose a case by its letter, for the coding at the selection and for later codings in this section.", _QUALIFY, lambda screen: screen.dialogs.choose_case(), 50),
    _note("coding.memo", "m", "memo", "Memo …", "Write a memo on the coding at the selection (* in the margin); without a coding, on the source.", _QUALIFY, lambda screen: screen.dialogs.edit_coding_memo(), 55),
    _note("source.memo", "ctrl+n", "source memo", "Memo on the source …", "Write a memo on the source.", _QUALIFY, lambda screen: screen.dialogs.edit_source_memo()),
    _note("select.correct", "ctrl+t", "correct", "Correct the selected words …", "Correct the selected words of the note; its codings are carried over.", _QUALIFY, lambda screen: screen.dialogs.correct_selection()),
    _note("source.read", "M", "read", "Mark the source read, or unread", "Mark the source as read for all codes, or unread; in a read source, no coding means that a code is absent.", _QUALIFY, lambda screen: screen.reading.mark_open_source()),
)  # fmt: skip

_FINDS = (
    _note("find.start", "slash", "search", "Search in the note …", "Find words in this note.", _SEE, lambda screen: screen.search.open(), 65),
    _note("find.next", "n", "next match", "Next match", "Select the next match.", _SEE, lambda screen: screen.search.step(1)),
    _note("find.previous", "N", "match back", "Previous match", "Select the previous match.", _SEE, lambda screen: screen.search.step(-1)),
)  # fmt: skip


def _screen(
    name: str, keys: str, label: str, title: str, text: str, run: CommandCall, area: Area = "coding", hint: int = 0
) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, area, _SEE, hint, run=run)


_PANES = (
    _screen("pane.next", "tab", "panes", "Next pane", "Go to the next pane: note, codebook, sources.", lambda screen: screen.step_pane(1), hint=88),
    _screen("pane.previous", "shift+tab", "pane back", "Previous pane", "Go to the previous pane.", lambda screen: screen.step_pane(-1)),
    _screen("pane.note", "escape", "note", "To the note", "Go to the note.", lambda screen: screen.go_to_note()),
    _screen("pane.filter", "f", "filter", "Filter the codebook …", "Show only codes that have these words.", lambda screen: screen.filter_codes()),
    _screen("source.next_due", "comma", "read again", "Next source to be read again", "Open the next source that was read before a code was made or changed; {coding.again} applies the code, {move.next_uncoded} goes to the next sentence without a code, {source.read} marks the source read.", lambda screen: screen.reading.open_next()),
    _screen("source.cases", "at", "cases", "Cases of the source …", "Write the cases of the source; new ones are made.", lambda screen: screen.dialogs.edit_source_cases(), hint=86),
    _screen("note.numbers", "number_sign", "line numbers", "Line numbers", "Show or hide the numbers of the lines.", lambda screen: screen.toggle_numbers()),
    _screen("note.marks", "asterisk", "Markdown marks", "Dim the Markdown marks, or show them as typed", "Dim the marks of Markdown (#, **, *), or show them as typed; offsets stay.", lambda screen: screen.toggle_marks()),
)  # fmt: skip

_SOURCES = (
    _screen("source.open", "enter", "open", "Open the source", "Open the source under the cursor.", lambda screen: screen.open_source(screen.sources.key), "sources", 30),
    _screen("sources.read", "M", "read", "Mark the source read, or unread", "Mark the source under the cursor read, or unread again.", lambda screen: screen.reading.mark(screen.sources.key), "sources", 40),
)  # fmt: skip

_CODEBOOK = (
    _screen("code.apply", "enter", "apply", "Apply the code", "Apply the code under the cursor to the selection in the note.", lambda screen: screen.apply_code(screen.codes.key), "codebook pane", 30),
    _screen("code.pin", "p", "pin", "Pin the code", "Pin the code under the cursor to the next free digit; a second press unpins it.", lambda screen: screen.change(lambda actions: actions.pin(screen.codes.key)), "codebook pane", 40),
    _screen("code.find", "slash", "filter", "Filter the codebook …", "Show only codes that have these words.", lambda screen: screen.filter_codes(), "codebook pane", 45),
    _screen("code.memo", "m", "memo", "Memo on the code …", "Write a memo on the code under the cursor.", lambda screen: screen.dialogs.edit_code_memo(), "codebook pane", 50),
)  # fmt: skip

COMMANDS = (*_MOVES, *_SELECTS, *_CODES, *_QUALIFIES, *_FINDS, *_PANES, *_SOURCES, *_CODEBOOK)
