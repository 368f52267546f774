from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from drawing import matrix_in, render_matrix
from hypothesis import given
from hypothesis import strategies as st
from sample_matrix import COLUMNS, HOSTILE, MATRIX, QUOTES, cell, matrix, present

from sibtui.formats.codec.csv_out import restore
from sibtui.formats.documents.renderers.latex import escape
from sibtui.formats.registry import BINARY_FORMATS, RENDERERS
from sibtui.model.matrix import MatrixRow
from sibtui.model.presence import STATES
from sibtui.model.text_width import width_of

TEXT = st.text("ab \n\t\r\x1b=-'\"<&|\\{}$%[]*,第\u202e\x85", max_size=8) | st.text(
    st.characters(codec="utf-8"), max_size=8
)
CELLS = st.builds(
    cell,
    st.sampled_from(STATES),
    TEXT | st.none(),
    quotes=st.integers(0, 99),
    changes=st.sampled_from([(), ("1 quote is gone",)]),
)
ROWS = st.builds(
    MatrixRow,
    TEXT,
    st.tuples(CELLS, CELLS, CELLS, CELLS),
    TEXT,
    st.dictionaries(st.sampled_from(COLUMNS), TEXT, max_size=4),
)
MATRICES = st.builds(
    lambda rows, title, first, show: matrix(*rows, title=title, first_note=first, show=show),
    st.lists(ROWS, max_size=3),
    TEXT,
    st.integers(1, 30),
    st.sampled_from(["presence", "count", "quotes"]),
)
COUNTS = ("count", "sources", "count (sources)")

ELEMENTS = {"html", "head", "meta", "title", "style", "body", "table", "caption", "thead", "tbody", "tr", "th", "td"}
ELEMENTS |= {"sup", "a", "ol", "li", "p", "br"}


class Page(HTMLParser):
    """Collects the unclosed elements of a page, its links, and the ids that they may lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.seen: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        self.ids |= {value for name, value in attrs if name == "id"}
        self.links |= {value.removeprefix("#") for name, value in attrs if name == "href"}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("show", COUNTS)
def test_figures_for_and_against_are_two_columns_in_csv_and_excel(show):
    from openpyxl import load_workbook

    pair = cell("contested", "8 : 13", quotes=8, counter=13)
    cells = (pair, cell("rejected", "0 : 2", counter=2), cell("present", "7", quotes=7), cell("no data", "n/a"))
    made = matrix(MatrixRow("Card", cells), show=show)
    header, row = csv.reader(io.StringIO(render_matrix(made, "csv"), newline=""))
    assert header[:5] == ["row", COLUMNS[0], f"{COLUMNS[0]} against", COLUMNS[1], f"{COLUMNS[1]} against"]
    assert row[:9] == ["Card", "8", "13", "0", "2", "7", "0", "n/a", ""]
    sheet = load_workbook(io.BytesIO(matrix_in("xlsx", made))).active
    (found,) = [values for values in sheet.iter_rows(values_only=True) if values[0] == "Card"]
    figures = ("8", 13, "0", 2, "7", 0) if show == "count (sources)" else (8, 13, 0, 2, 7, 0)
    assert found[1:] == (*figures, "n/a", None)


@given(MATRICES)
def test_matrix_csv_parses_to_the_same_values(given_matrix):
    header, *read = csv.reader(io.StringIO(render_matrix(given_matrix, "csv"), newline=""))
    if given_matrix.show in COUNTS and read:
        assert header[2:9:2] == [f"{column} against" for column in COLUMNS]
        header, *read = [[row[0], *row[1:9:2], *row[9:]] for row in (header, *read)]
    assert header == ["row", *COLUMNS, "row note", *(f"{column} note" for column in COLUMNS)]
    assert [[restore(value) for value in row] for row in read] == [
        [row.label, *(c.mark for c in row.cells), row.note, *(row.notes.get(column, "") for column in COLUMNS)]
        for row in given_matrix.rows
    ]


@given(MATRICES)
def test_matrix_json_parses_to_the_same_values(given_matrix):
    read = json.loads(render_matrix(given_matrix, "json"))
    assert (read["title"], read["show"], tuple(read["columns"])) == (given_matrix.title, given_matrix.show, COLUMNS)
    for row, result in zip(given_matrix.rows, read["rows"], strict=True):
        assert result["label"] == row.label
        assert [read["notes"][str(n)] for n in result["notes"]] == [text for text in [row.note] if text]
        for column, known in zip(COLUMNS, row.cells, strict=True):
            cell = result["cells"][column]
            assert (cell["state"], cell["mark"], cell["quotes"]) == (known.state, known.mark, known.quotes)
            assert [read["notes"][str(n)] for n in cell["notes"]] == [t for t in [row.notes.get(column)] if t]


@given(MATRICES, st.none() | st.integers(1, 90), st.booleans())
def test_terminal_output_has_no_control_characters_but_newlines(given_matrix, width, plain):
    printed = render_matrix(given_matrix, width=width, ascii=plain)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", printed)


@given(MATRICES, st.integers(20, 90))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(given_matrix, width):
    printed = render_matrix(given_matrix, width=width)
    assert all(width_of(line) <= width for line in printed.split("\n"))
    free, wide = (sorted(re.sub(r"[\s─]", "", text)) for text in (printed, render_matrix(given_matrix)))
    assert set(wide) <= set(free)
    assert len(wide) <= len(free)  # blocks of columns repeat the labels


@given(MATRICES)
def test_a_page_is_well_formed_and_its_note_numbers_link_to_the_notes(given_matrix):
    page = Page()
    page.feed(render_matrix(given_matrix, "html"))
    page.close()
    assert page.open == []
    assert page.links == page.ids
    assert page.seen <= ELEMENTS


@given(MATRICES)
def test_a_latex_table_is_balanced(given_matrix):
    table = render_matrix(given_matrix, "latex")
    bare = re.sub(r"\\[\\{}&]", "", table)
    assert bare.count("{") == bare.count("}")
    assert bare.count("&") == len(COLUMNS) * (1 + len(given_matrix.rows))
    open_now: list[str] = []
    for verb, name in re.findall(r"\\(begin|end)\{(\w+)\}", table):
        if verb == "begin":
            open_now.append(name)
        else:
            assert open_now.pop() == name
    assert open_now == []
    assert not re.search(r"(?<!\\)[$#~^]", bare)


@pytest.mark.parametrize(
    ("title", "caption"),
    [
        ("Table 1. Types of working", "Types of working"),
        ("Table 12: Types of working", "Types of working"),
        ("table 3a. Types", "Types"),
        ("Table tennis in each SIB", "Table tennis in each SIB"),
        ("Table 4 people", "Table 4 people"),
    ],
)
def test_the_caption_does_not_repeat_the_number_of_the_table(title, caption):
    assert rf"\caption{{{caption}}}\label" in render_matrix(replace(MATRIX, title=title), "latex")


def test_a_title_that_is_only_a_number_makes_no_caption():
    assert r"\caption" not in render_matrix(replace(MATRIX, title="Table 4."), "latex")


def test_special_characters_are_escaped_for_latex():
    assert (
        escape("$ % _ & # { } ~ ^ \\") == r"\$ \% \_ \& \# \{ \} \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )
    assert escape("--- '' ` \" <|> [*] ,,") == (
        r"-{}-{}- '{}' \textasciigrave{} \symbol{34} \textless{}\textbar{}\textgreater{} {[}{*}{]} ,{},"
    )
    assert escape("a\n\nb\x1b\u202e") == "a b??"


def test_latex_comment_reports_characters_that_pdflatex_lacks():
    assert "XeLaTeX" in render_matrix(QUOTES, "latex")
    assert "XeLaTeX" not in render_matrix(MATRIX, "latex")


def test_a_coverage_matrix_shows_numbers_of_characters_and_explains_them():
    covered = matrix(MatrixRow("A", (present(characters=120), *(cell("absent"),) * 3)), show="coverage")
    marked = replace(
        covered,
        rows=(replace(covered.rows[0], cells=(cell("present", "120", characters=120), *covered.rows[0].cells[1:])),),
    )
    assert json.loads(render_matrix(marked, "json"))["rows"][0]["cells"]["SIB A"]["characters"] == 120
    assert "characters" not in json.loads(render_matrix(MATRIX, "json"))["rows"][0]["cells"]["SIB A"]
    assert render_matrix(marked).endswith("Figures: characters covered by quotes; (blank) = absent\n")


def test_facts_about_a_table_are_printed_below_it():
    for form in ("table", "md", "latex", "html"):
        output = render_matrix(MATRIX, form)
        assert "1 cell is a judgement: Peer mentoring, SIB D." in output
        assert "Judged before the evidence changed" in output
    assert "judgement" not in render_matrix(MATRIX, "csv")
    about = json.loads(render_matrix(MATRIX, "json"))["about"]
    assert about[0] == {"line": "judgements", "text": "1 cell is a judgement: Peer mentoring, SIB D."}


def test_judged_cell_has_a_suffix_if_the_table_defines_one():
    signed = [
        replace(row, cells=tuple(replace(c, suffix="†" if c.judgement else "") for c in row.cells))
        for row in MATRIX.rows
    ]
    output = render_matrix(replace(MATRIX, rows=tuple(signed), judged_suffix="†"))
    assert "X†" in output
    assert "† = a judgement" in output
    assert "†" not in render_matrix(MATRIX)


def test_states_with_the_same_mark_share_a_legend_entry():
    marks = dict.fromkeys(STATES, "") | {"present": "X", "contested": "X"}
    alike = matrix(
        MatrixRow("A", (cell("contested", "X"), present(), cell("absent", ""), cell("no data", ""))), marks=marks
    )
    assert render_matrix(alike).endswith("X = contested, present; (blank) = no data, absent\n")


def test_a_matrix_without_rows_or_columns_is_written():
    for form in RENDERERS.keys() - set(BINARY_FORMATS):
        assert ("SIB D" if form == "csv" else MATRIX.title) in render_matrix(matrix(), form)
        assert "Lone" in render_matrix(matrix(MatrixRow("Lone", ()), columns=()), form)


def test_hostile_text_is_escaped_in_every_format():
    assert HOSTILE in {row.label for row in MATRIX.rows}
    for form in ("table", "md", "html", "latex"):
        assert not re.search("[\x1b\u202e]", render_matrix(MATRIX, form))
    assert "<b>" not in render_matrix(MATRIX, "md") + render_matrix(MATRIX, "html") + render_matrix(MATRIX, "latex")


def test_printing_a_matrix_loads_no_other_format():
    code = "import sys; from sample_matrix import MATRIX; from drawing import render_matrix; render_matrix(MATRIX); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert not {"csv", "html", "json", "yaml", "rapidfuzz", "textwrap", "click"} & set(done.stdout.split())


def test_a_table_for_the_clipboard_has_a_tab_between_cells_and_no_formula():
    title, head, first, *_, last, _, _, _, _, legend, judged, stale = matrix_in("tabs", MATRIX).splitlines()
    assert title == MATRIX.title
    assert head == "\tSIB A\tSIB B\tSIB C\tSIB D"
    assert first == "Brokering by staff (EX: link workers)\tX²\t³\t◐\t"
    assert last.startswith("'=cmd")
    assert "contested" in legend
    assert (judged[:6], stale[:6]) == ("1 cell", "Judged")
