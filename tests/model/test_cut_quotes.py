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
        "“They came to us … the money”",
        '"They came to us […] the money" ',
    ],
)
def test_a_quote_with_cuts_is_located_as_the_whole_passage_around_its_parts(quote: str) -> None:
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
        "week … about the weather",  # in two paragraphs, a part of one word
        "The rules were … talked about money",  # in two paragraphs, in the wrong order
        "about the money … They came to us",  # in the wrong order
        "came … the",  # too few words
        "We … money … weather … nobody",
        "the … rules of the house",  # several times in the paragraph
        "…",
        "hey came to u … the money",  # parts of words
    ],
)
def test_a_quote_with_cuts_is_not_placed_by_its_parts_unless_one_paragraph_has_each_part_once(quote: str) -> None:
    try:
        how = locate(TEXT, quote).how
    except NotFoundError:
        how = "fuzzy"
    assert how == "fuzzy"


CHAT = "10:01 Anna: They came to us.\n10:02 Bo: ok\n10:02 Anna: and we talked\n10:04 Anna: about the money\n"


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("They came to us […] about the money", CHAT[12:-1]),
        ("we talked … about the money", CHAT[CHAT.index("we talked") : -1]),
        ("came to us [...] we talked [...] the money", CHAT[CHAT.index("came") : -1]),
    ],
)
def test_a_quote_with_cuts_may_cross_turns_of_a_chat(quote: str, passage: str) -> None:
    match = locate(CHAT, quote)
    assert (match.how, match.segment.quote(CHAT)) == ("cut", passage)
    assert starts_of(CHAT, quote) == [match.segment.start]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (CHAT + "Bo: about the money\n", "They came to us … about the money"),  # a part occurs twice
        (CHAT, "They came to us … money"),  # a part of one word
        ("They came to us.\n" + "Bo: ok\n" * 12 + "and we talked\n", "They came to us … and we talked"),  # far apart
    ],
)
def test_a_quote_over_turns_is_placed_only_where_it_is_certain(text: str, quote: str) -> None:
    with pytest.raises(NotFoundError):
        locate(text, quote)


def test_a_quote_may_cross_a_dozen_turns() -> None:
    text = "They came to us.\n" + "Bo: ok\n" * 10 + "and we talked\n"
    assert found(text, "They came to us … and we talked") == text.removesuffix("\n")


def test_a_quote_with_cuts_occurs_twice_if_two_paragraphs_have_all_its_parts() -> None:
    text = "we talked about it and about the money\nwe talked about that and about the money\n"
    with pytest.raises(AmbiguousError, match="occurs 2 times"):
        locate(text, "we talked … about the money")
    assert found(text, "we talked … about the money", nth=2) == "we talked about that and about the money"


def test_the_parts_of_a_quote_may_be_in_different_lines_of_one_paragraph() -> None:
    text = "They came to us in the second year of the whole programme\nand we talked about the money.\nThe rules are clear.\n"
    assert found(text, "They came … about the money").startswith("They came to us in")
    with pytest.raises(NotFoundError):
        locate(text, "money … are clear")


def test_an_ellipsis_that_the_text_contains_is_matched_literally() -> None:
    text = "Well … I do not know. Well, I do not know."
    assert locate(text, "Well ... I do not know").how == "folded"
    assert found(text, "Well … I do not know") == "Well … I do not know"


def test_quotes_with_many_ellipses_and_frequent_words_are_placed() -> None:
    text = "".join(f"The house {at} of the street and the garden.\n" for at in range(5_000))
    assert found(text, "house 77 … of the … garden") == "house 77 of the street and the garden"
    with pytest.raises(NotFoundError):
        locate(text, "… nobody here … " * 50)
