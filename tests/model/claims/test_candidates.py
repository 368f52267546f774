"""Sentences of a draft that may be claims."""

from __future__ import annotations

from sibtui.model.claims.candidates import candidates

ROWS = [("t1", "Use of rate card"), ("t1", "Creating new staff positions"), ("t2", "Assessments with cards")]
CASES = ("SIB A", "SIB B")


def test_a_candidate_has_a_quantifier_and_a_word_of_a_label() -> None:
    text = "# Findings\n\nAll four SIBs used a rate card. Staff were kind. Most of it rained. In 3 of the 4, positions were new.\n"
    found = list(candidates(text, ROWS, CASES))
    assert [(each.sentence, each.quantifiers) for each in found] == [
        ("All four SIBs used a rate card.", ("All", "four")),
        ("In 3 of the 4, positions were new.", ("3 of the 4",)),
    ]
    assert (found[0].words, found[0].rows) == (
        ("SIBs", "rate", "card"), ("t1 / Use of rate card", "t2 / Assessments with cards"),
    )  # fmt: skip
    assert text[found[0].start :].startswith("All four")
    assert found[1].rows == ("t1 / Creating new staff positions",)


def test_short_and_common_words_of_a_label_do_not_count() -> None:
    assert list(candidates("None of those with it used both.", ROWS, CASES)) == []
    assert [
        each.words for each in candidates("Several processes of the business class.", [("t", "Business class")], ())
    ] == [("business", "class")]
