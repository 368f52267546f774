"""A command or a screen that is killed at any step loses nothing that was acknowledged, and leaves a sound study."""

from __future__ import annotations

import asyncio
import random
import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui import Project

from .commands import CHANGES, EXPORTS, count_steps, in_child, kill_at, make_scene, problems, run_command, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from .figures import Figures

pytestmark = pytest.mark.slow
KILLS_OF_A_CHANGE = 9
KILLS_OF_AN_EXPORT = 8
KILLS_BY_TIME = 60
KILLS_OF_THE_SCREEN = 20
assert KILLS_OF_A_CHANGE * len(CHANGES) + KILLS_OF_AN_EXPORT * len(EXPORTS) + KILLS_BY_TIME + KILLS_OF_THE_SCREEN >= 300


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_scene(tmp_path_factory.mktemp("kills") / "scene").folder


@pytest.fixture
def copies(scene: Path, tmp_path: Path) -> Callable[[], Path]:
    """A function that returns a fresh copy of the scene."""
    made = iter(range(1000))

    def fresh() -> Path:
        return shutil.copytree(scene, tmp_path / str(next(made)))

    return fresh


def steps_of(folder: Path, command: str) -> int:
    """Return the number of steps of a whole run."""

    def counted(report: Callable[[int], None]) -> int:
        count_steps(report)
        return run_command(command)

    ended = in_child(folder, counted)
    assert ended.status == 0, (command, ended.message)
    return ended.steps


def killed(folder: Path, command: str, step: int) -> None:
    def work(_: Callable[[int], None]) -> int:
        count_steps(kill_at(step))
        return run_command(command)

    assert in_child(folder, work).status == -9, (command, step)


def spread(steps: int, number: int) -> list[int]:
    """Return `number` steps between the first and the last; more of them near the end, where files get their names."""
    return sorted({max(1, round(steps * (1 - (1 - part / number) ** 2))) for part in range(1, number + 1)})


@pytest.mark.parametrize("command", CHANGES)
def test_a_change_that_is_killed_is_whole_or_has_not_happened(
    copies: Callable[[], Path], command: str, figures: Figures
) -> None:
    folder = copies()
    before = state(folder / "study.sibtui")
    steps = steps_of(folder, command)
    after = state(folder / "study.sibtui")
    assert before != after
    for step in spread(steps, KILLS_OF_A_CHANGE):
        folder = copies()
        killed(folder, command, step)
        assert problems(folder / "study.sibtui") == [], step
        found = state(folder / "study.sibtui")
        assert found in (before, after), step
        if found == before:  # the command can be given again
            assert in_child(folder, lambda _: run_command(command)).status == 0
            assert state(folder / "study.sibtui") == after
        figures.add("kills")
        shutil.rmtree(folder)


@pytest.mark.parametrize("command", EXPORTS)
def test_an_export_that_is_killed_leaves_the_study_and_no_half_file(
    copies: Callable[[], Path], command: str, figures: Figures
) -> None:
    folder = copies()
    study = (folder / "study.sibtui").read_bytes()
    steps = steps_of(folder, command)
    written = {path.name for path in folder.iterdir()}
    for step in spread(steps, KILLS_OF_AN_EXPORT):
        folder = copies()
        killed(folder, command, step)
        assert (folder / "study.sibtui").read_bytes() == study, step
        again = in_child(folder, lambda _: run_command(command))
        if again.status == 1:  # the file has its name already: then it is whole
            assert "already exists" in again.message, again.message
        assert again.status in (0, 1), again.message
        assert written <= {path.name for path in folder.iterdir()}, step
        figures.add("kills")
        shutil.rmtree(folder)


def test_a_change_that_is_killed_at_any_time_is_whole_or_has_not_happened(
    copies: Callable[[], Path], figures: Figures
) -> None:
    luck = random.Random(12)
    command = "coding import codings.csv"
    folder = copies()
    before = state(folder / "study.sibtui")
    steps_of(folder, command)
    after = state(folder / "study.sibtui")
    ends = set()
    for _ in range(KILLS_BY_TIME):
        folder = copies()
        in_child(folder, lambda _: run_command(command), seconds=luck.uniform(0.005, 0.25))
        assert problems(folder / "study.sibtui") == []
        found = state(folder / "study.sibtui")
        assert found in (before, after)
        ends.add(found == after)
        figures.add("kills")
        shutil.rmtree(folder)


KEYS = ("down", "enter", "t", "r", "enter", "down", "space", "ctrl+z", "U", "down", "down", "space")


def test_a_screen_that_is_killed_loses_nothing_that_it_showed_as_saved(
    copies: Callable[[], Path], figures: Figures
) -> None:
    folder = copies()
    whole = in_child(folder, on_screen)
    assert whole.status == 0, whole.message
    states = [digest(copies()), *shown_states(folder)]
    assert len(set(states)) > 4
    for step in spread(whole.steps, KILLS_OF_THE_SCREEN):
        folder = copies()
        ended = in_child(folder, lambda _, step=step: on_screen(kill_at(step)))
        assert ended.status in (-9, 0), ended.message  # timers make the number of steps differ a little
        assert problems(folder / "study.sibtui") == []
        shown = len(shown_states(folder))
        assert digest(folder) in states[shown : shown + 2], step
        figures.add("kills", int(ended.status == -9))
        shutil.rmtree(folder)


def on_screen(at_step: Callable[[int], None]) -> int:
    """Press the keys in the study of the current folder; note the state of the file after each key that the screen has answered."""
    from sibtui.tui.app import SibtuiApp
    from sibtui.workspace.session_state import SessionState
    from tests.tui.pilot import piloted

    async def press() -> None:
        with Project.open("study.sibtui", coder="Ana") as study:
            app = SibtuiApp(study, memory=SessionState.load(Path("state.json")))
            async with piloted(app, (100, 30)) as pilot:
                for key in KEYS:
                    await pilot.press(key)
                    note_state()

    count_steps(at_step)
    asyncio.run(press())
    return 0


def note_state() -> None:
    with Path("shown.txt").open("a") as shown:
        shown.write(f"{digest(Path())}\n")


def shown_states(folder: Path) -> list[str]:
    noted = folder / "shown.txt"
    return noted.read_text().split() if noted.exists() else []


def digest(folder: Path) -> str:
    return sha256(repr(state(folder / "study.sibtui")).encode()).hexdigest()
