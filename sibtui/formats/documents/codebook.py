"""The codebook as a document. Each code has a heading at its level in the tree, its counts, and its definition."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sibtui.formats.documents.model import Document, FieldList, Paragraph, Section
from sibtui.model.codebook import split_path
from sibtui.model.text import line_in_file, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.formats.documents.model import Block
    from sibtui.model.drafts import CodeDraft
    from sibtui.model.report_values import CodeFigures

CodeAgreement = tuple[tuple[str, ...], str]
"""The coders who proposed a code, and the day on which the proposal was accepted."""
NO_FIGURES: Mapping[str, CodeFigures] = MappingProxyType({})
NO_AGREEMENTS: Mapping[str, CodeAgreement] = MappingProxyType({})
_FIELDS = (
    ("Definition", "definition"),
    ("When to use", "include"),
    ("When not to use", "exclude"),
    ("Example", "example"),
)


def codebook_document(
    codes: Sequence[CodeDraft],
    figures: Mapping[str, CodeFigures] = NO_FIGURES,
    *,
    agreed: Mapping[str, CodeAgreement] = NO_AGREEMENTS,
    title: str = "Codebook",
) -> Document:
    """Return the codebook as a document, with a section for each code.

    `figures` is a map: path of a code → how many quotes, sources and cases it has. A code that is not in the map is
    shown without counts.

    `agreed` is a map: path of a code → (coders who proposed the code, day on which the proposal was accepted). Only
    codes with an accepted proposal are in it.
    """
    return Document(title, (Section(title, code_sections(codes, figures, agreed)),))


def code_sections(
    codes: Sequence[CodeDraft],
    figures: Mapping[str, CodeFigures] = NO_FIGURES,
    agreed: Mapping[str, CodeAgreement] = NO_AGREEMENTS,
) -> tuple[Section, ...]:
    """Return a section of the document for each code, in the order of `codes`.

    `figures` and `agreed` are explained at `codebook_document`. The history of a code (created, renamed, merged) is
    shown without the names of coders, because these are often login names.
    """
    return tuple(_section(code, figures.get(code.path), agreed.get(code.path)) for code in codes)


def _section(code: CodeDraft, figures: CodeFigures | None, agreed: CodeAgreement | None) -> Section:
    names = split_path(code.path) or ("",)
    return Section(line_in_file(names[-1]), tuple(_blocks(code, figures, agreed)), depth=len(names) - 1)


def _blocks(code: CodeDraft, figures: CodeFigures | None, agreed: CodeAgreement | None) -> Iterator[Block]:
    facts: list[str] = [fact for fact in (code.origin, code.status) if fact]
    if figures is not None:
        facts += [plural(figures.quotes, "quote"), plural(figures.sources, "source"), plural(figures.cases, "case")]
    if facts:
        yield Paragraph(", ".join(facts), facts=True)
    fields = [(label, text) for label, field in _FIELDS if (text := getattr(code, field)).strip()]
    if agreed is not None:
        coders, day = agreed
        fields.append(
            ("Proposed by", "; ".join(filter(None, (", ".join(map(line_in_file, coders)), day and f"agreed {day}"))))
        )
    if code.lineage:
        fields.append(("History", "; ".join(f"{e.event} {e.at[:10]}: {line_in_file(e.path)}" for e in code.lineage)))
    if fields:
        yield FieldList(tuple(fields))
