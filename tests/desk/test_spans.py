from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from sibtui.desk.spans import LONG, Spans
from sibtui.model.segments import Segment


@dataclass(frozen=True)
class Item:
    id: int
    segment: Segment


def segments(most: int = 6 * LONG):
    return st.tuples(st.integers(0, most), st.integers(1, 2 * LONG)).map(lambda at: Segment(at[0], at[0] + at[1]))


items = st.lists(segments(), max_size=30).map(lambda found: [Item(n, segment) for n, segment in enumerate(found)])


def place(item: Item) -> tuple[int, int, int]:
    return item.segment.start, item.segment.end, item.id


@given(items, segments())
def test_what_overlaps_is_what_shares_a_code_point(found: list[Item], window: Segment):
    expected = sorted((item for item in found if item.segment.overlaps(window)), key=place)
    assert Spans(found).overlapping(window.start, window.end) == expected


@given(items, st.data())
def test_items_put_and_dropped_one_by_one_leave_what_was_left(found: list[Item], data: st.DataObject):
    spans: Spans[Item] = Spans()
    for item in found:
        spans.put(item)
    gone = data.draw(st.sets(st.sampled_from(found))) if found else set()
    for item in gone:
        spans.drop(item.id)
    left = sorted((item for item in found if item not in gone), key=place)
    assert list(spans) == left
    assert spans.overlapping(0, 100 * LONG) == left


@given(items)
def test_following_and_preceding_go_through_all_in_order(found: list[Item]):
    spans = Spans(found)
    onward, at = [], (-1, -1, -1)
    while (item := spans.following(*at)) is not None:
        onward.append(item)
        at = place(item)
    back, at = [], (10**9, 10**9, 10**9)
    while (item := spans.preceding(*at)) is not None:
        back.append(item)
        at = place(item)
    assert onward == sorted(found, key=place) == back[::-1]


def test_putting_an_item_again_moves_it():
    spans = Spans([Item(1, Segment(0, 5))])
    spans.put(Item(1, Segment(7, 9)))
    assert [item.segment for item in spans] == [Segment(7, 9)]
    assert len(spans) == 1


def test_every_change_has_a_version_of_its_own():
    spans: Spans[Item] = Spans()
    seen = {spans.version}
    spans.put(Item(1, Segment(0, 5)))
    seen.add(spans.version)
    spans.drop(1)
    seen.add(spans.version)
    spans.drop(1)
    seen.add(spans.version)
    assert len(seen) == 3
