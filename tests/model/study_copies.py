"""A small whole study as a draft, and copies of it with changes, for the tests of comparing and merging."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.claims.claim import Claim
from sibtui.model.differences import Decisions, Merging
from sibtui.model.drafts import (
    AttributeDraft,
    CaseDraft,
    CodeDraft,
    CodeProposalDraft,
    CodingDraft,
    MemoDraft,
    MethodAnswer,
    QueryDraft,
    SourceDraft,
    SourceSetDraft,
    StudyDraft,
)
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.records import Lineage, Reading, Round, Study, TopicRecord
from sibtui.model.segments import Segment
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import items_of
from sibtui.model.summaries import Summary
from sibtui.model.three_way import merge_items

if TYPE_CHECKING:
    from sibtui.model.differences import Side
    from sibtui.model.three_way import MergedItems

AT = "2026-03-01T10:00:00.001Z"
TEXT = "They trust until March, and then nobody calls back. The budget is around £500 a person.\n"


def coding(uid: str, source: str, code: str, start: int, end: int, **fields: Any) -> CodingDraft:
    usual: dict[str, Any] = {
        "coder": "Ana", "stance": "supports", "certainty": "firm", "cases": ("A",), "memo": "", "created": AT,
    }  # fmt: skip
    return CodingDraft(source, code, Segment(start, end), TEXT[start:end], uid=uid, **(usual | fields))


def code(uid: str, path: str, definition: str = "", **fields: Any) -> CodeDraft:
    return CodeDraft(path, definition, **({"origin": "emergent", "status": "active", "since": AT, "uid": uid} | fields))


def source(uid: str, name: str, **fields: Any) -> SourceDraft:
    return SourceDraft(name, **({"text": TEXT, "cases": ("A",), "added": AT, "uid": uid} | fields))


STUDY = StudyDraft(
    study=Study("Contracts", "guid", "", AT, 1),
    coders=("Ana", "Ben"),
    attributes=(AttributeDraft("case", "size", "number", "at1"), AttributeDraft("source", "people", "number", "at2")),
    cases=(CaseDraft("A", None, {"size": "3"}, "a", "ca"), CaseDraft("B", None, {}, "b", "cb")),
    sources=(
        source("s1", "one", attributes={"people": "2"}),
        source("s2", "two", cases=("A", "B")),
    ),
    codes=(
        code("t1", "Trust"),
        code("c1", "Trust/Before", "They trust first."),
        code("c2", "Trust/After"),
        code("t2", "Money", lineage=(Lineage("renamed", AT, "Ana", "Cash", "", ""),)),
    ),
    codings=(
        coding("k1", "one", "Trust/Before", 0, 22),
        coding("k2", "two", "Trust/After", 28, 50, cases=("A", "B")),
        coding("k3", "two", "Money", 56, 62, cases=()),
    ),
    proposals=(
        CodeProposalDraft("Coins", "Small money.", "Ana", AT, "merged", "Money", "One topic.", AT, "p1"),
        CodeProposalDraft("Peers", "People help.", "Ben", AT, uid="p2"),
    ),
    claims=(Claim("C1", "Two cases.", registry="cases", statement="2", uid="cl1"),),
    answers=(MethodAnswer("sampling", "purposive", "an1"),),
    queries=(QueryDraft("Doubts", "certainty tentative", "q1"), QueryDraft("Near", "code Money alone", "q2")),
    sets=(SourceSetDraft("pilot", ("one", "two"), "ss1"), SourceSetDraft("none", (), "ss2")),
    topics=(TopicRecord("one", "Money", "asked"), TopicRecord("two", "Money", "asked", "B")),
    readings=(Reading("one", "Ana", AT), Reading("two", "Ana", AT, "Money")),
    rounds=(Round("Ana", 2, "again", AT, "", True, ("one",)),),
    memos=(
        MemoDraft("project", "", "On all", "Aim.", "Ana", AT, "m1"),
        MemoDraft("case", "A", "", "Small.", "Ana", AT, "m2"),
        MemoDraft("code", "Money", "", "Wide.", "Ana", AT, "m3"),
        MemoDraft("matrix", "t", "", "Print it.", "Ana", AT, "m4"),
    ),
    matrices=(
        MatrixDefinition(
            "t", "Table", (RowDefinition("Trust", ("Trust/Before", "Trust/After"), notes={"A": "Early."}),), only=("A",),
            marks={"present": "x"}, judgements=(Judgement("Trust", "A", "present", "Clear.", "Ana", AT, "f"),), uid="x1",
        ),
        MatrixDefinition(
            "u", "",
            (RowDefinition("Money", ("Money",), notes={"one": "Once.", "gone": "Lost."}), RowDefinition("Doubts", query="Doubts")),
            "sources", ("one",),
            rows_from="below", rows_below="Trust", uid="x2",
        ),
    ),
)  # fmt: skip
"""Two cases, two sources, two themes, three codings, and one of everything else."""

SUMMARISED = replace(
    STUDY,
    summaries=(
        Summary("Trust is early.", "Ana", AT, "t", "Trust", "A"),
        Summary("Little money.", "Ben", AT, code="Money", case="B"),
    ),
)
"""The study with a summary of a cell, and one of a code in a case."""


def without(draft: StudyDraft, part: str, *uids: str) -> StudyDraft:
    """Return the study without the items with these ids in one of its parts."""
    return replace(draft, **{part: tuple(each for each in getattr(draft, part) if each.uid not in uids)})


def changed(draft: StudyDraft, part: str, uid: str, **fields: Any) -> StudyDraft:
    """Return the study with other fields of one item."""
    items = (replace(each, **fields) if each.uid == uid else each for each in getattr(draft, part))
    return replace(draft, **{part: tuple(items)})


def added(draft: StudyDraft, part: str, *items: Any) -> StudyDraft:
    return replace(draft, **{part: (*getattr(draft, part), *items)})


def merged(
    mine: StudyDraft,
    theirs: StudyDraft,
    base: StudyDraft | None = STUDY,
    take: Side | None = None,
    **settings: Any,
) -> MergedItems:
    sides = Sides(items_of(mine), items_of(theirs), None if base is None else items_of(base))
    return merge_items(sides, Merging(Decisions(take), **({"at": AT, "coder": "Ana"} | settings)))


def found(result: MergedItems) -> list[tuple[str, Any, str, str]]:
    """Return (kind, key, field, proposal) of the differences."""
    return [(each.kind, each.key, each.field, each.proposal) for each in result.differences]
