"""The evidence appendix as a page: each mark of a table leads to its quotes, and these lead back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.evidence_parts import DEFAULT, entries, explained, name_of
from sibtui.formats.html_page import DOCUMENT_STYLE, lines, page, text
from sibtui.formats.matrix_html import section as matrix_section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.formats.evidence_parts import Entry, Quote
    from sibtui.model.report import MatrixEvidence, Telling


def render(matrices: Sequence[MatrixEvidence], *, title: str = "Evidence", telling: Telling = DEFAULT) -> str:
    """All matrices with their evidence as one page."""
    body = [f"<h1>{text(title)}</h1>"]
    for number, evidence in enumerate(matrices, 1):
        body += section(evidence, number, telling=telling)
    return page(title, body, DOCUMENT_STYLE)


def section(evidence: MatrixEvidence, number: int, *, level: int = 2, telling: Telling = DEFAULT) -> list[str]:
    """One matrix and its evidence. `number` tells it from the page's other matrices; its own id is `matrix-<number>`."""
    ids = f"m{number}-"
    found = list(entries(evidence, telling))
    linked = {(entry.row, entry.column) for entry in found}
    made = [f'<section id="matrix-{number}">', f"<h{level}>{text(name_of(evidence.matrix))}</h{level}>"]
    made += matrix_section(
        evidence.matrix, ids, lambda row, column: _id(ids, row, column) if (row, column) in linked else ""
    )
    if found:
        made.append(f'<p class="said">{text(explained(evidence))}</p>')
    for entry in found:
        made += _entry(entry, ids, level + 1)
    return [*made, "</section>"]


def _entry(entry: Entry, ids: str, level: int) -> list[str]:
    back = f' <a class="back" href="#{ids}cell-{entry.row}-{entry.column}" title="back to the table">↑</a>'
    return [
        f'<section id="{_id(ids, entry.row, entry.column)}">',
        f"<h{level}>{text(entry.heading)}{back}</h{level}>",
        f'<p class="said">{text(entry.said)}</p>',
        *([f'<p class="said">{text(entry.judged)}</p>'] if entry.judged else []),
        *map(_quote, entry.quotes),
        "</section>",
    ]


def _quote(quote: Quote) -> str:
    memo = f"<br>{lines(quote.memo)}" if quote.memo.strip() else ""
    return f"<blockquote><p>{lines(quote.words)}</p><footer>{text(quote.where)}{memo}</footer></blockquote>"


def _id(ids: str, row: int, column: int) -> str:
    return f"{ids}evidence-{row}-{column}"
