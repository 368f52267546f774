from __future__ import annotations

import pytest

from sibtui.errors import InputError
from sibtui.formats.rtf import read

HEAD = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS Mincho;}}{\colortbl;\red0\green0\blue0;}{\*\generator Writer;}{\info{\author A. Person}}"


def text(inside: bytes, **options) -> str:
    return read("a.rtf", HEAD + inside + b"}", **options)[0].text


def test_paragraphs_are_lines_and_signs_are_characters():
    assert text(rb"\pard One\par \b Two\b0 , three\line four\tab five\par") == "One\nTwo, three\nfour\tfive"
    assert text(rb"\ldblquote no\rdblquote  \emdash\~x \{a\}\\ e\_mail soft\-ly") == "“no” —\xa0x {a}\\ e-mail softly"


def test_line_ends_in_the_file_are_not_text():
    assert text(b"\\pard On\r\ne \r\ntwo\\par\r\n") == "One two"


def test_characters_come_by_code_page_by_font_and_by_unicode():
    assert text(rb"caf\'e9 {\f1\'e4\'e0} {\f2\'82\'a0\'83A} \u8364? \u-10179?\u-8704?") == "café да あア € 😀"


def test_what_stands_beside_a_unicode_character_for_old_programs_is_dropped():
    assert text(rb"a\uc2\u233 e'b\uc0\u233 c{\uc1\u233\'e9}d") == "aébécéd"


def test_the_encoding_that_was_told_overrules_the_file():
    assert text(rb"\'e4", encoding="cp1251") == "д"
    with pytest.raises(InputError, match="There is no encoding “klingon”"):
        text(b"", encoding="klingon")


def test_headers_comments_pictures_and_field_codes_are_not_mixed_in():
    assert text(
        rb"{\header head\par}{\footer foot\par}Said{\*\annotation remark}{\pict\wmetafile8 0102}"
        rb'{\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt  a link}}{\listtext 1.\tab}.'
    ) == ("Said a link.")


def test_binary_pictures_do_not_end_the_text():
    assert text(b"a{\\pict\\bin7 }}}{{{\\}b") == "ab"


def test_tracked_deletions_are_left_out():
    assert text(rb"The {\deleted quick}{\revised slow} \deleted one\deleted0 fox\plain .") == "The slow fox."


def test_tables_are_lines_of_cells():
    row = rb"\trowd\cellx100\cellx200\intbl %s\cell %s\cell\row "
    assert text(row % (b"Who", b"What") + row % (b"Anna", rb"Hello\par there") + rb"\pard After\par") == (
        "Who\tWhat\nAnna\tHello\nthere\nAfter"
    )


def test_notes_are_collected_at_the_end():
    assert text(
        rb"A claim{\super\chftn{\footnote\pard {\super\chftn} first\par}}{\footnote\ftnalt  last}{\footnote second}.\par"
    ) == ("A claim.\n\n[1] first\n[2] second\n[e1] last")


def test_what_cannot_be_decoded_is_told():
    (draft,) = read("a.rtf", HEAD + rb"x\'81y}")
    assert draft.text == "x�y"
    assert draft.warnings == ("1 characters are not of the code page that it names, and stand as �",)


def test_half_a_character_never_reaches_the_study():
    assert text(rb"a\u-10179?b") == "a�b"


def test_a_file_that_is_cut_short_is_refused():
    whole = HEAD + rb"One\par}"
    with pytest.raises(InputError, match=r"^a.rtf is cut short"):
        read("a.rtf", whole[:-1])
    assert read("a.rtf", whole + b"\0\nrest}")[0].text == "One"


@pytest.mark.parametrize(
    ("data", "problem"), [(b"PK\x03\x04", "seems to be a zip archive"), (b"words", "does not begin like one")]
)
def test_what_is_no_rich_text_is_refused(data, problem):
    with pytest.raises(InputError, match=f"^a.rtf is no rich text: it {problem}"):
        read("a.rtf", data)


def test_brackets_without_end_take_no_time():
    with pytest.raises(InputError, match="cut short"):
        read("a.rtf", HEAD + b"{" * 1_000_000)
