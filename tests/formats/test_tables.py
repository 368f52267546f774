from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_matrix import HOSTILE

from sibtui.formats.spreadsheet import restore
from sibtui.formats.tables import TABLE_FORMATS, render
from sibtui.formats.terminal import width_of
from sibtui.model.table import Table

TABLE = Table(
    ("source", "quotes", "text"),
    (("note 1", 12, "She spoke for a long while of the group"), ("第一", 3, HOSTILE), ("note 3", 0, "one\n\ntwo")),
    "Codings",
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=15)
TABLES = st.lists(st.tuples(TEXT, st.integers(), TEXT), max_size=4).map(
    lambda rows: Table(("a", "n", "b"), tuple(rows))
)


def test_text_is_aligned_and_numbers_stand_right():
    assert render(TABLE, "table") == (
        "Codings\n"
        "\n"
        "source  quotes  text\n"
        "────────────────────────────────────────────────────────────────────────\n"
        "note 1      12  She spoke for a long while of the group\n"
        "第一         3  =cmd <b>|</b> ␛[31m $5 & 10% _#{}~^\\ [x] *y* `z` \ufffdabc\n"
        "note 3       0  one two\n"
    ).replace("─" * 72, "─" * (16 + width_of("=cmd <b>|</b> ␛[31m $5 & 10% _#{}~^\\ [x] *y* `z` \ufffdabc")))


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
def test_the_terminal_gets_no_control_character_but_the_end_of_line(table, width):
    assert all(ch == "\n" or ch.isprintable() or ord(ch) > 0x9F for ch in render(table, "table", width))


@given(TABLES)
def test_json_parses_back(table):
    assert json.loads(render(table, "json")) == [dict(zip("anb", row, strict=True)) for row in table.rows]


@given(TABLES)
def test_csv_parses_back(table):
    _, *read = csv.reader(io.StringIO(render(table, "csv"), newline=""))
    assert tuple((restore(a), int(n), restore(b)) for a, n, b in read) == table.rows


def test_json_is_readable_and_inert():
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
        "| note 3 | 0 | one<br><br>two |\n"
    )


@pytest.mark.parametrize("form", TABLE_FORMATS)
def test_a_table_without_rows_is_a_table(form):
    expected = {"table": "a  b\n────\n", "csv": "a,b\n", "json": "[]\n", "md": "| a | b |\n| --- | --- |\n"}
    assert render(Table(("a", "b"), ()), form) == expected[form]
