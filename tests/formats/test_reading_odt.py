from __future__ import annotations

import io
import zipfile

import pytest
from odf import draw, office, table, text
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText

from sibtui.errors import InputError
from sibtui.formats.odt import read

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def flat(inside: str) -> str:
    return read(
        "a.fodt",
        f"<office:document {NAMES}><office:body><office:text>{inside}</office:text></office:body></office:document>".encode(),
    )[0].text


def test_a_document_is_read_in_its_order_a_paragraph_a_line():
    document = OpenDocumentText()
    document.text.addElement(text.H(outlinelevel=1, text="Interview 3"))
    paragraph = text.P(text="He said:")
    paragraph.addElement(text.Tab())
    paragraph.addElement(text.Span(text="“no”."))
    paragraph.addElement(text.LineBreak())
    paragraph.addText("Then")
    document.text.addElement(paragraph)
    document.text.addElement(text.P())
    items = text.List()
    for each in ("first", "second"):
        item = text.ListItem()
        item.addElement(text.P(text=each))
        items.addElement(item)
    document.text.addElement(items)
    grid = table.Table()
    for row in (("Who", "What"), ("Anna", "Hello")):
        line = table.TableRow()
        for each in row:
            cell = table.TableCell()
            cell.addElement(text.P(text=each))
            line.addElement(cell)
        grid.addElement(line)
    document.text.addElement(grid)
    document.text.addElement(text.P(text="After"))
    (draft,) = read("x/Interview 3.odt", saved(document))
    assert draft.text == "Interview 3\nHe said:\t“no”.\nThen\n\nfirst\nsecond\nWho\tWhat\nAnna\tHello\nAfter"
    assert (draft.name, draft.original, draft.warnings) == ("Interview 3", "Interview 3.odt", ())


def test_notes_are_collected_at_the_end_and_annotations_left_out():
    document = OpenDocumentText()
    paragraph = text.P(text="A claim")
    note = text.Note(noteclass="footnote")
    note.addElement(text.NoteCitation(text="1"))
    body = text.NoteBody()
    body.addElement(text.P(text="The note"))
    note.addElement(body)
    paragraph.addElement(note)
    remark = office.Annotation()
    remark.addElement(text.P(text="remark of a colleague"))
    paragraph.addElement(remark)
    paragraph.addText(".")
    document.text.addElement(paragraph)
    assert read("a.odt", saved(document))[0].text == "A claim.\n\n[1] The note"


def test_a_text_box_follows_its_paragraph():
    document = OpenDocumentText()
    paragraph = text.P(text="before")
    frame = draw.Frame()
    box = draw.TextBox()
    box.addElement(text.P(text="in the box"))
    frame.addElement(box)
    paragraph.addElement(frame)
    paragraph.addText(" after")
    document.text.addElement(paragraph)
    assert read("a.odt", saved(document))[0].text == "before after\nin the box"


def test_tracked_deletions_are_left_out():
    changes = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    assert flat(f"{changes}<text:p>kept</text:p>") == "kept"


def test_blanks_are_what_the_format_says():
    assert (
        flat("<text:p>\n  one\n two <text:span> three</text:span><text:s text:c='3'/>four</text:p>")
        == "one two three   four"
    )
    assert flat("<text:p><text:s/> a<text:s text:c='x'/>b</text:p>") == "  a b"


def test_a_file_cannot_ask_for_more_blanks_than_anyone_types():
    assert len(flat("<text:p>a<text:s text:c='999999999'/>b</text:p>")) == 1002


def test_what_is_no_text_document_is_refused():
    with pytest.raises(InputError, match=r"^a.odt is not an OpenDocument text: it is a spreadsheet"):
        read("a.odt", saved(OpenDocumentSpreadsheet()))
    with pytest.raises(InputError, match=r"^a.odt is not an OpenDocument text: it is no archive"):
        read("a.odt", b"words")


def test_a_document_with_a_password_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<x><manifest:encryption-data/></x>")
        archive.writestr("content.xml", b"\x00\x01")
    with pytest.raises(InputError, match=r"^a.odt has a password"):
        read("a.odt", file.getvalue())
