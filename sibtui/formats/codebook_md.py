"""The codebook as GitHub Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats import markdown
from sibtui.formats.codebook_html import NO_FIGURES
from sibtui.formats.codebook_parts import entries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.report import CodeFigures

_DEEPEST = 6


def render(
    codes: Sequence[CodeDraft], figures: Mapping[str, CodeFigures] = NO_FIGURES, *, title: str = "Codebook"
) -> str:
    """`figures` are by path; a code without any is told without counts."""
    blocks = [f"# {markdown.escape(title)}"]
    for entry in entries(codes, figures):
        blocks.append(f"{'#' * min(entry.depth + 2, _DEEPEST)} {markdown.escape(entry.name)}")
        blocks += [markdown.paragraph(entry.facts)] if entry.facts else []
        blocks += [f"*{label}:* {markdown.escape_lines(told)}" for label, told in entry.fields]
    return "\n\n".join(blocks) + "\n"
