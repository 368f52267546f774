"""Disputes, compared with a check of all pairs of codings."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.disputes import Dispute, disputes_among
from sibtui.model.records import Coding
from sibtui.model.segments import Segment

CODING = Coding(1, "a1", Segment(0, 10), "quote", "", "", "Rate card", "R1", "supports", "firm", ("SIB A",), "", "")

drawn = st.lists(
    st.tuples(
        st.sampled_from(["a1", "b1"]), st.integers(0, 11), st.integers(1, 6), st.sampled_from(["R1", "R2"]), st.booleans()
    ),
    max_size=8,
)  # fmt: skip


def made(values: list[tuple[str, int, int, str, bool]]) -> list[Coding]:
    return [
        replace(
            CODING,
            id=at,
            source=source,
            segment=Segment(start, start + length),
            coder=coder,
            stance="counters" if counters else "supports",
        )
        for at, (source, start, length, coder, counters) in enumerate(sorted(values, key=lambda value: value[:2]))
    ]


@given(drawn)
@example([("a1", 0, 4, "R1", False), ("a1", 2, 4, "R2", True)])  # half of each
@example([("a1", 0, 4, "R1", False), ("a1", 3, 4, "R2", True)])  # less than half
@example([("a1", 0, 4, "R1", False), ("a1", 4, 4, "R2", True)])  # touch
@example([("a1", 0, 4, "R1", False), ("a1", 0, 4, "R1", True)])  # one coder
@example([("a1", 0, 4, "R1", False), ("b1", 0, 4, "R2", True)])  # two sources
def test_codings_that_overlap_by_half_with_opposite_stances_are_disputed(values) -> None:
    codings = made(values)
    slowly = set()
    for a, b in product(codings, codings):
        if a.source == b.source and a.coder != b.coder and a.stance == "supports" and b.stance == "counters":
            shared = min(a.segment.end, b.segment.end) - max(a.segment.start, b.segment.start)
            if shared > 0 and 2 * shared >= min(len(a.segment), len(b.segment)):
                slowly.add(frozenset({a.id, b.id}))
    found = [frozenset({one.id, other.id}) for one, other in disputes_among(codings)]
    assert set(found) == slowly
    assert len(found) == len(slowly)


def test_a_dispute_names_the_cell_the_coders_and_the_place() -> None:
    other = replace(CODING, id=4, segment=Segment(5, 12), coder="R2", stance="counters")
    assert str(Dispute("Rate card", "SIB A", ((CODING, other),))) == (
        "Rate card, SIB A: R1 and R2 disagree on a passage (a1 5:10, codings 1 and 4)"
    )


def test_a_dispute_counts_the_passages_of_each_pair_of_coders() -> None:
    b = replace(CODING, id=4, coder="R2", stance="counters")
    c = replace(CODING, id=9, coder="R3", stance="counters")
    again = replace(CODING, id=7, segment=Segment(20, 30))
    dispute = Dispute("Card", "SIB A", ((CODING, b), (CODING, c), (b, again)))
    assert str(dispute) == (
        "Card, SIB A: R1 and R2 disagree on 2 passages (first a1 0:10, codings 1 and 4);"
        " R1 and R3 disagree on a passage (a1 0:10, codings 1 and 9)"
    )
