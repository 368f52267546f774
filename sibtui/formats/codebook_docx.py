"""The codebook as a Word document, its headings those of its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codebook_html import NO_FIGURES
from sibtui.formats.codebook_parts import entries
from sibtui.formats.word import Document, Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.report import CodeFigures

_DEEPEST = 6


def render(
    codes: Sequence[CodeDraft], figures: Mapping[str, CodeFigures] = NO_FIGURES, *, title: str = "Codebook"
) -> bytes:
    """`figures` are by path; a code without any is told without counts."""
    document = Document(title)
    document.heading(title, 1)
    for entry in entries(codes, figures):
        document.heading(entry.name, min(entry.depth + 2, _DEEPEST))
        if entry.facts:
            document.paragraph([Run(entry.facts, small=True)])
        for label, told in entry.fields:
            document.paragraph([Run(f"{label}: ", italic=True), Run(told)])
    return document.save()
