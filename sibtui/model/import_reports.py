"""Reports on imports from other programs, and the losses of exports to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from sibtui.model.drafts import CodingDraft, StudyDraft
from sibtui.model.segments import Segment

Unit = Literal["code points", "UTF-16 units", "UTF-8 bytes"]
"""The unit in which a program counts offsets."""


@dataclass(frozen=True, slots=True)
class Convention:
    """How a file counts offsets.

    `crlf` is the count of a CRLF, `bom` whether a byte order mark counts, `inclusive` whether the end offset belongs to the selection.
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
    """The convention chosen for a file, and how well it fits `looked_at` of its `selections`.

    `quoted` is the number of these with a quote. `equal` is the share (0-1) of quotes that equal the text at their selection; None without
    quotes. `starts` and `ends` are the shares (0-1) of starts and ends at the edge of a word. `sure` is False when another convention fits
    as well and leads to other places.
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
    """A coding whose offsets do not lead to its quote. `draft` is the coding in the file, `best` the most similar place, `score` 0-100.

    `best_text` is the text at the best place. `cells` are the texts of its row, if one of them cannot be read.
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
    """A study read from another program's file. `study` has none of the codings in `report.review`."""

    study: StudyDraft
    report: ImportReport

    def with_reviewed(self, at_least: float) -> StudyDraft:
        """Return the study with the codings of `report.review` that score at least `at_least` (0-100), each at its best place.

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
        return replace(self.study, codings=self.study.codings + moved)


@dataclass(frozen=True, slots=True)
class Loss:
    """Items that another program ignores or changes. `kept` names the place in the file where sibtui finds them again."""

    what: str
    count: int
    kept: str
