"""The queue of codings without a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError
from sibtui.model.drafts import CodingDraft
from sibtui.workspace import attribution_queue as module
from sibtui.workspace.attribution_queue import AttributionQueue

if TYPE_CHECKING:
    from sibtui.project import Project

QUOTES = ["Of all four she knows the cards.", "In A it was the figures.", "In B it was the star."]


@pytest.fixture
def waiting(study: Project) -> AttributionQueue:
    for quote in QUOTES:
        study.codings.add(CodingDraft("m1", "People/Trust", quote=quote))
    queue = AttributionQueue(study)
    queue.load()
    return queue


def current_quote(waiting: AttributionQueue) -> str | None:
    return None if waiting.coding is None else waiting.coding.quote


def test_steps_stop_at_the_first_and_last_coding(waiting: AttributionQueue):
    assert (current_quote(waiting), waiting.left) == (QUOTES[0], 3)
    assert not waiting.step(-1)
    assert waiting.step(1)
    assert waiting.step(1)
    assert current_quote(waiting) == QUOTES[2]
    assert not waiting.step(1)
    assert current_quote(waiting) == QUOTES[2]


def test_marking_a_case_twice_removes_the_mark(waiting: AttributionQueue):
    for case, marked in (("SIB B", ("SIB B",)), ("SIB A", ("SIB A", "SIB B")), ("SIB B", ("SIB A",)), ("SIB A", ())):
        waiting.mark(case)
        assert waiting.marked == marked


def test_a_step_in_the_queue_removes_the_marks(waiting: AttributionQueue):
    waiting.mark("SIB A")
    waiting.step(1)
    assert waiting.marked == ()


@pytest.mark.parametrize(("key", "case"), [("9", "SIB A"), ("b", "SIB B"), ("1", None), ("0", None), ("z", None)])
def test_a_digit_chooses_the_case_whose_letter_it_is_not_the_case_at_its_position(
    waiting: AttributionQueue, key: str, case: str | None
):
    waiting.project.cases.set("SIB A", letter="9")
    waiting.load()
    assert waiting.case_of(key) == case


def test_small_and_capital_letters_choose_the_same_case(waiting: AttributionQueue):
    for letter, case in waiting.choice.keys.items():
        assert waiting.case_of(letter) == waiting.case_of(letter.upper()) == case
    assert set(waiting.choice.cases) == {"SIB A", "SIB B"}


def test_after_an_attribution_the_next_coding_of_the_queue_is_current(waiting: AttributionQueue):
    number = waiting.coding.id
    waiting.give(["SIB B"])
    assert waiting.project.codings.get(number).cases == ("SIB B",)
    assert (current_quote(waiting), waiting.left) == (QUOTES[1], 2)
    waiting.step(1)
    waiting.give(["SIB A", "SIB B"])
    assert (current_quote(waiting), waiting.left) == (QUOTES[1], 1)
    waiting.give(["SIB A"])
    assert (current_quote(waiting), waiting.left) == (None, 0)
    with pytest.raises(InputError, match="No coding waits"):
        waiting.give(["SIB A"])


def test_a_long_queue_is_read_in_parts(study: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_READ", 1)
    for quote in QUOTES:
        study.codings.add(CodingDraft("m1", "People/Trust", quote=quote))
    queue = AttributionQueue(study)
    queue.load()
    assert (len(queue.codings), queue.left) == (1, 3)
    seen = [current_quote(queue)]
    while queue.step(1):
        seen.append(current_quote(queue))
    assert seen == QUOTES


def test_the_current_coding_stays_current_after_load(waiting: AttributionQueue):
    waiting.step(1)
    waiting.load()
    assert current_quote(waiting) == QUOTES[1]
    waiting.project.codings.attribute(waiting.coding.id, ["SIB A"])
    waiting.load()
    assert (current_quote(waiting), waiting.left) == (QUOTES[2], 2)
