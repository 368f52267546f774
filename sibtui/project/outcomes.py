"""What came of an act that has more to tell than the thing that it made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.drafts import CodingDraft, SourceDraft
    from sibtui.model.quotes import Found
    from sibtui.model.records import Source


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one draft: `added`; `same` (the file is in the study as `name`); or `refused`, and why."""

    draft: SourceDraft
    outcome: Literal["added", "same", "refused"]
    name: str
    why: str = ""
    new_cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reattributed:
    """How many codings changed their cases because their source's cases changed."""

    source: Source
    codings: int


@dataclass(frozen=True, slots=True)
class Imported:
    """How many codes an import added, changed, and found as they were."""

    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that cannot be added, and why."""

    draft: CodingDraft
    why: str


@dataclass(frozen=True, slots=True)
class CodingsImported:
    """What an import did, or would do: codings added, those that were there already, those found nearly, those refused.

    When anything is refused nothing is added.
    """

    added: int
    same: int
    nearly: tuple[tuple[CodingDraft, Found], ...] = ()
    refused: tuple[Refused, ...] = ()
    unattributed: int = 0
    new_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BySpeaker:
    """How many codings went to the cases of each speaker, how many still wait, and who speaks besides."""

    given: Mapping[str, int]
    waiting: int
    others: tuple[str, ...]


@dataclass
class Tally:
    """What an import has found so far."""

    same: int = 0
    unattributed: int = 0
    nearly: list[tuple[CodingDraft, Found]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    new_codes: Sequence[str] = ()

    def refuse(self, draft: CodingDraft, why: str) -> None:
        self.refused.append(Refused(draft, why))
