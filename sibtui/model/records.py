"""Records of a study as frozen values: the only values that the store takes and returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from sibtui.model.segments import Segment
from sibtui.model.text import one_line

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
Asked = Literal["asked", "volunteered", "not asked"]
"""Whether a topic was asked in an interview, or came up without a question."""
AttributeKind = Literal["text", "number", "date", "yes/no"]
"""The type of an attribute's values."""
Owner = Literal["case", "source"]
"""The kind of item that has an attribute."""
MemoTarget = Literal["project", "source", "case", "code", "coding", "matrix"]
"""The kind of item that a memo is on."""

KINDS: tuple[Kind, ...] = get_args(Kind)
FIDELITIES: tuple[Fidelity, ...] = get_args(Fidelity)
READINGS: tuple[ReadingState, ...] = get_args(ReadingState)
STANCES: tuple[Stance, ...] = get_args(Stance)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
STATUSES: tuple[Status, ...] = get_args(Status)
ORIGINS: tuple[Origin, ...] = get_args(Origin)
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
    """The facts about the study itself. `first_note` is the number of its first table note."""

    name: str
    guid: str
    description: str
    created: str
    first_note: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes, judges or reads."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A typed property that cases or sources (`of`) can have."""

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

    `reading` is "read" when a coder has read it for all codes; `read_by` names these coders, `read_at` is the time of the last reading.
    `language` is a code such as "en", or empty for the language of the study. `uid` is the lasting id.
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
    """A complete reading of a source by a coder, for all codes of that time, or for one code (its path)."""

    source: str
    coder: str
    at: str
    code: str | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class ReadingDue:
    """A source to read again for a code.

    It was last read before `since`; only later readings count for this code. `code` is the path, `because` the reason.
    """

    source: str
    code: str
    because: str
    since: str


@dataclass(frozen=True, slots=True)
class Code:
    """A node of the codebook. `path` is its full name; `since` is the time of its creation.

    A reading counts for the code when it is not older than `read_since`: the latest of `since`, the creation of a code merged into it, and
    the last mark for re-reading. `uid` is the lasting id.
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
        """The number of codes above it; 0 for a theme."""
        from sibtui.model.codebook import split_path

        return len(split_path(self.path)) - 1


@dataclass(frozen=True, slots=True)
class Lineage:
    """One event in the history of a code. `path` and `definition` describe the code, or the code merged into it, at that time.

    After this event, readings before `since` do not count for the code; empty when the event requires no new reading.
    """

    event: str
    at: str
    coder: str
    path: str
    definition: str
    note: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code applied to a segment. `cases` is empty while the coding waits for its case.

    `undecided` is set when a corrected text has no certain place for the coding. Then `quote`, `before` and `after` are its last certain
    words, and `segment` is the nearest passage.
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

    def __repr__(self) -> str:
        code, source, quote = one_line(self.code, 24), one_line(self.source, 14), one_line(self.quote, 16)
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
class TopicRecord:
    """Whether a source was asked about a topic (a theme or code). `case` names one case; empty, the record holds for all its cases."""

    source: str
    topic: str
    state: Asked
    case: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the history: a command of the user. `verb` is its noun and verb: `code merge`.

    `digest` covers this act and all acts before it, as hexadecimal digits. Undo and redo do not change it.
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
    """One row that an act changed: its table, and its values before and after. None means that there was no row."""

    table: str
    row: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
