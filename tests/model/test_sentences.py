"""Sentences are split as readers expect, and cover the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given

from sibtui.model.sentences import Sentences
from tests.texts import texts


def units(text: str) -> list[str]:
    sentences = Sentences(text)
    found = []
    unit = sentences.after(0)
    while unit is not None:
        found.append(unit.quote(text))
        unit = sentences.after(unit.end)
    return found


def test_sentences_end_after_their_stops_and_closing_quotes():
    assert units("She refused. “It is ours.” Why?  He left") == ["She refused.", "“It is ours.”", "Why?", "He left"]


def test_a_closing_bracket_belongs_to_its_sentence():
    assert units("*Written for sibtui. No such interview took place.*") == [
        "*Written for sibtui.", "No such interview took place.*",
    ]  # fmt: skip


def test_an_abbreviation_ends_no_sentence():
    assert units("Dr. Smith came, e.g. on Monday. He left.") == ["Dr. Smith came, e.g. on Monday.", "He left."]


def test_headings_items_and_turns_are_separate_units():
    text = "# Money\nThey came\n- boots\n- a phone. And more\n1. first\nINT: why?"
    assert units(text) == ["# Money", "They came", "- boots", "- a phone.", "And more", "1. first", "INT: why?"]


def test_a_sentence_continues_over_wrapped_lines():
    text = (
        "The association put up a sixth of the working\ncapital, next to the fund manager. Not for the\n"
        "return. It cost more than that.\n"
    )
    assert units(text) == [
        "The association put up a sixth of the working\ncapital, next to the fund manager.",
        "Not for the\nreturn.",
        "It cost more than that.",
    ]


def test_short_lines_are_separate_units():
    assert units("asked about money\nhe said no\nlong pause") == ["asked about money", "he said no", "long pause"]


@pytest.mark.parametrize("space", ["\xa0", "\u202f", "\u2028", "\x85"])
@pytest.mark.parametrize("language", ["en", "fr", "hi"])
def test_a_period_after_a_letter_and_a_wide_space_is_read(space, language):
    text = f"Plan J{space}. He left."
    assert "".join(text[start:end] for start, end in Sentences(text, language).spans()).startswith("Plan J")


def test_no_sentence_crosses_an_empty_line():
    assert units("it went on and\n\n  \nthen stopped") == ["it went on and", "then stopped"]


def test_a_text_of_whitespace_has_no_units():
    assert not Sentences(" \n\t\n ")
    assert units(" \n\t\n ") == []


def test_the_section_of_an_offset_begins_at_its_heading():
    text = "before\n\n# One\n\ntext one\n\n## Two\n\ntext two"
    sentences = Sentences(text)
    assert [sentences.heading_before(text.index(word)) for word in ("before", "text one", "text two")] == [
        0, text.index("# One"), text.index("## Two"),
    ]  # fmt: skip


@given(texts)
@example("")
@example("a")
@example("One. Two.")
@example("One.\n\nTwo.\n")
@example("\n\n# Heading\n- item \n\n")
def test_sentences_cover_all_words_once_in_both_directions(text: str):
    sentences = Sentences(text)
    onward, back = [], []
    unit = sentences.after(0)
    while unit is not None:
        onward.append(unit)
        unit = sentences.after(unit.end)
    unit = sentences.before(len(text))
    while unit is not None:
        back.append(unit)
        unit = sentences.before(unit.start)
    assert onward == back[::-1] == list(sentences.all())
    paragraphs = map(sentences.paragraph, range(sentences.paragraphs))
    assert list(sentences.paragraph_spans()) == [(paragraph.start, paragraph.end) for paragraph in paragraphs]
    assert "".join("".join(unit.quote(text).split()) for unit in onward) == "".join(text.split())
    for unit in onward:
        quote = unit.quote(text)
        assert quote == quote.strip()
        assert not re.search(r"\n[^\S\n]*\n", quote)
        assert sentences.at(unit.start) == unit == sentences.at(unit.end - 1)


def test_units_before_and_after_are_the_same_without_a_cache(monkeypatch) -> None:
    """Without a cache, each paragraph is split again with the same result."""
    monkeypatch.setattr("sibtui.model.sentences._KEPT", 1)
    text = "One alone.\n\nTwo alone.\n- a bullet\n\nThree alone."
    sentences = Sentences(text)
    assert sentences.paragraphs == 3
    assert sentences.paragraph(0).quote(text) == "One alone."
    inside = text.index("wo alone")
    for _ in range(2):
        assert sentences.before(inside).quote(text) == "One alone."
        assert sentences.after(inside).quote(text) == "- a bullet"
        assert sentences.after(text.index("a bullet") + 1).quote(text) == "Three alone."
        assert sentences.before(1) is None
        assert sentences.after(len(text) - 1) is None
