from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
from docx.enum.section import WD_ORIENT
from drawing import matrix_in
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sample_matrix import COLUMNS, HOSTILE, MATRIX, QUOTES, matrix
from test_matrices import MATRICES

from sibtui.formats.codec.office import plain
from sibtui.formats.documents.matrix_parts import remarks
from sibtui.model.matrix import MatrixRow
from tests.examples import FEWER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def raised(paragraph) -> list[str]:
    return [run.text for run in paragraph.runs if run.font.superscript]


def test_matrix_is_a_word_table_below_its_caption():
    result = opened(matrix_in("docx", MATRIX))
    assert (result.paragraphs[0].text, result.paragraphs[0].style.name) == (MATRIX.title, "Caption")
    rows = [[cell.text for cell in row.cells] for row in result.tables[0].rows]
    assert rows[0] == ["", *COLUMNS]
    assert rows[1] == ["Brokering by staff (EX: link workers)", "X2", "3", "◐", ""]
    assert rows[2] == ["Peer mentoring4", "n/a", "–", "?", "X2"]
    assert rows[3][0] == " ".join(plain(HOSTILE).split())


def test_numbers_of_notes_are_raised_and_the_notes_are_one_paragraph_below():
    result = opened(matrix_in("docx", MATRIX))
    cells = [[raised(cell.paragraphs[0]) for cell in row.cells] for row in result.tables[0].rows]
    assert cells[1] == [[], ["2"], ["3"], [], []]
    assert cells[2] == [["4"], [], [], [], ["2"]]
    notes = result.paragraphs[1]
    assert raised(notes) == ["2", "3", "4", "5"]
    assert notes.text.split("\n") == [
        "2 Pilot stage only.",
        "3 Discussed, not done.",
        f"4 {MATRIX.rows[1].note}",
        f"5 {' '.join(plain(HOSTILE).split())}",
        *remarks(MATRIX),
    ]


def test_the_head_of_a_table_is_repeated_and_no_row_breaks_over_pages():
    rows = opened(matrix_in("docx", MATRIX)).tables[0].rows
    properties = [[child.tag.removeprefix(W) for child in row._tr.trPr] for row in rows]
    assert properties == [["cantSplit", "tblHeader"], *[["cantSplit"]] * 3]


def test_short_table_stays_on_one_page_and_long_one_may_break():
    many = replace(MATRIX, rows=MATRIX.rows * 20)
    for shown_matrix, with_next in ((MATRIX, True), (many, None)):
        result = opened(matrix_in("docx", shown_matrix))
        assert result.paragraphs[0].paragraph_format.keep_with_next is True
        cells = [cell.paragraphs[0] for row in result.tables[0].rows for cell in row.cells]
        assert {paragraph.paragraph_format.keep_with_next for paragraph in cells} == {with_next}


def test_columns_of_marks_are_narrow():
    widths = [cell.width.mm for cell in opened(matrix_in("docx", MATRIX)).tables[0].rows[0].cells]
    assert [round(width) for width in widths] == [78, 22, 22, 22, 22]
    quotes = [cell.width.mm for cell in opened(matrix_in("docx", QUOTES)).tables[0].rows[0].cells]
    assert [round(width) for width in quotes] == [50, *[round(quotes[1])] * (len(quotes) - 1)]


def test_wide_matrix_is_in_landscape_and_narrow_one_in_portrait():
    wide = matrix(MatrixRow("A", ()), columns=tuple("abcdefgh"))
    wide = replace(wide, rows=(replace(wide.rows[0], cells=MATRIX.rows[0].cells * 2),))
    assert opened(matrix_in("docx", wide)).sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert opened(matrix_in("docx", QUOTES)).sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert opened(matrix_in("docx", MATRIX)).sections[0].orientation == WD_ORIENT.PORTRAIT


def test_several_matrices_are_one_document():
    result = opened(matrix_in("docx", MATRIX, QUOTES, matrix(), matrix(MatrixRow("Lone", ()), columns=())))
    assert [len(table.rows) for table in result.tables] == [4, 2, 1, 2]
    assert result.tables[1].rows[1].cells[1].text.endswith("at length\nNot “a case” [note 3]2")


@FEWER
@given(MATRICES)
def test_any_text_is_text_in_a_document(shown_matrix):
    table = opened(matrix_in("docx", shown_matrix)).tables[0]
    for row, result in zip(shown_matrix.rows, list(table.rows)[1:], strict=True):
        label, *cells = result.cells
        assert label.text.startswith(" ".join(plain(row.label).split()))
        for known, cell in zip(row.cells, cells, strict=True):
            assert cell.text.startswith(plain(known.mark))


@FEWER
@given(MATRICES, st.sampled_from(["\x00", "\ufffe", "]]>", "&lt;", "\ud800"]))
def test_every_part_is_well_formed_xml(shown_matrix, odd):
    archive = zipfile.ZipFile(io.BytesIO(matrix_in("docx", replace(shown_matrix, title=odd))))
    for name in archive.namelist():
        etree.fromstring(archive.read(name))


def test_properties_hold_no_author_and_no_time():
    archive = zipfile.ZipFile(io.BytesIO(matrix_in("docx", MATRIX)))
    core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"<(\w+:\w+)", core) == ["cp:coreProperties", "dc:title", "dcterms:created", "dcterms:modified"]
    assert not any("thumbnail" in name for name in archive.namelist())
    assert "thumbnail" not in archive.read("_rels/.rels").decode()
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert matrix_in("docx", MATRIX) == matrix_in("docx", MATRIX)
