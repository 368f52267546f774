"""Readings: who has read what for which codes, and what must be read again."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.drafts import CommentDraft, SourceDraft
from sibtui.model.matrix_definition import RowDefinition
from sibtui.model.records import Reading, ReadingDue
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.project.shared import base
from sibtui.store.connection import Store
from tests.growth import LINEAR, growth

from .study import add_code, apply_code, matrix, states

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BROKERING, BUDGETS, GROUPS = "Strengths/Brokering", "Strengths/Budgets", "Innovation/Groups"
NEWER = "the code is newer than the reading"


def keys(readings: Sequence[Reading]) -> list[tuple[str, str, str | None]]:
    return [(reading.source, reading.coder, reading.code) for reading in readings]


def due(project: Project) -> list[tuple[str, str, str]]:
    return [(each.source, each.code, each.because) for each in project.readings.due()]


def test_a_reading_without_codes_is_a_reading_for_all_codes_by_the_current_coder(project: Project) -> None:
    assert keys(project.readings.add("AB")) == [("AB", "Ana", None)]
    source = project.sources.get("AB")
    assert (source.reading, source.read_by) == ("read", ("Ana",))


def test_a_reading_for_a_theme_is_a_reading_for_it_and_each_code_below(project: Project) -> None:
    found = project.readings.add("ab", coder="Ben", codes="strengths", at="2026-11-28T10:00:00+01:00")
    assert keys(found) == [("AB", "Ben", "Strengths"), ("AB", "Ben", BROKERING), ("AB", "Ben", BUDGETS)]
    assert {reading.at for reading in found} == {"2026-11-28T09:00:00Z"}
    assert project.sources.get("AB").reading == "in progress"


def test_a_reading_takes_several_codes_each_once(project: Project) -> None:
    found = project.readings.add("AB", codes=iter(["Groups", "Brokering", "Strengths/Brokering"]))
    assert keys(found) == [("AB", "Ana", BROKERING), ("AB", "Ana", GROUPS)]


def test_a_second_reading_replaces_the_first(project: Project) -> None:
    project.readings.add("AB", at="2020-01-01")
    project.readings.add("AB", at="2021-01-01")
    assert [reading.at for reading in project.readings.list("AB")] == ["2021-01-01T00:00:00Z"]


def test_a_coder_named_in_other_letters_is_the_same_coder(project: Project) -> None:
    assert keys(project.readings.add("AB", coder="ana ")) == [("AB", "Ana", None)]


def test_readings_are_listed_by_source_and_by_coder(project: Project) -> None:
    project.readings.add("AB", coder="Ben")
    project.readings.add("A1", coder="Ben", codes="Groups")
    assert keys(project.readings.list()) == [
        ("A1", "Ana", None), ("A1", "Ben", GROUPS), ("B1", "Ana", None), ("AB", "Ben", None),
    ]  # fmt: skip
    assert keys(project.readings.list(coder="ben", source="a1")) == [("A1", "Ben", GROUPS)]


@pytest.mark.parametrize("wanted", [{"source": "C9"}, {"coder": "Cleo"}])
def test_readings_of_missing_sources_or_codes_are_refused(project: Project, wanted: dict[str, str]) -> None:
    with pytest.raises(NotFoundError, match=next(iter(wanted.values()))):
        project.readings.list(**wanted)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"coder": " "}, "needs its coder"),
        ({"codes": ()}, "No code was given"),
        ({"at": "yesterday"}, "“yesterday” is not a time"),
    ],
)
def test_an_impossible_reading_changes_nothing(project: Project, fields: dict[str, str], message: str) -> None:
    before = project.readings.list()
    with pytest.raises(InputError, match=message):
        project.readings.add("AB", **fields)  # type: ignore[arg-type]
    assert project.readings.list() == before


def test_only_the_readings_of_that_coder_are_removed(project: Project) -> None:
    project.readings.add("A1", coder="Ben")
    project.readings.add("A1", codes="Groups")
    assert keys(project.readings.remove("A1", coder="ben")) == [("A1", "Ben", None)]
    assert keys(project.readings.remove("A1", codes="Innovation")) == [("A1", "Ana", GROUPS)]
    assert keys(project.readings.remove("A1")) == [("A1", "Ana", None)]
    assert project.sources.get("A1").reading == "unread"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"source": "AB"}, "Ana has no reading of “AB”: nobody has read it"),
        ({"source": "A1", "coder": "Ben"}, "Ben has no reading of “A1”; it is read by Ana"),
        ({"source": "A1", "codes": "Groups"}, "Ana has no reading of “A1” for Groups alone"),
    ],
)
def test_a_reading_that_does_not_exist_cannot_be_removed(
    project: Project, fields: dict[str, str], message: str
) -> None:
    with pytest.raises(NotFoundError, match=message):
        project.readings.remove(**fields)  # type: ignore[arg-type]


def test_readings_are_acts_and_can_be_undone(project: Project) -> None:
    project.readings.add("AB", coder="Ben", codes="Strengths")
    project.readings.remove("AB", coder="Ben")
    assert [(act.verb, act.summary) for act in project.history.list(limit=2)] == [
        ("reading remove", "AB by Ben"),
        ("reading add", "AB by Ben for Strengths"),
    ]
    project.history.undo()
    assert len(project.readings.list("AB")) == 3
    project.history.undo()
    assert not project.readings.list("AB")


# What must be read again


def test_nothing_is_due_in_a_source_read_after_all_codes_were_made(read: Project) -> None:
    assert read.readings.due() == ()


def test_an_unread_source_is_not_due(project: Project) -> None:
    assert {source for source, *_ in due(project)} == {"A1", "B1"}


def test_a_new_code_is_due_in_every_source_until_each_is_read_for_it(read: Project) -> None:
    since = add_code(read, "Strengths/Peers").since
    assert read.readings.due() == tuple(
        ReadingDue(source, "Strengths/Peers", NEWER, since) for source in ("A1", "B1", "AB")
    )
    read.readings.add("B1", coder="Ben", codes="Peers")
    assert due(read) == [(source, "Strengths/Peers", NEWER) for source in ("A1", "AB")]
    read.readings.add("A1")
    assert due(read) == [("AB", "Strengths/Peers", NEWER)]


def test_a_source_imported_as_read_is_not_due_for_a_code_that_the_same_import_made_before(project: Project) -> None:
    text, comment = "They trust us.", CommentDraft("Trust", Segment(0, 4))
    project.sources.add(
        [
            SourceDraft("N1", text, reading="read"),
            SourceDraft("N2", text, comments=(comment,)),
            SourceDraft("N3", text, reading="read"),
        ],
        comment_codes=True,
    )
    assert [each for each in due(project) if each[0] in ("N1", "N3")] == [("N1", "Trust", NEWER)]


def test_a_source_is_due_for_a_coder_though_another_coder_has_read_it_again(read: Project) -> None:
    add_code(read, "Strengths/Peers")
    read.readings.add("A1", coder="Ben")
    assert ("A1", "Strengths/Peers", NEWER) not in due(read)
    assert "A1" in {each.source for each in read.readings.due("ana")}
    assert "A1" not in {each.source for each in read.readings.due(coder="Ben")}
    with pytest.raises(NotFoundError, match="No coder is named “Cleo”"):
        read.readings.due("Cleo")


def test_a_source_that_was_read_only_for_some_codes_is_due_only_for_these(project: Project) -> None:
    project.readings.add("AB", codes=["Brokering", "Budgets"])
    project.readings.remove("A1")
    project.readings.remove("B1")
    assert project.readings.due() == ()
    project.codes.set("Budgets", reread="it covers vouchers now")
    project.codes.set("Groups", reread="it covers clubs now")
    add_code(project, "Strengths/Peers")
    assert due(project) == [("AB", BUDGETS, "it covers vouchers now")]
    assert [each.source for each in project.readings.due("Ana")] == ["AB"]
    project.readings.add("AB", coder="Ben", codes="Budgets")
    assert project.readings.due() == ()
    assert [each.code for each in project.readings.due("Ana")] == [BUDGETS]
    project.readings.add("AB", coder="Ben")
    project.codes.set("Groups", reread="it covers choirs now")
    assert due(project) == [("AB", GROUPS, "it covers choirs now")]
    assert [each.code for each in project.readings.due("Ana")] == [BUDGETS]


def test_a_reading_at_exactly_the_time_of_a_code_counts_for_the_code(read: Project) -> None:
    since = add_code(read, "Strengths/Peers").since
    read.readings.add("A1", at=since)
    read.readings.add("B1", codes="Peers", at=since)
    add_code(read, "Strengths/Pay")
    assert due(read) == [
        ("A1", "Strengths/Pay", NEWER), ("B1", "Strengths/Pay", NEWER),
        ("AB", "Strengths/Peers", NEWER), ("AB", "Strengths/Pay", NEWER),
    ]  # fmt: skip


def test_a_retired_code_is_not_due(read: Project) -> None:
    add_code(read, "Strengths/Peers")
    read.codes.retire("Peers")
    assert due(read) == []


def test_a_retired_sub_code_leaves_a_cell_incomplete(read: Project) -> None:
    """Its codings count, so a case without them cannot be absent before its sources are read for it."""
    theme = matrix("cases", RowDefinition("Strengths", ("Strengths",)))
    add_code(read, "Strengths/Peers")
    assert due(read)
    read.codes.retire("Peers")
    assert states(read, theme) == {"Strengths": ["incomplete", "incomplete"]}
    assert not due(read)


def test_a_code_with_a_younger_code_merged_into_it_is_due(read: Project) -> None:
    add_code(read, "Strengths/Peers")
    read.codes.merge("Peers", into="Brokering")
    assert due(read) == [(source, BROKERING, "it took in “Strengths/Peers”") for source in ("A1", "B1", "AB")]


def test_a_code_is_due_if_a_code_marked_for_re_reading_was_merged_into_it(read: Project) -> None:
    read.codes.set("Budgets", reread="it covers vouchers now")
    read.codes.merge("Budgets", into="Brokering")
    assert due(read) == [(source, BROKERING, "it took in “Strengths/Budgets”") for source in ("A1", "B1", "AB")]


def test_a_code_with_an_older_code_merged_into_it_is_not_due(read: Project) -> None:
    read.codes.merge("Budgets", into="Brokering")
    assert due(read) == []


def test_a_code_that_was_split_from_a_due_code_is_due(read: Project) -> None:
    coding = apply_code(read, "A1", "Brokering")
    add_code(read, "Strengths/Peers")
    read.codes.merge("Peers", into="Brokering")
    read.codes.split("Brokering", "Coaching", coding.id)
    assert ("A1", "Strengths/Coaching", "split from “Strengths/Brokering”") in due(read)


def test_a_code_that_was_split_from_a_code_already_read_for_is_not_due(read: Project) -> None:
    read.codes.split("Brokering", "Coaching", apply_code(read, "A1", "Brokering").id)
    assert due(read) == []


def test_a_code_marked_for_re_reading_is_due_with_the_reason_given(read: Project) -> None:
    read.codes.set("Budgets", reread=" it covers vouchers now ", definition="Money and vouchers.")
    assert due(read) == [(source, BUDGETS, "it covers vouchers now") for source in ("A1", "B1", "AB")]
    event = read.codes.lineage("Budgets")[-1]
    assert (event.event, event.note, event.since) == ("re-read", "it covers vouchers now", event.at)
    read.readings.add("A1", codes="Budgets")
    assert [source for source, *_ in due(read)] == ["B1", "AB"]
    read.history.undo(2)
    assert due(read) == []


def test_the_newest_reason_is_given(read: Project) -> None:
    read.codes.set("Budgets", reread="first")
    read.codes.set("Budgets", reread="second")
    assert {because for *_, because in due(read)} == {"second"}


@pytest.mark.parametrize("reason", ["", "  ", None, 3])
def test_a_mark_for_re_reading_needs_its_reason(read: Project, reason: object) -> None:
    if reason is None:
        assert read.codes.set("Budgets", reread=None).read_since  # type: ignore[arg-type]
        assert due(read) == []
        return
    with pytest.raises(InputError, match="needs its reason"):
        read.codes.set("Budgets", reread=reason)  # type: ignore[arg-type]


def test_a_source_is_found_by_its_exact_name_without_reading_all_names(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = project.sources.get("A1").id
    monkeypatch.setattr(base.source_rows, "source_ids", lambda _: pytest.fail("all names were read"))
    assert project._session.source_id("A1") == expected


@pytest.mark.parametrize(
    "times", [["2026-05-14T10:00:00.999Z"], ["2026-05-14T10:00:00.999Z", "2026-05-14T09:00:00.001Z"]]
)
def test_a_mark_for_re_reading_is_later_than_a_reading_even_if_the_clock_goes_back(
    tmp_path: Path, times: Sequence[str]
) -> None:
    with Project.create(tmp_path / "new.sibtui"):
        pass
    clock = chain(times, repeat(times[-1]))
    with Project(Store.open(tmp_path / "new.sibtui"), coder="Ana", clock=lambda: next(clock)) as study:
        study.sources.add(SourceDraft("a1", "Some words."))
        study.codes.add("Trust")
        for again in range(2):
            study.readings.add("a1")
            assert study.readings.due() == (), again
            study.codes.set("Trust", reread="it is wider")
            assert [due.source for due in study.readings.due()] == ["a1"], again


def test_the_cost_of_a_reading_does_not_grow_with_the_number_of_sources(tmp_path: Path) -> None:
    def read(count: int) -> None:
        path = tmp_path / f"{count}.sibtui"
        with Project.create(path, force=True, coder="Ana") as study:
            study.sources.add(SourceDraft(f"n{at}", "text") for at in range(count))
            with study.act("reading add", "all"):
                for at in range(count):
                    study.readings.add(f"n{at}")

    assert growth(read, 150) < LINEAR
