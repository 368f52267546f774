"""The passages of two coders, and the decisions on them, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.records import Reading
from sibtui.workspace.disagreement_browser import DisagreementBrowser, coder_pairs, passages

if TYPE_CHECKING:
    from sibtui.project import Project


def opened(study: Project) -> DisagreementBrowser:
    for coder in ("R1", "R2"):
        study.readings.add("a1", coder=coder)
    study.codings.add("a1", "Money/Who carries the loss", quote="loss falls on the fund", stance="counters", coder="R2")
    browser = DisagreementBrowser(study)
    browser.take(study.codings.disagreements(coder=browser.choose_coders()))
    return browser


def test_the_kinds_of_one_pair_of_codings_are_one_passage(coded: Project) -> None:
    browser = opened(coded)
    assert [each.kinds_in_words(("R1", "R2")) for each in browser.passages] == [
        "other extent, other stance",
        "only R1",
    ]
    assert passages([]) == []


def test_the_pair_with_the_most_common_sources_comes_first() -> None:
    readings = [Reading(source, coder, "") for source, coder in [("a", "X"), ("a", "Y"), ("b", "Y"), ("b", "Z"), ("c", "Z"), ("c", "Y")]]  # fmt: skip
    assert coder_pairs(readings) == [("Y", "Z"), ("X", "Y")]


def test_no_pair_is_an_error_with_advice(coded: Project) -> None:
    with pytest.raises(NotFoundError, match="No two coders have read the same source"):
        DisagreementBrowser(coded).choose_coders()


def test_the_next_open_passage_follows_a_decision(coded: Project) -> None:
    browser = opened(coded)
    first, second = (each.number for each in browser.passages)
    assert (browser.following(first), browser.following(second), browser.following(99)) == (second, first, first)
    assert browser.decide(first, "2") == "“The loss falls on the fund.”, Who carries the loss: as R2"
    assert (browser.decided, browser.following(second)) == (1, second)
    browser.decide(second, "neither")
    assert browser.following(first) is None


def test_a_reason_waits_for_the_decision(coded: Project) -> None:
    browser = opened(coded)
    number = browser.passages[0].number
    assert browser.give_reason(number, " Why. ") == "The reason is kept for your decision."
    browser.decide(number, "1")
    assert browser.reason(number) == "Why."
    assert browser.give_reason(number, "Because.") == "Reason saved."
    assert [each.memo for each in coded.codings.list() if each.coder == "consensus"] == ["Because."]


def test_a_number_of_no_passage_is_refused(coded: Project) -> None:
    with pytest.raises(InputError, match="no disagreement here"):
        opened(coded).decide(99, "1")
