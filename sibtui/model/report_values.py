"""Values for documents about a study: matrices with their evidence, figures of codes, figures of the method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sibtui.model.arguments import as_names
from sibtui.model.codebook import split_path
from sibtui.model.drafts import CodeDraft, StudyDraft
from sibtui.model.matrix import CellEvidence, Matrix
from sibtui.model.table import Table


@dataclass(frozen=True, slots=True)
class AppendixOptions:
    """The optional parts of an appendix. Coders are left out by default because a coder is often a login name."""

    coders: bool = False
    memos: bool = False


@dataclass(frozen=True, slots=True)
class MatrixEvidence:
    """A computed matrix and the codings behind its cells.

    `verbatim` names the sources that hold spoken words. A quote from any other source is a paraphrase and is printed without quotation
    marks.
    """

    matrix: Matrix
    cells: tuple[CellEvidence, ...]
    verbatim: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """The counts of a code, without its sub-codes."""

    quotes: int
    sources: int
    cases: int


@dataclass(frozen=True, slots=True)
class StudyReport:
    """A whole study as one document. It begins with `tables`; `figures` maps paths of codes to their counts."""

    title: str
    description: str = ""
    tables: tuple[Table, ...] = ()
    codes: tuple[CodeDraft, ...] = ()
    figures: Mapping[str, CodeFigures] = field(default_factory=dict)
    matrices: tuple[MatrixEvidence, ...] = ()


def method_figures(draft: StudyDraft) -> Table:
    """Return a table of figures on the material, the codebook and the coding, for the method section of a paper."""
    return Table(("Figure", "Value"), (*_material(draft), *_codebook(draft), *_coding(draft)), "The method in figures")


def _material(draft: StudyDraft) -> list[tuple[str, str | int]]:
    sources = draft.sources
    read = sum(source.reading == "read" for source in sources)
    return [
        ("Cases", len(draft.cases)),
        ("Sources", len(sources)),
        ("Kinds of source", _counts(source.kind for source in sources)),
        ("Sources that hold words as spoken", sum(source.fidelity == "verbatim" for source in sources)),
        ("Sources on several cases", sum(len(as_names(source.cases)) > 1 for source in sources)),
        ("Sources read to the end", read),
        ("Characters of text", sum(len(source.text) for source in sources)),
    ]


def _codebook(draft: StudyDraft) -> list[tuple[str, str | int]]:
    depths = Counter(len(split_path(code.path)) for code in draft.codes)
    return [
        ("Themes", depths[1]),
        ("Codes below them", depths.total() - depths[1]),
        ("Origins of codes", _counts(code.origin or "deductive" for code in draft.codes)),
        ("States of codes", _counts(code.status or "active" for code in draft.codes)),
    ]


def _coding(draft: StudyDraft) -> list[tuple[str, str | int]]:
    codings = draft.codings
    days = sorted(coding.created[:10] for coding in codings if coding.created)
    span = [("Coded from", days[0]), ("Coded until", days[-1])] if days else []
    return [
        ("Coders", len({coding.coder for coding in codings if coding.coder})),
        ("Codings", len(codings)),
        ("Codings that counter", sum(coding.stance == "counters" for coding in codings)),
        ("Codings that are tentative", sum(coding.certainty == "tentative" for coding in codings)),
        ("Codings not yet given to a case", sum(not coding.cases for coding in codings)),
        ("Matrices", len(draft.matrices)),
        *span,
    ]


def _counts(kinds: Iterable[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in Counter(kinds).most_common())
