"""The first steps of a new researcher: from an empty folder to a table in a Word document.

The steps do not leave the screen, and the tests count the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx import Document

from sibtui.project import Project
from sibtui.tui.app import SibtuiApp
from sibtui.tui.screens.welcome import WelcomeApp
from sibtui.workspace.session_state import SessionState
from tests.tui.pilot import piloted

if TYPE_CHECKING:
    from pathlib import Path

NORTH = """# Interview in the North

The link workers broker and coach. They hold a budget of £500 a person.

Nobody asked the tenants. We trust them now.
"""
SOUTH = """# Interview in the South

Budgets were cut twice. The manager signs every request himself.

People lost trust when the office closed.
"""
MOST_KEYS = 150
"""The number of keys for all steps, including the typed words."""


class Keys:
    """A pilot that counts the keys that it presses."""

    def __init__(self, pilot) -> None:
        self.pilot = pilot
        self.count = 0

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await self.pilot.press(*keys)

    async def write(self, words: str) -> None:
        await self.press(*[{" ": "space", ".": "full_stop"}.get(letter, letter) for letter in words])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which has two notes."""
    (tmp_path / "here" / "notes").mkdir(parents=True)
    (tmp_path / "here" / "notes" / "north.md").write_text(NORTH, encoding="utf-8")
    (tmp_path / "here" / "notes" / "south.md").write_text(SOUTH, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.mark.slow
async def test_a_new_researcher_gets_from_an_empty_folder_to_a_table_in_a_word_document(
    folder: Path, tmp_path: Path
) -> None:
    memory = SessionState.load(tmp_path / "state.json")
    welcome = WelcomeApp(memory, folder=folder, message="")
    async with piloted(welcome, (80, 24)) as pilot:
        first = Keys(pilot)
        await first.press("n")
        await first.write("Bonds")
        await first.press("enter")
    with Project.open(folder / "Bonds.sibtui", coder="Ana") as project:
        async with piloted(SibtuiApp(project, memory=memory), (80, 24)) as pilot:
            keys = Keys(pilot)
            await _bring_in(keys)
            await _code(keys)
            await _make_a_table(keys)
            await keys.press("J", "down", "down", "enter")
            await keys.write("One quote.")
            await keys.press("escape", "E", "enter")
            await pilot.at_rest()
        [matrix] = project.matrices.list()
        assert (matrix.name, matrix.title, [row.label for row in matrix.rows]) == (
            "money", "Table 1. Money and trust.", ["Budgets", "Trust"],
        )  # fmt: skip
        assert matrix.rows[1].note == "Of one person."
        assert [judgement.verdict for judgement in matrix.judgements] == ["rejected"]
    [table] = Document(str(folder / "money.docx")).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "North", "South"], ["Budgets", "–", "X"], ["Trust1", "–", "X"],
    ]  # fmt: skip
    assert first.count + keys.count <= MOST_KEYS, keys.count


async def _bring_in(keys: Keys) -> None:
    """Import the two notes, each with its case."""
    await keys.press("plus")
    await keys.write("notes")
    await keys.press("enter")
    await keys.pilot.at_rest()
    await keys.press("space", "c")
    await keys.write("North")
    await keys.press("enter", "up", "space", "space", "c")
    await keys.write("South")
    await keys.press("enter", "enter")
    await keys.pilot.at_rest()


async def _code(keys: Keys) -> None:
    """Code two sentences of each note. One of the codings is counter-evidence."""
    await keys.press("down", "down", "enter")
    await keys.write("Budgets")
    await keys.press("enter", "down", "enter")
    await keys.write("Trust")
    await keys.press("enter", "minus", "M", "greater_than_sign", "down", "enter")
    await keys.write("Bud")
    await keys.press("enter", "down", "down", "enter")
    await keys.write("Tru")
    await keys.press("enter", "M")


async def _make_a_table(keys: Keys) -> None:
    """Make a table of two rows, with a title and a note, and save it."""
    await keys.press("f3", "t", "a")
    await keys.write("Bud")
    await keys.press("enter", "a")
    await keys.write("Tru")
    await keys.press("enter", "n")
    await keys.write("Of one person.")
    await keys.press("escape", "home", "enter")
    await keys.write("Table 1. Money and trust.")
    await keys.press("enter", "w")
    await keys.write("money")
    await keys.press("enter", "escape")
    await keys.pilot.at_rest()


async def test_twenty_codings_with_known_codes_take_at_most_sixty_keys(tabled: Project, run) -> None:
    from sibtui.model.drafts import SourceDraft

    [added] = tabled.sources.add(SourceDraft("a0", "Nobody called back at all. " * 21, cases="SIB A"))
    before = tabled.codings.count()
    async with run(tabled) as pilot:
        pilot.app.show_place(added.name)
        keys = Keys(pilot)
        await keys.press("enter")
        await keys.write("trust")
        await keys.press("enter")
        for _ in range(19):
            await keys.press("down", "space")
    assert tabled.codings.count() == before + 20
    assert keys.count <= 60
