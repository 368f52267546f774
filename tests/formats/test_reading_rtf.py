from __future__ import annotations

import pytest

from sibtui.errors import InputError
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.formats.sources.rtf import read

HEAD = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS Mincho;}}{\colortbl;\red0\green0\blue0;}{\*\generator Writer;}{\info{\author A. Person}}"


def text(inside: bytes, **options) -> str:
    return read("a.rtf", HEAD + inside + b"}", **options)[0].text


def test_paragraphs_become_lines_and_symbols_characters():
    assert text(rb"\pard One\par \b Two\b0 , three\line four\tab five\par") == "One\nTwo, three\nfour\tfive"
    assert text(rb"\ldblquote no\rdblquote  \emdash\~x \{a\}\\ e\_mail soft\-ly") == "“no” —\xa0x {a}\\ e-mail softly"


def test_line_ends_in_the_file_are_not_text():
    assert text(b"\\pard On\r\ne \r\ntwo\\par\r\n") == "One two"


def test_characters_are_decoded_by_code_page_font_and_unicode():
    assert text(rb"caf\'e9 {\f1\'e4\'e0} {\f2\'82\'a0\'83A} \u8364? \u-10179?\u-8704?") == "café да あア € 😀"


def test_fallback_characters_after_unicode_are_dropped():
    assert text(rb"a\uc2\u233 e'b\uc0\u233 c{\uc1\u233\'e9}d") == "aébécéd"


def test_given_encoding_overrules_the_file():
    assert text(rb"\'e4", encoding="cp1251") == "д"
    with pytest.raises(InputError, match="there is no encoding “klingon”"):
        text(b"", encoding="klingon")


def test_headers_comments_pictures_and_field_codes_are_left_out():
    assert text(
        rb"{\header head\par}{\footer foot\par}Said{\*\annotation remark}{\pict\wmetafile8 0102}"
        rb'{\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt  a link}}.'
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
    ) == ("A claim[1][e1][2].\n\n[1] first\n[2] second\n[e1] last")


def test_undecodable_characters_are_reported():
    (draft,) = read("a.rtf", HEAD + rb"x\'81y}")
    assert draft.text == "x�y"
    assert draft.warnings == ("1 character is not in the code page of the file, shown as �",)


def test_lone_surrogates_are_replaced():
    assert text(rb"a\u-10179?b") == "a�b"


def test_a_file_that_is_cut_short_is_refused():
    whole = HEAD + rb"One\par}"
    with pytest.raises(InputError, match=r"^a.rtf is cut short"):
        read("a.rtf", whole[:-1])
    assert read("a.rtf", whole + b"\0\nrest}")[0].text == "One"


@pytest.mark.parametrize(
    ("data", "problem"), [(b"PK\x03\x04", "seems to be a zip archive"), (b"words", "does not begin like rich text")]
)
def test_file_that_is_not_rich_text_is_refused(data, problem):
    with pytest.raises(InputError, match=f"^a.rtf is not rich text: it {problem}"):
        read("a.rtf", data)


def test_deeply_nested_brackets_are_read_quickly():
    with pytest.raises(InputError, match="cut short"):
        read("a.rtf", HEAD + b"{" * 1_000_000)


FONTS = rb"{\fonttbl{\f0\fcharset0 Arial;}{\f3\froman\fcharset2{\*\panose 05050102010706020507}Symbol;}{\f4\fcharset2 Wingdings;}}"


def document(inside: bytes, **options: bool):
    return read("a.rtf", rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + inside + b"}", options=ReadOptions(**options))[0]


def test_numbers_and_bullets_are_those_that_the_writer_stored():
    draft = document(
        rb"{\listtext\pard\plain Q1.\tab}\ls1 How?\par{\pntext\f3\'b7\tab}{\*\pn\pnlvlblt\pnf3{\pntxtb\'b7}}point\par"
        rb"{\listtext\f3\u-3913 ?\tab}other\par"
    )
    assert draft.text == "Q1. How?\n• point\n• other"


def test_symbols_are_characters_and_unknown_ones_are_counted():
    draft = document(rb"{\f4\'fc}{\f4\u-3872 \'e0} a {\f0\u-3900 ?}\par")
    assert draft.text == "✓→ a \ufffd"
    assert draft.notices == ("1 symbol without text was left out",)


def test_losses_are_counted():
    draft = document(
        rb"{\header head}{\footer\pard\par}a{\v hidden {\b more}} b {\deleted gone}c{\*\shppict{\pict 01}}"
        rb"{\nonshppict{\pict 01}}{\object{\*\objdata 01}{\result{\pict 01}}}\par"
    )
    assert draft.text == "a b c"
    assert draft.notices == (
        "1 header or footer, 1 picture, 1 embedded file, 1 passage of hidden text and 1 tracked deletion were left out",
    )


def test_words_after_the_end_are_counted():
    (draft,) = read("a.rtf", rb"{\rtf1 a\par}" + b"\n\0second words here\n")
    assert draft.notices == ("3 words after the end of the document were left out",)


def test_form_fields_show_their_values():
    field = rb"{\field{\*\fldinst{ %b {\*\formfield{%b}}}}{\fldrslt}}"
    draft = document(
        field % (b"FORMCHECKBOX", rb"\fftype1\ffres25{\*\ffname c}\ffdefres1")
        + field % (b"FORMCHECKBOX", rb"\fftype1\ffres0\ffdefres1")
        + field % (b"FORMDROPDOWN", rb"\fftype2\ffres1{\*\ffl no}{\*\ffl yes}")
        + rb"\par"
    )
    assert draft.text == "☒☐yes"


def test_formula_is_read_as_text():
    math = rb"{\mmath{\*\moMath{\mf{\mfPr{\mctrlPr x}}{\mnum{\mr a}}{\mden{\mr b}}}}{\mmathPict{\pict 01}}}\par"
    assert (document(math).text, document(math).notices) == ("a/b", ())


def test_comments_come_with_their_passages_where_they_are_asked_for():
    inside = (
        rb"One {\*\atrfstart 5}two\par three{\*\atrfend 5}{\*\atnid R}{\*\atnauthor R1}{\chatn{\*\annotation{\*\atnref 5}"
        rb"{\*\atndate 132899935}\pard {\chatn} Trust}} four\par five{\*\atnauthor R2}{\*\annotation why}\par"
    )
    draft = document(inside, comments=True)
    assert draft.text == "One two\nthree four\nfive"
    assert [(c.text, c.segment.quote(draft.text), c.author) for c in draft.comments] == [
        ("Trust", "two\nthree", "R1"),
        ("why", "five", "R2"),
    ]
    assert draft.comments[0].created == "2026-11-28T17:31:00Z"
    assert document(inside).notices == ("2 comments were left out",)


@pytest.mark.parametrize(
    ("instruction", "result", "text", "notices"),
    [
        ('SYMBOL 252 \\\\f "Wingdings" \\\\s 12', "{\\fldrslt\\f3}", "a ✓b", ()),
        ("SYMBOL 252 \\\\f Wingdings", "{\\fldrslt{\\f3 \\'fc}}", "a ✓b", ()),
        ("SYMBOL 176", "", "a °b", ()),
        ("SYMBOL 0x2192 \\\\u", "", "a →b", ()),
        ('SYMBOL 1 \\\\f "Wingdings"', "", "a b", ("1 symbol without text was left out",)),
        ('HYPERLINK "x"', "{\\fldrslt link}", "a linkb", ()),
    ],
)
def test_the_symbol_of_a_field_is_text(instruction, result, text, notices):
    (draft,) = read("a.rtf", f"{{\\rtf1 a {{\\field{{\\*\\fldinst {instruction}}}{result}}}b}}".encode())
    assert (draft.text, draft.notices) == (text, notices)


def test_items_of_lists_without_a_written_number_are_counted():
    table = rb"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}}{\stylesheet{\s1\ls1 List;}}"
    (draft,) = read(
        "a.rtf",
        rb"{\rtf1\ansi"
        + table
        + rb"plain\par\pard\ls1\ilvl0 one\par two\par{\listtext 3.\tab}three\par\pard none\par}",
    )
    assert draft.text == "plain\none\ntwo\n3. three\nnone"
    assert draft.warnings == (
        "2 items of lists came without the number or bullet, which the file does not hold as text",
    )


def test_a_level_of_a_list_without_numbers_has_none_to_miss():
    table = (
        rb"{\stylesheet{\s1\ls1 List;}}{\*\listtable{\list{\listlevel\levelnfc255}{\listlevel\levelnfc0}\listid7}}"
        rb"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}}"
    )
    (draft,) = read("a.rtf", rb"{\rtf1\ansi" + table + rb"\pard\ls1\ilvl0 Heading\par\pard\ilvl1\ls1 item\par}")
    assert draft.warnings == (
        "1 item of a list came without the number or bullet, which the file does not hold as text",
    )
