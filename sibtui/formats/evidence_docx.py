"""The evidence appendix as a Word document: each mark of a table leads to its quotes, and these lead back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats import matrix_docx
from sibtui.formats.evidence_parts import DEFAULT, entries, explained, name_of
from sibtui.formats.word import Document, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.formats.evidence_parts import Entry, Quote
    from sibtui.model.report import MatrixEvidence, Telling


def render(matrices: Sequence[MatrixEvidence], *, title: str = "Evidence", telling: Telling = DEFAULT) -> bytes:
    document = Document(title, landscape=matrix_docx.is_wide(*(evidence.matrix for evidence in matrices)))
    document.heading(title, 1)
    for number, evidence in enumerate(matrices, 1):
        _matrix(document, evidence, number, telling)
    return document.save()


def _matrix(document: Document, evidence: MatrixEvidence, number: int, telling: Telling) -> None:
    found = list(entries(evidence, telling))
    linked = {(entry.row, entry.column) for entry in found}

    def named(kind: str, row: int, column: int) -> str:
        return f"m{number}_{kind}_{row}_{column}" if (row, column) in linked else ""

    document.heading(name_of(evidence.matrix), 2)
    matrix_docx.write(
        document,
        evidence.matrix,
        lambda row, column: named("evidence", row, column),
        lambda row, column: named("cell", row, column),
        caption=False,
    )
    if found:
        document.paragraph([Run(explained(evidence), italic=True)])
    for entry in found:
        here, back = named("evidence", entry.row, entry.column), named("cell", entry.row, entry.column)
        _entry(document, entry, here, back)


def _entry(document: Document, entry: Entry, here: str, back: str) -> None:
    document.heading(entry.heading, 3, bookmark=here, after=(Run(" "), Run("↑", link=back)))
    document.paragraph([Run(entry.said)])
    if entry.judged:
        document.paragraph([Run(entry.judged)])
    for quote in entry.quotes:
        _quote(document, quote)


def _quote(document: Document, quote: Quote) -> None:
    memo = (Run(f"\n{quote.memo}", italic=True),) if quote.memo.strip() else ()
    document.paragraph([Run(quote.words), Run(f"\n— {quote.where}", small=True), *memo], style="ListBullet")
