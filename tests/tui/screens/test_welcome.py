"""The welcome screen. Its keys make, open or show a study, and then the study opens."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events

from sibtui.errors import StudyFileError
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.project import Project
from sibtui.project.importing.create_from import validate_origin
from sibtui.tui import run as running
from sibtui.tui.commands import by_id, commands_at
from sibtui.tui.screens import welcome as welcome_module
from sibtui.tui.screens.welcome import WelcomeApp, WelcomeChoice, file_for, validate_existing, validate_new
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace.session_state import SessionState, StudyState
from tests.tui.pilot import piloted


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which is empty."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def welcome(folder: Path, tmp_path: Path):
    """Return a function that starts the welcome screen with recent studies."""

    @asynccontextmanager
    async def welcoming(*lately: Path, size: tuple[int, int] = (80, 24), message: str = ""):
        memory = SessionState(tmp_path / "state.json")
        memory.places = {str(number): StudyState({"path": str(path)}) for number, path in enumerate(reversed(lately))}
        app = WelcomeApp(memory, folder=folder, message=message)
        async with piloted(app, size) as pilot:
            yield pilot

    return welcoming


def made(path: Path) -> Path:
    Project.create(path).close()
    return path


async def test_a_study_is_made_after_its_name_is_typed(welcome, folder: Path, press):
    async with welcome() as pilot:
        await press(pilot, "n")
        await press(pilot, write="My study")
        await press(pilot, "enter")
    assert pilot.app.return_value == WelcomeChoice(Path("My study.sibtui"))
    with Project.open(folder / "My study.sibtui") as study:
        assert study.study.name == "My study"


async def test_an_existing_study_is_not_made_again(welcome, folder: Path, press):
    before = made(folder / "s.sibtui").read_bytes()
    async with welcome() as pilot:
        await press(pilot, "n")
        await press(pilot, write="s")
        assert "already" in pilot.app.screen.query_one(TextLines).text
        await press(pilot, "enter", "escape", "q")
    assert pilot.app.return_value is None
    assert (folder / "s.sibtui").read_bytes() == before


async def test_enter_opens_the_study_in_this_folder(welcome, folder: Path, press):
    made(folder / "s.sibtui")
    async with welcome() as pilot:
        await press(pilot, "enter")
    assert pilot.app.return_value == WelcomeChoice(folder / "s.sibtui")


async def test_recent_studies_are_listed_newest_first_with_their_folders(welcome, tmp_path: Path, press):
    lately = [made(tmp_path / f"{name}.sibtui") for name in ("new[b]", "old")]
    gone = tmp_path / "gone.sibtui"
    async with welcome(*lately, gone) as pilot:
        rows = [row for row in pilot.app.screen.query_one(RowList).rows if (row.key or "").startswith("file:")]
        assert [row.text for row in rows] == ["new[b].sibtui", "old.sibtui"]
        assert str(tmp_path.name) in rows[0].right
        await press(pilot, "down", "enter")
    assert pilot.app.return_value == WelcomeChoice(lately[1])


@pytest.mark.slow
async def test_a_study_is_opened_by_its_path(welcome, tmp_path: Path, press):
    there = made(tmp_path / "there.sibtui")
    async with welcome() as pilot:
        await press(pilot, "o")
        await press(pilot, write=str(tmp_path / "the"))
        assert "Existing: there.sibtui" in pilot.app.screen.query_one(TextLines).text
        await press(pilot, "enter", write="re")
        await press(pilot, "enter")
    assert pilot.app.return_value == WelcomeChoice(there)


@pytest.mark.parametrize(("keys", "chosen"), [(["d"], WelcomeChoice(None)), (["q"], None), (["escape"], None)])
async def test_keys_of_the_welcome_screen_open_the_sample_or_leave(
    welcome, press, keys: list[str], chosen: WelcomeChoice | None
):
    async with welcome() as pilot:
        await press(pilot, *keys)
    assert pilot.app.return_value == chosen


# Every command of the welcome screen: the keys to press after it, and the resulting choice.
CHOICES = {
    "welcome.choose": ("", WelcomeChoice(Path("s.sibtui"))),
    "welcome.new": ("M y enter", WelcomeChoice(Path("My.sibtui"))),
    "welcome.open": ("s . s i b t u i enter", WelcomeChoice(Path("s.sibtui"))),
    "welcome.from": ("t h e i r s enter enter", WelcomeChoice(Path("theirs.sibtui"))),
    "welcome.demo": ("", WelcomeChoice(None)),
    "welcome.leave": ("", None),
}


def test_every_command_of_the_welcome_screen_has_a_test():
    assert set(CHOICES) == {command.id for command in commands_at("welcome")}


@pytest.mark.parametrize("way", ["key", "palette"])
@pytest.mark.parametrize("name", CHOICES)
async def test_a_command_has_its_effect_by_key_and_from_the_palette(welcome, folder: Path, press, name: str, way: str):
    with Project.open(made(folder / "s.sibtui")) as study:
        study.exports.folder(folder / "theirs")
    after, choice = CHOICES[name]
    async with welcome() as pilot:
        if way == "key":
            await press(pilot, by_id(name).keys[0])
        else:
            await press(pilot, "ctrl+p")
            pilot.app.post_message(events.Paste(by_id(name).title))
            await pilot.pause()
            await pilot.at_rest()
            await press(pilot, "enter")
        await press(pilot, *after.split())
        if name == "welcome.from":  # a message lists what came in
            await pilot.at_rest()
            await press(pilot, "enter")
        assert pilot.app._exit
    chosen = pilot.app.return_value
    assert chosen == choice or (
        chosen.file is not None and choice.file is not None and chosen.file.name == choice.file.name
    )


async def test_enter_on_a_row_of_the_welcome_screen_runs_its_command(welcome, press):
    async with welcome() as pilot:
        await press(
            pilot, "home", "enter", "escape", "down", "enter", "escape", "down", "enter", "escape", "down", "enter"
        )
    assert pilot.app.return_value == WelcomeChoice(None)


async def test_the_cause_of_a_failure_is_shown(welcome):
    async with welcome(message="It is [b]damaged[/b].") as pilot:
        assert "It is [b]damaged[/b]." in pilot.app.screen.query_one("#welcome-message", TextLines).text


async def begin(pilot, press, origin: object, *keys: str) -> None:
    """Type the path of another program's project, and accept the proposed name of the study."""
    await press(pilot, "f")
    pilot.app.screen.query_one("Input").value = str(origin)
    await press(pilot, *keys, "enter")


async def test_a_study_begins_with_another_programs_project(welcome, folder: Path, tmp_path: Path, press):
    with Project.create(tmp_path / "first.sibtui", name="Four contracts") as study:
        study.sources.add([SourceDraft("a1", "She knows the cards. [b]x[/b]", cases=("SIB A",))])
        study.codings.add(CodingDraft("a1", study.codes.add(CodeDraft("Trust")).path, quote="She knows the cards."))
        study.exports.qdpx(tmp_path / "theirs[b].qdpx")
    async with welcome() as pilot:
        await begin(pilot, press, tmp_path / "theirs", "tab")
        assert pilot.app.screen.query_one("Input").value == "theirs[b]"
        assert not (folder / "theirs[b].sibtui").exists()
        await press(pilot, "enter")
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, MessageBox)
        message = pilot.app.screen.query_one(TextLines).text
        assert "1 source, 1 case, 1 code, 1 coding" in message
        assert "offsets were taken as" in message
        await press(pilot, "enter")
    assert pilot.app.return_value == WelcomeChoice(Path("theirs[b].sibtui"))
    with Project.open(folder / "theirs[b].sibtui") as study:
        assert [coding.quote for coding in study.codings.list()] == ["She knows the cards."]


async def test_a_study_begins_with_a_folder_of_plain_text(welcome, folder: Path, tmp_path: Path, press):
    with Project.create(tmp_path / "first.sibtui") as study:
        study.sources.add([SourceDraft("a1", "She knows the cards.")])
        study.exports.folder(tmp_path / "plain")
    async with welcome() as pilot:
        await begin(pilot, press, tmp_path / "plain")
        await press(pilot, "enter")
        await pilot.at_rest()
        await press(pilot, "enter")
    with Project.open(folder / "plain.sibtui") as study:
        assert study.sources.names() == ("a1",)


async def test_no_study_is_made_from_an_unreadable_project(welcome, folder: Path, tmp_path: Path, press):
    (tmp_path / "broken.qdpx").write_bytes(b"PK no")
    async with welcome() as pilot:
        await begin(pilot, press, tmp_path / "broken.qdpx")
        await press(pilot, "enter")
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, MessageBox)
        assert "cannot be opened as a REFI-QDA" in " ".join(pilot.app.screen.query_one(TextLines).text.split())
        await press(pilot, "escape", "q")
    assert not (folder / "broken.sibtui").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "project of another program"), ("no.qdpx", "There is no"), ("a.sibtui", "a study itself"), ("a.pdf", "begins with one of these"),
     ("mine", "not the export of a study"), ("x" * 5000, "too long"), ("\0", "not the export of a study")],
)  # fmt: skip
def test_a_file_that_is_not_a_project_is_refused(folder: Path, name: str, message: str):
    made(folder / "a.sibtui")
    (folder / "a.pdf").touch()
    (folder / "mine").mkdir()
    answer = validate_origin(name)
    assert answer.verdict == "no"
    assert message in answer.message


def test_the_home_folder_sign_and_a_missing_file_extension_are_understood(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", os.sep + "home")
    assert file_for(" ~/a study ") == Path("/home/a study.sibtui")
    assert file_for("x.y.sibtui") == Path("x.y.sibtui")


@pytest.mark.parametrize("name", ["", " ", "/", "..", "~", "~nobody/x", "a/b", "x\0y", "[*]", "x" * 400])
def test_every_typed_name_gets_a_message(folder: Path, name: str):
    assert validate_new(name).message
    assert validate_existing(name).verdict == "no"


@pytest.fixture
def choices(monkeypatch: pytest.MonkeyPatch, folder: Path):
    """Return two lists. The first has the choices that the welcome screen returns one after the other.

    The second collects the studies opened.
    """
    answers: list[WelcomeChoice | None] = []
    opened: list[tuple[str, bool, str]] = []

    class Answering:
        return_code = 0

        def __init__(self, memory: SessionState, *, folder: Path, message: str = "") -> None:
            self.message = message

        def run(self) -> WelcomeChoice | None:
            opened.append(("welcome", False, self.message))
            return answers.pop(0)

    def open_study(file: Path, *, passing: bool = False) -> int:
        if not file.is_file():
            raise StudyFileError(f"There is no study {file}.")
        opened.append((file.name, passing, ""))
        return 3

    monkeypatch.setattr(welcome_module, "WelcomeApp", Answering)
    monkeypatch.setattr(running, "open_study", open_study)
    return answers, opened


def test_the_chosen_study_is_opened(choices, folder: Path):
    answers, opened = choices
    answers.append(WelcomeChoice(made(folder / "s.sibtui")))
    assert running.open_welcome(lambda _: None) == 3
    assert opened == [("welcome", False, ""), ("s.sibtui", False, "")]


def test_the_sample_is_made_and_opened_and_not_listed_as_recent(choices):
    answers, opened = choices
    answers.append(WelcomeChoice(None))
    assert running.open_welcome(made) == 3
    assert opened[1] == ("demo.sibtui", True, "")


def test_the_welcome_screen_is_shown_again_if_a_study_cannot_be_opened(choices, folder: Path):
    answers, opened = choices
    answers += [WelcomeChoice(folder / "gone.sibtui"), None]
    assert running.open_welcome(made) == 0
    assert opened[1][2].startswith("There is no study")
