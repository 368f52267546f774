"""The claims of a paper on the overview: their numbers, the list, and the way to the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.claims.claim import Claim
from sibtui.tui.screens.matrix.screen import MatrixScreen
from sibtui.tui.widgets.text_lines import TextLines
from tests.sweeps import SIZES, in_part

if TYPE_CHECKING:
    from sibtui.project import Project


@pytest.fixture
def claimed(tabled: Project) -> tuple[Project, str, str]:
    """A study with four claims, and the name and the last row of its last table."""
    table = tabled.matrices.list()[-1]
    label = table.rows[-1].label
    tabled.claims.load(
        [
            Claim("C1", "It is in all.", rows=((table.name, label),), statement="in at most 99"),
            Claim(
                "C2",
                "It is in none of them.",
                rows=((table.name, label),),
                statement="in at least 99",
                human="told by a co-author",
            ),
            Claim("C3", "Nine cases.", registry="cases", statement="nine"),
            Claim("C4", "No rows."),
        ]
    )
    return tabled, table.name, label


async def opened(pilot, press) -> None:
    await press(pilot, "f8")
    await pilot.at_rest()
    await pilot.pause()


@pytest.mark.parametrize("size", in_part(SIZES))
async def test_the_overview_counts_and_lists_the_claims(claimed, run, press, size):
    project, _, _ = claimed
    async with run(project, size=size) as pilot:
        await opened(pilot, press)
        rows = pilot.app.screen.rows.rows
        (head,) = [row.text for row in rows if row.text.startswith("Claims: ")]
        assert head.endswith("2 contradicted, 1 not checkable")
        listed = [row.text.partition("  ")[0] for row in rows if (row.key or "").startswith("claim:")]
        assert (listed[:2], listed[-1]) == (["C2", "C3"], "C1")


async def test_enter_on_a_claim_goes_to_its_row(claimed, run, press):
    project, name, label = claimed
    async with run(project) as pilot:
        await opened(pilot, press)
        assert pilot.app.screen.rows.go("claim:1")
        await pilot.pause()
        detail = pilot.app.screen.query_one("#overview-detail", TextLines).text.replace("\n", " ")
        assert "C2: contradicted" in detail
        assert "kept: told by a co-author" in detail
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MatrixScreen)
        assert pilot.app.screen.browser.name == name
        assert pilot.app.screen.browser.matrix.rows[pilot.app.screen.grid.row].label == label


async def test_enter_on_a_claim_without_a_row_reports_it(claimed, run, press):
    project, _, _ = claimed
    async with run(project) as pilot:
        await opened(pilot, press)
        assert pilot.app.screen.rows.go("claim:2")
        await press(pilot, "enter")
        assert "has no row in a table" in pilot.app.screen.query_one("#status-bar", TextLines).text
