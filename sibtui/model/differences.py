"""Differences of two copies of a study, and the decisions on those that are conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sibtui.model.study_items import ItemKey

Side = Literal["mine", "theirs"]
"""The side whose value a decision takes."""
Proposal = Literal["add", "take", "keep", "remove", "conflict", "leave out"]
"""What a merge does about a difference."""
DifferencePlace = tuple[str, ItemKey, str]
"""The kind, key and field of a difference. The field is empty for an item as a whole."""
SAME_CODE = "same code"
"""The field of the conflict on two codes of one name."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of two studies. `was` is the value in common, None when that is not known.

    Without a field, the values are the fields of the whole item, None for a side that does not have it. `decided` is the side whose value
    is taken in a conflict; empty without a decision.
    """

    kind: str
    key: ItemKey
    field: str
    mine: Any
    theirs: Any
    was: Any
    proposal: Proposal
    why: str = ""
    decided: Side | Literal[""] = ""

    @property
    def place(self) -> DifferencePlace:
        return self.kind, self.key, self.field


@dataclass(frozen=True, slots=True)
class Decisions:
    """The side to take in conflicts: `chosen` for single ones, `default` for all others; None leaves them open."""

    default: Side | None = None
    chosen: Mapping[DifferencePlace, Side] = field(default_factory=dict)

    def on(self, place: DifferencePlace) -> Side | None:
        return self.chosen.get(place, self.default)


@dataclass(frozen=True, slots=True)
class Merging:
    """The settings of a merge. `coders` maps names of theirs to names of mine. `at` and `coder` mark events of codes that it makes."""

    decisions: Decisions = field(default_factory=Decisions)
    coders: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    coder: str = ""
