"""Rows in the order of their text: a row is placed if this order leaves it one place, and no place is guessed."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.project.importing.repeated_quotes import OrderedRow, are_in_order, places_by_order

PLACES = {"a": [0, 20, 40], "b": [10, 30], "c": [5], "d": [25], "e": [50]}
"""Words of a text and their places. Words with one place are no repeated quotes."""


def rows(words: str) -> list[OrderedRow]:
    return [
        OrderedRow(number, 1, PLACES[word], (word,), is_open=True)
        if len(PLACES[word]) > 1
        else OrderedRow(number, 1, PLACES[word])
        for number, word in enumerate(words)
    ]


def assignments(words: str) -> list[tuple[int, ...]]:
    """Return all ways to place the words in the order of the text, where equal repeated words have different places."""
    found = []
    for starts in product(*(PLACES[word] for word in words)):
        pairs = list(zip(words, starts, strict=True))
        repeated = [pair for pair in pairs if len(PLACES[pair[0]]) > 1]
        if list(starts) == sorted(starts) and len(set(repeated)) == len(repeated):
            found.append(starts)
    return found


@given(st.text("abcde", min_size=1, max_size=6))
@example("aaa")
@example("ac")
@example("cae")
@example("abab")
@example("ca")
def test_a_repeated_quote_is_placed_only_if_all_possible_orders_agree(words: str) -> None:
    placed = places_by_order(rows(words))
    possible = assignments(words)
    shows_order = len(set(words) & set("cde")) > 1
    for number, word in enumerate(words):
        if len(PLACES[word]) == 1:
            assert number not in placed
            continue
        starts = {each[number] for each in possible}
        certain = len(starts) == 1 and (shows_order or words.count(word) == len(PLACES[word]))
        if certain:
            assert placed[number] == PLACES[word].index(starts.pop())
        else:
            assert number not in placed


def test_rows_of_one_code_may_be_in_the_order_of_the_text_if_the_whole_table_is_not() -> None:
    table = [
        OrderedRow(1, 1, [50]), OrderedRow(2, 1, [60]), OrderedRow(3, 2, [0]),
        OrderedRow(4, 2, [10, 70], "x", is_open=True), OrderedRow(5, 2, [30]),
    ]  # fmt: skip
    assert places_by_order(table) == {4: 0}


def test_no_repeated_quote_is_placed_if_the_rows_are_not_in_order() -> None:
    table = [OrderedRow(1, 1, [50]), OrderedRow(2, 1, [10, 70], "x", is_open=True), OrderedRow(3, 1, [0])]
    assert places_by_order(table) == {}


def test_one_certain_row_is_enough_if_other_sources_show_that_the_table_is_in_order():
    assert places_by_order(rows("db")) == {}
    assert places_by_order(rows("db"), in_order=True) == {1: 1}
    assert places_by_order(rows("ca"), in_order=True) == {}, "two places are left"


@pytest.mark.parametrize(
    ("sources", "shown"),
    [
        ([[1, 2, 3], [5, 6, 7, 7, 8]], True),
        ([[1, 2, 3], [5, 6, 7, 7]], False),
        ([[1, 2, 3], [5, 6, 7, 8, 2]], False),
        ([[1], [2], [3], [4], [5], [6], [7]], False),
        ([], False),
    ],
)
def test_a_table_is_in_order_when_all_its_sources_are(sources, shown):
    assert are_in_order(sources) is shown
