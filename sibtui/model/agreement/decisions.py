"""Decisions on disagreements. A decision is kept as a memo of the coder “consensus”, beside the codings that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from sibtui.errors import InputError
from sibtui.model.frozen import dataclass
from sibtui.model.text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.model.agreement.disagreements import Disagreement
    from sibtui.model.drafts import CodingDraft
    from sibtui.model.records import Coding

CONSENSUS = "consensus"
"""The coder of the codings on which other coders agreed."""
DecisionTake = Literal["1", "2", "both", "neither"]
"""What a decision takes: the coding of the first coder or of the second, both, or neither."""
TAKES: tuple[DecisionTake, ...] = get_args(DecisionTake)
_TITLE, _SETTLED, _MADE, _REASON = "Consensus: ", "Settled codings: ", "Codings of the consensus: ", "Reason: "


def is_consensus(coder: str) -> bool:
    """Return whether this is the name of the consensus, in any letter case.

    >>> is_consensus("Consensus")
    True
    """
    return coder.casefold() == CONSENSUS


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a disagreement. `outcome` is “as R1”, “both” or “neither”.

    `settled` holds the lasting ids of the codings that the decision settles, and `made` those of the codings of the consensus.
    """

    outcome: str
    settled: frozenset[str]
    made: tuple[str, ...] = ()
    reason: str = ""

    def memo(self) -> tuple[str, str]:
        """Return the title and the text of the memo that keeps the decision."""
        lines = [f"{_SETTLED}{', '.join(sorted(self.settled))}"]
        lines += [f"{_MADE}{', '.join(self.made)}"] * bool(self.made) + [f"{_REASON}{self.reason}"] * bool(self.reason)
        return _TITLE + self.outcome, "\n".join(lines)


def kept_decision(title: str, text: str) -> Decision | None:
    """Return the decision that a memo of the consensus keeps; None for any other memo.

    >>> kept_decision(*Decision("neither", frozenset({"a1"}), reason="Hearsay.").memo())
    Decision(outcome='neither', settled=frozenset({'a1'}), made=(), reason='Hearsay.')
    """
    facts, _, reason = text.partition(f"\n{_REASON}")
    lines = facts.split("\n")
    if not title.startswith(_TITLE) or not lines[0].startswith(_SETTLED):
        return None
    made = [line.removeprefix(_MADE) for line in lines[1:] if line.startswith(_MADE)]
    settled = frozenset(lines[0].removeprefix(_SETTLED).split(", "))
    return Decision(title.removeprefix(_TITLE), settled, tuple(made[0].split(", ")) if made else (), reason)


def deciding(found: Disagreement, decisions: Iterable[Decision]) -> Decision | None:
    """Return the newest decision that settles every coding of a disagreement; None while it is open. The newest decision is the last."""
    uids = {coding.uid for coding in found.codings}
    return next((each for each in reversed(list(decisions)) if uids <= each.settled), None)


def outcome(take: DecisionTake, coders: tuple[str, str]) -> str:
    """Return a decision in words.

    >>> outcome("2", ("R1", "R9"))
    'as R9'
    """
    return take if take in {"both", "neither"} else f"as {one_line(coders[TAKES.index(take)], 60)}"


def consensus_drafts(found: Disagreement, take: DecisionTake, reason: str = "") -> Iterator[CodingDraft]:
    """Yield the codings of the consensus for a decision. Equal forms of one place become one coding, with the cases of both.

    Raises InputError for “both” if the coders coded one place with one code, but with other stances or certainties.
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
    """Return the places of disagreements for a message: “b1 200:260, b1 300:310”."""
    return listed([f"{one_line(each.source, 40)} {each.place[0]}:{each.place[1]}" for each in found], 3)
