"""The quick search finds the same places as the pattern of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model import phrase_search
from sibtui.model.phrase_search import phrase_finder
from sibtui.model.text_pattern import RANGES, text_pattern

if TYPE_CHECKING:
    import re

WORDS = st.sampled_from(
    [
        "fish",
        "Fish",
        "fiſh",
        "ﬁsh",
        "kilo",
        "fish kilo",
        "o'kilo",
        "cafés",
        "fi",
        "été",
        "12kg",
        "no-fish",
        "f",
        "fi  f",
    ]
)
PLAIN = (
    "fish",
    "FISH",
    "fi",
    "f",
    "i",
    "s",
    "h",
    "sh",
    "k",
    "ilo",
    "kilo",
    "I",
    "caf",
    "e",
    "o",
    "n",
    "4",
    "12",
    "-",
    "\n",
    " ",
    "'",
    "–",
    "\u2028",
    "\xa0",
    "\u3000",
    "\x1c",
    "\x85",
    "😀",
    "ω",
)
UNUSUAL = (
    "ﬁ",
    "\u212a",
    "ſ",
    "\u00ad",
    "‐",
    "¬",
    "\u200b",
    "\u0307",
    "İ",
    "\u0301",
    "é",
    "’",
    "ᵏ",
    "ⓕ",
    "㎏",
    "½",
    "\ud800",
)
TEXTS = st.lists(st.sampled_from((*PLAIN, *UNUSUAL, "x" * 60)), max_size=12).map("".join)


def places_by_pattern(words: str, text: str) -> list[tuple[int, int]]:
    pattern = text_pattern(words)
    assert pattern is not None
    return [match.span() for match in pattern.finditer(text)]


@example("fish", "")
@example("fish", "fi-\nsh")
@example("fish", "fish fi-\nsh")
@example("fish", "fi- \n 4\nsh" + "x" * 60)
@example("fish", "ﬁsh" + "x" * 60)
@example("fish", "fish ﬁsh" + "x" * 60)
@example("fish", "fi\u200bsh" + "x" * 60)
@example("fish", "fi\u0307sh" + "x" * 60)
@example("kilo", "\u212ailo" + "x" * 60)
@example("fish", "fi‐\nsh" + "x" * 60)
@example("fish", "fishFISH – Fish" + "x" * 60)
@example("fi  f", "fi\u2028\n f😀fi f" + "x" * 60)
@example("fi", "fifi")
@given(WORDS, TEXTS)
def test_the_places_are_those_of_the_pattern(words: str, text: str) -> None:
    assert list(phrase_finder(words)(text)) == places_by_pattern(words, text)


def test_each_character_that_reads_like_plain_letters_is_found() -> None:
    finders = {words: phrase_finder(words) for words in ("abcd", "i123", "xyz0")}
    for character in (chr(point) for start, end in RANGES for point in range(start, end)):
        for words, find in finders.items():
            text = f"{character}{words[1:]} {words}{character}" + " " * 60
            assert list(find(text)) == places_by_pattern(words, text), hex(ord(character))


def test_each_space_between_words_is_found() -> None:
    find = phrase_finder("a b")
    for space in filter(str.isspace, map(chr, range(0x110000))):
        assert list(find(f"x a{space}b" + "x" * 60)) == [(2, 5)], hex(ord(space))


@pytest.mark.parametrize(
    ("text", "needs_pattern"),
    [
        ("fis h big fish" + "x" * 99, False),
        ("“x’ – é £5…" + "x" * 99, False),
        ("", False),
        ("Все " * 9, True),
        ("big fi-\nsh", True),
        ("x\u00ady" + "x" * 99, True),
    ],
)
def test_most_texts_need_no_pattern(monkeypatch: pytest.MonkeyPatch, text: str, needs_pattern: bool) -> None:
    made: list[str] = []

    def noted(words: str) -> re.Pattern[str] | None:
        made.append(words)
        return text_pattern(words)

    monkeypatch.setattr(phrase_search, "text_pattern", noted)
    list(phrase_finder("big fish")(text))
    assert bool(made) is needs_pattern


@pytest.mark.parametrize("words", ["", " \n", "\u00ad", "\u0301"])
def test_a_search_without_words_is_refused(words: str) -> None:
    with pytest.raises(InputError):
        phrase_finder(words)
