"""A text without passages: other segments keep their words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.erased_passages import TextWithoutPassages
from sibtui.model.segments import Segment, islands

TEXT = "Ada: Why so? Ben: No money. Ada: Oh. Ben: None."
SHORTER = TextWithoutPassages(TEXT, [Segment(13, 27), Segment(37, 47)])


def test_each_erased_passage_is_replaced_by_a_mark() -> None:
    assert SHORTER.text == "Ada: Why so? [withdrawn] Ada: Oh. [withdrawn]"
    assert TextWithoutPassages(TEXT, []).text == TEXT


@pytest.mark.parametrize(
    ("segment", "quote"),
    [
        ((0, 12), "Ada: Why so?"),
        ((28, 36), "Ada: Oh."),
        ((5, 18), "Why so?"),
        ((5, 36), "Why so? [withdrawn] Ada: Oh."),
        ((20, 32), "Ada:"),
        ((13, 27), None),
        ((12, 28), None),
        ((14, 20), None),
        ((12, 13), " "),
    ],
)
def test_a_segment_keeps_the_words_that_are_not_erased(segment: tuple[int, int], quote: str | None) -> None:
    place = SHORTER.place(Segment(*segment))
    assert (None if place is None else place.quote(SHORTER.text)) == quote


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[Segment], Segment]:
    text = draw(st.text("ab ", min_size=1, max_size=12))
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda edge: edge[0] < edge[1])
    segments = st.builds(lambda edge: Segment(*edge), edges)
    return text, list(islands(draw(st.lists(segments, max_size=3)))), draw(segments)


@given(texts())
@example(("ab ab", [Segment(0, 2), Segment(2, 5)], Segment(0, 5)))
@example(("ab ab", [Segment(0, 2)], Segment(2, 5)))
def test_a_segment_keeps_all_letters_outside_of_the_erased_passages(drawn: tuple[str, list[Segment], Segment]) -> None:
    text, passages, segment = drawn
    shorter = TextWithoutPassages(text, passages, mark="#")
    kept = "".join(
        text[at] for at in range(segment.start, segment.end) if not any(p.start <= at < p.end for p in passages)
    )
    place = shorter.place(segment)
    if place is None:
        assert kept.strip() == ""
    else:
        assert place.quote(shorter.text).replace("#", "").strip() == kept.strip()
