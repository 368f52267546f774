"""A quote in its note."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.segments import Segment
from sibtui.model.text import inert
from sibtui.tui.views.context import context_rows, heading_before, line_of

TEXT = "# One\n\nThe first words of it. Then the quote itself. And more.\n\n## Two\n\nThe end.\n"


def test_the_rows_around_a_quote_tell_which_part_of_them_it_is():
    start = TEXT.index("Then")
    rows, at = context_rows(TEXT, Segment(start, start + 22), 24, 3)
    assert [row.text.rstrip() for row in rows][:3] == ["# One", "", "The first words of it."]
    assert at == 3
    assert "".join(row.text[row.start : row.end] for row in rows) == "Then the quote itself."


@given(st.data())
def test_the_parts_together_are_the_quote(data):
    text = data.draw(st.text(st.sampled_from("ab. \n\t-日é\x1b\u202e"), min_size=1, max_size=400))
    start = data.draw(st.integers(0, len(text) - 1))
    segment = Segment(start, data.draw(st.integers(start + 1, len(text))))
    rows, at = context_rows(text, segment, data.draw(st.integers(8, 60)), data.draw(st.integers(1, 5)))
    quoted = "".join(row.text[row.start : row.end] for row in rows)
    assert quoted == inert(segment.quote(text)).replace("\n", "")
    assert 0 <= at <= len(rows)
    assert all("\n" not in row.text for row in rows)


def test_a_line_without_end_is_not_laid_out_whole():
    text = "word " * 400_000
    rows, _ = context_rows(text, Segment(1_000_000, 1_000_010), 40, 3)
    assert len(rows) <= 8


def test_the_heading_above_a_place_is_found():
    assert heading_before(TEXT, TEXT.index("Then")) == "One"
    assert heading_before(TEXT, TEXT.index("The end")) == "Two"
    assert heading_before("No heading. Here.", 5) == ""
    assert line_of(TEXT, TEXT.index("The end")) == 7
