from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from sample_matrix import COLUMNS, HOSTILE, MATRIX, QUOTES, matrix
from test_matrices import MATRICES

from sibtui.formats import matrix_docx
from sibtui.formats.matrix_parts import remarks
from sibtui.formats.office import plain
from sibtui.model.matrix import Row

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def raised(paragraph) -> list[str]:
    return [run.text for run in paragraph.runs if run.font.superscript]


def test_a_matrix_is_a_real_table_under_its_caption():
    found = opened(matrix_docx.render(MATRIX))
    assert (found.paragraphs[0].text, found.paragraphs[0].style.name) == (MATRIX.title, "Caption")
    rows = [[cell.text for cell in row.cells] for row in found.tables[0].rows]
    assert rows[0] == ["", *COLUMNS]
    assert rows[1] == ["Brokering by staff (EX: link workers)", "X2", "3", "◐", ""]
    assert rows[2] == ["Peer mentoring4", "n/a", "–", "?", "X*2"]
    assert rows[3][0] == " ".join(plain(HOSTILE).split())


def test_numbers_of_notes_are_raised_and_the_notes_are_one_paragraph_below():
    found = opened(matrix_docx.render(MATRIX))
    cells = [[raised(cell.paragraphs[0]) for cell in row.cells] for row in found.tables[0].rows]
    assert cells[1] == [[], ["2"], ["3"], [], []]
    assert cells[2] == [["4"], [], [], [], ["2"]]
    notes = found.paragraphs[1]
    assert raised(notes) == ["2", "3", "4", "5"]
    assert notes.text.split("\n") == [
        "2 Pilot stage only.",
        "3 Discussed, not done.",
        f"4 {MATRIX.rows[1].note}",
        f"5 {' '.join(plain(HOSTILE).split())}",
        *remarks(MATRIX),
    ]


def test_the_head_of_a_table_is_repeated_and_no_row_breaks_over_pages():
    rows = opened(matrix_docx.render(MATRIX)).tables[0].rows
    properties = [[child.tag.removeprefix(W) for child in row._tr.trPr] for row in rows]
    assert properties == [["cantSplit", "tblHeader"], *[["cantSplit"]] * 3]


def test_a_short_table_stays_with_its_caption_and_notes_and_a_long_one_may_be_parted():
    many = replace(MATRIX, rows=MATRIX.rows * 20)
    for given_matrix, kept in ((MATRIX, True), (many, None)):
        found = opened(matrix_docx.render(given_matrix))
        assert found.paragraphs[0].paragraph_format.keep_with_next is True
        cells = [cell.paragraphs[0] for row in found.tables[0].rows for cell in row.cells]
        assert {paragraph.paragraph_format.keep_with_next for paragraph in cells} == {kept}


def test_marks_leave_the_room_to_the_labels():
    widths = [cell.width.mm for cell in opened(matrix_docx.render(MATRIX)).tables[0].rows[0].cells]
    assert [round(width) for width in widths] == [78, 22, 22, 22, 22]
    quotes = [cell.width.mm for cell in opened(matrix_docx.render(QUOTES)).tables[0].rows[0].cells]
    assert [round(width) for width in quotes] == [50, *[round(quotes[1])] * (len(quotes) - 1)]


def test_a_wide_matrix_lies_and_a_narrow_one_stands():
    wide = matrix(Row("A", ()), columns=tuple("abcdefgh"))
    wide = replace(wide, rows=(replace(wide.rows[0], cells=MATRIX.rows[0].cells * 2),))
    assert opened(matrix_docx.render(wide)).sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert opened(matrix_docx.render(QUOTES)).sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert opened(matrix_docx.render(MATRIX)).sections[0].orientation == WD_ORIENT.PORTRAIT


def test_several_matrices_are_one_document():
    found = opened(matrix_docx.render(MATRIX, QUOTES, matrix(), matrix(Row("Lone", ()), columns=())))
    assert [len(table.rows) for table in found.tables] == [4, 2, 1, 2]
    assert found.tables[1].rows[1].cells[1].text.endswith("at length\nNot “a case” [note 3]2")


@settings(max_examples=40)
@given(MATRICES)
def test_any_text_is_text_in_a_document(given_matrix):
    table = opened(matrix_docx.render(given_matrix)).tables[0]
    for row, found in zip(given_matrix.rows, list(table.rows)[1:], strict=True):
        label, *cells = found.cells
        assert label.text.startswith(" ".join(plain(row.label).split()))
        for known, shown in zip(row.cells, cells, strict=True):
            assert shown.text.startswith(plain(known.mark))


@settings(max_examples=20)
@given(MATRICES, st.sampled_from(["\x00", "\ufffe", "]]>", "&lt;", "\ud800"]))
def test_every_part_is_well_formed_xml(given_matrix, odd):
    archive = zipfile.ZipFile(io.BytesIO(matrix_docx.render(replace(given_matrix, title=odd))))
    for name in archive.namelist():
        etree.fromstring(archive.read(name))


def test_the_properties_name_nobody_and_no_moment():
    archive = zipfile.ZipFile(io.BytesIO(matrix_docx.render(MATRIX)))
    core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"<(\w+:\w+)", core) == ["cp:coreProperties", "dc:title", "dcterms:created", "dcterms:modified"]
    assert not any("thumbnail" in name for name in archive.namelist())
    assert "thumbnail" not in archive.read("_rels/.rels").decode()
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert matrix_docx.render(MATRIX) == matrix_docx.render(MATRIX)
