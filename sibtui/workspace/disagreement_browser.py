"""The disagreements of two coders, one passage after another, and the decisions on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.decisions import outcome
from sibtui.model.text import excerpt, one_line
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.agreement.disagreements import Disagreement, DisagreementKind
    from sibtui.model.records import Coding, DecisionTake, Reading
    from sibtui.project import Project

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DisputedPassage:
    """A passage that two coders coded differently. `kinds` are all ways in which their codings differ."""

    disagreement: Disagreement
    kinds: tuple[DisagreementKind, ...]

    @property
    def number(self) -> int:
        return self.disagreement.number

    @property
    def sides(self) -> tuple[Coding | None, Coding | None]:
        """The codings of the passage, as (first coder's coding, second coder's coding). One of them can be None."""
        return self.disagreement.first, self.disagreement.second

    def kinds_in_words(self, coders: Pair) -> str:
        """Return the ways in which the two codings differ, such as “other extent, other stance”.

        If only one coder coded the passage, the words contain the name of the coder, such as “only R9”.
        """
        names = {"only A": f"only {one_line(coders[0], 30)}", "only B": f"only {one_line(coders[1], 30)}"}
        return ", ".join(names.get(kind, kind) for kind in self.kinds)


class DisagreementBrowser:
    """The state of the screen of disagreements.

    `passages` are the passages that two coders coded differently. `coders` are the names of the two coders; None until
    they are chosen.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.coders: Pair | None = None
        self.passages: Sequence[DisputedPassage] = ()
        self._reasons: dict[int, str] = {}

    @property
    def decided(self) -> int:
        return sum(bool(each.disagreement.decision) for each in self.passages)

    @property
    def pairs(self) -> list[Pair]:
        """The pairs of coders who have read the same source, as `coder_pairs` returns them."""
        return coder_pairs(self._project.readings.list())

    def choose_coders(self) -> Pair:
        """Return the names of the two coders to compare: the present pair, or else the first of `pairs`.

        Raises NotFoundError if no two coders have read the same source.
        """
        pairs = self.pairs
        if self.coders not in pairs:
            if not pairs:
                raise NotFoundError("No two coders have read the same source.", "add-readings")
            self.coders = pairs[0]
        return self.coders

    def take(self, found: Iterable[Disagreement]) -> None:
        """Show the passages of these disagreements, in place of the passages shown before."""
        self.passages = passages(found)

    def at(self, number: int) -> DisputedPassage | None:
        return next((each for each in self.passages if each.number == number), None)

    def following(self, number: int) -> int | None:
        """Return the number of the next passage that needs a decision; None if there is none.

        A passage also needs a decision if its codings have changed after a decision. After the last passage, the search
        continues with the first.
        """
        numbers = [each.number for each in self.passages]
        start = numbers.index(number) + 1 if number in numbers else 0
        ordered = (*self.passages[start:], *self.passages[:start])
        return next(
            (each.number for each in ordered if not each.disagreement.decision or each.disagreement.stale), None
        )

    def reason(self, number: int) -> str:
        """Return the reason for the decision on the passage with this number.

        If there is no decision yet, return the reason that the user has already written, or an empty text.
        """
        found = self.at(number)
        return self._reasons.get(number, "" if found is None else found.disagreement.reason)

    def decide(self, number: int, take: DecisionTake) -> str:
        """Store a decision on the passage with this number, and return a message.

        `take` names the codings that count from now on: “1” (the first coder's coding), “2” (the second coder's),
        “both” or “neither”. Raises the errors of `codings.decide`.
        """
        found = self._needed(number)
        coders = self.choose_coders()
        reason = self.reason(number)
        self._project.codings.decide(number, take, reason=reason, coder=coders)
        words = outcome(take, coders)
        self._reasons.pop(number, None)
        decided = replace(found.disagreement, decision=words, reason=reason, stale=False)
        self.passages = [
            replace(each, disagreement=decided) if each.number == number else each for each in self.passages
        ]
        quote = excerpt(found.disagreement.codings[0].quote, 40)
        return f"“{quote}”, {one_line(short(found.disagreement.code), 40)}: {words}"

    def give_reason(self, number: int, reason: str) -> str:
        """Set the reason for the decision on the passage with this number, and return a message.

        If there is no decision yet, the reason is kept in memory until the user decides.
        """
        found = self._needed(number)
        self._reasons[number] = reason.strip()
        take = self._taken(found.disagreement.decision)
        if take is None:
            return "The reason is kept for your decision."
        self.decide(number, take)
        return "Reason saved."

    def _taken(self, words: str) -> DecisionTake | None:
        """Return the choice of a stored decision: “1”, “2”, “both” or “neither”. `words` is the text of the decision.

        Return None if the text does not describe a decision between the present two coders.
        """
        coders = self.choose_coders()
        takes: tuple[DecisionTake, ...] = ("1", "2", "both", "neither")
        return next((take for take in takes if outcome(take, coders) == words), None)

    def _needed(self, number: int) -> DisputedPassage:
        found = self.at(number)
        if found is None:
            raise InputError("There is no disagreement here.")
        return found


def passages(found: Iterable[Disagreement]) -> list[DisputedPassage]:
    """Return the passages of these disagreements. Several disagreements can be about one passage."""
    grouped = groupby(found, key=lambda each: each.number)
    return [
        DisputedPassage(several[0], tuple(each.kind for each in several))
        for several in (list(group) for _, group in grouped)
    ]


def coder_pairs(readings: Iterable[Reading]) -> list[Pair]:
    """Return all pairs of coders who have read the same source. The pair that shares the most sources comes first."""
    readers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for reading in readings:
        readers[reading.source][reading.coder] = None
    counts = Counter(pair for coders in readers.values() for pair in combinations(sorted(coders), 2))
    return [pair for pair, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
