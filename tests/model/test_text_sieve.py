"""The sieve of texts lets every text pass in which the pattern of the words matches."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.text_pattern import RANGES, text_pattern
from sibtui.model.text_sieve import text_sieve

WORDS = st.sampled_from(
    ["fish", "Fish", "fiſh", "ﬁsh", "kilo", "fish kilo", "o'kilo", "cafés", "fi", "été", "12kg", "no-fish"]
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


@example("fish", "fi-\nsh")
@example("fish", "fi- \n 4\nsh" + "x" * 60)
@example("fish", "ﬁsh" + "x" * 60)
@example("fish", "fi\u200bsh" + "x" * 60)
@example("fish", "fi\u0307sh" + "x" * 60)
@example("kilo", "\u212ailo" + "x" * 60)
@example("fish", "fi‐\nsh" + "x" * 60)
@given(WORDS, TEXTS)
def test_a_text_with_the_words_passes(words: str, text: str) -> None:
    pattern = text_pattern(words)
    assert pattern is not None
    assert text_sieve(words)(text) or not pattern.search(text)


def test_each_character_that_reads_like_plain_letters_passes() -> None:
    passes = {"plain": text_sieve("abcd")}
    for character in (chr(point) for start, end in RANGES for point in range(start, end)):
        for words in ("abcd", "i123", "xyz0"):
            pattern = text_pattern(words)
            assert pattern is not None
            text = f"{character}{words[1:]}" + " " * 60
            if pattern.search(text):
                passes.setdefault(words, text_sieve(words))
                assert passes[words](text), hex(ord(character))


@pytest.mark.parametrize("words", ["fi", "été", "καλή", "“", "a b"])
def test_words_without_a_run_of_three_plain_letters_let_every_text_pass(words: str) -> None:
    assert text_sieve(words)("x")


@pytest.mark.parametrize(
    ("text", "does_pass"),
    [
        ("x" * 99, False),
        ("“x’ – é £5…" + "x" * 99, False),
        ("fis h" + "x" * 99, False),
        ("Все " * 9, True),
        ("", False),
    ],
)
def test_most_texts_without_the_words_do_not_pass(text: str, does_pass: bool) -> None:
    assert text_sieve("big fish")(text) is does_pass
