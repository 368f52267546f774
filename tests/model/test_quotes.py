from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.folding import fold_character
from sibtui.model.quotes import _letters, find_alike, locate, reads_alike, starts_of
from sibtui.model.segments import Segment
from sibtui.model.similar_passages import LONGEST, MOST, THRESHOLD, _most_like, most_similar
from sibtui.model.text_pattern import RANGES
from tests.growth import LINEAR, growth

from .strategies import texts

NOTE = (
    "The link workers broker and coach. They hold a personal budget of around £500 a person.\n"
    "Nine in ten requests are approved, she said, and nobody asks why."
)


# Two letters and an emoji followed by spaces, so that most quotes have several words and several places
PIECES = ["a ", "a\n", "a  ", "b ", "a", "😀 ", "\n"]


@st.composite
def text_and_quote(draw: st.DrawFn) -> tuple[str, str]:
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8)))
    edges = sorted({0, len(text), draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))})
    at = draw(st.integers(0, len(edges) - 2))
    return text, text[edges[at] : edges[draw(st.integers(at + 1, len(edges) - 1))]]


def occurrences(text: str, quote: str) -> list[int]:
    """Return the starts of the words with any spaces between them, and with spaces at the edges if the quote has them."""
    words = r"\s+".join(map(re.escape, quote.split()))
    before = r"(?<!\S)" if quote[0].isspace() else ""
    after = r"(?!\S)" if quote[-1].isspace() else ""
    return [match.start() for match in re.finditer(f"{before}(?={words}{after})", text)]


@given(text_and_quote())
@example(("a", "a"))
@example(("a b", "a"))
@example(("b a", "a"))
@example(("aa", "a"))
@example(("a a a", "a a"))
@example(("a a\na", "a a"))
@example(("a b", " "))
def test_words_of_a_text_are_located_or_reported_as_ambiguous(drawn: tuple[str, str]) -> None:
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
@example(("a a a", "a a"))
@example(("a a\na", "a a"))
@example(("aa a", "a "))
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
    with pytest.raises(AmbiguousError, match=re.escape("“a” occurs 2 times (at 0 and 2).")) as refused:
        locate("a a", "a")
    assert refused.value.hint == "nth"
    with pytest.raises(AmbiguousError, match=re.escape("(at 0, 2, 4, 6, 8 and 2 more)")):
        locate("a a a a a a a", "a")


def test_a_quote_with_other_spaces_is_located() -> None:
    found = locate(NOTE, "a person.   Nine in\tten requests ")
    assert (found.how, found.segment.quote(NOTE)) == ("spaces", "a person.\nNine in ten requests")


def test_overlapping_places_with_other_spaces_are_ambiguous() -> None:
    with pytest.raises(AmbiguousError, match="occurs 2 times"):
        locate("so  and  so  and  so", "so and so")


def test_a_place_across_two_lines_counts_as_a_place() -> None:
    text = "so and so, then so\nand so"
    with pytest.raises(AmbiguousError, match=re.escape("occurs 2 times (at 0 and 16)")):
        locate(text, "so and so")
    first, second = (locate(text, "so and so", nth=nth) for nth in (1, 2))
    assert (first.how, first.segment) == ("exact", Segment(0, 9))
    assert (second.how, second.segment) == ("spaces", Segment(16, 25))


def test_a_quote_with_spaces_around_it_is_located_as_whole_words_first() -> None:
    assert locate("food is foo", " foo ").segment == Segment(8, 11)
    assert locate("(foo)", " foo ").segment == Segment(1, 4)


def test_a_quote_with_a_typing_error_is_located_with_its_score() -> None:
    found = locate(NOTE, "a personal buget of around £500 a person")
    assert (found.how, found.segment.quote(NOTE)) == ("fuzzy", "a personal budget of around £500 a person")
    assert THRESHOLD <= found.score < 100


def test_a_quote_cut_within_a_word_is_extended_to_the_whole_word() -> None:
    found = locate(NOTE, "requests are aproved, she said, and nobod")
    assert found.segment.quote(NOTE) == "requests are approved, she said, and nobody"
    found = locate(NOTE, "equests are aproved, she said, and nobody")
    assert found.segment.quote(NOTE) == "requests are approved, she said, and nobody"


def test_a_missing_quote_is_refused_with_the_best_score() -> None:
    with pytest.raises(NotFoundError, match=r"the most similar place scores \d+ of 100, and 90 is needed"):
        locate(NOTE, "the commissioners ended the contract early")


@pytest.mark.parametrize(
    ("text", "quote"), [("", "a quote"), ("short", "a much longer quote than the text"), ("\n \n", "xyz")]
)
def test_a_dissimilar_text_scores_low(text: str, quote: str) -> None:
    with pytest.raises(NotFoundError, match="scores 0 of 100"):
        locate(text, quote)


TWICE = "the women’s group of fifteen met weekly; later the women’s group of fifteen met weekly; and so on"
SLIP = "women’s groop of fifteen met weekly"


def test_two_similar_places_are_ambiguous_unless_one_is_chosen() -> None:
    with pytest.raises(AmbiguousError, match="occurs 2 times"):
        locate(TWICE, SLIP)
    first, second = (locate(TWICE, SLIP, nth=nth).segment for nth in (1, 2))
    assert first.quote(TWICE) == second.quote(TWICE) == "women’s group of fifteen met weekly"
    assert first.end <= second.start


def test_each_similar_place_can_be_chosen_by_number() -> None:
    text = "; ".join(["the women’s group of fifteen met weekly"] * 4)
    starts = [locate(text, SLIP, nth=nth).segment.start for nth in (1, 2, 3, 4)]
    assert starts == [match.start() for match in re.finditer("women’s", text)]
    with pytest.raises(AmbiguousError, match="occurs 4 times"):
        locate(text, SLIP)


@pytest.mark.parametrize("length", [12, 40, 400, 2000])
@pytest.mark.parametrize("words", ["word ", "ab"])
def test_a_long_repetitive_text_is_searched_in_linear_time(words: str, length: int) -> None:
    def search(size: int) -> None:
        with pytest.raises(NotFoundError, match="is needed"):
            locate(words * (size // len(words)), ("wofb bbaa xord " * 200)[:length])

    assert growth(search, 250_000) < LINEAR


def test_a_very_long_text_is_searched_word_for_word_only() -> None:
    text = "word " * (LONGEST // 5) + "the end"
    assert locate(text, "word  the end").how == "spaces"
    with pytest.raises(NotFoundError, match="not in the text word for word, and the text is too long"):
        locate(text, "word the ends")


def test_the_number_of_similar_places_is_limited() -> None:
    text = "; ".join(["the women’s group of fifteen met weekly"] * (MOST + 50))
    with pytest.raises(AmbiguousError, match=f"occurs at least {MOST} times"):
        locate(text, SLIP)
    assert locate(text, SLIP, nth=MOST).segment == Segment(41 * (MOST - 1) + 4, 41 * (MOST - 1) + 39)
    with pytest.raises(NotFoundError, match=f"to choose number {MOST + 1}, write the quote word for word"):
        locate(text, SLIP, nth=MOST + 1)


@pytest.mark.parametrize("words", [20, 60])
def test_a_long_quote_with_a_typing_error_is_located_whole(words: int) -> None:
    all_words = [f"{number * 7919 % 10007:x}th" for number in range(3000)]
    quote = " ".join(all_words[2000 : 2000 + words])
    found = locate(" ".join(all_words), quote[: len(quote) // 2] + "~" + quote[len(quote) // 2 :])
    assert (found.how, found.segment.quote(" ".join(all_words))) == ("fuzzy", quote)


def test_the_end_of_a_long_repetitive_quote_is_located() -> None:
    quote = ("word werd word word word " * 4).strip()
    with pytest.raises(AmbiguousError, match="occurs"):
        locate("word " * 200, quote)


def test_a_text_that_ends_within_a_long_quote_is_not_similar() -> None:
    quote = " ".join(f"{number * 7919 % 10007:x}th" for number in range(200))
    with pytest.raises(NotFoundError, match="is needed"):
        locate("intro " + quote[: len(quote) * 3 // 5], quote)


@given(texts, st.text(alphabet="abc é", min_size=1, max_size=12))
def test_a_located_place_is_in_the_text_and_similar_to_the_quote(text: str, quote: str) -> None:
    try:
        found = locate(text, quote)
    except (AmbiguousError, NotFoundError):
        return
    assert found.segment.end <= len(text)
    if found.how == "spaces":
        assert found.segment.quote(text).split() == quote.split()
    assert found.score >= THRESHOLD


TYPESET = "They don’t know. The eﬀect of oﬃce hours.\nWe went on with the commis-\nsioning of the well\u00adbeing service.\nTHE CAFÉ."


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("They don't know", "They don’t know"),
        ("The effect of office hours. We", "The eﬀect of oﬃce hours.\nWe"),
        ("commissioning of the wellbeing", "commis-\nsioning of the well\u00adbeing"),
        ("the cafe\u0301", "THE CAFÉ"),
    ],
)
def test_a_quote_typed_on_a_plain_keyboard_is_located(quote: str, place: str) -> None:
    found = locate(TYPESET, quote)
    assert (found.segment.quote(TYPESET), found.how, found.score) == (place, "folded", 100.0)


def test_places_that_read_the_same_are_ambiguous() -> None:
    text = "They don’t ask. They don't ask. THEY DON’T ASK."
    with pytest.raises(AmbiguousError, match="occurs 2 times"):
        locate(text, "They don't ask")
    assert locate(text, "They don't ask", nth=1).how == "folded"
    assert locate(text, "They don't ask", nth=2).how == "exact"


def test_capitals_are_ignored_only_when_there_is_no_other_place() -> None:
    assert locate("No. no.", "no").segment == Segment(4, 6)
    assert locate("No.", "no").segment == Segment(0, 2)


def test_quotation_marks_do_not_lower_the_score_of_a_similar_place() -> None:
    text = "She said “I don’t know, it’s hers”, and that “it’s all the same” to them all."
    found = locate(text, 'She said "I don\'t know it\'s hers", and that "it\'s all the sane" to them all.')
    assert (found.how, found.segment) == ("fuzzy", Segment(0, len(text)))
    assert found.score > 95


@pytest.mark.parametrize("case", [False, True])
def test_folding_does_not_change_the_letters(case: bool) -> None:
    """Otherwise a place that reads like a quote could be skipped."""
    for span in RANGES:
        for character in map(chr, range(*span)):
            assert _letters(character) == _letters(fold_character(character, case=case))


def test_a_quote_that_begins_with_a_mark_matches_only_word_for_word() -> None:
    """The mark belongs to the letter before the quote. Without this letter, no other text reads like it."""
    assert locate("e\u0301a \u00e9a", "\u0301a").segment == Segment(1, 3)


@pytest.mark.parametrize(
    ("quote", "text", "alike"),
    [
        ("don't", "don't", True),
        ("don't", "don’t", True),
        ("the first", " the\nﬁrst ", True),
        ("don't", "Don’t", False),
        ("ab", "a b", False),
        ("don't", "don’t ask", False),
    ],
)
def test_punctuation_and_spaces_do_not_matter_but_capitals_do(quote: str, text: str, *, alike: bool) -> None:
    assert reads_alike(quote, text) is alike


@pytest.mark.parametrize(
    ("text", "quote", "place"),
    [
        ("They don’t. They don't.", "don't", (5, 10)),
        ("THEY DON’T", "don't", (5, 10)),
        ("the ﬁrst", "first", (4, 8)),
        ("a b", "ab", None),
        ("a b", "c", None),
        ("a b", "...", None),
    ],
)
def test_the_first_place_that_reads_like_a_quote_is_returned(text: str, quote: str, place: object) -> None:
    assert find_alike(text, quote) == place


def test_an_empty_or_short_window_has_no_similar_place() -> None:
    assert _most_like("zz", "", 1, 1) is None
    assert _most_like("zz", "aaaaaaaa", 0, 2) is None


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("They hold a sizable budget of around £500", "They hold a personal budget of around £500"),
        ("Nine in ten requests are refused", "Nine in ten requests are approved"),
        ("Zx requests are approved, he said", "requests are approved, she said"),
        ("nobody asks why.", "nobody asks why."),
    ],
)
def test_the_most_similar_place_has_whole_words(quote: str, place: str) -> None:
    found = most_similar(NOTE, quote)
    assert found is not None
    assert found.segment.quote(NOTE) == place


def test_a_text_with_nothing_of_a_quote_has_no_similar_place() -> None:
    assert most_similar("", "quote") is None
    assert most_similar("zzzz zzzz", "quote") is None
    scarce = most_similar("q zzz zzz", "quote")
    assert scarce is None or scarce.score < THRESHOLD


def test_the_starts_of_a_quote_are_the_places_from_which_locate_chooses() -> None:
    text = "Yes. They don’t. Yes. They don't."
    for quote in ("Yes.", "don't"):
        starts = starts_of(text, quote)
        assert starts == [locate(text, quote, nth=nth).segment.start for nth in range(1, len(starts) + 1)]
        assert len(starts) == 2
    assert starts_of("we asked twice, and then", "we asked twyce, and then") == [0]
