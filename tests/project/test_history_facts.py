"""The facts of an act: its items with their names or quotes, and their fields before and after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import NotFoundError
from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.segments import Segment
from sibtui.store import codings

from .study import highest_present_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project import Project


@pytest.fixture
def small(empty: Project) -> Project:
    empty.cases.add("SIB A")
    empty.cases.add("SIB B")
    empty.sources.add([SourceDraft("a1", "Nobody called back. We waited.", cases=("SIB A", "SIB B"))])
    empty.codes.add("People/Trust")
    empty.codes.add("People/Time")
    empty.codings.add("a1", "Trust", quote="Nobody called back.")
    empty.matrices.define(MatrixDefinition("t1", "", (RowDefinition("Row", ("Trust",)),)))
    return empty


def corrected(project: Project) -> None:
    project.sources.correct("a1", "Then nobody came. Nobody called back. We waited.")


QUOTE = "“Nobody called back.” in a1"
FACTS: dict[str, tuple[Callable[[Project], object], tuple[str, str, str], tuple[str, str, str]]] = {
    "a coding": (lambda p: p.codings.set(1, stance="counters"), ("coding", QUOTE, "changed"), ("stance", "supports", "counters")),
    "its code": (lambda p: p.codings.set(1, code="Time"), ("coding", QUOTE, "changed"), ("code", "People/Trust", "People/Time")),
    "its case": (lambda p: p.codings.attribute(1, "SIB B"), ("coding", QUOTE, "changed"), ("case", "", "SIB B")),
    "its passage": (
        lambda p: p.codings.set(1, segment=Segment(20, 30)), ("coding", "“We waited.” in a1", "changed"),
        ("passage", "“Nobody called back.”", "“We waited.”"),
    ),
    "a new one": (
        lambda p: p.codings.add(CodingDraft("a1", "Time", quote="We waited.")), ("coding", "“We waited.” in a1", "added"),
        ("code", "", "People/Time"),
    ),
    "a removed one": (lambda p: p.codings.remove(1), ("coding", QUOTE, "removed"), ("code", "People/Trust", "")),
    "a source": (lambda p: p.sources.set("a1", new_name="b1"), ("source", "b1", "changed"), ("name", "a1", "b1")),
    "its case too": (lambda p: p.sources.set("a1", cases="SIB A"), ("source", "a1", "changed"), ("case", "SIB B", "")),
    "its value": (lambda p: p.sources.set("a1", attributes={"mode": "online"}), ("source", "a1", "changed"), ("mode", "", "online")),
    "its reading": (lambda p: p.sources.set("a1", reading="in progress"), ("source", "a1", "changed"), ("reading", "not begun", "in progress")),
    "its topic": (
        lambda p: p.sources.set_topic("a1", "Time", "not asked", case="SIB A"), ("source", "a1", "changed"),
        ("asked about People/Time (SIB A)", "", "not asked"),
    ),
    "its text": (corrected, ("source", "a1", "changed"), ("text", "version 1", "version 2, 48 characters")),
    "a moved coding": (corrected, ("coding", QUOTE, "changed"), ("passage", "", "moved with its text")),
    "a case": (lambda p: p.cases.set("SIB A", new_label="North"), ("case", "North", "changed"), ("name", "SIB A", "North")),
    "a code": (lambda p: p.codes.set("Time", definition="When."), ("code", "People/Time", "changed"), ("definition", "", "When.")),
    "a moved code": (lambda p: p.codes.move("Time"), ("code", "Time", "changed"), ("below", "People", "")),
    "a memo": (lambda p: p.memos.add("Why?", on="source", of="a1"), ("memo", "on a1", "added"), ("text", "", "Why?")),
    "a memo on the study": (lambda p: p.memos.add("Why?"), ("memo", "on the study", "added"), ("text", "", "Why?")),
    "the study": (lambda p: p.set_study(description="What?"), ("the study", "", "changed"), ("description", "", "What?")),
    "a judgement": (
        lambda p: p.matrices.judge("t1", "Row", "SIB A", "absent", "They left."), ("judgement", "Row in SIB A", "added"),
        ("verdict", "", "absent"),
    ),
    "the evidence of a table": (
        lambda p: p.matrices.define(MatrixDefinition("t1", "", (RowDefinition("Row", ("Trust",)),), kinds="report")),
        ("table", "t1", "changed"), ("evidence", "", "report"),
    ),
    "a row": (
        lambda p: p.matrices.define(MatrixDefinition("t1", "", (RowDefinition("Row", ("Time",)),))), ("table", "t1", "changed"),
        ("code of Row", "People/Trust", "People/Time"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FACTS)
def test_a_change_is_described_with_its_item_and_its_fields(small: Project, name: str) -> None:
    change, item, field = FACTS[name]
    change(small)
    act = small.history.list(limit=1)[0]
    found = {(fact.what, fact.item, fact.kind): fact.fields for fact in small.history.facts(act.id)}
    assert field in found[item], found


@pytest.mark.parametrize("name", FACTS)
def test_no_fact_names_a_table_a_column_or_a_number_of_a_row(small: Project, name: str) -> None:
    FACTS[name][0](small)
    for act in small.history.list():
        for fact in small.history.facts(act.id):
            shown = " ".join([fact.what, fact.item, *(part for field in fact.fields for part in field)])
            assert not re.search(r"_id|_values|_cases|coding \d|row \d", shown), shown


def test_facts_of_an_undone_act_are_the_same(small: Project) -> None:
    small.codings.set(1, stance="counters")
    act = small.history.list(limit=1)[0]
    before = small.history.facts(act.id)
    small.history.undo()
    assert small.history.facts(act.id) == before


def test_acts_are_listed_by_coder_kind_source_and_code(small: Project) -> None:
    small.sources.add(SourceDraft("b1", "Another text."))
    small.set_coder("Ben")
    small.codings.add(CodingDraft("b1", "Time", quote="Another"))
    small.codings.attribute(1, "SIB A")

    def listed(**chosen: str) -> list[str]:
        return [act.verb for act in small.history.list(**chosen)]

    assert listed(coder="ben") == ["coding set", "coding add"]
    assert listed(verb="coding") == ["coding set", "coding add", "coding add"]
    assert listed(verb="coding add", coder="Ben") == ["coding add"]
    assert listed(source="b1") == ["coding add", "source add"]
    assert listed(code="Trust") == ["coding set", "matrix define", "coding add", "code add"]
    assert listed(source="a1", limit=1) == ["coding set"]
    small.codings.remove(2)
    small.history.undo()
    assert listed(source="b1") == ["coding remove", "coding add", "source add"]
    for wrong in ({"coder": "Zoe"}, {"verb": "fly"}, {"source": "zz"}, {"code": "zz"}):
        with pytest.raises(NotFoundError):
            listed(**wrong)


def test_acts_of_a_removed_source_are_not_those_of_a_new_one_with_its_row(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codings, "_highest_id", highest_present_id)

    def acts(**chosen: str) -> list[str]:
        return [f"{act.verb} {act.id}" for act in small.history.list(**chosen)]

    first = len(small.history.list())
    small.sources.add(SourceDraft("old", "An older text."))
    small.codings.add(CodingDraft("old", "Time", quote="older"))
    small.codings.set(2, memo="Soon gone.")
    old = small.sources.get("old").id
    small.sources.remove("old")
    small.sources.add(SourceDraft("new", "A newer text."))
    assert small.sources.get("new").id == old
    small.codings.add(CodingDraft("new", "Time", quote="newer"))
    assert [coding.id for coding in small.codings.list(source="new")] == [2]
    assert acts(source="new") == [f"coding add {first + 6}", f"source add {first + 5}"]
    small.codings.remove(2)
    small.codings.add(CodingDraft("a1", "Time", quote="waited"))
    small.codings.remove(2)
    small.codings.add(CodingDraft("new", "Time", quote="text"))
    assert acts(source="new") == [
        f"coding add {first + 10}", f"coding remove {first + 7}", f"coding add {first + 6}", f"source add {first + 5}",
    ]  # fmt: skip
    small.history.undo(6)
    assert list(small.sources.names()) == ["a1"]
    small.history.undo()
    verbs = ("source remove", "coding set", "coding add", "source add")
    assert acts(source="old")[-4:] == [f"{verb} {first + 4 - at}" for at, verb in enumerate(verbs)]


def test_the_place_of_an_act_is_a_coding_or_another_item(small: Project) -> None:
    def place(change: Callable[[Project], object]) -> tuple[str, str, str]:
        change(small)
        found = small.history.place(small.history.list(limit=1)[0].id)
        assert found is not None
        segment = "" if found.segment is None else str(found.segment)
        return found.kind, found.name, segment

    assert place(lambda p: p.codings.set(1, stance="counters")) == ("coding", "a1", "0:19")
    assert place(lambda p: p.codings.attribute(1, "SIB B")) == ("coding", "a1", "0:19")
    assert place(lambda p: p.sources.set("a1", title="x")) == ("source", "a1", "")
    assert place(lambda p: p.codes.set("Time", definition="x")) == ("code", "People/Time", "")
    assert place(lambda p: p.cases.set("SIB A", new_label="North")) == ("case", "North", "")
    assert place(lambda p: p.matrices.remove("t1") and p.history.undo() and p.matrices.rename("t1", "t2")) == (
        "matrix",
        "t2",
        "",
    )
    assert place(lambda p: p.codings.remove(1)) == ("coding", "a1", "0:19")
    small.sources.remove("a1")
    assert small.history.place(small.history.list(limit=1)[0].id) is None
    small.set_study(name="x")
    assert small.history.place(small.history.list(limit=1)[0].id) is None
