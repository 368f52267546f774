"""Results of actions that return more than the item they create."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import sibtui
from sibtui.model.import_reports import Review
from sibtui.model.records import Case, Code, Source
from sibtui.model.text import describe_difference

Problem = Literal["source", "code", "quote", "repeated", "case", "value", "differs"]
"""The part of a draft that does not fit the study. `repeated` is a quote with several places, `differs` a coding with other fields."""


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of one draft: `added`, `same` (the file is in the study as `name`) or `refused`, with the reason `why`.

    The comments of its document became `memos` and `codings`; `new_codes` were created for these. `mixed` are attributes that are
    text because a value of this source differs in kind from those before; each is reported once. `characters` is the length of the text.
    """

    draft: sibtui.SourceDraft
    outcome: Literal["added", "same", "refused"]
    name: str
    why: str = ""
    new_cases: tuple[str, ...] = ()
    hint: str = ""
    memos: int = 0
    codings: int = 0
    new_codes: tuple[str, ...] = ()
    mixed: tuple[sibtui.MixedAttribute, ...] = ()
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Reattributed:
    """A changed source, and the number of codings whose cases changed with it."""

    source: Source
    codings: int


@dataclass(frozen=True, slots=True)
class CarriedCoding:
    """A coding, and its segment in a corrected text; `after` is None when it has no certain place there.

    `nearest` is the most similar passage, `words` are its words, and `score` is their likeness to the quote, 100 when they are the same.
    """

    coding: sibtui.Coding
    after: sibtui.Segment | None
    nearest: sibtui.Segment
    words: str
    score: int


@dataclass(frozen=True, slots=True)
class Reanchored:
    """A source after a correction of its text, and its codings in their order."""

    source: Source
    codings: tuple[CarriedCoding, ...]

    @property
    def segments(self) -> tuple[sibtui.Segment, ...]:
        """The certain places."""
        return tuple(each.after for each in self.codings if each.after is not None)

    @property
    def moved(self) -> int:
        """The number of codings with other offsets at a certain place."""
        return sum(each.after not in {None, each.coding.segment} for each in self.codings)

    @property
    def reworded(self) -> tuple[CarriedCoding, ...]:
        """The codings with corrected words at a certain place."""
        return tuple(each for each in self.codings if each.after is not None and each.words != each.coding.quote)

    @property
    def undecided(self) -> tuple[CarriedCoding, ...]:
        """The codings without a certain place."""
        return tuple(each for each in self.codings if each.after is None)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A source in which words were replaced: their segments in its text before, and its codings with their new places."""

    source: str
    segments: tuple[sibtui.Segment, ...]
    codings: tuple[CarriedCoding, ...]


@dataclass(frozen=True, slots=True)
class Anonymised:
    """Real names replaced by pseudonyms: the `places` before the replacement, with the `pseudonym` written there.

    `codings` are those of the changed texts, with their new places. `kept` has one sentence per name of an item that stays, because
    another item has its new name. `small` is the number of single names in small letters that were left, as they may be ordinary words.
    With an erasure, `erased` are the sources whose earlier texts are gone, `copies` the backups, and `traces` files of the program.
    """

    places: tuple[sibtui.Sighting, ...]
    codings: tuple[CarriedCoding, ...] = ()
    kept: tuple[str, ...] = ()
    small: int = 0
    erased: tuple[str, ...] = ()
    copies: tuple[sibtui.ErasedCopy, ...] = ()
    traces: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class UndecidedCoding:
    """A coding without a certain place in the corrected text of its source.

    `before` is its last certain segment, in `version` of the text. `words` are the words of the nearest passage, `coding.segment`; `score`
    (0-100) is their likeness to the quote.
    """

    coding: sibtui.Coding
    version: int
    before: sibtui.Segment
    words: str
    score: int


@dataclass(frozen=True, slots=True)
class MergedCase:
    """The case that remains, the labels of the merged cases, and one sentence per value that was left out."""

    case: Case
    merged: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class MergedCode(Code):
    """The code that remains after a merge. `conflicts` has one sentence per value that was left out."""

    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """The effect of an act on one item, in words: `what` is the kind of item, such as coding, and `item` its name or quote.

    `fields` has (field, before, after) of each field that differs; an empty text is a missing value.
    """

    what: str
    item: str
    kind: Literal["added", "changed", "removed"]
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """The first item that an act changed.

    `name` is the name of the source, code, case or matrix; a coding has its source, number and segment.
    """

    kind: Literal["coding", "source", "code", "case", "matrix"]
    name: str
    number: int | None = None
    segment: sibtui.Segment | None = None


@dataclass(frozen=True, slots=True)
class ChangedCode:
    """A code of the codebook from which an imported one differs. `differences` maps fields to (before, after)."""

    path: str
    differences: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Imported:
    """The numbers of codes that an import added, changed and left unchanged because they were equal.

    `differing` lists the codes that differ from the imported ones, updated or not.
    """

    added: int
    changed: int
    same: int
    differing: tuple[ChangedCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that cannot be added, and the reason. `problem` is the part that does not fit.

    `best` is the place most similar to its quote, with its score (0-100) and its text. `cells` are the texts of a row that cannot be
    read.
    """

    draft: sibtui.CodingDraft
    why: str
    hint: str = ""
    problem: Problem = "value"
    best: sibtui.Segment | None = None
    score: float = 0.0
    best_text: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedCoding:
    """A row that differs from a coding of the study, by its number. `differences` maps fields to (before, after)."""

    draft: sibtui.CodingDraft
    number: int
    differences: Mapping[str, tuple[str, str]]

    @property
    def why(self) -> str:
        """The differences in words."""
        each = (describe_difference(name, *values, 40) for name, values in self.differences.items())
        return f"differs from coding {self.number}: {'; '.join(each)}."


@dataclass(frozen=True, slots=True)
class CodingsImported:
    """The result of an import or of its dry run: codings added, duplicates, approximate matches and refused rows.

    `changed` are the rows that differ from codings of the study; `updated` is set when these codings were changed. `ordered` are the
    repeated quotes placed in the order of the rows, `moved` the quotes that were not at their start and end, `cut` those with words cut out, `examples` the first new
    codings. `namesakes` maps new codes to older codes of the same name. For a table, `columns` maps roles to the columns used, `ignored` are the others, and `warnings` are sentences on the file.
    """

    added: int
    same: int
    nearly: tuple[tuple[sibtui.CodingDraft, sibtui.QuoteMatch], ...] = ()
    refused: tuple[Refused, ...] = ()
    unattributed: int = 0
    new_codes: tuple[str, ...] = ()
    changed: tuple[ChangedCoding, ...] = ()
    updated: bool = False
    ordered: tuple[tuple[sibtui.CodingDraft, sibtui.QuoteMatch], ...] = ()
    moved: tuple[tuple[sibtui.CodingDraft, sibtui.QuoteMatch], ...] = ()
    examples: tuple[sibtui.CodingDraft, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    namesakes: Mapping[str, str] = field(default_factory=dict)
    cut: tuple[tuple[sibtui.CodingDraft, sibtui.QuoteMatch], ...] = ()

    @property
    def review(self) -> tuple[Review, ...]:
        """The rows that were not imported, each with the reason and its best place."""
        refused = [Review(one.draft, one.why, one.best, one.score, one.best_text, one.cells) for one in self.refused]
        differing = [] if self.updated else [Review(one.draft, one.why) for one in self.changed]
        return tuple(sorted((*refused, *differing), key=lambda item: item.draft.line))

    def review_csv(self) -> str:
        """Return `review` as CSV. Correct its quotes, or its starts and ends, and pass it to `codings.import_table`.

        >>> result = project.codings.import_(CodingDraft("a1", "Wider system", quote="nowhere in it"), strict=False)
        >>> "nowhere in it" in result.review_csv()
        True
        """
        from sibtui.formats.study_folder.codings_csv import review_file

        return review_file(self.review)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement, and the one of the same cell that it replaced."""

    judgement: sibtui.Judgement
    replaced: sibtui.Judgement | None


@dataclass(frozen=True, slots=True)
class BySpeaker:
    """The number of codings attributed per speaker, the number still without a case, and the other speakers."""

    given: Mapping[str, int]
    waiting: int
    others: tuple[str, ...]


@dataclass
class Tally:
    """The running counts of an import."""

    same: int = 0
    unattributed: int = 0
    nearly: list[tuple[sibtui.CodingDraft, sibtui.QuoteMatch]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    new_codes: Sequence[str] = ()
    changed: list[ChangedCoding] = field(default_factory=list)
    ordered: list[tuple[sibtui.CodingDraft, sibtui.QuoteMatch]] = field(default_factory=list)
    moved: list[tuple[sibtui.CodingDraft, sibtui.QuoteMatch]] = field(default_factory=list)
    cut: list[tuple[sibtui.CodingDraft, sibtui.QuoteMatch]] = field(default_factory=list)
    examples: list[sibtui.CodingDraft] = field(default_factory=list)
    namesakes: Mapping[str, str] = field(default_factory=dict)

    def result(self, added: int, *, updated: bool) -> CodingsImported:
        return CodingsImported(
            added, self.same, tuple(self.nearly), tuple(self.refused), self.unattributed, tuple(self.new_codes),
            tuple(self.changed), updated, tuple(self.ordered), tuple(self.moved), tuple(self.examples),
            namesakes={path: self.namesakes[path] for path in self.new_codes if path in self.namesakes},
            cut=tuple(self.cut),
        )  # fmt: skip
