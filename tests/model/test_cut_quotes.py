from __future__ import annotations

import pytest

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.quotes import locate, starts_of

TEXT = (
    "Anna: They came to us every single week, and we talked about the money and the rules of the house.\n"
    "Bo: They came rarely. We never talked about money, only about the weather.\n"
    "Anna: The rules were clear.\n"
)


def found(text: str, quote: str, nth: int | None = None) -> str:
    return locate(text, quote, nth=nth).segment.quote(text)


@pytest.mark.parametrize(
    "quote",
    [
        "They came to us … and we talked about the money",
        "They came to us [...] about the money",
        "they came to us [ … ] talked … about the money",
        "They came to us (…) the money",
        "... They came to us ... the money ...",
        "They came to us . . . the money",
    ],
)
def test_a_quote_with_words_cut_out_is_the_passage_of_its_parts(quote: str) -> None:
    match = locate(TEXT, quote)
    assert (match.how, match.score) == ("cut", 100.0)
    assert match.segment.quote(TEXT) == "They came to us every single week, and we talked about the money"


def test_marks_of_cuts_around_a_quote_are_no_part_of_it() -> None:
    match = locate(TEXT, "...never talked about money…")
    assert (match.how, match.segment.quote(TEXT)) == ("folded", "never talked about money")
    assert found(TEXT, "… They came …", nth=2) == "They came"
    with pytest.raises(AmbiguousError, match="occurs 2 times"):
        locate(TEXT, "… They came …")
    assert len(starts_of(TEXT, "… They came …")) == 2


@pytest.mark.parametrize(
    "quote",
    [
        "They came to us … about the weather",  # in two paragraphs
        "the money … They came to us",  # in the wrong order
        "came … the",  # too few words
        "We … money … weather … nobody",
        "the … rules of the house",  # several times in the paragraph
        "…",
        "hey came to u … the money",  # parts of words
    ],
)
def test_a_quote_whose_parts_are_not_each_once_in_one_paragraph_is_not_placed_by_them(quote: str) -> None:
    try:
        how = locate(TEXT, quote).how
    except NotFoundError:
        how = "fuzzy"
    assert how == "fuzzy"


def test_parts_in_two_paragraphs_each_are_two_places() -> None:
    text = "we talked about it and about the money\nwe talked about that and about the money\n"
    with pytest.raises(AmbiguousError, match="occurs 2 times"):
        locate(text, "we talked … about the money")
    assert found(text, "we talked … about the money", nth=2) == "we talked about that and about the money"


def test_a_paragraph_may_be_divided_into_lines() -> None:
    text = "They came to us in the second year of the whole programme\nand we talked about the money.\nThe rules are clear.\n"
    assert found(text, "They came … about the money").startswith("They came to us in")
    with pytest.raises(NotFoundError):
        locate(text, "about the money … are clear")


def test_an_ellipsis_in_the_text_is_found_as_it_is() -> None:
    text = "Well … I do not know. Well, I do not know."
    assert locate(text, "Well ... I do not know").how == "folded"
    assert found(text, "Well … I do not know") == "Well … I do not know"


def test_quotes_with_many_ellipses_and_frequent_words_are_placed() -> None:
    text = "".join(f"The house {at} of the street and the garden.\n" for at in range(5_000))
    assert found(text, "house 77 … of the … garden") == "house 77 of the street and the garden"
    with pytest.raises(NotFoundError):
        locate(text, "… nobody here … " * 50)
