"""The menu of cases. A case has the same letter in every note. If there are too many cases, the user types a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.case_letters import COMMAND_KEYS
from sibtui.model.drafts import CodingDraft
from sibtui.tui.commands import commands_at
from sibtui.tui.widgets.case_menu import CasePicker
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project

SCHOOLS = ["East School", "North School", "South School", "West School"]
CLINICS = [f"Clinic {number}" for number in range(1, 41)]
QUOTE = "Of all four she knows the cards."


def touch(study: Project, labels: list[str]) -> None:
    """Set these cases on m1, and add a coding without a case."""
    known = {case.label for case in study.cases.list()}
    for label in labels:
        if label not in known:
            study.cases.add(label)
    study.sources.set("m1", cases=labels)
    study.codings.add(CodingDraft("m1", "People/Trust", quote=QUOTE))


def cases(study: Project) -> tuple[str, ...]:
    return next(coding.cases for coding in study.codings.list() if coding.quote == QUOTE)


def rows(pilot) -> list[str]:
    return [row.text for row in pilot.app.screen.query_one(RowList).rows]


def test_no_case_has_the_key_of_a_command_as_its_letter():
    keys = {key.casefold() for command in commands_at("everywhere", "queue") for key in command.keys if len(key) == 1}
    assert {key for key in keys if key.isalnum()} | {"0"} == COMMAND_KEYS


@pytest.mark.parametrize("key", ["q"])
async def test_a_key_that_closes_the_menu_is_not_the_letter_of_a_case(study: Project, run, press, key: str):
    touch(study, ["Quay", "SIB B"])
    async with run(study) as pilot:
        await press(pilot, "greater_than_sign", "equals_sign", key)
        assert not isinstance(pilot.app.screen, LetterMenu)
    assert cases(study) == ()


@pytest.mark.parametrize(("touched", "key", "case"), [(SCHOOLS, "s", 2), (SCHOOLS[2:], "s", 2), (SCHOOLS[:3], "e", 0)])
async def test_a_case_has_the_same_letter_in_every_note(
    study: Project, run, press, touched: list[str], key: str, case: int
):
    for label in SCHOOLS:
        study.cases.add(label)
    touch(study, touched)
    async with run(study) as pilot:
        await press(pilot, "greater_than_sign", "equals_sign")
        assert f" {key}  {SCHOOLS[case]}" in pilot.app.screen.query_one(TextLines).text
        await press(pilot, key)
        assert cases(study) == (SCHOOLS[case],)
        await press(pilot, "u", "f4", "equals_sign", key)
        assert cases(study) == (SCHOOLS[case],)
        await press(pilot, "u", "f6", key)
    assert cases(study) == (SCHOOLS[case],)


@pytest.fixture
def clinics(study: Project) -> Project:
    touch(study, CLINICS)
    return study


async def test_a_case_is_chosen_by_typing_if_there_are_more_cases_than_letters(clinics: Project, run, press):
    async with run(clinics, size=(80, 24)) as pilot:
        await press(pilot, "greater_than_sign", "equals_sign")
        assert isinstance(pilot.app.screen, CasePicker)
        assert rows(pilot) == [*CLINICS, "all of them", "none yet"]
        await press(pilot, write="cli 3")
        assert rows(pilot) == ["Clinic 3", *CLINICS[29:39]]
        await press(pilot, "8", "enter")
    assert cases(clinics) == ("Clinic 38",)


async def test_tab_marks_several_cases(clinics: Project, run, press):
    async with run(clinics) as pilot:
        await press(pilot, "greater_than_sign", "equals_sign", "3", "8", "tab", "3", "9", "tab", "3", "8", "tab")
        assert "Enter: Clinic 39" in str(pilot.app.screen.query_one("#case-picker").border_subtitle)
        await press(pilot, "4", "0", "enter")
    assert cases(clinics) == ("Clinic 39", "Clinic 40")


async def test_a_name_that_no_case_has_assigns_no_case(clinics: Project, run, press):
    async with run(clinics) as pilot:
        await press(pilot, "greater_than_sign", "equals_sign", "x", "enter")
        assert isinstance(pilot.app.screen, CasePicker)
        assert "Enter: nothing" in str(pilot.app.screen.query_one("#case-picker").border_subtitle)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, CasePicker)
    assert cases(clinics) == ()


@pytest.mark.parametrize(("ups", "given"), [(1, CLINICS), (0, [])])
async def test_the_choices_all_and_none_are_listed_below_the_cases(
    clinics: Project, run, press, ups: int, given: list[str]
):
    clinics.codings.set(next(clinics.codings.list()).id, cases=("Clinic 2",))
    async with run(clinics) as pilot:
        await press(pilot, "greater_than_sign", "equals_sign", *["pagedown"] * 5, *["up"] * ups, "enter")
    assert cases(clinics) == tuple(given)


async def test_a_case_can_be_found_by_its_name_from_the_menu_of_letters(study: Project, run, press):
    touch(study, ["SIB A", "SIB B"])
    async with run(study) as pilot:
        await press(pilot, "greater_than_sign", "equals_sign", "/", "b", "enter")
    assert cases(study) == ("SIB B",)
