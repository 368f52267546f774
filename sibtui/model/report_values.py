"""The content of documents about a study: matrices with their evidence, counts of codes, and key numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.arguments import as_names
from sibtui.model.claims.verdicts import CheckedClaim
from sibtui.model.codebook import split_path
from sibtui.model.drafts import CodeDraft, SourceDraft, StudyDraft
from sibtui.model.frozen import dataclass, field
from sibtui.model.matrix import CellEvidence, Matrix
from sibtui.model.table import Table


@dataclass(frozen=True, slots=True)
class AppendixOptions:
    """The optional parts of an appendix: the names of coders, and memos. By default, it has neither.

    The name of a coder is often a login name, so it is printed only if the user asks for it.
    """

    coders: bool = False
    memos: bool = False


@dataclass(frozen=True, slots=True)
class MatrixEvidence:
    """A computed matrix, with the codings of its cells.

    `verbatim` are the names of the sources with words as spoken. A quote from any other source is a paraphrase, and is
    printed without quotation marks.
    """

    matrix: Matrix
    cells: Sequence[CellEvidence]
    verbatim: frozenset[str] = frozenset()


def traced_cells(evidence: MatrixEvidence) -> Iterator[tuple[tuple[int, int], CellEvidence | None]]:
    """Yield ((row index, column index), codings) for each cell that has evidence or a judgement, row by row.

    The codings are None for a judged cell without codings. `evidence.cells` must be in the order of the matrix, and is
    read only once.
    """
    cells = iter(evidence.cells)
    following = next(cells, None)
    for at, row in enumerate(evidence.matrix.rows):
        for column, (label, cell) in enumerate(zip(evidence.matrix.columns, row.cells, strict=True)):
            if following is not None and (following.row, following.column) == (row.label, label):
                yield (at, column), following
                following = next(cells, None)
            elif cell.judgement is not None:
                yield (at, column), None


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """How many quotes, sources and cases a code has. Its sub-codes do not count."""

    quotes: int
    sources: int
    cases: int


@dataclass(frozen=True, slots=True)
class StudyReport:
    """The content of a report on a whole study.

    - `figures`: a map: path of a code → its counts.
    - `key_figures`: (name, number as text) pairs about the size of the study.
    - `claims`: the stored statements of the paper, checked against the study.
    - `summaries`: matrices whose cells show the summaries that coders wrote.
    - `sensitivity`, `saturation`, `cooccurrence`, `coverage`: the tables of the reports with these names. A table is
      None if the study has no data for it, or is too large.
    - `left_out`: a sentence for each part that was left out because the study is large.
    - `pictures`: a map: name of one of these reports → its picture as an SVG element.
    """

    title: str
    description: str = ""
    tables: tuple[Table, ...] = ()
    codes: tuple[CodeDraft, ...] = ()
    figures: Mapping[str, CodeFigures] = field(default_factory=dict)
    matrices: tuple[MatrixEvidence, ...] = ()
    key_figures: tuple[tuple[str, str], ...] = ()
    claims: tuple[CheckedClaim, ...] = ()
    summaries: tuple[Matrix, ...] = ()
    sensitivity: Table | None = None
    saturation: Table | None = None
    cooccurrence: Table | None = None
    left_out: tuple[str, ...] = ()
    coverage: Table | None = None
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extent:
    """The size of a study: how many characters, coders, codings and completely read sources it has.

    The codings of the coder “consensus” are not counted, because they are joint decisions of the coders.

    - `countering`: the number of codings as counter-evidence.
    - `waiting`: the number of codings without a case.
    - `read`: the number of sources that at least one coder has read for all codes.
    - `read_by_several`: the number of sources that at least two coders have read for all codes.
    - `decided`: the number of passages on which coders disagreed and then decided together.
    - `before`, `after`: the agreement of the coders, in percent, before and after these decisions; None if it cannot
      be computed.
    - `found`: a map: way in which passages were found (search, speaker, heading) → number of codings.
    - `first_day`, `last_day`: the days of the first and the last coding; empty without codings.
    """

    characters: int = 0
    coders: int = 0
    codings: int = 0
    countering: int = 0
    tentative: int = 0
    waiting: int = 0
    read: int = 0
    read_by_several: int = 0
    first_day: str = ""
    last_day: str = ""
    decided: int = 0
    before: float | None = None
    after: float | None = None
    found: Mapping[str, int] = field(default_factory=dict)


def extent(draft: StudyDraft) -> Extent:
    codings = [coding for coding in draft.codings if not is_consensus(coding.coder or "")]
    days = sorted(coding.created[:10] for coding in codings if coding.created)
    readers = _readers(draft)
    return Extent(
        characters=sum(len(source.text) for source in draft.sources),
        coders=len({coding.coder for coding in codings if coding.coder}),
        codings=len(codings),
        countering=sum(coding.stance == "counters" for coding in codings),
        tentative=sum(coding.certainty == "tentative" for coding in codings),
        waiting=sum(not coding.cases for coding in codings),
        read=len(readers),
        read_by_several=sum(count > 1 for count in readers.values()),
        first_day=days[0] if days else "",
        last_day=days[-1] if days else "",
        found=Counter(coding.how for coding in codings if coding.how),
    )


def _readers(draft: StudyDraft) -> Counter[str]:
    """Return a map: source that was read to the end → number of coders who have read it; 1 if no coder is recorded."""
    pairs = {(reading.source, reading.coder) for reading in draft.readings if reading.code is None}
    readers = Counter(source for source, _ in pairs)
    return readers | Counter(source.name for source in draft.sources if source.reading == "read")


def key_figures(draft: StudyDraft, size: Extent) -> tuple[tuple[str, str], ...]:
    """Return (name, number as text) pairs about the size of a study, for the top of a report. Zeros are left out."""
    figures = (
        ("sources", len(draft.sources)),
        ("cases", len(draft.cases)),
        ("codes", len(draft.codes)),
        ("codings", size.codings),
        ("against", size.countering),
        ("coders", size.coders),
    )
    return tuple((name, f"{figure:,}") for name, figure in figures if figure)


def method_figures(draft: StudyDraft, size: Extent) -> Table:
    """Return a table of numbers about the material, the codebook and the coding, for the method section of a paper."""
    agreement = _agreement(draft) or tuple(_decisions(size))
    rows = (*_material(draft, size), *_codebook(draft), *_coding(size, agreement, len(draft.matrices)))
    return Table(("Figure", "Value"), rows, "The method in figures")


def _material(draft: StudyDraft, size: Extent) -> list[tuple[str, str | int]]:
    sources = draft.sources
    several = [("Sources read to the end by several coders", size.read_by_several)] if size.read_by_several else []
    return [
        ("Cases", len(draft.cases)),
        ("Sources", len(sources)),
        ("Kinds of source", _counts(source.kind for source in sources)),
        ("Sources that hold words as spoken", _spoken(sources)),
        ("Sources on several cases", sum(len(as_names(source.cases)) > 1 for source in sources)),
        ("Sources read to the end", size.read),
        *several,
        ("Characters of text", size.characters),
    ]


def _spoken(sources: Sequence[SourceDraft]) -> int:
    """Return how many interviews are word-for-word transcripts."""
    return sum(source.kind == "interview" and source.fidelity == "verbatim" for source in sources)


def _codebook(draft: StudyDraft) -> list[tuple[str, str | int]]:
    depths = Counter(len(split_path(code.path)) for code in draft.codes)
    return [
        ("Themes", depths[1]),
        ("Codes below them", depths.total() - depths[1]),
        ("Origins of codes", _counts(code.origin or "deductive" for code in draft.codes)),
        ("States of codes", _counts(code.status or "active" for code in draft.codes)),
    ]


def _coding(size: Extent, agreement: Iterable[tuple[str, str | int]], matrices: int) -> list[tuple[str, str | int]]:
    span = [("Coded from", size.first_day), ("Coded until", size.last_day)] if size.first_day else []
    return [
        ("Coders", size.coders),
        ("Codings", size.codings),
        ("Codings that counter", size.countering),
        ("Codings that are tentative", size.tentative),
        ("Codings not yet given to a case", size.waiting),
        *((f"Codings by {way}, not by reading", count) for way, count in sorted(size.found.items())),
        *agreement,
        ("Matrices", matrices),
        *span,
    ]


def _decisions(size: Extent) -> Iterator[tuple[str, str | int]]:
    if size.decided:
        yield "Disagreements decided by consensus", size.decided
        for when, percent in (("before", size.before), ("after", size.after)):
            if percent is not None:
                yield f"Agreement {when} consensus, in percent of sentences", f"{percent:.1f}"


def _agreement(draft: StudyDraft) -> list[tuple[str, str | int]]:
    """Return at most one row, (name, sentence), with the author's sentence on agreement between coders."""
    return [("Agreement between coders", draft.study.agreement)] if draft.study.agreement else []


def _counts(kinds: Iterable[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in Counter(kinds).most_common())
