"""Lines for a status bar: key hints (the keys that are useful now), and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import key_label, keys_of
from sibtui.tui.widgets.text_lines import Line, cells_of, cut_after_word, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sibtui.tui.commands import Area

GO_COMMANDS = ("go.codebook", "go.matrix")
"""The commands whose hints are shown in the note, but on no other screen."""


def hints(
    areas: Sequence[Area],
    keymap: Mapping[str, str],
    width: int,
    *,
    away_from_note: bool | None = None,
    without: Collection[str] = (),
    keep: Collection[str] = (),
) -> Line:
    """Return the line of key hints for some areas (parts of the app).

    The line has the most useful commands, as many as fit. Help and quit are always at its end.

    If `away_from_note` is True, the word for the quit key is “back”. By default, it is True unless `areas` has “note”.
    `without` has the ids of commands that get no hint. `keep` has the ids of commands whose hint is left out only if
    there is no room for the last hints without it. No hint is cut.
    """
    near = {key for area in areas if area != "everywhere" for c in commands_at(area) for key in keys_of(c, keymap)}
    commands = sorted((c for c in commands_at(*areas) if c.hint and c.id not in without), key=lambda c: c.hint)
    away = "note" not in areas if away_from_note is None else away_from_note
    bits: list[tuple[Line, bool]] = []
    for command in commands:
        every = keys_of(command, keymap)
        keys = [key for key in every if command.area != "everywhere" or key not in near]
        if keys:
            label = "back" if away and command.id == "app.leave" else command.label
            stays = keys[0] == every[0] and (
                command.hint >= 90 or command.id in keep
            )  # the second key may be longer than the first
            bits.append(([(key_label(keys[0]), "key"), (f" {label}", "quiet"), ("  ", "quiet")], stays))
    room = width + 2 - sum(cells_of(bit) for bit, stays in bits if stays)
    while room < 0 and any(stays for _, stays in bits):  # the most useful of them are the last
        at = next(at for at, (_, stays) in enumerate(bits) if stays)
        room += cells_of(bits.pop(at)[0])
    line: Line = []
    for bit, stays in bits:
        if not stays:
            room -= cells_of(bit)
        if stays or room >= 0:
            line += bit
    return line[:-1]


def key_hints(*pairs: str) -> Line:
    """Return a line of key hints. `pairs` has a key, its effect, the next key, its effect, and so on."""
    line: Line = []
    for key, effect in zip(pairs[::2], pairs[1::2], strict=True):
        line += [("  " if line else "", "quiet"), (key, "key"), (f" {effect}", "quiet")]
    return line[1:]


def whole_hints(line: Line, width: int) -> Line:
    """Return the hints of a line that fit as a whole into `width` cells. The first hint is never left out."""
    starts = [at for at, (_, style) in enumerate(line) if style == "key"]
    while len(starts) > 1 and cells_of(line) > width:
        line = line[: starts.pop()]
        while not line[-1][0].strip():  # the spaces before the hint that was left out
            line = line[:-1]
    return line


def message_lines(message: str, width: int, most: int, *, error: bool = False, done: bool = False) -> list[Line]:
    """Return a message in at most `most` lines of `width` cells. “!” marks a failure, “✓” a completed action."""
    mark: Line = [("! ", "warning")] if error else [("✓ ", "key")] if done else []
    style, room = "warning" if error else "text", width - cells_of(mark)
    rows = [message] if most < 2 or cells_of([(message, "")]) <= room else wrapped(message, room)
    if len(rows) > most:
        rows[most - 1 :] = [" ".join(rows[most - 1 :])]
    indent: Line = [(" " * cells_of(mark), style)] if mark else []
    return [[*(indent if at else mark), (cut_after_word(row, room), style)] for at, row in enumerate(rows)]
