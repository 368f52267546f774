"""Reports on an import from another program, and on what another program loses when it opens an exported study."""

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
    """How a file counts the offsets of its codings, for example in bytes or in code points.

    A line break of CR and LF counts as `crlf` characters (1 or 2). `bom` is set if a byte order mark counts as a
    character. `inclusive` is set if the character at the end offset belongs to the coding.
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
    """How a file counts its offsets (found out by the import), and how well this fits the texts.

    - `selections`: the number of coded selections in the file.
    - `looked_at`: how many of these selections were tested.
    - `quoted`: how many of the tested selections have a quote.
    - `equal`: the share (0-1) of quotes that equal the text at their offsets; None if there are no quotes.
    - `starts`, `ends`: the shares (0-1) of selections that start where a word starts, and that end where a word
      ends.
    - `sure`: False if another way of counting fits equally well, but gives other places.
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
    """A coding that a person should review, because the text at its offsets is not its quote.

    `draft` is the coding as the file has it, and `why` the reason for the review. `best` is the passage most similar to
    the quote, `score` its similarity (0-100), and `best_text` its words. If a cell of a table file could not be read,
    `cells` are the cells of the coding's row.
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

    `unsupported` is a map: kind of item → number of items that could not be imported. `review` are codings that were
    not imported because their place is uncertain. `warnings` are sentences.
    """

    program: str
    arrived: Mapping[str, int] = field(default_factory=dict)
    unsupported: Mapping[str, int] = field(default_factory=dict)
    offsets: Offsets | None = None
    review: tuple[Review, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectImport:
    """A study from the file of another program. Codings with an uncertain place are only in `report.review`."""

    study: StudyDraft
    report: ImportReport

    def with_reviewed(self, at_least: float) -> StudyDraft:
        """Return the study with those codings of `report.review` whose best passage is similar enough.

        The passage must have a similarity of at least `at_least` (0-100). It becomes the place of the coding.

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
    """Items of one kind that are lost or changed when another program opens an exported file.

    `what` is the kind of the items, and `count` their number. `kept` names the place from which sibtui can still read
    the items, such as a part of the exported file.
    """

    what: str
    count: int
    kept: str
