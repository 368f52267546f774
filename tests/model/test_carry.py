from __future__ import annotations

import difflib
from collections import Counter
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.carry import carry
from sibtui.model.segments import Segment

words = st.lists(st.sampled_from(["the", "link", "worker", "budget", "é😀", "of", ",", "a"]), min_size=1, max_size=14)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, list[tuple[int, int]]]:
    """A text, the text after some cuts and insertions, and places in the first."""
    old = " ".join(draw(words))
    new = old
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(new)))
        end = draw(st.integers(start, min(len(new), start + 8)))
        new = new[:start] + draw(st.text(alphabet="ab é", max_size=6)) + new[end:]
    places = draw(
        st.lists(
            st.integers(0, len(old) - 1).flatmap(
                lambda start: st.integers(start + 1, len(old)).map(lambda end: (start, end))
            ),
            max_size=5,
        )
    )
    return old, new, places


@given(edited())
def test_a_carried_segment_has_its_exact_words_or_is_lost(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, new, places = drawn
    carried = carry(old, new, places)
    kept = list(places)
    for place in carried.lost:
        kept.remove(place)
    assert len(carried.segments) == len(kept)
    for segment, (start, end) in zip(carried.segments, kept, strict=True):
        assert segment.quote(new) == old[start:end]


@given(edited())
def test_what_is_lost_does_not_stand_once_in_the_new_text(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, new, places = drawn
    for start, end in carry(old, new, places).lost:
        at = new.find(old[start:end])
        assert at < 0 or new.find(old[start:end], at + 1) > 0


@given(edited())
def test_moved_counts_the_segments_with_other_offsets(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, new, places = drawn
    carried = carry(old, new, places)
    moved = sum((s.start, s.end) != place for s, place in zip(carried.segments, places, strict=False))
    assert carried.moved == (0 if carried.lost else moved)


@given(edited())
def test_an_unchanged_text_changes_nothing(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, _, places = drawn
    carried = carry(old, old, places)
    assert [(s.start, s.end) for s in carried.segments] == places
    assert (carried.lost, carried.moved) == ((), 0)


def test_a_segment_behind_an_insertion_moves_along() -> None:
    old = "They hold a budget. They hold a budget."
    new = "They really hold a budget. They hold a budget, too."
    carried = carry(old, new, [(20, 38)])
    assert carried.segments == (Segment(27, 45),)
    assert carried.moved == 1


def test_words_that_were_moved_as_a_whole_are_followed() -> None:
    old = "First this sentence. Then a long tail of other words, and more of them."
    new = "Then a long tail of other words, and more of them. First this sentence."
    assert carry(old, new, [(0, 20)]).segments[0].quote(new) == "First this sentence."


def test_a_segment_whose_words_were_changed_is_lost() -> None:
    carried = carry("nine in ten requests", "eight in ten requests", [(0, 11), (8, 20)])
    assert carried.lost == ((0, 11),)
    assert [s.quote("eight in ten requests") for s in carried.segments] == ["ten requests"]
    assert carried.moved == 0


def test_words_that_stand_in_two_new_places_have_no_certain_one() -> None:
    assert carry("x budget y", "a budget b budget c", [(2, 8)]).lost == ()
    assert carry("budget!", "a b budget? c budget. d", [(0, 7)]).lost == ((0, 7),)
    old, new = "alpha budget", "budget, then budget"
    assert carry("budget one", "two budgetx budgety", [(0, 6)]).lost == ((0, 6),)
    assert carry(old, new, [(6, 12)]).segments == (Segment(13, 19),)


@pytest.mark.parametrize("between", ["\n\n", " "], ids=["a line a turn", "one line"])
def test_a_long_interview_corrected_here_and_there_is_carried_over_at_once(
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
    carried = carry(old, new, places)
    assert pairs < 20 * len(turns)  # blanks alone are compared with each other a thousand million times
    assert [segment.quote(new) for segment in carried.segments] == [old[start:end] for start, end in places]


def test_a_word_that_only_another_sign_follows_is_kept() -> None:
    old, new = "A budget, yes. A budget.", "One budget; yes. One budget."
    assert carry(old, new, [(2, 8), (17, 23)]).segments == (Segment(4, 10), Segment(21, 27))


def test_parts_that_occur_too_often_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sibtui.model.carry._MOST", 3)
    old, new = "- a a a a budget\n" * 3 + "the link worker", "- a a a a budget\n" * 3 + "! the link worker !"
    carried = carry(old + " x", "y " + new, [(len(old) - 15, len(old)), (4, 5)])
    assert carried.segments[0].quote("y " + new) == "the link worker"
    assert carried.lost == ((4, 5),)
