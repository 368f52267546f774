"""Reports on imports from other programs, and on the losses when a study is exported to them."""

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
    """The way in which a file counts the offsets of its codings.

    A line break of CR and LF counts as `crlf` characters (1 or 2). `bom` is set if a byte order mark counts as a
    character. `inclusive` is set if the character at the end offset belongs to the selection.
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
    """The convention that was chosen for the offsets in a file, and figures on its fit to the texts.

    `selections` is the number of selections in the file, `looked_at` the number of those examined, and `quoted` the number of examined
    selections with a quote. `equal` is the share (0-1) of quotes that equal the text at their selection; None if there are no quotes.
    `starts` is the share (0-1) of selections that start at the beginning of a word, and `ends` the share that end at the end of a word.
    `sure` is False if another convention fits equally well and leads to other places.
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
    """A coding that a person should review: the text at its offsets is not its quote.

    `draft` is the coding in the file, and `why` the reason for the review. `best` is the passage most similar to the quote, `score` the
    similarity (0-100), and `best_text` the words of the passage. `cells` are the cells of the coding's row in the file, if one of these
    cells cannot be read.
    """

    draft: CodingDraft
    why: str
    best: Segment | None = None
    score: float = 0.0
    best_text: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of an import. `arrived` is a map: kind of item → number of imported items.

    `unsupported` is the same map for items that were left out. `warnings` are sentences.
    """

    program: str
    arrived: Mapping[str, int] = field(default_factory=dict)
    unsupported: Mapping[str, int] = field(default_factory=dict)
    offsets: Offsets | None = None
    review: tuple[Review, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectImport:
    """A study that was read from another program's file. The codings that need a review are not in `study`, but in `report.review`."""

    study: StudyDraft
    report: ImportReport

    def with_reviewed(self, at_least: float) -> StudyDraft:
        """Return the study with additional codings from `report.review`.

        A coding with a score of at least `at_least` (0-100) is added at its best place.

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
    """Items that are lost or changed when another program opens the exported file.

    `what` is the kind of these items, and `count` is their number. `kept` names the part of the file from which sibtui
    itself can read these items again.
    """

    what: str
    count: int
    kept: str
