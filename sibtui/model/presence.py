"""The state of a matrix cell (such as present or absent), computed from its evidence and a rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from sibtui.model.arguments import choices, whole
from sibtui.model.frozen import dataclass
from sibtui.model.records import KINDS, Kind

State = Literal["contested", "present", "tentative", "rejected", "incomplete", "no data", "absent"]
"""The state of a matrix cell."""
STATES: tuple[State, ...] = get_args(State)

Fragility = Literal["single quote", "single source", "robust"]
"""The strength of the evidence of a present cell: whether it would still be present without one quote or source."""
RESTS: dict[Fragility, str] = {
    "single quote": "rests on a single quote",
    "single source": "rests on a single source",
    "robust": "robust: holds without any one quote or source",
}
"""The words for each fragility. All screens, lists and documents use them."""

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


def kinds_in_order(kinds: Kind | Iterable[Kind]) -> tuple[Kind, ...]:
    """Return kinds of source in the usual order, each once. Raises InputError for an unknown kind.

    >>> kinds_in_order(["document", "interview"])
    ('interview', 'document')
    """
    chosen = choices("kind of source", kinds, KINDS)
    return tuple(kind for kind in KINDS if kind in chosen)


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule for a present cell: the least number of firm quotes, of sources, and of kinds of source.

    Firm quotes are those that are not tentative. `needs` are kinds of source, such as "interview". The cell must
    have firm quotes from each of these kinds. They are stored in the usual order of kinds, each once. Raises
    OutOfRangeError for a number below 1, and InputError for an unknown kind.
    """

    quotes: int = 1
    sources: int = 1
    kinds: int = 1
    needs: Kind | Iterable[Kind] = ()

    def __post_init__(self) -> None:
        for what in ("quotes", "sources", "kinds"):
            whole(f"threshold of {what}", getattr(self, what), 1)
        object.__setattr__(self, "needs", kinds_in_order(self.needs))

    @property
    def asks_kinds(self) -> bool:
        """Whether the result of the rule depends on the kinds of the sources."""
        return self.kinds > 1 or bool(self.needs)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many quotes and sources a cell has. Overlapping codings count as one quote.

    - `quotes`: the number of firm (not tentative) supporting quotes.
    - `sources`: the number of sources with such quotes.
    - `tentative`: the number of tentative supporting quotes.
    - `counter`: the number of quotes of counter-evidence, firm or tentative.
    - `fewest`, `most`: the smallest and the largest number of firm supporting quotes that one of the `sources` has.
    - `by_source`: (kind, number of firm supporting quotes) for each of the `sources`; empty if the rule does not
      depend on kinds.
    - `disputed`: set if two coders have coded one passage with opposite stances.
    """

    quotes: int = 0
    sources: int = 0
    tentative: int = 0
    counter: int = 0
    fewest: int = 0
    most: int = 0
    by_source: tuple[tuple[Kind, int], ...] = ()
    disputed: bool = False


NOTHING = Evidence()


def state(evidence: Evidence, rule: Rule, *, known: bool, covered: bool) -> State:
    """Return the state of a cell, such as "present", from its evidence and the rule.

    `known` is set if no evidence can be missing. For this, every source of the column must have been read for the
    row, and all codings of the row in these sources must have a case.

    `covered` is set if a source of the column covers the topic of the row (see `model.cell_basis`). For example, the
    interviewer asked about the topic.
    """
    if meets(evidence, rule):
        return "contested" if evidence.counter else "present"
    if evidence.quotes or evidence.tentative:
        return "tentative"
    if evidence.counter:
        return "rejected"
    if not known:
        return "incomplete"
    return "absent" if covered else "no data"


def meets(evidence: Evidence, rule: Rule) -> bool:
    if evidence.quotes < rule.quotes or evidence.sources < rule.sources:
        return False
    return not rule.asks_kinds or _of_kinds({kind for kind, _ in evidence.by_source}, rule)


def fragility(evidence: Evidence, rule: Rule) -> Fragility:
    """Return whether a present or contested cell depends on a single quote or source.

    - "single quote": there is a quote without which the cell would not meet the rule.
    - "single source": there is no such quote, but there is a source without which the cell would not meet the rule.
    - "robust": there is neither.
    """
    quotes, sources = evidence.quotes, evidence.sources
    left = sources - 1 if evidence.fewest == 1 else sources
    if quotes - 1 < rule.quotes or left < rule.sources or not _without_one(evidence, rule, only_single=True):
        return "single quote"
    without_most = quotes - evidence.most < rule.quotes
    if without_most or sources - 1 < rule.sources or not _without_one(evidence, rule, only_single=False):
        return "single source"
    return "robust"


def _without_one(evidence: Evidence, rule: Rule, *, only_single: bool) -> bool:
    """Return whether the evidence has enough kinds for the rule, no matter which one of its sources is left out.

    With `only_single`, only a source with one firm (not tentative) quote can be left out.
    """
    if not rule.asks_kinds:
        return True
    return all(
        _of_kinds({kind for other, (kind, _) in enumerate(evidence.by_source) if other != at}, rule)
        for at, (_, quotes) in enumerate(evidence.by_source)
        if quotes == 1 or not only_single
    )


def _of_kinds(kinds: set[Kind], rule: Rule) -> bool:
    return len(kinds) >= rule.kinds and kinds.issuperset(rule.needs)
