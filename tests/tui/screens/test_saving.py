"""Failed saves.

The status shows the reason until a save succeeds. The screen does not freeze while it waits for a lock.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

from sibtui.model.drafts import CodingDraft
from sibtui.project import Project
from sibtui.project.shared.program_folders import folder
from sibtui.tui import app, saving
from sibtui.tui.crash_log import log_fault
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.memo_editor import MemoEditor
from sibtui.tui.widgets.progress_dialog import ProgressDialog
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

LOCKED = "NOT SAVED: another program is changing the study; try again when it has finished"


def unsaved(pilot) -> str:
    found = pilot.app.screen.query("#unsaved")
    return " ".join(found.first(TextLines).text.split()) if found else ""


def locked(path: Path, how: str = "IMMEDIATE") -> Any:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"BEGIN {how}")
    return closing(connection)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every wait for another program short."""
    monkeypatch.setattr(saving, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(app, "READ_SECONDS", 0.01)


@asynccontextmanager
async def never_frozen() -> AsyncIterator[list[float]]:
    """Return a measurement of the longest time for which the event loop was blocked."""
    longest = [0.0]

    async def beat() -> None:
        while True:
            before = monotonic()
            await asyncio.sleep(0.01)
            longest[0] = max(longest[0], monotonic() - before)

    beating = asyncio.create_task(beat())
    try:
        yield longest
    finally:
        beating.cancel()


async def until(pilot, true: Callable[[], bool]) -> None:
    end = monotonic() + 120
    while not true():
        assert monotonic() < end
        await asyncio.sleep(0.02)
        await pilot.pause()


def replace(project: Project) -> None:
    aside = project.path.with_name("newer.sibtui")
    Project.create(aside).close()
    aside.replace(project.path)


def protect(project: Project) -> None:
    project._session.store.query("PRAGMA query_only = ON")


async def code(pilot, press) -> None:
    await press(pilot, "W")  # the code with this key


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (
            lambda project: project.path.unlink(),
            "the file was moved, deleted or replaced by another program; open it again",
        ),
        (
            lambda project: project.path.rename(project.path.with_name("else.sibtui")),
            "the file was moved, deleted or replaced by another program; open it again",
        ),
        (replace, "the file was moved, deleted or replaced by another program; open it again"),
        (protect, "the file cannot be written; check the permissions of the file and its folder"),
    ],
    ids=["deleted", "moved", "replaced", "read-only"],
)
async def test_the_reason_of_a_failed_save_stays_in_the_status(study: Project, run, press, spoil, why: str) -> None:
    async with run(study, size=(80, 24)) as pilot:
        assert unsaved(pilot) == ""
        spoil(study)
        await code(pilot, press)
        if isinstance(pilot.app.screen, LetterMenu):  # it offers to open the file again
            await press(pilot, "escape")
        assert unsaved(pilot) == f"NOT SAVED: {why}"
        bar = pilot.app.screen.query_one("#unsaved", TextLines)
        assert bar.region.bottom == 24
        assert bar.region.y == pilot.app.screen.query_one("#status").region.bottom
        await press(pilot, "down", "x", "tab", "tab", "tab", "slash", "escape")
        assert unsaved(pilot) == f"NOT SAVED: {why}"
        await press(pilot, "f4")
        assert unsaved(pilot) == f"NOT SAVED: {why}"
        await press(pilot, "escape", "q")
        assert unsaved(pilot) == f"NOT SAVED: {why}"


@pytest.mark.slow
async def test_the_status_names_a_full_disk_until_a_save_succeeds(study: Project, run, press) -> None:
    store = study._session.store
    async with run(study) as pilot:
        store.query(f"PRAGMA max_page_count = {store.scalar('PRAGMA page_count')}")
        await press(pilot, "ctrl+n", write="many words " * 3)
        pilot.app.screen.query_one("TextArea").text = "word " * 20_000
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MemoEditor)
        await press(pilot, "escape")
        assert unsaved(pilot) == "NOT SAVED: there is no room left on the disk"
        await press(pilot, "U")  # there is nothing to do again: nothing is saved
        store.query("PRAGMA max_page_count = 100000")
        assert unsaved(pilot) == "NOT SAVED: there is no room left on the disk"
        await code(pilot, press)
        assert unsaved(pilot) == ""
        assert pilot.app.screen.query_one("#status").region.bottom == 36
    assert len(list(study.codings.list())) == 1
    assert len(list(study.codings.list())) == 1


@pytest.mark.usefixtures("hasty")
async def test_the_status_names_a_locked_study_until_a_save_succeeds(study: Project, run, press) -> None:
    async with run(study, size=(80, 24)) as pilot:
        with locked(study.path):
            await code(pilot, press)
            await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
            assert unsaved(pilot) == LOCKED
            await press(pilot, "down", "up")
            assert unsaved(pilot) == LOCKED
        await press(pilot, "minus")  # no coding is active: nothing is saved
        assert unsaved(pilot) == LOCKED
        await code(pilot, press)
        assert unsaved(pilot) == ""
    assert len(list(study.codings.list())) == 1


async def test_a_change_that_waits_for_another_program_is_saved_once_at_the_right_selection(
    study: Project, run, press
) -> None:
    async with run(study) as pilot, never_frozen() as longest:
        selected = pilot.app.screen.workspace.selection
        with locked(study.path):
            await code(pilot, press)
            assert isinstance(pilot.app.screen, ProgressDialog)
            await press(pilot, "down", "W", "x")  # they go to the box
            await asyncio.sleep(0.8)
            assert "waiting …" in pilot.app.screen.query_one(TextLines).text
            assert list(study.codings.list()) == []
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        assert unsaved(pilot) == ""
        (coding,) = study.codings.list()
        assert (coding.segment.start, coding.segment.end) == (selected.start, selected.end)
        assert pilot.app.screen.workspace.selection == selected
    assert longest[0] < saving.READ_SECONDS + 0.6, "the screen was frozen"


async def test_esc_stops_the_waiting_and_nothing_is_saved(study: Project, run, press) -> None:
    async with run(study) as pilot:
        with locked(study.path):
            await code(pilot, press)
            await press(pilot, "escape")
            assert isinstance(pilot.app.screen, CodingScreen)
            assert unsaved(pilot) == LOCKED
        await pilot.at_rest()
    assert list(study.codings.list()) == []


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("keys", [("greater_than_sign",), ("f2",), ("f3",), ("f4",), ("f5",), ("f6",), ("u",)])
async def test_an_unreadable_study_does_not_end_the_program(coded: Project, run, press, keys: tuple[str, ...]) -> None:
    async with run(coded) as pilot:
        with locked(coded.path, "EXCLUSIVE"):
            await press(pilot, *keys)
            await pilot.at_rest()
            pilot.app._look_for_changes()
            await pilot.pause()
        assert pilot.app.fault == ""
        await press(pilot, "escape", "escape")
    assert pilot.app.return_code in (None, 0)


@pytest.mark.usefixtures("hasty")
async def test_a_memo_that_could_not_be_saved_is_shown_again(coded: Project, run, press) -> None:
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket", "m", write="dear words")
        with locked(coded.path):
            await press(pilot, "ctrl+s")
            await until(pilot, lambda: isinstance(pilot.app.screen, MemoEditor))
            assert pilot.app.screen.edited_text == "dear words"
        await press(pilot, "ctrl+s")
        assert unsaved(pilot) == ""
    assert "dear words" in [coding.memo for coding in coded.codings.list()]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("key", ["f2", "f4", "f7"])
async def test_every_screen_shows_that_a_change_is_not_saved(coded: Project, run, press, key: str) -> None:
    async with run(coded, size=(80, 24)) as pilot:
        await press(pilot, key)
        with locked(coded.path):
            await press(pilot, "u")
            await until(pilot, lambda: not isinstance(pilot.app.screen, ProgressDialog))
        assert unsaved(pilot) == LOCKED
        assert pilot.app.screen.query_one("#unsaved").region.bottom == 24
        await press(pilot, "u")
        assert unsaved(pilot) == ""
        await press(pilot, "escape")
        assert unsaved(pilot) == ""


async def test_a_read_only_study_is_reported_at_the_start(study: Project, run, press) -> None:
    with closing(sqlite3.connect(study.path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT * FROM cases").fetchall()
        with Project.open(study.path) as project:
            async with run(project) as pilot:
                assert unsaved(pilot).startswith("READ ONLY: ")
                await code(pilot, press)
                assert "can be read but not changed" in unsaved(pilot)


@pytest.mark.parametrize("by", ["a key", "a resize"])
@pytest.mark.parametrize("key", ["f2", "f4", "f7", "f9", "f12"])
async def test_a_screen_that_cannot_read_the_study_goes_on_and_is_reloaded_later(
    key: str, by: str, coded: Project, run, press, hasty: None
) -> None:
    async def act(pilot) -> None:
        if by == "a key":
            await press(pilot, "G" if key == "f4" else "down")
        else:
            await pilot.resize_terminal(80, 24)
        await pilot.at_rest()

    coded.codings.add(CodingDraft("m1", "Trust", quote="In B it was the star."))
    async with run(coded) as pilot:
        await press(pilot, key)
        await act(pilot)
        expected = lines_of(pilot)
    async with run(coded) as pilot:
        await press(pilot, key)
        with locked(coded.path, "EXCLUSIVE"):
            await act(pilot)
        pilot.app._look_for_changes()
        await pilot.at_rest()
        assert lines_of(pilot) == expected
    assert not (folder("log") / "sibtui.log").exists()


@pytest.mark.parametrize("key", ["f2", "f4"])
async def test_a_screen_below_a_dialog_goes_on_if_the_study_cannot_be_read(
    key: str, coded: Project, run, press, hasty: None
) -> None:
    async with run(coded) as pilot:
        await press(pilot, key)
        below = pilot.app.screen
        await press(pilot, "question_mark")
        with locked(coded.path, "EXCLUSIVE"):
            below.call_after_refresh(below.reload)
            await pilot.at_rest()
            await press(pilot, "escape")
        assert pilot.app.screen is below
    assert not (folder("log") / "sibtui.log").exists()


async def test_the_import_dialog_waits_until_the_study_can_be_read(
    study: Project, run, press, hasty: None, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("A new note.", encoding="utf-8")
    async with run(study) as pilot:
        with locked(study.path, "EXCLUSIVE"):
            await press(pilot, "plus")
            assert isinstance(pilot.app.screen, CodingScreen)
        await press(pilot, "plus", write=str(tmp_path / "note.txt"))
        await press(pilot, "enter")
        await pilot.at_rest()
        with locked(study.path, "EXCLUSIVE"):
            await pilot.resize_terminal(80, 24)
            await pilot.at_rest()
            await press(pilot, "space")
        assert pilot.app.screen.query_one(RowList).rows
    assert not (folder("log") / "sibtui.log").exists()


def lines_of(pilot) -> list[str]:
    """Return the rows above the status bar, which keeps its message until the next key."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips()[: screen.query_one(MessageBar).region.y]
    return ["".join(piece.text for piece in strip) for strip in strips]


@pytest.mark.parametrize("below", [False, True], ids=["it alone", "below the help"])
async def test_the_line_about_unsaved_changes_is_wrapped_again_in_a_new_size(
    below: bool, study: Project, run, press
) -> None:
    def rows(pilot) -> list[str]:
        line = pilot.app.screen.query_one("#unsaved", TextLines)
        assert line.region.height == line.text.count("\n") + 1
        return line.text.splitlines()

    protect(study)
    async with run(study, size=(40, 12)) as pilot:
        await code(pilot, press)
        narrow = rows(pilot)
        assert len(narrow) > 1
    async with run(study, size=(200, 50)) as pilot:
        await code(pilot, press)
        wide = rows(pilot)
        assert len(wide) == 1
        for size, expected in (((40, 12), narrow), ((200, 50), wide)):
            if below:
                await press(pilot, "question_mark")
            await pilot.resize_terminal(*size)
            if below:
                await press(pilot, "escape")
            await pilot.at_rest()
            assert rows(pilot) == expected


def test_only_the_owner_can_read_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path / "log"))
    file = log_fault(ValueError("interview text"))
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)  # made by an earlier version
    log_fault(ValueError("interview text"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert "interview text" not in file.read_text()


async def test_no_message_claims_that_everything_is_saved_if_a_change_is_not(study: Project, run, press) -> None:
    async with run(study) as pilot:
        app = pilot.app
        assert app.state_of_changes() == "All changes shown on the screen are saved."
        protect(study)
        await code(pilot, press)
        app.record_error(ValueError("x"))
        assert "NOT SAVED: the file cannot be written" in app.fault
        assert "are saved" not in app.fault
        app.action_help_quit()
        await pilot.pause()
        assert any("the last change is not saved" in note.message for note in app._notifications)
