"""The status bar: the selection, the case, the code that Space applies, and a line with key hints or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.text import plural
from sibtui.tui.commands import by_id
from sibtui.tui.commands.keys import ENTER
from sibtui.tui.hints import current_key, keymap_of, with_keys
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.views.hint_lines import GO_COMMANDS, hints, key_hints, message_lines
from sibtui.tui.widgets.text_lines import Line, cells_of, cut
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.records import Source
    from sibtui.tui.commands import Area
    from sibtui.workspace.case_choice import CaseContext

_BAR = "  │  "
_NAMES = ((80, 80), (60, 60), (40, 40), (28, 28), (16, 24), (12, 12), (6, 8))
"""Pairs of widths in cells for the name of the source and the label of the case, widest first.

The status bar uses the first pair that leaves room for the code that Space applies.
"""
_CODER, _GAP, _SHORT = 28, 2, 12
"""The widths, in cells, by which the status bar decides how to show the name of the coder.

The name has at most `_CODER` cells, and a gap of at least `_GAP` cells before it. If there is room for at most `_SHORT`
cells of the source's name, no room is kept for the name of the coder. On a narrow screen, the name of the coder is in
the line that replaces the hidden pane.
"""
_QUALIFIERS = ("coding.stance", "coding.certainty", "coding.case", "coding.memo", "study.undo")
_NEED_A_CODING = ("coding.stance", "coding.certainty", "coding.remove")
"""The commands whose hints are shown only while a coding is active."""
_DISPENSABLE = ("select.grow", "select.end_on", "coding.again")
"""The commands whose hints are left out on a narrow screen while a coding is active.

`coding.again` is dispensable because the line above the hints already names the code that Space applies.
"""
FIELDS = ("filter", "find")
"""The ids of the text fields of the coding screen."""
_ALL_HINTS_FIT = 100
"""In a line of at least this width, two groups of hints fit: for selecting, and for changing the active coding."""


class CodingStatus(NamedTuple):
    """The facts that the status bar shows.

    `line` is the line number of the selection, and `characters` is the length of the selection. `context` has the
    cases that a new coding would get. `last_code` is the code that Space applies. `rereading` is the code for which
    the user is reading sources again.
    """

    source: Source | None
    line: int
    characters: int
    context: CaseContext | None
    last_code: str | None
    rereading: str | None
    coder: str = ""


class Situation(NamedTuple):
    """The facts that decide which key hints are shown.

    `areas` are the parts of the app whose commands work now. Each field of type bool is True under one condition:

    - `has_note`: a source is open.
    - `in_note`: the text of the source has the focus.
    - `searched`: matches of a search are highlighted.
    - `filtered`: a filter limits the list of codes.
    - `is_active`: there is an active coding (a coding on which commands act).
    """

    areas: tuple[Area, ...]
    typing: str
    """The id of the text field with the focus, or “edges” while the ends of the selection move by characters."""
    has_note: bool
    in_note: bool
    searched: bool
    filtered: bool
    is_active: bool
    """Whether a coding is active."""


class StatusBar(MessageBar):
    """The status bar of the coding screen. It has two lines, or three on a narrow screen.

    A message replaces the key hints until the next key.
    """

    def __init__(self) -> None:
        super().__init__("status", inset=1)
        self._hints: tuple[object, Line] = (None, [])

    def put_coding_message(self, message: str, *, done: bool) -> None:
        """Show a message about the active coding, followed by as many key hints as fit.

        The hints are the keys that change the coding, and the key of undo. `done` is set if something was changed.
        """

        def lines() -> list[Line]:
            found = message_lines(message, self.cells, self.size.height, done=done)
            return [*found[:-1], [*found[-1], *_qualifiers(self.cells - cells_of(found[-1]), keymap_of(self.app))]]

        self.put_lines(lines)

    def room_above(self, coder: str) -> int:
        """Return how many cells are free beside the name of the coder in the top line of the bar.

        Only narrow screens have this line. Wider screens have the details pane instead.
        """
        return self.cells - (cells_of([(cut(coder, _CODER), "")]) + _GAP if coder else 0)

    def show(self, selected: CodingStatus, situation: Situation, above: Line | None) -> None:
        """Show the selection, and the key hints for a situation.

        `above` is the line at the top of the bar on narrow screens, and None on wider screens. The line may have as
        many cells as `room_above` returns.
        """
        keymap = keymap_of(self.app)
        if above is None:
            lines = [_selected_line(selected, self.cells, keymap)]
        else:
            first = _with_coder(above, selected.coder, self.cells)
            lines = [first, _selected_line(selected._replace(coder=""), self.cells, keymap)]
        self.show_lines(lines, lambda cells: self._hint_line(situation, cells))

    def _hint_line(self, situation: Situation, cells: int) -> Line:
        key = (situation, cells)
        if self._hints[0] != key:
            self._hints = (key, hint_line(situation, cells, keymap_of(self.app)))
        return self._hints[1]


def _selected_line(now: CodingStatus, width: int, keymap: Mapping[str, str]) -> Line:
    next_code = _next_code(now, keymap)
    for name_room, case_room in _NAMES:
        selected, case = _selected(now, name_room), _case_label(now, case_room, keymap)
        free = width - len(_BAR) * 2 - cells_of([(selected, "")]) - cells_of([(case, "")])
        coder_room = cells_of([(cut(now.coder, _CODER), "")]) + _GAP if now.coder and name_room > _SHORT else 0
        if cells_of([(next_code, "")]) + coder_room <= free:
            break
    style = "warning" if case.startswith("no case yet") else "text"
    action = cut(next_code, max(16, free))
    line: Line = [(selected, "strong"), (_BAR, "quiet"), (case, style), (_BAR, "quiet"), (action, "text")]
    return _with_coder(line, now.coder, width)


def _with_coder(line: Line, coder: str, width: int) -> Line:
    """Return the line with the name of the coder at its right end. If there is no room, return the line unchanged."""
    coder = cut(coder, _CODER)
    room = width - cells_of(line) - cells_of([(coder, "")])
    return [*line, (" " * room + coder, "quiet")] if coder and room >= _GAP else line


def _selected(now: CodingStatus, room: int) -> str:
    if now.source is None or not now.line:
        return "Nothing to select"
    return f"{cut(now.source.name, room)}, line {now.line:,}  {plural(now.characters, 'character')}"


def _case_label(now: CodingStatus, room: int, keymap: Mapping[str, str]) -> str:
    """Return the case that a new coding would get, or the key that chooses a case.

    Labels of cases are cut to `room` cells.
    """
    if now.source is None:
        return "no case"
    if not now.source.cases:
        return with_keys("no case ({coding.case})", keymap)
    if len(now.source.cases) == 1:
        return cut(now.source.cases[0], room)
    if now.context is None:
        return with_keys("no case yet ({coding.case})", keymap)
    return cut(", ".join(now.context.cases), room) + " (section)"


def _next_code(now: CodingStatus, keymap: Mapping[str, str]) -> str:
    """Return a text: the key that applies the last applied code again, and the name of this code."""
    last = now.last_code
    if last is None:
        return with_keys("{coding.again}: nothing yet, {coding.pick} first", keymap)
    again = "(read again for it)" if last == now.rereading else "again"
    return f"{current_key('coding.again', keymap)}: {short(last)} {again}"


def hint_line(now: Situation, width: int, keymap: Mapping[str, str]) -> Line:
    def keys(*commands: str) -> str:
        return " ".join(current_key(command, keymap) for command in commands)

    escape = keys("pane.note")
    if now.typing == "edges":
        end, start = keys("select.end_back", "select.end_on"), keys("select.start_back", "select.start_on")
        return key_hints(end, "end", start, "start, by characters", keys("coding.pick"), "finishes")
    if now.typing == "filter":
        return key_hints(ENTER, "to the codes", escape, "removes the filter")
    if now.typing == "find":
        return key_hints(ENTER, "keeps the match", escape, "goes back")
    if not now.has_note:
        first = key_hints(keys("sources.add"), "bring notes in")
        return _with_hints(first, ("everywhere",), width, keymap, away_from_note=False, without=("source.next",))
    first = key_hints(escape, "all codes") if now.filtered else []
    if now.searched:
        first = key_hints(keys("find.next", "find.previous"), "next match, previous", escape, "ends the search")
    gives_way = now.in_note and now.is_active and width < _ALL_HINTS_FIT
    without = _DISPENSABLE if gives_way else () if now.is_active else _NEED_A_CODING
    return _with_hints(first, now.areas, width, keymap, without=without, keep=() if now.is_active else GO_COMMANDS)


def _with_hints(
    first: Line,
    areas: tuple[Area, ...],
    width: int,
    keymap: Mapping[str, str],
    *,
    away_from_note: bool | None = None,
    without: tuple[str, ...] = (),
    keep: tuple[str, ...] = (),
) -> Line:
    """Return the line `first`, followed by key hints, as many as fit. The keyword arguments are those of `hints`."""
    first = [*first, ("  ", "quiet")] if first else []
    room = width - cells_of(first)
    return [*first, *hints(areas, keymap, room, away_from_note=away_from_note, without=without, keep=keep)]


def _qualifiers(room: int, keymap: Mapping[str, str]) -> Line:
    """Return hints of at most `room` cells: the keys that change the active coding, and the key of undo."""
    line: Line = []
    for name in _QUALIFIERS:
        key, label = current_key(name, keymap), by_id(name).label
        bits: Line = [("  " if line else "    ", "quiet"), (key, "key"), (f" {label}", "quiet")]
        if cells_of([*line, *bits]) <= room:
            line += bits
    return line
