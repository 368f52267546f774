"""The status line: what is selected, the case, what Space will do; and the keys that help now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.desk.codebook import short
from sibtui.model.text import plural
from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import keys_of, shown
from sibtui.tui.widgets.lines import Line, cells_of, cut

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sibtui.desk.desk import Desk
    from sibtui.tui.commands import Place

_BAR = "  │  "
WAYS = ("go.codebook", "go.matrix")
"""Ways on that the note hints at, and screens that are there already do not."""
_NAMES = ((16, 24), (12, 12), (6, 8))
"""Cells that the names of the source and the case may take: they give way to what Space will do."""


def status_lines(desk: Desk, width: int, hints: Line, above: Line | None = None) -> list[Line]:
    """The lines of the status; `above` tells what a pane that is not in sight would."""
    lines = [_now(desk, width), hints]
    return lines if above is None else [above, *lines]


def _now(desk: Desk, width: int) -> Line:
    space = _space(desk)
    for name_room, case_room in _NAMES:
        selected, case = _selected(desk, name_room), case_told(desk, case_room)
        free = width - len(_BAR) * 2 - cells_of([(selected, "")]) - cells_of([(case, "")])
        if cells_of([(f"Space: {space}", "")]) <= free:
            break
    told = cut(f"Space: {space}", max(16, free))
    name = "warning" if case.startswith("no case told") else "text"
    return [(selected, "strong"), (_BAR, "quiet"), (case, name), (_BAR, "quiet"), (told, "text")]


def _selected(desk: Desk, room: int) -> str:
    if desk.source is None or desk.selection is None:
        return "Nothing to select"
    size = len(desk.selection)
    return f"{cut(desk.source.name, room)}, line {desk.line():,}  {plural(size, 'character')}"


def case_told(desk: Desk, room: int = 24) -> str:
    """The case that a coding made now would get, in about so many cells."""
    source = desk.source
    if source is None:
        return "no case"
    if not source.cases:
        return "no case (=)"
    if len(source.cases) == 1:
        return cut(source.cases[0], room)
    if desk.context is None:
        return "no case told (=)"
    return cut(", ".join(desk.context.cases), room) + " (section)"


def _space(desk: Desk) -> str:
    last = desk.last_code
    return "nothing yet, Enter first" if last is None else f"{short(last)} again"


def hints(
    places: Sequence[Place],
    keymap: Mapping[str, str],
    width: int,
    *,
    away: bool | None = None,
    without: Collection[str] = (),
) -> Line:
    """The keys of these places that help most, as many as fit; the last ones, help and quit, always.

    `away` is whether quitting leads back to the note, as on every screen but that one; `without` names commands that have nothing to do now.
    """
    commands = sorted((c for c in commands_at(*places) if c.hint and c.id not in without), key=lambda c: c.hint)
    away = "coding" not in places if away is None else away
    bits = [
        ((shown(keys[0]), "key"), (" back" if away and c.id == "app.leave" else f" {c.label}", "quiet"))
        for c in commands
        if (keys := keys_of(c, keymap))
    ]
    last = [bit for bit, command in zip(bits, commands, strict=False) if command.hint >= 90]
    room = width - sum(cells_of(bit) + 2 for bit in last)
    line: Line = []
    for bit, command in zip(bits, commands, strict=False):
        if command.hint >= 90:
            continue
        if cells_of(bit) + 2 > room:
            break
        room -= cells_of(bit) + 2
        line += [*bit, ("  ", "quiet")]
    for bit in last:
        line += [*bit, ("  ", "quiet")]
    return line[:-1]


def said(*told: str) -> Line:
    """Keys and what they do, by turns, as a line of hints."""
    line: Line = []
    for key, does in zip(told[::2], told[1::2], strict=True):
        line += [("  " if line else "", "quiet"), (key, "key"), (f" {does}", "quiet")]
    return line[1:]


def nearest_first(message: str, error: bool, width: int) -> Line:
    """What was done, or went wrong, in the place of the hints."""
    return [
        ("! " if error else "✓ ", "warning" if error else "key"),
        (cut(message, width - 2), "warning" if error else "text"),
    ]
