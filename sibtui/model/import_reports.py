"""Reports on imports from other programs, and the losses of exports to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from sibtui.model.drafts import CodingDraft, StudyDraft
from sibtui.model.frozen import dataclass, field
from sibtui.model.lazy_items import joined
from sibtui.model.segments import Segment

Unit = Literal["code points", "UTF-16 units", "UTF-8 bytes"]
"""The unit in which a program counts offsets."""


@dataclass(frozen=True, slots=True)
class Convention:
    """How a file counts offsets.

    `crlf` is the number of units that a CRLF counts (1 or 2). `bom` is set if a byte order mark counts. `inclusive` is set if the
    character at the end offset belongs to the selection.
    """

    unit: Unit = "code points"
    crlf: int = 1
    bom: bool = False
    inclusive: bool = False

    def __str__(self) -> str:
        return ", ".join(
            (
                self.unit,
                f"CRLF counted as {'two' if self.crlf == 2 else 'one'}",
                f"byte order mark {'counted' if self.bom else 'not counted'}",
                f"end {'inclusive' if self.inclusive else 'exclusive'}",
            )
        )


@dataclass(frozen=True, slots=True)
class Offsets:
    """The convention chosen for the offsets in a file, and how well it fits.

    `selections` is the number of selections in the file, `looked_at` the number of those examined, and `quoted` the number of examined
    selections with a quote. `equal` is the share (0-1) of quotes that equal the text at their selection; None without quotes. `starts` is
    the share (0-1) of selections that start at the beginning of a word, and `ends` the share that end at the end of a word. `sure` is
    False when another convention fits equally well and leads to other places.
    """

    convention: Convention
    selections: int
    looked_at: int
    quoted: int
    equal: float | None
    starts: float
    ends: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A coding whose offsets do not lead to its quote.

    `draft` is the coding in the file, and `why` the reason for the review. `best` is the most similar place, `score` its similarity
    (0-100), and `best_text` the text there. `cells` are the cells of the coding's row in the file, if one of them cannot be read.
    """

    draft: CodingDraft
    why: str
    best: Segment | None = None
    score: float = 0.0
    best_text: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of an import. `arrived` and `unsupported` map kinds of items to their counts; `warnings` are sentences."""

    program: str
    arrived: Mapping[str, int] = field(default_factory=dict)
    unsupported: Mapping[str, int] = field(default_factory=dict)
    offsets: Offsets | None = None
    review: tuple[Review, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectImport:
    """A study read from another program's file. The codings in `report.review` are not in `study`."""

    study: StudyDraft
    report: ImportReport

    def with_reviewed(self, at_least: float) -> StudyDraft:
        """Return the study, extended by the codings of `report.review` with a score of `at_least` (0-100) or more, at their best places.

        >>> review = Review(CodingDraft("n", "Trust", quote="they trst"), "not found", Segment(0, 10), 94.7, "they trust")
        >>> study = StudyDraft(Study("Care", "", "", "", 1), sources=(SourceDraft("n", "they trust"),))
        >>> found = ProjectImport(study, ImportReport("Taguette", review=(review,))).with_reviewed(90)
        >>> [coding.quote for coding in found.codings]
        ['they trust']
        """
        texts = {source.name: source.text for source in self.study.sources}
        moved = tuple(
            replace(item.draft, segment=item.best, quote=item.best.quote(texts[item.draft.source]))
            for item in self.report.review
            if item.best is not None and item.score >= at_least
        )
        return replace(self.study, codings=joined(self.study.codings, moved))


@dataclass(frozen=True, slots=True)
class Loss:
    """Items that another program ignores or changes: their kind `what`, and their number.

    `kept` names the place in the file from which sibtui reads the items again.
    """

    what: str
    count: int
    kept: str
