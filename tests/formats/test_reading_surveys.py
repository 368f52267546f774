from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.formats.codec.csv_out import write_csv
from sibtui.formats.codec.sheet_reader import read_sheet
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.formats.sources.survey import read

CSV = """id,Why?,age,since,member,mood
R07,"It was never about money, she said.
It was about trust.",34,2020-03-17,yes,007
R08,,41,2020-03-18,no,good
R09,'=Because of them,,,,
"""


def rows(text: str, name: str = "x/answers.csv", **options):
    return read(name, text.encode(), options=ReadOptions(**options))


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, 1):
        page = book.create_sheet(f"Sheet {number}")
        for row in sheet:
            page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_row_with_an_answer_becomes_a_source_with_attributes():
    first, second = rows(CSV, text_columns=("why?",), name_column="ID")
    assert (first.name, first.text) == ("R07", "It was never about money, she said.\nIt was about trust.")
    assert first.attributes == {"age": 34, "since": dt.date(2020, 3, 17), "member": True, "mood": "007"}
    assert (second.name, second.text, second.attributes) == ("R09", "=Because of them", {})
    assert (first.original, first.fidelity, first.kind) == ("answers.csv", "verbatim", "interview")
    assert first.warnings == ("1 row without an answer was left out",)
    assert second.warnings == ()


def test_longest_column_is_the_text_by_default_and_reported():
    first, second = rows(CSV)
    assert (first.name, second.name) == ("answers 1", "answers 3")
    assert first.attributes["id"] == "R07"
    assert first.warnings[0] == "the longest column, “Why?”, was taken as the text, and the others as attributes"


def test_answers_to_several_questions_follow_their_questions():
    table = "Q1;Q2;Q3\nyes, because;;no\n;maybe;\n"
    first, second = rows(table, text_columns=("Q1", "Q2", "Q3"))
    assert first.text == "Q1\nyes, because\n\nQ3\nno"
    assert second.text == "Q2\nmaybe"


def test_only_the_named_columns_become_attributes():
    assert rows(CSV, attribute_columns=("age",))[0].attributes == {"age": 34}
    assert rows(CSV, attribute_columns=())[0].attributes == {}


def test_values_of_a_column_have_one_kind():
    table = "answer,a,b,c\nx,1,1.5,yes\ny,n/a,2,no\nz,3,,maybe\n"
    assert [draft.attributes for draft in rows(table, text_columns=("answer",))] == [
        {"a": "1", "b": 1.5, "c": "yes"},
        {"a": "n/a", "b": 2.0, "c": "no"},
        {"a": "3", "c": "maybe"},
    ]


def test_attributes_named_like_fields_or_each_other_are_renamed():
    first = rows("Title,kind,kind,text\na,b,c,the longest\n")[0]
    assert first.attributes == {"Title (answer)": "a", "kind (answer)": "b", "kind (2)": "c"}
    assert "the column “kind” became the attribute “kind (2)”" in first.warnings


def test_rows_with_the_same_name_are_numbered():
    first, second = rows("n,t\nA,one\nA,two!\n", name_column="n")
    assert (first.name, second.name) == ("A", "A (2)")
    assert first.warnings[-1] == "1 row has the name of another (“A”), and a number was added"


def test_longer_table_has_the_same_hashes_for_old_rows():
    before = [draft.sha256 for draft in rows("t,u\none,1\none,1\ntwo,2\n")]
    after = [draft.sha256 for draft in rows("t,u\none,1\none,1\nzero,0\ntwo,2\n")]
    assert len(set(before)) == 3
    assert set(before) < set(after)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_detected(delimiter):
    table = f'"Why, in your view; do you think?"{delimiter}age\n"one, two; three"{delimiter}5\n'
    (draft,) = rows(table)
    assert (draft.text, draft.attributes) == ("one, two; three", {"age": 5})


def test_a_table_with_a_single_column_is_read():
    assert [draft.text for draft in rows('answer\n"one, two"\nthree\n')] == ["one, two", "three"]


def test_a_workbook_is_read_with_its_values():
    data = workbook(
        [
            ["id", "Why?", "age", "on", None],
            [],
            ["R1", "Because\r\nof it", 34.0, dt.date(2020, 3, 17), None],
            ["R2", 5, 2.5, None],
        ],
        [["notes"], ["x"]],
    )
    first, second = read("a.xlsx", data, options=ReadOptions(text_columns=("Why?",), name_column="id"))
    assert (first.name, first.text) == ("R1", "Because\nof it")
    assert first.attributes == {"age": 34.0, "on": dt.date(2020, 3, 17)}
    assert (second.text, second.attributes) == ("5", {"age": 2.5})
    assert first.warnings == ("of its sheets “Sheet 1” was read, not “Sheet 2”",)
    assert read("a.xlsx", data, options=ReadOptions(sheet="Sheet 2"))[0].text == "x"
    with pytest.raises(InputError, match=r"^a.xlsx has no sheet “Sheet 9”; there are “Sheet 1” and “Sheet 2”"):
        read("a.xlsx", data, options=ReadOptions(sheet="Sheet 9"))


def test_a_cell_beyond_the_header_is_in_a_column_with_a_number():
    first, second = rows("who,answer\na,It was slow.\nb,It was quick.,later\n")
    assert (first.attributes, second.attributes) == ({"who": "a"}, {"who": "b", "column 3": "later"})


@pytest.mark.parametrize(
    ("table", "answers"),
    [
        ('id,answer\n1,fine\n2,"half" quoted words\n3,"x, y"\n', ["fine", "half quoted words", "x, y"]),
        ('id,answer\n1,"They said "yes" to us"\n2,fine\n', ['They said yes" to us"', "fine"]),
        ('id\tanswer\n1\t"half" quoted\n2\t"two\nlines"\n', ["half quoted", "two\nlines"]),
        ('sep=;\nid;answer\n1;"a\nb"c;\n2;fine\n', ["a\nbc", "fine"]),
    ],
)
def test_a_stray_quotation_mark_is_text_as_in_excel(table: str, answers: list[str]) -> None:
    assert [draft.text for draft in rows(table, text_columns=("answer",))] == answers


def test_stray_quotation_marks_are_named_by_their_lines() -> None:
    table = read_sheet("a.csv", b'id,answer\n1,"a\nb"c\n2,fine\n3,"d"e\n')
    assert table.lines == [2, 4, 5]
    assert table.warnings == ["2 rows have a stray quotation mark, and were read as text: lines 2 and 5"]
    with pytest.raises(InputError, match="line 3: the row that begins here is not CSV"):
        read_sheet("a.csv", b'id,answer\n1,fine\n2,"a"b,"never closed\n3,fine\n')


@pytest.mark.parametrize(
    ("table", "options", "problem"),
    [
        ("", {}, "^x/answers.csv is empty: its first row must name the columns"),
        ("a,b\n", {}, "^x/answers.csv holds no answers: there is nothing below its first row"),
        ("a,b\n1,\n", {"text_columns": ("b",)}, "holds no answers: no row below the first has any text in “b”"),
        ("a,b\n1,2\n", {"text_columns": ("c",)}, "has no column “c”; there are “a” and “b”"),
        ("a,a\n1,2\n", {"name_column": "a"}, "has several columns “a”"),
        ('a,b\n1,2\n3,"x', {}, "line 3: the row that begins here is not CSV"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(table, options, problem):
    with pytest.raises(InputError, match=problem):
        rows(table, **options)


def edited(data: bytes, part: str, content: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == part else old.read(member))
    return file.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    "<sheetData>{}</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    "inside",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1"><v>1</v></c></row>',
    ],
)
def test_workbook_with_too_many_cells_is_refused(inside):
    with pytest.raises(InputError, match=r"^a.xlsx (is larger than a survey|is damaged)"):
        read("a.xlsx", edited(workbook([["a"]]), "xl/worksheets/sheet1.xml", SHEET.format(inside)))


def test_a_workbook_that_declares_entities_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">]>' + SHEET.format('<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>')
    with pytest.raises(InputError, match=r"^a.xlsx is damaged"):
        read("a.xlsx", edited(workbook([["a"]]), "xl/worksheets/sheet1.xml", bomb))


# The special characters of CSV with few other letters, so that most answers have some.
cells = st.text(",;\"'\n\t =-ab é", max_size=6) | st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\r\0\ufeff"), max_size=6
)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
@example([("a", " ")])
@example([("\t", "\t;")])
@example([("a", "b"), ("a", "b"), ("a (2)", "b")])
@example([("", '"'), ("=1", "'=1"), (",", ";\n,")])
def test_any_written_answers_are_read_back(answers):
    table = "".join(write_csv(("who", "answer"), answers))
    filled = [answer.strip() for _, answer in answers if answer.strip()]
    options = ReadOptions(text_columns=("answer",), name_column="who")
    if not filled:
        with pytest.raises(InputError):
            read("a.csv", table.encode(), encoding="utf-8", options=options)
        return
    drafts = read("a.csv", table.encode(), encoding="utf-8", options=options)
    assert [draft.text for draft in drafts] == filled
    assert len({draft.name for draft in drafts}) == len(drafts)
