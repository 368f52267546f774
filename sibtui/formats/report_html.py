"""A whole study as one page: its method in figures, its tables, codebook, matrices and their evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.formats import codebook_html, evidence_html
from sibtui.formats.evidence_parts import DEFAULT, name_of
from sibtui.formats.html_page import DOCUMENT_STYLE, page, paragraphs, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.report import StudyReport, Telling
    from sibtui.model.table import Table


def render(report: StudyReport, *, telling: Telling = DEFAULT) -> str:
    """The page; it needs no script and fetches nothing, so it can be put on file or printed as it is."""
    title = report.title.strip() or "A study"
    body = [f"<h1>{text(title)}</h1>", *paragraphs(report.description), *_contents(report)]
    for number, given in enumerate(report.tables, 1):
        body += [f'<section id="table-{number}">', f"<h2>{text(_named(given, number))}</h2>"]
        body += [*table(replace(given, title="")), "</section>"]
    if report.codes:
        body += ['<section id="codebook">', "<h2>Codebook</h2>"]
        body += [*codebook_html.section(report.codes, report.figures, level=3), "</section>"]
    for number, evidence in enumerate(report.matrices, 1):
        body += evidence_html.section(evidence, number, telling=telling)
    return page(title, body, DOCUMENT_STYLE)


def _contents(report: StudyReport) -> list[str]:
    items = [f'<li><a href="#{place}">{text(name)}</a></li>' for place, name in _places(report)]
    return ['<nav aria-label="Contents">', "<ol>", *items, "</ol>", "</nav>"] if items else []


def _places(report: StudyReport) -> Iterator[tuple[str, str]]:
    for number, given in enumerate(report.tables, 1):
        yield f"table-{number}", _named(given, number)
    if report.codes:
        yield "codebook", "Codebook"
    for number, evidence in enumerate(report.matrices, 1):
        yield f"matrix-{number}", name_of(evidence.matrix)


def _named(given: Table, number: int) -> str:
    return given.title.strip() or f"Table {number}"
