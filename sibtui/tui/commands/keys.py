"""Keys: bindings made from commands, and how a key is written for people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.keys import Keys, _character_to_key

from sibtui.tui.commands import commands_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.tui.commands import Command, Place

_NAMED = frozenset(key.value for key in Keys)
_SHOWN = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "enter": "Enter", "space": "Space", "tab": "Tab",
    "escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "backspace": "Backspace",
    "delete": "Del", "insert": "Ins",
}  # fmt: skip
_SAID = frozenset("✓!")
"""Signs before what was done or went wrong, in the place of keys."""
_LAST_SIGN = 0x250
_MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")


@cache
def _signs(last: int = _LAST_SIGN) -> Mapping[str, str]:
    """Textual's name of a sign → the sign. Those of ASCII alone are found at once, all of them take longer than drawing a screen."""
    return {_character_to_key(sign): sign for sign in map(chr, range(0x21, last)) if sign.isprintable()}


def bindings(*places: Place) -> list[Binding]:
    """Bindings for the commands of these places. Their ids are the commands', so that the key map can change their keys."""
    return [
        Binding(",".join(command.keys), command.action, command.label, show=False, id=command.id)
        for command in commands_at(*places)
        if command.keys
    ]


def canonical(key: str) -> str | None:
    """Textual's name of a key that is written as its sign or its name; None when there is no such key."""
    key = key.strip()
    if len(key) == 1:
        return _character_to_key(key)
    *modifiers, name = key.split("+")
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return None
    if len(name) != 1 and name not in _NAMED and name not in _signs():
        return None
    return key


def shown(key: str) -> str:
    """A key as people write it: ↓, Space, ?, ctrl+p, F2."""
    *modifiers, name = key.split("+")
    if name in _SHOWN:
        name = _SHOWN[name]
    elif len(name) > 1 and name[0] == "f" and name[1:].isdigit():
        name = name.upper()
    elif len(name) > 1:
        name = _signs(0x80).get(name) or _signs().get(name, name)
    return "+".join([*modifiers, name])


def pressed(told: str) -> str | None:
    """Textual's name of a key that is written as people write it: the other way round of `shown`. None when it is no key."""
    names = {written: name for name, written in _SHOWN.items()}
    *modifiers, name = [told] if len(told) == 1 else told.split("+")
    if name in names:
        name = names[name]
    elif name[:1] == "F" and name[1:].isdigit():
        name = name.lower()
    key = canonical("+".join([*modifiers, name]))
    return None if told in _SAID else key


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that run a command now."""
    told = keymap.get(command.id)
    return command.keys if told is None else tuple(key.strip() for key in told.split(",") if key.strip())
