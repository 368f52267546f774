"""What a study is made of, as frozen values: these go into the store and come out of it, nothing else does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.segments import Segment

Kind = Literal["interview", "document", "report", "other"]
Fidelity = Literal["notes", "verbatim"]
Reading = Literal["unread", "in progress", "read"]
Stance = Literal["supports", "counters"]
Certainty = Literal["firm", "tentative"]
Status = Literal["proposed", "active", "retired"]
Origin = Literal["deductive", "emergent", "in vivo", "imported"]
Asked = Literal["asked", "volunteered", "not asked"]
AttributeKind = Literal["text", "number", "date", "yes/no"]
Owner = Literal["case", "source"]
MemoTarget = Literal["project", "source", "case", "code", "coding", "matrix"]

KINDS: tuple[Kind, ...] = get_args(Kind)
FIDELITIES: tuple[Fidelity, ...] = get_args(Fidelity)
READINGS: tuple[Reading, ...] = get_args(Reading)
STANCES: tuple[Stance, ...] = get_args(Stance)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
STATUSES: tuple[Status, ...] = get_args(Status)
ORIGINS: tuple[Origin, ...] = get_args(Origin)
ASKED: tuple[Asked, ...] = get_args(Asked)
ATTRIBUTE_KINDS: tuple[AttributeKind, ...] = get_args(AttributeKind)
MEMO_TARGETS: tuple[MemoTarget, ...] = get_args(MemoTarget)

COLOURS = ("orange", "sky", "green", "yellow", "blue", "vermillion", "purple", "grey")
"""The theme colours: Okabe and Ito's palette, told apart by colour-blind eyes."""


@dataclass(frozen=True, slots=True)
class Study:
    """The project's own facts. `first_note` is the number that the first table note of the study takes."""

    name: str
    guid: str
    description: str
    created: str
    first_note: int


@dataclass(frozen=True, slots=True)
class Coder:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    id: int
    of: Owner
    name: str
    kind: AttributeKind


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared. The private name never leaves in an export unless it is asked for."""

    id: int
    label: str
    private_name: str | None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A note or document, without its text. `length` is in code points; `version` counts corrected texts from 1."""

    id: int
    name: str
    title: str
    kind: Kind
    fidelity: Fidelity
    reading: Reading
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


@dataclass(frozen=True, slots=True)
class Code:
    """A node of the codebook. `path` names it whole; `since` is when it came to exist: readings before don't count."""

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

    @property
    def depth(self) -> int:
        """0 for a theme."""
        from sibtui.model.codebook import split_path  # noqa: PLC0415 - the codebook imports this module

        return len(split_path(self.path)) - 1


@dataclass(frozen=True, slots=True)
class Lineage:
    """One event in a code's life. `path` and `definition` are what the code, or the one merged into it, was then."""

    event: str
    at: str
    coder: str
    path: str
    definition: str
    note: str


@dataclass(frozen=True, slots=True)
class Coding:
    """A code applied to a segment. `cases` is empty while a coding waits to be attributed."""

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


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on anything. `of` names the thing: a source's name, a code's path, a coding's number; empty for the project."""

    id: int
    on: MemoTarget
    of: str
    title: str
    text: str
    coder: str
    created: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether a source was asked about a topic: a theme or a code."""

    source: str
    topic: str
    state: Asked


@dataclass(frozen=True, slots=True)
class Act:
    """One command of the user, as the history keeps it. `verb` is the noun and verb of it: `code merge`."""

    id: int
    at: str
    coder: str
    verb: str
    summary: str
    state: Literal["done", "undone", "dropped"]
    changes: int


@dataclass(frozen=True, slots=True)
class Change:
    """One row that an act changed: its table, and its values before and after (None: not there)."""

    table: str
    row: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
