from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.quotes import LONGEST, MOST, THRESHOLD, locate
from sibtui.model.segments import Segment
from tests.growth import LINEAR, growth

from .strategies import texts

NOTE = (
    "The link workers broker and coach. They hold a personal budget of around £500 a person.\n"
    "Nine in ten requests are approved, she said, and nobody asks why."
)


@st.composite
def text_and_quote(draw: st.DrawFn) -> tuple[str, str]:
    text = draw(texts.filter(lambda text: text.strip()))
    start = draw(st.integers(0, len(text) - 1))
    return text, text[start : draw(st.integers(start + 1, len(text)))]


def occurrences(text: str, quote: str) -> list[int]:
    """Where the words stand, whatever blanks are between them; with blanks at the edges where the quote has them."""
    words = r"\s+".join(map(re.escape, quote.split()))
    before = r"(?<!\S)" if quote[0].isspace() else ""
    after = r"(?!\S)" if quote[-1].isspace() else ""
    return [match.start() for match in re.finditer(f"{before}(?={words}{after})", text)]


@given(text_and_quote())
def test_words_of_the_text_are_found_exactly_or_said_to_be_in_several_places(drawn: tuple[str, str]) -> None:
    text, quote = drawn
    places = occurrences(text, quote)
    if not quote.strip():
        with pytest.raises(NotFoundError, match="cannot be empty"):
            locate(text, quote)
    elif len(places) == 1:
        found = locate(text, quote)
        assert (found.segment.quote(text), found.how, found.score) == (quote, "exact", 100.0)
    else:
        with pytest.raises(AmbiguousError, match=f"occurs {len(places)} times"):
            locate(text, quote)


@given(text_and_quote())
def test_the_nth_place_is_chosen_by_its_number(drawn: tuple[str, str]) -> None:
    text, quote = drawn
    if quote.strip():
        places = occurrences(text, quote)
        found = [locate(text, quote, nth=nth) for nth in range(1, len(places) + 1)]
        before = len(quote) - len(quote.lstrip())
        assert [place.segment.start + (before if place.how == "exact" else 0) for place in found] == places
        assert all((place.how == "exact") == (place.segment.quote(text) == quote) for place in found)


@pytest.mark.parametrize("nth", [0, -1, 3])
def test_a_number_beyond_the_places_is_refused(nth: int) -> None:
    with pytest.raises(NotFoundError, match=f"occurs 2 times: there is no number {nth}"):
        locate("one two one", "one", nth=nth)
    with pytest.raises(NotFoundError, match=r"occurs once: there is no number 2"):
        locate("one two", "one", nth=2)


def test_several_places_are_listed_up_to_five() -> None:
    with pytest.raises(AmbiguousError, match=re.escape("“a” occurs 2 times (at 0, 2): say which with --nth.")):
        locate("a a", "a")
    with pytest.raises(AmbiguousError, match=re.escape("(at 0, 2, 4, 6, 8 …)")):
        locate("a a a a a a", "a")


def test_a_quote_copied_with_other_blanks_is_found() -> None:
    found = locate(NOTE, "a person.   Nine in\tten requests ")
    assert (found.how, found.segment.quote(NOTE)) == ("blanks", "a person.\nNine in ten requests")


def test_places_with_other_blanks_are_several_too_even_when_they_overlap() -> None:
    with pytest.raises(AmbiguousError, match="occurs 2 times"):
        locate("so  and  so  and  so", "so and so")


def test_a_place_that_is_wrapped_counts_like_one_that_is_not() -> None:
    text = "so and so, then so\nand so"
    with pytest.raises(AmbiguousError, match=re.escape("occurs 2 times (at 0, 16)")):
        locate(text, "so and so")
    first, second = (locate(text, "so and so", nth=nth) for nth in (1, 2))
    assert (first.how, first.segment) == ("exact", Segment(0, 9))
    assert (second.how, second.segment) == ("blanks", Segment(16, 25))


def test_a_blank_at_the_edge_of_a_quote_is_an_edge_of_a_word_where_there_is_one() -> None:
    assert locate("food is foo", " foo ").segment == Segment(8, 11)
    assert locate("(foo)", " foo ").segment == Segment(1, 4)


def test_a_quote_with_a_slip_is_found_with_its_score() -> None:
    found = locate(NOTE, "a personal buget of around £500 a person")
    assert (found.how, found.segment.quote(NOTE)) == ("fuzzy", "a personal budget of around £500 a person")
    assert THRESHOLD <= found.score < 100


def test_a_quote_that_is_cut_within_a_word_takes_the_whole_word() -> None:
    found = locate(NOTE, "requests are aproved, she said, and nobod")
    assert found.segment.quote(NOTE) == "requests are approved, she said, and nobody"
    found = locate(NOTE, "equests are aproved, she said, and nobody")
    assert found.segment.quote(NOTE) == "requests are approved, she said, and nobody"


def test_a_quote_that_is_not_there_is_refused_with_the_best_score() -> None:
    with pytest.raises(NotFoundError, match=r"the most like place scores \d+ of 100, and 90 is needed"):
        locate(NOTE, "the commissioners ended the contract early")


@pytest.mark.parametrize(
    ("text", "quote"), [("", "a quote"), ("short", "a much longer quote than the text"), ("\n \n", "xyz")]
)
def test_a_text_with_nothing_like_the_quote_scores_nothing(text: str, quote: str) -> None:
    with pytest.raises(NotFoundError, match="scores 0 of 100"):
        locate(text, quote)


TWICE = "the women’s group of fifteen met weekly; later the women’s group of fifteen met weekly; and so on"
SLIP = "women’s groop of fifteen met weekly"


def test_a_quote_that_is_nearly_in_two_places_is_refused_unless_one_is_chosen() -> None:
    with pytest.raises(AmbiguousError, match="occurs 2 times"):
        locate(TWICE, SLIP)
    first, second = (locate(TWICE, SLIP, nth=nth).segment for nth in (1, 2))
    assert first.quote(TWICE) == second.quote(TWICE) == "women’s group of fifteen met weekly"
    assert first.end <= second.start


def test_every_place_that_is_like_the_quote_has_its_number() -> None:
    text = "; ".join(["the women’s group of fifteen met weekly"] * 4)
    starts = [locate(text, SLIP, nth=nth).segment.start for nth in (1, 2, 3, 4)]
    assert starts == [match.start() for match in re.finditer("women’s", text)]
    with pytest.raises(AmbiguousError, match="occurs 4 times"):
        locate(text, SLIP)


@pytest.mark.parametrize("length", [12, 40, 400, 2000])
@pytest.mark.parametrize("words", ["word ", "ab"])
def test_a_long_text_that_repeats_itself_is_searched_in_time_that_grows_with_it_only(words: str, length: int) -> None:
    def search(size: int) -> None:
        with pytest.raises(NotFoundError, match="is needed"):
            locate(words * (size // len(words)), ("wofb bbaa xord " * 200)[:length])

    assert growth(search, 250_000) < LINEAR


def test_a_text_too_long_to_look_for_what_is_like_a_quote_is_still_searched_word_for_word() -> None:
    text = "word " * (LONGEST // 5) + "the end"
    assert locate(text, "word  the end").how == "blanks"
    with pytest.raises(NotFoundError, match="not in the text word for word, and the text is too long"):
        locate(text, "word the ends")


def test_no_more_than_so_many_places_like_a_quote_are_looked_for() -> None:
    text = "; ".join(["the women’s group of fifteen met weekly"] * (MOST + 50))
    with pytest.raises(AmbiguousError, match=f"occurs at least {MOST} times"):
        locate(text, SLIP)
    assert locate(text, SLIP, nth=MOST).segment == Segment(41 * (MOST - 1) + 4, 41 * (MOST - 1) + 39)
    with pytest.raises(NotFoundError, match=f"to choose number {MOST + 1}, give the quote word for word"):
        locate(text, SLIP, nth=MOST + 1)


@pytest.mark.parametrize("words", [20, 60])
def test_a_slip_in_a_long_quote_far_into_a_text_is_found_whole(words: int) -> None:
    told = [f"{number * 7919 % 10007:x}th" for number in range(3000)]
    quote = " ".join(told[2000 : 2000 + words])
    found = locate(" ".join(told), quote[: len(quote) // 2] + "~" + quote[len(quote) // 2 :])
    assert (found.how, found.segment.quote(" ".join(told))) == ("fuzzy", quote)


def test_the_end_of_a_long_quote_that_repeats_itself_is_not_sought_too_near() -> None:
    quote = ("word werd word word word " * 4).strip()
    with pytest.raises(AmbiguousError, match="occurs"):
        locate("word " * 200, quote)


def test_a_text_that_breaks_off_within_a_long_quote_is_not_like_it() -> None:
    quote = " ".join(f"{number * 7919 % 10007:x}th" for number in range(200))
    with pytest.raises(NotFoundError, match="is needed"):
        locate("intro " + quote[: len(quote) * 3 // 5], quote)


@given(texts, st.text(alphabet="abc é", min_size=1, max_size=12))
def test_what_is_found_lies_in_the_text_and_is_like_the_quote(text: str, quote: str) -> None:
    try:
        found = locate(text, quote)
    except (AmbiguousError, NotFoundError):
        return
    assert found.segment.end <= len(text)
    if found.how == "blanks":
        assert found.segment.quote(text).split() == quote.split()
    assert found.score >= THRESHOLD
