"""The import dialog on real files, with its keys and with the palette."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import docx
import pytest
from textual import events

from sibtui.project import Project
from sibtui.project.importing import files as project_reading
from sibtui.project.importing.source_rows import SourceRowBuilder
from sibtui.tui.commands import commands_at
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.help import HelpScreen
from sibtui.tui.screens.import_box import ImportScreen
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.progress_dialog import ProgressDialog
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 120.0
HARMFUL = set("\x00\x07\x1b\x9b\u202e")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "empty.sibtui", coder="R1") as project:
        yield project


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with typical files: text, Word, an old encoding, a damaged file, a picture."""
    folder = tmp_path / "my notes"
    folder.mkdir()
    (folder / "a-first.txt").write_text("Anna: It was good.\nInterviewer: Why?\nAnna: The cards.\n")
    document = docx.Document()
    document.add_paragraph("A paragraph in Word.")
    document.save(folder / "b-word.docx")
    (folder / "c-old.txt").write_bytes(("Das Gebäude war für die Gäste zu schön. " * 9).encode("cp1252"))
    (folder / "d-broken.docx").write_bytes(b"PK\x03\x04 no")
    (folder / "e-picture.png").write_bytes(b"\x89PNG")
    return folder


def content(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection, connection:
        statements = "\n".join(connection.iterdump())
    connection.close()
    return statements


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def listed(pilot) -> list[str]:
    return [f"{row.mark}{row.text}" for row in pilot.app.screen.query_one(RowList).rows]


def drawn(pilot) -> set[str]:
    """Return the text on the screen."""
    return {sign for strip in pilot.app.screen._compositor.render_strips() for bit in strip for sign in bit.text}


@pytest.fixture
def look(press):
    """Return a function that opens the import dialog and reads the files of a path."""

    async def looking(pilot, line: object) -> None:
        await press(pilot, "plus")
        assert isinstance(pilot.app.screen, ImportScreen)
        pilot.app.screen.field.value = str(line)
        await press(pilot, "enter")
        await pilot.at_rest()

    return looking


async def test_a_newcomer_imports_a_folder_and_reads_the_first_note(empty: Project, run, press, look, notes: Path):
    async with run(empty, size=(80, 24)) as pilot:
        assert "+ brings notes in" in shown(pilot, "title")
        await look(pilot, notes)
        assert listed(pilot) == ["+ a-first", "+ b-word", "? c-old", "! d-broken.docx"]
        assert "3 sources to bring in, 1 refused" in shown(pilot, "incoming-message")
        assert "1 other file" in shown(pilot, "incoming-message")
        assert empty.sources.names() == ()
        await press(pilot, "enter")
        await pilot.at_rest()
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.workspace.source.name == "a-first"
        assert "Anna: It was good." in screen.note._layout.text
        assert [row.key for row in screen.sources.rows if row.key] == ["a-first", "b-word", "c-old"]
        await pilot.pause()
        assert "3 sources added" in shown(pilot, "status")
        assert len(empty.history.list()) == 1
        await press(pilot, "u")
        assert empty.sources.names() == ()
        assert "No source is open" in shown(pilot, "title")
        assert screen.workspace.text == ""
        await press(pilot, "U")
        assert empty.sources.names() == ("a-first", "b-word", "c-old")
        assert screen.workspace.source.name == "a-first"


async def test_the_open_note_stays_open_after_an_import(coded: Project, run, press, look, notes: Path):
    async with run(coded) as pilot:
        await press(pilot, "down")
        place = pilot.app.screen.workspace.selection
        await look(pilot, notes)
        await press(pilot, "enter")
        await pilot.at_rest()
        assert pilot.app.screen.workspace.source.name == "a1"
        assert pilot.app.screen.workspace.selection == place
        assert "b-word" in [row.key for row in pilot.app.screen.sources.rows]


async def test_the_overview_shows_imported_items(empty: Project, run, press, look, notes: Path):
    async with run(empty) as pilot:
        await press(pilot, "f8")
        assert "+ brings notes in" in pilot.app.screen.rows.empty
        await look(pilot, notes)
        await press(pilot, "enter")
        await pilot.at_rest()
        assert "3 sources" in shown(pilot, "figures")
        await press(pilot, "escape")
        assert pilot.app.screen.workspace.source.name == "a-first"


async def test_the_pane_shows_the_whole_item_of_each_row(empty: Project, run, press, look, notes: Path):
    async with run(empty) as pilot:
        await look(pilot, notes)
        assert "Anna: It was good." in shown(pilot, "incoming-item")
        await press(pilot, "down", "down")
        assert "read as cp1252, which is a guess" in shown(pilot, "incoming-item")
        assert "Gebäude" in shown(pilot, "incoming-item")
        await press(pilot, "down")
        assert "d-broken.docx" in shown(pilot, "incoming-item")
        assert "refused" in pilot.app.screen.rows.rows[3].right


@pytest.mark.slow
async def test_options_for_all_files_are_set_by_their_keys(study: Project, run, press, look, notes: Path):
    async with run(study) as pilot:
        await look(pilot, notes)
        await press(pilot, "c")
        assert "There are: SIB A, SIB B" in shown_ask(pilot)
        await press(pilot, write="SIB B; SIB N")
        assert "SIB N: new" in shown_ask(pilot)
        await press(pilot, "enter", "t", "t", "f", "f", "s")
        await pilot.at_rest()
        options = shown(pilot, "incoming-options")
        assert "case: SIB B, SIB N" in options
        assert "kind: document" in options
        assert "words: word for word" in options
        assert "speakers: recognised" in options
        assert "SIB N (new)" in shown(pilot, "incoming-item")
        await press(pilot, "down", "d", "enter")
        await pilot.at_rest()
        source = study.sources.get("a-first")
        assert (source.cases, source.kind, source.fidelity) == (("SIB B", "SIB N"), "document", "verbatim")
        assert source.attributes["participants"] == "Anna"
        assert "b-word" not in study.sources.names()


@pytest.mark.slow
async def test_a_dialog_asks_for_the_pattern_of_speakers(study: Project, run, press, look, tmp_path: Path):
    (tmp_path / "talk.txt").write_text("<An> They asked.\n<Bo> No.\n", encoding="utf-8")
    async with run(study, size=(80, 24)) as pilot:
        await look(pilot, tmp_path / "talk.txt")
        await press(pilot, "p", write="^<(?P<name>.+?)>")
        assert "has no group “speaker”" in shown_ask(pilot)
        await press(pilot, *["backspace"] * 10, write="speaker>.+?)>")
        await press(pilot, "enter")
        await pilot.at_rest()
        assert "speakers: by ^<(?P<" in shown(pilot, "incoming-options")
        await press(pilot, "enter")
        await pilot.at_rest()
    assert study.sources.get("talk").attributes["participants"] == "An; Bo"


@pytest.mark.slow
async def test_marked_files_have_their_own_case_kind_and_encoding(study: Project, run, press, look, notes: Path):
    async with run(study, size=(80, 24)) as pilot:
        await look(pilot, notes)
        await press(pilot, "space", "space")
        assert listed(pilot) == ["+*a-first", "+*b-word", "? c-old", "! d-broken.docx"]
        assert "for: 2 marked sources" in shown(pilot, "incoming-options")
        await press(pilot, "c", write="SIB B")
        await press(pilot, "enter", "t", "t", "space", "space")  # c-old is marked, and so is the damaged file
        await press(pilot, "a", "home", "down", "down", "space", "e")
        pilot.app.screen.query_one(RowList).go("cp437")
        await press(pilot, "enter")
        await pilot.at_rest()
        await press(pilot, "m")
        assert "Options for 1 marked source" in str(pilot.app.screen.query_one("#options").border_title)
        await press(pilot, "enter", "escape")
        await pilot.at_rest()
        assert "documents: codings or memos" in shown(pilot, "incoming-options")
        await press(pilot, "enter")
        await pilot.at_rest()
    found = {name: study.sources.get(name) for name in ("a-first", "b-word", "c-old")}
    assert [source.cases for source in found.values()] == [("SIB B",), ("SIB B",), ()]
    assert [source.kind for source in found.values()] == ["document", "document", "interview"]


async def test_marked_sources_are_left_out_while_the_cursor_is_on_a_damaged_file(
    study: Project, run, press, look, notes: Path
):
    async with run(study) as pilot:
        await look(pilot, notes)
        await press(pilot, "space", "space", "down", "d")
        assert pilot.app.screen.item.outcome == "refused"
        assert listed(pilot) == [" *a-first", " *b-word", "? c-old", "! d-broken.docx"]
        await press(pilot, "d", "space", "d")  # the damaged file is marked too
        assert listed(pilot) == [" *a-first", " *b-word", "? c-old", "!*d-broken.docx"]
        assert pilot.app.screen.preview.out == {"0.0", "1.0"}
        await press(pilot, "a", "d")  # without marks, the damaged file under the cursor cannot be left out
        assert pilot.app.screen.preview.out == {"0.0", "1.0"}


async def test_a_table_of_codings_is_previewed_and_imported(study: Project, run, press, look, tmp_path: Path):
    words = study.sources.text("a1").split("\n")[0][:30]
    rows = f'a1.txt,"{words}","Money; New"\na1,"words that nobody wrote",Money\n'
    (tmp_path / "coded.csv").write_text(f"document,excerpt,tag\n{rows}", encoding="utf-8")
    before = len(list(study.codings.list()))
    async with run(study) as pilot:
        await look(pilot, tmp_path / "coded.csv")
        assert "A table of codings: 0 codings to bring in, 2 rows not certain" in shown(pilot, "incoming-message")
        await press(pilot, "m", "end", "up", "up", "up", "up", "up", "up", "enter", write=";")
        await press(pilot, "enter", "escape")
        await pilot.at_rest()  # a dialog takes the keys while the quotes are looked for
        await press(pilot, "n")
        await pilot.at_rest()
        assert "2 codings to bring in, 1 row not certain, 1 new code" in shown(pilot, "incoming-message")
        assert len(list(study.codings.list())) == before
        await press(pilot, "end")
        assert "The most similar place" in shown(pilot, "incoming-item")
        await press(pilot, "enter")
        assert "It gets 1 row with the best places" in shown_ask(pilot)
        await press(pilot, "enter")
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, CodingScreen)
        assert "2 codings added, 1 row written to" in shown(pilot, "status")
    assert len(list(study.codings.list())) == before + 2
    assert (tmp_path / "coded-review.csv").read_text(encoding="utf-8").count("\n") == 2


async def test_a_dialog_asks_for_the_language_of_all_sources(study: Project, run, press, look, notes: Path):
    async with run(study, size=(80, 24)) as pilot:
        await look(pilot, notes)
        assert "language: guessed" in shown(pilot, "incoming-options")
        await press(pilot, "l", write="german")
        assert "is not a language code" in shown_ask(pilot)
        await press(pilot, "enter")
        assert "is not a language code" in shown_ask(pilot)
        await press(pilot, *["backspace"] * 6, write="de-AT")
        await press(pilot, "enter")
        assert "language: de" in shown(pilot, "incoming-options")
        await press(pilot, "enter")
        await pilot.at_rest()
    assert study.sources.get("a-first").language == "de"


async def test_the_language_of_the_study_is_shown(study: Project, run, press, look, notes: Path):
    study.set_study(language="fr")
    async with run(study) as pilot:
        await look(pilot, notes)
        assert "language: fr" in shown(pilot, "incoming-options")


def shown_ask(pilot) -> str:
    assert isinstance(pilot.app.screen, Prompt)
    return pilot.app.screen.query_one(TextLines).text


@pytest.mark.slow
async def test_a_chosen_encoding_reads_the_listed_files_again(empty: Project, run, press, look, notes: Path):
    async with run(empty) as pilot:
        await look(pilot, notes / "c-old.txt")
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, Chooser)
        pilot.app.screen.query_one(RowList).go("cp1251")
        await press(pilot, "enter")
        await pilot.at_rest()
        assert "Gebдude" in shown(pilot, "incoming-item")
        assert listed(pilot) == ["+ c-old"]
        await press(pilot, "e", "end", "enter", write="cp437")
        await press(pilot, "enter")
        await pilot.at_rest()
        assert "cp437" in shown(pilot, "incoming-options")


async def test_a_name_in_use_can_be_changed(study: Project, run, press, look, tmp_path: Path):
    (tmp_path / "a1.txt").write_text("Another a1.")
    async with run(study) as pilot:
        await look(pilot, tmp_path / "a1.txt")
        assert listed(pilot) == ["! a1"]
        await press(pilot, "enter")
        assert "nothing to bring in" in shown(pilot, "incoming-message")
        await press(pilot, "r")
        assert "Another source has this name" in shown_ask(pilot)
        await press(pilot, write=" bis")
        await press(pilot, "enter", "enter")
        await pilot.at_rest()
        assert study.sources.text("a1 bis") == "Another a1."


@pytest.mark.slow
async def test_sources_that_are_already_in_the_study_are_reported(study: Project, run, press, look, notes: Path):
    async with run(study) as pilot:
        await look(pilot, notes)
        await press(pilot, "enter")
        await pilot.at_rest()
        await look(pilot, notes)
        assert listed(pilot) == ["= a-first", "= b-word", "= c-old", "! d-broken.docx"]
        assert "3 already in the study" in shown(pilot, "incoming-message")


async def test_paths_are_completed_and_pasted(empty: Project, run, press, notes: Path):
    async with run(empty) as pilot:
        await press(pilot, "plus")
        screen = pilot.app.screen
        screen.field.value = str(notes.parent / "my")
        await press(pilot, "tab")
        assert screen.field.value == f"{notes.parent}/my\\ notes/"
        await press(pilot, "tab")
        assert "a-first.txt, b-word.docx" in shown(pilot, "incoming-message")
        await press(pilot, "a", "tab", "enter")
        await pilot.at_rest()
        assert listed(pilot) == ["+ a-first"]
        pilot.app.screen.post_message(events.Paste(f"'{notes}/b-word.docx' '{notes}/a-first.txt'\n"))
        await press(pilot)
        await press(pilot, "enter")
        await pilot.at_rest()
        assert listed(pilot) == ["+ b-word", "+ a-first"]


async def test_keys_that_arrive_together_keep_their_order(empty: Project, run, notes: Path):
    async with run(empty) as pilot:
        line = [events.Key("space" if sign == " " else sign, sign) for sign in f"{notes.parent}/my"]
        for key in (events.Key("plus", "+"), *line, events.Key("tab", None), events.Key("enter", None)):
            pilot.app.post_message(key)
        await pilot.pause()
        await pilot.at_rest()
        assert pilot.app.screen.field.value == f"{notes.parent}/my\\ notes/"
        assert len(listed(pilot)) == 4


async def test_a_codebook_is_previewed_and_imported(study: Project, run, press, look, tmp_path: Path):
    (tmp_path / "codes.csv").write_text("path,definition\nMoney,What things cost.\nMoney/[b]New[/b],What is new.\n")
    async with run(study) as pilot:
        await look(pilot, tmp_path / "codes.csv")
        assert listed(pilot) == ["= Money", "+ Money/[b]New[/b]"]
        await press(pilot, "down")
        assert "What is new." in shown(pilot, "incoming-item")
        await press(pilot, "c")
        assert "for notes and surveys" in shown(pilot, "incoming-message")
        await press(pilot, "enter")
        await pilot.at_rest()
        assert study.codes.get("Money/[b]New[/b]").definition == "What is new."
        assert "1 code added" in shown(pilot, "status")
        await press(pilot, "u")
        assert len(study.codes.list()) == 6


@pytest.mark.slow
async def test_a_code_that_differs_is_shown_and_changed_only_with_the_option(
    study: Project, run, press, look, tmp_path: Path
):
    long = "What people trust in, and what they do not. " * 9
    study.codes.set("Trust", definition=f"{long}One word.")
    (tmp_path / "codes.csv").write_text(f'path,definition\nMoney,Other words.\nPeople/Trust,"{long}Two words."\n')
    async with run(study) as pilot:
        await look(pilot, tmp_path / "codes.csv")
        assert listed(pilot) == ["≠ Money", "≠ People/Trust"]
        assert "2 already in the study; 2 differ and stay as they are" in shown(pilot, "incoming-message")
        item = shown(pilot, "incoming-item")
        assert "definition study: What things cost." in item
        assert "definition file: Other words." in item
        await press(pilot, "down")
        item = shown(pilot, "incoming-item")
        assert "definition study: … d what they do not. One word." in item
        assert "definition file: … d what they do not. Two words." in item
        await press(pilot, "enter")
        await pilot.at_rest()
        assert "2 left as they are" in shown(pilot, "status")
        assert study.codes.get("Money").definition == "What things cost."
        await look(pilot, tmp_path / "codes.csv")
        await press(pilot, "o")
        assert "changed to those of the file" in shown(pilot, "incoming-options")
        await press(pilot, "enter")
        await pilot.at_rest()
        assert study.codes.get("Money").definition == "Other words."


async def test_another_programs_project_is_refused_with_advice(study: Project, run, press, look, tmp_path: Path):
    (tmp_path / "theirs.qdpx").write_bytes(b"")
    async with run(study) as pilot:
        await look(pilot, tmp_path / "theirs.qdpx")
        assert "sibtui new STUDY --from" in shown(pilot, "incoming-message").replace("\n", " ")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodingScreen)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch):
    """Return a function that makes the third call of a function wait until the test releases it."""
    reached, go, calls = threading.Event(), threading.Event(), []

    def hold(owner: object, name: str):
        real = getattr(owner, name)

        def holding(*arguments, **options):
            calls.append(name)
            if len(calls) == 3:
                reached.set()
                assert go.wait(PATIENCE)
            return real(*arguments, **options)

        monkeypatch.setattr(owner, name, holding)
        return reached, go, calls

    yield hold
    go.set()


@pytest.fixture
def hundred(tmp_path: Path) -> Path:
    folder = tmp_path / "hundred"
    folder.mkdir()
    for number in range(100):
        (folder / f"n{number:03}.txt").write_text(f"This is note {number}.")
    return folder


async def test_esc_stops_the_reading_at_once_and_nothing_is_changed(study: Project, run, press, held, hundred: Path):
    before = study.path.read_bytes()
    reached, go, calls = held(project_reading, "read_source")
    async with run(study) as pilot:
        await press(pilot, "plus")
        pilot.app.screen.field.value = str(hundred)
        await press(pilot, "enter")
        assert await asyncio.to_thread(reached.wait, PATIENCE)
        assert isinstance(pilot.app.screen, ProgressDialog)
        await press(pilot, "escape")  # it works while a file is being read
        assert isinstance(pilot.app.screen, ImportScreen)
        assert "no file was read" in shown(pilot, "incoming-message")
        go.set()
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, ImportScreen)
        assert listed(pilot) == []
        await press(pilot, "escape", "escape")
    assert len(calls) == 3
    assert study.path.read_bytes() == before


async def test_esc_in_the_middle_of_storing_leaves_the_study_unchanged(
    study: Project, run, press, look, held, hundred: Path
):
    before = content(study.path)
    async with run(study) as pilot:
        await look(pilot, hundred)
        assert "100 sources to bring in" in shown(pilot, "incoming-message")
        reached, go, calls = held(SourceRowBuilder, "add_or_refuse")
        await press(pilot, "enter")
        assert await asyncio.to_thread(reached.wait, PATIENCE)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ProgressDialog)  # until the outcome is known
        go.set()
        await pilot.at_rest()
        assert "the study has not changed" in shown(pilot, "incoming-message")
        assert content(study.path) == before
        assert len(calls) == 3
        await press(pilot, "enter")
        await pilot.at_rest()
        assert len(study.sources.names()) == 103
        await press(pilot, "u")
        assert len(study.sources.names()) == 3


async def test_a_bar_shows_the_progress_of_an_import(study: Project, run, press, held, hundred: Path):
    reached, go, _ = held(project_reading, "read_source")
    async with run(study) as pilot:
        await press(pilot, "plus")
        pilot.app.screen.field.value = str(hundred)
        await press(pilot, "enter")
        assert await asyncio.to_thread(reached.wait, PATIENCE)
        await pilot.pause()
        assert (
            "of 100" in pilot.app.screen.query_one(TextLines).text
            or "looking" in pilot.app.screen.query_one(TextLines).text
        )
        go.set()
        await pilot.at_rest()
        assert len(listed(pilot)) == 100


@pytest.mark.slow
async def test_control_characters_in_names_are_drawn_inert(study: Project, run, press, look, tmp_path: Path):
    folder = tmp_path / "evil \x1b[31m"
    folder.mkdir()
    (folder / "[red]a[_] \x1b]0;x\x07 \u202e.txt").write_text("[b]x[/] \x1b[5m\u202e words")
    (folder / "[_]\x1b[2J.docx").write_bytes(b"no")
    (tmp_path / "[x]\x9b.csv").write_text("path,definition\n[i]\x1b[3m,[/] \x1b[4m\n")
    async with run(study) as pilot:
        for path, name, keys in ((folder, "[red]a[_]", "down r escape"), (tmp_path / "[x]\x9b.csv", "[i]", "down up")):
            await look(pilot, path)
            assert name in "".join(listed(pilot))
            for key in ("", *keys.split(), "question_mark", "escape", "slash", "tab"):
                await press(pilot, *key.split())
                assert not drawn(pilot) & HARMFUL, key
            await press(pilot, "escape")
        await look(pilot, folder)
        await press(pilot, "enter")
        await pilot.at_rest()
        assert not drawn(pilot) & HARMFUL
        assert any("[red]a[_]" in row for row in listed(pilot))


@pytest.mark.slow
async def test_the_palette_opens_the_import_dialog_and_runs_each_of_its_commands(
    study: Project, run, press, notes: Path
):
    async with run(study) as pilot:
        await press(pilot, "ctrl+p", write="bring notes in")
        await pilot.at_rest()
        await press(pilot, "enter")
        box = pilot.app.screen
        assert isinstance(box, ImportScreen)
        box.field.value = str(notes)
        await press(pilot, "enter")
        await pilot.at_rest()
        await press(pilot, "ctrl+p", write="leave the source")
        await pilot.at_rest()
        await press(pilot, "enter")
        assert listed(pilot)[0] == "  a-first"
        ends = {"incoming.bring", "incoming.close"}
        for command in commands_at("incoming"):
            if command.id not in ends:
                await pilot.app.run_action(command.action, pilot.app.screen)
                await pilot.at_rest()
                if pilot.app.screen is not box:
                    pilot.app.pop_screen()
                    await pilot.pause()
        await pilot.app.run_action("screen.run_command('incoming.bring')", box)
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, CodingScreen)
        assert study.sources.names()[3:] == ("b-word",)  # two were left out


async def test_the_help_lists_the_keys_of_the_import_dialog(study: Project, run, press, look, notes: Path):
    async with run(study) as pilot:
        await look(pilot, notes)
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        help_text = pilot.app.screen.query_one("#help-lines", TextLines).text
        assert all(command.help[:20] in help_text for command in commands_at("incoming"))


def test_no_two_commands_of_the_import_dialog_share_a_key():
    keys = [key for command in commands_at("incoming", "list") for key in command.keys]
    assert len(keys) == len(set(keys))


async def test_an_unexpected_error_is_reported_without_its_text(
    study: Project, run, press, look, notes: Path, monkeypatch
):
    def broken(*_: object, **__: object) -> None:
        raise ValueError("the words were: Anna")

    async with run(study) as pilot:
        await look(pilot, notes)
        monkeypatch.setattr(SourceRowBuilder, "add_or_refuse", broken)
        await press(pilot, "enter")
        await pilot.at_rest()
        message = shown(pilot, "incoming-message")
        assert "The action failed" in message
        assert "Anna" not in message
        assert len(study.sources.names()) == 3
