"""Presence of a row in a column, by the rule of the method: counts of evidence in, a state out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal["contested", "present", "tentative", "rejected", "incomplete", "no data", "absent"]
STATES: tuple[State, ...] = get_args(State)

Fragility = Literal["single quote", "single source", "robust"]

DEFAULT_MARKS: dict[State, str] = {
    "contested": "◐",
    "present": "X",
    "tentative": "?",
    "rejected": "–",
    "incomplete": "…",
    "no data": "n/a",
    "absent": "",
}
ASCII_MARKS: dict[State, str] = {
    "contested": "X!",
    "present": "X",
    "tentative": "?",
    "rejected": "-",
    "incomplete": ".",
    "no data": "n/a",
    "absent": "",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """At least `quotes` firm supporting quotes from at least `sources` sources make a cell present."""

    quotes: int = 1
    sources: int = 1

    def __post_init__(self) -> None:
        if self.quotes < 1 or self.sources < 1:
            raise ValueError("a threshold is 1 or more")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a cell. Overlapping codings of one row in one source are one quote.

    `quotes`, `sources`: firm support. `tentative`, `counter`: quotes of tentative support and of counter-evidence.
    `fewest`, `most`: firm quotes in the source that has fewest and in the one that has most.
    """

    quotes: int = 0
    sources: int = 0
    tentative: int = 0
    counter: int = 0
    fewest: int = 0
    most: int = 0


NOTHING = Evidence()


def state(evidence: Evidence, rule: Rule, *, read: bool, covered: bool) -> State:
    """The first state that holds.

    `read`: every source of the column has been read for the row. `covered`: some source of the column covers it.
    """
    if evidence.quotes or evidence.tentative:
        if evidence.counter:
            return "contested"
        return "present" if _meets(evidence.quotes, evidence.sources, rule) else "tentative"
    if evidence.counter:
        return "rejected"
    if not read:
        return "incomplete"
    return "absent" if covered else "no data"


def fragility(evidence: Evidence, rule: Rule) -> Fragility:
    """What a present cell hangs on: leave out any one quote, then any one source, and see whether the rule still holds."""
    lone_quote_in_a_source = evidence.fewest == 1
    sources_left = evidence.sources - 1 if lone_quote_in_a_source else evidence.sources
    if not _meets(evidence.quotes - 1, sources_left, rule):
        return "single quote"
    if not _meets(evidence.quotes - evidence.most, evidence.sources - 1, rule):
        return "single source"
    return "robust"


def _meets(quotes: int, sources: int, rule: Rule) -> bool:
    return quotes >= rule.quotes and sources >= rule.sources
