from __future__ import annotations

import re

from drawing import report_in
from sample_evidence import EVIDENCE, NOTHING
from sample_matrix import HOSTILE
from test_codebook_documents import CODES, FIGURES
from test_matrices import ELEMENTS, Page

from sibtui.model.report_values import StudyReport
from sibtui.model.table import Table

REPORT = StudyReport(
    "Working in four programmes",
    "What it was about.\n\nIn two paragraphs.\n<b>Not bold</b>",
    (
        Table(("Figure", "Value"), (("Cases", 4), ("Kinds of source", HOSTILE)), "The method in figures"),
        Table(("a",), ()),
    ),
    CODES,
    FIGURES,
    (EVIDENCE, NOTHING),
)


def test_contents_of_a_report_link_to_every_part():
    written = report_in("html", REPORT)
    page = Page()
    page.feed(written)
    page.close()
    assert page.open == []
    assert page.links <= page.ids
    assert len(re.findall(r' id="', written)) == len(page.ids)
    assert re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', written)[:6] == [
        ("table-1", "The method in figures"),
        ("table-2", "Table 2"),
        ("codebook", "Codebook"),
        ("matrix-1", "Types of working in each SIB"),
        ("matrix-2", "Quotes"),
    ]
    assert "<p>What it was about.</p>\n<p>In two paragraphs.<br>&lt;b&gt;Not bold&lt;/b&gt;</p>" in written


def test_report_has_no_scripts_and_loads_nothing():
    written = report_in("html", REPORT)
    page = Page()
    page.feed(written)
    extra = {"section", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "footer", "dl", "dt", "dd"}
    assert page.seen <= ELEMENTS | extra
    assert "default-src 'none'" in written
    assert not re.search(r'(?:src|href)="(?!#)|url\(|@import|javascript:|\son\w+=', written)


def test_report_of_an_empty_study_is_a_page():
    written = report_in("html", StudyReport(" "))
    assert "<h1>A study</h1>" in written
    assert "<nav" not in written
