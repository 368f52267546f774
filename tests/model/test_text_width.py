"""The width of texts and their grapheme clusters, as wcwidth counts them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from sibtui.model import text_width
from sibtui.model.text import inert
from sibtui.model.text_width import _COMMON, NARROW, TAB, WIDE, fitted, graphemes, place_glyphs, width_of
from tests.texts import texts

lines = texts.map(lambda text: inert(text).replace("\n", " ").replace("\t", " "))


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3), ("第一", 4), ("e\u0301", 1), ("X ²", 3), ("a\u200bb", 2), ("…", 1), ("", 0), ("👩\u200d🌾", 2), ("🇬🇧", 2),
        ("☺\ufe0f", 2), ("☺", 1), ("👍🏽", 2), ("हि", 2), ("\u1112\u1161\u11ab", 2), ("ｶ", 1), ("！", 2), ("😀é", 3), ("မာ", 2),
    ],
)  # fmt: skip
def test_width_counts_columns_of_the_terminal(text: str, width: int):
    assert width_of(text) == width


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Mc", "Mn", "Cf"]), max_size=8))
def test_width_without_marks_equals_wcwidth(text: str):
    assert width_of(text) == wcswidth(text)


@pytest.mark.parametrize(("characters", "columns"), [(NARROW, 1), (WIDE, 2)])
def test_every_counted_character_has_its_columns(characters: str, columns: int):
    found = re.compile(f"[{characters}]")
    wrong = [chr(n) for n in range(0x20, 0x20000) if found.match(chr(n)) and wcswidth(chr(n)) != columns]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("a\u200bb", ["a\u200b", "b"]), ("a\t\u200bb", ["a", "\t", "\u200b", "b"]), ("🇬🇧🇫🇷", ["🇬🇧", "🇫🇷"]), ("मာ", ["मာ"]),
        ("\u0301a", ["\u0301", "a"]), ("x\ty", ["x", "\t", "y"]),
    ],
)  # fmt: skip
def test_a_cluster_of_width_0_belongs_to_the_cluster_before_it(text: str, clusters: list[str]):
    assert [text[start:end] for start, end, _ in graphemes(text)] == clusters


@given(lines)
@example("\u200d\u200d日aaaaaaaaaaa")
@example("\u200d日")
@example("\u0301a")
def test_graphemes_cover_the_text_and_their_widths_add_up(text: str):
    found = graphemes(text)
    assert [start for start, _, _ in found] == [0, *(end for _, end, _ in found)][: len(found)]
    assert (found[-1][1] if found else 0) == len(text)
    assert sum(cells for _, _, cells in found) == width_of(text)
    assert all(cells for _, _, cells in found[1:])


@given(lines, st.integers(0, 30))
@example("aaaaaaaaaa \u200d\u200d日", 12)
@example("漢字", 3)
@example("\u200d", 1)
@example("\ufe0f", 0)
def test_a_text_is_cut_or_padded_to_exactly_the_cells(text: str, cells: int):
    made = fitted(text, cells)
    assert width_of(made) == cells
    assert text.startswith(made.rstrip(" "))
    assert not cells or width_of(text) > cells or made.startswith(text.rstrip("\u200d"))


@pytest.mark.parametrize("before", ["", "a", "abc", "abcd", "漢", "abcdé漢"])
def test_a_tab_fills_the_columns_up_to_the_next_tab_stop(before: str):
    (*_, tab, after) = place_glyphs(f"{before}\tx", 0, len(before) + 2)
    columns = width_of(before)
    assert tab == (len(before), len(before) + 1, columns, TAB - columns % TAB)
    assert after == (len(before) + 1, len(before) + 2, (columns // TAB + 1) * TAB, 1)


@given(lines, st.integers(0, 5), st.integers(0, 5))
@example("", 0, 0)
@example("ab", 1, 1)
def test_the_graphemes_of_a_part_of_a_text_have_the_offsets_of_the_whole_text(text: str, before: int, behind: int):
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - behind)
    found = place_glyphs(text, start, end)
    assert [first for first, *_ in found] == [start, *(last for _, last, *_ in found)][: len(found)]
    assert (found[-1][1] if found else start) == end


@pytest.mark.parametrize("text", ["word " * 1_000_000, "漢" * 1_000_000])
def test_only_the_beginning_of_a_very_long_text_is_measured(text: str):
    assert fitted(text, 5) == ("word " if text[0] == "w" else "漢漢 ")


def test_common_characters_are_narrow() -> None:
    assert re.fullmatch(f"[{NARROW}]*", "".join(map(chr, _COMMON)))


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize(
    ("text", "narrow"), [("", True), ("a–b “é”", True), ("語", False), ("–" * 5_000, True), ("–" * 5_000 + "語", False)]
)
def test_a_text_is_narrow_if_each_character_has_one_column(text: str, narrow: bool, compiled: bool) -> None:
    text_width._narrow_text.cache_clear()
    if compiled:
        text_width._narrow_text()
    assert text_width.is_narrow(text) == narrow
