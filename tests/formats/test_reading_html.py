from __future__ import annotations

import pytest

from sibtui.errors import InputError
from sibtui.formats.html import read


def text(page: str) -> str:
    return read("a.html", page.encode())[0].text


def test_blocks_are_lines_and_what_a_browser_does_not_show_is_left_out():
    assert (
        text(
            """<!DOCTYPE html><html><head><title>Interview &amp; notes</title><style>p {color: red}</style></head>
            <body><!-- aside --><h1>Heading</h1><p>He   said:
            <b>“no”</b>, <i>really</i>&hellip; &#8364;5</p><script>alert(1)</script>
            <ul><li>first</li><li>second<ul><li>third</li></ul></li></ul><p hidden>not</p>
            <div style="color:red; display : none">nor this</div><noscript>nor</noscript>loose<br>text<hr></body></html>"""
        )
        == "Heading\nHe said: “no”, really… €5\nfirst\nsecond\nthird\nloose\ntext"
    )


def test_the_title_of_a_page_is_the_title_of_the_source():
    assert read("a.html", b"<title> A\n page </title>x")[0].title == "A page"
    assert read("x/page 1.html", b"x")[0].title == "page 1"


def test_rows_of_tables_are_lines_of_cells():
    assert (
        text(
            "<table><thead><tr><th>Who<th>What</tr></thead><tr><td><p>Anna</p></td><td><p>Hello</p><p>there</p></td></tr>"
            "<tr><td></td><td></td></tr></table>after"
        )
        == "Who\tWhat\nAnna\tHello\nthere\nafter"
    )


def test_text_that_is_laid_out_already_keeps_its_lines():
    assert text("<p>a</p><pre>  one\n\n  two\n</pre><p>b</p>") == "a\n  one\n\n  two\nb"


def test_blank_lines_are_those_that_are_written():
    assert text("<p>a<br></p><p>b<br><br>c</p><div><br></div><div>d</div>") == "a\nb\n\nc\n\nd"


def test_a_word_does_not_come_apart_at_markup():
    assert text("<p>inter<b>ven</b>tion <i> x </i>y<wbr>z</p>") == "intervention x yz"


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (b'<meta charset="windows-1251">' + "Привет, мир".encode("cp1251"), "cp1251"),
        ("<p>Café – “x”".encode("cp1252"), "cp1252"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">' + "Café – x".encode("cp1252"),
            "cp1252",
        ),
        ('<meta charset="latin1">Привет'.encode(), "utf-8"),
        ("<p>Привет".encode("utf-16"), "utf-16-le"),
    ],
)
def test_a_page_is_read_as_it_is_encoded(page, encoding):
    (draft,) = read("a.html", page)
    assert draft.encoding == encoding
    assert draft.text in ("Привет, мир", "Café – “x”", "Café – x", "Привет")


def test_the_encoding_that_was_told_overrules_the_page():
    page = b'<meta charset="cp1252">' + "Привет".encode("cp1251")
    assert read("a.html", page, encoding="cp1251")[0].text == "Привет"


def test_markup_that_no_one_closes_is_read_to_its_end():
    assert text("<div>" * 1500 + "deep") == "deep"
    assert text("<p>a<b>b<p>c < d & e <3") == "ab\nc < d & e <3"


def test_a_page_that_nests_beyond_all_measure_is_refused():
    with pytest.raises(InputError, match=r"^a.html nests its parts more deeply"):
        text("<div>" * 100_000 + "deep")


def test_an_empty_page_is_told():
    (draft,) = read("a.html", b"")
    assert (draft.text, draft.warnings) == ("", ("there is no text in the file",))
    assert text("<title>only</title>") == ""
