from __future__ import annotations

import difflib
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations, combinations_with_replacement

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.reanchor import reanchor
from sibtui.model.segments import Segment
from tests.borders import between

words = st.lists(st.sampled_from(["the", "link", "worker", "é😀", ",", "a"]), min_size=2, max_size=8)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, list[tuple[int, int]]]:
    """Draw a text, the changed text, and places in the old text. Changes and places share their edges."""
    old = " ".join(draw(words))
    edges = sorted({0, len(old), *draw(st.lists(st.integers(0, len(old)), min_size=2, max_size=4))})
    places = [(place.start, place.end) for place in draw(st.lists(between(edges), min_size=1, max_size=4))]
    new = old
    for start, end in draw(_changes(edges)):
        new = new[:start] + draw(st.sampled_from(["", " ", "a", "the ", "é b"])) + new[end:]
    return old, new, places


def _changes(edges: list[int]) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Draw one or two changes, each between two edges or at one. The later change is first, so that it does not move the other."""
    ranges = list(combinations_with_replacement(edges, 2))
    two = [[second, first] for first, second in combinations(ranges, 2) if first[1] <= second[0]]
    return st.sampled_from([[change] for change in ranges]) | st.sampled_from(two[::-1])


@given(edited())
@example(("a b", "a b", []))
@example(("the link", "the link", [(0, 3), (4, 8), (0, 8)]))
@example(("the link", "x the link", [(0, 3)]))
@example(("the link", "the link x", [(4, 8)]))
@example(("the link", "thelink", [(0, 3), (3, 4), (4, 8)]))
@example(("the link", "the", [(4, 8)]))
@example(("the the", "the", [(0, 3), (4, 7)]))
def test_a_reanchored_segment_has_its_exact_words_or_is_lost(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, new, places = drawn
    carried = reanchor(old, new, places)
    kept = list(places)
    for place in carried.lost:
        kept.remove(place)
    assert len(carried.segments) == len(kept)
    for segment, (start, end) in zip(carried.segments, kept, strict=True):
        assert segment.quote(new) == old[start:end]


@given(edited())
def test_a_lost_segment_does_not_occur_once_in_the_new_text(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, new, places = drawn
    for start, end in reanchor(old, new, places).lost:
        at = new.find(old[start:end])
        assert at < 0 or new.find(old[start:end], at + 1) > 0


@given(edited())
def test_moved_counts_the_segments_with_other_offsets(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, new, places = drawn
    carried = reanchor(old, new, places)
    moved = sum((s.start, s.end) != place for s, place in zip(carried.segments, places, strict=False))
    assert carried.moved == (0 if carried.lost else moved)


@given(edited())
def test_segments_of_an_unchanged_text_do_not_move(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, _, places = drawn
    carried = reanchor(old, old, places)
    assert [(s.start, s.end) for s in carried.segments] == places
    assert (carried.lost, carried.moved) == ((), 0)


def test_a_segment_after_an_insertion_moves() -> None:
    old = "They hold a budget. They hold a budget."
    new = "They really hold a budget. They hold a budget, too."
    carried = reanchor(old, new, [(20, 38)])
    assert carried.segments == (Segment(27, 45),)
    assert carried.moved == 1


def test_a_segment_moved_as_a_whole_is_located() -> None:
    old = "First this sentence. Then a long tail of other words, and more of them."
    new = "Then a long tail of other words, and more of them. First this sentence."
    assert reanchor(old, new, [(0, 20)]).segments[0].quote(new) == "First this sentence."


def test_a_segment_with_changed_words_is_lost() -> None:
    carried = reanchor("nine in ten requests", "eight in ten requests", [(0, 11), (8, 20)])
    assert carried.lost == ((0, 11),)
    assert [s.quote("eight in ten requests") for s in carried.segments] == ["ten requests"]
    assert carried.moved == 0


def test_a_segment_with_two_possible_places_is_lost() -> None:
    assert reanchor("x budget y", "a budget b budget c", [(2, 8)]).lost == ()
    assert reanchor("budget!", "a b budget? c budget. d", [(0, 7)]).lost == ((0, 7),)
    old, new = "alpha budget", "budget, then budget"
    assert reanchor("budget one", "two budgetx budgety", [(0, 6)]).lost == ((0, 6),)
    assert reanchor(old, new, [(6, 12)]).segments == (Segment(13, 19),)


@pytest.mark.parametrize("between", ["\n\n", " "], ids=["a line a turn", "one line"])
def test_a_long_interview_with_many_corrections_is_reanchored_quickly(
    between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = [
        f"{number}: they {number % 7} said, that the {number % 31} link worker came, and went."
        for number in range(3000)
    ]
    corrected = [turn.replace("went", "left") if number % 40 == 0 else turn for number, turn in enumerate(turns)]
    old, new = between.join(turns), "Anonymised. " + between.join(corrected) + " End."
    places = [(old.index(turn), old.index(turn) + 20) for turn in turns[::50]]
    pairs = 0

    class Counting(SequenceMatcher[str]):
        def __init__(self, junk: None, old: list[str], new: list[str], *, autojunk: bool) -> None:
            nonlocal pairs
            often = Counter(new)
            pairs += sum(often[part] for part in old)
            super().__init__(junk, old, new, autojunk=autojunk)

    monkeypatch.setattr(difflib, "SequenceMatcher", Counting)
    carried = reanchor(old, new, places)
    assert pairs < 20 * len(turns)  # comparing every space with every other one would take a billion pairs
    assert [segment.quote(new) for segment in carried.segments] == [old[start:end] for start, end in places]


def test_a_word_before_changed_punctuation_is_kept() -> None:
    old, new = "A budget, yes. A budget.", "One budget; yes. One budget."
    assert reanchor(old, new, [(2, 8), (17, 23)]).segments == (Segment(4, 10), Segment(21, 27))


def test_units_that_occur_too_often_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sibtui.model.reanchor._MOST", 3)
    old, new = "- a a a a budget\n" * 3 + "the link worker", "- a a a a budget\n" * 3 + "! the link worker !"
    carried = reanchor(old + " x", "y " + new, [(len(old) - 15, len(old)), (4, 5)])
    assert carried.segments[0].quote("y " + new) == "the link worker"
    assert carried.lost == ((4, 5),)
