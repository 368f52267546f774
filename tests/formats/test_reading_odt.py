from __future__ import annotations

import io
import zipfile

import pytest
from odf import draw, office, table, text
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText

from sibtui.errors import InputError
from sibtui.formats.sources.odt import read
from sibtui.formats.sources.read_options import ReadOptions

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


def test_a_document_is_read_in_its_order_with_one_line_per_paragraph():
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
    (draft,) = read("a.odt", saved(document))
    assert draft.text == "A claim[1].\n\n[1] The note"
    assert draft.notices == ("1 comment was left out",)


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


def test_spaces_collapse_as_the_format_requires():
    assert (
        flat("<text:p>\n  one\n two <text:span> three</text:span><text:s text:c='3'/>four</text:p>")
        == "one two three   four"
    )
    assert flat("<text:p><text:s/> a<text:s text:c='x'/>b</text:p>") == "  a b"


def test_number_of_spaces_is_limited():
    assert len(flat("<text:p>a<text:s text:c='999999999'/>b</text:p>")) == 1002


def test_file_that_is_not_a_text_document_is_refused():
    with pytest.raises(InputError, match=r"^a.odt is not an OpenDocument text: it is a spreadsheet"):
        read("a.odt", saved(OpenDocumentSpreadsheet()))
    with pytest.raises(InputError, match=r"^a.odt is not an OpenDocument text: it is not an archive"):
        read("a.odt", b"words")


def test_a_document_with_a_password_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<x><manifest:encryption-data/></x>")
        archive.writestr("content.xml", b"\x00\x01")
    with pytest.raises(InputError, match=r"^a.odt has a password"):
        read("a.odt", file.getvalue())


FULL = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "form": "form",
    }.items()
) + (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:math="http://www.w3.org/1998/Math/MathML"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)  # fmt: skip
STYLES = """
<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
</text:outline-style>
<text:list-style style:name="L1">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="Q" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/>
 <text:list-level-style-bullet text:level="3" text:bullet-char="&#xf0b7;"><style:text-properties style:font-name="Symbol"/>
 </text:list-level-style-bullet>
</text:list-style>
<text:list-style style:name="L2">
 <text:list-level-style-number text:level="1" style:num-format="I" loext:num-list-format="(%1%)" text:start-value="4"/>
</text:list-style>
<style:style style:name="Hidden"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Deeper" style:parent-style-name="Hidden"/>
<style:style style:name="Signs"><style:text-properties style:font-name="Wingdings"/></style:style>
"""


def full(inside: str, **options: bool):
    """Return the draft of a flat document with styles."""
    document = (
        f"<office:document {FULL}><office:styles>{STYLES}</office:styles><office:master-styles><style:master-page>"
        f"<style:header><text:p>{'head' if 'header' in inside else ''}</text:p></style:header></style:master-page>"
        f"</office:master-styles><office:body><office:text>{inside}</office:text></office:body></office:document>"
    )
    return read("a.fodt", document.encode(), options=ReadOptions(**options))[0]


def items(style: str, *inside: str, **attributes: str) -> str:
    given = "".join(f" text:{name.replace('_', '-')}='{value}'" for name, value in attributes.items())
    every = "".join(f"<text:list-item>{each}</text:list-item>" for each in inside)
    return f"<text:list text:style-name='{style}'{given}>{every}</text:list>"


def test_numbers_and_bullets_are_part_of_the_text():
    inner = items("L1", "<text:p>a</text:p>", "<text:p>b</text:p>" + items("L1", "<text:p>deep</text:p>"))
    draft = full(
        items("L1", "<text:p>one</text:p><text:p>more of it</text:p>", f"<text:p>two</text:p>{inner}")
        + "<text:p>between</text:p>"
        + items("L1", "<text:p>three</text:p>", continue_numbering="true")
        + items("L1", "<text:p>again</text:p>")
        + items("L2", "<text:p>four</text:p>")
        + "<text:h text:outline-level='1'>Heading</text:h>"
    )
    assert draft.text.split("\n") == [
        *("Q1. one", "more of it", "Q2. two", "2.a) a", "2.b) b", "• deep", "between"),
        *("Q3. three", "Q1. again", "(IV) four", "1. Heading"),
    ]


def test_hidden_text_is_left_out_and_counted():
    draft = full(
        "<text:p>a<text:span text:style-name='Deeper'>x</text:span><text:span text:style-name='Hidden'>y</text:span>b</text:p>"
        "<text:p text:style-name='Hidden'>z</text:p><text:section text:display='none'><text:p>s</text:p></text:section>"
        "<text:p>c</text:p><text:p><text:hidden-text text:string-value='q'/>d</text:p>"
    )
    assert draft.text == "ab\nc\nd"
    assert draft.notices == ("3 passages of hidden text were left out",)


def test_symbols_check_boxes_and_formulas_are_text():
    formula = "<math:math><math:msup><math:mi>x</math:mi><math:mn>2</math:mn></math:msup></math:math>"
    draft = full(
        "<office:forms><form:form><form:checkbox form:id='c1' form:current-state='checked' form:label='yes'/>"
        "<form:text form:id='c2'/></form:form></office:forms>"
        "<text:p><text:span text:style-name='Signs'>&#xf0fc;</text:span><draw:control draw:control='c1'/>"
        "<draw:control draw:control='c2'/><draw:frame><draw:object>"
        + formula
        + "</draw:object><draw:image/></draw:frame>"
        "<field:fieldmark field:type='x.FORMCHECKBOX'><field:param field:name='Checkbox_Checked' field:value='true'/>"
        "</field:fieldmark><loext:content-control loext:showing-place-holder='true'>prompt</loext:content-control></text:p>"
    )
    assert draft.text == "✓☒ yesx^2☒"
    assert draft.notices == ("2 form fields were left out",)


def test_pictures_headers_and_deletions_are_counted():
    draft = full(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:p>header<draw:frame><draw:image/></draw:frame></text:p>"
    )
    assert draft.text == "header"
    assert draft.notices == ("1 header or footer, 1 picture and 1 tracked deletion were left out",)


def test_comments_are_read_with_their_passages_on_request():
    remark = "<office:annotation{}><dc:creator>R1</dc:creator><dc:date>2026-01-02T03:04:05</dc:date><text:p>{}</text:p></office:annotation>"
    draft = full(
        "<text:p>One " + remark.format(" office:name='n'", "Trust") + "two</text:p><text:p>three"
        "<office:annotation-end office:name='n'/> four</text:p><text:p>five" + remark.format("", "why") + "</text:p>",
        comments=True,
    )
    assert draft.text == "One two\nthree four\nfive"
    assert [(c.text, c.segment.quote(draft.text), c.author) for c in draft.comments] == [
        ("Trust", "two\nthree", "R1"),
        ("why", "five", "R1"),
    ]
    assert draft.notices == ()


def test_a_document_is_read_without_damaged_styles():
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(_written("They asked.")))) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<office:broken" if name == "styles.xml" else old.read(name))
    (draft,) = read("a.odt", file.getvalue())
    assert (draft.text, draft.warnings[0][:23]) == ("They asked.", "its styles are damaged:")


def _written(words: str):
    document = OpenDocumentText()
    document.text.addElement(text.P(text=words))
    return document


@pytest.mark.parametrize(("style", "shown"), [("Listed", "(IV) x"), ("ListedToo", "(IV) x"), ("Deeper", ""), ("", "x")])
def test_a_list_without_a_style_uses_the_style_of_its_paragraphs(style, shown):
    styles = (
        '<style:style style:name="Listed" style:list-style-name="L2"/>'
        '<style:style style:name="ListedToo" style:parent-style-name="Listed"/>'
    )
    inside = f'<text:list><text:list-item><text:p text:style-name="{style}">x</text:p></text:list-item></text:list>'
    document = (
        f"<office:document {FULL}><office:styles>{STYLES}{styles}</office:styles>"
        f"<office:body><office:text>{inside}</office:text></office:body></office:document>"
    )
    assert read("a.fodt", document.encode())[0].text == shown


def test_numbered_paragraphs_count_with_the_others_of_their_list():
    inside = "".join(
        f'<text:numbered-paragraph text:list-id="{name}" text:level="1" text:style-name="L2"{start}><text:p>x</text:p></text:numbered-paragraph>'
        for name, start in (("a", ""), ("b", ""), ("a", ""), ("a", ' text:start-value="9"'))
    )
    document = (
        f"<office:document {FULL}><office:styles>{STYLES}</office:styles>"
        f"<office:body><office:text>{inside}</office:text></office:body></office:document>"
    )
    assert read("a.fodt", document.encode())[0].text.split("\n") == ["(IV) x", "(IV) x", "(V) x", "(IX) x"]


@pytest.mark.parametrize(("form", "count"), [("1", 0), ("I", 0), ("1st", 2), ("一, 二, 三, ...", 2)])
def test_numbers_in_unknown_forms_become_digits_and_are_counted(form, count):
    style = (
        f'<text:list-style style:name="L9"><text:list-level-style-number text:level="1" style:num-format="{form}"'
        ' style:num-suffix="."/></text:list-style>'
    )
    item = "<text:list-item><text:p>x</text:p></text:list-item>"
    document = (
        f"<office:document {FULL}><office:styles>{style}</office:styles><office:body><office:text>"
        f'<text:list text:style-name="L9">{item}{item}</text:list></office:text></office:body></office:document>'
    )
    (draft,) = read("a.fodt", document.encode())
    assert draft.text == ("I. x\nII. x" if form == "I" else "1. x\n2. x")
    warning = f"{count} numbers of lists are written in digits, because the form in the document is not known here"
    assert draft.warnings == ((warning,) if count else ())
