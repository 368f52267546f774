from __future__ import annotations

import re
from dataclasses import replace

from drawing import report_in
from sample_evidence import BROKERING, EVIDENCE, NOTHING, PEERS
from sample_matrix import HOSTILE, MATRIX
from test_codebook_documents import CODES, FIGURES
from test_matrices import ELEMENTS, Page

from sibtui.formats.documents.evidence import TracedPlaces
from sibtui.formats.documents.report_matrices import shaded_table
from sibtui.model.claims.claim import Claim
from sibtui.model.claims.verdicts import CheckedClaim
from sibtui.model.matrix import CellSummary, LinkedQuote
from sibtui.model.report_values import AppendixOptions, StudyReport
from sibtui.model.table import Table

WORDS = replace(
    EVIDENCE.matrix,
    show="summary",
    rows=(
        replace(
            EVIDENCE.matrix.rows[0],
            cells=(
                replace(
                    EVIDENCE.matrix.rows[0].cells[0],
                    summaries=(
                        CellSummary(f"They met [1], and {HOSTILE} [2] [9].", "login-name", "2024-05-01T10:00:00Z"),
                    ),
                ),
                *EVIDENCE.matrix.rows[0].cells[1:],
            ),
        ),
        *EVIDENCE.matrix.rows[1:],
    ),
    linked=(
        LinkedQuote(1, "Weekly meetings, by her account.", "note 2", "120:180", "Working/Brokering", 2),
        LinkedQuote(2, "We met", "note 1", "120:126"),
    ),
)
"""The sample matrix with a summary that links to a coding, to a place, and to a number without a quote."""
CLAIMS = (
    CheckedClaim(
        Claim("C1", "In all four.", "p. 4", rows=((MATRIX.name, BROKERING), ("gone", "Row")), statement="in all"),
        "contradicted", "2 of 4: SIB A, SIB C", ("SIB B: absent",),
    ),
    CheckedClaim(Claim("C2", HOSTILE, codebook="themes", statement="six"), "holds", "6"),
    CheckedClaim(Claim("C3", "No rows."), "not checkable", "", ("the claim has no rows",)),
)  # fmt: skip
SENSITIVITY = Table(
    ("matrix", "row", "column", "quotes", "sources", "hangs on"),
    ((MATRIX.name, BROKERING, "SIB A", 3, 1, (f"source {HOSTILE}", "kind interview")), (MATRIX.name, PEERS, "SIB D", 2, 2, ())),
    below=("2 X in computed cells; 1 of them hangs on one thing.",),
)  # fmt: skip
SATURATION = Table(("interview", "new", "so far"), (("a1", 4, 4), ("a2", 1, 5), ("a3", 0, 5)), below=("One sentence.",))
COVERAGE = Table(
    ("source", "coded %", "codings", "read by", "due for"),
    (("a1", 50, 3, ("login-name",), 0), ("all", 50, 3, (), "")),
    below=("coded %: a share.", "due for: the codes."),
)
PAIRS = Table(("code", "other code", "meetings"), tuple((f"Theme/Code {at}", "Theme/Other", at) for at in range(1, 15)))
REPORT = StudyReport(
    "Working in four programmes",
    "What it was about.\n\nIn two paragraphs.\n<b>Not bold</b>",
    (
        Table(("Figure", "Value"), (("Cases", 4), ("Kinds of source", HOSTILE)), "The method in figures"),
        Table(("a",), ()),
    ),
    CODES,
    FIGURES,
    (EVIDENCE, replace(NOTHING, matrix=replace(NOTHING.matrix, name="table-2"))),
    (("sources", "18"),),
    CLAIMS,
    (WORDS,),
    SENSITIVITY,
    SATURATION,
    PAIRS,
    ("A part: left out.",),
    COVERAGE,
    {"saturation": '<svg role="img"><title>Saturation</title></svg>'},
)


def test_contents_of_a_report_link_to_every_part():
    written = report_in("html", REPORT)
    page = Page()
    page.feed(written)
    page.close()
    assert page.open == []
    assert page.links <= page.ids
    assert len(re.findall(r' id="', written)) == len(page.ids)
    assert re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', written) == [
        ("matrix-1", "Types of working in each SIB"),
        ("matrix-2", "Quotes"),
        ("words", "The tables in words"),
        ("claims", "Do the tables bear out the paper?"),
        ("sensitivity", "What the marks depend on"),
        ("saturation", "New codes by interview"),
        ("coverage", "What is coded in each source"),
        ("together", "Codes that occur together"),
        ("left-out", "Not in this report"),
        ("table-1", "The method in figures"),
        ("table-2", "Table 2"),
        ("codebook", "Codebook"),
        ("quotes", "Quotes"),
    ]
    assert "<p>What it was about.</p>\n<p>In two paragraphs.<br>&lt;b&gt;Not bold&lt;/b&gt;</p>" in written


def test_report_has_no_scripts_and_loads_nothing():
    written = report_in("html", REPORT)
    page = Page()
    page.feed(written)
    extra = {"section", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "footer", "dl", "dt", "dd"}
    extra |= {"main", "div", "span", "small", "svg", "title"}
    assert page.seen <= ELEMENTS | extra
    assert "default-src 'none'" in written
    assert not re.search(r'(?:src|href)="(?!#)|url\(|@import|javascript:|\son\w+=', written)


def test_report_of_an_empty_study_is_a_page():
    written = report_in("html", StudyReport(" "))
    assert "<h1>A study</h1>" in written
    assert "<nav" not in written


def test_each_mark_has_its_shade_and_the_figures_on_which_it_rests():
    written = report_in("html", REPORT)
    assert re.search(r'<td id="m1-cell-0-0" class="s4"><a href="#m1-evidence-0-0" title="[^"]*present; 3 firm', written)
    assert "<small>3 · 2</small></a>" in written
    assert re.search(r'class="s\d split"><a [^>]*>◐<small>2 : 1</small>', written)
    assert '<td class="quiet">' in written
    assert "<small>no data</small>" in written
    assert "<small>1 against</small>" in written
    assert 'class="judged"' in written
    assert re.search(r"no mark = [a-z]", written)
    assert "(blank)" not in written


def test_the_cells_of_a_report_are_made_when_they_are_read():
    table = shaded_table(MATRIX, 1)
    first, again = (next(iter(table.rows)) for _ in range(2))
    assert first == again
    assert first is not again
    assert len(table.rows) == len(MATRIX.rows)


def test_the_traced_places_are_those_of_cells_with_codings_or_a_judgement():
    places = TracedPlaces(EVIDENCE.matrix)
    expected = [
        (at, column)
        for at, row in enumerate(EVIDENCE.matrix.rows)
        for column, cell in enumerate(row.cells)
        if cell.has_codings or cell.judgement is not None
    ]
    assert list(places) == expected
    assert len(places) == len(expected) > 0
    assert {(0, column): (0, column) in places for column in range(4)} == {
        (0, column): (0, column) in expected for column in range(4)
    }


def test_a_summary_links_to_its_quotes_and_names_no_coder():
    written = report_in("html", REPORT)
    (cell,) = re.findall(r"<td data-label=\"SIB A\">They met.*?</td>", written)
    assert re.findall(r'href="#([^"]+)">\[(\d)\]', cell) == [("m1-quote-0-0-2", "1"), ("m1-evidence-0-0", "2")]
    assert '<blockquote id="m1-quote-0-0-2" class="tentative"><p>Weekly' in written
    assert "<footer>[1] note 2, 120–180" in written
    assert "login-name" not in written
    assert "login-name: They met" in report_in("html", REPORT, options=AppendixOptions(coders=True))


def test_claims_come_with_their_verdicts_the_contradicted_ones_first():
    written = report_in("html", REPORT)
    verdicts = re.findall(r'<td class="(\w+)" data-label="verdict">([^<]+)<', written)
    assert verdicts == [("bad", "contradicted"), ("quiet", "not checkable"), ("good", "holds")]
    assert f'<a href="#m1-row-0">{MATRIX.name} / {BROKERING}</a><br>gone / Row' in written
    assert "3 claims: 1 holds, 0 with reserve, 1 contradicted, 1 not checkable." in written
    assert '<dl class="tiles"><div><dt>sources</dt><dd>18</dd></div><div><dt>claims hold</dt><dd>1 of 3</dd>' in written


def test_only_cells_that_hang_on_one_thing_are_listed():
    written = report_in("html", replace(REPORT, claims=()))
    part = written.split('id="sensitivity"')[1].split("</section>")[0]
    assert part.count("<tr>") == 2
    assert '<a href="#m1-cell-0-0">Brokering by staff (EX: link workers), SIB A</a>' in part
    assert "hangs on one thing" in part


def test_the_strongest_pairs_of_codes_have_bars_and_the_others_are_counted():
    written = report_in("html", REPORT)
    part = written.split('id="together"')[1].split("</section>")[0]
    assert re.findall(r"width:([\d.]+)em", part)[:2] == ["5.00", "4.64"]
    assert part.count("<tr>") == 13
    assert "2 more pairs: the report “cooccurrence” lists all." in part
    assert part.index("Code 14") < part.index("Code 13")


def test_a_wide_table_scrolls_by_key_and_has_a_name():
    written = report_in("html", REPORT)
    assert written.count('<div class="scroll" role="region"') == written.count("<table")
    assert not re.search(r'aria-label=""', written)


def test_a_picture_is_above_its_table_and_the_page_is_whole_without_pictures():
    written = report_in("html", REPORT)
    picture = r'<div class="picture" [^>]*aria-label="Picture: [^"]+"[^>]*>(<svg role="img"><title>Saturation</title></svg>)?.*?</div>\n'
    assert re.search(picture + '<div class="scroll"', written)[1]
    without = report_in("html", replace(REPORT, pictures={}))
    assert without == re.sub(picture, "", written)


def test_the_coded_share_of_a_source_names_no_coder():
    part = report_in("html", REPORT).split('id="coverage"')[1].split("</section>")[0]
    assert "read by" not in part
    assert "due for" not in part
    assert "login-name" not in part
    assert part.count("<tr>") == 2
