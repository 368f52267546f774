"""The key map: a file in which the user gives other keys to commands. Invalid entries are reported and ignored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sibtui.model.case_letters import can_be_letter
from sibtui.model.text import one_line
from sibtui.tui.commands import catalogue
from sibtui.tui.commands.keys import key_name
from sibtui.workspace.session_state import key_file

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.tui.commands import Area, Command

EXAMPLE = '"coding.again" = "space"\n"move.next_sentence" = ["down", "j"]\n'


@dataclass(slots=True)
class KeyMap:
    """The keys that the user has given to commands, as read from the key map file.

    `keys` is a map: id of a command → its keys, separated by commas. Commands that keep their default keys are not in
    the map. `problems` has one sentence for each invalid entry of the file.
    """

    keys: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def load(file: Path | None = None) -> KeyMap:
    """Return the key map in `file`, or in the default file of this user. If there is no file, the key map is empty."""
    file = file or key_file()
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return KeyMap()
    except (OSError, UnicodeDecodeError) as error:
        return KeyMap(problems=[f"{file} cannot be read ({type(error).__name__}): all keys keep their defaults."])
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return KeyMap(problems=[f"{file} is not TOML ({error}): all keys keep their defaults."])
    return read(values, file.name)


def read(values: dict[str, object], name: str = "keys.toml") -> KeyMap:
    """Return the key map for the values of a file. `name` is the name of the file in messages.

    A command with an invalid entry keeps its default keys.
    """
    keymap = KeyMap()
    commands = {command.id: command for command in catalogue()}
    for command, keys in _flat(values).items():
        if command not in commands:
            keymap.problems.append(
                f"{name}: there is no command “{one_line(command, 40)}”{_nearest(command, commands)}"
            )
            continue
        parsed = _parse_keys(keys)
        if isinstance(parsed, str):
            keymap.problems.append(f"{name}: {command}: {parsed}")
            continue
        keymap.keys[command] = ",".join(parsed)
    _drop_letters_of_cases(keymap, commands, name)
    _drop_clashes(keymap, commands, name)
    return keymap


def _flat(values: dict[str, object], prefix: str = "") -> dict[str, object]:
    """Return a dict: id of a command → its value in the file.

    An entry `coding.again = "x"` is read from TOML as `{"coding": {"again": "x"}}`. `prefix` is the beginning of the
    ids in `values`, such as "coding.".
    """
    flat: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _parse_keys(value: object) -> list[str] | str:
    """Return Textual's names of the keys in a value of the file. If the value is invalid, return a message."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
        return 'its keys must be a text or a list of texts, for example "space" or ["down", "j"].'
    if not listed:
        return "it needs a key: remove its line to keep the default keys."
    names = []
    for key in listed:
        name = key_name(key)
        if name is None:
            return (
                f"there is no key “{one_line(key, 40)}”: write a character (“x”) or a name (“f2”, “ctrl+s”, “space”)."
            )
        names.append(name)
    return names


def _nearest(unknown: str, commands: dict[str, Command]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(unknown, commands, n=2)
    return f": did you mean {' or '.join(near)}?" if near else ": the help lists them."


def _drop_letters_of_cases(keymap: KeyMap, commands: dict[str, Command], name: str) -> None:
    """Remove the keys of a command from the key map if one of them is a possible letter of a case.

    Such a key cannot run a command in the list of codings without a case (area “queue”), because letters choose cases
    there. Only commands that work in this list are checked.
    """
    for command in list(keymap.keys):
        if commands[command].area not in {"queue", "everywhere"}:
            continue
        own = _key_names(commands[command])
        letters = [key for key in keymap.keys[command].split(",") if key not in own and can_be_letter(key.casefold())]
        if letters:
            keymap.problems.append(
                f"{name}: {command} cannot have the key “{letters[0]}”, which can be the letter of a case: it keeps its default keys."
            )
            del keymap.keys[command]


def _drop_clashes(keymap: KeyMap, commands: dict[str, Command], name: str) -> None:
    """Remove each entry of the key map whose key also runs another command in the same area (part of the app).

    If both commands have this key by default, the entry is kept.
    """
    for command in list(keymap.keys):
        for other in commands.values():
            if other.id == command or not _overlap(commands[command].area, other.area):
                continue
            other_keys = keymap.keys[other.id].split(",") if other.id in keymap.keys else _key_names(other)
            shared = set(keymap.keys[command].split(",")) & set(other_keys)
            shared -= set(_key_names(commands[command])) & set(_key_names(other))
            if shared:
                key = min(shared)
                keymap.problems.append(
                    f"{name}: {command} cannot have the key “{key}”, which runs {other.id}: it keeps its default keys."
                )
                del keymap.keys[command]
                break


def _key_names(command: Command) -> list[str]:
    return [key_name(key) or key for key in command.keys]


def _overlap(one: Area, other: Area) -> bool:
    """Return whether two areas (parts of the app) can be active at the same time."""
    panes = {"note", "sources", "codebook pane"}
    return one == other or "everywhere" in {one, other} or ("coding" in {one, other} and bool({one, other} & panes))
