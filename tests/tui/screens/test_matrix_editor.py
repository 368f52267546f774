"""The table editor, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.matrix_definition import MatrixDefinition
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.matrix.screen import MatrixScreen
from sibtui.tui.screens.matrix_editor.screen import MatrixEditorScreen
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.several_chooser import SeveralChooser
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project

NARROW = (80, 24)


def editor(pilot) -> MatrixEditorScreen:
    screen = pilot.app.screen
    assert isinstance(screen, MatrixEditorScreen)
    return screen


def shown(pilot, name: str = "status-bar") -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def preview(pilot) -> list[str]:
    grid = editor(pilot).preview.grid
    return [grid.render_line(y).text.rstrip() for y in range(grid.size.height)]


async def test_saving_an_unchanged_table_changes_nothing(tabled: Project, run, press):
    before, saves = tabled.matrices.get("table-1"), tabled.saves
    async with run(tabled) as pilot:
        await press(pilot, "f3", "e", "w")
        assert "Everything in this table is saved" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MatrixScreen)
    assert (tabled.matrices.get("table-1"), tabled.saves) == (before, saves)


async def test_the_preview_follows_each_edit(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "e")
        await pilot.at_rest()
        assert [line.split()[0] for line in preview(pilot)[2:5]] == ["Loss", "Trust", "Advance"]
        await press(pilot, "end", "d")
        await pilot.at_rest()
        assert [line.split()[0] for line in preview(pilot)[2:4]] == ["Loss", "Trust"]
        assert "Advance" not in "".join(preview(pilot))
        await press(pilot, "u")
        await pilot.at_rest()
        assert preview(pilot)[4].startswith("Advance")
        assert "Undone: row “Advance” removed" in shown(pilot)
    assert len(tabled.matrices.get("table-1").rows) == 3


async def test_saving_a_table_is_one_act_that_can_be_undone(tabled: Project, run, press):
    before = tabled.matrices.get("table-1")
    async with run(tabled) as pilot:
        await press(pilot, "f3", "e", "end", "d", "up", "s", "w")
        assert "Saved table table-1" in shown(pilot)
        assert [row.label for row in tabled.matrices.get("table-1").rows] == ["Loss", "Trust"]
        await press(pilot, "escape", "u")
        assert isinstance(pilot.app.screen, MatrixScreen)
    assert tabled.matrices.get("table-1") == before


@pytest.mark.slow
async def test_leaving_the_editor_asks_only_if_there_are_changes(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "e", "end", "d", "escape")
        assert isinstance(pilot.app.screen, LetterMenu)
        await press(pilot, "escape")
        assert "changed, not saved" in shown(pilot, "heading")
        await press(pilot, "u", "escape")
        assert isinstance(pilot.app.screen, MatrixScreen)
        await press(pilot, "e", "end", "d", "q", "d")
        assert isinstance(pilot.app.screen, MatrixScreen)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert len(tabled.matrices.get("table-1").rows) == 3
        await press(pilot, "f3", "e", "end", "d", "f3", "s")
        assert isinstance(pilot.app.screen, MatrixScreen)
    assert len(tabled.matrices.get("table-1").rows) == 2


async def test_saving_a_new_table_asks_for_a_name_and_the_saved_table_is_shown(tabled: Project, run, press):
    async with run(tabled, size=NARROW) as pilot:
        await press(pilot, "f3", "t", "w")
        await press(pilot, write="mine")
        await press(pilot, "enter")
        assert "A table needs a row" in shown(pilot)
        await press(pilot, "a")
        await press(pilot, write="trust")
        await press(pilot, "enter", "escape", "s")
        assert "mine · 3 of 3" in shown(pilot, "heading")
    assert [row.codes for row in tabled.matrices.get("mine").rows] == [("People/Trust",)]


async def test_a_name_in_use_is_refused_and_a_new_name_renames_the_table(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "e", "down", "enter", "ctrl+u")
        await press(pilot, write="TABLE-2")
        await press(pilot, "enter", "ctrl+u")  # it stays open
        await press(pilot, write="first")
        await press(pilot, "enter", "w", "escape")
        assert "first · 1 of 2" in shown(pilot, "heading")
    assert [saved.name for saved in tabled.matrices.list()] == ["first", "table-2"]


async def test_rows_can_follow_the_codebook_and_become_a_list_again(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "t", *["down"] * 10, "enter", "end", "enter")
        await press(pilot, write="money")
        await press(pilot, "enter", "end", "d")
        assert "follow the codebook" in shown(pilot)
        assert [row.label for row in editor(pilot).table.rows] == ["Who carries the loss", "Paid in advance"]
        await press(pilot, "home", *["down"] * 10, "enter", "home", "enter", "end", "d")
        assert [row.label for row in editor(pilot).table.rows] == ["Who carries the loss"]


async def test_a_note_on_a_cell_is_written_in_the_preview(tabled: Project, run, press):
    async with run(tabled, size=NARROW) as pilot:
        await press(pilot, "f3", "e", "end")
        await pilot.at_rest()
        await press(pilot, "tab", "right", "n")
        await press(pilot, write="hi")
        await press(pilot, "escape")
        assert dict(editor(pilot).table.rows[2].notes) == {"SIB B": "hi"}
        assert "Note on SIB B: hi" in shown(pilot)
        await press(pilot, "tab")
        assert not editor(pilot).in_preview


async def test_at_80_columns_the_hints_name_the_most_useful_keys(tabled: Project, run, press):
    async with run(tabled, size=NARROW) as pilot:
        await press(pilot, "f3", "e")
        hints = shown(pilot).splitlines()[-1]
    for words in ("Enter change", "a add row", "w save", "Tab", "? help", "q back"):
        assert words in hints


async def test_the_editor_of_an_empty_study_shows_what_is_missing(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f3", "t")
        await pilot.at_rest()
        assert preview(pilot)[0].startswith("No row yet: a adds one.")
        await press(pilot, "n")
        assert "No row yet" in shown(pilot)


async def test_a_code_removed_by_another_program_is_reported_and_the_draft_is_kept(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "t", "a")
        await press(pilot, write="paid")
        await press(pilot, "enter")
        await pilot.at_rest()
        for coding in tabled.codings.list():
            if coding.code == "Money/Paid in advance":
                tabled.codings.remove(coding.id)
        tabled.matrices.define(MatrixDefinition("table-1", "", tabled.matrices.get("table-1").rows[:2]))
        tabled.codes.remove("Paid in advance")
        pilot.app.changed_by_thread()
        editor(pilot).catch_up()
        await pilot.at_rest()
        assert "Paid in advance" in shown(pilot)
        assert len(editor(pilot).table.rows) == 1


async def test_columns_can_be_marked_moved_and_filtered(tabled: Project, run, press):
    async with run(tabled, size=NARROW) as pilot:
        await press(pilot, "f3", "right_square_bracket", "e", "down", "down", "down", "enter", "slash")
        await press(pilot, write="m")
        await press(pilot, "enter", "space", "escape")
        assert isinstance(pilot.app.screen, SeveralChooser)
        await press(pilot, "home", "space", "right_square_bracket", "right_square_bracket", "enter")
        assert editor(pilot).table.only == ("m1", "a1")
        await press(pilot, "enter", "escape")
        assert editor(pilot).table.only == ("m1", "a1")


async def test_an_unsaved_table_is_saved_when_the_program_ends(tabled: Project, run, press):
    async with run(tabled, size=NARROW) as pilot:
        await press(pilot, "f3", "t", "a")
        await press(pilot, write="trust")
        await press(pilot, "enter", "n")
        await press(pilot, write="hi")
        pilot.app.save_open_editor()
    (row,) = tabled.matrices.get("unsaved table").rows
    assert (row.codes, row.note) == (("People/Trust",), "hi")


async def test_a_table_can_count_only_some_kinds_and_coders(tabled: Project, run, press):
    async with run(tabled, size=NARROW) as pilot:
        await press(pilot, "f3", "e", *["down"] * 6, "enter", "space", "end", "space", "enter")
        assert (
            "Evidence  only of interviews by R1"
            in pilot.app.screen.form.rows[6].mark + pilot.app.screen.form.rows[6].text
        )
        await press(pilot, "w", "escape")
    saved = tabled.matrices.get("table-1")
    assert (saved.kinds, saved.coders) == (("interview",), ("R1",))


async def test_a_row_can_count_a_saved_query(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "e", "y")
        assert "No query is saved yet" in shown(pilot)
        tabled.queries.save("Doubts", "certainty tentative")
        tabled.queries.save("Against", "stance counters")
        await press(pilot, "y", "enter")
        assert editor(pilot).table.rows[-1].query == "Doubts"
        await press(pilot, "end", "y", "down", "enter", "s")
        assert "draws on the query Against" in shown(pilot)
        await press(pilot, "w")
        row = tabled.matrices.get("table-1").rows[-1]
        assert (row.label, row.query, row.codes) == ("Doubts", "Against", ())
