from __future__ import annotations

import difflib
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations, combinations_with_replacement

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sibtui.model.reanchor import ALIKE, Carried, reanchor, reanchor_edits
from sibtui.model.reanchor import edited as with_edits
from sibtui.model.segments import Segment
from tests.borders import between

DISTINCT = ["alpha", "board", "city", "desk", "engine", "fig", "garden", "hotel", "ink", "jury", "kitchen", "lamp"]
words = st.lists(st.sampled_from(["the", "link", "worker", "é😀", ",", "a"]), min_size=2, max_size=8)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, list[tuple[int, int]]]:
    """Draw a text, the changed text, and places in the old text. Changes and places share their edges."""
    old = " ".join(draw(words))
    edges = sorted({0, len(old), *draw(st.lists(st.integers(0, len(old)), min_size=2, max_size=4))})
    places = [(place.start, place.end) for place in draw(st.lists(between(edges), min_size=1, max_size=4))]
    new = old
    for start, end in draw(_changes(edges)):
        new = new[:start] + draw(st.sampled_from(["", " ", "a", "the ", "é b"])) + new[end:]
    return old, new, places


def _changes(edges: list[int]) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Draw one or two changes, each between two edges or at one. The later change is first, so that it does not move the other."""
    ranges = list(combinations_with_replacement(edges, 2))
    two = [[second, first] for first, second in combinations(ranges, 2) if first[1] <= second[0]]
    return st.sampled_from([[change] for change in ranges]) | st.sampled_from(two[::-1])


def one(old: str, new: str, quote: str, nth: int = 1) -> tuple[str | None, str]:
    """Return the words at the certain place of a quote, or None, and the words at the nearest passage."""
    start = -1
    for _ in range(nth):
        start = old.index(quote, start + 1)
    [found] = reanchor(old, new, [(start, start + len(quote))])
    words = found.segment.quote(new)
    assert found.score == 100 or words != quote
    return words if found.certain else None, words


@given(edited())
@example(("a b", "a b", []))
@example(("the link", "the link", [(0, 3), (4, 8), (0, 8)]))
@example(("the link", "x the link", [(0, 3)]))
@example(("the link", "the link x", [(4, 8)]))
@example(("the link", "thelink", [(0, 3), (3, 4), (4, 8)]))
@example(("the link", "the", [(4, 8)]))
@example(("the the", "the", [(0, 3), (4, 7)]))
@example(("the the", "the the the", [(0, 3), (4, 7)]))
@example(("the link", " ", [(0, 8)]))
def test_each_segment_gets_a_passage_of_the_new_text_and_a_score(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, new, places = drawn
    assume(new)
    carried = reanchor(old, new, places)
    assert len(carried) == len(places)
    for found, (start, end) in zip(carried, places, strict=True):
        words = found.segment.quote(new)
        assert 0 <= found.segment.start < found.segment.end <= len(new)
        if found.certain:
            assert (found.score == 100) == (words == old[start:end])
            assert words == old[start:end] or found.score >= ALIKE or _edge_words_stay(old[start:end], words)


def _edge_words_stay(old: str, new: str) -> bool:
    return old[0] == new[0] and old[-1] == new[-1]


@given(edited())
def test_segments_of_an_unchanged_text_keep_their_positions(drawn: tuple[str, str, list[tuple[int, int]]]) -> None:
    old, _, places = drawn
    assert reanchor(old, old, places) == [Carried(Segment(*place), 100, certain=True) for place in places]


@given(st.integers(2, 12), st.data())
def test_segments_follow_their_words_when_no_word_occurs_twice(count: int, data: st.DataObject) -> None:
    """Words are inserted and removed between words that all differ, so that the right place is known."""
    words = DISTINCT[:count]
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first, count - 1))
    kept = data.draw(st.lists(st.booleans(), min_size=count, max_size=count).filter(any))
    added = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    new = " ".join(
        part
        for at, word in enumerate(words)
        for part in ([f"{at}%{at}"] if added[at] else []) + ([word] if kept[at] else [])
    )
    old = " ".join(words)
    start = len(" ".join(words[:first])) + (first > 0)
    place = (start, start + len(" ".join(words[first : last + 1])))
    [found] = reanchor(old, new, [place])
    inside = [word for word, stays in zip(words[first : last + 1], kept[first : last + 1], strict=True) if stays]
    if not inside:
        assert not found.certain
    elif found.certain:
        passage = found.segment.quote(new)
        assert passage.find(inside[0]) >= 0
        assert passage.find(inside[-1]) >= 0
        outside = {*words[:first], *words[last + 1 :]}
        assert not outside & set(passage.split())


def test_a_segment_after_an_insertion_moves() -> None:
    old = "They hold a budget. They hold a budget."
    new = "They really hold a budget. They hold a budget, too."
    assert reanchor(old, new, [(20, 38)])[0] == Carried(Segment(27, 45), 100, certain=True)


def test_a_changed_letter_inside_a_quote_changes_its_words() -> None:
    old, new = (
        "They aproved it. Nine in ten requests were aproved, she said.",
        "They approved it. Nine in ten requests were approved, she said.",
    )
    assert one(old, new, "Nine in ten requests were aproved")[0] == "Nine in ten requests were approved"
    assert one(old, new, "aproved", 2)[0] == "approved"


def test_a_segment_is_certain_if_the_words_at_both_its_ends_are_unchanged() -> None:
    old = "We said that the budget was far too small for us. End."
    new = "We said that the budget, which has a long history of its own that began in the year of the flood, is too small for us. End."
    quote = old[3:-5]
    assert one(old, new, quote)[0] == new[3:-5]


def test_a_segment_between_single_unchanged_words_is_certain_only_with_half_of_its_words() -> None:
    old, new = "So. The manager was happy. Bye.", "So. The board has cut all funding of it. Bye."
    assert one(old, new, "The manager was happy.") == (None, "The board has cut all funding of it.")
    old, new = "So. The manager was happy. Bye.", "So. The new project manager was happy. Bye."
    assert one(old, new, "The manager was happy.")[0] == "The new project manager was happy."


def test_a_segment_at_the_end_of_the_text_keeps_its_words() -> None:
    assert one("We did it all.", "We did it all. And more.", "did it all.")[0] == "did it all."
    assert one("We did it all.\n", "We did it all.", "did it all.\n")[0] == "did it all."
    assert one("We did it all", "We did it all!", "did it all")[0] == "did it all"


@pytest.mark.parametrize(
    ("old", "new", "quote", "nth"),
    [
        ("Ask them. Yes.\nYes.\n", "Ask them. Yes.\n", "Yes.", 1),
        ("Ask them. Yes.\nYes.\n", "Ask them. Yes.\n", "Yes.", 2),
        ("Yes.\nYes.\nAsk them.", "Yes.\nAsk them.", "Yes.", 1),
        ("P1\n\nThey pay rent.\n\nThey work.", "P1\n\nThey work.", "They pay", 1),
        ("A. good point. B. good point. C.", "A. B. good point. C.", "good point", 1),
        ("It is in a box. Ok. yes. fine", "It is in a box. Ok. fine and later on yes there", "yes", 1),
        ("One. budget two. Three", "Three and a budget more, four", "budget", 1),
    ],
)
def test_a_segment_of_a_removed_phrase_is_not_moved_to_another_occurrence(
    old: str, new: str, quote: str, nth: int
) -> None:
    assert one(old, new, quote, nth)[0] is None


def test_a_segment_stays_when_the_same_phrase_beside_it_is_removed() -> None:
    assert one("A. good point. B. good point. C.", "A. B. good point. C.", "good point", 2)[0] == "good point"
    assert one("P1\n\nThey pay rent.\n\nThey work.", "P1\n\nThey work.", "They work")[0] == "They work"
    assert one("It is very good now", "It is very very good now", "very good")[0] == "very good"


def test_a_passage_that_moved_as_a_whole_is_found_at_its_new_place() -> None:
    old = "First this sentence. Then a long tail of other words, and more of them."
    new = "Then a long tail of other words, and more of them. First this sentence."
    assert one(old, new, "First this sentence.")[0] == "First this sentence."
    old, new = "Yes, she said. Then a long tail.", "Then a long tail. And then, to their surprise: yes no. Yes, a bit."
    assert one(old, new, "Yes")[0] is None
    old = "They came twice. Then a long tail. They came twice. Nobody else did so in that year."
    new = "Nobody else did so in that year. Then a long tail. They came twice."
    assert one(old, new, "They came twice.", 1)[0] is None


def test_the_end_of_a_segment_inside_a_changed_passage_follows_its_letters() -> None:
    old, new = "the recieved mony here", "the received money here"
    assert [one(old, new, quote)[0] for quote in ("mony here", "recieved", "recieved mony")] == [
        "money here", "received", "received money",
    ]  # fmt: skip
    assert one("alpha beta gamma delta", "alpha xyz delta", "gamma delta")[1] == "xyz delta"
    assert one("ab cdefgh ij", "ab cfgh ij", "defgh ij")[0] == "fgh ij"
    assert one("a kXabcdefghZk b", "a kYabcdefhWk b", "ghZk b")[1] == "hWk b"
    long = "x" * 1100
    assert one(f"a {long}y b", f"a {long.upper()}z b", "y b")[1] == f"{long.upper()}z b"


def test_a_segment_whose_words_were_removed_gets_the_nearest_word_or_character() -> None:
    assert one("Go Stop Now", "Go Now", "Stop")[1] == "Go"
    assert one("Gx, no", "Gx", "no")[1] == "Gx"
    assert one("no", "...", "no")[0] is None
    [found] = reanchor("a b", "!", [(0, 1)])
    assert found.segment == Segment(0, 1)


def test_segments_beside_small_changes_are_certain() -> None:
    old, new = "A budget, yes. A budget.", "One budget; yes. One budget."
    found = reanchor(old, new, [(2, 8), (17, 23)])
    assert [(each.segment, each.certain) for each in found] == [(Segment(4, 10), True), (Segment(21, 27), True)]


@pytest.mark.parametrize(
    ("quote", "words", "certain"),
    [
        ("Mary", "P1", True),
        ("Mary met", "P1 met", True),
        ("y met", "P1 met", True),
        (" met M", " met P1", True),
        ("met", "met", True),
        ("ary", "P1", True),
    ],
)
def test_segments_after_known_changes_are_certain(quote: str, words: str, certain: bool) -> None:
    old, edits = "Mary met Mary Smith. Mary", [(0, 4, "P1"), (9, 13, "P1"), (21, 25, "P1")]
    new = with_edits(old, edits)
    assert new == "P1 met P1 Smith. P1"
    start = old.index(quote)
    [found] = reanchor_edits(old, edits, [(start, start + len(quote))])
    assert (found.segment.quote(new), found.certain) == (words, certain)
    assert (found.score == 100) == (quote == words)


def test_a_segment_removed_by_a_known_change_is_not_certain() -> None:
    [found] = reanchor_edits("Mary met", [(0, 5, "")], [(0, 4)])
    assert found == Carried(Segment(0, 3), 0, certain=False)
    assert reanchor_edits("Mary met", [], [(0, 4)]) == [Carried(Segment(0, 4), 100, certain=True)]


@pytest.mark.parametrize("between", ["\n\n", " "], ids=["a line a turn", "one line"])
def test_a_long_interview_with_many_corrections_is_reanchored_quickly(
    between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = [
        f"{number}: they {number % 7} said, that the {number % 31} link worker came, and went."
        for number in range(3000)
    ]
    corrected = [turn.replace("went", "left") if number % 40 == 0 else turn for number, turn in enumerate(turns)]
    old, new = between.join(turns), "Anonymised. " + between.join(corrected) + " End."
    places = [(old.index(turn), old.index(turn) + 20) for turn in turns[::50]]
    pairs = 0

    class Counting(SequenceMatcher[str]):
        def __init__(self, junk: None, old: list[str], new: list[str], *, autojunk: bool) -> None:
            nonlocal pairs
            often = Counter(new)
            pairs += sum(often[part] for part in old)
            super().__init__(junk, old, new, autojunk=autojunk)

    monkeypatch.setattr(difflib, "SequenceMatcher", Counting)
    carried = reanchor(old, new, places)
    assert pairs < 20 * len(turns)  # comparing every space with every other one would take a billion pairs
    assert [found.segment.quote(new) for found in carried if found.certain] == [old[start:end] for start, end in places]


def test_words_that_occur_too_often_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sibtui.model.unchanged_text._MOST", 3)
    old, new = "- a a a a budget\n" * 3 + "the link worker", "- a a a a budget\n" * 3 + "! the link worker !"
    [carried] = reanchor(old + " x", "y " + new, [(len(old) - 15, len(old))])
    assert carried.segment.quote("y " + new) == "the link worker"


def test_a_segment_that_would_end_inside_a_word_is_not_certain() -> None:
    assert one("answer a 4.y.\n", "answer a ay.\n", "answer a 4") == (None, "answer a a")
    assert one("They answer 4 of us", "They answer4 of us", "answer ") == (None, "answer")


def test_a_long_segment_with_one_changed_letter_scores_99_of_100() -> None:
    old = "They came to the house, and " * 20
    [found] = reanchor(f"So: {old}. Yes.", f"So: {old[:-5]}x{old[-4:]}. Yes.", [(4, 4 + len(old))])
    assert (found.segment, found.score, found.certain) == (Segment(4, 4 + len(old)), 99, True)


def test_a_segment_that_keeps_only_short_words_is_not_certain() -> None:
    old = "A bus ride.\n\n## 3. Staff\n\n3.1 Coaches are appointed for their attitude and their own experience of life."
    new = "A bus ride.\n\n## 3. Staff\n\n3.1 Coaches are marble copper velvet hope violin their copper thunder harbour."
    assert one(old, new, "3. Staff\n\n3.1 Coaches are appointed for their")[0] is None
