"""Text patterns, compared with a search in the folded text whose offsets are mapped back."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.folding import LAYOUT, fold_character
from sibtui.model.text_pattern import join, searched, text_pattern
from tests.examples import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

BREAK = re.compile(rf"[{LAYOUT}]*+(?:[-‐¬]|(?<=\u00ad))[^\S\n]*\n[\s\d]*+")
BREAK_BEFORE_NUMBER = re.compile(rf"[{LAYOUT}]*+(?:[-‐¬]|(?<=\u00ad))[^\S\n]*\n\s*")
PIECES = (
    *("f", "i", "F", "ﬁ", "ﬃ", "ﬀ", "ｆ", "x", "ß", "ẞ", "İ", "ı", "I", "𝐟", "œ", "O", "e"),
    *("e", "é", "É", "e\u0301", "\u0301", "\u0323", "a", "ậ", "\u0302", "ᄒ", "ᅡ", "ᆫ", "하", "한"),
    *(
        "-",
        "‐",
        "–",
        "\u00ad",
        "\u00ad\n",
        "-\n",
        "- \n ",
        "¬\n",
        "-\n1\n\n",
        "-\n\n",
        "\n",
        " ",
        "\u00a0",
        "\t",
        "\u200b",
        "\ufeff",
    ),
    *("'", "’", "“", '"', ".", "…", "½", "1", "2", "/", "⁄", "]", "[", "^", "\\", "(", "*", "&&", "||", "~~", "--"),
)
words = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)

Letter = tuple[str, int, int]


def letters(text: str, *, case: bool) -> list[Letter]:
    """Return the folded letters of a text, each with its (start, end) in the text."""
    folded_letters: list[Letter] = []
    composable = False
    for at, character in enumerate(text):
        if character in LAYOUT:
            continue
        if character.isspace():
            folded_letters.append((" ", at, at + 1))
            composable = False
            continue
        folded = fold_character(character, case=case)
        composed = join(folded_letters[-1][0], folded) if composable and len(folded) == 1 else ""
        if composed:
            folded_letters[-1] = (composed, folded_letters[-1][1], at + 1)
        else:
            folded_letters += [(letter, at, at + 1) for letter in folded]
        composable = len(folded) == 1
    return folded_letters


def places(text: str, query: str, *, case: bool = False) -> list[tuple[int, int]]:
    query_letters = searched(query, case=case)
    text_letters = letters(text, case=case)
    spans: list[tuple[int, int]] = []
    for first in range(len(text_letters) if query_letters else 0):
        if text_letters[first][1] >= (spans[-1][1] if spans else 0):
            end = next(reach(text, text_letters, query_letters, 0, first), None)
            if end is not None:
                spans.append((text_letters[first][1], end))
    return spans


def reach(text: str, text_letters: list[Letter], query_letters: str, at: int, place: int) -> Iterator[int]:
    """Yield the ends of the rest of the query, if the text at this place reads like it."""
    if at == len(query_letters):
        yield text_letters[place - 1][2]
        return
    before = text_letters[place - 1][2] if place else 0
    following = query_letters[at + 1 : at + 2] if query_letters[at] == "-" else query_letters[at]
    line_end = BREAK if following and is_letter(following) else BREAK_BEFORE_NUMBER
    if at and query_letters[at - 1] != " " and (broken := line_end.match(text, before)):
        unread = any(letter[1] < before for letter in text_letters[place:])
        after = next((n for n in range(place, len(text_letters)) if text_letters[n][1] >= broken.end()), None)
        if after is not None and not unread:
            if is_letter(query_letters[at - 1]) and is_letter(query_letters[at]):
                yield from same(text, text_letters, query_letters, at, after)
            if query_letters[at] == "-" and query_letters[at + 1 : at + 2].isalnum():
                yield from same(text, text_letters, query_letters, at + 1, after)
    yield from same(text, text_letters, query_letters, at, place)


def same(text: str, text_letters: list[Letter], query_letters: str, at: int, place: int) -> Iterator[int]:
    if place >= len(text_letters) or text_letters[place][0] != query_letters[at]:
        return
    place += 1
    while query_letters[at] == " " and place < len(text_letters) and text_letters[place][0] == " ":
        place += 1
    yield from reach(text, text_letters, query_letters, at + 1, place)


def is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def found(text: str, query: str, *, case: bool = False, short: bool = False) -> list[tuple[int, int]]:
    pattern = text_pattern(query, case=case, of=frozenset(text) if short else None)
    return [] if pattern is None else [match.span() for match in pattern.finditer(text)]


@examples(400)
@given(texts, words, st.booleans())
@example("ﬃx", "fi", False)
@example("xﬁ", "if", False)
@example("e\u0301", "e", False)
@example("a\u0302\u0323", "ậ", False)
@example("well\u00ad\nbeing", "wellbeing", False)
@example("commis-\nsioning", "commissioning", False)
@example("relationship- \n building", "relationship-building", False)
@example("commis-\nsioning", "commis- sioning", False)
@example("x\u200b\u00a0\n i", "x i", False)
@example("commu-\n12\n\nnity", "community", False)
@example("covid-\n19\nx", "covid-19", False)
@example("well-\n\n 7 \nbeing", "well-being", False)
@example("bud¬\nget", "budget", False)
@example("I\u0307", "i", False)
@example("Fi", "fi", True)
@example("x\u00ad\nx", "x-x", False)
@example("….", "..", False)
@example("e\u200b\u0301", "é", False)
@example("......", "…..", False)
def test_a_pattern_finds_the_same_places_as_folding(text: str, query: str, case: bool) -> None:
    assert found(text, query, case=case) == places(text, query, case=case)
    assert found(text, query, case=case, short=True) == places(text, query, case=case)


@examples(300)
@given(texts, words, texts)
def test_words_are_found_in_their_own_text(before: str, query: str, after: str) -> None:
    text = f"{before} {query} {after}"
    assert found(text, query) == places(text, query)
    if searched(query):
        assert found(text, query)


def test_many_successive_ligatures_are_found() -> None:
    for typed in ("…" * 20, "." * 60, "Ⅲ" * 9):
        pattern = text_pattern(typed)
        assert pattern is not None
        assert pattern.fullmatch(typed)


def test_a_korean_syllable_is_found_in_composed_and_decomposed_form_but_not_inside_another() -> None:
    for query in ("하", "한", "ᄒ", "é", "ậ"):
        for text in (query, unicodedata.normalize("NFD", query), f"x{query}y"):
            assert found(text, query) == places(text, query), (query, text)
    assert found("한", "하") == places("한", "하")
    assert found("하", "ᄒ") == places("하", "ᄒ")


@pytest.mark.parametrize("words", ["[x]", "[", "a[[b", "[a--b]", "[a&&b]", "a||b", "~~", "[[:alpha:]]", "[withdrawn]"])
def test_brackets_and_doubled_signs_are_searched_as_they_are(words: str) -> None:
    pattern = text_pattern(words)  # a warning of Python fails the test
    assert pattern is not None
    found = pattern.search(f"before {words} after")
    assert found is not None
    assert found[0] == words
    assert not pattern.search("before and after")
