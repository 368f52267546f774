"""The evidence appendix as GitHub Markdown; marks lead to their quotes and back, where a viewer keeps anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats import markdown, matrix_md
from sibtui.formats.evidence_parts import DEFAULT, entries, explained, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.formats.evidence_parts import Entry, Quote
    from sibtui.model.report import MatrixEvidence, Telling


def render(matrices: Sequence[MatrixEvidence], *, title: str = "Evidence", telling: Telling = DEFAULT) -> str:
    blocks = [f"# {markdown.escape(title)}"]
    for number, evidence in enumerate(matrices, 1):
        blocks += _matrix(evidence, f"m{number}-", telling)
    return "\n\n".join(blocks) + "\n"


def _matrix(evidence: MatrixEvidence, ids: str, telling: Telling) -> list[str]:
    found = list(entries(evidence, telling))
    linked = {(entry.row, entry.column) for entry in found}
    blocks = [f"## {markdown.escape(name_of(evidence.matrix))}", matrix_md.table(evidence.matrix, ids, linked)]
    if found:
        blocks.append(markdown.paragraph(explained(evidence)))
    for entry in found:
        blocks += _entry(entry, ids)
    return blocks


def _entry(entry: Entry, ids: str) -> list[str]:
    place = f"{entry.row}-{entry.column}"
    return [
        f'### <a id="{ids}evidence-{place}"></a>{markdown.escape(entry.heading)} [↑](#{ids}cell-{place})',
        markdown.paragraph(entry.said),
        *([markdown.paragraph(entry.judged)] if entry.judged else []),
        *(_quote(quote) for quote in entry.quotes),
    ]


def _quote(quote: Quote) -> str:
    words = [markdown.paragraph(line) for line in quote.words.split("\n")]
    told = [markdown.paragraph(line) for line in ("— " + quote.where, *quote.memo.split("\n")) if line.strip()]
    return "\n".join(f"> {line}".rstrip() for line in ("<br>\n> ".join(words), "", "<br>\n> ".join(told)))
