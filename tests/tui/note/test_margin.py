from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.records import Coding
from sibtui.model.segments import Segment
from sibtui.tui.note import margin
from sibtui.tui.note.margin import Stripe, memo_row, qualifier_mark, stripe_of, stripes
from sibtui.workspace.spans import CodingSpans
from tests.borders import CHAIN, EMPTY, EQUAL, LAST, NEST, TOUCH, segments

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = 4
REGION = 16
SHOWN = 20


@pytest.fixture(autouse=True, scope="module")
def small_region() -> Iterator[None]:
    """Set regions of 16 code points, so that the drawn segments extend over several regions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(margin, "REGION", REGION)
        yield


def coding(number: int, start: int, end: int, stance="supports", certainty="firm") -> Coding:
    return Coding(number, "a1", Segment(start, end), "", "", "", "Code", "R1", stance, certainty, (), "", "")


def row_of(offset: int) -> int:
    return offset // ROW


def spans_of(found: list[Segment]) -> CodingSpans[Coding]:
    return CodingSpans([coding(number, segment.start, segment.end) for number, segment in enumerate(found)])


def test_codings_on_the_same_row_have_stripes_in_different_lanes():
    spans = CodingSpans([coding(1, 0, 25), coding(2, 5, 8), coding(3, 30, 35)])
    found = {stripe.coding.id: stripe.lane for stripe in stripes(spans, 0, 100, row_of)}
    assert found == {1: 0, 2: 1, 3: 0}


def test_codings_that_touch_share_a_lane_only_if_a_row_begins_between_them():
    at_a_row, within = (
        {s.lane for s in stripes(spans_of([Segment(0, at), Segment(at, 12)]), 0, 12, row_of)} for at in (8, 7)
    )
    assert (at_a_row, within) == ({0}, {0, 1})


def test_a_coding_that_ends_in_the_row_above_is_not_visible():
    spans = spans_of([Segment(0, 8), Segment(0, 9)])
    assert [stripe.coding.id for stripe in stripes(spans, 8, 12, row_of)] == [1]


@given(segments(max_size=12), st.integers(0, LAST))
@example(EMPTY, 0)
@example(TOUCH, 0)
@example(NEST, 0)
@example(CHAIN, 4)
@example(EQUAL, 0)
@example([Segment(0, 8), Segment(8, 12)], 8)
def test_every_visible_stripe_has_a_lane_that_no_other_stripe_on_the_row_has(found: list[Segment], top: int):
    spans = spans_of(found)
    shown = stripes(spans, top, top + SHOWN, row_of)
    in_view = [s for s in found if s.start < top + SHOWN and row_of(s.end - 1) >= row_of(top)]
    assert sorted(stripe.coding.segment for stripe in shown) == sorted(in_view)
    taken: set[tuple[int, int]] = set()
    for stripe in shown:
        for row in range(stripe.first, stripe.last + 1):
            assert (row, stripe.lane) not in taken
            taken.add((row, stripe.lane))


@given(segments(max_size=12), st.sampled_from([0, REGION, 2 * REGION]))
@example(CHAIN, 0)
@example([Segment(0, 18), Segment(15, 17), Segment(16, 20)], REGION)
def test_a_stripe_keeps_its_lane_when_the_note_scrolls_by_a_row(found: list[Segment], top: int):
    """Before and after the scrolling, the first visible row is in the same region."""
    spans = spans_of(found)
    before = {stripe.coding.id: stripe.lane for stripe in stripes(spans, top, top + SHOWN, row_of)}
    after = {stripe.coding.id: stripe.lane for stripe in stripes(spans, top + ROW, top + ROW + SHOWN, row_of)}
    assert all(before[number] == after[number] for number in before.keys() & after.keys())


def test_the_mark_of_a_memo_is_beside_the_tag_or_below_a_qualifier():
    plain, tentative = coding(1, 0, 1), coding(2, 0, 1, "supports", "tentative")
    with_memos = [Stripe(replace(each, memo="Ask again."), 4, 6, 0) for each in (plain, tentative)]
    assert [memo_row(stripe) for stripe in (*with_memos, Stripe(plain, 4, 6, 0))] == [4, 5, None]


def test_stance_and_certainty_can_be_distinguished_without_colours():
    kinds = [coding(1, 0, 1, s, c) for s in ("supports", "counters") for c in ("firm", "tentative")]
    assert [stripe_of(kind) + qualifier_mark(kind) for kind in kinds] == ["┃ ", "╎~", "║–", "┊≈"]
