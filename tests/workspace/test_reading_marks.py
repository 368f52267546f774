"""The key that marks a source as read, or removes this mark."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from sibtui.workspace.reading_marks import all_read, toggle_read
from sibtui.workspace.source_actions import SourceActions

if TYPE_CHECKING:
    from sibtui.project import Project


def mark(project: Project, *names: str) -> str:
    actions = SourceActions(project)
    actions.load()
    return actions.toggle_read(names)


def add_later(project: Project, path: str = "Peers") -> None:
    """Add a code at a time after the readings. Two events in the same millisecond would have no order."""
    time.sleep(0.003)
    project.codes.add(path)
    time.sleep(0.003)


@pytest.fixture
def outdated(study: Project) -> Project:
    """R1 has read a1 and m1 before a code was added; R2 has read both after it."""
    for name in ("a1", "m1"):
        study.readings.add(name)
    add_later(study)
    for name in ("a1", "m1"):
        study.readings.add(name, coder="R2")
    return study


def test_an_outdated_reading_is_renewed_though_another_coder_has_read_the_source_again(outdated: Project) -> None:
    _, message = toggle_read(outdated, "a1")
    assert message == "a1: read again, for all codes, as by R2"
    assert outdated.sources.get("a1").read_by == ("R1", "R2")
    assert "a1" not in {each.source for each in outdated.readings.due("R1")}
    source, message = toggle_read(outdated, "a1")
    assert message == "a1: not read to the end by R1, still read by R2"
    assert source.read_by == ("R2",)


def test_outdated_readings_of_several_sources_are_renewed(outdated: Project) -> None:
    assert mark(outdated, "a1", "m1") == "2 sources: read"
    assert outdated.readings.due("R1") == ()
    assert mark(outdated, "a1", "m1") == "2 sources: not read to the end"
    assert outdated.readings.list(coder="R2", source="a1") != []
    assert outdated.readings.list(coder="R1") == []


def test_an_outdated_reading_is_renewed_in_the_open_round(outdated: Project) -> None:
    outdated.rounds.start("second")
    assert toggle_read(outdated, "a1")[1] == "a1: read, as by R2"
    add_later(outdated, "Pay")
    outdated.readings.add("a1", coder="R2")
    assert toggle_read(outdated, "a1")[1] == "a1: read again, for all codes, as by R2"
    assert [each.round for each in outdated.readings.list("a1", "R1")] == [1, 2]
    assert {each.source for each in outdated.readings.due("R1")} == {"m1"}


def test_several_sources_read_in_the_first_round_are_marked_read_in_the_second(study: Project) -> None:
    for name in ("a1", "m1"):
        study.readings.add(name)
    study.rounds.start("second")
    assert mark(study, "a1", "m1") == "2 sources: read"
    assert [each.round for each in study.readings.list("m1", "R1")] == [1, 2]
    assert mark(study, "a1", "m1") == "2 sources: not read to the end"
    assert [each.round for each in study.readings.list("m1", "R1")] == [1]


def test_sources_are_marked_read_by_a_coder_without_any_reading(study: Project) -> None:
    study.readings.add("a1", coder="R2")
    study.set_coder("R3")
    assert mark(study, "a1", "m1") == "2 sources: read"
    assert study.sources.get("a1").read_by == ("R2", "R3")


def test_a_new_coder_has_not_read_an_empty_selection(study: Project) -> None:
    study.set_coder("R9")
    assert not all_read(study, [])
