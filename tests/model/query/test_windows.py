"""Windows around places, counted in units of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.query.windows import windows

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.query.tree import TextUnit
    from sibtui.model.query.windows import Window

from .study import TEXT, units_of

if TYPE_CHECKING:
    from sibtui.model.query.tree import TextUnit
    from sibtui.model.query.windows import Window


def widened(text: str, unit: TextUnit) -> Callable[[int, int, int], Window | None]:
    return windows(text, lambda: "en", unit)


def window(text: str, unit: TextUnit, place: str, distance: int = 0) -> str | None:
    """Return the text of the window around the first occurrence of a place."""
    start = text.index(place)
    found = widened(text, unit)(start, start + len(place), distance)
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("unit", "place", "distance", "expected"),
    [
        ("sentence", "gh", 0, "Ef gh!"),
        ("sentence", "gh", 1, "Ab cd. Ef gh! Ij."),
        ("sentence", "cd. Ef", 0, "Ab cd. Ef gh!"),
        ("sentence", " Ef", 0, "Ef gh!"),
        ("sentence", "cd. ", 0, "Ab cd."),
        ("sentence", "Uv", 3, "Kl mn.\n\nOp qr? St.\nUv."),
        ("sentence", "gh", 99, TEXT.strip()),
        ("paragraph", "gh", 0, "Ab cd. Ef gh! Ij."),
        ("paragraph", "St", 1, "Kl mn.\n\nOp qr? St.\nUv."),
        ("paragraph", "One", 99, TEXT.strip()),
        ("section", "gh", 0, "# One\n\nAb cd. Ef gh! Ij.\n\n"),
        ("section", "Two", 0, TEXT[26:]),
        ("section", "Ij.\n\n**Two", 0, TEXT),
    ],
)
def test_a_window_has_wholeunits_of(unit: TextUnit, place: str, distance: int, expected: str) -> None:
    assert window(TEXT, unit, place, distance) == expected


@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
def test_spaces_betweenunits_of_have_no_window(unit: TextUnit) -> None:
    assert widened(TEXT, unit)(24, 26, 5) is None
    assert widened(TEXT, unit)(57, 59, 5) is None
    assert widened(" \n \n\n ", unit)(0, 2, 5) is None
    assert widened("", unit)(0, 2, 5) is None


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("# Heading", True), ("###### Heading", True), ("   ## Heading", True), ("**Bold alone**", True),
        ("__Bold alone__  ", True), ("####### seven", False), ("#no space", False), ("**Bold** and more", False),
        ("see # this", False), ("**", False), ("", False),
    ],
)  # fmt: skip
def test_a_section_begins_at_a_heading_or_a_line_of_bold_text(line: str, begins: bool) -> None:
    text = f"Before.\n{line}\nAfter."
    assert window(text, "section", "After.") == (text[8:] if begins else text)


@given(
    st.sampled_from(("sentence", "paragraph", "section")),
    st.tuples(st.integers(0, 58), st.integers(0, 58)).map(sorted),
    st.integers(0, 3),
)
@example("sentence", [0, 58], 0)
@example("sentence", [24, 26], 1)
@example("paragraph", [5, 25], 1)
def test_a_window_is_that_of_allunits_of(unit: TextUnit, place: list[int], distance: int) -> None:
    start, end = place[0], place[1] + 1
    units = units_of(TEXT, unit)
    touched = [at for at, (first, last) in enumerate(units) if first < end and start < last]
    expected = None
    if touched:
        low, high = max(0, touched[0] - distance), min(len(units) - 1, touched[-1] + distance)
        expected = units[low][0], units[high][1]
    assert widened(TEXT, unit)(start, end, distance) == expected
