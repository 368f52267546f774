"""Passages, quotes and names of erased texts in other texts."""

from __future__ import annotations

import unicodedata

import pytest

from sibtui.model.erased_words import ErasedWords

TEXT = "We had no money at all in spring. Then the council wrote to us, and my number is 0176-554433 or AB12345."


def test_a_passage_of_five_words_is_replaced_in_any_spelling() -> None:
    words = ErasedWords([TEXT])
    assert words.replaced("She said “we had no  money at all”: sad.") == "She said “[withdrawn]”: sad."
    assert words.replaced("we had no money") == "we had no money"
    assert words.replaced("WE HAD NO MONEY AT\nALL IN SPRING, they left") == "[withdrawn], they left"


def test_erased_passages_that_touch_become_one_place() -> None:
    assert ErasedWords([TEXT]).found(TEXT[:33]) == [(0, 32)]


def test_a_long_word_with_digits_is_replaced_even_on_its_own() -> None:
    words = ErasedWords([TEXT])
    assert words.replaced("call 554433, not 0176; ab12345") == "call [withdrawn], not 0176; [withdrawn]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He had no money here", "He [withdrawn] here"),
        ("a “tired” person", "a “[withdrawn]” person"),
        ("a tired person", "a tired person"),
        ("“so tired” she was", "“so tired” she was"),
        ("'Tired!' she was", "'[withdrawn]!' she was"),
    ],
)
def test_a_short_quote_is_found_as_a_whole(text: str, expected: str) -> None:
    assert ErasedWords(quotes=["had no money", "tired", "…"]).replaced(text) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Ada Byron", "with ada byron in", "with [withdrawn] in"),
        ("a1", "compare A1 with a12", "compare [withdrawn] with a12"),
        ("Ada", "Ada and ada", "[withdrawn] and ada"),
        ("notes", "my notes", "my notes"),
        ("12", "12 people", "12 people"),
        ("Zoë", unicodedata.normalize("NFD", "Zoë came"), "[withdrawn] came"),
    ],
)
def test_a_name_is_found_where_it_is_a_name(name: str, text: str, expected: str) -> None:
    assert ErasedWords(names=[name]).replaced(text) == expected


def test_given_words_are_found_in_any_letter_case() -> None:
    words = ErasedWords(words=["Ada", "0176 5544", ""], mark="[erased]")
    assert words.replaced("ADA, (0176-5544).") == "[erased], ([erased])."
    assert words.replaced("Adam") == "Adam"


def test_erased_words_that_a_remaining_text_contains_are_not_replaced() -> None:
    words = ErasedWords([TEXT], quotes=["had no money"], names=["a1"])
    words.spare(["They asked: then the council wrote to us? I had no money."])
    assert (
        words.replaced("a1: then the council wrote to us, had no money")
        == "[withdrawn]: then the council wrote to us, had no money"
    )
    assert words.replaced("we had no money at all") == "[withdrawn]"


def test_only_passages_that_occur_in_the_searched_texts_are_compared_with_remaining_texts() -> None:
    words = ErasedWords([TEXT], quotes=["tired"], names=["a1"])
    words.narrow(["“we had no money at all”", "zoë"])
    assert words.replaced("“we had no money at all”, a1, “tired”") == "“[withdrawn]”, [withdrawn], “tired”"
    words.spare(["Then WE HAD no\u00ad money, at all."])
    assert words.replaced("we had no money at all, a1") == "we had no money at all, [withdrawn]"


def test_long_lists_of_words_are_found_like_short_ones() -> None:
    numbers = [f"word{number} of the long list" for number in range(60)]
    words = ErasedWords([". ".join(numbers)])
    assert words.replaced("“word59 of the long list”") == "“[withdrawn]”"
    assert words.replaced("word7 of a list") == "word7 of a list"
    no_passages = ErasedWords(words=["Ada"])
    no_passages.spare(["Ada"])
    assert no_passages.replaced("Ada") == "[withdrawn]"
