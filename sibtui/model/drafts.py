"""Drafts: new items, as a user or a file gives them, before they are checked and stored in a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sibtui
from sibtui.model.arguments import Names, as_names
from sibtui.model.frozen import dataclass, field
from sibtui.model.left_out import LeftOut, left_out_clause
from sibtui.model.records import (
    Certainty,
    Code,
    Fidelity,
    FoundBy,
    Kind,
    Lineage,
    MemoTarget,
    Origin,
    Owner,
    Package,
    ProposalState,
    Reading,
    ReadingState,
    Round,
    Stance,
    Status,
    Study,
    TopicRecord,
)
from sibtui.model.segments import Segment


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A source (note or document) to be added.

    - `text` has LF for each line break.
    - `fidelity` is whether the text is notes or has the words as spoken.
    - `attributes` has values of the types in YAML: str, int, float, bool, date.
    - `original` is the name of the file, `sha256` the hash of its bytes, and `encoding` the encoding of the bytes.
    - `confidence` (0-1) rates how certain this encoding is. It is 1 for Unicode and for an encoding that the user
      has named.
    - `warnings` are clauses about unreadable parts of the file, and about choices that were made while reading it. A
      message shows a warning as `FILE: WARNING`.
    - `left_out` counts content of the file that is not in the text, by kind.
    - `comments` are the comments in the file, if they were requested.
    - `cases` can be set to one name or several, and is stored as a tuple.
    - `cases_together` is the text from which `cases` was split, such as `A; B`. If the study has a case with this
      whole text as its name, the source is about this case only.
    - `speakers` are the names of speakers that the file gives in separate fields, as subtitles do. They are in the
      order of their first turns.
    """

    name: str
    text: str
    title: str = ""
    kind: Kind = "interview"
    fidelity: Fidelity = "notes"
    cases: Names = ()
    reading: ReadingState = "unread"
    read_at: str | None = None
    added: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    original: str = ""
    sha256: str = ""
    encoding: str = "utf-8"
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()
    cases_together: str = ""
    language: str = ""
    uid: str = ""
    left_out: tuple[LeftOut, ...] = ()
    comments: tuple[CommentDraft, ...] = ()
    speakers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "cases", as_names(self.cases))

    @property
    def notices(self) -> tuple[str, ...]:
        """The warnings as clauses. The last clause names content of the file that was left out, if there is any."""
        clause = left_out_clause(self.left_out)
        return (*self.warnings, clause) if clause else self.warnings


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """A comment in a document.

    `segment` is the passage to which it belongs; None if the document does not mark a passage.
    """

    text: str
    segment: Segment | None = None
    author: str = ""
    created: str | None = None


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """A code to be added or changed. Missing codes above it are added, too.

    If a field is None, an existing code keeps its value, and a new code gets the default value.
    """

    path: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    origin: Origin | None = None
    status: Status | None = None
    colour: str | None = None
    key: str | None = None
    since: str | None = None
    lineage: tuple[Lineage, ...] = ()
    uid: str = ""


@dataclass(frozen=True, slots=True)
class CodeProposalDraft:
    """A coder's proposal of a new code, to be added to the study.

    By default, the proposal gets the current coder and the current time (`created`). `state`, `code`, `reason` and
    `decided` are only for a proposal that was already accepted or rejected, in the draft of a whole study.
    """

    path: str
    definition: str = ""
    coder: str | None = None
    created: str | None = None
    state: ProposalState = "open"
    code: str = ""
    reason: str = ""
    decided: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class QueryDraft:
    """A saved query to be added."""

    name: str
    expression: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class SourceSetDraft:
    """A set of sources to be added. `sources` are the names of its sources."""

    name: str
    sources: tuple[str, ...] = ()
    uid: str = ""


@dataclass(frozen=True, slots=True)
class MethodAnswer:
    """The author's answer to one item, such as `sampling`, of a checklist for reporting qualitative research."""

    item: str
    text: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class CodingDraft:
    """A coding to be added or changed. Its place is a segment, or a quote whose place is searched for.

    - `segment`, `quote`: if both are given, the segment must have this quote.
    - `nth`: if the quote occurs several times, the number of the occurrence, from 1.
    - `stance`, `certainty`, `cases`, `memo`, `for_paper` (a quote for the paper): in an existing coding, a field
      that is None keeps its value. In a new coding, the field gets the default: the coding supports the code, is
      firm, has no memo, and is not for the paper. If the source has a single case, the coding is about this case.
      `cases` can be set to one name or several, and is stored as a tuple.
    - `line`: the line of the coding in its file, for messages; 0 if there is no file.
    - `undecided`: set if the quote was not found, and the segment is only the most similar passage. Only the draft
      of a whole study may have such a coding.
    - `round`: the number of the coder's round (pass through the sources). By default, it is the open round of the
      coder, or else round 1.
    - `how`: the way in which the program found the passage; empty if a person found it while reading.
    """

    source: str
    code: str
    segment: Segment | None = None
    quote: str | None = None
    nth: int | None = None
    coder: str | None = None
    stance: Stance | None = None
    certainty: Certainty | None = None
    cases: Names | None = None
    memo: str | None = None
    created: str | None = None
    line: int = 0
    uid: str = ""
    undecided: bool = False
    round: int | None = None
    for_paper: bool | None = None
    how: FoundBy = ""

    def __post_init__(self) -> None:
        if self.cases is not None and type(self.cases) is not tuple:
            object.__setattr__(self, "cases", as_names(self.cases))


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case to be added. An export contains the private name only if the user asks for it."""

    label: str
    private_name: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    letter: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class AttributeDraft:
    """An attribute to be added. `of` is the kind of item that has the attribute: case or source."""

    of: Owner
    name: str
    kind: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class MemoDraft:
    """A memo to be added. `on` is the kind of the item that the memo is about, and `of` is the name of this item."""

    on: MemoTarget
    of: str
    title: str
    text: str
    coder: str | None = None
    created: str | None = None
    uid: str = ""


@dataclass(frozen=True, slots=True)
class StudyDraft:
    """The content of a whole study, as in a study folder.

    The items in each tuple are in the order in which they are shown.

    - `sources`, `codings`: can be sequences that read each item only when it is needed (see `model.lazy_items`),
      because they are most of the data of a study.
    - `withdrawn`: the ids of sources that were withdrawn from the study for good. A new study does not get these
      sources. The ids, and those in `erased_texts`, are the same in all copies of a study.
    - `erased_texts`: digests of erased texts, as (kind, id of the source or person, salt, digest). If a source
      without an id has one of these texts, a new study does not get this source.
    - `package`: set if the study is a part of another study, made for a colleague. It describes this part.
    - `summaries`: the summaries of all matrices and codes. The definitions in `matrices` contain no summaries. The
      links in a summary lead to places in sources, because the ids of codings differ between studies.
    """

    study: Study
    coders: tuple[str, ...] = ()
    attributes: tuple[AttributeDraft, ...] = ()
    cases: tuple[CaseDraft, ...] = ()
    sources: Sequence[SourceDraft] = ()
    codes: tuple[CodeDraft, ...] = ()
    codings: Sequence[CodingDraft] = ()
    topics: tuple[TopicRecord, ...] = ()
    readings: tuple[Reading, ...] = ()
    rounds: tuple[Round, ...] = ()
    memos: tuple[MemoDraft, ...] = ()
    matrices: tuple[sibtui.MatrixDefinition, ...] = ()
    withdrawn: tuple[str, ...] = ()
    erased_texts: tuple[tuple[str, str, str, str], ...] = ()
    proposals: tuple[CodeProposalDraft, ...] = ()
    package: Package | None = None
    queries: tuple[QueryDraft, ...] = ()
    sets: tuple[SourceSetDraft, ...] = ()
    claims: tuple[sibtui.Claim, ...] = ()
    answers: tuple[MethodAnswer, ...] = ()
    summaries: tuple[sibtui.Summary, ...] = ()


def code_drafts(codes: Sequence[Code], lineage: Mapping[int, tuple[Lineage, ...]]) -> list[CodeDraft]:
    """Return drafts of the codes. `lineage` maps the id of a code to the events of its history, such as a rename."""
    return [
        CodeDraft(
            code.path, code.definition, code.include, code.exclude, code.example, code.origin, code.status,
            code.colour, code.key, code.since, lineage.get(code.id, ()), code.uid,
        )
        for code in codes
    ]  # fmt: skip
