"""The tables of the paper, built on the screen from an empty table with keys alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events

from sibtui.formats.study_folder.folder import read_study
from sibtui.formats.study_folder.matrix_toml import write_matrix
from sibtui.model.codebook import split_path
from sibtui.project import Project
from sibtui.tui.screens.matrix.screen import MatrixScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
    from tests.tui.pilot import PromptPilot

SAMPLE = Path(__file__).parents[3] / "sample_notes"
LINES = ("title", "name", "columns", "only", "cells", "rule", "evidence", "marks", "suffix", "lines", "rows")
PRESENT_ONLY = ("end", "up", "enter")


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {str(p.relative_to(SAMPLE)): p.read_bytes() for p in sorted(SAMPLE.rglob("*")) if p.is_file()}
    with Project.create(tmp_path_factory.mktemp("sample") / "sample.sibtui", draft=read_study(files)) as project:
        return project.path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(sample_file, tmp_path), coder="R2") as project:
        yield project


async def paste(pilot: PromptPilot, text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def change(pilot: PromptPilot, part: str, *keys: str, text: str | None = None) -> None:
    """Change a part of the form: go to its line, and answer its dialog with keys or a text."""
    await pilot.press("home", *["down"] * LINES.index(part), "enter", *keys)
    if text is not None:
        await paste(pilot, text)
        await pilot.press("enter")


async def add_row(pilot: PromptPilot, row: RowDefinition) -> None:
    await pilot.press("a")
    await paste(pilot, split_path(row.codes[0])[-1])
    await pilot.press("enter", "r", "ctrl+u")
    await paste(pilot, row.label)
    await pilot.press("enter")
    if row.note:
        await note(pilot, row.note)


async def note(pilot: PromptPilot, text: str) -> None:
    await pilot.press("n")
    await paste(pilot, text)
    await pilot.press("escape")


async def build(pilot: PromptPilot, table: MatrixDefinition, name: str) -> None:
    """Build a table from an empty table, and save it under a name."""
    await pilot.press("f3", "t")
    await change(pilot, "title", text=table.title)
    await change(pilot, "only", "a", "enter")
    await change(pilot, "marks", *PRESENT_ONLY)
    await pilot.press("end")
    for row in table.rows:
        await add_row(pilot, row)
    await pilot.at_rest()
    await pilot.press("tab", "g")
    for row in table.rows:
        for column, text in row.notes.items():
            await pilot.press("home", *["right"] * table.only.index(column))
            await note(pilot, text)
            await pilot.at_rest()
        await pilot.press("down")
    await pilot.press("w")
    await paste(pilot, name)
    await pilot.press("enter")


def printed(project: Project, name: str) -> tuple[object, ...]:
    """Return everything that the table prints. Its notes are numbered from 1."""
    shown = project.matrices.show(name, first_note=1)
    rows = [(row.label, row.note, dict(row.notes), [(c.mark, c.state) for c in row.cells]) for row in shown.rows]
    return shown.title, shown.columns, rows, shown.numbered(), shown.legend(), shown.about


@pytest.mark.parametrize(
    "number", [pytest.param(number, marks=[] if number == 2 else pytest.mark.slow) for number in (1, 2, 3, 4)]
)
async def test_every_table_of_the_paper_can_be_built_on_the_screen(sample: Project, run, number: int) -> None:
    given = sample.matrices.get(f"table-{number}")
    async with run(sample, size=(80, 24)) as pilot:  # the least to draw
        await build(pilot, given, "mine")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, MatrixScreen)
        assert pilot.app.screen.browser.name == "mine"
        for judgement in given.judgements:
            row = [each.label for each in given.rows].index(judgement.row)
            await pilot.press(
                "g", "home", *["down"] * row, *["right"] * given.only.index(judgement.column), "J", "g", "down", "enter"
            )
            await paste(pilot, judgement.because)
            await pilot.press("escape")
    assert printed(sample, "mine") == printed(sample, f"table-{number}")
    made = sample.matrices.stored("mine")
    assert write_matrix(replace(made, judgements=())) == write_matrix(replace(given, name="mine", judgements=()))
    assert [(j.row, j.column, j.verdict, j.because, j.basis) for j in made.judgements] == [
        (j.row, j.column, j.verdict, j.because, j.basis) for j in given.judgements
    ]
