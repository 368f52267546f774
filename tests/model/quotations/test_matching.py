"""A quotation beside the sources: exact, altered, a paraphrase, or not found."""

from __future__ import annotations

import pytest

from sibtui.model.quotations.letters import LetterText, letters_of, parts_of
from sibtui.model.quotations.marks import DraftQuotation
from sibtui.model.quotations.matching import CheckedQuotation, _widened, check_quotation, quoted_source, word_changes
from sibtui.model.segments import Segment

SPOKEN = "KW: We open doors, and then we get out of the door-\nway. Nobody called back until March.\n\nThat was it.\n"
NOTES = 'She opens doors and gets out of the way. “It was MY idea,” he added. Written as "their own plan" later.\n'


def checked(text: str, *, spoken: bool = True, notes: bool = True) -> CheckedQuotation:
    sources = [quoted_source("notes", NOTES, verbatim=False)] if notes else []
    sources += [quoted_source("talk", SPOKEN, verbatim=True)] if spoken else []
    return check_quotation(DraftQuotation(1, text), sources)


@pytest.mark.parametrize(
    ("text", "status", "source"),
    [
        ("we open doors and then we get out of the doorway", "exact", "talk"),
        ("[W]e open doors […] out of the [same] doorway", "exact", "talk"),
        ("Nobody … back until March", "exact", "talk"),
        ("opens doors and gets out", "paraphrase in the source", "notes"),
        ("it was my idea", "exact", "notes"),
        ("their own plan", "exact", "notes"),
        ("pen doors", "not found", ""),
        ("of the moon and the stars above", "not found", ""),
        ("nobody phoned", "not found", ""),
    ],
)
def test_a_quotation_has_a_status_and_a_source(text: str, status: str, source: str) -> None:
    found = checked(text)
    assert (found.status, found.source) == (status, source)


def test_words_in_a_spoken_source_are_better_than_the_same_words_in_notes() -> None:
    sources = [
        quoted_source("n", "We left early.", verbatim=False),
        quoted_source("t", "We left early.", verbatim=True),
    ]
    assert check_quotation(DraftQuotation(1, "we left early"), sources).source == "t"


def test_an_altered_quotation_shows_the_words_that_differ() -> None:
    found = checked("We open gates, and then we get out of the doorway")
    assert (found.status, found.difference) == ("altered", ("“doors,” → “gates,”",))
    assert checked("doors and then we get out of the doorway Nobody").difference == ()
    turned = checked("Nobody called back … We open doors")
    assert (turned.status, turned.difference) == ("altered", ("the parts are far apart, or in another order",))
    assert checked("Nobody ever called back [before] until March").difference == ("nothing → “ever”",)
    notes = checked("She opens gates and gets out of the way", spoken=False)
    assert (notes.status, notes.difference) == ("paraphrase in the source", ("“doors” → “gates”",))


def test_the_most_similar_source_is_chosen() -> None:
    sources = [
        quoted_source("far", "We open many old doors and then we are out of the doorway.", verbatim=True),
        quoted_source("near", "We open doors and then we get out of that doorway.", verbatim=True),
        quoted_source("other", "We open doors and now we get out of one doorway.", verbatim=True),
    ]
    assert (
        check_quotation(DraftQuotation(1, "We open doors and then we get out of the doorway"), sources).source == "near"
    )


def test_an_empty_source_has_nothing_similar() -> None:
    source = quoted_source("t", "nothing of the kind is here", verbatim=True)
    assert check_quotation(DraftQuotation(1, "xyzzyx qqqqqq kkkkkk of"), [source]).status == "not found"
    short = quoted_source("t", "open doors", verbatim=True)
    assert check_quotation(DraftQuotation(1, "open doors open doors open doors open"), [short]).status == "not found"


def test_a_passage_takes_in_the_first_and_last_words_of_the_quotation() -> None:
    assert _widened("So I went on, to be.", ["I", "went", "on"], Segment(5, 9)) == Segment(3, 12)
    assert _widened("I went", ["I", "went"], Segment(2, 6)) == Segment(0, 6)
    assert _widened("I went", ["He", "went"], Segment(2, 6)) == Segment(2, 6)
    assert _widened("x " * 40 + "I went", ["I", "went"], Segment(82, 86)) == Segment(80, 86)


def test_a_part_after_too_many_letters_is_not_found() -> None:
    far = quoted_source("t", "We began here. " + "And on it went. " * 60 + "We ended there.", verbatim=True)
    assert check_quotation(DraftQuotation(1, "we began here … we ended there"), [far]).status != "exact"


def test_changes_of_words_are_runs() -> None:
    assert word_changes("nine in ten of them", "nine out of ten") == ["“in ten” → “out”", "“them” → “ten”"]
    assert word_changes("one of them left", "one them left too") == ["“of” → nothing", "nothing → “too”"]
    assert word_changes("a b", "x a b") == ["nothing → “x”"]
    assert word_changes("Same, words.", "same words") == []


def test_letters_know_their_places() -> None:
    text = LetterText("Caf\u00e9 \ufb01ve, Ⅷ times")
    assert text.letters == "caféfiveviiitimes"
    at = text.find("five")
    assert text.text[slice(*text.span(at, at + 4))] == "ﬁve"
    assert text.find("ive") == -1
    assert letters_of("“Door-\nway”") == "doorway"
    assert parts_of("[W]e [all] go … on (…) [sic]") == ["We ", " go ", " on "]


def test_a_word_that_is_everywhere_has_no_vote() -> None:
    source = quoted_source("t", "the dog ran. " + "the " * 6000, verbatim=True)
    assert check_quotation(DraftQuotation(1, "the the the cat sat down"), [source]).status == "not found"
