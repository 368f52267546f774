from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sibtui.desk.spans import Spans
from sibtui.model.records import Coding
from sibtui.model.segments import Segment
from sibtui.tui.note.margin import sign_of, stripe_of, stripes

ROW = 10


def coding(number: int, start: int, end: int, stance="supports", certainty="firm") -> Coding:
    return Coding(number, "a1", Segment(start, end), "", "", "", "Code", "R1", stance, certainty, (), "", "")


def row_of(offset: int) -> int:
    return offset // ROW


places = st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 200)), max_size=40)


def test_codings_beside_each_other_on_a_row_have_stripes_of_their_own():
    spans = Spans([coding(1, 0, 25), coding(2, 5, 8), coding(3, 30, 35)])
    found = {stripe.coding.id: stripe.lane for stripe in stripes(spans, 0, 100, row_of)}
    assert found == {1: 0, 2: 1, 3: 0}


@given(places, st.integers(0, 3000))
def test_no_two_stripes_share_a_lane_on_a_row(found: list[tuple[int, int]], top: int):
    spans = Spans([coding(n, start, start + length) for n, (start, length) in enumerate(found)])
    taken: set[tuple[int, int]] = set()
    for stripe in stripes(spans, top, top + 500, row_of):
        for row in range(stripe.first, stripe.last + 1):
            assert (row, stripe.lane) not in taken
            taken.add((row, stripe.lane))


@given(places, st.integers(0, 2000))
def test_a_stripe_does_not_jump_when_the_note_scrolls_by_a_row(found: list[tuple[int, int]], top: int):
    top -= top % 1024  # both views begin in one region
    spans = Spans([coding(n, start, start + length) for n, (start, length) in enumerate(found)])
    before = {stripe.coding.id: stripe.lane for stripe in stripes(spans, top, top + 500, row_of)}
    after = {stripe.coding.id: stripe.lane for stripe in stripes(spans, top + ROW, top + ROW + 500, row_of)}
    assert all(before[number] == after[number] for number in before.keys() & after.keys())


def test_stance_and_certainty_are_told_apart_without_colour():
    kinds = [coding(1, 0, 1, s, c) for s in ("supports", "counters") for c in ("firm", "tentative")]
    assert [stripe_of(kind) + sign_of(kind) for kind in kinds] == ["┃ ", "╎~", "║–", "┊≈"]
