from __future__ import annotations

import io
import zipfile

import pytest

from sibtui.errors import InputError
from sibtui.formats.sources.epub import read

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>A book</dc:title></metadata><manifest>
<item id="b" href="two%20b.xhtml" media-type="application/xhtml+xml"/><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="c.html" media-type="text/html"/><item id="p" href="p.png" media-type="image/png"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="p"/><itemref idref="c"/><itemref idref="a"/></spine></package>"""
PAGE = '<!DOCTYPE html PUBLIC "x" "http://example.org/x.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>{}</p><script>no</script></body></html>'


def book(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", PACKAGE)
        archive.writestr("OEBPS/a.xhtml", PAGE.format("One&nbsp;<i>a</i>"))
        archive.writestr("OEBPS/two b.xhtml", PAGE.format("Two"))
        archive.writestr("OEBPS/c.html", "<p>Three<br>four")
        for member, content in members.items():
            archive.writestr(f"META-INF/{member}.xml", content)
    return file.getvalue()


def test_chapters_are_read_in_reading_order_each_once():
    (draft,) = read("x.epub", book())
    assert draft.text == "One\xa0a\n\nTwo\n\nThree\nfour"
    assert draft.title == "A book"
    assert draft.notices == ("1 embedded file was left out",)  # a picture in the reading order


def test_a_book_that_is_protected_is_refused():
    locks = '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherReference URI="OEBPS/{}"/></encryption>'
    with pytest.raises(InputError, match=r"^x.epub is protected against copying"):
        read("x.epub", book(encryption=locks.format("a.xhtml")))
    assert read("x.epub", book(encryption=locks.format("font.otf")))[0].text


def test_file_that_is_not_a_book_is_refused():
    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()
    with pytest.raises(InputError, match=r"“META-INF/container.xml” is missing"):
        read("x.epub", file.getvalue())


def without(data: bytes, *members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            if member not in members:
                new.writestr(member, old.read(member))
    return file.getvalue()


def test_a_missing_chapter_is_named_and_the_others_are_read():
    (draft,) = read("x.epub", without(book(), "OEBPS/two b.xhtml"))
    assert draft.text == "One\xa0a\n\nThree\nfour"
    assert draft.warnings == ("1 chapter is missing or damaged in the file: “OEBPS/two b.xhtml”",)


def test_a_book_without_any_of_its_chapters_is_refused():
    with pytest.raises(InputError, match=r"^x.epub is damaged: “OEBPS/a.xhtml” is missing"):
        read("x.epub", without(book(), "OEBPS/a.xhtml", "OEBPS/two b.xhtml", "OEBPS/c.html"))


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ('<a xmlns:epub="http://www.idpf.org/2007/ops" epub:type="noteref" href="#n">1</a>', "fn[1]"),
        ('<sup><a role="doc-noteref" href="#n">1</a></sup>', "fn[1]"),
        ('<a role="doc-noteref" href="#n">[1]</a>', "fn[1]"),
    ],
)
def test_the_mark_of_a_note_has_brackets(mark, shown):
    data = book()
    page = PAGE.format(f"fn{mark}")
    file = io.BytesIO(without(data, "OEBPS/a.xhtml"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("OEBPS/a.xhtml", page)
    assert read("x.epub", file.getvalue())[0].text.startswith(f"{shown}\n\n")
