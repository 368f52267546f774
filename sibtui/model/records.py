"""The items of a study, such as a source or a coding, as frozen values. The store takes and returns these values."""

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
DecisionTake = Literal["1", "2", "both", "neither"]
"""The coding that a decision on a disagreement takes: the first coder's, the second coder's, both, or neither."""
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
    """The facts about a study itself. `guid` is its id, which is the same in all copies of the study.

    `first_note` is the number of the first footnote below the first table of the study. `agreement` is a sentence of
    the author on the agreement between coders, for the report on methods; empty if there is none.
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
    """A property that cases or sources can have, such as a role.

    `of` is “case” or “source”, and `kind` is the type of its values.
    """

    id: int
    of: Owner
    name: str
    kind: AttributeKind
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of comparison, such as an organisation. On the screen, the key `letter` selects the case.

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
    """An interview note or document, without its text. `length` is in code points.

    - `fidelity`: whether the text is notes or has the words as spoken.
    - `version`: 1 for the first text; it increases with each correction.
    - `reading`: "read" if a coder has read the source for all codes.
    - `read_by`, `read_at`: the coders who have read the source for all codes, and the time of the last of these
      readings.
    - `unattributed`: the number of codings without a case.
    - `language`: a code such as "en"; empty if it is the language of the study.
    - `uid`: an id that is the same in all copies of the study.
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
    """The record that a coder has read a whole source, at the time `at`, in a round (pass of the coder).

    `code` is the path of the code for which the source was read. If `code` is None, the source was read for all codes
    of that time.
    """

    source: str
    coder: str
    at: str
    code: str | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """A second or later pass of a coder through sources. `number` is 2 or more.

    A coding or a reading has the number of the round in which it was made, or 1 if it was made outside of such
    rounds. While a `blind` round is open, its coder sees only the codings of this round. `sources` are the names of
    its sources; empty for all sources. `ended` is empty while the round is open.
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
    """A part of a study that was sent to a colleague, who codes it in a separate file.

    `coder` is the colleague. `made` is the time at which the package was made. `act` and `digest` identify the last
    entry in the history of the sender's study at this time. `sources` are the ids of the sources in the package. Such an
    id is the same in all copies of the study.
    """

    coder: str
    act: int
    digest: str
    made: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingDue:
    """A source that has to be read again for a code, for example because the code is newer than the last reading.

    `code` is the path of the code, and `because` is the reason. Only a reading at the time `since` or later counts for
    the code.
    """

    source: str
    code: str
    because: str
    since: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook. `path` is its full name, from the theme (top code) down.

    `since` is the time of its creation. A source counts as read for this code only if it was read at `read_since` or
    later. `read_since` is the latest of these times:

    - `since`
    - the creation of a code that was merged into this code
    - the last time when sources were marked to be read again

    `uid` is an id that is the same in all copies of the study.
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
        """The number of codes above this code; 0 for a theme (top code)."""
        if "\\" not in self.path:
            return self.path.count("/")
        from sibtui.model.codebook import split_path

        return len(split_path(self.path)) - 1


@dataclass(frozen=True, slots=True)
class Lineage:
    """One event in the history of a code, such as a merge or a rename.

    `path` and `definition` are those of the code before the event. After a merge, they are those of the code (or
    proposed code) that was merged into this code; after a split, those of the code from which this code was split.
    `since` is a time or empty. A source read before this time must be read again for this code.
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
    """A code that a coder proposes. The codebook changes only if the proposal is accepted.

    For an accepted proposal, `code` is the path of the code into which it was merged; otherwise, `code` is empty.
    `reason` and `decided` (a time) belong to the decision, and are empty while the proposal is open. `uid` is an id
    that is the same in all copies of the study.
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

    - `cases`: the cases that the coding is about; empty if they are not known yet.
    - `undecided`: set if the text was corrected and the place of the coding in the new text is uncertain. `segment` is
      then the most similar passage of the new text. `quote` has the words at the last certain place, and `before` and
      `after` have the text around these words.
    - `round`: the number of the coder's round (pass through the sources).
    - `for_paper`: set for a quote for the paper.
    - `how`: the way in which the program found the passage; empty if a person found it while reading.
    - `uid`: an id that is the same in all copies of the study.
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
    """A version of the text of a source.

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
    """A memo (note) on an item of the study.

    `on` is the kind of the item. `of` is the name of a source or matrix, the label of a case, the path of a code, or
    the id of a coding. For a memo on the whole project, `of` is empty.
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
    """A query of codings that a user has saved under a name.

    `uid` is an id that is the same in all copies of the study.
    """

    id: int
    name: str
    expression: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class SourceSet:
    """A set of sources with a name, such as `pilot`.

    `sources` are the names of its sources, in order. `uid` is an id that is the same in all copies of the study.
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
    """One entry of the history: a change by one command of the user. The change can be undone as one step.

    `verb` names the command by noun and verb, such as `code merge`. `changes` is the number of changed rows.
    `digest` is a checksum of this act and all acts before it, as hexadecimal digits. Undo and redo do not change the
    checksum. `words` is the effect of the act in words. It is set only in the results of `history.undo` and
    `history.redo`.
    """

    id: int
    at: str
    coder: str
    verb: str
    summary: str
    state: Literal["done", "undone", "dropped"]
    changes: int
    digest: str = ""
    words: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the study file that was changed, with its table, its id, and its values before and after the change.

    `before` is None for an added row, and `after` is None for a removed row.
    """

    table: str
    row: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
