from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from sibtui.errors import InputError
from sibtui.model.drafts import CodingDraft, code_drafts
from sibtui.model.filters import CodingFilter, EvidenceFilter
from sibtui.model.records import Code, Lineage
from sibtui.model.table import Table


def code(path: str) -> Code:
    return Code(3, None, "n", path, "d", "i", "e", "x", "in vivo", "retired", "sky", "K", "2020")


@pytest.mark.parametrize(("path", "depth"), [("Theme", 0), ("Theme/Code", 1), ("A\\/B/C/D", 2)])
def test_a_theme_has_depth_0(path: str, depth: int) -> None:
    assert code(path).depth == depth


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        code("a").path = "b"


def test_codes_become_drafts_with_their_lineage() -> None:
    event = Lineage("merged", "2020", "me", "Old", "what it was", "why")
    first, second = code_drafts([code("T/A"), code("T/B")], {3: (event,)})
    assert (first.path, first.definition, first.include, first.exclude, first.example) == ("T/A", "d", "i", "e", "x")
    assert (first.origin, first.status, first.colour, first.key, first.since) == (
        "in vivo",
        "retired",
        "sky",
        "K",
        "2020",
    )
    assert first.lineage == second.lineage == (event,)
    assert code_drafts([code("T/A")], {})[0].lineage == ()


def test_an_empty_filter_of_evidence_is_false() -> None:
    assert not EvidenceFilter()
    assert EvidenceFilter(kinds=("report",))
    assert EvidenceFilter(coders=("me",))


def test_a_table_needs_no_title() -> None:
    assert Table(("a",), (("b",),)).title == ""


@pytest.mark.parametrize(
    ("given", "kept"), [(None, None), ((), ()), ("SIB A", ("SIB A",)), (["SIB A", "SIB B"], ("SIB A", "SIB B"))]
)
def test_cases_of_a_draft_become_a_tuple_or_stay_none(given: object, kept: object) -> None:
    assert CodingDraft("a1", "T/A", cases=given).cases == kept


def test_a_single_name_in_a_filter_becomes_a_tuple() -> None:
    one = CodingFilter(codes="T/A", cases="SIB A", sources="a1", kinds="report", coders="me")
    assert (one.codes, one.cases, one.sources, one.kinds, one.coders) == (
        ("T/A",), ("SIB A",), ("a1",), ("report",), ("me",),
    )  # fmt: skip
    assert CodingFilter(codes=["T/A", "T/B"], kinds=["report", "other"]) == CodingFilter(
        codes=("T/A", "T/B"), kinds=("report", "other")
    )


@pytest.mark.parametrize("field", ["kinds", "stance", "certainty"])
def test_a_filter_refuses_an_unknown_choice(field: str) -> None:
    with pytest.raises(InputError, match="nonsense"):
        CodingFilter(**{field: "nonsense"})
