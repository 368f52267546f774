from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.segments import CONTEXT, Segment, islands

from .strategies import segments


def covered(found: list[Segment]) -> set[int]:
    return {position for segment in found for position in range(segment.start, segment.end)}


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (-2, -1)])
def test_a_segment_begins_at_nought_or_later_and_is_never_empty(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not a segment"):
        Segment(start, end)


def test_offsets_count_code_points() -> None:
    text = "a😀e\u0301\u2028z"
    segment = Segment(1, 4)
    assert (segment.quote(text), len(segment), str(segment)) == ("😀e\u0301", 3, "1:4")


@given(segments)
def test_a_span_is_read_as_it_is_written(segment: Segment) -> None:
    assert Segment.parse(str(segment)) == segment


def test_a_span_may_have_blanks_in_it() -> None:
    assert Segment.parse(" 120 : 164 ") == Segment(120, 164)


@pytest.mark.parametrize(
    "text", ["", "12", "12-14", "a:b", "4:4", "9:3", "-1:3", ":3", "3:", "1:2:3", "1_0:2_0", "+1:3", "\u0661:\u0663"]
)
def test_what_is_no_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write START:END, for example 120:164"):
        Segment.parse(text)


@given(segments, segments)
def test_two_segments_overlap_when_they_share_a_code_point(first: Segment, second: Segment) -> None:
    assert first.overlaps(second) == bool(covered([first]) & covered([second]))


def test_segments_that_touch_do_not_overlap() -> None:
    assert not Segment(0, 5).overlaps(Segment(5, 9))


def test_context_stops_at_the_ends_of_the_text() -> None:
    text = "x" * CONTEXT + "1234quote5678"
    at = text.index("quote")
    assert Segment(at, at + 5).context(text) == (text[4:at], "5678")
    assert Segment(0, len(text)).context(text) == ("", "")


@given(st.lists(segments, max_size=12))
def test_islands_cover_what_the_segments_cover_in_order_and_apart(given_segments: list[Segment]) -> None:
    found = list(islands(given_segments))
    assert covered(found) == covered(given_segments)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(st.lists(segments, max_size=8))
def test_two_segments_are_in_one_island_when_a_chain_of_overlaps_joins_them(given_segments: list[Segment]) -> None:
    groups: list[list[Segment]] = []
    for segment in given_segments:
        joined = [group for group in groups if any(segment.overlaps(other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([segment, *(other for group in joined for other in group)])
    expected = sorted(Segment(min(s.start for s in group), max(s.end for s in group)) for group in groups)
    assert list(islands(given_segments)) == expected


def test_touching_segments_stay_two_islands() -> None:
    assert list(islands([Segment(5, 9), Segment(0, 5), Segment(8, 12)])) == [Segment(0, 5), Segment(5, 12)]
