"""The appendix of quotes as a document. A matrix cell and the section with its quotes link to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from sibtui.formats.documents.matrix import cell_anchor, evidence_anchor, matrix_table
from sibtui.formats.documents.model import Document, LazyBlocks, Paragraph, Quotation, Section
from sibtui.model.cell_words import beside_quotes, changed_since, evidence_clauses
from sibtui.model.report_values import AppendixOptions, traced_cells
from sibtui.model.text import line_in_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.formats.documents.model import Block, Tone
    from sibtui.model.matrix import Cell, CellEvidence, Matrix
    from sibtui.model.records import Coding
    from sibtui.model.report_values import MatrixEvidence

DEFAULT = AppendixOptions()
NO_LINKS: Mapping[tuple[int, int, int], int] = MappingProxyType({})
READING_NOTE = (
    "Places are counted in characters of the source’s text. Words between quotation marks were taken down as spoken; "
    "the rest is paraphrase. Quotes that overlap in a row count once."
)


def evidence_document(
    matrices: Sequence[MatrixEvidence], *, title: str = "Evidence", options: AppendixOptions = DEFAULT
) -> Document:
    sections = (evidence_section(evidence, number, options) for number, evidence in enumerate(matrices, 1))
    return Document(title, (Section(title, tuple(sections)),))


def evidence_section(evidence: MatrixEvidence, number: int, options: AppendixOptions = DEFAULT) -> Section:
    """Return a section with one matrix and the quotes of its cells.

    `number` is the position of the matrix in the document, from 1. Links find the section by the name
    `matrix-<number>`.
    """
    matrix = evidence.matrix
    linked = TracedPlaces(matrix)

    def blocks() -> Iterator[Block]:
        yield matrix_table(matrix, anchor=matrix_prefix(number), linked=linked, titled=False)
        if linked:
            yield Paragraph(READING_NOTE, facts=True)
        yield from evidence_entries(evidence, number, options)

    return Section(name_of(matrix), LazyBlocks(blocks), anchor=f"matrix-{number}")


def matrix_prefix(number: int) -> str:
    """Return the beginning of all anchors (names for links) of a matrix. `number` is its position, from 1."""
    return f"m{number}-"


class TracedPlaces(Collection[tuple[int, int]]):
    """The places (row index, column index) of the cells that get a section in the appendix of quotes.

    These are the cells with codings, and the cells that a person has judged. If the matrix has only one cell, this cell
    is always included. The places are computed when they are needed, because a large matrix has very many cells.
    """

    def __init__(self, matrix: Matrix) -> None:
        self._rows = matrix.rows
        self._is_one_cell = len(matrix.rows) == len(matrix.columns) == 1  # it was requested, so it is always shown

    def _has(self, cell: Cell) -> bool:
        return cell.has_codings or cell.judgement is not None or self._is_one_cell

    def __contains__(self, place: object) -> bool:
        row, column = cast("tuple[int, int]", place)
        return self._has(self._rows[row].cells[column])

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for at, row in enumerate(self._rows):
            for column, cell in enumerate(row.cells):
                if self._has(cell):
                    yield at, column

    def __len__(self) -> int:
        return sum(1 for _ in self)


def evidence_entries(
    evidence: MatrixEvidence,
    number: int,
    options: AppendixOptions = DEFAULT,
    linked: Mapping[tuple[int, int, int], int] = NO_LINKS,
) -> Iterator[Section]:
    """Yield a section for each cell that has quotes or that a person has judged.

    `number` is the position of the matrix in the document, from 1. `linked` is a map: (row index, column index, id
    of a coding) → number of its quote in the summary of the cell. Such a quote is printed with this number and gets
    an anchor (a name for links).
    """
    for place, traced in traced_cells(evidence):
        yield _entry(evidence, place, traced, matrix_prefix(number), options, linked)


def name_of(matrix: Matrix) -> str:
    """Return the title of a matrix on one line, or its name if it has no title."""
    return line_in_file(matrix.title) or line_in_file(matrix.name) or "Matrix"


def _entry(
    evidence: MatrixEvidence,
    place: tuple[int, int],
    traced: CellEvidence | None,
    prefix: str,
    options: AppendixOptions,
    linked: Mapping[tuple[int, int, int], int],
) -> Section:
    """Return the section about one cell that has quotes or that a person has judged.

    `place` is (row index, column index) of the cell. `traced` is None if the cell has no quotes. `prefix` is the
    beginning of all anchors (names for links) of the matrix. `linked` is explained at `evidence_entries`.
    """
    row, column = evidence.matrix.rows[place[0]], evidence.matrix.columns[place[1]]
    cell = row.cells[place[1]]
    facts = (Paragraph(line, facts=True) for line in (_summary(cell, traced), _judgement(cell, options)) if line)
    codings = traced.codings if traced else ()
    quotes: Iterable[Quotation] = (_quotation(coding, evidence, options) for coding in codings)
    if linked:
        quotes = (
            _linkable(quote, prefix, (*place, coding.id), linked) for quote, coding in zip(quotes, codings, strict=True)
        )
    return Section(
        f"{line_in_file(row.label)} – {line_in_file(column)}",
        (*facts, *quotes),
        evidence_anchor(prefix, *place),
        cell_anchor(prefix, *place),
    )


def _summary(cell: Cell, traced: CellEvidence | None) -> str:
    beside = "".join(f"; {line_in_file(reason)}" for reason in beside_quotes(cell))
    if traced is None:
        return f"{cell.state}: no quotes{beside}"
    return f"{cell.state}: {'; '.join(evidence_clauses(cell))}{beside}"


def _judgement(cell: Cell, options: AppendixOptions) -> str:
    judgement = cell.judgement
    if judgement is None:
        return ""
    by = f" by {line_in_file(judgement.coder)}" if options.coders and judgement.coder else ""
    stale = f"; {changed_since(cell)}" if cell.stale else ""
    return f"Judged {judgement.verdict}{by} on {judgement.at[:10]} (computed: {cell.computed}{stale}): {line_in_file(judgement.because)}"


def _quotation(coding: Coding, evidence: MatrixEvidence, options: AppendixOptions) -> Quotation:
    """Return the quote of a coding with a reference to its source.

    The quote gets quotation marks only if the source has spoken words.
    """
    words = f"“{coding.quote}”" if coding.source in evidence.verbatim else coding.quote
    reference = [
        f"{line_in_file(coding.source)}, {coding.segment.start}–{coding.segment.end}",
        line_in_file(coding.code),
    ]
    reference += ["counter-evidence"] if coding.stance == "counters" else []
    reference += ["tentative"] if coding.certainty == "tentative" else []
    reference += [f"coded by {line_in_file(coding.coder)}"] if options.coders and coding.coder else []
    tone: Tone = "against" if coding.stance == "counters" else "tentative" if coding.certainty == "tentative" else ""
    return Quotation(words, " · ".join(reference), coding.memo if options.memos else "", tone=tone)


def _linkable(
    quotation: Quotation, prefix: str, place: tuple[int, int, int], linked: Mapping[tuple[int, int, int], int]
) -> Quotation:
    """Return the quotation with its number and an anchor (a name for links), if the summary of its cell links to it.

    `linked` is a map: (row index, column index, id of a coding) → number of the quote in the summary. `place` is the
    key of this quotation. If `place` is not in `linked`, the quotation is returned unchanged.
    """
    if place not in linked:
        return quotation
    reference = f"[{linked[place]}] {quotation.reference}"
    return replace(quotation, reference=reference, anchor=coding_anchor(prefix, *place))


def coding_anchor(prefix: str, row: int, column: int, coding: int) -> str:
    """Return the anchor (the name for links) of a quote in a cell. `coding` is the id of the coding."""
    return f"{prefix}quote-{row}-{column}-{coding}"
