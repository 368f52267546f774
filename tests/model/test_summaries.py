from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.judgement_basis import BasisQuote, JudgementBasis
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition, joined_summaries, with_columns
from sibtui.model.segments import Segment
from sibtui.model.summaries import Summary, links_in, place_link, with_links, with_sources_renamed

QUOTE = BasisQuote("s1", "She came first.", "before ", " after", "supports", "firm", ("c1",))
BASIS = JudgementBasis("present", "1/1", (("u1", "T/Trust"),), (), "asked", (QUOTE,))
SUMMARY = Summary("Trust came first.", "R1", "2026-11-28T10:00:00Z", row="Trust", column="SIB A", basis=BASIS)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Nothing.", []),
        ("[12]", [(12, "", None)]),
        ("[c1 5:9] and [12].", [(None, "c1", Segment(5, 9)), (12, "", None)]),
        ("[unclear] they came [c1 5:9]", [(None, "c1", Segment(5, 9))]),
        ('["a [b]" 0:1]', [(None, "a [b]", Segment(0, 1))]),
        ("[Anna 2020 0:1]", [(None, "Anna 2020", Segment(0, 1))]),
        ("[c1 9:5] [c1 5:5] [c1] [ 1:2] [1 2]", []),
        ("[1234567890123456789]", []),
    ],
)
def test_links_are_found_in_a_text(text: str, links: list[tuple[int | None, str, Segment | None]]) -> None:
    found = list(links_in(text))
    assert [(link.coding, link.source, link.segment) for link in found] == links
    assert all(text[link.start : link.end] == link.words for link in found)


@pytest.mark.parametrize("source", ["c1", "a [b]", "Anna 2020"])
def test_the_link_to_a_place_is_read_back(source: str) -> None:
    [link] = links_in(place_link(source, Segment(3, 4)))
    assert (link.source, link.segment) == (source, Segment(3, 4))


def test_a_text_keeps_all_but_its_links() -> None:
    assert with_links("a [1] b [2] c", lambda link: f"<{link.coding}>") == "a <1> b <2> c"
    assert with_sources_renamed("[c1 0:1] [c2 0:1] [1]", {"c1": "c[1]"}) == '["c[1]" 0:1] [c2 0:1] [1]'


def test_only_quotes_and_codes_make_a_summary_stale() -> None:
    assert SUMMARY.changes(BASIS) == ()
    assert SUMMARY.changes(replace(BASIS, computed="absent", rule="3/3", open=("a1",), covered_by="")) == ()
    assert SUMMARY.changes(replace(BASIS, quotes=())) == ("1 quote is gone (“She came first.”)",)
    assert SUMMARY.changes(replace(BASIS, codes=(("u2", "T/New"),))) == ("the row drew on T/Trust, and draws on T/New",)
    assert replace(SUMMARY, basis=None).changes(BASIS) == ()


def test_the_place_is_a_cell_or_a_code_in_a_case() -> None:
    assert SUMMARY.place == "Trust in SIB A"
    assert Summary("x", "R1", "", code="T/Trust", case="SIB B").place == "T/Trust in SIB B"


def test_summaries_of_one_coder_on_columns_that_read_the_same_are_joined() -> None:
    later = replace(SUMMARY, text="Later.", at="2026-11-29T10:00:00Z", column="sib a", uid="2")
    other = replace(later, coder="R2")
    definition = MatrixDefinition("t", "", (RowDefinition("Trust", "T"),), summaries=(later, SUMMARY, other))
    found = with_columns(definition, ["SIB A"]).summaries
    assert [(each.coder, each.column, each.text) for each in found] == [
        ("R1", "SIB A", "Trust came first.\n\nLater."), ("R2", "SIB A", "Later."),
    ]  # fmt: skip
    assert joined_summaries([SUMMARY]) == (SUMMARY,)
