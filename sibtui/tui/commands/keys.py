"""Keys: Textual's bindings for commands, and the labels of keys on the screen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.keys import Keys

from sibtui.tui.commands import commands_at
from sibtui.tui.textual_overrides.keys import name_of_character

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.tui.commands import Area, Command

ENTER, TAB, DOWN = "Enter", "Tab", "↓"
"""The labels of three keys that work in a text field. The key map cannot change these keys."""
_NAMED = frozenset(key.value for key in Keys)
_LABELS = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "enter": "Enter", "space": "Space", "tab": "Tab",
    "escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "backspace": "Backspace",
    "delete": "Del", "insert": "Ins",
}  # fmt: skip
_MESSAGE_MARKS = frozenset("✓!")
"""The characters that may precede a message. A click on one of them must not press a key."""
_LAST_CHARACTER = 0x250
_MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")


@cache
def _characters(last: int = _LAST_CHARACTER) -> Mapping[str, str]:
    """Return a dict: Textual's name of a character → the character.

    The dict has the printable characters after the space, up to the code point `last` (exclusive). A dict of all
    characters takes longer to make than a screen takes to draw.
    """
    return {name_of_character(each): each for each in map(chr, range(0x21, last)) if each.isprintable()}


def bindings(*areas: Area) -> list[Binding]:
    """Return Textual's bindings for the commands of these areas (parts of the app).

    Each binding has the id of its command. By this id, Textual finds the keys that the user has given to the command.
    """
    return [
        Binding(",".join(command.keys), command.action, command.label, show=False, id=command.id)
        for command in commands_at(*areas)
        if command.keys
    ]


def key_name(key: str) -> str | None:
    """Return Textual's name of a key. `key` is the character or the name of the key. None if the key is unknown."""
    key = key.strip()
    if len(key) == 1:
        return name_of_character(key)
    *modifiers, name = key.split("+")
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return None
    if len(name) != 1 and name not in _NAMED and name not in _characters():
        return None
    return key


def key_label(key: str) -> str:
    """Return the label of a key on the screen, such as ↓, Space, ?, ctrl+p or F2. `key` is Textual's name."""
    *modifiers, name = key.split("+")
    if name in _LABELS:
        name = _LABELS[name]
    elif len(name) > 1 and name[0] == "f" and name[1:].isdigit():
        name = name.upper()
    elif len(name) > 1:
        name = _characters(0x80).get(name) or _characters().get(name, name)
    return "+".join([*modifiers, name])


def key_from_label(label: str) -> str | None:
    """Return Textual's name of the key with this label, or None. This is the inverse of `key_label`."""
    names = {each: name for name, each in _LABELS.items()}
    *modifiers, name = [label] if len(label) == 1 else label.split("+")
    if name in names:
        name = names[name]
    elif name[:1] == "F" and name[1:].isdigit():
        name = name.lower()
    key = key_name("+".join([*modifiers, name]))
    return None if label in _MESSAGE_MARKS else key


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return Textual's names of the keys that run a command.

    `keymap` is a map: id of a command → the keys that the user has given to this command, separated by commas.
    """
    changed = keymap.get(command.id)
    return command.keys if changed is None else tuple(key.strip() for key in changed.split(",") if key.strip())
