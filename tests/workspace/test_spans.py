from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.segments import Segment
from sibtui.workspace import spans as module
from sibtui.workspace.spans import CodingSpans
from tests.borders import CHAIN, EMPTY, EQUAL, LAST, NEST, SAME_END, SAME_START, TOUCH, between, edges

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 8


@pytest.fixture(autouse=True, scope="module")
def short_limit() -> Iterator[None]:
    """Set the limit of long segments to 8 code points, so that both kinds are drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONG", LONG)
        yield


@dataclass(frozen=True)
class Item:
    id: int
    segment: Segment


def numbered(segments: list[Segment]) -> list[Item]:
    return [Item(number, segment) for number, segment in enumerate(segments)]


def place(item: Item) -> tuple[int, int, int]:
    return item.segment.start, item.segment.end, item.id


items_and_window = edges().flatmap(
    lambda found: st.tuples(st.lists(between(found), max_size=8).map(numbered), between(found))
)
items = items_and_window.map(lambda drawn: drawn[0])


@given(items_and_window)
@example((numbered(EMPTY), Segment(0, 1)))
@example((numbered(TOUCH), TOUCH[0]))
@example((numbered(TOUCH), TOUCH[1]))
@example((numbered(NEST), NEST[1]))
@example((numbered(SAME_START), SAME_START[0]))
@example((numbered(SAME_END), SAME_END[1]))
@example((numbered(CHAIN), CHAIN[1]))
@example((numbered(EQUAL), EQUAL[0]))
@example((numbered([Segment(0, LONG), Segment(0, LONG + 1)]), Segment(LONG - 1, LONG)))
@example((numbered([Segment(0, LONG), Segment(0, LONG + 1)]), Segment(LONG, LONG + 1)))
@example((numbered([Segment(0, LONG), Segment(0, LONG + 1)]), Segment(LONG + 1, LONG + 2)))
def test_overlapping_items_share_a_code_point(drawn: tuple[list[Item], Segment]):
    found, window = drawn
    expected = sorted((item for item in found if item.segment.overlaps(window)), key=place)
    assert CodingSpans(found).overlapping(window.start, window.end) == expected


@pytest.mark.parametrize("length", [LONG - 1, LONG, LONG + 1])
def test_removing_a_coding_with_a_length_near_the_limit_keeps_the_others(length: int):
    item, short, long = Item(1, Segment(0, length)), Item(2, Segment(0, 1)), Item(3, Segment(0, 2 * LONG))
    spans = CodingSpans([item, short, long])
    spans.drop(1)
    assert spans.overlapping(0, LONG) == [short, long]
    spans.put(item)
    assert spans.overlapping(0, LONG) == [short, item, long]


@pytest.mark.parametrize("length", [1, LONG, LONG + 1])
def test_a_coding_that_ends_where_the_selection_begins_does_not_overlap(length: int):
    spans = CodingSpans([Item(1, Segment(20 - length, 20))])
    assert spans.overlapping(20, 21) == []
    assert spans.overlapping(19, 20) == [Item(1, Segment(20 - length, 20))]


@pytest.mark.parametrize("length", [1, LONG, LONG + 1])
def test_a_coding_that_begins_where_the_selection_ends_does_not_overlap(length: int):
    spans = CodingSpans([Item(1, Segment(20, 20 + length))])
    assert spans.overlapping(19, 20) == []
    assert spans.overlapping(20, 21) == [Item(1, Segment(20, 20 + length))]


@given(items, st.data())
def test_items_that_were_put_and_not_dropped_remain(found: list[Item], data: st.DataObject):
    spans: CodingSpans[Item] = CodingSpans()
    for item in found:
        spans.put(item)
    gone = data.draw(st.sets(st.sampled_from(found))) if found else set()
    for item in gone:
        spans.drop(item.id)
    left = sorted((item for item in found if item not in gone), key=place)
    assert list(spans) == left
    assert spans.overlapping(0, LAST + 1) == left


@given(items)
@example(numbered(EMPTY))
@example(numbered(EQUAL))
@example(numbered(SAME_START))
@example(numbered([Segment(0, LONG + 1), Segment(0, LONG)]))
def test_following_and_preceding_visit_all_items_in_order(found: list[Item]):
    spans = CodingSpans(found)
    onward, at = [], (-1, -1, -1)
    while (item := spans.following(*at)) is not None:
        onward.append(item)
        at = place(item)
    back, at = [], (10**9, 10**9, 10**9)
    while (item := spans.preceding(*at)) is not None:
        back.append(item)
        at = place(item)
    assert onward == sorted(found, key=place) == back[::-1]


def test_putting_an_item_with_the_same_number_moves_the_item():
    spans = CodingSpans([Item(1, Segment(0, 5))])
    spans.put(Item(1, Segment(7, 9)))
    assert [item.segment for item in spans] == [Segment(7, 9)]
    assert len(spans) == 1


def test_every_change_raises_the_version():
    spans: CodingSpans[Item] = CodingSpans()
    seen = {spans.version}
    spans.put(Item(1, Segment(0, 5)))
    seen.add(spans.version)
    spans.drop(1)
    seen.add(spans.version)
    spans.drop(1)
    seen.add(spans.version)
    assert len(seen) == 3
