from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml

from sibtui.errors import InputError
from sibtui.formats.sources.docx import read
from sibtui.formats.sources.read_options import ReadOptions

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    """Return the archive with members added or replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            new.writestr(member, parts.get(member) or old.read(member))
        for member in parts.keys() - set(old.namelist()):
            new.writestr(member, parts[member])
    return file.getvalue()


def of_body(*blocks: str) -> str:
    """Return the text read from a document whose body has these elements."""
    document = docx.Document()
    for block in reversed(blocks):
        document.element.body.insert(0, parse_xml(block.replace(">", f" {W} {MC}>", 1)))
    return read("a.docx", saved(document))[0].text


def test_a_document_is_read_in_its_order_with_one_line_per_paragraph():
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
        "Interview 3\nHe said: “no”.\tThen\n\n1. first\n• second\nWho\tWhat\nAnna\tHello\nand bye\nAfter the table"
    )
    assert (draft.name, draft.title, draft.original) == ("Interview 3", "Interview 3", "Interview 3.docx")
    assert draft.warnings == ()


def test_merged_cells_are_read_once():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "both"
    table.cell(1, 0).text = "left"
    assert read("a.docx", saved(document))[0].text == "both\nleft\t"


def test_a_table_inside_a_cell_stays_in_the_cell():
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "outer"
    cell.add_table(1, 2).cell(0, 1).text = "inner"
    assert read("a.docx", saved(document))[0].text == "outer\n\tinner\n\t"


def test_line_breaks_are_kept_and_page_breaks_dropped():
    document = docx.Document()
    run = document.add_paragraph().add_run("one")
    run.add_break()
    run.add_text("two")
    run.add_break(WD_BREAK.PAGE)
    run.add_text("three")
    assert read("a.docx", saved(document))[0].text == "one\ntwothree"


def test_headers_footers_and_comments_are_left_out():
    document = docx.Document()
    paragraph = document.add_paragraph("Said.")
    document.add_comment(paragraph.runs, text="remark of a colleague", author="A. Colleague")
    document.sections[0].header.paragraphs[0].text = "header"
    document.sections[0].footer.paragraphs[0].text = "footer"
    (draft,) = read("a.docx", saved(document))
    assert draft.text == "Said."
    assert draft.notices == ("1 comment and 2 headers and footers were left out",)


def test_tracked_deletions_are_left_out_and_insertions_kept():
    run = "<w:r><w:t{}>{}</w:t></w:r>"
    space = ' xml:space="preserve"'
    text = of_body(
        f"<w:p>{run.format(space, 'The ')}<w:del w:id='1'><w:r><w:delText>quick</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run.format('', 'slow')}</w:ins>"
        f"<w:moveFrom w:id='3'>{run.format('', 'moved')}</w:moveFrom>"
        f"<w:moveTo w:id='4'>{run.format(space, ' moved')}</w:moveTo></w:p>"
    )
    assert text.startswith("The slow moved")


def test_paragraph_with_a_deleted_mark_joins_the_next():
    deleted = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    text = of_body(f"<w:p>{deleted}<w:r><w:t>one </w:t></w:r></w:p>", "<w:p><w:r><w:t>line</w:t></w:r></w:p>")
    assert text == "one line"


def test_deleted_row_is_left_out():
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    deleted = row.format("<w:trPr><w:del w:id='1'/></w:trPr>", "deleted")
    assert of_body(f"<w:tbl>{deleted}{row.format('', 'kept')}</w:tbl>") == "kept"


def test_the_text_of_content_controls_links_and_fields_is_read():
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


def test_an_embedded_document_is_counted_as_left_out():
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:altChunk {W}/>"))
    document.add_paragraph("x")
    assert read("a.docx", saved(document))[0].notices == ("1 embedded file was left out",)


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
    assert read("a.docx", with_notes())[0].text == "A claim[e1][1][2].\n\n[1] first\n[2] second\n[e1] last"


def test_a_document_in_strict_open_xml_is_read():
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


def test_document_without_text_is_reported():
    (draft,) = read("a.docx", saved(docx.Document()))
    assert (draft.text, draft.warnings) == ("", ("there is no text in the file",))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "a.docx is not a Word document: it is empty"),
        (b"%PDF-1.7", "a.docx is not a Word document: it seems to be a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it seems to be an old Office document"),
        (b"words", "it is not an archive"),
    ],
)
def test_file_that_is_not_a_word_document_is_refused(data, problem):
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


def test_document_nested_too_deeply_is_refused():
    data = saved(docx.Document())
    deep = f"<w:document {W}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>"
    with pytest.raises(InputError, match="is not well-formed XML"):
        read("a.docx", with_parts(data, {"word/document.xml": deep}))


NUMBERS = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Question"/><w:lvlText w:val="Q%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:suff w:val="nothing"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/><w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="Question"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Probe"><w:basedOn w:val="Question"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""


def item(text: str, level: int | None, list_id: int = 1) -> str:
    numbered = "" if level is None else f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr>"
    return f"<w:p><w:pPr>{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def package(body: str, **parts: str) -> bytes:
    """Return a document made by hand; `parts` are further members, by the kind that the document refers to them as."""
    relation = '<Relationship Id="{0}" Type="http://x/relationships/{0}" Target="{1}"/>'
    relations = "<Relationships>{}</Relationships>".format
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", relations(relation.format("officeDocument", "word/document.xml")))
        archive.writestr("word/document.xml", f"<w:document {W} {MC} {M}><w:body>{body}</w:body></w:document>")
        archive.writestr(
            "word/_rels/document.xml.rels", relations("".join(relation.format(kind, f"{kind}.xml") for kind in parts))
        )
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", content)
    return file.getvalue()


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def lines_of(body: str, **parts: str) -> list[str]:
    return read("a.docx", package(body, **parts))[0].text.split("\n")


def test_numbers_follow_the_definition_of_their_list():
    body = "".join(
        (
            *(item("one", 0), item("a", 1), item("deep", 2), item("deep", 2), item("b", 1), item("plain", None)),
            *(item("two", 0), item("a again", 1), item("seven", 0, 3), item("bullet", 0, 2), item("ring", 1, 2)),
        )
    )
    assert lines_of(body, numbering=NUMBERS) == [
        *("Q1. one", "1.a) a", "(III)deep", "(IV)deep", "1.b) b", "plain"),
        *("Q2. two", "2.a) a again", "Q7. seven", "• bullet", "◦ ring"),
    ]


def test_a_number_may_come_from_a_style_and_the_style_that_it_is_based_on():
    styled = "<w:p><w:pPr><w:pStyle w:val='{}'/>{}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
    out = "<w:numPr><w:numId w:val='0'/></w:numPr>"
    body = styled.format("Question", "") + styled.format("Probe", "") + styled.format("Question", out)
    assert lines_of(body, numbering=NUMBERS, styles=STYLES) == ["Q1. x", "Q2. x", "x"]


def test_symbols_become_unicode_and_unknown_ones_are_counted():
    body = (
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Symbol' w:char='F061'/></w:r>"
        "<w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t></w:t></w:r>"
        "<w:r><w:sym w:font='Unheard Of' w:char='F041'/></w:r></w:p>"
    )
    (draft,) = read("a.docx", package(body))
    assert (draft.text, draft.notices) == ("✓α→�", ("1 symbol without text was left out",))


def test_form_fields_show_their_values_and_empty_ones_are_counted():
    field = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{}</w:ffData></w:fldChar></w:r>"
    off = "<w:default w:val='0'/>"
    menu = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='no'/><w:listEntry w:val='yes'/></w:ddList>"
    body = (
        f"<w:p>{field.format(f'<w:checkBox>{off}<w:checked/></w:checkBox>')}"
        f"{field.format(f'<w:checkBox>{off}</w:checkBox>')}{field.format(menu)}"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    (draft,) = read("a.docx", package(body))
    assert (draft.text, draft.notices) == ("☒☐yes", ("1 form field was left out",))


def test_formula_is_read_as_text():
    fraction = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    assert lines_of(f"<w:p><m:oMath>{fraction}<m:r><m:t>=</m:t></m:r>{power}</m:oMath></w:p>") == ["(a+b)/c=x^2"]


def test_hidden_text_is_left_out_and_each_passage_is_counted():
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>".format
    shown, styled = "<w:vanish w:val='0'/>", "<w:rStyle w:val='Secret'/>"
    body = (
        f"<w:p>{run('', 'a')}{run('<w:vanish/>', 'x')}{run('<w:vanish/>', 'y')}{run(shown, 'b')}{run(styled, 'z')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('<w:vanish/>', 'whole line')}</w:p><w:p>{run('', 'c')}</w:p>"
    )
    (draft,) = read("a.docx", package(body, styles=STYLES))
    assert draft.text == "ab\nc"
    assert draft.notices == ("2 passages of hidden text were left out",)


COMMENTS = f"""<w:comments {W}><w:comment w:id="4" w:author="R1" w:date="2026-01-02T03:04:05Z"><w:p><w:r><w:t>Trust?</w:t></w:r></w:p>
</w:comment><w:comment w:id="9" w:author="R2"><w:p><w:r><w:t>why</w:t></w:r></w:p></w:comment></w:comments>"""


def test_comments_are_read_with_their_passages_on_request():
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    body = (
        f"<w:p>{run('One ')}<w:commentRangeStart w:id='4'/>{run('two')}</w:p><w:p>{run('three')}<w:commentRangeEnd w:id='4'/>"
        f"<w:r><w:commentReference w:id='4'/></w:r>{run(' four')}</w:p><w:p>{run('five')}<w:r><w:commentReference w:id='9'/></w:r></w:p>"
    )
    (draft,) = read("a.docx", package(body, comments=COMMENTS), options=ReadOptions(comments=True))
    assert draft.text == "One two\nthree four\nfive"
    assert [(c.text, c.segment.quote(draft.text), c.author, c.created) for c in draft.comments] == [
        ("Trust?", "two\nthree", "R1", "2026-01-02T03:04:05Z"),
        ("why", "five", "R2", None),
    ]
    assert draft.left_out == ()
    (counted,) = read("a.docx", package(body, comments=COMMENTS))
    assert (counted.text, counted.notices, counted.comments) == (draft.text, ("2 comments were left out",), ())


def test_a_tracked_deletion_of_several_runs_is_counted_once():
    deleted = "<w:del w:id='1'><w:r><w:delText>x</w:delText></w:r></w:del>"
    body = f"<w:p>{deleted}{deleted}<w:r><w:t>a</w:t></w:r>{deleted}</w:p>"
    assert read("a.docx", package(body))[0].notices == ("2 tracked deletions were left out",)


def test_a_row_within_a_content_control_is_read():
    row = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>".format
    body = f"<w:tbl>{row('a')}<w:sdt><w:sdtPr/><w:sdtContent>{row('b')}</w:sdtContent></w:sdt></w:tbl>"
    assert lines_of(body) == ["a", "b"]


def test_pictures_are_counted():
    blip = "<pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/>"
    body = f"<w:p><w:r><w:t>a</w:t><w:drawing>{blip}</w:drawing><w:drawing>{blip}</w:drawing></w:r></w:p>"
    assert read("a.docx", package(body))[0].notices == ("2 pictures were left out",)


def _reference(tag: str, number: int) -> str:
    return f"<w:r><w:{tag} w:id='{number}'/></w:r>"


@pytest.mark.parametrize("content", ["<w:broken", "", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"])
@pytest.mark.parametrize(
    ("kind", "text", "notices"),
    [
        (
            "styles",
            "Q1. one[1][e1]\n\n[1] n\n[e1] n",
            ["its styles are damaged: text that a style hides may be in the text,"],
        ),
        (
            "numbering",
            "one[1][e1]\n\n[1] n\n[e1] n",
            ["its lists are damaged: automatic numbers and bullets are missing"],
        ),
        (
            "comments",
            "Q1. one[1][e1]\n\n[1] n\n[e1] n",
            ["its comments are damaged: they are missing", "1 comment was left out"],
        ),
        (
            "footnotes",
            "Q1. one[1][e1]\n\n[e1] n",
            ["its footnotes are damaged: they are missing", "1 comment and 1 footnote"],
        ),
        (
            "endnotes",
            "Q1. one[1][e1]\n\n[1] n",
            ["its endnotes are damaged: they are missing", "1 comment and 1 endnote"],
        ),
    ],
)
def test_a_document_is_read_without_a_damaged_part(kind, text, notices, content):
    note = "<w:{0}s {1}><w:{0} w:id='1'><w:p><w:r><w:t>n</w:t></w:r></w:p></w:{0}></w:{0}s>"
    parts = {
        "styles": STYLES,
        "numbering": NUMBERS,
        **{f"{each}s": note.format(each, W) for each in ("footnote", "endnote", "comment")},
    }
    marks = "".join(_reference(f"{each}Reference", 1) for each in ("comment", "footnote", "endnote"))
    body = item("one", 0).replace("</w:p>", f"{marks}</w:p>")
    (draft,) = read("a.docx", package(body, **{**parts, kind: content}))
    assert draft.text == text
    found = [notice for notice in draft.notices if notice != "1 comment was left out" or kind == "comments"]
    assert all(map(str.startswith, found, notices))
    assert len(found) == len(notices)


def test_a_document_is_read_without_the_list_of_its_parts():
    data = with_parts(saved(docx.Document()), {"word/_rels/document.xml.rels": "<x"})
    assert read("a.docx", data)[0].warnings[0].startswith("the list of its parts is damaged: styles,")


def test_a_note_whose_part_is_missing_is_counted():
    (draft,) = read("a.docx", package(f"<w:p><w:r><w:t>a</w:t></w:r>{_reference('footnoteReference', 4)}</w:p>"))
    assert (draft.text, draft.notices) == ("a[1]", ("1 footnote was left out",))


def test_decorated_words_and_handwriting_are_counted():
    word_art = (
        "<w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textpath string='DRAFT'/></v:shape></w:pict>"
    )
    (draft,) = read("a.docx", package(f"<w:p><w:r><w:t>a</w:t>{word_art}</w:r><w:r><w:contentPart/></w:r></w:p>"))
    assert (draft.text, draft.notices) == ("a", ("2 drawings were left out",))


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "zz", "\ufffd"),
        ("Wingdings", "²", "\ufffd"),
        ("Arial", "D800", "\ufffd"),
        ("Arial", "FFFFFF", "\ufffd"),
        ("Arial", "F041", "\ufffd"),
        ("Arial", "2192", "→"),
        ("Symbol", "2192", "→"),
        ("Wingdings", "F0FC", "✓"),
    ],
)
def test_a_symbol_becomes_its_character_or_is_counted_as_unknown(font, code, shown):
    document = docx.Document()
    symbol = f'<w:p {W}><w:r><w:t>a</w:t><w:sym w:font="{font}" w:char="{code}"/></w:r></w:p>'
    document.element.body.insert(0, parse_xml(symbol))
    (draft,) = read("a.docx", saved(document))
    assert draft.text == f"a{shown}"
    assert [loss.kind for loss in draft.left_out] == ["symbol"] * (shown == "\ufffd")


def test_a_style_may_have_the_level_and_another_style_the_list():
    styles = f"""<w:styles {W}>
    <w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H2"/><w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="H4"><w:basedOn w:val="H2"/></w:style></w:styles>"""
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:pStyle w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{each}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
        for each in ("H1", "H2", "H3", "H4")
    )
    for names in (("H1", "H2", "H3"), ("", "", "")):  # linked from the levels, or by the styles alone
        levels = map(level.format, range(3), names, ("%1", "%1.%2", "%1.%2.%3"))
        numbering = (
            f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        )
        assert lines_of(body, numbering=numbering, styles=styles) == ["1 x", "1.1 x", "1.1.1 x", "1.2 x"]


@pytest.mark.parametrize(
    ("language", "form", "first", "warnings"),
    [
        ("en-GB", '<w:numFmt w:val="ordinalText"/>', "First. one", ()),
        ("en-GB", '<w:numFmt w:val="cardinalText"/>', "One. one", ()),
        ("", '<w:numFmt w:val="ordinal"/>', "1st. one", ()),
        (
            "pl-PL",
            '<w:numFmt w:val="ordinalText"/>',
            "1. one",
            ("2 numbers of lists are written in digits, because the form in the document is not known here",),
        ),
        (
            "en-GB",
            (
                '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, ..."/></mc:Choice>'
                '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
            ),
            "001. one",
            (),
        ),
    ],
)
def test_numbers_of_lists_can_be_written_in_words(language, form, first, warnings):
    numbering = (
        f'<w:numbering {W} {MC}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>{form}'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{language}"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults></w:styles>"
    )
    (draft,) = read("a.docx", package(item("one", 0) + item("two", 0), numbering=numbering, styles=styles))
    assert draft.text.split("\n")[0] == first
    assert draft.warnings == warnings
