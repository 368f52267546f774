from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from study_values import codings, names

from sibtui.errors import InputError
from sibtui.formats.codec.csv_out import write_csv
from sibtui.formats.other_programs.coding_table_reader import read_coding_table
from sibtui.formats.study_folder.codings_csv import (
    COLUMNS,
    LISTED,
    coding_row,
    draft_row,
    join_cases,
    read_codings,
    review_file,
    split_cases,
)
from sibtui.model.drafts import CodingDraft
from sibtui.model.import_reports import Review
from sibtui.model.records import CERTAINTIES, STANCES, Coding
from sibtui.model.segments import Segment


def read(text: str) -> list[CodingDraft]:
    return list(read_codings("codings.csv", text.encode()))


def test_a_row_needs_a_source_a_code_and_a_quote_in_any_order_of_columns():
    assert read("Quote,code , SOURCE\nshe said so,T/C,a1\n") == [
        CodingDraft("a1", "T/C", quote="she said so", line=2),
    ]


def test_every_column_is_read():
    text = "source,start,end,quote,nth,code,coder,stance,certainty,cases,memo,created\n"
    row = "a1,3,8,words,2,T/C,R1,counters,tentative,SIB A; SIB B,why,2020-05-14T17:30:00+01:00\n"
    assert read(text + row) == [
        CodingDraft(
            source="a1",
            code="T/C",
            segment=Segment(3, 8),
            quote="words",
            nth=2,
            coder="R1",
            stance="counters",
            certainty="tentative",
            cases=("SIB A", "SIB B"),
            memo="why",
            created="2020-05-14T16:30:00Z",
            line=2,
        )
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quote", ["it’s £5", "plain"])
def test_csv_changed_by_spreadsheets_is_read(delimiter, encoding, end, quote):
    rows = [("source", "code", "quote"), ("a1", "T/C", quote), ("a2", "T/D", f"one{delimiter} two")]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    result = read_codings("codings.csv", out.getvalue().encode(encoding))
    assert [(c.source, c.code, c.quote, c.line) for c in result] == [(*rows[1], 2), (*rows[2], 3)]


def test_an_empty_cell_leaves_the_cases_open_and_a_question_mark_means_no_case():
    result = read("source,code,quote,cases\na,c,q,\na,c,q,?\na,c,q,?; b\n")
    assert [c.cases for c in result] == [None, (), ("?", "b")]


def test_line_numbers_are_those_of_the_file():
    text = 'source,code,quote\n\na,c,"two\nlines and a\rCR"\n,,\na,c,\n'
    with pytest.raises(InputError, match=r"^codings\.csv, line 6: there is neither a quote nor a start and an end"):
        read(text)
    result = read(text.replace("a,c,\n", "a,c,q\n"))
    assert [(c.line, c.quote) for c in result] == [(3, "two\nlines and a\rCR"), (6, "q")]


def test_missing_cells_at_the_end_of_a_row_are_empty_and_extra_empty_cells_are_ignored():
    result = read("source,code,quote,memo,cases\na,c,q\na,c,q,m,x,,\n")
    assert [(c.memo, c.cases) for c in result] == [("", None), ("m", ("x",))]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", " is empty: its first line must name the columns"),
        ("\n\n", " is empty"),
        (
            "source,code,quote,colour\n",
            ", line 1: there is a column “colour”; the known columns are source, start, end",
        ),
        ("source,code,quote,\n", ", line 1: there is a column without a name"),
        ("source,code,code\n", ", line 1: the column “code” appears twice"),
        ("source,quote\n", ", line 1: there is no column “code”"),
        ("source,code,quote\na,c,q,x\n", ", line 2: there are 4 cells, but the first line names 3 columns"),
        ("source,code,quote\n,c,q\n", ", line 2: there is no source"),
        ("source,code,quote\na,,q\n", ", line 2: there is no code"),
        ("source,code,quote,stance\na,c,q,pro\n", ", line 2: “stance” is “pro”; it is one of supports, counters"),
        ("source,code,quote,certainty\na,c,q,sure\n", ", line 2: “certainty” is “sure”; it is one of firm, tentative"),
        ("source,code,quote,nth\na,c,q,last\n", ", line 2: “nth” is “last”, not a whole number"),
        ("source,code,quote,created\na,c,q,now\n", ", line 2: “created” is “now”, no date and time"),
        ("source,code,start,end\na,c,1,\n", ", line 2: “end” is empty, not a whole number"),
        ("source,code,start,end\na,c,,4\n", ", line 2: “start” is empty"),
        ("source,code,start,end\na,c,-1,4\n", ", line 2: “start” is “-1”"),
        ("source,code,start,end\na,c,١,4\n", ", line 2: “start” is “١”"),
        (f"source,code,start,end\na,c,1,{'9' * 5000}\n", ", line 2: “end” is “9999"),
        ("source,code,start,end\na,c,4,4\n", ", line 2: the segment is empty"),
        ("source,code,start,end\na,c,5,4\n", ", line 2: the segment ends at 4, before its start at 5"),
        ('source,code,quote\na,c,q\na,c,"q\n\n', ", line 3: the row that begins here is not CSV"),
        ('source,code,quote\na,c,"q"x\n', ", line 2: the row that begins here is not CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_line(text, problem):
    with pytest.raises(InputError, match=f"^codings.csv{problem}"):
        read(text)


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "\ufeffsep=;\n", "SEP=;\r"])
def test_the_separator_line_of_excel_is_not_the_header_but_counts_as_a_line(first: str):
    end = first[-1]
    [draft] = read(first + f"source;code;quote{end}a1;T;words{end}")
    assert (draft.source, draft.quote, draft.line) == ("a1", "words", 3)
    with pytest.raises(InputError, match="line 2: there is a column “x”"):
        read(first + f"source;code;x{end}")


def test_rows_are_read_lazily():
    rows = read_codings("codings.csv", b"source,code,quote\na,c,q\na,c,\n")
    assert next(rows).quote == "q"
    with pytest.raises(InputError, match="line 3"):
        next(rows)


def test_a_quote_longer_than_the_csv_modules_limit_is_read():
    quote = "x" * 300_000
    assert read(f"source,code,quote\na,c,{quote}\n")[0].quote == quote


def test_labels_of_cases_are_joined_and_split_in_one_cell():
    assert join_cases(["SIB A", "B; C", "D\\"]) == r"SIB A; B\; C; D\\"
    assert split_cases(r"SIB A ;B\; C; D\E;; ") == ("SIB A", "B; C", r"D\E")


@given(st.lists(names))
@example(["?"])
@example(["?", " ", "a "])
def test_split_cases_reverses_join_cases_for_any_labels(labels):
    assert split_cases(join_cases(labels)) == tuple(labels)


@given(st.lists(codings, max_size=4))
def test_codings_are_read_back_as_they_were_written(codings):
    written = "".join(write_csv(COLUMNS, map(draft_row, codings)))
    result = list(read_codings("codings.csv", written.encode()))
    assert [(draft_row(c), c.cases, c.segment) for c in result] == [(draft_row(c), c.cases, c.segment) for c in codings]
    lines = [1, *(c.line for c in result)]
    assert lines == sorted(set(lines))


def test_a_coding_of_the_study_is_a_row():
    coding = Coding(
        7, "a1", Segment(3, 8), "words", "be ", " to", "T/C", "R1", "counters", "firm", (), "m", "2020-05-14T16:30:00Z"
    )
    assert dict(zip(LISTED, coding_row(coding), strict=True)) == {
        "source": "a1",
        "start": 3,
        "end": 8,
        "quote": "words",
        "code": "T/C",
        "coder": "R1",
        "stance": "counters",
        "certainty": "firm",
        "cases": "?",
        "memo": "m",
        "created": "2020-05-14T16:30:00Z",
        "round": 1,
        "for_paper": "no",
        "how": "",
    }


@st.composite
def _reviews(draw: st.DrawFn) -> list[Review]:
    """Draw the reviews of one table: all have memos, or none."""
    text = st.text(st.sampled_from("ab ;,\n'\"=?/\\é-"), max_size=6)
    name = text.filter(str.strip)
    memos = text if draw(st.booleans()) else st.none()
    places = st.none() | st.builds(
        lambda start, length: Segment(start, start + length), st.integers(0, 9), st.integers(1, 9)
    )
    found = []
    for _ in range(draw(st.integers(1, 4))):
        segment = draw(places)
        quote = draw(name if segment is None else st.none() | name)
        draft = CodingDraft(
            draw(name), draw(name), segment, quote, draw(st.none() | st.integers(1, 9)), draw(st.none() | name),
            draw(st.none() | st.sampled_from(STANCES)), draw(st.none() | st.sampled_from(CERTAINTIES)),
            draw(st.none() | st.lists(name.map(str.strip), unique=True, max_size=2).map(tuple)), draw(memos),
        )  # fmt: skip
        found.append(Review(draft, draw(text), draw(places), draw(st.integers(0, 1000)) / 10, draw(text)))
    return found


@given(_reviews())
@example([Review(CodingDraft("a", "b", Segment(3, 9), "=x"), "why", Segment(4, 10), 66.7, "y")])
def test_codings_of_a_review_file_are_read_back(reviews: list[Review]) -> None:
    table = read_coding_table("r.csv", review_file(reviews).encode())
    assert table.unread == []
    assert [replace(draft, line=0) for draft in table.drafts] == [review.draft for review in reviews]
