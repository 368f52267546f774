"""Any document in any format: hostile texts never break the structure."""

from __future__ import annotations

import csv
import html as html_text
import io
import json
import re
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from test_matrices import ELEMENTS, Page

from sibtui.formats.codec.csv_out import neutral, restore
from sibtui.formats.codec.office import plain
from sibtui.formats.documents.model import (
    Document,
    FieldList,
    LinkList,
    Paragraph,
    Quotation,
    Section,
    TableBlock,
    TableCell,
    as_cell,
    walk,
)
from sibtui.formats.documents.renderers import html
from sibtui.formats.registry import render_bytes, render_text
from sibtui.model.table import different_names
from sibtui.model.text import one_line
from sibtui.model.text_width import width_of
from tests.examples import FEWER

HOSTILE = (
    "|", "a|b", "\n", "a\nb", "\n\n", "<b>", "</td></tr></table>", "<!--", "&", "&amp;", "\\", "a\\", "\\\\", "\\|", "\\end{tabular}", "{", "}",
    "[x](y)", "[", "]", "](#m1)", "*", "# a", "- a", "1. a", "===", "---", "```", "=1+1", "@x", "+1", "-1", "'=1", "%", "$", "~", "^", "#", '"', "'",
    "\x00", "\x1b[31m", "\r", "\x85", "\u2028", "\u202e", "\u200f", "שלום", "مرحبا", "第一", "👩\u200d🌾", "e\u0301", "\ufffe", "]]>", "\t",
)  # fmt: skip
TEXT = st.lists(st.sampled_from([*HOSTILE, "word", " "]), max_size=4).map("".join) | st.text(
    st.characters(codec="utf-8"), max_size=6
)
VALUES = TEXT | st.integers(-9, 10**6) | st.lists(TEXT, max_size=2).map(tuple)
CELLS = st.builds(
    TableCell, TEXT | st.integers(0, 99), st.sampled_from(["", "*", "|"]), st.none() | st.sampled_from([1, 2])
)
NOTES = st.fixed_dictionaries({1: TEXT, 2: TEXT})
BELOW = st.lists(TEXT, max_size=2).map(tuple)


def tables(titles: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[TableBlock]:
    def of_width(width: int) -> st.SearchStrategy[TableBlock]:
        def rows(cells):
            return st.lists(st.tuples(*[cells] * width), max_size=3).map(tuple)

        columns = st.tuples(*[TEXT] * width)
        lists = st.builds(TableBlock, columns, rows(VALUES), titles, below=BELOW)
        marked = st.builds(
            TableBlock, columns, rows(CELLS), titles, st.sampled_from(["marks", "texts"]), NOTES, BELOW, TEXT
        )
        return lists | marked

    return st.integers(1, 3).flatmap(of_width)


TEXTS = (
    st.builds(Paragraph, TEXT, st.booleans())
    | st.builds(FieldList, st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=2).map(tuple))
    | st.builds(Quotation, TEXT, TEXT, TEXT)
    | st.builds(LinkList, st.lists(st.tuples(TEXT, st.just("there")), min_size=1, max_size=2).map(tuple))
)
BLOCKS = st.recursive(
    TEXTS | tables(),
    lambda inner: st.builds(Section, TEXT, st.lists(inner, max_size=3).map(tuple), depth=st.integers(0, 7)),
    max_leaves=6,
)
DOCUMENTS = st.builds(
    lambda title, blocks: Document(title, (*blocks, Section("End", anchor="there"))),
    TEXT,
    st.lists(BLOCKS, max_size=3).map(tuple),
)
ONE_TABLE = tables().map(lambda table: Document(table.title, (table,)))
SPOKEN = Document(
    "T", (Quotation("\n", "", "\n\n"), Paragraph("\n"), Section("", depth=9), Section("E", anchor="there"))
)
UNSAFE_IN_FILES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]")
UNSAFE = re.compile(f"{UNSAFE_IN_FILES.pattern[:-1]}\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")


def cells_of(document: Document) -> int:
    return sum(len(table.columns) * (1 + len(table.rows)) for table in document.tables)


@given(DOCUMENTS, st.none() | st.integers(20, 60), st.booleans())
def test_text_has_no_control_characters_and_fits_the_width(document, width, plain_rules):
    text = render_text(document, width=width, ascii=plain_rules)
    assert not UNSAFE.search(text)
    if width is not None and all(len(table.columns) == 1 for table in document.tables):
        assert all(width_of(line) <= width for line in text.split("\n"))


@given(DOCUMENTS)
@example(SPOKEN)
def test_page_is_well_formed_and_has_every_cell(document):
    written = render_text(document, "html")
    page = Page()
    page.feed(written)
    page.close()
    assert page.open == []
    assert page.seen <= ELEMENTS | {
        "section", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "footer", "dl", "dt", "dd",
    }  # fmt: skip
    assert page.links <= page.ids | {f"note-{number}" for number in (1, 2)}
    assert len(re.findall("<t[dh][ >]", written)) == cells_of(document)
    assert not UNSAFE_IN_FILES.search(written)


@given(DOCUMENTS)
@example(SPOKEN)
def test_markdown_has_a_line_for_each_row_and_no_markup_of_texts(document):
    written = render_text(document, "md")
    lines = [line for line in written.split("\n") if line.startswith("|")]
    assert len(lines) == sum(2 + len(table.rows) for table in document.tables)
    widths = [len(table.columns) for table in document.tables for _ in range(2 + len(table.rows))]
    assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1 for line in lines] == widths
    assert set(re.findall("<[^>]*>", written)) <= {'<a id="there">', "</a>"}
    headings = [line for line in written.split("\n") if line.startswith("#")]
    assert len(headings) == sum(isinstance(block, Section) for block in walk(document.blocks))
    assert not UNSAFE_IN_FILES.search(written)


@pytest.mark.parametrize("form", ["html", "md", "docx", "xlsx"])
def test_files_keep_the_marks_of_direction_and_no_override(form):
    safe = "שלום\u200f! سلام\u061c, \u200e(left) \u2067שלום (2)\u2069 \u2066x\u2069 \u2068y\u2069 \u202a+44 1\u202c \u202bא\u202c"
    text = f"{safe} \u202dleft\u202e"
    table = TableBlock((text, "more"), ((text, TableCell(text, link="there")),), text, notes={1: text}, below=(text,))
    blocks = (Paragraph(text), FieldList(((text, text),)), Quotation(text, text), LinkList(((text, "there"),)))
    document = Document(text, (table, Section(text, blocks, anchor="there")))
    written = render_bytes(document, form)
    if form in {"docx", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            written = b"\n".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    shown = written.decode()
    shown = html_text.unescape(shown).replace("\\", "")
    assert shown.count(f"{safe} \ufffdleft\ufffd") >= (5 if form == "xlsx" else 9)
    assert not re.search("[\u202d\u202e]", shown)
    for other in ("table", "latex", "tabs"):
        assert not UNSAFE.search(render_text(document, other).replace("\t", ""))


@given(ONE_TABLE)
def test_csv_parses_back_and_no_cell_is_a_formula(document):
    (table,) = document.tables
    text = render_text(document, "csv")
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    assert [[restore(cell) for cell in row[: len(table.columns)]] for row in rows] == [
        [str(as_cell(value).value) for value in row] for row in table.rows
    ]
    # `neutral` changes a cell that a spreadsheet would read as a formula. Negative figures are numbers.
    assert all(
        cell == neutral(cell) or re.fullmatch(r"-\d+", cell) or cell.startswith("'") for row in rows for cell in row
    )


@given(st.lists(tables(), max_size=3))
def test_json_parses_back(blocks):
    read = json.loads(render_text(Document("", tuple(blocks)), "json"))
    values = [read] if len(blocks) == 1 else read
    for block, value in zip(blocks, values, strict=True):
        texts = [
            [
                each.value if isinstance(each, TableCell) else list(each) if isinstance(each, tuple) else each
                for each in row
            ]
            for row in block.rows
        ]
        assert value == [dict(zip(different_names(block.columns), row, strict=True)) for row in texts]
        assert [list(each.values()) for each in value] == texts  # no value is lost


@given(DOCUMENTS)
@example(SPOKEN)
def test_latex_is_balanced(document):
    written = render_text(document, "latex")
    bare = re.sub(r"\\[\\{}&]", "", re.sub(r"(?m)^% .*$", "", written))
    assert bare.count("{") == bare.count("}")
    assert bare.count("&") == sum((len(table.columns) - 1) * (1 + len(table.rows)) for table in document.tables)
    open_now: list[str] = []
    for verb, name in re.findall(r"\\(begin|end)\{(\w+)\}", written):
        if verb == "begin":
            open_now.append(name)
        else:
            assert open_now.pop() == name
    assert open_now == []
    assert not re.search(r"(?<!\\)[$#~^%]", bare)
    assert not UNSAFE.search(written)
    texts = re.sub(r"(?s)\\begin\{tabular\}.*?\\end\{tabular\}", "", written)
    assert not re.search(r"(?m)^\s*\\\\$", texts)  # a line break without a line is an error
    assert not re.search(r"(?:^|&) *\\newline", written, re.MULTILINE)


@given(ONE_TABLE)
def test_pasted_table_has_as_many_tabs_in_each_row_and_no_formula(document):
    (table,) = document.tables
    lines = render_text(document, "tabs").split("\n")[bool(table.title.strip()) :]
    assert {line.count("\t") for line in lines[: 1 + len(table.rows)]} == {len(table.columns) - 1}
    assert all(cell == neutral(cell) or cell.startswith("'") for line in lines for cell in line.split("\t"))


@FEWER
@given(DOCUMENTS)
@example(SPOKEN)
def test_word_document_is_well_formed_and_has_every_text(document):
    data = render_bytes(document, "docx")
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(archive.read(name))
    opened = docx.Document(io.BytesIO(data))
    assert [len(table.rows) for table in opened.tables] == [1 + len(table.rows) for table in document.tables]
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    for block in walk(document.blocks):
        if isinstance(block, Section):
            assert one_line(plain(block.title)) in one_line(text)
        elif isinstance(block, Quotation):
            assert one_line(plain(block.words)) in one_line(text)


@FEWER
@given(st.lists(tables(), max_size=2))
def test_workbook_has_a_sheet_for_each_table_and_no_formula(blocks):
    book = openpyxl.load_workbook(io.BytesIO(render_bytes(Document("", tuple(blocks)), "xlsx")))
    assert len(book.worksheets) == max(1, len(blocks))
    for sheet in book.worksheets:
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"n", "s"}


def test_a_web_page_with_a_wide_table_is_written_in_chunks_of_similar_size() -> None:
    rows = tuple(tuple(f"row {row}, column {column}" for column in range(200)) for row in range(400))
    document = Document("Wide", (TableBlock(tuple(map(str, range(200))), rows, style="list"),))
    chunks = list(html.render_chunks(document))
    assert "".join(chunks) == html.render(document)
    assert max(map(len, chunks)) < 300_000 < sum(map(len, chunks)) / 5
