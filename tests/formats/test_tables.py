from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sample_matrix import HOSTILE

from sibtui.formats.codec.csv_out import restore
from sibtui.formats.documents.lists import list_document
from sibtui.formats.registry import render_text
from sibtui.model.table import Table
from sibtui.model.text import one_line
from sibtui.model.text_width import width_of

TABLE = Table(
    ("source", "quotes", "text"),
    (("note 1", 12, "She spoke for a long while of the group"), ("第一", 3, HOSTILE), ("note 3", 0, "one\n\ntwo")),
    "Codings",
)
TEXT = st.text("'=-\",|\n\t\x1b ab第", max_size=8) | st.text(st.characters(codec="utf-8"), max_size=8)
TABLES = st.lists(st.tuples(TEXT, st.integers(), TEXT), max_size=4).map(
    lambda rows: Table(("a", "n", "b"), tuple(rows))
)


def render(table: Table, form: str, width: int | None = None) -> str:
    return render_text(list_document(table), form, **({} if width is None else {"width": width}))


def test_text_is_left_aligned_and_numbers_right_aligned():
    assert render(TABLE, "table") == (
        "Codings\n"
        "\n"
        "source  quotes  text\n"
        "────────────────────────────────────────────────────────────────────────\n"
        "note 1      12  She spoke for a long while of the group\n"
        "第一         3  =cmd <b>|</b> ␛[31m $5 & 10% _#{}~^\\ [x] *y* `z` \ufffdabc\n"
        "note 3       0  one two\n"
    ).replace("─" * 72, "─" * (16 + width_of("=cmd <b>|</b> ␛[31m $5 & 10% _#{}~^\\ [x] *y* `z` \ufffdabc")))


def test_headings_and_short_items_of_a_list_are_not_broken():
    rows = (("note-of-a-meeting", "A long title of the note", ("SIB A", "SIB B"), "R1"),)
    table = Table(("name", "title", "cases", "read by"), rows)
    assert render(table, "table", 30).split("\n") == [
        "name    title  cases  read by",
        "─────────────────────────────",
        "note-   A long SIB A; R1",
        "of-a-   title  SIB B",
        "meeting of the",
        "        note",
        "",
    ]


def test_text_wraps_within_the_width_and_is_not_cut():
    assert render(TABLE, "table", 36).split("\n") == [
        "Codings",
        "",
        "source  quotes  text",
        "────────────────────────────────────",
        "note 1      12  She spoke for a long",
        "                while of the group",
        "第一         3  =cmd <b>|</b> ␛[31m",
        "                $5 & 10% _#{}~^\\ [x]",
        "                *y* `z` \ufffdabc",
        "note 3       0  one two",
        "",
    ]


@given(TABLES, st.none() | st.integers(1, 60))
def test_terminal_output_has_no_control_characters_but_newlines(table, width):
    assert all(ch == "\n" or ch.isprintable() or ord(ch) > 0x9F for ch in render(table, "table", width))


@given(TABLES)
def test_json_parses_back(table):
    assert json.loads(render(table, "json")) == [dict(zip("anb", row, strict=True)) for row in table.rows]


@given(TABLES)
def test_csv_parses_back(table):
    _, *read = csv.reader(io.StringIO(render(table, "csv"), newline=""))
    assert tuple((restore(a), int(n), restore(b)) for a, n, b in read) == table.rows


def test_json_is_readable_and_has_no_control_characters():
    table = Table(("é",), (("\x1b \x7f \x9b \u202e ü",),))
    assert render(table, "json") == '[\n  {\n    "é": "\\u001b \\u007f \\u009b \\u202e ü"\n  }\n]\n'


def test_markdown_shows_text_as_it_is():
    assert render(TABLE, "md") == (
        "**Codings**\n"
        "\n"
        "| source | quotes | text |\n"
        "| --- | ---: | --- |\n"
        "| note 1 | 12 | She spoke for a long while of the group |\n"
        "| 第一 | 3 | =cmd &lt;b&gt;\\|&lt;/b&gt; ␛\\[31m \\$5 &amp; 10% \\_\\#\\{\\}\\~\\^\\\\ \\[x\\] \\*y\\* \\`z\\` \ufffdabc |\n"
        "| note 3 | 0 | one / two |\n"
    )


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_a_table_without_rows_is_written_with_its_header(form):
    expected = {"table": "a  b\n────\n", "csv": "a,b\n", "json": "[]\n", "md": "| a | b |\n| --- | --- |\n"}
    assert render(Table(("a", "b"), ()), form) == expected[form]


def test_long_texts_are_narrowed_first_and_words_stay_whole():
    words = "Integration of neighbourhood services and associations"
    table = Table(("source", "kind", "unattributed", "passage"), (("a1", "interview", 12, words * 3),) * 2)
    head, _, *rows = render(table, "table", 50).splitlines()
    assert head == "source  kind       unattributed  passage"
    assert rows[0] == "a1      interview            12  Integration of"
    assert set(" ".join(row[33:] for row in rows).split()) == set((words * 3).split()) or len(rows) > 6
    assert all(word in " ".join(rows) for word in ("neighbourhood", "associations"))


def test_column_headings_wrap_between_words():
    table = Table(("of", "codings without a case"), (("a1", 3), ("second source", 12)))
    assert render(table, "table", 24).splitlines() == [
        "                 codings",
        "               without a",
        "of                  case",
        "────────────────────────",
        "a1                     3",
        "second source         12",
    ]


def test_columns_that_do_not_fit_are_printed_in_a_block_below():
    table = Table(("name", *(f"attribute {letter}" for letter in "abcdef")), (("first", *["interviewing"] * 6),))
    lines = render(table, "table", 40).splitlines()
    assert all(width_of(line) <= 40 for line in lines)
    assert [line.split()[0] for line in lines if "interviewing" in line] == ["first"] * 3
    assert "\n".join(lines).count("interviewing") == 6


@given(TABLES)
@example(Table(("a", "n", "b"), (("第一", 3, "x"), ("", -10, "x\u0301y"), ("a  b", 0, ""))))
def test_every_cell_begins_at_the_place_of_its_column(table: Table) -> None:
    rows = [[one_line(cell) if isinstance(cell, str) else str(cell) for cell in row] for row in table.rows]
    texts, figures, last = zip(["a", "n", "b"], *rows, strict=True)
    first, second = max(map(width_of, texts)), max(map(width_of, figures))
    body = render(table, "table").split("\n")[2 + 2 * bool(table.title) : -1]
    for line, text, figure, end in zip(body, texts[1:], figures[1:], last[1:], strict=True):
        before = text + " " * (first - width_of(text)) + "  " + " " * (second - len(figure)) + figure
        assert line == f"{before}  {end}".rstrip()
