"""The key map: a file in which any command can be given other keys. Whatever in it cannot be done is told, never passed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sibtui.desk.memory import key_file
from sibtui.model.text import one_line
from sibtui.tui.commands import catalogue
from sibtui.tui.commands.keys import canonical

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.tui.commands import Command, Place

EXAMPLE = '"coding.again" = "space"\n"move.next_sentence" = ["down", "j"]\n'


@dataclass(slots=True)
class KeyMap:
    """Command id → its keys, separated by commas; and, in one sentence each, what could not be done."""

    keys: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def load(file: Path | None = None) -> KeyMap:
    """The key map of this user; empty when there is no file."""
    file = file or key_file()
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return KeyMap()
    except (OSError, UnicodeDecodeError) as error:
        return KeyMap(problems=[f"{file} cannot be read ({type(error).__name__}): all keys are as they were."])
    import tomllib  # noqa: PLC0415 - most people have no such file

    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return KeyMap(problems=[f"{file} is not TOML ({error}): all keys are as they were."])
    return read(told, file.name)


def read(told: dict[str, object], name: str = "keys.toml") -> KeyMap:
    """The key map that a file's values tell. A line that cannot be followed leaves its command's keys as they were."""
    keymap = KeyMap()
    commands = {command.id: command for command in catalogue()}
    for command, keys in _flat(told).items():
        if command not in commands:
            keymap.problems.append(
                f"{name}: there is no command “{one_line(command, 40)}”{_nearest(command, commands)}"
            )
            continue
        found = _keys(keys)
        if isinstance(found, str):
            keymap.problems.append(f"{name}: {command}: {found}")
            continue
        keymap.keys[command] = ",".join(found)
    _drop_clashes(keymap, commands, name)
    return keymap


def _flat(told: dict[str, object], prefix: str = "") -> dict[str, object]:
    """`coding.again = …` comes as a table in a table, `"coding.again" = …` does not: both are meant."""
    flat: dict[str, object] = {}
    for name, value in told.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _keys(told: object) -> list[str] | str:
    """The keys, or what is wrong with them."""
    listed = [told] if isinstance(told, str) else told
    if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
        return 'its keys must be a text or a list of texts, for example "space" or ["down", "j"].'
    if not listed:
        return "it needs a key: leave its line out to keep the usual ones."
    found = []
    for key in listed:
        name = canonical(key)
        if name is None:
            return f"there is no key “{one_line(key, 40)}”: write a sign (“x”) or a name (“f2”, “ctrl+s”, “space”)."
        found.append(name)
    return found


def _nearest(wanted: str, commands: dict[str, Command]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a misspelling pays for it

    near = get_close_matches(wanted, commands, n=2)
    return f": did you mean {' or '.join(near)}?" if near else ": `?` in sibtui lists them."


def _drop_clashes(keymap: KeyMap, commands: dict[str, Command], name: str) -> None:
    """Two commands of one place cannot share a key, unless they did before: the changed one keeps its old keys."""
    for command in list(keymap.keys):
        for other in commands.values():
            if other.id == command or not _meet(commands[command].where, other.where):
                continue
            theirs = keymap.keys[other.id].split(",") if other.id in keymap.keys else _canonical(other)
            shared = set(keymap.keys[command].split(",")) & set(theirs)
            shared -= set(_canonical(commands[command])) & set(_canonical(other))
            if shared:
                key = min(shared)
                keymap.problems.append(
                    f"{name}: {command} cannot have the key “{key}”, which runs {other.id}: it keeps its own keys."
                )
                del keymap.keys[command]
                break


def _canonical(command: Command) -> list[str]:
    return [canonical(key) or key for key in command.keys]


def _meet(one: Place, other: Place) -> bool:
    """Whether commands of two places can be reached by one key press."""
    panes = {"note", "sources", "codebook pane"}
    return one == other or "everywhere" in {one, other} or ("coding" in {one, other} and bool({one, other} & panes))
