from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml

from sibtui.errors import InputError
from sibtui.formats.docx import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """The archive with members added or replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            new.writestr(member, parts.get(member) or old.read(member))
        for member in parts.keys() - set(old.namelist()):
            new.writestr(member, parts[member])
    return file.getvalue()


def of_body(*blocks: str) -> str:
    """The text of a document whose body is these elements."""
    document = docx.Document()
    for block in reversed(blocks):
        document.element.body.insert(0, parse_xml(block.replace(">", f" {W} {MC}>", 1)))
    return read("a.docx", saved(document))[0].text


def test_a_document_is_read_in_its_order_a_paragraph_a_line():
    document = docx.Document()
    document.add_heading("Interview 3", 1)
    document.add_paragraph("He said: “no”.\tThen")
    document.add_paragraph("")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip([c for row in table.rows for c in row.cells], ["Who", "What", "Anna", "Hello"], strict=True):
        cell.text = text
    table.cell(1, 1).add_paragraph("and bye")
    document.add_paragraph("After the table")
    (draft,) = read("notes/Interview 3.docx", saved(document))
    assert draft.text == (
        "Interview 3\nHe said: “no”.\tThen\n\nfirst\nsecond\nWho\tWhat\nAnna\tHello\nand bye\nAfter the table"
    )
    assert (draft.name, draft.title, draft.original) == ("Interview 3", "Interview 3", "Interview 3.docx")
    assert draft.warnings == ()


def test_cells_that_were_merged_are_read_once():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "both"
    table.cell(1, 0).text = "left"
    assert read("a.docx", saved(document))[0].text == "both\nleft\t"


def test_a_table_within_a_cell_stays_in_it():
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "outer"
    cell.add_table(1, 2).cell(0, 1).text = "inner"
    assert read("a.docx", saved(document))[0].text == "outer\n\tinner\n\t"


def test_breaks_of_lines_are_kept_and_those_of_pages_are_not_text():
    document = docx.Document()
    run = document.add_paragraph().add_run("one")
    run.add_break()
    run.add_text("two")
    run.add_break(WD_BREAK.PAGE)
    run.add_text("three")
    assert read("a.docx", saved(document))[0].text == "one\ntwothree"


def test_headers_footers_and_comments_are_not_mixed_in():
    document = docx.Document()
    paragraph = document.add_paragraph("Said.")
    document.add_comment(paragraph.runs, text="remark of a colleague", author="A. Colleague")
    document.sections[0].header.paragraphs[0].text = "header"
    document.sections[0].footer.paragraphs[0].text = "footer"
    assert read("a.docx", saved(document))[0].text == "Said."


def test_tracked_deletions_are_gone_and_insertions_are_there():
    run = "<w:r><w:t{}>{}</w:t></w:r>"
    space = ' xml:space="preserve"'
    text = of_body(
        f"<w:p>{run.format(space, 'The ')}<w:del w:id='1'><w:r><w:delText>quick</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run.format('', 'slow')}</w:ins>"
        f"<w:moveFrom w:id='3'>{run.format('', 'moved')}</w:moveFrom>"
        f"<w:moveTo w:id='4'>{run.format(space, ' moved')}</w:moveTo></w:p>"
    )
    assert text.startswith("The slow moved")


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    text = of_body(f"<w:p>{gone}<w:r><w:t>one </w:t></w:r></w:p>", "<w:p><w:r><w:t>line</w:t></w:r></w:p>")
    assert text == "one line"


def test_a_deleted_row_is_gone():
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    deleted = row.format("<w:trPr><w:del w:id='1'/></w:trPr>", "deleted")
    assert of_body(f"<w:tbl>{deleted}{row.format('', 'kept')}</w:tbl>") == "kept"


def test_content_controls_links_and_fields_give_their_text():
    text = of_body(
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>controlled</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:noBreakHyphen/><w:t>x</w:t></w:r></w:p>",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click here</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>",
    )
    assert text == "controlled\nlink-x"


def test_a_text_box_follows_its_paragraph_and_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"
    text = of_body(
        "<w:p><w:r><w:t>before</w:t><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t> after</w:t></w:r></w:p>"
    )
    assert text == "before after\nin the box"


def test_an_embedded_document_is_told():
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:altChunk {W}/>"))
    document.add_paragraph("x")
    assert read("a.docx", saved(document))[0].warnings == ("a document embedded in it was not read",)


def with_notes() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("A claim")
    for kind, id_ in (("endnote", 7), ("footnote", 3), ("footnote", 2)):
        paragraph._p.append(parse_xml(f'<w:r {W}><w:{kind}Reference w:id="{id_}"/></w:r>'))
    paragraph.add_run(".")
    data = saved(document)
    note = "<w:{kind} w:id='{id}'><w:p><w:r><w:{kind}Ref/><w:t> {text}</w:t></w:r></w:p></w:{kind}>"
    parts = {}
    for kind, notes in (("footnote", {-1: "---", 2: "second", 3: "first"}), ("endnote", {7: "last"})):
        inside = "".join(note.format(kind=kind, id=id_, text=text) for id_, text in notes.items())
        parts[f"word/{kind}s.xml"] = f"<w:{kind}s {W}>{inside}</w:{kind}s>"
    relation = (
        '<Relationship Id="n{0}" Target="{0}s.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}s"/>'
    )
    path = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read(path).decode()
    both = relation.format("footnote") + relation.format("endnote")
    parts[path] = relations.replace("</Relationships>", both + "</Relationships>")
    return with_parts(data, parts)


def test_notes_are_collected_at_the_end_in_the_order_of_their_references():
    assert read("a.docx", with_notes())[0].text == "A claim.\n\n[1] first\n[2] second\n[e1] last"


def test_a_document_saved_as_strict_open_xml_is_read_too():
    document = docx.Document()
    document.add_paragraph("strictly")
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read("word/document.xml").decode()
        relations = archive.read("_rels/.rels").decode()
    strict = "http://purl.oclc.org/ooxml"
    parts = {
        "word/document.xml": main.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main", f"{strict}/wordprocessingml/main"
        ),
        "_rels/.rels": relations.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
            f"{strict}/officeDocument/relationships/officeDocument",
        ),
    }
    assert read("a.docx", with_parts(data, parts))[0].text == "strictly"


def test_a_document_without_text_is_told():
    (draft,) = read("a.docx", saved(docx.Document()))
    assert (draft.text, draft.warnings) == ("", ("there is no text in the file",))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "a.docx is not a Word document: it is empty"),
        (b"%PDF-1.7", "a.docx is not a Word document: it seems to be a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it seems to be an old Office document"),
        (b"words", "it is no archive"),
    ],
)
def test_what_is_no_word_document_is_refused(data, problem):
    with pytest.raises(InputError, match=problem):
        read("a.docx", data)


def test_another_archive_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x.txt", "x")
    with pytest.raises(InputError, match=r"^a.docx is not a Word document: it is another kind of archive"):
        read("a.docx", file.getvalue())


def test_a_document_that_declares_entities_is_refused():
    data = saved(docx.Document())
    bomb = f'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document {W}><w:body><w:p>&b;</w:p></w:body></w:document>'
    with pytest.raises(InputError, match="declares XML entities"):
        read("a.docx", with_parts(data, {"word/document.xml": bomb}))


def test_a_document_nested_without_end_is_refused():
    data = saved(docx.Document())
    deep = f"<w:document {W}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>"
    with pytest.raises(InputError, match="is no well-formed XML"):
        read("a.docx", with_parts(data, {"word/document.xml": deep}))
