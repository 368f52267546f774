"""Every command, run by its key and by its title in the palette. The tests check the effect of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.command import CommandPalette
from textual.dom import DOMNode

from sibtui.tui.commands import Command, catalogue
from sibtui.workspace.session_state import SessionState
from tests.tui.classes import ours
from tests.tui.trials import TRIALS, Seen, Trial
from tests.tui.trials_elsewhere import ELSEWHERE

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project
    from tests.tui.pilot import PromptPilot

ALL = {**TRIALS, **ELSEWHERE}
APART = {"list", "welcome"}
"""The areas whose commands are tested in test_lists and test_welcome, because they need no study."""
COMMANDS = [command for command in catalogue() if command.area not in APART]


def test_every_command_has_a_trial_and_every_trial_has_a_command():
    tried = {(place, name) for place, trials in ALL.items() for name in trials}
    assert tried == {(command.area, command.id) for command in COMMANDS}


def test_a_command_that_the_palette_does_not_list_has_a_reason():
    assert [command.id for command in catalogue() if not command.palette and len(command.unlisted) < 20] == []


@pytest.mark.parametrize("command", [c for c in catalogue() if c.keys], ids=lambda command: command.id)
def test_all_keys_of_a_command_run_the_command_in_the_same_places(command: Command):
    def runs(kind: type, key: str) -> bool:
        found = kind._merged_bindings.key_to_bindings.get(key, []) if issubclass(kind, DOMNode) else []  # type: ignore[union-attr]
        return any((binding.id, binding.action) == (command.id, command.action) for binding in found)

    where = [kind for kind in ours() if runs(kind, command.keys[0])]
    assert where
    assert all(runs(kind, key) for kind in where for key in command.keys)


@pytest.fixture
def try_out(tabled: Project, run, follow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that goes to a state in which a command works, runs it, and checks its effect."""
    monkeypatch.chdir(tmp_path)

    async def trying(trial: Trial, give) -> None:
        memory = SessionState.load(tmp_path / "state.json")
        trial.arrange(tabled, memory.place(tabled.study.guid))
        async with run(tabled, memory=memory, size=(80, 24)) as pilot:  # a small screen, which is drawn fast
            seen = Seen(pilot)
            await follow(pilot, trial.before)
            assert not trial.then(seen)
            await give(pilot)
            await follow(pilot, trial.after)
            assert trial.then(seen)

    return trying


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, id=command.id, marks=[pytest.mark.slow] if at % 12 else [])
        for at, command in enumerate(c for c in COMMANDS if c.keys)
    ],
)
async def test_a_command_has_its_effect_by_its_key(command: Command, try_out):
    async def give(pilot: PromptPilot) -> None:
        await pilot.press(command.keys[0])

    await try_out(ALL[command.area][command.id], give)


@pytest.mark.slow
@pytest.mark.parametrize("command", [c for c in COMMANDS if c.palette], ids=lambda command: command.id)
async def test_a_command_has_its_effect_from_the_palette(command: Command, try_out):
    async def give(pilot: PromptPilot) -> None:
        await pilot.press("ctrl+p")
        assert isinstance(pilot.app.screen, CommandPalette)
        pilot.app.post_message(events.Paste(command.title))
        await pilot.pause()
        await pilot.at_rest()
        await pilot.press("enter")

    await try_out(ALL[command.area][command.id], give)
