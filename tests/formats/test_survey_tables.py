"""Surveys as services and spreadsheets export them: rows above and below the header, odd rows, codes, personal columns."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest

from sibtui.errors import InputError
from sibtui.formats.codec.number_formats import code_text
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.formats.sources.survey import read
from sibtui.formats.study_folder.codebook_files import COLUMNS as CODEBOOK_COLUMNS
from sibtui.formats.study_folder.folder import READING_COLUMNS, TOPIC_COLUMNS
from tests.growth import LINEAR, growth
from tests.shared_cases import shared_case

HELPED = "What helped you most?"
QUALTRICS = f"""StartDate,Progress,IPAddress,RecipientEmail,LocationLatitude,ResponseId,Q1,Q2
Start Date,Progress,IP Address,Recipient Email,Location Latitude,Response ID,Your role?,{HELPED}
"{{""ImportId"":""startDate""}}","{{""ImportId"":""progress""}}","{{""ImportId"":""ip""}}","{{""ImportId"":""mail""}}","{{""ImportId"":""lat""}}","{{""ImportId"":""id""}}","{{""ImportId"":""QID1""}}","{{""ImportId"":""QID2""}}"
2024-03-01 10:00:01,100,192.0.2.1,a@b.org,51.5,R_1,nurse,"She came every week, and she listened."
2024-03-01 11:00:01,80,192.0.2.2,,51.6,R_2,link worker,Nothing at all helped me in that year.
"""


def rows(text: str, name: str = "answers.csv", **options: Any):
    return read(name, text.encode(), options=ReadOptions(**options))


def sheet(*cells: list[object], hidden: tuple[int, ...] = (), formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    for number in hidden:
        book.active.row_dimensions[number].hidden = True
    for place, form in (formats or {}).items():
        book.active[place].number_format = form
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def warnings(drafts) -> str:
    return "; ".join(drafts[0].warnings)


class TestSharedCases:
    def test_three_header_rows_of_qualtrics_are_recognised(self) -> None:
        path = shared_case("files/05-qualtrics-three-headers.csv")
        drafts = read(path.name, path.read_bytes())
        assert [draft.attributes["ResponseId"] for draft in drafts] == ["R_1aB2c", "R_2xY9z"]
        assert drafts[0].attributes["Progress"] == 100
        assert "IPAddress" not in drafts[0].attributes
        assert "“IPAddress”" in warnings(drafts)

    def test_a_cell_beyond_the_header_becomes_an_attribute_with_the_number_of_its_column(self) -> None:
        path = shared_case("files/06-ragged-row.xlsx")
        drafts = read(path.name, path.read_bytes(), options=ReadOptions(text_columns=("text",)))
        assert [draft.text for draft in drafts] == ["We were asked first.", "Nobody asked me."]
        assert drafts[1].attributes["column 4"] == "01:20"

    def test_a_survey_with_the_separator_line_of_excel_is_read(self) -> None:
        path = shared_case("files/survey_sep.csv")
        (draft,) = read(path.name, path.read_bytes())
        assert (draft.text, draft.attributes) == ("They never asked, so I left.", {"id": "A1"})


def test_question_rows_of_qualtrics_are_left_out_and_reported() -> None:
    first, second = rows(QUALTRICS)
    assert (first.text, second.attributes["Progress"]) == ("She came every week, and she listened.", 80)
    assert "the rows with the questions and the ids of Qualtrics were left out" in first.warnings


def test_questions_are_the_headings_of_several_answers() -> None:
    first = rows(QUALTRICS, text_columns=("Q1", "Q2"))[0]
    assert first.text == f"Your role?\nnurse\n\n{HELPED}\nShe came every week, and she listened."


def test_a_row_of_ids_alone_is_left_out() -> None:
    lines = QUALTRICS.splitlines()
    first = rows("\n".join([lines[0], *lines[2:]]))[0]
    assert first.attributes["Progress"] == 100
    assert "the row with the ids of Qualtrics was left out" in first.warnings


def test_columns_that_identify_people_are_left_out_and_named() -> None:
    first = rows(QUALTRICS)[0]
    assert not {"IPAddress", "RecipientEmail", "LocationLatitude"} & set(first.attributes)
    personal = "3 columns that can identify people were left out: “IPAddress”, “RecipientEmail” and “LocationLatitude”"
    assert personal in first.warnings


def test_a_named_personal_column_is_kept() -> None:
    assert rows(QUALTRICS, personal_columns=("recipientemail",))[0].attributes["RecipientEmail"] == "a@b.org"
    assert rows(QUALTRICS, attribute_columns=("IPAddress",))[0].attributes == {"IPAddress": "192.0.2.1"}
    assert rows(QUALTRICS, name_column="RecipientEmail")[0].name == "a@b.org"


@pytest.mark.parametrize("value", ["kim@example.org", "203.0.113.7", "2001:db8::ff00:42:8329", "51.50735, -0.12776"])
def test_a_column_of_addresses_or_coordinates_is_personal_by_its_values(value: str) -> None:
    assert rows(f'contact,answer\n"{value}",They came every week.\n')[0].attributes == {}


@pytest.mark.parametrize("value", ["12:30:10", "1.2.3", "by mail @ home", "51.5"])
def test_other_values_are_not_personal(value: str) -> None:
    assert list(rows(f"contact,answer\n{value},They came every week.\n")[0].attributes) == ["contact"]


@pytest.mark.parametrize(
    "title",
    ["Survey of March\n", "Survey of March,,\n", "\nSurvey of March\nby the team\n\n", '"Survey, 2024"\n\n'],
)
def test_a_title_above_the_header_is_left_out_and_reported(title: str) -> None:
    drafts = rows(f"{title}id,age,answer\n1,34,It was slow.\n2,41,It was quick.\n")
    assert [(draft.text, draft.attributes) for draft in drafts] == [
        ("It was slow.", {"id": 1, "age": 34}), ("It was quick.", {"id": 2, "age": 41}),
    ]  # fmt: skip
    row = title.count("\n") + 1
    assert f"row {row} was taken as the header, and the text above it was left out" in drafts[0].warnings


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_title_does_not_hide_the_delimiter(delimiter: str) -> None:
    table = "Survey, March\nid,age,answer\n1,34,It was slow.\n2,41,It was quick.\n"
    lines = table.split("\n")
    drafts = rows("\n".join([lines[0], *(line.replace(",", delimiter) for line in lines[1:])]))
    assert drafts[0].attributes == {"id": 1, "age": 34}


def test_answers_with_another_delimiter_do_not_make_the_header_a_title() -> None:
    (draft,) = rows("who,answer\n'=;,;=\n", text_columns=("answer",))
    assert (draft.text, draft.attributes) == (";=", {"who": "=;"})


@pytest.mark.parametrize(
    "table",
    [
        "answer\nyes and no\nnever\n",
        "answer\nyes, always\nno, never\nboth, often\n",
        ",answer\n0,It was slow.\n1,It was quick.\n",
        "answer\nIt was slow.\n",
    ],
)
def test_a_header_with_a_single_name_is_not_a_title(table: str) -> None:
    assert "was taken as the header" not in warnings(rows(table))


def test_a_title_in_a_workbook_is_left_out() -> None:
    data = sheet(["Wave 2"], [], ["id", "answer"], [7, "It was slow."], [8, "It was quick."])
    assert [draft.attributes for draft in read("a.xlsx", data)] == [{"id": 7}, {"id": 8}]


def test_the_header_row_can_be_given() -> None:
    table = "id,age,answer\nnumber,years,words\n1,34,It was slow.\n"
    drafts = rows(table, header_row=2)
    assert [(draft.text, draft.attributes) for draft in drafts] == [("It was slow.", {"number": 1, "years": 34})]
    with pytest.raises(InputError, match="has no text in row 9"):
        rows(table, header_row=9)


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "\ufeffsep=;\n", "SEP=;\n"])
def test_the_separator_line_names_the_delimiter(first: str) -> None:
    table = f'{first}a,b;answer\n1,2;"no, never"\n3,4;"yes, always"\n'
    assert [draft.text for draft in rows(table)] == ["no, never", "yes, always"]
    with pytest.raises(InputError, match="line 3: the row that begins here is not CSV"):
        rows(f'{first}a;b\n1;"x')


def test_a_row_with_more_cells_keeps_the_hashes_of_other_rows() -> None:
    before = rows("id,answer\n1,It was slow.\n")
    after = rows("id,answer\n1,It was slow.\n2,It was quick.,late\n")
    assert before[0].sha256 == after[0].sha256
    assert "“column 3” is a column without a name" in after[0].warnings


def test_hidden_rows_and_formulas_without_a_result_are_reported() -> None:
    data = sheet(["id", "n", "answer"], [1, "=1+1", "It was slow."], [2, 5, "It was quick."], hidden=(3,))
    drafts = read("a.xlsx", data)
    assert len(drafts) == 2
    assert "1 hidden row was read like the others" in drafts[0].warnings
    assert "1 formula without a stored result is empty" in drafts[0].warnings


def test_a_number_format_with_leading_zeros_makes_a_text() -> None:
    data = sheet(
        ["id", "n", "answer"], [7, 3, "It was slow."], [12, 4, "It was quick."], formats={"A2": "000", "A3": "000"}
    )
    assert [draft.attributes for draft in read("a.xlsx", data)] == [{"id": "007", "n": 3}, {"id": "012", "n": 4}]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (7, "000", "007"),
        (12, '"P"000', "P012"),
        (7, "000;-000", "007"),
        (1234567, "00-000-00", "12-345-67"),
        (7, "00\\-00", "00-07"),
        (12345, "000", "12345"),
        (7.0, "[$-407]00000", "00007"),
        (7, "0", None),
        (7, "General", None),
        (7.5, "000", None),
        (-7, "000", None),
        (7, "00.00", None),
        (0.5, "00%", None),
        (45000, "DD.MM.YYYY", None),
        (float("inf"), "000", None),
        (7, '"' * 3, None),
    ],
)
def test_a_number_shown_with_leading_zeros_is_a_code(number: float, form: str, text: str | None) -> None:
    assert code_text(number, form) == text


def test_hidden_columns_are_reported() -> None:
    book = openpyxl.Workbook()
    for row in (["id", "secret", "answer"], [1, "x", "It was slow."]):
        book.active.append(row)
    for letters in "BC", "KZ":  # the second group is beyond the table
        book.active.column_dimensions.group(*letters, hidden=True)
    book.create_sheet("Empty", 0)
    book.create_sheet("Lists", 0).append(["a", "b"])
    book.worksheets[0].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    (draft,) = read("a.xlsx", file.getvalue())
    assert draft.text == "It was slow."
    assert "2 hidden columns were read like the others" in draft.warnings
    assert "of its sheets “Sheet” was read, not “Lists”" in draft.warnings


def test_comments_pictures_and_charts_of_a_worksheet_are_counted_as_left_out() -> None:
    from openpyxl.chart import BarChart
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    for row in (["id", "answer"], [1, "It was slow."], [2, "It was quick."]):
        book.active.append(row)
    book.active["B2"].comment = Comment("Check this.", "R1")
    book.active.add_chart(BarChart(), "D4")
    other = book.create_sheet("Other")
    other["A1"].comment = Comment("Elsewhere.", "R1")
    file = io.BytesIO()
    book.save(file)
    first, second = read("a.xlsx", file.getvalue())
    assert [str(loss) for loss in first.left_out] == ["1 comment", "1 drawing"]
    assert second.left_out == ()


@pytest.mark.parametrize(
    "header", ["source,code,quote", "source,start,end,quote,code,coder,stance", "Code,Source,Start"]
)
def test_a_table_of_codings_is_read_as_a_survey_only_if_a_column_of_answers_is_named(header: str) -> None:
    table = f"{header}\n{','.join('abcdefg'[: header.count(',') + 1])}\n"
    with pytest.raises(InputError, match="columns of a table of codings"):
        rows(table)
    assert rows(table, text_columns="code")[0].text.strip() in "abcdefg"


@pytest.mark.parametrize(
    ("header", "kind", "hint"),
    [
        ("id,document,tag,content", "table of codings", "import-codings"),
        (",".join(CODEBOOK_COLUMNS), "codebook", "import-codebook"),
        ("Path;Definition", "codebook", "import-codebook"),
        ("tag,description,number of highlights,number of documents", "codebook", "import-codebook"),
        (",".join(READING_COLUMNS), "part of a study", "study-from"),
        (",".join(TOPIC_COLUMNS), "part of a study", "study-from"),
        ("real,pseudonym", "key of pseudonyms", "read-as-survey"),
        ("row,SIB A,SIB B,row note,SIB A note,SIB B note", "matrix", "read-as-survey"),
        ("row,SIB A,SIB A against,row note,SIB A note", "matrix", "read-as-survey"),
    ],
)
def test_a_table_that_sibtui_writes_is_read_as_a_survey_only_if_a_column_of_answers_is_named(
    header: str, kind: str, hint: str
) -> None:
    cells = re.split("[,;]", header)
    table = f"{header}\n{(',' if ',' in header else ';').join(f'cell {at}' for at in range(len(cells)))}\n"
    with pytest.raises(InputError, match=kind) as refused:
        rows(table)
    assert refused.value.hint == hint
    assert rows(table, text_columns=cells[1])[0].text == "cell 1"


@pytest.mark.parametrize(
    "header", ["path,answer", "id,note,name", "row,answer,row note", "name,title,kind,answer", "real,name"]
)
def test_a_survey_with_some_of_these_columns_stays_a_survey(header: str) -> None:
    assert rows(f"{header}\n{','.join(['cell'] * (header.count(',') + 1))}\n")


def test_a_table_without_a_header_is_reported() -> None:
    (only,) = rows("1,She came every week.\n2,Nothing helped.\n")
    assert only.warnings[0].startswith("the names of columns, such as “1”, may be the answers of a first row")


@pytest.mark.parametrize(
    "longer",
    [
        "2024/03/01 10:01:01 AM GMT+1",
        "2024-03-01 10:00:01",
        "R_1aB2cD3eF4gH5iJ6",
        "https://example.org/s?id=abc",
        "+1 (555)",
    ],
)
def test_times_ids_and_addresses_are_not_taken_as_the_answers(longer: str) -> None:
    assert rows(f"a,answer\n{longer},No help\n{longer},She came\n")[0].text == "No help"


def test_the_second_header_row_of_surveymonkey_names_the_columns_without_a_name() -> None:
    table = (
        "Respondent ID,Collector ID,Why?,,\n,,Open-Ended Response,Other,\n118,1,It was slow.,,x\n119,1,No wait.,y,\n"
    )
    first, second = rows(table)
    assert first.attributes == {"Respondent ID": 118, "Collector ID": 1, "column 5": "x"}
    assert second.attributes["Why?: Other"] == "y"
    assert "the row with the kinds of answers of SurveyMonkey was left out" in first.warnings
    assert "“column 5” is a column without a name" in first.warnings


def test_columns_without_a_visible_name_get_one_and_are_reported_together() -> None:
    first = rows("id,\u200b,answer\n1,x,It was slow.,late\n")[0]
    assert first.attributes == {"id": 1, "column 2": "x", "column 4": "late"}
    assert "2 columns have no name: “column 2” and “column 4”" in first.warnings


@pytest.mark.parametrize("name", ["What is your e-mail address?", "_gps_latitude", "HomeAddress", "IP-Address", "IMEI"])
def test_a_column_is_personal_by_the_last_words_of_its_name(name: str) -> None:
    assert rows(f"{name},answer\nx,They came every week.\n")[0].attributes == {}


def test_a_name_column_is_personal_only_beside_a_column_of_email_addresses() -> None:
    forms = rows("ID,Email,Name,What helped?\n1,anonymous,Ann Lee,She came every week.\n")
    assert forms[0].attributes == {"ID": 1}
    assert rows("name,age,answer\nP7,34,She came every week.\n")[0].attributes == {"name (answer)": "P7", "age": 34}


@pytest.mark.slow
def test_the_time_for_reading_a_survey_is_proportional_to_its_rows() -> None:
    def table(count: int) -> bytes:
        lines = (f"{at},{at % 90},{'words ' * 20}number {at}\n" for at in range(count))
        return ("id,age,answer\n" + "".join(lines)).encode()

    tables = {count: table(count) for count in (1000, 4000)}
    assert growth(lambda count: read("a.csv", tables[count]), 1000) < LINEAR


@pytest.mark.parametrize(
    "table",
    [
        "StartDate,Status,IPAddress,Q1,Q2\nStart Date,Response Type,IP Address,Why?,What is your e-mail address?\n2024-01-02,IP Address,1.2.3.4,We came slowly.,x\n",
        "V1,V3,V6,Q1,Q2\nResponseID,Name,IPAddress,Why?,E-mail\nR_1,Anonymous,hidden,We came slowly.,x\n",
    ],
)
def test_the_second_row_of_qualtrics_is_left_out_and_its_labels_show_personal_columns(table: str) -> None:
    (draft,) = rows(table)
    assert draft.text == "We came slowly."
    assert "the row with the questions of Qualtrics was left out" in draft.warnings
    assert not draft.attributes.keys() & {"IPAddress", "V6", "Q2"}


@pytest.mark.parametrize("ids", ["", '"{""ImportId"":""a""}",' * 3 + '"{""ImportId"":""a""}"\n'])
def test_the_columns_of_older_files_of_qualtrics_have_their_labels_as_names(ids: str) -> None:
    labels = "ResponseID,StartDate,Which version?,Why?\n"
    (draft,) = rows(f"V1,V8,Q2,Q1\n{labels}{ids}R_1,2014-01-02,b,We came slowly.\n")
    assert draft.attributes == {"ResponseID": "R_1", "StartDate": dt.date(2014, 1, 2), "Q2": "b"}


@pytest.mark.parametrize(
    "name",
    ["Prénom", "Téléphone", "Apellidos", "Correo electrónico", "Ihre E-Mail-Adresse?", "Adresse IP", "Achternaam"],
)
def test_personal_columns_are_recognised_in_other_languages(name: str) -> None:
    (draft,) = rows(f"{name};Why?\nx;They came often.\n")
    assert draft.attributes == {}


def test_the_second_row_of_sosci_survey_is_left_out() -> None:
    header = "CASE;SERIAL;REF;QUESTNNR;A101;A102\n"
    labels = "Interview-Nummer (fortlaufend);Seriennummer;Referenz;Fragebogen;Wie war es?;Ihre E-Mail-Adresse?\n"
    (draft,) = rows(f"{header}{labels}17;;;base;Sie kamen oft.;x\n")
    assert (draft.text, draft.attributes) == ("Sie kamen oft.", {"CASE": 17, "QUESTNNR": "base"})
    assert "the row with the questions of SoSci Survey was left out" in draft.warnings
    assert len(rows(f"{header}16;;;base;Nie.;x\n17;;;base;Sie kamen oft.;x\n")) == 2


def test_a_row_of_a_respondent_is_not_read_as_labels() -> None:
    assert len(rows("Name,Status,Q1\nStatus,Finished,One answer here.\n,x,And another one.\n")) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<cellXfs", b'<cellXfs odd=""'),
        (b'<family val="2"', b'<family val="34"'),
        (b"<alignment", b'<alignment horizontal="start"'),
    ],
)
def test_odd_styles_of_a_workbook_are_ignored_and_dates_stay_dates(old: bytes, new: bytes) -> None:
    book = openpyxl.Workbook()
    book.active.append(["when", "text"])
    book.active.append([dt.date(2024, 5, 6), "An answer."])
    book.active["B2"].alignment = openpyxl.styles.Alignment(vertical="top")
    file, odd = io.BytesIO(), io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(odd, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            assert member != "xl/styles.xml" or old in content
            target.writestr(member, content.replace(old, new) if member == "xl/styles.xml" else content)
    (draft,) = read("a.xlsx", odd.getvalue())
    assert (draft.text, draft.attributes) == ("An answer.", {"when": dt.date(2024, 5, 6)})
