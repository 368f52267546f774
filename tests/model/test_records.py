from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from sibtui.model.drafts import code_drafts
from sibtui.model.filters import EvidenceFilter
from sibtui.model.records import Code, Lineage
from sibtui.model.table import Table


def code(path: str) -> Code:
    return Code(3, None, "n", path, "d", "i", "e", "x", "in vivo", "retired", "sky", "K", "2020")


@pytest.mark.parametrize(("path", "depth"), [("Theme", 0), ("Theme/Code", 1), ("A\\/B/C/D", 2)])
def test_a_theme_is_at_depth_nought(path: str, depth: int) -> None:
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
