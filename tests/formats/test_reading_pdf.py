from __future__ import annotations

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from sibtui.errors import InputError
from sibtui.formats.pdf import read


def pdf(*pages: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for page in pages:
        lines = canvas.beginText(50, 800)
        lines.textLines(page)
        canvas.drawText(lines)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_pages_are_read_line_by_line_with_a_blank_line_between_them():
    (draft,) = read("x/Report.pdf", pdf("He said: “no” – an inter-\nvention.", "Café"))
    assert draft.text == "He said: “no” – an inter-\nvention.\n\nCafé"
    assert (draft.name, draft.original, draft.warnings) == ("Report", "Report.pdf", ())


def test_a_page_without_text_is_told():
    (draft,) = read("a.pdf", pdf("one", "", "three"))
    assert draft.text == "one\n\nthree"
    assert draft.warnings == ("page 2 is without text, scanned perhaps: nothing was read there",)
    assert read("a.pdf", pdf("one", "", ""))[0].warnings[0].startswith("pages 2, 3 are without text")


def test_a_scanned_document_is_refused():
    with pytest.raises(InputError, match=r"^a.pdf has no text, only pictures of 2 pages: run text recognition"):
        read("a.pdf", pdf("", ""))


def test_a_document_that_is_cut_short_is_refused():
    whole = pdf("one", "two")
    for length in range(len(whole) // 3, len(whole) - 20, 40):
        with pytest.raises(InputError, match=r"^a.pdf is cut short"):
            read("a.pdf", whole[:length])


def locked(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("secret"))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_document_with_a_password_is_refused_and_one_that_merely_forbids_changes_is_read():
    with pytest.raises(InputError, match=r"^a.pdf has a password"):
        read("a.pdf", locked("x"))
    assert read("a.pdf", locked(""))[0].text == "secret"


def test_what_is_no_pdf_is_refused():
    with pytest.raises(InputError, match=r"^a.pdf is no PDF document: it seems to be a zip archive"):
        read("a.pdf", b"PK\x03\x04")


def test_a_document_that_unpacks_to_gigabytes_is_refused():
    bomb = zlib.compress(zlib.compress(b" " * 200_000_000))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 4 0 R>>"
    stream = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(bomb), bomb)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream]
    data, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    with pytest.raises(InputError, match=r"^a.pdf is damaged: page 1 of it, or the next, cannot be read"):
        read("a.pdf", data + b"xref\n0 5\n0000000000 65535 f \n" + table + end)


def test_what_the_library_says_of_a_faulty_document_is_told_and_not_printed(capfd):
    faulty = pdf("one").replace(b"startxref\n", b"startxref\n9", 1)
    (draft,) = read("a.pdf", faulty)
    assert draft.text == "one"
    assert draft.warnings[0].startswith("it has faults (")
    assert capfd.readouterr() == ("", "")
