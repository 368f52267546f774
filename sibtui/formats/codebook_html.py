"""The codebook as a page: themes, their codes below them, what each means and how often it was used."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sibtui.formats.codebook_parts import entries
from sibtui.formats.html_page import DOCUMENT_STYLE, lines, page, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.report import CodeFigures

NO_FIGURES: Mapping[str, CodeFigures] = MappingProxyType({})
_DEEPEST = 6


def render(
    codes: Sequence[CodeDraft], figures: Mapping[str, CodeFigures] = NO_FIGURES, *, title: str = "Codebook"
) -> str:
    """`figures` are by path; a code without any is told without counts."""
    return page(title, [f"<h1>{text(title)}</h1>", *section(codes, figures, level=2)], DOCUMENT_STYLE)


def section(codes: Sequence[CodeDraft], figures: Mapping[str, CodeFigures], *, level: int) -> list[str]:
    """The codes' entries; themes have headings of `level`, codes of the next ones."""
    made = []
    for entry in entries(codes, figures):
        heading = f"h{min(level + entry.depth, _DEEPEST)}"
        made.append(f"<{heading}>{text(entry.name)}</{heading}>")
        if entry.facts:
            made.append(f'<p class="said">{text(entry.facts)}</p>')
        if entry.fields:
            fields = "".join(f"<dt>{label}</dt><dd>{lines(told)}</dd>" for label, told in entry.fields)
            made.append(f"<dl>{fields}</dl>")
    return made
