from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_matrix import COLUMNS, HOSTILE, MATRIX, QUOTES, cell, matrix, present

from sibtui.errors import InputError
from sibtui.formats import codings_csv, codings_xlsx, matrix_xlsx, tables_xlsx, workbook
from sibtui.formats.office import plain
from sibtui.formats.workbook import Sheet, sheet_names, write_workbook
from sibtui.model.matrix import Row
from sibtui.model.records import Coding
from sibtui.model.segments import Segment
from sibtui.model.table import Table

FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "'=1", "'", "#N/A", "#REF!", "{=1}"]
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


def shown(text: str) -> str:
    """What a spreadsheet shows for a text of a file; openpyxl leaves the escapes."""
    return re.sub(r"_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", text)


def test_a_matrix_is_a_sheet_with_its_title_marks_notes_and_legend():
    found = lines(matrix_xlsx.render(MATRIX))
    assert found[0] == [MATRIX.title, None, None, None, None]
    assert found[1] == [None, *COLUMNS]
    assert found[2] == ["Brokering by staff (EX: link workers)", "X²", "³", "◐", None]
    assert found[3] == ["Peer mentoring⁴", "n/a", "–", "?", "X*²"]
    assert [row[0] for row in found[6:]] == [
        "² Pilot stage only.",
        "³ Discussed, not done.",
        f"⁴ {MATRIX.rows[1].note}",
        f"⁵ {plain(HOSTILE)}",
        "◐ = contested; X = present; ? = tentative; – = rejected; … = incomplete; n/a = no data; (blank) = absent",
        "* judged on evidence that has changed since",
    ]


def test_several_matrices_are_several_sheets_under_names_that_excel_accepts():
    book = opened(matrix_xlsx.render(MATRIX, QUOTES, replace(MATRIX, name="a/b:[c]*?"), replace(MATRIX, name="")))
    assert book.sheetnames == ["table-1", "table-1 (2)", "a-b--c---", "Types of working in each SIB"]
    assert len(opened(matrix_xlsx.render()).sheetnames) == 1


@given(st.lists(TEXT | st.sampled_from(["History", "TABLE", "table", "x" * 40, "😀" * 40]), max_size=6))
def test_no_two_sheets_have_one_name_and_none_has_a_forbidden_one(names):
    made = sheet_names(names)
    assert len({name.casefold() for name in made} - {"history"}) == len(names)
    for name in made:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name == name.strip("' ")


def test_figures_are_numbers_where_nothing_stands_beside_them():
    counted = matrix(
        Row("A", (present(), cell("present", "12"), cell("present", "3"), cell("absent", ""))),
        show="count",
    )
    noted = replace(counted, rows=(replace(counted.rows[0], notes={"SIB C": "A note"}),))
    assert lines(matrix_xlsx.render(noted))[2] == ["A", "X", 12, "3²", None]
    assert lines(matrix_xlsx.render(replace(noted, show="presence")))[2] == ["A", "X", "12", "3²", None]


@given(st.lists(st.tuples(TEXT, st.integers(), TEXT), max_size=4))
def test_a_table_comes_back_as_text_and_numbers_and_nothing_else(rows):
    written = tables_xlsx.render(Table(("a", "n", "b"), tuple(rows), "T"))
    sheet = opened(written).active
    header, *body = [[c.value for c in row] for row in sheet.iter_rows()]
    assert header == ["a", "n", "b"]
    assert [[shown(a or ""), int(n), shown(b or "")] for a, n, b in body] == [
        [plain(a), n, plain(b)] for a, n, b in rows
    ]
    for row in sheet.iter_rows():
        for found in row:
            assert found.data_type in {"n", "s"}


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text_and_stays_text_when_it_is_edited(text, wrapped):
    data = write_workbook([Sheet("S", ("a",), [[text]], wrapped=wrapped)])
    found = opened(data).active["A2"]
    assert (found.value, found.data_type) == (text, "s")
    assert found.quotePrefix == bool(re.match(r"'*[=+\-@\t]", text))
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml


def test_codings_are_the_rows_of_the_csv():
    header, row = lines(codings_xlsx.write_codings([codings_csv.coding_row(CODING)]))
    assert tuple(header) == codings_csv.COLUMNS
    assert row == [
        "note 1", 3, 9, "=quote", "Theme/Code", "coder 1", "counters", "firm", "A\\; B; C", "-memo", CODING.created,
    ]  # fmt: skip


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    found = lines(tables_xlsx.render(Table(("a", "b"), (("x" * 32_767, "😀" * 20_000),))))[1]
    assert found[0] == "x" * 32_767
    assert len(found[1].encode("utf-16-le")) <= 2 * 32_767
    assert found[1].endswith("😀 … (cut here: no cell of a spreadsheet holds more)")


def test_more_rows_or_columns_than_a_sheet_holds_are_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert len(lines(tables_xlsx.render(Table(("a",), ((1,), (2,)))))) == 3
    with pytest.raises(InputError, match=r"“T” has more than 3 rows.*CSV"):
        tables_xlsx.render(Table(("a",), ((1,), (2,), (3,)), "T"))
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 1)
    with pytest.raises(InputError, match=r"2 columns.*CSV"):
        tables_xlsx.render(Table(("a", "b"), ()))


@settings(max_examples=20)
@given(TEXT)
def test_the_properties_hold_a_title_and_nobody(title):
    archive = zipfile.ZipFile(io.BytesIO(matrix_xlsx.render(replace(MATRIX, title=title))))
    core = archive.read("docProps/core.xml").decode()
    assert "creator" not in core
    assert "openpyxl" not in core
    assert re.findall(r"\d{4}-\d\d-\d\dT", core.split("</dc:title>")[1]) == ["1980-01-01T"] * 2
    assert opened(matrix_xlsx.render(replace(MATRIX, title=title))).properties.title in (
        " ".join(plain(title).split()), None,
    )  # fmt: skip
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_row_is_as_high_as_its_longest_text_breaks():
    rows = [["short", "X"], ["long " * 30, "X"], ["one\ntwo\nthree", "X"], ["endless " * 900, "X"]]
    page = opened(write_workbook([Sheet("s", ("", "A"), rows, ("t" * 200,), ("n" * 200,), (44, 12))])).active
    heights = [page.row_dimensions[number].height for number in range(1, 9)]
    assert heights == [None, None, None, 60, 45, 409, None, None]


def test_a_printed_sheet_has_all_columns_on_a_page_and_their_names_on_each():
    page = opened(matrix_xlsx.render(MATRIX)).active
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToHeight, page.page_setup.orientation) == (0, "portrait")
    assert page.print_title_rows == "$2:$2"
    assert opened(matrix_xlsx.render(QUOTES)).active.page_setup.orientation == "landscape"
