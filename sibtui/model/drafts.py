"""What is brought in, before the study knows it: read from files by formats, checked and stored by the project."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.matrix import MatrixDefinition
    from sibtui.model.records import (
        Certainty,
        Code,
        Coverage,
        Fidelity,
        Kind,
        Lineage,
        MemoTarget,
        Origin,
        Owner,
        Reading,
        Stance,
        Status,
        Study,
    )
    from sibtui.model.segments import Segment


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A note or document to be added. `text` is normalised; `attributes` hold YAML values: str, int, float, bool, date.

    `original` is the name of the file it came from, `sha256` that of the file's bytes; `encoding` how they were read,
    `confidence` (0-1) how sure that is: 1 for Unicode and for an encoding that was told. `warnings` say what the reader
    could not read, or decided by itself: parts of sentences, fit to follow the file's name and a colon. `cases_together` is the
    text that `cases` were parted out of, `A; B`: a case may be called so, and the study knows whether one is.
    """

    name: str
    text: str
    title: str = ""
    kind: Kind = "interview"
    fidelity: Fidelity = "notes"
    cases: tuple[str, ...] = ()
    reading: Reading = "unread"
    read_at: str | None = None
    added: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    original: str = ""
    sha256: str = ""
    encoding: str = "utf-8"
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()
    cases_together: str = ""


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """A code to be added, by its path; missing ancestors are made. `None` leaves the default, or what is there."""

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


@dataclass(frozen=True, slots=True)
class CodingDraft:
    """A coding to be added: a segment, or a quote to be found, or both (the quote then checks the segment).

    `line` is where it stands in its file, for messages; 0 when it comes from no file. `cases=None` means: not told.
    """

    source: str
    code: str
    segment: Segment | None = None
    quote: str | None = None
    nth: int | None = None
    coder: str | None = None
    stance: Stance = "supports"
    certainty: Certainty = "firm"
    cases: tuple[str, ...] | None = None
    memo: str = ""
    created: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class CaseDraft:
    label: str
    private_name: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttributeDraft:
    of: Owner
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class MemoDraft:
    on: MemoTarget
    of: str
    title: str
    text: str
    coder: str | None = None
    created: str | None = None


@dataclass(frozen=True, slots=True)
class StudyDraft:
    """A whole study as a plain-text folder holds it, in the order in which it is shown."""

    study: Study
    coders: tuple[str, ...] = ()
    attributes: tuple[AttributeDraft, ...] = ()
    cases: tuple[CaseDraft, ...] = ()
    sources: tuple[SourceDraft, ...] = ()
    codes: tuple[CodeDraft, ...] = ()
    codings: tuple[CodingDraft, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    memos: tuple[MemoDraft, ...] = ()
    matrices: tuple[MatrixDefinition, ...] = ()


def code_drafts(codes: Sequence[Code], lineage: Mapping[int, tuple[Lineage, ...]]) -> list[CodeDraft]:
    """Codes as drafts, with their lineage given by id."""
    return [
        CodeDraft(
            code.path, code.definition, code.include, code.exclude, code.example, code.origin, code.status,
            code.colour, code.key, code.since, lineage.get(code.id, ()),
        )
        for code in codes
    ]  # fmt: skip
