"""Portraits: where the passages of each theme are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model.pictures.portraits import portrait

from .test_charts import code

CODES = [code(1, "Staff"), code(2, "Staff/Pay", 1), code(3, "Costs"), code(4, "Unused")]


def test_passages_of_sub_codes_belong_to_the_theme_and_are_joined() -> None:
    found = portrait(
        [("a", 100, [(0, 10, 1, True), (10, 20, 2, False), (40, 50, 3, True)]), ("b", 50, [])], CODES, ["Note."]
    )
    assert found.themes == (("Staff", "orange"), ("Costs", "sky"))
    assert found.sources[0].passages == ((0, 20, 0), (40, 50, 1))
    assert found.sources[1].passages == ()
    assert found.notes == ("Note.",)
    assert found.description == (
        "A line for each of 2 sources, from its beginning to its end, shows where 2 themes were coded."
        " Sources with a theme: Staff in 1 and Costs in 1. Without a coding: b."
    )


def test_every_source_with_a_coding_is_described_so() -> None:
    assert "Without" not in portrait([("a", 9, [(0, 1, 3, True)])], CODES).description


def test_nothing_to_draw_is_a_sentence() -> None:
    with pytest.raises(InputError, match="no sources"):
        portrait([], CODES)
    with pytest.raises(InputError, match="no coded themes"):
        portrait([("a", 9, [])], CODES)


def test_too_many_passages_are_refused() -> None:
    spread = [(2 * at, 2 * at + 1, 1, True) for at in range(10_001)]
    with pytest.raises(InputError, match="at most 10,000 passages, and this one would have 10,001"):
        portrait([("a", 30_000, spread)], CODES)


passages = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 4), st.integers(1, 4)).map(lambda p: (p[0], p[0] + p[1], p[2], True)),
    min_size=1, max_size=8,
)  # fmt: skip


@given(passages)
@example([(0, 2, 1, True), (2, 4, 2, True)])
@example([(0, 4, 1, True), (1, 2, 2, True)])
def test_each_coded_character_is_in_one_stretch_of_its_theme(drawn: list[tuple[int, int, int, bool]]) -> None:
    theme_of = {1: "Staff", 2: "Staff", 3: "Costs", 4: "Unused"}
    found = portrait([("a", 10, drawn)], CODES)
    names = [name for name, _ in found.themes]
    coded = {(at, theme_of[code]) for start, end, code, _ in drawn for at in range(start, end)}
    shown = [(at, names[theme]) for start, end, theme in found.sources[0].passages for at in range(start, end)]
    assert sorted(shown) == sorted(coded)
