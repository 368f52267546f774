from __future__ import annotations

import pytest

from sibtui.formats.sources.number_words import in_form


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", {1: "1"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("001, 002, 003, ...", {7: "007", 1234: "1234"}),
        ("upperRoman", {4: "IV"}),
        ("lowerLetter", {27: "aa"}),
        ("ordinal", {1: "1st", 22: "22nd", 113: "113th"}),
        ("cardinalText", {0: "Zero", 1: "One", 15: "Fifteen", 21: "Twenty-one", 101: "One hundred one"}),
        ("cardinalText", {1000: "One thousand", 2340: "Two thousand three hundred forty"}),
        (
            "ordinalText",
            {1: "First", 5: "Fifth", 12: "Twelfth", 20: "Twentieth", 33: "Thirty-third", 100: "One hundredth"},
        ),
        ("russianLower", {1: "а", 29: "я", 30: "аа"}),
        ("chicago", {1: "*", 4: "§", 5: "**", 0: "0"}),
        ("hex", {255: "FF"}),
        ("numberInDash", {3: "- 3 -"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalFullWidth", {10: "１０"}),
        ("none", {3: ""}),
    ],
)
def test_numbers_are_written_as_in_word(form, shown):
    assert {number: in_form(number, form) for number in shown} == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("de-DE", "1."), ("es", "1º"), ("fr-CA", "1er"), ("nl", "1e"), ("EN-gb", "1st"), ("ja", None)],
)
def test_ordinals_follow_the_language_of_the_document(language, shown):
    assert in_form(1, "ordinal", language) == shown


def test_forms_that_are_not_known_have_no_text():
    assert in_form(1, "ordinalText", "de") is None
    assert in_form(1, "thaiLetters") is None
    assert in_form(2, "ordinal", "fr") == "2e"
