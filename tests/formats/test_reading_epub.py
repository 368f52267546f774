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
