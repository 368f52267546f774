"""Navigation: the keys for the next source, back and help on every screen, and the rules of Esc and q."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from textual.widgets import Input

from sibtui.model.drafts import SourceDraft
from sibtui.tui.commands import Area, commands_at
from sibtui.tui.commands.coding import LETTERS_TAKEN
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.memo_editor import MemoEditor
from sibtui.tui.widgets.text_lines import TextLines
from tests.sweeps import SIZES, in_part

if TYPE_CHECKING:
    from sibtui.project import Project

SCREENS = ("", "f2", "f3", "f4", "f4 D", "f5 t tab", "f6", "f7", "f8", "f9", "f12", "ctrl+g", "ctrl+l")
CAPITALS = {
    "codebook": set("AVMRSDINXOTCKEPW"), "matrix": set("EAJ"), "cells": set("G"), "evidence": set("FD"), "sources": set("M"),
    "overview": set("M"), "list": set("G"),
}  # fmt: skip
"""The capital letters that were keys of commands before users could give capital letters to codes.

No new command may take a capital letter, but P and W in the codebook and D on the quotes do: no code is applied on these screens.
"""


def hints(pilot) -> str:
    name = "status" if pilot.app.screen.query("#status") else "status-bar"
    return pilot.app.screen.query_one(f"#{name}", TextLines).text.splitlines()[-1]


@pytest.mark.parametrize("size", in_part(SIZES))
async def test_the_hints_of_every_screen_name_the_keys_for_next_source_back_and_help(
    size, tabled: Project, run, follow
):
    async with run(tabled, size=size) as pilot:
        for keys in SCREENS:
            await follow(pilot, f"{keys} wait")
            line = hints(pilot)
            assert line.endswith("q back" if keys else "q leave"), (keys, line)
            assert "? help" in line, (keys, line)
            assert ("ctrl+→ next" if keys == "ctrl+g" else "> next") in line, (keys, line)
            assert len(line) <= size[0] - 2, (keys, line)
            if not keys:
                assert "F2 codes  F3 tables" in line


async def test_the_next_source_is_the_source_below_in_the_sources_pane(study: Project, run, press):
    study.sources.add([SourceDraft("a9", "Another note of A.", cases=("SIB A",))])  # last in the study
    async with run(study) as pilot:
        opened = []
        for _ in range(4):
            opened.append(pilot.app.screen.workspace.source.name)
            await press(pilot, "greater_than_sign")
        listed = [row.key for row in pilot.app.screen.sources.rows if row.key]
        assert opened == listed == ["a1", "a9", "m1", "x1"]
        await press(pilot, "f8", "less_than_sign")
        assert pilot.app.screen.workspace.source.name == "m1"


async def test_esc_and_q_go_back_by_one_step(tabled: Project, run, press):
    async with run(tabled) as pilot:
        for key in ("escape", "q"):
            await press(pilot, "f3", "enter")
            assert type(pilot.app.screen).__name__ == "EvidenceScreen"
            await press(pilot, key)
            assert type(pilot.app.screen).__name__ == "MatrixScreen"
            await press(pilot, key)
            assert type(pilot.app.screen).__name__ == "CodingScreen"
            await press(pilot, "tab", key)
            assert pilot.app.screen.focused is pilot.app.screen.note
        await press(pilot, "escape", "escape")
        assert not pilot.app._exit
        await press(pilot, "q")
        assert pilot.app._exit


async def test_esc_closes_every_dialog_and_keeps_the_typed_text(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f9", "t", write="!")
        await press(pilot, "escape")
        assert tabled.sources.get("a1").title == "Investor"
        await press(pilot, "t")
        assert pilot.app.screen.query_one(Input).value == "Investor!"
        await press(pilot, "enter")
        assert tabled.sources.get("a1").title == "Investor!"
        await press(pilot, "t")
        assert pilot.app.screen.query_one(Input).value == "Investor!"
        await press(pilot, "escape", "m", write="A thought.")
        assert isinstance(pilot.app.screen, MemoEditor)
        await press(pilot, "escape")
        assert [memo.text for memo in tabled.memos.list(on="source")] == ["A thought."]
        for key in ("escape", "q"):
            await press(pilot, "i")
            assert isinstance(pilot.app.screen, LetterMenu)
            await press(pilot, key)
            assert type(pilot.app.screen).__name__ == "SourcesScreen"


async def test_a_refused_text_is_shown_again(study: Project, run, press):
    async with run(study) as pilot:
        pilot.app.push_screen(MemoEditor("A memo", "", "old", refused="the study is read only"))
        await press(pilot, write=" and new")
        await press(pilot, "escape")
        pilot.app.push_screen(MemoEditor("A memo", "", "old"))
        await press(pilot)
        assert pilot.app.screen.edited_text == "old and new"


async def test_undo_and_redo_go_to_the_changed_item(tabled: Project, run, press):
    async with run(tabled) as pilot:
        main = pilot.app.screen
        await press(pilot, "right_square_bracket", "minus", "greater_than_sign", "G", "u")
        assert main.workspace.source.name == "a1"
        assert main.workspace.selection.quote(main.workspace.text) == "The loss falls on the fund."
        await press(pilot, "d", "greater_than_sign", "u", "less_than_sign", "G", "U")
        assert main.workspace.selection.quote(main.workspace.text) == "The loss falls on the fund."  # where it was
        tabled.codes.set("People/Trust", definition="Other.")
        await press(pilot, "u")
        assert main.codes.key == "People/Trust"
        await press(pilot, "f2", "end", "r", "ctrl+u", write="Zeal")
        await press(pilot, "enter", "home", "u")
        assert pilot.app.screen.rows.key.endswith("Given up")
        await press(pilot, "f9", "end", "t", write="!")
        await press(pilot, "enter", "home", "u")
        assert pilot.app.screen.rows.key == "x1"
        await press(pilot, "f12", "down", "p", write="N")
        await press(pilot, "enter", "home", "u")
        assert pilot.app.screen.rows.key == "SIB B"
        await press(pilot, "f4", "down", "minus")
        quote = pilot.app.screen.coding.quote
        await press(pilot, "home")
        assert pilot.app.screen.coding.quote != quote
        await press(pilot, "u")
        assert pilot.app.screen.coding.quote == quote


@pytest.mark.parametrize("area", get_args(Area))
def test_no_new_command_takes_a_key_that_users_give_to_codes(area: Area):
    capitals = {
        key for command in commands_at(area) for key in command.keys if len(key) == 1 and key.isupper()
        if not command.id.startswith("coding.key")
    }  # fmt: skip
    known = LETTERS_TAKEN if area in {"note", "coding", "everywhere"} else CAPITALS.get(area, set())
    assert capitals <= known
