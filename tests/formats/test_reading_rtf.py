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


def test_replacement_characters_after_a_unicode_character_are_skipped():
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


def test_brackets_in_a_binary_picture_do_not_end_the_text():
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


def test_stored_numbers_and_bullets_are_read():
    draft = document(
        rb"{\listtext\pard\plain Q1.\tab}\ls1 How?\par{\pntext\f3\'b7\tab}{\*\pn\pnlvlblt\pnf3{\pntxtb\'b7}}point\par"
        rb"{\listtext\f3\u-3913 ?\tab}other\par"
    )
    assert draft.text == "Q1. How?\n• point\n• other"


def test_symbols_are_characters_and_unknown_ones_are_counted():
    draft = document(rb"{\f4\'fc}{\f4\u-3872 \'e0} a {\f0\u-3900 ?}\par")
    assert draft.text == "✓→ a \ufffd"
    assert draft.notices == ("1 symbol without text was left out",)


def test_content_that_is_left_out_is_counted():
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


def test_comments_are_read_with_their_passages_on_request():
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
        "2 items of lists came without the number or bullet, which the file neither holds as text nor defines",
    )


def listed(levels: bytes, inside: bytes, head: bytes = b"", override: bytes = rb"\listoverridecount0"):
    tables = (
        rb"{\stylesheet{\s1\ls1 List;}}{\*\listtable{\list\listtemplateid5" + levels + rb"{\listname ;}\listid7}}"
        rb"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}{\listoverride\listid7"
        + override
        + rb"\ls2}}"
    )
    return read("a.rtf", rb"{\rtf1\ansi\deff0" + head + FONTS + tables + inside + b"}")[0]


LEVEL = rb"{\listlevel\levelnfc%d\levelnfcn%d\leveljc0\levelfollow%d\levelstartat%d{\leveltext\leveltemplateid1%s;}{\levelnumbers\'01;}%s\fi-360}"


def level(form: int, text: bytes, font: bytes = b"", start: int = 1, follow: int = 0) -> bytes:
    return LEVEL % (form, form, follow, start, text, font)


def test_numbers_of_lists_come_from_the_tables_of_lists():
    levels = (
        level(0, rb"\'03Q\'00.")
        + level(4, rb"\'04\'00.\'01)")
        + level(1, rb"\'03(\'02)", start=3, follow=2)
        + level(23, rb"\'01\u-3913 ?", rb"\f3")
        + level(23, rb"\'01o")
        + level(255, rb"\'00")
    )
    item = rb"\pard\plain\ilvl%d\ls%d %s\par "
    inside = b"".join(
        (
            *(
                item % (0, 1, b"one"),
                item % (1, 1, b"a"),
                item % (2, 1, b"deep"),
                item % (2, 1, b"deep"),
                item % (1, 1, b"b"),
            ),
            *(
                rb"\pard plain\par ",
                item % (0, 1, rb"{\b tw}o{\footnote\pard note}\line more"),
                item % (1, 1, b"a again"),
            ),
            *(
                item % (3, 1, b"bullet"),
                item % (4, 1, b"ring"),
                item % (5, 1, b"heading"),
                rb"{\pard\ls1 grouped\par}outside\par ",
            ),
            *(
                item % (0, 2, b"seven"),
                item % (0, 1, b""),
                rb"\trowd\pard\intbl\ls1 in a cell\cell\pard\intbl x\cell\row\pard\ls1 last",
            ),
        )
    )
    draft = listed(levels, inside, override=rb"\listoverridecount1{\lfolevel\listoverridestartat\levelstartat7}")
    assert draft.text.split("\n") == [
        *("Q1. one", "1.a) a", "(III)deep", "(IV)deep", "1.b) b", "plain", "Q2. two[1]", "more", "2.a) a again"),
        *(
            "• bullet",
            "o ring",
            "heading",
            "Q3. grouped",
            "outside",
            "Q7. seven",
            "Q8. ",
            "Q9. in a cell\tx",
            "Q10. last",
        ),
        *("", "[1] note"),
    ]
    assert draft.notices == ()


def test_paragraphs_of_textedit_end_with_a_backslash_at_the_end_of_a_line():
    inside = b"\\pard\\ls1\\ilvl0 one\\\ntwo\\\n{\\listtext 7)\\tab}three\\\n\\pard plain\\\n"
    assert listed(level(0, rb"\'02\'00."), inside).text == "1. one\n2. two\n7) three\nplain"


def test_a_list_may_change_the_levels_of_its_definition():
    own = rb"\listoverridecount1{\lfolevel\listoverrideformat" + level(2, rb"\'02\'00)") + b"}"
    draft = listed(level(0, rb"\'02\'00."), rb"\pard\ls2 one\par\pard\ls1 two\par", override=own)
    assert draft.text == "i) one\n2. two"


def test_stored_numbers_are_preferred_and_calculated_numbers_continue_after_them():
    draft = listed(level(0, rb"\'02\'00."), rb"\pard\ls1 one\par{\listtext 2)\tab}two\par three\par")
    assert draft.text == "1. one\n2) two\n3. three"


@pytest.mark.parametrize(("language", "label"), [(1033, "First"), (1031, "Erste"), (1045, "1")])
def test_numbers_in_words_follow_the_language_of_the_document(language, label):
    draft = listed(level(7, rb"\'02\'00."), rb"\pard\ls1 one", rb"\deflang%d" % language)
    assert draft.text == f"{label}. one"
    assert bool(draft.warnings) == (label == "1")


def test_a_comment_begins_after_the_number():
    inside = rb"\pard\ls1 {\*\atrfstart 5}Why{\*\atrfend 5}{\*\annotation{\*\atnref 5}Trust}\par"
    tables = (
        rb"{\*\listtable{\list"
        + level(0, rb"\'02\'00.")
        + rb"\listid7}}{\*\listoverridetable{\listoverride\listid7\ls1}}"
    )
    draft = document(tables + inside, comments=True)
    assert (draft.text, draft.comments[0].segment.quote(draft.text)) == ("1. Why", "Why")


def test_the_last_item_of_a_list_is_counted_without_an_end_of_paragraph():
    (draft,) = read("a.rtf", rb"{\rtf1\ansi\pard\ls1 one\par\pard\ls1 two}")
    assert draft.warnings == (
        "2 items of lists came without the number or bullet, which the file neither holds as text nor defines",
    )


def test_items_of_old_lists_are_counted_if_their_numbers_are_not_stored():
    old = rb"{\*\pn\pnlvlbody\pndec\pnstart1{\pntxta .}}"
    (draft,) = read("a.rtf", rb"{\rtf1\ansi\pard{\pntext 1.\tab}" + old + rb"one\par two\par\pard none\par}")
    assert draft.text == "1. one\ntwo\nnone"
    assert draft.warnings == (
        "1 item of a list came without the number or bullet, which the file neither holds as text nor defines",
    )


FONT = rb"{\fonttbl{\f0\fswiss%s;}}\f0 \'cf\'f0\'e8"


@pytest.mark.parametrize(
    ("head", "font", "shown"),
    [
        (rb"\ansi\ansicpg1251", rb"\fcharset0 Arial", "Ïðè"),
        (rb"\ansi\ansicpg1252", rb"\fcharset204 Arial", "При"),
        (rb"\ansi\ansicpg1251", b" Arial", "При"),
        (rb"\ansi\ansicpg1251", rb"\fcharset1 Arial", "При"),
        (rb"\ansi\ansicpg1252", b" Arial Cyr", "При"),
        (rb"\ansi\ansicpg1252", rb"\fcharset0 Arial Cyr", "При"),
        (rb"\ansi\ansicpg1252", rb"\cpg1251 Arial", "При"),
        (rb"\ansi\ansicpg1252", rb"\cpg1250\fcharset204 Arial", "При"),
        (rb"\ansi\ansicpg10007", b" Arial", "ѕри"),
        (rb"\ansi\ansicpg1252", rb"\fcharset89 Arial", "ѕри"),
        (rb"\mac", b" Geneva", "œ\uf8ffË"),
        (rb"\pc", b" Courier", "╧≡Φ"),
    ],
)
def test_the_character_set_of_the_font_decides_the_code_page(head, font, shown):
    (draft,) = read("a.rtf", rb"{\rtf1" + head + FONT % font + b"}")
    assert draft.text == shown
    assert bool(draft.warnings) == (shown == "Ïðè")


def test_a_given_encoding_replaces_the_code_page_of_western_fonts():
    data = rb"{\rtf1\ansi\ansicpg1251" + FONT % rb"\fcharset0 Arial" + b"}"
    assert read("a.rtf", data)[0].warnings == (
        (
            "3 characters were read as cp1252, the code page of the font, though the document names cp1251: check them, "
            "and read the file with the encoding cp1251 if they are wrong"
        ),
    )
    assert read("a.rtf", data, encoding="cp1251")[0].text == "При"


def test_lists_with_more_than_nine_levels_keep_the_first_nine():
    own = rb"\lfolevel" + level(2, rb"\'02\'00)")
    draft = listed(level(0, rb"\'02\'00.") * 12, rb"\pard\ls2\ilvl12 one\par", override=own * 12)
    assert draft.text == "i) one"


def test_groups_that_a_reader_may_ignore_are_read_when_they_hold_text():
    body = rb"a{\super \chftn{\*\footnote \chftn\pard\plain a note\par}} b{\super \chftn{\*\footnote\ftnalt \chftn an end\par}} c\par"
    assert text(body) == "a[1] b[e1] c\n\n[1] a note\n[e1] an end"
    box = rb"{\*\do\dobxcolumn\dptxbx{\dptxbxtext\pard\plain boxed\par}\dpx1}after\par"
    assert text(box).split("\n") == ["boxed", "after"]


def test_a_text_with_a_twin_in_unicode_is_read_once():
    assert text(rb"{\upr{ascii}{\*\ud{\u322 l}od\'9f}} x") == "łodŸ x"
    assert text(rb"{\info{\title{\upr{ascii}{\*\ud{secret}}}}}x") == "x"
