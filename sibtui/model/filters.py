"""What a list of codings, or a matrix, is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sibtui.model.records import Certainty, Kind, Stance


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """Which codings: all that fit every part that is given. Names are resolved by the project.

    `codes` counts sub-codes in unless `subcodes` is off; `case` and `coder` are labels; `text` is found in quotes and memos, letter case aside.
    `unattributed`: only codings without a case.
    """

    codes: tuple[str, ...] = ()
    subcodes: bool = True
    cases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    coders: tuple[str, ...] = ()
    stance: Stance | None = None
    certainty: Certainty | None = None
    text: str = ""
    unattributed: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """Which evidence a matrix counts: kinds of source and coders (empty: all)."""

    kinds: tuple[Kind, ...] = ()
    coders: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kinds or self.coders)
