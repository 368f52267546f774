from __future__ import annotations

import io
import logging
import warnings
import zlib

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sibtui.errors import InputError
from sibtui.formats.sources.pdf import read
from sibtui.model.phrase_search import phrase_finder
from sibtui.model.quotes import locate
from sibtui.model.segments import Segment
from sibtui.model.text_search import matches


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


def test_pages_are_read_as_lines_with_an_empty_line_between():
    (draft,) = read("x/Report.pdf", pdf("He said: “no” – an inter-\nvention.", "Café"))
    assert draft.text == "He said: “no” – an inter-\nvention.\n\nCafé"
    assert (draft.name, draft.original, draft.warnings) == ("Report", "Report.pdf", ())


def test_page_without_text_is_reported():
    (draft,) = read("a.pdf", pdf("one", "", "three"))
    assert draft.text == "one\n\nthree"
    assert draft.warnings == ("page 2 is without text, perhaps scanned: nothing was read from there",)
    assert read("a.pdf", pdf("one", "", ""))[0].warnings[0].startswith("pages 2 and 3 are without text")


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


def test_document_with_a_password_is_refused_unless_it_only_forbids_changes():
    with pytest.raises(InputError, match=r"^a.pdf has a password"):
        read("a.pdf", locked("x"))
    assert read("a.pdf", locked(""))[0].text == "secret"


def test_file_that_is_not_a_pdf_is_refused():
    with pytest.raises(InputError, match=r"^a.pdf is not a PDF document: it seems to be a zip archive"):
        read("a.pdf", b"PK\x03\x04")


@pytest.mark.slow
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


def test_faults_that_leave_the_text_whole_are_neither_printed_nor_reported(capfd):
    faulty = pdf("one").replace(b"startxref\n", b"startxref\n9", 1)
    (draft,) = read("a.pdf", faulty)
    assert (draft.text, draft.notices) == ("one", ())
    assert capfd.readouterr() == ("", "")


def test_warnings_of_other_libraries_are_not_printed(capfd, monkeypatch):
    def extract(page, **_):
        warnings.warn("ARC4 has been moved", UserWarning, stacklevel=1)
        return "one"

    monkeypatch.setattr("pypdf.PageObject.extract_text", extract)
    assert read("a.pdf", pdf("one"))[0].notices == ()
    assert capfd.readouterr() == ("", "")


def test_faults_that_may_lose_text_are_reported(capfd, monkeypatch):
    def extract(page, **_):
        logging.getLogger("pypdf._page").warning("Impossible to decode XFormObject /Fm0: error")
        return "one"

    monkeypatch.setattr("pypdf.PageObject.extract_text", extract)
    (draft,) = read("a.pdf", pdf("one"))
    assert draft.notices == (
        "it has faults (Impossible to decode XFormObject /Fm0: error): compare the text with the document",
    )
    assert capfd.readouterr() == ("", "")


def test_comments_pictures_and_filled_fields_are_counted():
    picture = Image.new("RGB", (4, 4))
    file = io.BytesIO()
    canvas = Canvas(file)
    for page in ("one", "two"):
        canvas.drawString(50, 500, page)
        canvas.drawImage(ImageReader(picture), 10, 10)
        canvas.acroForm.textfield(name=page, value="filled" if page == "one" else "", x=10, y=50)
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=io.BytesIO(file.getvalue()))
    writer.add_annotation(0, FreeText(text="remark", rect=(10, 10, 50, 50)))
    out = io.BytesIO()
    writer.write(out)
    (draft,) = read("a.pdf", out.getvalue())
    assert draft.text == "one\n\ntwo"
    assert draft.notices == ("1 comment, 1 picture and 1 form field were left out",)


BROKEN = (
    "The ofﬁce of the inter-",
    "vention was efﬁcient.",
    "They were happy with the commu-\n12",
    "nity workers and the bud¬",
    "get.",
)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("office", "ofﬁce", "ofﬁce"),
        ("intervention", "inter-", "vention"),
        ("efficient", "efﬁcient", "efﬁcient"),
        ("community workers", "commu-", "nity workers"),
        ("budget", "bud¬", "get"),
    ],
)
def test_a_word_that_the_layout_broke_is_found_at_its_place(typed, start, end):
    text = "\n\n".join([f"{BROKEN[0]}\n{BROKEN[1]}", *BROKEN[2:]])  # two columns of a page, and three pages
    place = (text.index(start), text.index(end) + len(end))
    assert [match.segment for match in matches("a", text, phrase_finder(typed)(text))] == [Segment(*place)]
    assert locate(text, typed).segment == Segment(*place)


def test_words_divided_between_columns_or_pages_are_found():
    file = io.BytesIO()
    canvas = Canvas(file)
    for x, line in ((50, "of the inter-"), (300, "vention and the commu-")):
        canvas.drawString(x, 700, line)
    canvas.drawString(300, 30, "12")
    canvas.showPage()
    canvas.drawString(50, 700, "nity.")
    canvas.save()
    text = read("a.pdf", file.getvalue())[0].text
    assert text == "of the inter-\nvention and the commu-\n12\n\nnity."
    assert [match.quote for match in matches("a", text, phrase_finder("community")(text))] == ["commu-\n12\n\nnity"]


def test_a_word_with_a_running_header_between_its_halves_is_found():
    pages = [f"A long report, page {at}\nText of page {at} goes\non here.\nEnd {at}." for at in range(1, 4)]
    pages[0] = "A long report, page 1\nWe liked the commis-\nDraft 1"
    pages[1] = "A long report, page 2\nsioning of it.\nMore here.\nDraft 2"
    pages[2] = "A long report, page 3\nThe end.\nDraft 3"
    text = read("a.pdf", pdf(*pages))[0].text
    assert text == (
        "A long report, page 1\nWe liked the commis-\nsioning of it.\nDraft 1\n\n"
        "A long report, page 2\nMore here.\nDraft 2\n\nA long report, page 3\nThe end.\nDraft 3"
    )
    assert locate(text, "the commissioning of it").how == "folded"


@pytest.mark.parametrize(
    "pages",
    [
        ["One commis-", "Heading\nsioning.", "three"],  # no running header
        ["R 1\nOne commis-", "R 2\nSioning.", "R 3\nthree"],  # another word
        ["R 1\nOne commis", "R 2\nsioning.", "R 3\nthree"],  # no hyphen
        ["R 1\nOne commis-", "R 2", "R 3\nthree"],
        ["R 1", "R 2\nsioning", "R 3\nthree"],
    ],
)
def test_pages_without_running_headers_are_not_changed(pages):
    assert read("a.pdf", pdf(*pages))[0].text == "\n\n".join(pages)


def drawn(lines: list[tuple[float, float, str]]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def columns(words: str, rows: int = 12) -> tuple[list[tuple[float, float, str]], list[tuple[float, float, str]]]:
    left = [(50, 780 - 14 * at, f"left {at} {words}") for at in range(rows)]
    return left, [(320, y, text.replace("left", "right")) for _, y, text in left]


def in_turn(
    left: list[tuple[float, float, str]], right: list[tuple[float, float, str]]
) -> list[tuple[float, float, str]]:
    return [line for pair in zip(left, right, strict=True) for line in pair]


IN_ORDER = "lines of columns or long cells were put in order on page 1: compare the text with the document"


def test_columns_whose_lines_are_mixed_are_put_in_order_and_named():
    left, right = columns("some words that go on")
    (draft,) = read("a.pdf", drawn(in_turn(left, right)))
    assert draft.text.split("\n") == [text for _, _, text in left + right]
    assert draft.warnings == (IN_ORDER,)


@pytest.mark.parametrize(
    "lines", [[*columns("words that go on")[0], *columns("words that go on")[1]], in_turn(*columns("12"))]
)
def test_columns_in_order_and_tables_of_short_cells_stay_as_they_are(lines):
    (draft,) = read("a.pdf", drawn(lines))
    assert (draft.text.split("\n"), draft.warnings) == ([text for _, _, text in lines], ())


def test_a_title_and_a_page_number_stay_around_the_columns():
    left, right = columns("some words that go on")
    title = (50, 800, "A title that goes across the page, over both of the columns")
    lines = [title, *in_turn(left, right), (290, 30, "12")]
    (draft,) = read("a.pdf", drawn(lines))
    assert draft.text.split("\n") == [title[2], *(text for _, _, text in left + right), "12"]


def test_the_rows_of_a_table_with_long_cells_stay_together():
    rows = [
        [(x, 780 - 60 * row - 14 * line, f"{name} {row} line {line} has some words") for line in range(3)]
        for row in range(4)
        for x, name in ((50, "question"), (320, "answer"))
    ]
    lines = [line for at in range(0, 8, 2) for line in in_turn(rows[at], rows[at + 1])]
    (draft,) = read("a.pdf", drawn(lines))
    assert draft.text.split("\n") == [text for cell in rows for _, _, text in cell]


def test_columns_stay_as_they_are_when_their_words_would_change(monkeypatch):
    monkeypatch.setattr("sibtui.formats.sources.pdf_columns.PdfRows.in_columns", lambda *_: "other words")
    (draft,) = read("a.pdf", drawn(in_turn(*columns("some words that go on"))))
    assert draft.text.startswith("left 0 some words that go on")
    assert draft.warnings == (IN_ORDER.replace("were put in order", "follow each other in turn"),)
