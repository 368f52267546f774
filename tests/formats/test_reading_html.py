from __future__ import annotations

import pytest

from sibtui.errors import InputError
from sibtui.formats.sources.html import read


def text(page: str) -> str:
    return read("a.html", page.encode())[0].text


def test_blocks_become_lines_and_hidden_parts_are_left_out():
    assert (
        text(
            """<!DOCTYPE html><html><head><title>Interview &amp; notes</title><style>p {color: red}</style></head>
            <body><!-- aside --><h1>Heading</h1><p>He   said:
            <b>“no”</b>, <i>really</i>&hellip; &#8364;5</p><script>alert(1)</script>
            <ul><li>first</li><li>second<ul><li>third</li></ul></li></ul><p hidden>not</p>
            <div style="color:red; display : none">nor this</div><noscript>nor</noscript>loose<br>text<hr></body></html>"""
        )
        == "Heading\nHe said: “no”, really… €5\n• first\n• second\n◦ third\nloose\ntext"
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


def test_preformatted_text_keeps_its_lines():
    assert text("<p>a</p><pre>  one\n\n  two\n</pre><p>b</p>") == "a\n  one\n\n  two\nb"


def test_explicit_empty_lines_are_kept():
    assert text("<p>a<br></p><p>b<br><br>c</p><div><br></div><div>d</div>") == "a\nb\n\nc\n\nd"


def test_inline_markup_does_not_split_words():
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
def test_declared_encoding_of_a_page_is_used(page, encoding):
    (draft,) = read("a.html", page)
    assert draft.encoding == encoding
    assert draft.text in ("Привет, мир", "Café – “x”", "Café – x", "Привет")


def test_given_encoding_overrules_the_page():
    page = b'<meta charset="cp1252">' + "Привет".encode("cp1251")
    assert read("a.html", page, encoding="cp1251")[0].text == "Привет"


def test_unclosed_markup_is_read_to_the_end():
    assert text("<div>" * 1500 + "deep") == "deep"
    assert text("<p>a<b>b<p>c < d & e <3") == "ab\nc < d & e <3"


def test_page_nested_too_deeply_is_refused():
    with pytest.raises(InputError, match=r"^a.html is nested more deeply"):
        text("<div>" * 100_000 + "deep")


def test_empty_page_is_reported():
    (draft,) = read("a.html", b"")
    assert (draft.text, draft.warnings) == ("", ("there is no text in the file",))
    assert text("<title>only</title>") == ""


@pytest.mark.parametrize(
    ("style", "labels", "digits"),
    [
        ("list-style-type: lower-greek", ["α. x", "β. y"], 0),
        ("list-style-type: arabic-indic", ["١. x", "٢. y"], 0),
        ("list-style: square url(mark.png) !important", ["▪ x", "▪ y"], 0),
        ("list-style-type: '– '", ["– x", "– y"], 0),
        ("list-style-type: hebrew", ["1. x", "2. y"], 2),
        ("LIST-STYLE: inside Cjk-Ideographic", ["1. x", "2. y"], 2),
        ("list-style-type: symbols('*' '†')", ["1. x", "2. y"], 2),
        ("list-style: inside", ["1. x", "2. y"], 0),
        ("list-style-type: var(--mark)", ["1. x", "2. y"], 0),
    ],
)
def test_unknown_forms_of_list_numbers_become_digits_and_are_counted(style, labels, digits):
    (page,) = read("a.html", f'<ol style="{style}"><li>x<li>y</ol>'.encode())
    assert page.text.split("\n") == labels
    counted = f"{digits} numbers of lists are written in digits, because the form in the document is not known here"
    assert page.notices == ((counted,) if digits else ())


def test_lists_have_the_numbers_and_bullets_that_a_browser_shows():
    assert text(
        "<ol start=3><li>c<li value=7><p>seven</p><p>more</p><li>eight<ul><li>bullet</ul></ol><ol reversed><li>two<li>one</ol>"
        "<ol type=i style='color:red'><li>x<li>y</ol><ul style='list-style-type: none'><li>plain</ul><ol style='list-style: upper-alpha inside'>"
        "<li>z</ol><li>loose"
    ).split("\n") == [
        *(
            "3. c",
            "7. seven",
            "more",
            "8. eight",
            "• bullet",
            "2. two",
            "1. one",
            "i. x",
            "ii. y",
            "plain",
            "A. z",
            "• loose",
        ),
    ]


def test_controls_show_their_values_and_empty_ones_are_counted():
    (draft,) = read(
        "a.html",
        b"<p><input type=checkbox checked>yes <input type=checkbox>no <input type=radio checked>one <input value=typed>"
        b"<input type=hidden value=x><select><option>a<option selected>b</select> <input></p>",
    )
    assert draft.text == "☒yes ☐no ◉one typed b"
    assert draft.notices == ("1 form field was left out",)


def test_pictures_and_hidden_passages_are_counted_and_formulas_are_text():
    (draft,) = read(
        "a.html",
        b"<p>a<img src=x><svg><text>t</text></svg><audio></audio><iframe></iframe><ruby>b<rt>c</rt></ruby></p><p hidden> </p>"
        b"<p style='mso-hide:all'>name</p><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>",
    )
    assert draft.text == "ab\na/b"
    assert draft.notices == (
        "1 picture, 1 drawing, 1 sound or film, 1 embedded file, 1 passage of hidden text and 1 pronunciation were left out",
    )


def test_words_after_an_embedded_file_are_read():
    (draft,) = read("a.html", b"<p>a <embed src=x> b</p>")
    assert (draft.text, draft.notices) == ("a b", ("1 embedded file was left out",))


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>a</p></body></html><p>lost words", "a\nlost words"),
        ("a</html>b", "ab"),
        ("<body><p>a</p></body>between</html>after", "a\nbetweenafter"),
        ("<body><p>a</p></body><p>between</p></html><p>after", "a\nbetween\nafter"),
        ("<html><body><p>x</p></body></html>y<script>no</script><p>z</html><p>end", "x\ny\nz\nend"),
    ],
)
def test_text_after_the_end_of_the_page_is_read(page, shown):
    assert text(page) == shown


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<select><option>Pen</select><button>Push</button>now", "Pen Push now"),
        ("<input value=a><input value=b>", "a b"),
        ("(<select><option>Pen</select>), <button>Push</button>.", "(Pen), Push."),
        ("wo<input type=hidden value=x>rd", "word"),
    ],
)
def test_words_of_adjacent_controls_are_not_joined(page, shown):
    assert text(page) == shown
