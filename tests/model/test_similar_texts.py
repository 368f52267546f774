"""Texts that are nearly the same."""

from __future__ import annotations

from sibtui.model.similar_texts import similar_texts

LONG = " ".join(f"word{number % 97} of{number}" for number in range(300))


def pairs(*texts: str) -> list[tuple[int, int]]:
    return [(first, second) for first, second, _ in similar_texts(texts)]


def test_a_text_with_a_few_other_words_is_nearly_the_same() -> None:
    changed = LONG.replace("of7 ", "of them ").replace("of150", "or150") + " More at the end."
    assert pairs(LONG, "Something else entirely, and at length.", changed) == [(0, 2)]
    assert [score for *_, score in similar_texts([LONG, LONG])] == [100.0]


def test_half_of_a_text_is_not_nearly_the_same() -> None:
    assert pairs(LONG, LONG[: len(LONG) // 2]) == []


def test_short_and_empty_texts_are_compared_by_all_their_words() -> None:
    assert pairs("We left early.", "We left early.", "", "") == [(0, 1)]
    assert (
        pairs("We left early in the end of the day, all of us", "They came late in the end of the day, none of them")
        == []
    )


def test_a_phrase_that_most_texts_have_makes_no_pair() -> None:
    assert pairs(*(f"The same five words are here {number} {number + 1} {number * 7}" for number in range(60))) == []
