"""The list of keys in the README is the key map of the coding screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import key_from_label, key_label

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    command for command in commands_at("note", "coding", "everywhere") if command.keys and command.id != "go.coding"
]
SETS = {"1–9": [str(digit) for digit in range(1, 10)], "shift+letter": ["B"]}


def listed() -> list[str]:
    """The keys in the first column of the table, by Textual's names."""
    table = README[README.index("| keys |") : README.index("A file can change the keys")]
    cells = re.findall(r"^\| (.*?) \| .* \|$", table, re.MULTILINE)[2:]
    written = [word if len(word) == 1 else word.rstrip(";") for cell in cells for word in cell.split() if word != "or"]
    return [key_from_label(key) or key for word in written for key in SETS.get(word, [word])]


@pytest.mark.parametrize("key", listed())
def test_every_listed_key_runs_a_command(key: str) -> None:
    assert any(key in command.keys for command in COMMANDS)


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if "coding.key" not in command.id], ids=lambda command: command.id
)
def test_every_command_is_listed_with_its_first_key(command) -> None:
    assert command.keys[0] in listed(), key_label(command.keys[0])


def test_no_key_is_listed_twice() -> None:
    assert len(listed()) == len(set(listed()))
