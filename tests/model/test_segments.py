from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.segments import CONTEXT, Segment, islands
from tests.borders import BORDERS, CHAIN, EMPTY, EQUAL, NEST, SAME_END, SAME_START, TOUCH, pairs, segments


def covered(found: list[Segment]) -> set[int]:
    return {position for segment in found for position in range(segment.start, segment.end)}


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (-2, -1)])
def test_a_negative_or_empty_segment_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not a segment"):
        Segment(start, end)


def test_offsets_count_code_points() -> None:
    text = "a😀e\u0301\u2028z"
    segment = Segment(1, 4)
    assert (segment.quote(text), len(segment), str(segment)) == ("😀e\u0301", 3, "1:4")


@given(st.builds(lambda start, length: Segment(start, start + length), st.integers(0, 40), st.integers(1, 3)))
@example(Segment(0, 1))
def test_a_segment_is_parsed_from_its_text(segment: Segment) -> None:
    assert Segment.parse(str(segment)) == segment


def test_a_span_may_contain_spaces() -> None:
    assert Segment.parse(" 120 : 164 ") == Segment(120, 164)


@pytest.mark.parametrize(
    "text", ["", "12", "12-14", "a:b", "-1:3", ":3", "3:", "1:2:3", "1_0:2_0", "+1:3", "\u0661:\u0663"]
)
def test_a_text_other_than_a_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="write START:END, for example 120:164"):
        Segment.parse(text)


@pytest.mark.parametrize("text", ["4:4", "9:3"])
def test_a_span_that_ends_at_or_before_its_start_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is not a span: END must be greater than START"):
        Segment.parse(text)


@pytest.mark.parametrize("text", ["1:" + "9" * 5_000, "1" * 5_000 + ":2"])
def test_a_span_with_too_many_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write START:END, for example 120:164"):
        Segment.parse(text)


@given(pairs())
@example((TOUCH[0], TOUCH[1]))
@example((TOUCH[1], TOUCH[0]))
@example((NEST[0], NEST[1]))
@example((SAME_START[0], SAME_START[1]))
@example((SAME_END[0], SAME_END[1]))
@example((CHAIN[0], CHAIN[1]))
@example((EQUAL[0], EQUAL[1]))
def test_two_segments_overlap_when_they_share_a_code_point(pair: tuple[Segment, Segment]) -> None:
    first, second = pair
    assert first.overlaps(second) == bool(covered([first]) & covered([second]))


def test_segments_that_touch_do_not_overlap() -> None:
    first, second = TOUCH
    assert not first.overlaps(second)
    assert not second.overlaps(first)


@pytest.mark.parametrize("shared", [NEST, SAME_START, SAME_END, EQUAL, CHAIN[:2], CHAIN[1:]])
def test_segments_that_share_one_code_point_or_more_overlap(shared: list[Segment]) -> None:
    first, second = shared
    assert first.overlaps(second)
    assert second.overlaps(first)


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_context_is_limited_on_each_side(more: int) -> None:
    text = "b" * (CONTEXT + more) + "quote" + "a" * (CONTEXT + more)
    size = min(CONTEXT + more, CONTEXT)
    assert Segment(CONTEXT + more, CONTEXT + more + 5).context(text) == ("b" * size, "a" * size)


def test_context_stops_at_the_ends_of_the_text() -> None:
    text = "x" * CONTEXT + "1234quote5678"
    at = text.index("quote")
    assert Segment(at, at + 5).context(text) == (text[4:at], "5678")
    assert Segment(0, len(text)).context(text) == ("", "")


@given(segments(max_size=12))
@example(EMPTY)
@example(TOUCH)
@example(NEST)
@example(SAME_START)
@example(SAME_END)
@example(CHAIN)
@example(EQUAL)
def test_islands_cover_the_segments_in_order_without_overlap(given_segments: list[Segment]) -> None:
    found = list(islands(given_segments))
    assert covered(found) == covered(given_segments)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(segments())
@example(EMPTY)
@example(TOUCH)
@example(NEST)
@example(SAME_START)
@example(SAME_END)
@example(CHAIN)
@example(EQUAL)
@example([segment for border in BORDERS for segment in border])
def test_two_segments_are_in_one_island_if_a_chain_of_overlaps_joins_them(given_segments: list[Segment]) -> None:
    groups: list[list[Segment]] = []
    for segment in given_segments:
        joined = [group for group in groups if any(segment.overlaps(other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([segment, *(other for group in joined for other in group)])
    expected = sorted(Segment(min(s.start for s in group), max(s.end for s in group)) for group in groups)
    assert list(islands(given_segments)) == expected


def test_touching_segments_are_two_islands() -> None:
    assert list(islands([Segment(5, 9), Segment(0, 5), Segment(8, 12)])) == [Segment(0, 5), Segment(5, 12)]
