"""Decisions on disagreements between two coders.

A decision is recorded in a memo. It can add new codings. The memo and the new codings belong to a coder with the name
“consensus”.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from sibtui.errors import InputError
from sibtui.model.frozen import dataclass
from sibtui.model.records import DecisionTake
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.model.agreement.disagreements import Disagreement
    from sibtui.model.drafts import CodingDraft
    from sibtui.model.records import Coding

CONSENSUS = "consensus"
"""The name of the coder who has the codings on which other coders agreed."""
TAKES: tuple[DecisionTake, ...] = get_args(DecisionTake)
REPLACED = "Codings of the consensus replace those that they settle."
"""The line below a table in which the codings of the coder “consensus” count."""


def repeated_codings(number: int) -> str:
    """Return a sentence about `number` codings that were not counted, to print below a table.

    Each of them has the passage, code and stance of another coding, which was counted.
    """
    alike = "the passage, code and stance of another coding"
    return plural(
        number, f"coding has {alike}, and is not counted again.", f"codings have {alike}, and are not counted again."
    )


_TITLE, _SETTLED, _MADE, _REASON = "Consensus: ", "Settled codings: ", "Codings of the consensus: ", "Reason: "
_BASIS = "Digest of the settled codings: "


def is_consensus(coder: str) -> bool:
    """Return whether the coder is “consensus”. Letter case is ignored.

    >>> is_consensus("Consensus")
    True
    """
    return coder.casefold() == CONSENSUS


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a disagreement between two coders.

    `outcome` names the codings that were accepted: “as R1” (those of the coder R1), “both” or “neither”. `settled` are
    the `uid`s of the codings that the decision is about. `made` are the `uid`s of the new codings of the coder
    “consensus”. `basis` is a digest of the settled codings at the time of the decision. It shows later whether they
    have changed. If an earlier version of sibtui made the decision, `basis` is empty.
    """

    outcome: str
    settled: frozenset[str]
    made: tuple[str, ...] = ()
    reason: str = ""
    basis: str = ""

    def memo(self) -> tuple[str, str]:
        """Return (title, text) of the memo that records the decision."""
        lines = [f"{_SETTLED}{', '.join(sorted(self.settled))}"]
        lines += [f"{_MADE}{', '.join(self.made)}"] * bool(self.made)
        lines += [f"{_BASIS}{self.basis}"] * bool(self.basis) + [f"{_REASON}{self.reason}"] * bool(self.reason)
        return _TITLE + self.outcome, "\n".join(lines)


def kept_decision(title: str, text: str) -> Decision | None:
    """Return the decision that a memo of the coder “consensus” records; None if the memo records no decision.

    >>> kept_decision(*Decision("neither", frozenset({"a1"}), reason="Hearsay.").memo())
    Decision(outcome='neither', settled=frozenset({'a1'}), made=(), reason='Hearsay.', basis='')
    """
    facts, _, reason = text.partition(f"\n{_REASON}")
    lines = facts.split("\n")
    if not title.startswith(_TITLE) or not lines[0].startswith(_SETTLED):
        return None
    made = [line.removeprefix(_MADE) for line in lines[1:] if line.startswith(_MADE)]
    basis = next((line.removeprefix(_BASIS) for line in lines[1:] if line.startswith(_BASIS)), "")
    settled = frozenset(lines[0].removeprefix(_SETTLED).split(", "))
    return Decision(title.removeprefix(_TITLE), settled, tuple(made[0].split(", ")) if made else (), reason, basis)


def deciding(found: Disagreement, decisions: Iterable[Decision]) -> Decision | None:
    """Return the newest decision that is about all codings of a disagreement; None if there is none.

    `decisions` are in the order of time, oldest first.
    """
    uids = {coding.uid for coding in found.codings}
    return next((each for each in reversed(list(decisions)) if uids <= each.settled), None)


def outcome(take: DecisionTake, coders: tuple[str, str]) -> str:
    """Return the outcome of a decision in words: which codings were accepted.

    >>> outcome("2", ("R1", "R9"))
    'as R9'
    """
    return take if take in {"both", "neither"} else f"as {one_line(coders[TAKES.index(take)], 60)}"


def consensus_drafts(found: Disagreement, take: DecisionTake, reason: str = "") -> Iterator[CodingDraft]:
    """Yield the codings to store for a decision. Their coder is “consensus”, and their memo is `reason`.

    `take` is the coder whose coding is accepted: "1" (the first coder), "2", "both" or "neither". With "both", two
    codings of the same code and place become one coding, which has the cases of the two. If they differ in stance or
    certainty, InputError is raised.
    """
    sides = {"1": (found.first,), "2": (found.second,), "both": (found.first, found.second), "neither": ()}[take]
    codings = [coding for coding in sides if coding is not None]
    if len(codings) > 1 and _same_place(*codings):
        one, other = codings
        if (one.stance, one.certainty) != (other.stance, other.certainty):
            raise InputError(
                f"Both cannot hold for coding {one.id}: one coder never codes a place as {_form(one)} and as {_form(other)}."
            )
        yield _draft(one, tuple(dict.fromkeys((*one.cases, *other.cases))), reason)
        return
    for coding in codings:
        yield _draft(coding, coding.cases, reason)


def _same_place(one: Coding, other: Coding) -> bool:
    return (one.code, one.segment) == (other.code, other.segment)


def _form(coding: Coding) -> str:
    return f"{coding.certainty} {'counter-evidence' if coding.stance == 'counters' else 'support'}"


def _draft(coding: Coding, cases: tuple[str, ...], reason: str) -> CodingDraft:
    from sibtui.model.drafts import CodingDraft

    return CodingDraft(
        coding.source, coding.code, coding.segment, coder=CONSENSUS, stance=coding.stance, certainty=coding.certainty,
        cases=cases, memo=reason,
    )  # fmt: skip


def places_in_words(found: Iterable[Disagreement]) -> str:
    """Return the places of disagreements as one text, such as “b1 200:260, b1 300:310”."""
    return listed([f"{one_line(each.source, 40)} {each.place[0]}:{each.place[1]}" for each in found], 3)
