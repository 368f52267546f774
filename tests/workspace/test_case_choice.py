from __future__ import annotations

import pytest

from sibtui.workspace.case_choice import (
    CaseChoice,
    CaseContext,
    cases_by_prefix,
    cases_message,
    complete_cases,
    parse_cases,
)

SCHOOLS = ["East School", "North School", "South School", "North East"]


def test_an_existing_case_keeps_its_spelling():
    assert parse_cases("east  school; new;EAST SCHOOL; ", SCHOOLS) == ("East School", "new")
    assert parse_cases("Mu\u0308nchen", ["M\u00fcnchen"]) == ("M\u00fcnchen",)


def test_a_case_context_includes_its_start_and_excludes_its_end():
    context = CaseContext(("East School",), 3, 9)
    assert [context.holds_at(offset) for offset in (2, 3, 8, 9)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("key", "now", "chosen"),
    [
        ("e", (), ("East",)),
        ("e", ("East",), ("East",)),  # a letter chooses its case alone
        ("e", ("North",), ("East",)),
        ("E", ("North",), ("North", "East")),  # a capital adds its case, in the order of the cases
        ("E", ("North", "East"), ("North",)),  # or removes it
        ("*", ("East",), ("North", "East", "South")),
        ("0", ("East",), ()),
    ],
)
def test_a_small_letter_chooses_a_case_and_a_capital_letter_adds_or_removes_a_case(
    key: str, now: tuple[str, ...], chosen: tuple[str, ...]
):
    cases = ("North", "East", "South")
    choice = CaseChoice("Cases", cases, {case[0].lower(): case for case in cases}, now)
    assert choice.chosen(key) == chosen


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("e", [("East",), ("East",)]),
        ("*", [("North", "East", "South")] * 2),
        ("0", [(), ()]),
        ("E", [("North", "East"), ("North", "South", "East")]),
        ("N", [(), ("South",)]),
    ],
)
def test_a_capital_letter_keeps_the_other_cases_of_each_item(key: str, given: list[tuple[str, ...]]):
    cases = ("North", "East", "South")
    choice = CaseChoice("Cases", cases, {case[0].lower(): case for case in cases}, ("North",))
    answer = choice.answer(key)
    assert answer.cases == choice.chosen(key)
    assert [answer.applied_to(now) for now in (("North",), ("North", "South"))] == given


def test_the_menu_offers_all_and_none_if_several_cases_can_be_chosen():
    keys = {"n": "North", "e": "East"}
    assert list(CaseChoice("Cases", ("North", "East"), keys).menu) == ["n", "e", "*", "0"]
    assert list(CaseChoice("Cases", ("North",), {"n": "North"}).menu) == ["n", "0"]
    assert CaseChoice("Into", ("North", "East"), keys, single=True).menu == keys


def test_cases_that_begin_with_the_whole_label_come_first():
    assert cases_by_prefix("Ea", SCHOOLS) == ["East School", "North East"]
    assert cases_by_prefix("ast", SCHOOLS) == []
    assert cases_by_prefix("s no", SCHOOLS) == ["North School"]


@pytest.mark.parametrize(
    ("line", "completed", "names"),
    [
        ("Ea", "Ea", ["East School", "North East"]),
        ("east s", "East School", ["East School"]),
        ("nor", "North ", ["North School", "North East"]),
        ("East School; sou", "East School; South School", ["South School"]),
        ("East School; ea", "East School; North East", ["North East"]),
        ("East School;", "East School;", ["North School", "South School", "North East"]),
        ("West", "West", []),
        ("", "", SCHOOLS),
    ],
)
def test_the_last_case_of_a_line_is_completed_up_to_the_first_difference(line: str, completed: str, names: list[str]):
    assert complete_cases(line, SCHOOLS) == (completed, names)


def test_a_prefix_of_a_case_needs_confirmation_to_become_a_new_case():
    answer = cases_message("North School; Ea", SCHOOLS)
    assert (answer.verdict, answer.hint) == ("again", "complete-case")
    assert answer.message == "“Ea” would be a new case. East School, North East?"
    assert cases_message("east school", SCHOOLS).verdict == "yes"
    assert cases_message("West", SCHOOLS).message.startswith("West: new.")
