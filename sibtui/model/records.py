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
"""Whether a coding is evidence for its code or against it."""
Certainty = Literal["firm", "tentative"]
"""Whether the coder is certain of a coding. Tentative support alone does not make a cell present."""
Status = Literal["proposed", "active", "retired"]
"""Whether a code is a proposal, in use, or out of use."""
Origin = Literal["deductive", "emergent", "in vivo", "imported"]
"""The origin of a code: theory, the texts, the words of a participant, or another program."""
ErasureKind = Literal["source", "person", "older texts"]
ERASURE_KINDS: tuple[ErasureKind, ...] = get_args(ErasureKind)
ProposalState = Literal["open", "merged", "rejected"]
"""Whether a proposed code waits for a decision, was merged into a code, or was rejected."""
Asked = Literal["asked", "volunteered", "not asked"]
"""Whether a topic was asked in an interview, or came up without a question."""
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
STATUSES: tuple[Status, ...] = get_args(Status)
ORIGINS: tuple[Origin, ...] = get_args(Origin)
PROPOSAL_STATES: tuple[ProposalState, ...] = get_args(ProposalState)
ASKED: tuple[Asked, ...] = get_args(Asked)
ATTRIBUTE_KINDS: tuple[AttributeKind, ...] = get_args(AttributeKind)
OWNERS: tuple[Owner, ...] = get_args(Owner)
CODE_TEXTS = ("definition", "include", "exclude", "example")
"""The fields of a code that describe it."""
MEMO_TARGETS: tuple[MemoTarget, ...] = get_args(MemoTarget)

COLOURS = ("orange", "sky", "green", "yellow", "blue", "vermillion", "purple", "grey")
"""The theme colours: the palette of Okabe and Ito, which colour-blind readers can distinguish."""


@dataclass(frozen=True, slots=True)
class Study:
    """The facts about a study itself. `guid` is its lasting id, and `first_note` the number of the first note below its first table.

    `agreement` is the sentence on agreement between coders in the figures of the method. It is empty if the author declares nothing.
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
    """A person who codes, judges or reads."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property that cases or sources can have. `of` is the owner (case or source), and `kind` the type of its values."""

    id: int
    of: Owner
    name: str
    kind: AttributeKind
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of comparison. Exports leave out the private name unless the user asks for it. `letter` is its key on the screen."""

    id: int
    label: str
    private_name: str | None
    attributes: Mapping[str, str] = field(default_factory=dict)
    letter: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A note or document, without its text. `length` is in code points; `version` counts corrected texts from 1.

    `reading` is "read" when a coder has read the source for all codes. `read_by` names these coders, `read_at` is the time of the last
    reading. `language` is a code such as "en", or empty for the language of the study. `uid` is the lasting id.
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
    """A complete reading of a source by a coder. `code` is the path of the code for which the source was read; None means all codes of that time."""

    source: str
    coder: str
    at: str
    code: str | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """A pass of a coder through sources after the first one. Codings and readings carry the `number` of their round; work outside of rounds has 1.

    While a `blind` round is open, its coder sees only the codings of this round. `sources` are the names of its sources; empty means all.
    `ended` is empty while the round is open.
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
    """A part of a study that was made for a colleague.

    `coder` is the colleague, `act` and `digest` name the last act of the sender's study, and `made` is the time. `sources` are the lasting
    ids of the sources in the package.
    """

    coder: str
    act: int
    digest: str
    made: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingDue:
    """A source that has to be read again for a code.

    Its last reading was before `since`, and only later readings count for this code. `code` is the path, `because` the reason.
    """

    source: str
    code: str
    because: str
    since: str


@dataclass(frozen=True, slots=True)
class Code:
    """A node of the codebook. `path` is its full name; `since` is the time of its creation.

    A reading counts for the code when it is not older than `read_since`. This is the latest of three times: `since`, the creation of a code
    that was merged into this code, and the last mark for reading again. `uid` is the lasting id.
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
    """One event in the history of a code. `path` and `definition` describe the code, or the code merged into it, at that time.

    Readings before `since` do not count for the code after this event. `since` is empty when the event requires no new reading.
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
    """A code that a coder proposes. The codebook changes only when the proposal is accepted.

    `code` is the path of the code into which an accepted proposal was merged; empty for all others. `reason` and `decided` describe the
    decision, and are empty while the proposal is open. `uid` is the lasting id.
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
    """A code applied to a segment of a source. `cases` is empty while the coding has no case.

    `undecided` is set when the coding has no certain place in a corrected text. Then `quote`, `before` and `after` are the words at the
    last certain place, and `segment` is the nearest passage in the corrected text. `round` is the number of the coder's round.
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

    def __repr__(self) -> str:
        code, source, quote = one_line(self.code, 24), one_line(self.source, 14), excerpt(self.quote, 16)
        return f"<Coding {self.id}: {code!r} on {source!r} {self.segment} {quote!r}>"


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A version of a source's text. `length` is in code points; `original` is the name of its file; `current` marks the newest."""

    version: int
    added: str
    length: int
    original: str
    sha256: str
    current: bool


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on an item. `of` is a source's name, a code's path or a coding's number; empty for the project."""

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
    """A query of codings that is saved under a name. `uid` is the lasting id."""

    id: int
    name: str
    expression: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """Whether a topic was asked in a source. `topic` is the path of a code. The record is for one case, or for all if `case` is empty."""

    source: str
    topic: str
    state: Asked
    case: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the history: a command of the user. `verb` names the command by noun and verb: `code merge`.

    `digest` is a checksum of this act and all acts before it, as hexadecimal digits. Undo and redo do not change the digest.
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
    """One row that an act changed: its table and number, and its values before and after the act. None means that there was no row."""

    table: str
    row: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
