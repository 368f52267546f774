"""What a project of another program brings, and what another program will not see of ours: reports as values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.drafts import CodingDraft, StudyDraft
    from sibtui.model.segments import Segment

Unit = Literal["code points", "UTF-16 units", "UTF-8 bytes"]


@dataclass(frozen=True, slots=True)
class Convention:
    """How a file counts. `crlf`: what CRLF counts as; `bom`: whether a byte order mark counts; `inclusive`: the end is in."""

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
    """The convention that was chosen, and its measure, from `looked_at` selections of `selections`.

    `quoted` of those looked at have a quote; `equal` is the share of these (0-1) whose quote is the text there, None without
    quotes. `starts` and `ends` are the shares of starts and ends on the edge of a word. `sure`: no other convention that
    leads elsewhere fits as well.
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
    """A coding that did not land on its quote. `draft` is as the file has it, `best` the place most like it (score 0-100)."""

    draft: CodingDraft
    why: str
    best: Segment | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of a file. `arrived` and `unsupported` map kinds of things to their numbers; warnings are sentences."""

    program: str
    arrived: Mapping[str, int] = field(default_factory=dict)
    unsupported: Mapping[str, int] = field(default_factory=dict)
    offsets: Offsets | None = None
    review: tuple[Review, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectImport:
    """A study read from another program's file; the codings in `report.review` are not among those of `study`."""

    study: StudyDraft
    report: ImportReport

    def with_reviewed(self, at_least: float) -> StudyDraft:
        """The study with those codings of the review list too whose best place scores `at_least` (0-100), moved there."""
        texts = {source.name: source.text for source in self.study.sources}
        moved = tuple(
            replace(item.draft, segment=item.best, quote=item.best.quote(texts[item.draft.source]))
            for item in self.report.review
            if item.best is not None and item.score >= at_least
        )
        return replace(self.study, codings=self.study.codings + moved)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that another program will not see, or not as what it is, and where it is kept for our own reading."""

    what: str
    count: int
    kept: str
