"""Commands are declared once. These tests check everything made from the declarations."""

from __future__ import annotations

import asyncio
import pkgutil
from collections import Counter
from importlib import import_module
from typing import get_args

import pytest

from sibtui.tui import commands
from sibtui.tui.app import SibtuiApp
from sibtui.tui.commands import Command, CommandRunner, by_id, catalogue, commands_at
from sibtui.tui.commands.keys import bindings, key_label, key_name
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.help import help_lines
from sibtui.tui.widgets.row_list import RowList

HERE = ("note", "sources", "codebook pane", "coding", "everywhere", "list")


def test_no_two_commands_have_the_same_id():
    assert [name for name, count in Counter(command.id for command in catalogue()).items() if count > 1] == []


def test_every_command_has_a_function():
    assert not [command.id for command in catalogue() if command.run is Command.__dataclass_fields__["run"].default]


def test_every_module_declares_only_commands_of_its_areas():
    modules = {found.name for found in pkgutil.iter_modules(commands.__path__)} - {"keys"}
    declared = {name: import_module(f"sibtui.tui.commands.{name}").COMMANDS for name in modules}
    assert {name: {command.area for command in found} for name, found in declared.items()} == {
        name: set(places) for name, places in commands._DECLARED.items()
    }
    assert {command.area for command in catalogue()} == set(get_args(commands.Area))


@pytest.mark.parametrize("command", commands_at(*HERE), ids=lambda command: command.id)
def test_every_command_of_the_coding_screen_can_be_run(command: Command):
    owner = {"screen": CodingScreen, "app": SibtuiApp, "widget": RowList}[command.on]
    name = command.action.partition("(")[0].rpartition(".")[2]
    assert callable(getattr(owner, f"action_{name}", None))


@pytest.mark.parametrize("command", catalogue(), ids=lambda command: command.id)
def test_every_key_of_a_command_can_be_sent_by_a_terminal(command: Command):
    for key in command.keys:
        assert key_name(key) is not None
        assert (
            key_name(key_label(key)) == key_name(key)
            or key_label(key) in "↓↑←→"
            or key_label(key)[0].isupper()
            or "+" in key
        )
        assert key not in {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+space"}  # a tab, Enter, Backspace, another key


def test_no_two_commands_of_an_area_share_a_key():
    for place in HERE:
        keys = [key for command in commands_at(place) for key in command.keys]
        assert [key for key, count in Counter(keys).items() if count > 1] == []


async def test_a_command_receives_its_object_and_only_a_coroutine_is_awaited():
    assert by_id("go.queue").action == "screen.run_command('go.queue')"
    gone = []

    class Screen(CommandRunner):
        async def go(self, name: str) -> None:
            gone.append(name)

        def undo(self) -> asyncio.Future[None]:
            return asyncio.Future()  # as Textual's `dismiss`: the screen would wait for itself

    await Screen().action_run_command("go.queue")
    assert gone == ["queue"]
    await asyncio.wait_for(Screen().action_run_command("study.undo"), 1)


def test_bindings_have_the_ids_of_their_commands():
    assert {binding.id for binding in bindings("note")} == {command.id for command in commands_at("note")}


def test_the_help_shows_the_keys_of_the_key_map():
    help_text = "\n".join(
        "".join(text for text, _ in line) for line in help_lines(commands_at("note"), {"coding.again": "f9"})
    )
    assert "F9" in help_text
    assert "1 … 9" in help_text
    for command in commands_at("note"):
        assert command.group in help_text


@pytest.mark.parametrize(
    ("written", "name"),
    [("?", "question_mark"), ("ctrl+s", "ctrl+s"), ("F2", None), ("f2", "f2"), ("space", "space"), ("spcae", None), ("hyper+ctrl+x", "hyper+ctrl+x"),
     ("shift+", None), ("+", "plus"), ("left_square_bracket", "left_square_bracket"), ("ctrl+nokey", None), ("", None)],
)  # fmt: skip
def test_a_key_is_recognised_by_its_character_or_its_name(written: str, name: str | None):
    assert key_name(written) == name
