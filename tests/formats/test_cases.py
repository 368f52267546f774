"""Small inputs like the kinds of real files, with their right results. The files lie beside the checkout, in ../shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from sibtui.formats.registry import read_source
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.formats.sources.speakers import turns
from sibtui.model.phrase_search import phrase_finder
from sibtui.model.text_search import matches

FILES = Path(__file__).parents[2].parent / "shared" / "cases" / "files"

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the folder ../shared/cases is not on this machine")


def draft(name, **options):
    (only,) = read_source(name, (FILES / name).read_bytes(), options=ReadOptions(**options))
    return only


def test_automatic_numbers_and_bullets_are_part_of_a_word_document():
    assert draft("numbered.docx").text.split("\n") == [
        "Q1. How did you come to the project?",
        "A friend told me.",
        "Q2. What changed?",
        "a) the visits",
        "b) the money",
        "• a bulleted point",
        "As I said under Q2 b), the money mattered.",
    ]


def test_symbols_of_a_word_document_are_characters():
    assert draft("arrows.docx").text == "Trust → tenancy kept ☺."


def test_the_mark_of_a_footnote_is_in_the_text():
    assert draft("footnote.docx").text == "They never asked.[1] We left.[2]\n\n[1] Laughs.\n[2] In 2019."


def test_hidden_text_is_left_out_and_reported():
    hidden = draft("hidden.docx")
    assert "REAL NAME" not in hidden.text
    assert hidden.notices == ("1 passage of hidden text was left out",)


@pytest.mark.parametrize("name", ["07-word-comments.docx", "comments.docx"])
def test_comments_of_a_word_document_are_counted(name):
    assert draft(name).notices == ("1 comment was left out",)
    assert draft(name, comments=True).notices == ()


def test_lists_of_a_web_page_have_their_numbers():
    page = draft("lists.html")
    assert page.text.split("\n") == [
        *("1. How did you come?", "2. What changed?", "a. the visits", "b. the money", "• bullet"),
        *("The first office was efficient and affluent.", "Shown here. co\xadoperation"),
    ]
    assert page.notices == ("1 passage of hidden text was left out",)


def test_times_without_leading_zeros_are_recognised():
    assert draft("01-teams-unpadded-times.vtt").text.split("\n") == [
        "[00:00:00] Ann Lee: Yes, they came first.",
        "[00:00:12] Bo Ray: And after that?",
        "[00:01:03] Ann Lee: Nobody came at all.",
    ]


def test_a_table_of_whisper_is_a_transcript():
    assert draft("08-whisper.tsv").text.split("\n") == [
        "[00:00:00] So thank you for coming.",
        "[00:00:02] It was no trouble at all.",
        "[00:00:06] Tell me about the first visit.",
    ]


def test_tags_of_a_note_are_an_attribute():
    assert draft("02-obsidian-tags.md").attributes["tags"] == "interview; site-b"


def test_old_mac_cyrillic_is_recognised_or_doubtful():
    text = draft("11-mac-cyrillic.txt")
    assert text.encoding == "mac_cyrillic" or text.confidence < 0.75


@pytest.mark.parametrize(
    ("name", "first", "second", "speech"),
    [
        ("12-speakers/otter.txt", "Ann Lee", "Bo Ray", "Thank you for coming today."),
        ("12-speakers/rev.txt", "Ann Lee", "Bo Ray", "Thank you for coming today."),
        ("12-speakers/sonix.txt", "Ann Lee", "Bo Ray", "Thank you for coming today."),
        ("12-speakers/teamsdocx.txt", "Ann Lee", "Bo Ray", "Thank you for coming today."),
        ("12-speakers/f4.txt", "I", "B1", "Thank you for coming today. #00:00:02-1#"),
        ("teams.docx", "Anna Kowalska", "James Okoro", "Hello, how are you?"),
        ("transcribe.docx", "Speaker 1", "Speaker 2", "Hello, how are you?"),
    ],
)
def test_speakers_of_a_transcript_have_their_turns(name, first, second, speech):
    text = draft(name).text
    found = turns(text)
    assert [turn.speaker for turn in found] == [first, second, first, second]
    assert text[found[0].speech : found[0].segment.end] == speech


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("curly.txt", "don't know"),
        ("curly.txt", 'said "no"'),
        ("ligature_chars.pdf", "first"),
        ("ligature_chars.pdf", "office"),
        ("odd_characters.txt", "well-being|wellbeing"),
        ("odd_characters.txt", "café"),
        ("ligature_chars.pdf", "commissioning"),
    ],
)
def test_words_typed_with_a_plain_keyboard_are_found(name, typed):
    text = draft(name).text
    assert any(list(matches(name, text, phrase_finder(each)(text))) for each in typed.split("|"))
