"""Exports from the screen.

They equal the exports of the command line, and a file is overwritten only after a warning.
"""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui import cli
from sibtui.project.exporting.catalogue import EXPORTS, by_key, validate_file
from sibtui.project.exports import Exports
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.matrix.screen import MatrixScreen
from sibtui.tui.screens.overview import OverviewScreen
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.progress_dialog import ProgressDialog
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines
from tests.sweeps import SIZES, in_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.project import Project

PATIENCE = 120.0


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which is empty."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def export(press):
    """Return a function that chooses an export and writes it to a file."""

    async def exporting(pilot, key: str, name: str) -> None:
        await press(pilot, "ctrl+e")
        assert isinstance(pilot.app.screen, Chooser)
        assert pilot.app.screen.query_one(RowList).go(key)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Prompt)
        pilot.app.screen.query_one("Input").value = name
        await press(pilot, "enter")
        await pilot.at_rest()

    return exporting


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def status(pilot) -> str:
    return pilot.app.screen.query_one("#status", TextLines).text


def box(pilot) -> str:
    """Return the lines on the choice in the dialog, joined to one line."""
    return " ".join(pilot.app.screen.query_one("#prompt-about", TextLines).text.split())


SAME = [
    ("report", "x.html", "export report"), ("tables", "x.docx", "matrix show -o"), ("tables", "x.xlsx", "matrix show -o"),
    ("tables", "x.md", "matrix show -o"), ("tables", "x.tex", "matrix show -o"), ("tables", "x.txt", "matrix show -o"),
    ("appendix", "x.html", "matrix evidence -o"), ("appendix", "x.docx", "matrix evidence -o"), ("appendix", "x.md", "matrix evidence -o"),
    ("appendix", "x.csv", "matrix evidence -o"), ("codebook", "x.docx", "code export"), ("codebook", "x.html", "code export"),
    ("codebook", "x.md", "code export"), ("codebook", "x.csv", "code export"), ("codebook", "x.toml", "code export"),
    ("codebook", "x.qdc", "export qdc"), ("codings", "x.csv", "export codings"), ("codings", "x.xlsx", "export codings"),
    ("qdpx", "x.qdpx", "export qdpx"), ("taguette", "x.csv", "export taguette-csv"),
]  # fmt: skip


def test_every_file_extension_has_a_comparison_with_the_command_line():
    held = {(key, Path(name).suffix) for key, name, _ in SAME}
    offered = {(export.key, ending) for export in EXPORTS for ending in export.endings}
    assert offered - held == {
        ("folder", ""),
        ("package", ""),
        ("replication", ""),
        ("sqlite", ".db"),
        ("sqlite", ".sqlite"),
    }


@pytest.mark.parametrize(
    ("key", "name", "command"),
    [
        pytest.param(*each, marks=[pytest.mark.slow] if each[1] not in {"x.tex", "x.csv", "x.qdpx"} else [])
        for each in SAME
    ],
)
async def test_the_screen_writes_the_same_file_as_the_command_line(
    key: str, name: str, command: str, tabled: Project, run, export, here: Path
):
    theirs = here / f"cli-{name}"
    assert cli.run(["-p", str(tabled.path), *command.split(), str(theirs)]) == 0
    async with run(tabled) as pilot:
        await export(pilot, key, name)
        if isinstance(pilot.app.screen, MessageBox):
            await pilot.press("enter")
            await pilot.pause()
        assert isinstance(pilot.app.screen, CodingScreen)
    assert (here / name).read_bytes() == theirs.read_bytes()


@pytest.mark.slow
async def test_a_folder_and_flat_tables_are_written(tabled: Project, run, export, here: Path):
    async with run(tabled) as pilot:
        await export(pilot, "folder", "text")
        assert "files; the history is left out" in status(pilot)
        await export(pilot, "sqlite", "flat.db")
        assert "cannot be made a study again" in status(pilot)
    assert (here / "text" / "codebook.toml").is_file()
    assert (here / "flat.db").read_bytes().startswith(b"SQLite")


async def test_losses_of_an_export_are_listed(tabled: Project, run, export, press):
    tabled.cases.set("SIB A", private_name="Secret town")
    async with run(tabled) as pilot:
        await export(pilot, "qdpx", "x.qdpx")
        assert isinstance(pilot.app.screen, MessageBox)
        message = pilot.app.screen.query_one(TextLines).text
        assert "Other programs will not see:" in message
        assert "counter-evidence" in message
        assert "the history and 1 private name are left out" in message.replace("\n", " ")
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, CodingScreen)


@pytest.mark.slow
async def test_an_existing_file_is_overwritten_only_after_a_second_enter(tabled: Project, run, press, here: Path):
    (here / "report.html").write_text("mine")
    async with run(tabled) as pilot:
        await press(pilot, "ctrl+e", "enter", "enter")
        assert "will be overwritten" in " ".join(pilot.app.screen.query_one(TextLines).text.split())
        assert (here / "report.html").read_text() == "mine"
        await press(pilot, "escape", "ctrl+e", "enter", "enter", "enter")
        await pilot.at_rest()
        assert "Wrote" in status(pilot)
    assert (here / "report.html").read_text().startswith("<!")


@pytest.mark.parametrize(("keys", "name"), [("", "y"), ("end", "x.mdy"), ("right", "x.mdy")])
async def test_typing_replaces_the_name_that_was_typed_before(keys: str, name: str, tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "ctrl+e", "enter", write="x.md")
        await press(pilot, "escape", "ctrl+e", "enter")
        assert "typed, not saved" in pilot.app.screen.query_one("#prompt").border_subtitle
        assert "typing replaces the name" in pilot.app.screen.query_one("#prompt").border_subtitle
        assert pilot.app.screen.query_one("Input").value == "x.md"
        await press(pilot, *keys.split(), write="y")
        assert pilot.app.screen.query_one("Input").value == name


async def test_a_study_is_never_overwritten(tabled: Project, run, press, export):
    other = tabled.path.with_name("codings.csv")
    other.write_bytes(tabled.path.read_bytes())
    before = other.read_bytes()
    async with run(tabled) as pilot:
        await export(pilot, "codings", str(other))
        await press(pilot, "enter")
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, MessageBox)
        assert "is not overwritten" in " ".join(pilot.app.screen.query_one(TextLines).text.split())
    assert other.read_bytes() == before


async def test_the_message_on_a_wrong_file_extension_names_the_right_extensions(
    tabled: Project, run, export, here: Path
):
    async with run(tabled) as pilot:
        await export(pilot, "codings", "x.pdf")
        assert "The file extension sets the format: .csv .xlsx" in pilot.app.screen.query_one(TextLines).text
    assert not files(here)


@pytest.mark.parametrize("line", ["", "/", "x" * 5000 + ".html", "no/such/x.html", "~nobody/x.html", "\0", "."])
def test_every_typed_file_name_gets_a_message(line: str):
    assert validate_file(by_key("report"), line).verdict == "no"


def test_a_folder_must_not_have_a_file_extension(here: Path):
    assert [validate_file(by_key("folder"), line).verdict == "no" for line in ("study.csv", "study.txt", "study.v2")] == [
        True, True, False,
    ]  # fmt: skip
    (here / "old.csv").mkdir()
    assert validate_file(by_key("folder"), "old.csv").verdict != "no"


async def test_esc_stops_an_export_and_leaves_no_file(
    tabled: Project, run, press, export, here: Path, monkeypatch: pytest.MonkeyPatch
):
    reached, go = threading.Event(), threading.Event()
    real = Exports.report_chunks

    def held(self: Exports) -> Iterator[bytes]:
        chunks = real(self)
        yield next(chunks)
        reached.set()
        assert go.wait(PATIENCE)
        yield from chunks

    monkeypatch.setattr(Exports, "report_chunks", held)
    async with run(tabled) as pilot:
        await press(pilot, "ctrl+e", "enter", "enter")
        assert await asyncio.to_thread(reached.wait, PATIENCE)
        assert isinstance(pilot.app.screen, ProgressDialog)
        await press(pilot, "escape")
        go.set()
        await pilot.at_rest()
        assert "nothing was written" in status(pilot)
    assert not files(here)


async def test_an_export_of_tables_reports_that_the_study_has_none(study: Project, run, export, here: Path):
    async with run(study) as pilot:
        await export(pilot, "appendix", "x.html")
        assert "No matrix is saved yet" in status(pilot)
    assert not files(here)


async def test_the_evidence_of_the_shown_table_is_exported(tabled: Project, run, press, here: Path):
    assert cli.run(["-p", str(tabled.path), "matrix", "evidence", "table-2", "-o", str(here / "cli.csv")]) == 0
    async with run(tabled) as pilot:
        await press(pilot, "f3", "right_square_bracket", "A")
        assert isinstance(pilot.app.screen, Prompt)
        pilot.app.screen.query_one("Input").value = "x.csv"
        await press(pilot, "enter")
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, MatrixScreen)
        assert "with coders and memos" in pilot.app.screen.query_one("#status-bar", TextLines).text
    assert (here / "x.csv").read_bytes() == (here / "cli.csv").read_bytes()


async def test_only_the_evidence_that_counts_is_exported(tabled: Project, run, press, here: Path):
    line = f"-p {tabled.path} matrix evidence table-2 --kind report -o"
    assert cli.run([*line.split(), str(here / "cli.csv")]) == 0
    async with run(tabled) as pilot:
        await press(pilot, "f3", "right_square_bracket")
        pilot.app.screen.browser.narrow("report")
        await press(pilot, "A")
        assert "Only the evidence of reports is written" in box(pilot)
        pilot.app.screen.query_one("Input").value = "x.csv"
        await press(pilot, "enter")
        await pilot.at_rest()
    assert (here / "x.csv").read_bytes() == (here / "cli.csv").read_bytes()


async def test_losses_are_listed_before_the_file_is_written(tabled: Project, run, press, here: Path):
    async with run(tabled) as pilot:
        await press(pilot, "ctrl+e")
        pilot.app.screen.query_one(RowList).go("codebook")
        await press(pilot, "enter")
        await pilot.at_rest()
        assert "will not see" not in box(pilot)
        pilot.app.screen.query_one("Input").value = "codes.qdc"
        await pilot.pause()
        assert "Other programs will not see:" in box(pilot)
        assert "origin, status, key or age of codes" in box(pilot)
    assert not files(here)


async def test_the_evidence_of_an_unsaved_table_is_exported(tabled: Project, run, press, here: Path):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "c", "down", "down", "enter", "A", "enter")
        await pilot.at_rest()
    assert (here / "appendix.html").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(("key", "screen"), [("escape", CodingScreen), ("f8", OverviewScreen)])
async def test_a_command_of_the_palette_exports(tabled: Project, run, press, here: Path, key: str, screen: type):
    async with run(tabled) as pilot:
        await press(pilot, key)
        await pilot.at_rest()
        await press(pilot, "ctrl+p", write="Export …")
        await pilot.at_rest()
        await press(pilot, "enter", "enter", "enter")
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, screen)
    assert (here / "report.html").is_file()


async def test_control_characters_in_names_are_drawn_inert(tabled: Project, run, press, export, here: Path):
    async with run(tabled) as pilot:
        await press(pilot, "ctrl+e", "enter")
        pilot.app.screen.query_one("Input").value = "[red]\x1b[2J\x9b\u202e[_].html"
        await press(pilot)
        assert not drawn(pilot) & set("\x1b\x9b\u202e")
        await press(pilot, "enter")
        await pilot.at_rest()
        assert not drawn(pilot) & set("\x1b\x9b\u202e")
        assert "[red]" in status(pilot)
    assert files(here)


def drawn(pilot) -> set[str]:
    return {sign for strip in pilot.app.screen._compositor.render_strips() for bit in strip for sign in bit.text}


@pytest.mark.parametrize("size", in_part(SIZES))
async def test_a_package_for_a_colleague_equals_that_of_the_command(size, tabled: Project, run, press, here: Path):
    label = tabled.cases.list()[0].label
    name = tabled.sources.names()[-1]
    async with run(tabled, size=size) as pilot:
        await press(pilot, "ctrl+e")
        assert pilot.app.screen.query_one(RowList).go("package")
        await press(pilot, "enter", write="R2 (Eva)")
        await press(pilot, "enter")
        rows = pilot.app.screen.query_one(RowList)
        assert rows.go(f"case {label}")
        await press(pilot, "space")
        assert rows.go(f"source {name}")
        await press(pilot, "space", "enter")
        assert pilot.app.screen.query_one("Input").value == "for-r2-eva"
        await press(pilot, "enter")
        await pilot.at_rest()
        if isinstance(pilot.app.screen, MessageBox):
            await press(pilot, "escape")
    expected = tabled.exports.package(here / "expected", "R2 (Eva)", cases=label, sources=name)
    for file in (here / "expected").rglob("*"):
        if file.is_file() and file.name != "study.toml":  # its time differs
            assert (here / "for-r2-eva" / file.relative_to(here / "expected")).read_bytes() == file.read_bytes()
    assert f'coder = "{expected.coder}"' in (here / "for-r2-eva" / "study.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", in_part(SIZES))
@pytest.mark.parametrize("bare", [False, True])
async def test_a_replication_package_equals_that_of_the_command(size, bare, tabled: Project, run, press, here: Path):
    name = f"{'Without the words of' if bare else 'With'} the notes"
    async with run(tabled, size=size) as pilot:
        await press(pilot, "ctrl+e")
        assert pilot.app.screen.query_one(RowList).go("replication")
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(RowList).go(f"{name}, although traces of people are found")
        await press(pilot, "enter")
        assert pilot.app.screen.query_one("Input").value == "for-reviewers"
        await press(pilot, "enter")
        await pilot.at_rest()
        if isinstance(pilot.app.screen, MessageBox):
            assert "left out" in pilot.app.screen.query_one(TextLines).text
            await press(pilot, "escape")
        else:
            assert "left out" in status(pilot)
    tabled.exports.replication_package(here / "expected", notes=not bare, despite_findings=True)
    for file in (here / "expected").rglob("*"):
        if file.is_file():
            assert (here / "for-reviewers" / file.relative_to(here / "expected")).read_bytes() == file.read_bytes()


async def test_a_replication_package_is_refused_with_advice(tabled: Project, run, press, here: Path):
    async with run(tabled) as pilot:
        await press(pilot, "ctrl+e")
        assert pilot.app.screen.query_one(RowList).go("replication")
        await press(pilot, "enter", "enter", "enter")
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, MessageBox)
        assert "traces of people" in pilot.app.screen.query_one(TextLines).text
    assert is_empty(here)


async def test_a_replication_package_can_be_left_at_each_question(tabled: Project, run, press, here: Path):
    async with run(tabled) as pilot:
        for keys in (["escape"], ["enter", "escape"]):
            await press(pilot, "ctrl+e")
            assert pilot.app.screen.query_one(RowList).go("replication")
            await press(pilot, "enter", *keys)
            await pilot.at_rest()
            assert isinstance(pilot.app.screen, CodingScreen)
    assert is_empty(here)


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


async def test_a_package_can_be_left_at_each_question(tabled: Project, run, press, here: Path):
    async with run(tabled) as pilot:
        for keys in (["escape"], ["enter", "escape"], ["enter", "enter", "escape"]):
            await press(pilot, "ctrl+e")
            assert pilot.app.screen.query_one(RowList).go("package")
            await press(pilot, "enter")
            pilot.app.screen.query_one("Input").value = "R2"
            await press(pilot, *keys)
            await pilot.at_rest()
            assert isinstance(pilot.app.screen, CodingScreen)
    assert is_empty(here)
