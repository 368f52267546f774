"""The cases screen, and the properties of the study that can be set on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace.session_state import StudyState

if TYPE_CHECKING:
    from sibtui.project import Project


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


async def test_a_merge_of_cases_lists_the_values_left_out_and_is_one_act(tabled: Project, run, press):
    tabled.cases.set("SIB A", attributes={"city": "Leeds"})
    tabled.cases.set("SIB B", attributes={"city": "York"})
    before = len(tabled.history.list())
    async with run(tabled) as pilot:
        await press(pilot, "f12", "down", "i", "a")
        assert isinstance(pilot.app.screen, MessageBox)
        await press(pilot, "escape")
        assert pilot.app.screen.rows.key == "SIB A"
        assert "York" in shown(pilot, "case-fields")  # in the memo
        assert len(tabled.history.list()) == before + 1
        await press(pilot, "u")
        assert [case.label for case in tabled.cases.list()] == ["SIB A", "SIB B"]


async def test_a_private_name_is_hidden_until_the_user_asks_for_it(tabled: Project, run, press):
    tabled.cases.set("SIB A", private_name="Northern Homes")
    async with run(tabled) as pilot:
        await press(pilot, "f12")
        assert "Northern Homes" not in shown(pilot, "case-fields")
        assert "hidden" in shown(pilot, "case-fields")


async def test_the_cursor_stays_on_a_renamed_case_and_a_letter_in_use_is_refused(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f12", "down", "r", "ctrl+u", write="Zeta")
        await press(pilot, "enter")
        assert pilot.app.screen.rows.key == "Zeta"
        await press(pilot, "l", "ctrl+u", "a", "enter")
        assert "“a” is the letter of the case “SIB A”" in shown(pilot, "status-bar")


@pytest.mark.slow
async def test_attributes_of_all_cases_can_be_retyped_moved_and_removed(study: Project, run, press):
    study.cases.set("SIB A", attributes={"city": "Leeds", "beds": "12"})
    before = len(study.history.list())

    def attributes() -> list[tuple[str, str]]:
        return [(each.name, each.kind) for each in study.attributes.list("case")]

    async with run(study) as pilot:
        await press(pilot, "f12", "s", "down", "enter", "k", "n")
        assert attributes() == [("city", "text"), ("beds", "number")]
        await press(pilot, "s", "down", "enter", "u")
        assert attributes() == [("beds", "number"), ("city", "text")]
        await press(pilot, "s", "down", "enter", "k", "n")
        assert "“Leeds” is not a number" in shown(pilot, "status-bar")
        await press(pilot, "s", "enter", "x")
        assert attributes() == [("city", "text")]
        await press(pilot, "u", "u", "u")
        assert attributes() == [("city", "text"), ("beds", "text")]
    assert len(study.history.list()) == before + 3


async def test_marked_cases_are_changed_in_one_act(study: Project, run, press):
    for label in ("C", "D"):
        study.cases.add(label)
    before = len(study.history.list())

    def labels() -> list[str]:
        return [case.label for case in study.cases.list()]

    async with run(study) as pilot:
        await press(pilot, "f12", "down", "space", "space")
        assert "2 cases marked" in shown(pilot, "status-bar")
        assert "Esc unmarks" in shown(pilot, "status-bar")
        await press(pilot, "shift+down")
        assert labels() == ["SIB A", "D", "SIB B", "C"]
        await press(pilot, "shift+up", "shift+up")
        assert labels() == ["SIB B", "C", "SIB A", "D"]
        await press(pilot, "shift+up")
        assert "2 cases are the first cases already." in shown(pilot, "status-bar")
        await press(pilot, "b", "enter", write="city")
        await press(pilot, "enter", write="Leeds")
        await press(pilot, "enter")
        assert [case.attributes.get("city") for case in study.cases.list()] == ["Leeds", "Leeds", None, None]
        await press(pilot, "i", "a")
        assert labels() == ["SIB A", "D"]
        await press(pilot, "u", "c", "escape", "c", "delete")
        assert labels() == []
        await press(pilot, "u")
        assert labels() == ["SIB B", "C", "SIB A", "D"]
    assert len(study.history.list()) == before + 6


async def test_the_coder_can_be_set_and_is_shown_and_remembered(study: Project, run, press):
    async with run(study) as pilot:
        assert shown(pilot, "status").split("\n")[-2].endswith("R1")
        await press(pilot, "ctrl+s", "c", "ctrl+u", write="Ana Ruiz")
        await press(pilot, "enter")
        assert "Ana Ruiz is coding now." in shown(pilot, "status")
        await press(pilot, "down", "W")
        assert shown(pilot, "status").split("\n")[-2].endswith("Ana Ruiz")
        assert [coding.coder for coding in study.codings.list()] == ["Ana Ruiz"]
        assert pilot.app.study_state.coder == "Ana Ruiz"
    assert StudyState({"coder": "Ana Ruiz"}).coder == "Ana Ruiz"


@pytest.mark.slow
async def test_changes_of_the_name_and_of_the_description_of_the_study_are_two_acts(study: Project, run, press):
    before = len(study.history.list())
    async with run(study) as pilot:
        await press(pilot, "f8", "ctrl+s", "n", "ctrl+u", write="Four contracts")
        await press(pilot, "enter", "ctrl+s", "d", write="Who pays?")
        await press(pilot, "escape", "ctrl+s", "l", write="de")
        await press(pilot, "enter", "ctrl+s", "f", "ctrl+u", "x", "enter", "escape")
        await press(pilot, "ctrl+s", "f", "ctrl+u", "3", "enter")
    found = study.study
    assert (found.name, found.description, found.language, found.first_note) == ("Four contracts", "Who pays?", "de", 3)
    assert len(study.history.list()) == before + 4
