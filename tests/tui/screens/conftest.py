"""Fixtures: a study with tables, and functions that press keys."""

from __future__ import annotations

from shutil import copy
from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodingDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.tui.widgets.row_list import RowList
from tests.small_study import add_codings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOSS, TRUST, PAID = "Money/Who carries the loss", "People/Trust", "Money/Paid in advance"


@pytest.fixture(scope="session")
def tabled_file(study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with Project.open(copy(study_file, tmp_path_factory.mktemp("tabled")), coder="R1") as project:
        add_codings(project)
        add_tables(project)
        return project.path


@pytest.fixture
def tabled(tabled_file: Path, tmp_path: Path) -> Iterator[Project]:
    """Return the study with two tables. In m1, three codings have no case, and one coding has both cases."""
    with Project.open(copy(tabled_file, tmp_path), coder="R1") as project:
        yield project


def add_tables(coded: Project) -> None:
    coded.codings.add(CodingDraft("m1", TRUST, quote="Of all four she knows the cards."))
    coded.codings.add(CodingDraft("m1", LOSS, quote="In A it was the figures.", memo="which figures?"))
    coded.codings.add(CodingDraft("m1", LOSS, quote="In B it was the star."))
    coded.codings.add(CodingDraft("m1", PAID, quote="In C nobody asked.", cases=("SIB A", "SIB B")))
    rows = (
        RowDefinition("Loss", (LOSS,), note="Of the fund."),
        RowDefinition("Trust", (TRUST,), notes={"SIB A": "Until March."}),
        RowDefinition("Advance", (PAID,)),
    )
    coded.matrices.define(MatrixDefinition("table-1", "Table 1. What is there", rows))
    coded.matrices.define(MatrixDefinition("table-2", "Table 2. The loss alone", rows[:1], columns="sources"))


@pytest.fixture
def press():
    """Return a function that presses keys by their names, or types the text in `write=`."""

    async def pressing(pilot, *keys: str, write: str = "") -> None:
        await pilot.press(*keys, *("space" if sign == " " else sign for sign in write))
        await pilot.pause()

    return pressing


@pytest.fixture
def follow():
    """Return a function that presses the keys named in a line.

    `wait` waits for the background jobs, and `@row` goes to a row.
    """

    async def following(pilot, steps: str) -> None:
        for step in steps.split():
            if step == "wait":
                await pilot.at_rest()
                await pilot.pause()
            elif step[0] == "@":
                assert pilot.app.screen.query_one(RowList).go(step[1:])
                await pilot.pause()
            else:
                await pilot.press(step)

    return following
