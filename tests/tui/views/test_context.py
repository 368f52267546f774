"""The context of a quote in its note."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.segments import Segment
from sibtui.model.text import inert
from sibtui.tui.views.context import context_rows, heading_before, line_of

TEXT = "# One\n\nThe first words of it. Then the quote itself. And more.\n\n## Two\n\nThe end.\n"


def test_context_rows_mark_the_part_that_is_the_quote():
    start = TEXT.index("Then")
    rows, at = context_rows(TEXT, Segment(start, start + 22), 24, 3)
    assert [row.text.rstrip() for row in rows][:3] == ["# One", "", "The first words of it."]
    assert at == 3
    assert "".join(row.text[row.start : row.end] for row in rows) == "Then the quote itself."


@st.composite
def text_and_segment(draw: st.DrawFn) -> tuple[str, Segment]:
    """Return a text of short lines and a part of it.

    The part often begins or ends where a line or the text does.
    """
    text = draw(st.text(st.sampled_from("ab. \n\n\t-日é\x1b\u202e"), min_size=1, max_size=60))
    at_lines = [at for at in range(len(text) + 1) if at in {0, len(text)} or "\n" in text[at - 1 : at + 1]]
    edges = st.sampled_from(at_lines) | st.integers(0, len(text))
    start = draw(edges.filter(lambda at: at < len(text)))
    return text, Segment(start, draw(edges.filter(lambda at: at > start)))


@given(text_and_segment(), st.sampled_from([8, 9, 16, 60]), st.integers(1, 5))
@example(("a", Segment(0, 1)), 8, 1)
@example(("\n", Segment(0, 1)), 8, 1)
@example(("a\nb", Segment(0, 2)), 8, 1)
@example(("a\nb", Segment(1, 3)), 8, 1)
@example(("a\nb\n", Segment(0, 4)), 8, 1)
@example(("aaaaaaaab", Segment(7, 9)), 8, 1)
def test_the_marked_parts_together_are_the_quote(drawn, width, around):
    text, segment = drawn
    rows, at = context_rows(text, segment, width, around)
    quoted = "".join(row.text[row.start : row.end] for row in rows)
    assert quoted == inert(segment.quote(text)).replace("\n", "")
    assert 0 <= at <= len(rows)
    assert all("\n" not in row.text for row in rows)


def test_an_extremely_long_line_is_not_laid_out_whole():
    text = "word " * 400_000
    rows, _ = context_rows(text, Segment(1_000_000, 1_000_010), 40, 3)
    assert len(rows) <= 8


def test_the_heading_before_an_offset_is_found():
    assert heading_before(TEXT, TEXT.index("Then")) == "One"
    assert heading_before(TEXT, TEXT.index("The end")) == "Two"
    assert heading_before("No heading. Here.", 5) == ""
    assert line_of(TEXT, TEXT.index("The end")) == 7
