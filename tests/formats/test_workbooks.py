from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from drawing import matrix_in, table_in
from hypothesis import given
from hypothesis import strategies as st
from sample_matrix import COLUMNS, HOSTILE, MATRIX, QUOTES, cell, matrix, present

from sibtui.errors import InputError
from sibtui.formats.codec import workbook
from sibtui.formats.codec.office import plain
from sibtui.formats.codec.workbook import Suffixed, WorkbookSheet, sheet_names, write_workbook
from sibtui.formats.study_folder import codings_csv, codings_xlsx
from sibtui.model.matrix import MatrixRow
from sibtui.model.records import Coding
from sibtui.model.segments import Segment
from sibtui.model.table import Table
from tests.examples import examples

FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "'=1", "'", "#N/A", "#REF!", "{=1}", " =1", "＝1", "\xa0@x"]
TEXT = st.sampled_from([*FORMULAS, "_x0041_", "007", "2020-03-17", "\x00\x0b\r\ufffe\uffff", " x ", "\n"]) | st.text(
    st.characters(codec="utf-8"), max_size=12
)
CODING = Coding(
    7, "note 1", Segment(3, 9), "=quote", "b", "a", "Theme/Code", "coder 1", "counters", "firm", ("A; B", "C"), "-memo",
    "2020-05-14T16:30:00Z",
)  # fmt: skip


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def lines(data: bytes, sheet: int = 0) -> list[list[object]]:
    return [[c.value for c in row] for row in opened(data).worksheets[sheet].iter_rows()]


def displayed(text: str) -> str:
    """Return the text that a spreadsheet displays: openpyxl does not decode escapes."""
    return re.sub(r"_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", text)


def test_a_matrix_is_a_sheet_with_its_title_marks_notes_and_legend():
    result = lines(matrix_in("xlsx", MATRIX))
    assert result[0] == [MATRIX.title, None, None, None, None]
    assert result[1] == [None, *COLUMNS]
    assert result[2] == ["Brokering by staff (EX: link workers)", "X", "³", "◐", None]
    assert result[3] == ["Peer mentoring", "n/a", "–", "?", "X"]
    page = opened(matrix_in("xlsx", MATRIX)).active
    assert [page[at].number_format for at in ("A4", "B3", "C3", "E4")] == ['@"⁴"', '@"²"', "General", '@"²"']
    assert [row[0] for row in result[6:]] == [
        "² Pilot stage only.",
        "³ Discussed, not done.",
        f"⁴ {MATRIX.rows[1].note}",
        f"⁵ {plain(HOSTILE)}",
        "◐ = contested; X = present; ? = tentative; – = rejected; … = incomplete; n/a = no data; (blank) = absent",
        "1 cell is a judgement: Peer mentoring, SIB D.",
        "Judged before the evidence changed: <b> & $5 (1 quote is gone).",
    ]


def test_several_matrices_are_several_sheets_under_names_that_excel_accepts():
    book = opened(matrix_in("xlsx", MATRIX, QUOTES, replace(MATRIX, name="a/b:[c]*?"), replace(MATRIX, name="")))
    assert book.sheetnames == ["table-1", "table-1 (2)", "a-b--c---", "Types of working in each SIB"]
    assert len(opened(matrix_in("xlsx")).sheetnames) == 1


@given(st.lists(TEXT | st.sampled_from(["History", "TABLE", "table", "x" * 40, "😀" * 40]), max_size=6))
def test_names_of_sheets_are_unique_and_valid(names):
    made = sheet_names(names)
    assert len({name.casefold() for name in made} - {"history"}) == len(names)
    for name in made:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name == name.strip("' ")


def test_figures_with_note_numbers_stay_numbers():
    counted = matrix(
        MatrixRow("A", (present(), cell("present", "12"), cell("present", "3"), cell("absent", ""))),
        show="count",
    )
    noted = replace(counted, rows=(replace(counted.rows[0], notes={"SIB C": "A note"}),))
    row = lines(matrix_in("xlsx", noted))[2]
    assert [row[0], *row[1:9:2]] == ["A", "X", 12, 3, None]
    assert opened(matrix_in("xlsx", noted)).active["F3"].number_format == '0"²"'
    assert lines(matrix_in("xlsx", replace(noted, show="presence")))[2] == ["A", "X", "12", "3", None]


@pytest.mark.parametrize("mark", ["", "x" * 201])
def test_a_suffix_becomes_text_if_a_number_format_cannot_show_it(mark):
    row = MatrixRow("A", (cell("present", mark), *[present()] * 3), notes={"SIB A": "A note"})
    result = opened(matrix_in("xlsx", matrix(row))).active["B3"]
    assert (result.value, result.number_format) == (mark + "²", "General")


def test_quotation_mark_in_a_suffix_is_escaped():
    result = opened(write_workbook([WorkbookSheet("S", ("a",), [[Suffixed("X", 'a"b')]])])).active["A2"]
    assert (result.value, result.number_format) == ("X", '@"a"\\""b"')


@given(st.lists(st.tuples(TEXT, st.integers(), TEXT), max_size=4))
def test_table_is_read_back_as_texts_and_numbers(rows):
    written = table_in("xlsx", Table(("a", "n", "b"), tuple(rows), "T"))
    sheet = opened(written).active
    header, *body = [[c.value for c in row] for row in sheet.iter_rows()]
    assert header == ["a", "n", "b"]
    assert [[displayed(a or ""), int(n), displayed(b or "")] for a, n, b in body] == [
        [plain(a), n, plain(b)] for a, n, b in rows
    ]
    for row in sheet.iter_rows():
        for result in row:
            assert result.data_type in {"n", "s"}


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("text", FORMULAS)
def test_text_like_a_formula_stays_text_when_edited(text, wrapped):
    data = write_workbook([WorkbookSheet("S", ("a",), [[text]], wrapped=wrapped)])
    result = opened(data).active["A2"]
    assert (result.value, result.data_type) == (text, "s")
    assert result.quotePrefix == bool(re.match(r"'*[ \xa0]?[=+\-@\t＝]", text))
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml


def test_a_workbook_of_codings_has_the_same_rows_as_the_csv():
    header, row = lines(codings_xlsx.write_codings([codings_csv.coding_row(CODING)]))
    assert tuple(header) == codings_csv.LISTED
    assert row == [
        "note 1", 3, 9, "=quote", "Theme/Code", "coder 1", "counters", "firm", "A\\; B; C", "-memo", CODING.created, 1, "no", None,
    ]  # fmt: skip


def test_marks_of_direction_stay_in_a_workbook():
    quote = "שלום\u200f! سلام\u061c, and \u200e(left)"
    assert lines(table_in("xlsx", Table(("quote",), ((quote,),))))[1] == [quote]
    assert lines(table_in("xlsx", Table(("quote",), (("a\u202eb\x1b",),))))[1] == ["a\ufffdb␛"]


def test_text_longer_than_a_cell_is_cut_with_a_note():
    result = lines(table_in("xlsx", Table(("a", "b"), (("x" * 32_767, "😀" * 20_000),))))[1]
    assert result[0] == "x" * 32_767
    assert len(result[1].encode("utf-16-le")) <= 2 * 32_767
    assert result[1].endswith("😀 … (cut here: no cell of a spreadsheet holds more)")


def test_too_many_rows_or_columns_are_refused_with_advice(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert len(lines(table_in("xlsx", Table(("a",), ((1,), (2,)))))) == 3
    with pytest.raises(InputError, match=r"“T” has more than 3 rows.*CSV"):
        table_in("xlsx", Table(("a",), ((1,), (2,), (3,)), "T"))
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 1)
    with pytest.raises(InputError, match=r"2 columns.*CSV"):
        table_in("xlsx", Table(("a", "b"), ()))


@examples(20)
@given(TEXT)
def test_properties_hold_a_title_and_no_author(title):
    archive = zipfile.ZipFile(io.BytesIO(matrix_in("xlsx", replace(MATRIX, title=title))))
    core = archive.read("docProps/core.xml").decode()
    assert "creator" not in core
    assert "openpyxl" not in core
    assert re.findall(r"\d{4}-\d\d-\d\dT", core.split("</dc:title>")[1]) == ["1980-01-01T"] * 2
    assert opened(matrix_in("xlsx", replace(MATRIX, title=title))).properties.title in (
        " ".join(plain(title).split()), None,
    )  # fmt: skip
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_height_of_a_row_fits_its_longest_text():
    rows = [["short", "X"], ["long " * 30, "X"], ["one\ntwo\nthree", "X"], ["endless " * 900, "X"]]
    page = opened(write_workbook([WorkbookSheet("s", ("", "A"), rows, ("t" * 200,), ("n" * 200,), (44, 12))])).active
    heights = [page.row_dimensions[number].height for number in range(1, 9)]
    assert heights == [None, None, None, 60, 45, 409, None, None]


def test_a_printed_sheet_has_all_columns_on_a_page_and_their_names_on_each():
    page = opened(matrix_in("xlsx", MATRIX)).active
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToHeight, page.page_setup.orientation) == (0, "portrait")
    assert page.print_title_rows == "$2:$2"
    assert opened(matrix_in("xlsx", QUOTES)).active.page_setup.orientation == "landscape"
