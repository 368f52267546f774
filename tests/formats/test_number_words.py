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


def test_unknown_forms_of_numbers_give_none():
    assert in_form(1, "ordinalText", "pl") is None
    assert in_form(1, "cardinalText", "nl") is None
    assert in_form(14, "cardinalText", "pt") is None
    assert in_form(0, "ordinalText", "de") is None
    assert in_form(1, "thaiLetters") is None
    assert in_form(2, "ordinal", "fr") == "2e"


@pytest.mark.parametrize(
    ("language", "cardinals", "ordinals"),
    [
        ("de-AT", ("Eins", "Zwei", "Zwölf", "Zwanzig"), ("Erste", "Zweite", "Zwölfte", "Zwanzigste")),
        ("fr-FR", ("Un", "Deux", "Douze", "Vingt"), ("Premier", "Deuxième", "Douzième", "Vingtième")),
        ("es-MX", ("Uno", "Dos", "Doce", "Veinte"), ("Primero", "Segundo", None, None)),
        ("it", ("Uno", "Due", "Dodici", "Venti"), ("Primo", "Secondo", "Dodicesimo", "Ventesimo")),
        ("nl-BE", (None, None, None, None), ("Eerste", "Tweede", "Twaalfde", "Twintigste")),
        ("pt-BR", ("Um", "Dois", "Doze", None), ("Primeiro", "Segundo", None, None)),
    ],
)
def test_words_follow_the_language_of_the_document_where_their_spelling_is_fixed(language, cardinals, ordinals):
    assert tuple(in_form(number, "cardinalText", language) for number in (1, 2, 12, 20)) == cardinals
    assert tuple(in_form(number, "ordinalText", language) for number in (1, 2, 12, 20)) == ordinals
