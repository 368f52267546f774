"""The results of actions that return more than the item that was added or changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import sibtui
from sibtui.model.frozen import dataclass, field
from sibtui.model.import_reports import Review
from sibtui.model.records import Case, Code, Source
from sibtui.model.text import describe_difference, plural

Problem = Literal["source", "code", "quote", "repeated", "case", "value", "differs"]
"""The kind of problem of a refused draft. Most kinds are the name of the part of the draft that does not fit the study.

`repeated` is a quote that occurs several times. `differs` is a draft with the place and code of an existing coding, but
with different fields.
"""


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of adding one draft of a source.

    - `outcome`: `added`; `same` if the study already has the file, as the source `name`; or `refused`.
    - `why`, `hint`: the reason for a refusal, and the key of the advice (see `SibtuiError`).
    - `new_cases`: the cases that were added for the source.
    - `memos`, `codings`: how many were made from the comments in the draft.
    - `new_codes`: the codes that were added for these codings.
    - `mixed`: the attributes that became text, because the value of this source does not fit their type.
    - `characters`: the length of the text.
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
class WrittenSummary:
    """A summary of a cell.

    `changes` has phrases on how the evidence of the cell has changed since the summary was written. `lost` has a
    sentence for each link in the summary that does not lead to a quote of the cell.
    """

    summary: sibtui.Summary
    changes: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reattributed:
    """A source that was changed, and the number of its codings whose cases were changed."""

    source: Source
    codings: int


@dataclass(frozen=True, slots=True)
class CarriedCoding:
    """A coding, and its place after a correction of the text.

    `after` is the segment of the coding in the new text, or None if it is uncertain. `nearest` is the most similar
    passage of the new text, and `words` is the text of this passage. `score` (0-100) is the similarity of these words
    to the quote; 100 means equal.
    """

    coding: sibtui.Coding
    after: sibtui.Segment | None
    nearest: sibtui.Segment
    words: str
    score: int


@dataclass(frozen=True, slots=True)
class Reanchored:
    """The result of a correction: the source with its new text, and the codings of the source in order."""

    source: Source
    codings: tuple[CarriedCoding, ...]

    @property
    def segments(self) -> tuple[sibtui.Segment, ...]:
        """The segments of the codings whose place in the new text is certain."""
        return tuple(each.after for each in self.codings if each.after is not None)

    @property
    def moved(self) -> int:
        """The number of codings that the correction has moved: their new place is certain, but has other offsets."""
        return sum(each.after not in {None, each.coding.segment} for each in self.codings)

    @property
    def reworded(self) -> tuple[CarriedCoding, ...]:
        """The codings whose place is certain, but whose words were changed by the correction."""
        return tuple(each for each in self.codings if each.after is not None and each.words != each.coding.quote)

    @property
    def undecided(self) -> tuple[CarriedCoding, ...]:
        """The codings whose place in the new text is uncertain."""
        return tuple(each for each in self.codings if each.after is None)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A source in which words were replaced. `segments` are the places of these words in the old text.

    `codings` are the codings of the source, each with its place in the new text.
    """

    source: str
    segments: tuple[sibtui.Segment, ...]
    codings: tuple[CarriedCoding, ...]


@dataclass(frozen=True, slots=True)
class Anonymised:
    """The result of replacing real names by pseudonyms.

    `places` are the places of the real names, each with the pseudonym that replaces it. `codings` are the codings of
    changed texts, each with its new place. `kept` has a sentence for each item that keeps its name, because another
    item has the new name already. `small` is the number of names that may be ordinary words, and were not replaced:
    they are one word, and begin with a small letter in the text.

    The other fields are filled by an erasure of the real names. `erased` are the sources whose earlier texts were
    erased. `copies` are the backups with their outcomes. `traces` are the files of the program in which a real name
    was found.
    """

    places: tuple[sibtui.Sighting, ...]
    codings: tuple[CarriedCoding, ...] = ()
    kept: tuple[str, ...] = ()
    small: int = 0
    erased: tuple[str, ...] = ()
    copies: tuple[sibtui.ErasedCopy, ...] = ()
    traces: tuple[Path, ...] = ()

    @property
    def extent(self) -> str:
        """Words for how many names were replaced: `7 names in 2 texts and 1 other field`."""
        return anonymised_extent(self.places)


def anonymised_extent(places: Sequence[sibtui.Sighting]) -> str:
    """Return words for how many names were replaced: `7 names in 2 texts and 1 other field`."""
    fields = {(each.place, each.where) for each in places}
    texts = sum(place == "text" for place, _ in fields)
    others = len(fields) - texts
    parts = [plural(texts, "text")] if texts else []
    if others:
        parts.append(plural(others, "other field" if texts else "field"))
    return f"{plural(len(places), 'name')} in {' and '.join(parts)}" if parts else plural(len(places), "name")


@dataclass(frozen=True, slots=True)
class UndecidedCoding:
    """A coding whose place in the corrected text of its source is uncertain.

    `before` is the last certain segment of the coding, in version `version` of the text. `coding.segment` is the
    nearest passage of the present text, and `words` is the text of this passage. `score` (0-100) is the similarity of
    these words to the quote.
    """

    coding: sibtui.Coding
    version: int
    before: sibtui.Segment
    words: str
    score: int


@dataclass(frozen=True, slots=True)
class MergedCase:
    """The result of a merge of cases: the case that remains, and the labels of the cases that were merged into it.

    `conflicts` has a sentence for each value that was not kept.
    """

    case: Case
    merged: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class MergedCode(Code):
    """The code that remains after a merge. `conflicts` has a sentence for each value that was not kept."""

    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """The effect of one entry of the history on one item, in words.

    `what` is the kind of the item, such as coding, and `item` is its name or quote. `fields` has (field, value before,
    value after) for each field that differs. If a field has no value, the text is empty.
    """

    what: str
    item: str
    kind: Literal["added", "changed", "removed"]
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """The present place of an item that an entry of the history has changed.

    `kind` is the kind of the item, and `name` the name of the source, code, case or matrix. For a coding, `name` is the
    name of the source, `number` the id of the coding, and `segment` the place of the coding.
    """

    kind: Literal["coding", "source", "code", "case", "matrix"]
    name: str
    number: int | None = None
    segment: sibtui.Segment | None = None


@dataclass(frozen=True, slots=True)
class ChangedCode:
    """An existing code that differs from the imported code with the same path.

    `differences` is a map: field → (value of the existing code, value after an update by the import).
    """

    path: str
    differences: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import of codes: the number of added codes, of changed codes, and of codes without a difference.

    `differing` lists the existing codes that differ from the imported codes, whether they were changed or not.
    """

    added: int
    changed: int
    same: int
    differing: tuple[ChangedCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """The result of an import of proposals.

    `added` is the number of added proposals, and `same` the number of proposals that this coder had made already.
    """

    added: int
    same: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft of a coding that was not added. `why` is the reason, and `problem` the kind of reason.

    `best` is the passage most similar to the quote, `score` the similarity (0-100), and `best_text` the text of the
    passage. If the draft is from a table row that could not be read, `cells` are the cells of the row.
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
    """A draft that differs from an existing coding. `number` is the id of this coding.

    `differences` is a map: field → (value in the coding, value in the draft).
    """

    draft: sibtui.CodingDraft
    number: int
    differences: Mapping[str, tuple[str, str]]

    @property
    def why(self) -> str:
        """A sentence that names the fields in which the draft differs from the coding."""
        each = (describe_difference(name, *values, 40) for name, values in self.differences.items())
        return f"differs from coding {self.number}: {'; '.join(each)}."


@dataclass(frozen=True, slots=True)
class CodingsImported:
    """The result of an import of codings, or of its dry run.

    After a dry run, all fields describe the import that was tried, although nothing was written.

    `added` is the number of new codings. `same` is the number of drafts that equal an existing coding. `unattributed`
    is the number of new codings without a case. `refused` are the drafts that were not added, and `examples` the first
    new codings.

    Four fields list drafts whose place was found in an unusual way. Each entry is (draft, match of its quote):

    - `nearly`: the text has the quote only approximately.
    - `ordered`: the quote occurs several times, and the order of the rows shows its place.
    - `moved`: the quote was found, but not at the start and end in the draft.
    - `cut`: the quote leaves out words of the text.

    `changed` are the drafts that differ from an existing coding. If `updated` is set, the coding gets the values of the
    draft. `namesakes` is a map: new code → older code with the same name.

    For a table, `columns` is a map: role (such as quote) → columns of the table with this role. `ignored` are the
    columns without a role, and `warnings` are sentences about the file.
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
        """The drafts that were not imported, each with the reason and the passage most similar to its quote."""
        refused = [Review(one.draft, one.why, one.best, one.score, one.best_text, one.cells) for one in self.refused]
        differing = [] if self.updated else [Review(one.draft, one.why) for one in self.changed]
        return tuple(sorted((*refused, *differing), key=lambda item: item.draft.line))

    def review_csv(self) -> str:
        """Return CSV with the drafts that were not imported.

        Write the CSV to a file, correct the quotes or the offsets, and pass the file to `codings.import_table`.

        >>> result = project.codings.import_(CodingDraft("a1", "Wider system", quote="nowhere in it"), strict=False)
        >>> "nowhere in it" in result.review_csv()
        True
        """
        from sibtui.formats.study_folder.codings_csv import review_file

        return review_file(self.review)


@dataclass(frozen=True, slots=True)
class Judged:
    """A new judgement of a cell, and the judgement that it replaced (None if there was none)."""

    judgement: sibtui.Judgement
    replaced: sibtui.Judgement | None


@dataclass(frozen=True, slots=True)
class BySpeaker:
    """The result of assigning cases to codings by their speakers.

    `given` is a map: speaker → number of codings that got the cases of this speaker. `waiting` is the number of codings
    that still have no case. `others` are the other speakers in the source, to whom no case was assigned.
    """

    given: Mapping[str, int]
    waiting: int
    others: tuple[str, ...]


@dataclasses.dataclass
class Tally:
    """The numbers and lists of an import of codings while it is running. `CodingsImported` explains the fields."""

    same: int = 0
    unattributed: int = 0
    nearly: list[tuple[sibtui.CodingDraft, sibtui.QuoteMatch]] = dataclasses.field(default_factory=list)
    refused: list[Refused] = dataclasses.field(default_factory=list)
    new_codes: Sequence[str] = ()
    changed: list[ChangedCoding] = dataclasses.field(default_factory=list)
    ordered: list[tuple[sibtui.CodingDraft, sibtui.QuoteMatch]] = dataclasses.field(default_factory=list)
    moved: list[tuple[sibtui.CodingDraft, sibtui.QuoteMatch]] = dataclasses.field(default_factory=list)
    cut: list[tuple[sibtui.CodingDraft, sibtui.QuoteMatch]] = dataclasses.field(default_factory=list)
    examples: list[sibtui.CodingDraft] = dataclasses.field(default_factory=list)
    namesakes: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def result(self, added: int, *, updated: bool) -> CodingsImported:
        return CodingsImported(
            added, self.same, tuple(self.nearly), tuple(self.refused), self.unattributed, tuple(self.new_codes),
            tuple(self.changed), updated, tuple(self.ordered), tuple(self.moved), tuple(self.examples),
            namesakes={path: self.namesakes[path] for path in self.new_codes if path in self.namesakes},
            cut=tuple(self.cut),
        )  # fmt: skip
