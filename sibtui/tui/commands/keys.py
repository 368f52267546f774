"""Keys: bindings made from commands, and how a key is written for people."""

from __future__ import annotations

import unicodedata
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
_MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")


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
    *modifiers, name = key.split("+") if not key.endswith("+") else (*key[:-1].split("+")[:-1], "+")
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return None
    if len(name) == 1:
        name = _character_to_key(name) if not modifiers else name
    elif name not in _NAMED and not _is_sign(name):
        return None
    return "+".join([*modifiers, name])


def _is_sign(name: str) -> bool:
    if not name.replace("_", "").isalnum() or name != name.lower():
        return False
    try:
        unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return name in {"minus", "plus", "underscore", "slash", "backslash", "at", "circumflex_accent"}
    return True


def shown(key: str) -> str:
    """A key as people write it: ↓, Space, ?, ctrl+p, F2."""
    *modifiers, name = key.split("+")
    if name in _SHOWN:
        name = _SHOWN[name]
    elif len(name) > 1 and name[0] == "f" and name[1:].isdigit():
        name = name.upper()
    elif len(name) > 1:
        name = _sign(name)
    return "+".join([*modifiers, name])


def _sign(name: str) -> str:
    usual = {"minus": "-", "slash": "/", "backslash": "\\", "underscore": "_", "at": "@", "plus": "+"}
    try:
        return usual.get(name) or unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return name


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that run a command now."""
    told = keymap.get(command.id)
    return command.keys if told is None else tuple(key.strip() for key in told.split(",") if key.strip())
