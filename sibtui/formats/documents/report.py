"""The report of a whole study as one document: matrices, summaries, claims, other tables, codebook and quotes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sibtui.formats.documents.codebook import code_sections
from sibtui.formats.documents.evidence import DEFAULT, READING_NOTE, TracedPlaces, evidence_entries, name_of
from sibtui.formats.documents.lists import list_table
from sibtui.formats.documents.model import Document, FieldList, LazyBlocks, LinkList, Paragraph, Section
from sibtui.formats.documents.report_matrices import (
    READING_A_MATRIX,
    Links,
    evidence_name,
    matrix_name,
    shaded_table,
    summary_links,
    words_table,
)
from sibtui.formats.documents.report_tables import (
    claims_table,
    cooccurrence_table,
    coverage_table,
    holding_claims,
    saturation_table,
    sensitivity_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.documents.model import Block
    from sibtui.model.matrix import Matrix
    from sibtui.model.report_values import AppendixOptions, MatrixEvidence, StudyReport


def report_document(report: StudyReport, *, options: AppendixOptions = DEFAULT) -> Document:
    """Return the report on a study as a document.

    It begins with the description of the study, its key figures, and links to the sections. The sections are the
    results, the codebook and the quotes.
    """
    title = report.title.strip() or "A study"
    sections = tuple(_sections(report, options))
    blocks: list[Block] = [Paragraph(text) for block in report.description.split("\n\n") if (text := block.strip())]
    tiles = (*report.key_figures, *holding_claims(report.claims))
    if tiles:
        blocks.append(FieldList(tiles, tiles=True))
    if sections:
        blocks.append(LinkList(tuple((section.title, section.anchor) for section in sections)))
    return Document(title, (Section(title, (*blocks, *sections)),), layout="report")


def _sections(report: StudyReport, options: AppendixOptions) -> Iterator[Section]:
    yield from _matrices(report, options)
    yield from _other_reports(report)
    for number, table in enumerate(report.tables, 1):
        block = replace(list_table(table), title="")
        yield Section(table.title.strip() or f"Table {number}", (block,), anchor=f"table-{number}")
    if report.codes:
        yield Section("Codebook", code_sections(report.codes, report.figures), anchor="codebook")
    if any(TracedPlaces(each.matrix) for each in report.matrices):
        yield Section("Quotes", LazyBlocks(partial(_quotes, report, options)), anchor="quotes")


def _quotes(report: StudyReport, options: AppendixOptions) -> Iterator[Block]:
    """Yield a paragraph that explains the quotes, and then a section for each matrix, with the quotes of its cells."""
    yield Paragraph(READING_NOTE, facts=True)
    for number, evidence in enumerate(report.matrices, 1):
        if TracedPlaces(evidence.matrix):
            links: Links = {}
            for words in _summaries(report, evidence):
                links = summary_links(words, evidence)
            entries = LazyBlocks(partial(evidence_entries, evidence, number, options, links))
            yield Section(name_of(evidence.matrix), entries, anchor=evidence_name(number), back=matrix_name(number))


def _summaries(report: StudyReport, evidence: MatrixEvidence) -> list[Matrix]:
    """Return a list with the matrix of the summaries; an empty list if there are no summaries."""
    return [each for each in report.summaries if each.name == evidence.matrix.name]


def _matrices(report: StudyReport, options: AppendixOptions) -> Iterator[Section]:
    """Yield a section for each matrix. If there are summaries, yield one more section with all of them."""
    all_words: list[Section] = []
    for number, evidence in enumerate(report.matrices, 1):
        matrix = evidence.matrix
        remarks = (Paragraph(READING_A_MATRIX, facts=True),) if number == 1 else ()
        yield Section(name_of(matrix), (shaded_table(matrix, number), *remarks), anchor=matrix_name(number))
        for words in _summaries(report, evidence):
            table = words_table(words, number, summary_links(words, evidence), options)
            all_words.append(Section(name_of(words), (table,), anchor=f"words-{number}", back=matrix_name(number)))
    if all_words:
        yield Section("The tables in words", tuple(all_words), anchor="words")


def _other_reports(report: StudyReport) -> Iterator[Section]:
    if report.claims:
        yield Section("Do the tables bear out the paper?", (claims_table(report),), anchor="claims")
    if report.sensitivity is not None:
        yield Section("What the marks depend on", (sensitivity_table(report),), anchor="sensitivity")
    if report.saturation is not None:
        table = replace(saturation_table(report.saturation), picture=report.pictures.get("saturation", ""))
        yield Section("New codes by interview", (table,), anchor="saturation")
    if report.coverage is not None:
        table = replace(coverage_table(report.coverage), picture=report.pictures.get("coverage", ""))
        yield Section("What is coded in each source", (table,), anchor="coverage")
    if report.cooccurrence is not None:
        yield Section("Codes that occur together", (cooccurrence_table(report.cooccurrence),), anchor="together")
    if report.left_out:
        lines = tuple(Paragraph(line, facts=True) for line in report.left_out)
        yield Section("Not in this report", lines, anchor="left-out")
