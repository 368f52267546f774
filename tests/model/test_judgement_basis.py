from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.judgement_basis import BasisQuote, JudgementBasis, rule_in_words
from sibtui.model.presence import Rule

QUOTE = BasisQuote("s1", "She said so.", "before ", " after", "supports", "firm", ("c1",))
BASIS = JudgementBasis("present", "1/1", (("u1", "T/Trust"),), (), "asked", (QUOTE,))


def test_an_equal_basis_has_no_changes() -> None:
    assert BASIS.changes(BASIS) == ()


def test_a_renamed_code_is_not_a_change() -> None:
    assert BASIS.changes(replace(BASIS, codes=(("u1", "T/Faith"),))) == ()


def test_a_first_reading_that_was_recorded_as_read_again_is_not_a_change() -> None:
    old = replace(BASIS, open=("b2 is not read again for T/U",))
    assert old.changes(replace(BASIS, open=("b2 is not read for T/U",))) == ()
    assert old.changes(replace(BASIS, open=("b2 is not read for T",))) != ()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"rule": "3/3"}, "the thresholds were 1/1, and are 3/3"),
        ({"codes": (("u2", "T/Faith"),)}, "the row drew on T/Trust, and draws on T/Faith"),
        ({"quotes": ()}, "1 quote is gone (“She said so.”)"),
        ({"quotes": (QUOTE, QUOTE)}, "1 quote is new (“She said so.”)"),
        ({"open": ("b2 is unread",)}, "nothing was open, and now b2 is unread"),
        ({"covered_by": ""}, "the topic was asked, and is not asked"),
        ({"computed": "contested"}, "the cell was present, and is contested"),
    ],
)
def test_each_change_of_a_basis_has_its_clause(changed: dict, expected: str) -> None:
    assert BASIS.changes(replace(BASIS, **changed)) == (expected,)


def test_a_cell_whose_last_source_was_read_has_nothing_open() -> None:
    (clause,) = replace(BASIS, open=("b2 is unread",)).changes(BASIS)
    assert clause == "it was open that b2 is unread, now nothing is open"


@pytest.mark.parametrize("field", ["source", "quote"])
def test_an_equal_quote_at_another_place_is_a_change(field: str) -> None:
    removed, added = BASIS.changes(replace(BASIS, quotes=(replace(QUOTE, **{field: "other"}),)))
    assert removed.startswith("1 quote is gone")
    assert added.startswith("1 quote is new")


@pytest.mark.parametrize("field", ["quote", "before", "after"])
def test_a_corrected_quote_is_named_once(field: str) -> None:
    long = replace(QUOTE, quote="A long quote with many words, of which a message shows the first ones, and no more.")
    corrected = replace(long, **{field: getattr(long, field) + " More."})
    basis = replace(BASIS, quotes=(long, QUOTE))
    assert basis.changes(replace(BASIS, quotes=(corrected, QUOTE))) == (
        "1 quote was corrected or is at another place (“A long quote with many words, of which a message shows the…”)",
    )


@pytest.mark.parametrize("change", [{"stance": "counters"}, {"certainty": "tentative"}, {"cases": ()}])
def test_a_changed_quote_is_named_once(change: dict) -> None:
    assert BASIS.changes(replace(BASIS, quotes=(replace(QUOTE, **change),))) == (
        "1 quote has another stance, certainty or case (“She said so.”)",
    )


texts = st.text("ab\n“", max_size=3)
quotes = st.builds(BasisQuote, *[texts] * 6, st.lists(texts, max_size=2).map(tuple))


@given(
    st.builds(
        JudgementBasis,
        texts,
        texts,
        st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
        st.lists(texts, max_size=2).map(tuple),
        texts,
        st.lists(quotes, max_size=3).map(tuple),
    )
)
def test_any_basis_is_the_same_after_json(basis: JudgementBasis) -> None:
    assert JudgementBasis.from_json(basis.to_json()) == basis


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(), "1/1"),
        (Rule(2, 3), "2/3"),
        (Rule(1, 1, 2), "1/1 with 2 kinds"),
        (Rule(needs=("interview", "report")), "1/1 with an interview with a report"),
    ],
)
def test_a_rule_is_described_in_short_form(rule: Rule, words: str) -> None:
    assert rule_in_words(rule) == words


def test_a_fixed_basis_is_the_same_after_json() -> None:
    assert JudgementBasis.from_json(BASIS.to_json()) == BASIS


def test_an_erased_quote_makes_the_judgement_stale_without_its_words() -> None:
    quotes = [BasisQuote(source, "words", "a", "b", "supports", "firm") for source in ("s1", "s2", "s2")]
    basis = JudgementBasis("present", "1/1", (), (), "", tuple(quotes))
    erased = basis.with_quotes(lambda quote: quote.erased() if quote.source == "s2" else quote)
    assert [quote.quote for quote in erased.quotes] == ["words", "", ""]
    now = replace(basis, quotes=basis.quotes[:1])
    assert erased.changes(now) == ("2 quotes were erased",)
    assert replace(erased, quotes=erased.quotes[:2]).changes(now) == ("1 quote was erased",)
