from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.text import inert
from sibtui.model.text_width import graphemes, place_glyphs
from sibtui.tui.note.layout import NoteLayout, lines_around
from tests.texts import texts


def rows(text: str, width: int) -> list[str]:
    layout = NoteLayout(text, width)
    return [text[slice(*layout.row(at))] for at in range(len(layout))]


def test_a_line_is_broken_at_the_last_space_that_fits():
    assert rows("the quick brown fox jumps", 10) == ["the quick ", "brown fox ", "jumps"]


def test_a_word_longer_than_the_row_is_broken_anywhere():
    assert rows("ab abcdefghijkl", 5) == ["ab ", "abcde", "fghij", "kl"]


def test_an_empty_line_is_a_row_and_the_last_newline_adds_no_row():
    assert rows("one\n\ntwo\n", 10) == ["one", "", "two"]


def test_an_empty_text_has_one_row():
    assert rows("", 10) == [""]


def test_a_line_is_broken_between_any_two_ideographs():
    assert rows("漢字漢字漢字", 5) == ["漢字", "漢字", "漢字"]


def test_a_joined_emoji_stays_on_one_row():
    family = "👩\u200d👧\u200d👦"
    assert rows(family * 3, 4) == [family * 2, family]


def test_joined_characters_are_not_separated():
    assert rows("👩\u200d🌾 bc", 2) == ["👩\u200d🌾 ", "bc"]


def test_a_flag_is_one_glyph():
    assert [(start, end) for start, end, _ in graphemes("🇬🇧🇫🇷x")] == [(0, 2), (2, 4), (4, 5)]


def test_the_rows_of_a_list_item_after_the_first_are_indented():
    layout = NoteLayout("- one two three four", 12)
    assert [layout.indent(at) for at in range(len(layout))] == [0, 2]


def test_every_cell_of_a_row_gives_the_offset_drawn_in_it():
    layout = NoteLayout("a漢b\tc", 40)
    assert [layout.offset_at(0, column) for column in range(7)] == [0, 1, 1, 2, 3, 3, 3]
    assert [layout.column_of(offset) for offset in range(5)] == [0, 1, 3, 4, 8]


def test_a_line_of_a_megabyte_is_laid_out_like_a_short_line():
    layout = NoteLayout("word " * 200_000, 80)
    assert len(layout) == 12_500
    assert layout.row_of(500_000) == 6_250


@given(texts, st.integers(2, 40))
@example("", 2)
@example("ab", 2)
@example("abc", 2)
@example("ab cd", 2)
@example("a 漢", 3)
@example("a漢", 2)
@example("a\n\n", 2)
@example("- ab cd", 4)
def test_rows_follow_each_other_without_a_gap_and_no_row_is_too_wide(text: str, width: int):
    shown = inert(text)
    layout = NoteLayout(shown, width)
    before = 0
    for at in range(len(layout)):
        start, end = layout.row(at)
        assert start == before or shown[before:start] == "\n"
        before = end
        glyphs = place_glyphs(shown, start, end)
        drawn = shown[start:end].rstrip(" \t")
        cells = sum(cells for first, _, _, cells in glyphs if first < start + len(drawn))
        assert cells + layout.indent(at) <= width or sum(1 for glyph in glyphs if glyph[3]) == 1 or "\t" in drawn
    assert len(shown) - before <= 1


@given(texts, st.integers(2, 40))
@example("a漢\tb", 6)
@example("e\u0301 e\u0301", 2)
def test_every_glyph_is_in_the_row_and_cell_of_its_offset(text: str, width: int):
    shown = inert(text)
    layout = NoteLayout(shown, width)
    for at in range(len(layout)):
        for first, _, column, cells in place_glyphs(shown, *layout.row(at)):
            assert layout.row_of(first) == at
            if cells:
                assert layout.column_of(first) == layout.indent(at) + column
                found = layout.offset_at(at, layout.indent(at) + column)
                assert found <= first  # a character without cells of its own may be before it in the cell
                assert layout.column_of(found) == layout.indent(at) + column


@given(texts, st.integers(2, 40), st.data())
def test_the_layout_of_a_part_has_the_rows_of_the_whole_layout(text: str, width: int, data: st.DataObject):
    shown = inert(text)
    offset = data.draw(st.integers(0, len(shown)))
    begin, end = lines_around(shown, offset, data.draw(st.integers(0, 30)))
    assert begin <= offset <= end
    whole, part = NoteLayout(shown, width), NoteLayout(shown, width, (begin, end))
    rows = [(whole.row(at), whole.indent(at)) for at in range(len(whole)) if begin <= whole.row(at)[0] < end]
    assert [(part.row(at), part.indent(at)) for at in range(part.first, part.end)] == rows or begin == end


@given(texts, st.integers(2, 40), st.data())
def test_offsets_before_and_after_a_part_have_rows_before_and_after_the_part(
    text: str, width: int, data: st.DataObject
):
    shown = inert(text)
    reach = data.draw(st.integers(0, 30))
    begin, end = lines_around(shown, data.draw(st.integers(0, len(shown))), reach)
    part = NoteLayout(shown, width, (begin, end))
    rows = [part.row_of(offset) for offset in range(len(shown) + 1)]
    assert rows == sorted(rows)
    assert all(0 <= row < part.first for row in rows[:begin])
    assert all(part.first <= row < part.end for row in rows[begin:end])
    assert all(row >= part.end for row in rows[end:-1])
    near = [part.offset_near(row) for row in range(len(part))]
    assert near == sorted(near)
    assert all(part.row_of(near[row]) == row for row in range(part.first, part.end) if begin < end)
    assert near[0] == 0 or begin == end
    assert near[-1] <= len(shown)


def test_the_estimated_rows_of_a_long_text_are_within_one_per_cent():
    text = "word " * 7 + "word\n"
    text = text * 50_000
    whole, part = NoteLayout(text, 20), NoteLayout(text, 20, lines_around(text, 700_000, 100_000))
    assert part.end - part.first < len(whole) // 5
    assert len(part) == pytest.approx(len(whole), rel=0.01)
    assert part.row_of(700_000) == pytest.approx(whole.row_of(700_000), rel=0.01)
    assert part.offset_near(whole.row_of(1_500_000)) == pytest.approx(1_500_000, rel=0.01)


def test_a_text_little_longer_than_the_part_to_lay_out_is_laid_out_whole():
    assert lines_around("one\ntwo\nthree", 0, 5) == (0, 13)
    assert lines_around("one\ntwo\nthree", 5, 1) == (4, 8)
