"""The report of a whole study as one document: figures for the method section, tables, codebook, matrices and evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.formats.documents.codebook import code_sections
from sibtui.formats.documents.evidence import DEFAULT, evidence_section
from sibtui.formats.documents.lists import list_table
from sibtui.formats.documents.model import Document, LinkList, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.documents.model import Block
    from sibtui.model.report_values import AppendixOptions, StudyReport


def report_document(report: StudyReport, *, options: AppendixOptions = DEFAULT) -> Document:
    """Return the report as a document, which begins with the description of the study and a list of contents."""
    title = report.title.strip() or "A study"
    sections = tuple(_sections(report, options))
    blocks: list[Block] = [Paragraph(text) for block in report.description.split("\n\n") if (text := block.strip())]
    if sections:
        blocks.append(LinkList(tuple((section.title, section.anchor) for section in sections)))
    return Document(title, (Section(title, (*blocks, *sections)),))


def _sections(report: StudyReport, options: AppendixOptions) -> Iterator[Section]:
    for number, table in enumerate(report.tables, 1):
        block = replace(list_table(table), title="")
        yield Section(table.title.strip() or f"Table {number}", (block,), anchor=f"table-{number}")
    if report.codes:
        yield Section("Codebook", code_sections(report.codes, report.figures), anchor="codebook")
    for number, evidence in enumerate(report.matrices, 1):
        yield evidence_section(evidence, number, options)
