"""The code picker. Enter adds or chooses the typed code, and rows and messages show the place of the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import SourceDraft
from sibtui.project import Project
from sibtui.tui.widgets import code_picker
from sibtui.tui.widgets.code_picker import CodePicker
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from pathlib import Path

TRUST = "People/Trust"


def codes_applied(study: Project) -> list[str]:
    return [coding.code for coding in study.codings.list()]


def listed(pilot) -> list[str]:
    return [row.text for row in pilot.app.screen.query_one(RowList).rows]


def status(pilot) -> str:
    screen = pilot.app.screen
    return screen.query_one("#status" if screen.query("#status") else "#status-bar", TextLines).text


@pytest.mark.parametrize("typed", ["Distrust", "No trust", "rust", "people trust", r"they\/them"])
async def test_enter_adds_the_typed_code(study: Project, run, press, typed: str):
    async with run(study) as pilot:
        await press(pilot, "down", "enter", write=typed)
        assert listed(pilot)[0] == f"New code: {typed.replace(chr(92), '')}"
        await press(pilot, "enter")
    assert codes_applied(study) == [typed]


async def test_a_space_is_between_each_key_and_the_name_of_its_code(study: Project, run, press):
    for name in ("Needs", "Never asked", "Nobody"):
        study.codes.add(name)
    async with run(study) as pilot:
        await press(pilot, "down", "enter", write="n")
        codes = pilot.app.screen.query_one(RowList)
        names = [row.text for row in codes.rows if row.key is not None]
        drawn = [codes.render_line(y).text for y, row in enumerate(codes.rows) if row.key is not None]
        assert any(line.startswith("'") for line in drawn)
        assert [line[3 : 3 + len(name)] for line, name in zip(drawn, names, strict=True)] == names
        assert {line[2] for line in drawn} == {" "}


async def test_similar_codes_are_listed_below_a_heading_and_can_be_chosen(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "down", "enter", write="Distrust")
        assert listed(pilot) == ["New code: Distrust", "Similar", "Trust"]
        await press(pilot, "down", "enter")
    assert codes_applied(study) == [TRUST]


async def test_a_path_below_an_existing_theme_adds_a_code_to_this_theme(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "down", "enter", write="people/Faith")
        assert listed(pilot)[0] == "New code: People / Faith"
        await press(pilot, "enter")
        assert "New code: People / Faith" in status(pilot)
    assert codes_applied(study) == ["People/Faith"]


@pytest.mark.slow
async def test_the_first_codes_of_a_new_study_are_siblings(tmp_path: Path, run, press):
    with Project.create(tmp_path / "new.sibtui", coder="R1") as new:
        new.sources.add([SourceDraft("one", "One sentence. Another one. A third.", "one")])
        async with run(new) as pilot:
            await press(pilot, "enter", write="Beginnings")
            await press(pilot, "enter", "down", "enter", write="No money")
            assert listed(pilot)[:2] == ["New code: No money", "New code: Beginnings / No money"]
            await press(pilot, "enter", "down", "enter", write="Beginnings/Doors")
            await press(pilot, "enter", "up", "enter", write="Time")
            assert listed(pilot)[:2] == ["New code: Beginnings / Time", "New code: Time"]
            await press(pilot, "enter")
            assert "New code: Beginnings / Time" in status(pilot)
        assert [code.path for code in new.codes.list()] == [
            "Beginnings",
            "Beginnings/Doors",
            "Beginnings/Time",
            "No money",
        ]


async def test_one_undo_reverts_a_new_code_and_its_use_for_a_coding(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "down", "W", "R", write="Eviction")
        await press(pilot, "enter")
        assert "New code: Money / Eviction, instead of Who carries the loss" in status(pilot)
        assert codes_applied(study) == ["Money/Eviction"]
        await press(pilot, "u")
        assert codes_applied(study) == ["Money/Who carries the loss"]
        assert "Money/Eviction" not in {code.path for code in study.codes.list()}
        assert pilot.app.screen.workspace.code("Money/Eviction") is None


async def test_choosing_the_same_code_again_reports_that_nothing_changed(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "down", "W")
        acts = len(study.history.list())
        await press(pilot, "R", write="who carries")
        await press(pilot, "enter")
        assert "Nothing changed: the code is Who carries the loss already." in status(pilot)
        assert len(study.history.list()) == acts


async def test_several_quotes_get_a_new_code_in_one_act(coded: Project, run, press):
    before = codes_applied(coded)
    async with run(coded) as pilot:
        await press(pilot, "f4")
        await press(pilot, "c", write="No support")
        assert listed(pilot)[0] == "New code: No support"
        await press(pilot, "escape", "a", "c", write="No support")
        await press(pilot, "enter")
        assert f"New code: No support for {len(before)} quotes" in status(pilot)
        assert set(codes_applied(coded)) == {"No support"}
        assert pilot.app.screen.quotes.codebook.by_path["No support"]
        await press(pilot, "c", write="no support")
        await press(pilot, "enter")
        assert "Nothing changed: the code is No support already." in status(pilot)
        await press(pilot, "u")
    assert codes_applied(coded) == before


async def test_where_no_code_can_be_added_enter_chooses_no_similar_code(coded: Project, run, press):
    before = [code.path for code in coded.codes.list()]
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "M", write="Distrust")
        assert isinstance(pilot.app.screen, CodePicker)
        assert listed(pilot) == ["No code is named “Distrust”. Similar:", "Trust"]
        assert "↓ goes to a similar code" in pilot.app.screen.query_one(TextLines).text
        await pilot.resize_terminal(90, 8)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CodePicker)
        assert [code.path for code in coded.codes.list()] == before
        await press(pilot, "down", "enter")
    assert len(coded.codes.list()) == len(before) - 1


async def test_a_path_typed_in_the_codebook_adds_a_code_to_an_existing_theme(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f2", "a", write="people/Faith")
        await press(pilot, "enter")
    assert study.codes.get("Faith").path == "People/Faith"


async def test_each_key_ranks_the_codes_once(study: Project, run, press, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    offer = code_picker.offer
    monkeypatch.setattr(
        code_picker, "offer", lambda typed, *rest, **more: asked.append(typed) or offer(typed, *rest, **more)
    )
    async with run(study) as pilot:
        await press(pilot, "down", "enter", write="tru")
        assert listed(pilot)[0] == "Trust"
    assert asked == ["", "t", "tr", "tru"]
