"""The part of a study that goes to a colleague."""

from __future__ import annotations

from dataclasses import replace

from sibtui.model.packages import packaged
from sibtui.model.records import Package, Reading, Round, TopicRecord

from .study_copies import AT, STUDY, added, coding

PACKAGE = Package("Ben", 7, "digest", AT, ("s1",))
FULL = replace(
    added(STUDY, "codings", coding("b1", "one", "Money", 0, 4, coder="Ben"), coding("b2", "two", "Money", 0, 4, coder="Ben")),
    cases=(replace(STUDY.cases[0], private_name="Leeds"), STUDY.cases[1]),
    sources=(replace(STUDY.sources[0], reading="in progress"), STUDY.sources[1]),
    topics=(*STUDY.topics, TopicRecord("one", "Trust", "asked", "A")),
    readings=(*STUDY.readings, Reading("one", "Ben", AT)),
    rounds=(*STUDY.rounds, Round("Ben", 2, "again", AT, "", False, ("one", "two"))),
    memos=(*STUDY.memos, *(replace(memo, coder="Ben", uid=f"{memo.uid}b") for memo in STUDY.memos)),
)  # fmt: skip


def test_a_package_has_its_sources_their_cases_and_the_codebook() -> None:
    found = packaged(FULL, PACKAGE)
    assert [(source.name, source.reading) for source in found.sources] == [("one", "unread")]
    assert [(case.label, case.private_name) for case in found.cases] == [("A", None)]
    assert found.codes == FULL.codes
    assert (found.package, found.matrices, found.coders) == (PACKAGE, (), ("Ben",))
    assert [(record.source, record.topic, record.case) for record in found.topics] == [
        ("one", "Money", ""), ("one", "Trust", "A"),
    ]  # fmt: skip


def test_of_all_work_a_package_has_only_that_of_the_colleague() -> None:
    found = packaged(FULL, PACKAGE)
    assert [each.uid for each in found.codings] == ["b1"]
    assert [each.coder for each in found.readings] == ["Ben"]
    assert [(each.coder, each.sources) for each in found.rounds] == [("Ben", ("one",))]
    assert [memo.on for memo in found.memos] == ["project", "code"]
    assert {memo.coder for memo in found.memos} == {"Ben"}


def test_a_package_of_all_sources_has_all_cases() -> None:
    found = packaged(FULL, replace(PACKAGE, sources=("s1", "s2")))
    assert [case.label for case in found.cases] == ["A", "B"]
    assert [each.uid for each in found.codings] == ["b1", "b2"]
