from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_matrix import COLUMNS, HOSTILE, MATRIX, QUOTES, cell, matrix, present

from sibtui.errors import InputError
from sibtui.formats.matrix_latex import escape
from sibtui.formats.registry import MATRIX_FORMATS, matrix_format_of, render_matrix
from sibtui.formats.spreadsheet import restore
from sibtui.formats.terminal import width_of
from sibtui.model.matrix import Row
from sibtui.model.presence import STATES

TEXT = st.text(
    st.sampled_from("ab \n\t\r\x1b=-'\"<&|\\{}$%[]*-,第\u202e\x85") | st.characters(codec="utf-8"), max_size=12
)
CELLS = st.builds(cell, st.sampled_from(STATES), TEXT | st.none(), quotes=st.integers(0, 99), stale=st.booleans())
ROWS = st.builds(
    Row,
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

ELEMENTS = {"html", "head", "meta", "title", "style", "body", "table", "caption", "thead", "tbody", "tr", "th", "td"}
ELEMENTS |= {"sup", "a", "ol", "li", "p", "br"}


class Page(HTMLParser):
    """The elements of a page that were left open, its links and what they may lead to."""

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


@given(MATRICES)
def test_csv_parses_back_to_what_went_in(given_matrix):
    header, *read = csv.reader(io.StringIO(render_matrix(given_matrix, "csv"), newline=""))
    assert header == ["row", *COLUMNS, "row note", *(f"{column} note" for column in COLUMNS)]
    assert [[restore(value) for value in row] for row in read] == [
        [row.label, *(c.mark for c in row.cells), row.note, *(row.notes.get(column, "") for column in COLUMNS)]
        for row in given_matrix.rows
    ]


@given(MATRICES)
def test_json_parses_back_to_what_went_in(given_matrix):
    read = json.loads(render_matrix(given_matrix, "json"))
    assert (read["title"], read["show"], tuple(read["columns"])) == (given_matrix.title, given_matrix.show, COLUMNS)
    for row, found in zip(given_matrix.rows, read["rows"], strict=True):
        assert found["label"] == row.label
        assert [read["notes"][str(n)] for n in found["notes"]] == [text for text in [row.note] if text]
        for column, known in zip(COLUMNS, row.cells, strict=True):
            there = found["cells"][column]
            assert (there["state"], there["mark"], there["quotes"]) == (known.state, known.mark, known.quotes)
            assert [read["notes"][str(n)] for n in there["notes"]] == [t for t in [row.notes.get(column)] if t]


@given(MATRICES, st.none() | st.integers(1, 90), st.booleans())
def test_the_terminal_gets_no_control_character_but_the_end_of_line(given_matrix, width, plain):
    printed = render_matrix(given_matrix, width=width, ascii=plain)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", printed)


@given(MATRICES, st.integers(20, 90))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(given_matrix, width):
    printed = render_matrix(given_matrix, width=width)
    assert all(width_of(line) <= width for line in printed.split("\n"))
    free, wide = (sorted(re.sub(r"[\s─]", "", text)) for text in (printed, render_matrix(given_matrix)))
    assert set(wide) <= set(free)
    assert len(wide) <= len(free)  # folded columns repeat the labels


@given(MATRICES)
def test_a_page_is_closed_and_every_number_leads_to_its_note(given_matrix):
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
def test_a_caption_leaves_the_number_of_the_table_to_latex(title, caption):
    assert rf"\caption{{{caption}}}\label" in render_matrix(replace(MATRIX, title=title), "latex")


def test_a_title_that_is_only_a_number_makes_no_caption():
    assert r"\caption" not in render_matrix(replace(MATRIX, title="Table 4."), "latex")


def test_latex_sets_every_character_of_its_own_as_itself():
    assert (
        escape("$ % _ & # { } ~ ^ \\") == r"\$ \% \_ \& \# \{ \} \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )
    assert escape("--- '' ` \" <|> [*] ,,") == (
        r"-{}-{}- '{}' \textasciigrave{} \symbol{34} \textless{}\textbar{}\textgreater{} {[}{*}{]} ,{},"
    )
    assert escape("a\n\nb\x1b\u202e") == "a b??"


def test_latex_says_what_pdflatex_lacks():
    assert "XeLaTeX" in render_matrix(QUOTES, "latex")
    assert "XeLaTeX" not in render_matrix(MATRIX, "latex")


def test_a_coverage_matrix_tells_characters_and_what_its_figures_are():
    covered = matrix(Row("A", (present(characters=120), *(cell("absent"),) * 3)), show="coverage")
    marked = replace(
        covered,
        rows=(replace(covered.rows[0], cells=(cell("present", "120", characters=120), *covered.rows[0].cells[1:])),),
    )
    assert json.loads(render_matrix(marked, "json"))["rows"][0]["cells"]["SIB A"]["characters"] == 120
    assert "characters" not in json.loads(render_matrix(MATRIX, "json"))["rows"][0]["cells"]["SIB A"]
    assert render_matrix(marked).endswith("Figures: characters covered by quotes; (blank) = absent\n")


def test_a_judged_cell_is_marked_in_print_when_it_is_stale_and_not_otherwise():
    fresh = matrix(*(replace(row, cells=tuple(replace(c, stale=False) for c in row.cells)) for row in MATRIX.rows[:2]))
    for form in ("table", "md", "latex"):
        assert "judged on evidence that has changed since" in render_matrix(MATRIX, form)
        assert "judged" not in render_matrix(fresh, form)
    assert "X*" not in render_matrix(MATRIX, "csv")


def test_marks_printed_alike_are_named_together():
    marks = dict.fromkeys(STATES, "") | {"present": "X", "contested": "X"}
    alike = matrix(Row("A", (cell("contested", "X"), present(), cell("absent", ""), cell("no data", ""))), marks=marks)
    assert render_matrix(alike).endswith("X = contested, present; (blank) = no data, absent\n")


def test_a_matrix_of_no_rows_or_no_columns_is_still_written():
    for form in MATRIX_FORMATS:
        assert ("SIB D" if form == "csv" else MATRIX.title) in render_matrix(matrix(), form)
        assert "Lone" in render_matrix(matrix(Row("Lone", ()), columns=()), form)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", "csv"),
        ("a.MD", "md"),
        ("a.html", "html"),
        ("b/a.tex", "latex"),
        ("a.json", "json"),
        ("a.txt", "table"),
    ],
)
def test_a_file_is_written_in_the_format_of_its_suffix(name, form):
    assert matrix_format_of(name) == matrix_format_of(PurePath(name)) == form


def test_an_unknown_format_or_suffix_is_answered_with_the_known_ones():
    with pytest.raises(InputError, match=r"a\.xyz: .*\.csv"):
        matrix_format_of("a.xyz")
    with pytest.raises(InputError, match=r"“xyz”.*latex"):
        render_matrix(MATRIX, "xyz")


def test_hostile_text_is_data_in_every_format():
    assert HOSTILE in {row.label for row in MATRIX.rows}
    for form in ("table", "md", "html", "latex"):
        assert not re.search("[\x1b\u202e]", render_matrix(MATRIX, form))
    assert "<b>" not in render_matrix(MATRIX, "md") + render_matrix(MATRIX, "html") + render_matrix(MATRIX, "latex")


def test_printing_a_matrix_loads_no_other_format():
    code = "import sys; from sample_matrix import MATRIX; from sibtui.formats.registry import render_matrix; render_matrix(MATRIX); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert not {"csv", "html", "json", "yaml", "rapidfuzz", "textwrap", "click"} & set(done.stdout.split())
