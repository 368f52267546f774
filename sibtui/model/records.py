"""Records of a study, such as a source or a coding, as frozen values. The store takes and returns these values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from sibtui.model.frozen import dataclass, field
from sibtui.model.segments import Segment
from sibtui.model.text import excerpt, one_line

Kind = Literal["interview", "document", "report", "other"]
"""The kind of a source."""
Fidelity = Literal["notes", "verbatim"]
"""Whether the text of a source is notes of a conversation or its exact words."""
ReadingState = Literal["unread", "in progress", "read"]
"""The progress of reading a source."""
Stance = Literal["supports", "counters"]
"""Whether a coding is evidence for its code or evidence against it."""
Certainty = Literal["firm", "tentative"]
"""Whether the coder is certain of a coding. A matrix cell with only tentative support is not present."""
FoundBy = Literal["", "search", "speaker", "heading"]
"""The way in which the program found the passage of a coding; empty if a person found it while reading."""
FoundSpan = Literal["match", "sentence", "paragraph", "section", "turn"]
"""The passage that gets the code when a search finds a match.

It is the match itself, or the whole sentences, paragraphs, sections or turns that contain the match.
"""
HowFound = Literal["reading", "search", "speaker", "heading"]
"""A value for the filter `how`: the way in which the passages of codings were found.

“reading” selects passages that a person found, without the program.
"""
Status = Literal["proposed", "active", "retired"]
"""Whether a code is a proposal, in use, or out of use."""
Origin = Literal["deductive", "emergent", "in vivo", "imported"]
"""The origin of a code: theory, the texts, the words of a participant, or another program."""
ErasureKind = Literal["source", "person", "older texts"]
ERASURE_KINDS: tuple[ErasureKind, ...] = get_args(ErasureKind)
ProposalState = Literal["open", "merged", "rejected"]
"""Whether a proposed code waits for a decision, was merged into a code, or was rejected."""
Asked = Literal["asked", "volunteered", "not asked"]
"""Whether an interviewer asked about a topic, or the participant mentioned it without a question."""
AttributeKind = Literal["text", "number", "date", "yes/no"]
"""The type of an attribute's values."""
Owner = Literal["case", "source"]
"""The kind of item that has an attribute."""
MemoTarget = Literal["project", "source", "case", "code", "coding", "matrix"]
"""The kind of item that a memo is about."""

KINDS: tuple[Kind, ...] = get_args(Kind)
FIDELITIES: tuple[Fidelity, ...] = get_args(Fidelity)
READINGS: tuple[ReadingState, ...] = get_args(ReadingState)
STANCES: tuple[Stance, ...] = get_args(Stance)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
FOUND_BY: tuple[FoundBy, ...] = get_args(FoundBy)
FOUND_SPANS: tuple[FoundSpan, ...] = get_args(FoundSpan)
HOW_FOUND: tuple[HowFound, ...] = get_args(HowFound)
STATUSES: tuple[Status, ...] = get_args(Status)
ORIGINS: tuple[Origin, ...] = get_args(Origin)
PROPOSAL_STATES: tuple[ProposalState, ...] = get_args(ProposalState)
ASKED: tuple[Asked, ...] = get_args(Asked)
ATTRIBUTE_KINDS: tuple[AttributeKind, ...] = get_args(AttributeKind)
OWNERS: tuple[Owner, ...] = get_args(Owner)
CODE_TEXTS = ("definition", "include", "exclude", "example")
"""The text fields of a code that describe its meaning and use."""
MEMO_TARGETS: tuple[MemoTarget, ...] = get_args(MemoTarget)

COLOURS = ("orange", "sky", "green", "yellow", "blue", "vermillion", "purple", "grey")
"""The colours for themes: the palette of Okabe and Ito, which colour-blind readers can distinguish."""


@dataclass(frozen=True, slots=True)
class Study:
    """The facts about a study itself. `guid` is its lasting id (an id that is the same in all copies).

    `first_note` is the number of the first note below the first table of the study. `agreement` is the author's
    sentence on agreement between coders. This sentence is shown with the figures for a method section, and is empty if
    the author has not written one.
    """

    name: str
    guid: str
    description: str
    created: str
    first_note: int
    language: str = ""
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes sources, reads them or judges cells."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property that cases or sources can have, such as a role. `of` is case or source, and `kind` is the type of the values."""

    id: int
    of: Owner
    name: str
    kind: AttributeKind
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of comparison, such as an organisation. `letter` is the key that selects the case on the screen.

    An export contains the private name only if the user asks for it.
    """

    id: int
    label: str
    private_name: str | None
    attributes: Mapping[str, str] = field(default_factory=dict)
    letter: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A note or document, without its text. `length` is in code points. `version` is 1 for the first text and increases with each correction.

    `reading` is "read" if a coder has read the source for all codes. `read_by` are these coders, and `read_at` is the
    time of the last reading. `language` is a code such as "en", or empty if it is the language of the study. `uid` is
    the lasting id, which is the same in all copies of the study.
    """

    id: int
    name: str
    title: str
    kind: Kind
    fidelity: Fidelity
    reading: ReadingState
    read_at: str | None
    added: str
    cases: tuple[str, ...]
    length: int
    version: int
    original: str
    sha256: str
    codings: int = 0
    unattributed: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    read_by: tuple[str, ...] = ()
    language: str = ""
    uid: str = ""

    def __repr__(self) -> str:
        return f"<Source {one_line(self.name, 32)!r}: {self.kind}, {self.length} code points, {self.codings} codings>"


@dataclass(frozen=True, slots=True)
class Reading:
    """A record that a coder has read a whole source. `code` is the path of the code for which the source was read.

    If `code` is None, the coder has read the source for all codes that existed at that time.
    """

    source: str
    coder: str
    at: str
    code: str | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """A pass of a coder through sources after the first pass.

    The codings and readings of the round have its `number`. Codings and readings outside of all rounds have the number
    1. While a `blind` round is open, its coder sees only the codings of this round. `sources` are the names of its
    sources; empty means all sources. `ended` is empty while the round is open.
    """

    coder: str
    number: int
    name: str
    started: str
    ended: str = ""
    blind: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A part of a study that was made for a colleague, who codes it in a separate file.

    `coder` is the colleague. `made` is the time at which the package was made. `act` and `digest` identify the last act
    (entry of the history) in the sender's study at this time. `sources` are the lasting ids (the same in all copies of
    the study) of the sources in the package.
    """

    coder: str
    act: int
    digest: str
    made: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingDue:
    """A source that has to be read again for a code.

    `code` is the path of the code, and `because` is the reason. Only readings since the time `since` count for this
    code, and the source has no such reading.
    """

    source: str
    code: str
    because: str
    since: str


@dataclass(frozen=True, slots=True)
class Code:
    """A node of the codebook. `path` is its full name, theme first; `since` is the time of its creation.

    A reading of a source counts for the code only if it is not older than `read_since`. `read_since` is the latest of
    three times: `since`, the creation of a code that was merged into this code, and the last time when sources were
    marked to be read again. `uid` is the lasting id, which is the same in all copies of the study.
    """

    id: int
    parent: int | None
    name: str
    path: str
    definition: str
    include: str
    exclude: str
    example: str
    origin: Origin
    status: Status
    colour: str | None
    key: str | None
    since: str
    codings: int = 0
    read_since: str = ""
    uid: str = ""

    def __repr__(self) -> str:
        return f"<Code {one_line(self.path, 50)!r}: {self.status}, {self.codings} codings>"

    @property
    def depth(self) -> int:
        """The number of codes above this code; 0 for a theme."""
        from sibtui.model.codebook import split_path

        return len(split_path(self.path)) - 1


@dataclass(frozen=True, slots=True)
class Lineage:
    """One event in the history of a code, such as a merge or a rename.

    `path` and `definition` belong to the code directly before the event. For a merge, they belong to the code (or
    proposed code) that was merged into this code. For a split, they belong to the code from which this code was split.
    `since` is a time: after this event, readings that are older than `since` do not count for the code. If the event
    requires no new reading, `since` is empty.
    """

    event: str
    at: str
    coder: str
    path: str
    definition: str
    note: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class CodeProposal:
    """A code that a coder proposes. The codebook does not change before the proposal is accepted.

    `code` is the path of the code into which an accepted proposal was merged; otherwise it is empty. `reason` and
    `decided` (a time) describe the decision, and are empty while the proposal is open. `uid` is the lasting id, which
    is the same in all copies of the study.
    """

    id: int
    path: str
    definition: str
    coder: str
    created: str
    state: ProposalState = "open"
    code: str = ""
    reason: str = ""
    decided: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """A coding: a code applied to a segment of a source.

    `cases` are the cases that the coding is about; empty if they are not known yet. `undecided` is set if the coding
    has no certain place in a corrected text. For an undecided coding, `quote`, `before` and `after` are the words at
    its last certain place, and `segment` is the most similar passage of the corrected text. `round` is the number of
    the coder's round. `for_paper` is set for a quote for the paper. `how` is the way in which the program found the
    passage; it is empty if a person found it while reading.
    """

    id: int
    source: str
    segment: Segment
    quote: str
    before: str
    after: str
    code: str
    coder: str
    stance: Stance
    certainty: Certainty
    cases: tuple[str, ...]
    memo: str
    created: str
    uid: str = ""
    undecided: bool = False
    round: int = 1
    for_paper: bool = False
    how: FoundBy = ""

    def __repr__(self) -> str:
        code, source, quote = one_line(self.code, 24), one_line(self.source, 14), excerpt(self.quote, 16)
        return f"<Coding {self.id}: {code!r} on {source!r} {self.segment} {quote!r}>"


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A version of a source's text.

    `length` is in code points, `original` is the name of the file with this version, and `current` is set for the
    newest version.
    """

    version: int
    added: str
    length: int
    original: str
    sha256: str
    current: bool


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on an item.

    `on` is the kind of the item, and `of` names the item; `of` is empty for a memo on the project. The name in `of` is
    the name of a source or matrix, the label of a case, the path of a code, or the id of a coding.
    """

    id: int
    on: MemoTarget
    of: str
    title: str
    text: str
    coder: str
    created: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query of codings that a user has saved under a name. `uid` is the lasting id, which is the same in all copies of the study."""

    id: int
    name: str
    expression: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class SourceSet:
    """A set of sources with a name, such as `pilot`.

    `sources` are the names of its sources, in their order. `uid` is the lasting id, which is the same in all copies of
    the study.
    """

    id: int
    name: str
    sources: tuple[str, ...] = ()
    uid: str = ""


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """A record of whether an interviewer asked about a topic in a source. `topic` is the path of a code.

    The record is for one case, or for all cases of the source if `case` is empty.
    """

    source: str
    topic: str
    state: Asked
    case: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the history: a command of a user that changed the study.

    `verb` names the command by noun and verb, such as `code merge`. `digest` is a checksum of this act and all acts
    before it, as hexadecimal digits. Undo and redo do not change the checksum.
    """

    id: int
    at: str
    coder: str
    verb: str
    summary: str
    state: Literal["done", "undone", "dropped"]
    changes: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the study file that an act of the history changed: its table and id, and its values before and after the act.

    `before` is None for an added row, and `after` is None for a removed row.
    """

    table: str
    row: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
