"""Each box of the screen has a command that does the same; docs/boxes.md lists them."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from sibtui.cli.root import cli
from sibtui.tui.commands import catalogue

PAGE = Path(__file__).parent.parent / "docs" / "boxes.md"
ROWS = [
    tuple(re.split(r" \| ", line.strip("| "))) for line in PAGE.read_text(encoding="utf-8").splitlines() if "`" in line
]
ROWS = [row for row in ROWS if len(row) == 3]


def test_the_page_lists_every_box_of_the_screen() -> None:
    boxes = {command.title.removesuffix(" …") for command in catalogue() if "…" in command.title}
    assert {box for _, box, _ in ROWS} == boxes


@pytest.mark.parametrize("shown", sorted({command.strip("`") for _, _, command in ROWS}))
def test_the_command_of_a_box_exists_with_its_options(shown: str) -> None:
    words, command = shown.split(), cli
    while isinstance(command, click.Group) and not words[0].startswith("--"):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None, shown
        command = found
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options
