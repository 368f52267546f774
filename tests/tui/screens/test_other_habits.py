"""Keys of vim. They run our commands with the same meaning, and no key of vim does harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.commands import catalogue
from sibtui.tui.widgets.matrix_grid import MatrixGrid

if TYPE_CHECKING:
    from sibtui.project import Project

FIRST = "They came for the money."


def selected(pilot) -> str:
    workspace = pilot.app.screen_stack[0].workspace
    return workspace.selection.quote(workspace.text)


@pytest.mark.parametrize("line", ["q", "wq", "x", "q!"])
async def test_the_commands_of_vim_for_leaving_leave_the_program(line: str, study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "colon", write=line)
        await pilot.at_rest()
        await press(pilot, "enter")
        await pilot.at_rest()
        assert pilot.app._exit


async def test_the_commands_of_vim_for_saving_do_nothing(study: Project, run, press):
    before = study.history.list()
    async with run(study) as pilot:
        await press(pilot, "down", "colon", write="w")
        await pilot.at_rest()
        await press(pilot, "enter")
        await pilot.at_rest()
        assert pilot.app.screen is pilot.app.screen_stack[0]
        assert selected(pilot) == FIRST
    assert study.history.list() == before


async def test_the_keys_of_vim_move_by_sentence_and_page_and_copy(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "right_parenthesis", "right_parenthesis", "left_parenthesis")
        assert selected(pilot) == FIRST
        await press(pilot, "h", "h")
        assert selected(pilot) == "They came for the"
        await press(pilot, "l", "y")
        assert pilot.app.clipboard == "They came for the money"
        await press(pilot, "ctrl+d")
        assert selected(pilot).endswith("until March.")
        await press(pilot, "ctrl+u", "g", "g")
        assert selected(pilot) == "# The investor"
        await press(pilot, "down", "W", "u", "ctrl+r")
        assert study.codings.count() == 1


async def test_the_keys_of_vim_go_to_the_first_and_last_column(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "dollar_sign")
        assert pilot.app.screen.query_one(MatrixGrid).column == 1
        await press(pilot, "0")
        assert pilot.app.screen.query_one(MatrixGrid).column == 0


def test_the_keys_of_page_down_and_up_are_the_same_everywhere():
    down = {command.keys for command in catalogue() if command.id.endswith("page_down")}
    assert down == {("pagedown", "ctrl+f", "ctrl+d")}
    up = {command.keys for command in catalogue() if command.id.endswith("page_up")}
    assert up == {("pageup", "ctrl+b", "ctrl+u")}


async def test_keys_after_the_key_that_leaves_the_program_do_nothing(study: Project, run):
    before = study.history.list()
    async with run(study) as pilot:
        for key in ("q", "enter", "W", "i", "d"):  # at once, as when something is pasted
            pilot._send(key)
        await pilot.pause()
        assert pilot.app._exit
        assert [type(screen).__name__ for screen in pilot.app.screen_stack] == ["CodingScreen"]
    assert study.history.list() == before
