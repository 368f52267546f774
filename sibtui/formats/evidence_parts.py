"""What an evidence appendix says of each cell, in plain words, for each format to escape and link in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.report import Telling
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.matrix import Cell, CellEvidence, Matrix
    from sibtui.model.records import Coding
    from sibtui.model.report import MatrixEvidence

DEFAULT = Telling()
PLACES = (
    "Places are counted in characters of the source’s text. Words stand between quotation marks where they were taken "
    "down as spoken; the rest is paraphrase."
)
OVERLAPPING = "Quotes that overlap in a row count once."


@dataclass(frozen=True, slots=True)
class Quote:
    """One coding. `words` stand between quotation marks if they are words as spoken; `where` tells place, code and doubts."""

    words: str
    where: str
    memo: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that has something behind it. `row`, `column`: indexes; `heading`, `said`, `judged`: one line each, or ""."""

    row: int
    column: int
    heading: str
    said: str
    judged: str
    quotes: tuple[Quote, ...]


def entries(evidence: MatrixEvidence, telling: Telling = DEFAULT) -> Iterator[Entry]:
    """The cells that have codings or a judgement, in reading order."""
    behind = {(cell.row, cell.column): cell for cell in evidence.cells}
    for at, row in enumerate(evidence.matrix.rows):
        for column, (label, cell) in enumerate(zip(evidence.matrix.columns, row.cells, strict=True)):
            found = behind.get((row.label, label))
            if found is not None or cell.judgement is not None:
                yield Entry(
                    at,
                    column,
                    f"{one_line(row.label)} – {one_line(label)}",
                    _said(cell, found),
                    _judged(cell, telling),
                    tuple(_quote(coding, evidence, telling) for coding in (found.codings if found else ())),
                )


def name_of(matrix: Matrix) -> str:
    return one_line(matrix.title) or one_line(matrix.name) or "Matrix"


def explained(evidence: MatrixEvidence) -> str:
    """How to read the quotes: a line to stand before them."""
    counted = {
        (row.label, column): cell.quotes + cell.tentative + cell.counter
        for row in evidence.matrix.rows
        for column, cell in zip(evidence.matrix.columns, row.cells, strict=True)
    }
    overlap = any(len(cell.codings) > counted.get((cell.row, cell.column), 0) for cell in evidence.cells)
    return f"{PLACES} {OVERLAPPING}" if overlap else PLACES


def _said(cell: Cell, found: CellEvidence | None) -> str:
    if found is None:
        return f"{cell.state}: no quotes"
    told = [f"{_some(cell.quotes, 'quote')} from {_some(cell.sources, 'source')}"] if cell.quotes else []
    told += [f"{cell.tentative} tentative"] if cell.tentative else []
    told += [f"{cell.counter} of counter-evidence"] if cell.counter else []
    rests = {"single quote": "rests on a single quote", "single source": "rests on a single source"}
    ends = rests.get(found.fragility or "", found.fragility or "")
    return f"{cell.state}: {', '.join(told)}{f'; {ends}' if ends else ''}"


def _judged(cell: Cell, telling: Telling) -> str:
    judgement = cell.judgement
    if judgement is None:
        return ""
    by = f" by {one_line(judgement.coder)}" if telling.coders and judgement.coder else ""
    stale = "; the evidence has changed since" if cell.stale else ""
    return f"Judged {judgement.verdict}{by} on {judgement.at[:10]} (computed: {cell.computed}{stale}): {one_line(judgement.because)}"


def _quote(coding: Coding, evidence: MatrixEvidence, telling: Telling) -> Quote:
    words = f"“{coding.quote}”" if coding.source in evidence.verbatim else coding.quote
    where = [f"{one_line(coding.source)}, {coding.segment.start}–{coding.segment.end}", one_line(coding.code)]
    where += ["counter-evidence"] if coding.stance == "counters" else []
    where += ["tentative"] if coding.certainty == "tentative" else []
    where += [f"coded by {one_line(coding.coder)}"] if telling.coders and coding.coder else []
    return Quote(words, " · ".join(where), coding.memo if telling.memos else "")


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
