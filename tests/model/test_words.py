"""Words: what a word is, their numbers in texts and groups, stems and stop words."""

from __future__ import annotations

import sys
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model.stop_words import stop_words
from sibtui.model.words import WordCount, is_without_spaces, stemmer, words_of

VOCABULARY = ["the", "coach", "coaches", "don't", "co-pay", "élan"]
texts = st.lists(st.sampled_from(VOCABULARY), max_size=8)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t, don't, DON'T", {"don't": 3}),
        ("co-pay co‐pay -pay co-", {"co-pay": 2, "pay": 1, "co": 1}),
        ("'quoted' words' 2nd 3 x2y", {"quoted": 1, "words": 1, "nd": 1, "x": 1, "y": 1}),
        ("e\u0301lan élan ÉLAN", {"élan": 3}),
        ("snake_case", {"snake": 1, "case": 1}),
        ("हिन्दी भाषा", {"हिन्दी": 1, "भाषा": 1}),
        ("", {}),
        ("12 % …", {}),
    ],
)
def test_a_word_is_a_run_of_letters_with_marks_inside_it(text: str, words: dict[str, int]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "uncut"), [("金利は高い", True), ("ราคา", True), ("한국어 단어", False), ("Trust", False)]
)
def test_scripts_without_spaces_are_recognised(text: str, uncut: bool) -> None:
    assert is_without_spaces(text) is uncut


@given(st.lists(texts, max_size=4))
@example([])
@example([[]])
@example([["coach"], ["coach", "coaches"]])
def test_the_numbers_are_those_of_the_joined_texts(drawn: list[list[str]]) -> None:
    count = WordCount()
    for words in drawn:
        count.add(words_of(" ".join(words)))
    expected = Counter(word for words in drawn for word in words)
    rows = {each["word"]: (each["count"], each["sources"]) for each in count.table().objects}
    assert rows == {word: (number, sum(word in words for words in drawn)) for word, number in expected.items()}
    assert sum(each["per_10000"] for each in count.table().objects) == pytest.approx(10_000 if expected else 0)


def test_words_with_the_same_stem_are_one_row_with_their_sources_counted_once() -> None:
    count = WordCount(stem=stemmer("en"))
    count.add(words_of("coach coach coaches"))
    count.add(words_of("coaching"))
    table = count.table()
    assert table.columns == ("word", "forms", "count", "sources", "per 10,000")
    assert [row[:4] for row in table.rows] == [("coach", ("coach", "coaches", "coaching"), 4, 2)]
    assert "Words with the same stem are one row, under the most frequent of them." in table.below


def test_groups_stop_words_and_limits_are_named_below() -> None:
    count = WordCount(["SIB A", "SIB B"], stop={"the"})
    count.add(words_of("the coach the card card"), ["SIB A"])
    count.add(words_of("card"), ["SIB A", "SIB B"])
    table = count.table(at_least=2, remarks=["Case: all."])
    assert table.rows == (("card", 3, 2, 5000.0, 3, 1),)
    assert table.objects[0]["groups"] == {"SIB A": 3, "SIB B": 1}
    assert table.below[0] == "6 words, 3 different, in 2 sources."
    assert table.below[2:] == (
        "Left out: 1 stop word with 2 places.",
        "Only words with 2 places or more.",
        "Case: all.",
    )


def test_stop_words_are_words_of_grammar() -> None:
    assert {"the", "don't", "ourselves"} <= stop_words("EN")
    assert stop_words("en").isdisjoint({"work", "need", "group", "people", "help"})
    assert "à" in stop_words("fr")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pt", "sv"])
def test_each_stop_word_is_one_word(language: str) -> None:
    assert [word for word in stop_words(language) if words_of(word) != {word: 1} and word != "po'"] == []


def test_a_language_without_a_list_is_refused_with_the_languages() -> None:
    with pytest.raises(InputError, match="the languages are de, en, es"):
        stop_words("xx")
    with pytest.raises(InputError, match="There are no stems for “xx”"):
        stemmer("xx")


def test_stems_without_the_package_are_refused_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "snowballstemmer", None)
    with pytest.raises(InputError, match=r"pip install 'sibtui\[words\]'"):
        stemmer("en")
