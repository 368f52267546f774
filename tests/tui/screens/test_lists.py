"""Lists. All of them move by the same keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.model.segments import Segment
from sibtui.tui.commands import by_id, commands_at
from sibtui.tui.screens.evidence import EvidenceScreen

if TYPE_CHECKING:
    from sibtui.project import Project
    from sibtui.tui.screens.codebook.screen import CodebookScreen

MOVES = {
    "list.down": ("home", range(1, 2)),
    "list.up": ("end", range(58, 59)),
    "list.page_down": ("home", range(3, 40)),
    "list.page_up": ("end", range(20, 57)),
    "list.top": ("end", range(1)),
    "list.end": ("home", range(59, 60)),
}
"""Command → the key pressed before it, and the rows where it may end in a list of 60 rows."""


def test_every_command_of_lists_has_a_test():
    assert set(MOVES) == {command.id for command in commands_at("list")}


@pytest.fixture
def long(study: Project) -> Project:
    """Return a study with 60 codes and 60 codings."""
    for code in reversed(list(study.codes.list())):
        study.codes.remove(code.path)
    study.codes.import_([CodeDraft(f"Place {number:02}") for number in range(60)])
    study.sources.add([SourceDraft("long", "A sentence. " * 60, cases=("SIB A",))])
    study.codings.import_(CodingDraft("long", "Place 00", Segment(at * 12, at * 12 + 11)) for at in range(60))
    return study


def at(screen: CodebookScreen | EvidenceScreen) -> int:
    if isinstance(screen, EvidenceScreen):
        return screen.quotes.codings.index(screen.coding)
    return [row.key for row in screen.rows.rows].index(screen.rows.key)


@pytest.mark.parametrize("screen", ["f2", "f4"])
async def test_every_key_of_every_list_command_moves_the_cursor(long: Project, run, press, screen: str):
    async with run(long) as pilot:
        await press(pilot, screen)
        for command, (before, rows) in MOVES.items():
            for key in by_id(command).keys:
                await press(pilot, before)
                assert at(pilot.app.screen) not in rows
                await press(pilot, key)
                assert at(pilot.app.screen) in rows, (command, key)
