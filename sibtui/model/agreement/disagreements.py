"""Disagreements of two coders in a source: passages that only one of them coded, or that they coded differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sibtui.model.records import Coding
from sibtui.model.table import Table

DisagreementKind = Literal[
    "only A", "only B", "other code", "other extent", "other stance", "other certainty", "other case"
]
"""The kind of a disagreement: only one coder (A or B) has the coding, or the codings of the two coders differ in this property."""
DISAGREEMENT_KINDS: tuple[DisagreementKind, ...] = get_args(DisagreementKind)


CHANGED_SINCE = "a coding changed since"
"""The remark on a decision if one of its codings has changed since the decision."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage that two coders coded differently.

    `first` and `second` are the codings of the two coders. If only one coder has coded the passage, the field of the
    other coder is None. `sentence` is the text around the passage. If the coders have decided on the passage,
    `decision` is the outcome in words, such as “as R1”, and `reason` is their reason. `stale` is set if a coding of the
    passage has changed since the decision.
    """

    kind: DisagreementKind
    first: Coding | None
    second: Coding | None
    sentence: str = ""
    decision: str = ""
    reason: str = ""
    stale: bool = False

    @property
    def decision_now(self) -> str:
        """The decision in words, with a remark if a coding has changed since the decision."""
        return f"{self.decision} ({CHANGED_SINCE})" if self.stale else self.decision

    @property
    def number(self) -> int:
        """The id by which a user refers to this disagreement.

        It is the id of the first coder's coding, or, if there is none, of the second coder's coding.
        """
        return self._any.id

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The codings of the passage: one coding or two."""
        return tuple(coding for coding in (self.first, self.second) if coding is not None)

    @property
    def source(self) -> str:
        """The name of the source."""
        return self._any.source

    @property
    def place(self) -> tuple[int, int]:
        """The (start, end) of the passage: from the earlier start of the two codings to the later end."""
        return min(coding.segment.start for coding in self.codings), max(coding.segment.end for coding in self.codings)

    @property
    def code(self) -> str:
        """The code of the first coder's coding, or, if there is none, of the second coder's coding."""
        return self._any.code

    @property
    def _any(self) -> Coding:
        return self.codings[0]


def disagreements(first: Sequence[Coding], second: Sequence[Coding]) -> Iterator[Disagreement]:
    """Yield the disagreements between two coders' codings of one source, ordered by place.

    1. Overlapping codings with the same code are paired, beginning with the pairs that share the most characters. A
       pair gives one disagreement for each property (such as the place or the stance) in which its codings differ.
    2. The remaining codings are paired if they share at least half of the shorter coding. Such a pair gives one
       disagreement about the code.
    3. Each coding that is still alone gives one disagreement.

    A coding is in one pair at most.
    """
    pairs = _partners(first, second, lambda one, other: one.code == other.code and _shared(one, other) > 0)
    matched = {coding.id for pair in pairs for coding in pair}
    alone, others = ([coding for coding in side if coding.id not in matched] for side in (first, second))
    renamed = _partners(
        alone, others, lambda one, other: 2 * _shared(one, other) >= min(len(one.segment), len(other.segment))
    )
    found = [Disagreement(kind, one, other) for one, other in pairs for kind in _differences(one, other)]
    found += [Disagreement("other code", one, other) for one, other in renamed]
    matched.update(coding.id for pair in renamed for coding in pair)
    found += [Disagreement("only A", coding, None) for coding in alone if coding.id not in matched]
    found += [Disagreement("only B", None, coding) for coding in others if coding.id not in matched]
    return iter(sorted(found, key=lambda each: (each.place, each.code, DISAGREEMENT_KINDS.index(each.kind))))


def _shared(one: Coding, other: Coding) -> int:
    """Return the number of characters that two codings have in common; 0 or less if they do not overlap."""
    return min(one.segment.end, other.segment.end) - max(one.segment.start, other.segment.start)


def _partners(
    first: Sequence[Coding], second: Sequence[Coding], fit: Callable[[Coding, Coding], bool]
) -> list[tuple[Coding, Coding]]:
    """Return pairs of overlapping codings for which `fit` is true. Pairs that share the most characters come first.

    Each coding is in one pair at most.
    """
    candidates = sorted(
        ((one, other) for one, other in _overlapping(first, second) if fit(one, other)),
        key=lambda pair: (-_shared(*pair), _outside(*pair), pair[0].id, pair[1].id),
    )
    taken: set[int] = set()
    pairs = []
    for one, other in candidates:
        if one.id not in taken and other.id not in taken:
            taken.update((one.id, other.id))
            pairs.append((one, other))
    return pairs


def _outside(one: Coding, other: Coding) -> int:
    return len(one.segment) + len(other.segment) - 2 * _shared(one, other)


def _overlapping(first: Sequence[Coding], second: Sequence[Coding]) -> Iterator[tuple[Coding, Coding]]:
    open_codings: list[Coding] = []
    waiting = sorted(second, key=lambda coding: coding.segment)[::-1]
    for one in sorted(first, key=lambda coding: coding.segment):
        while waiting and waiting[-1].segment.start < one.segment.end:
            open_codings.append(waiting.pop())
        open_codings = [other for other in open_codings if other.segment.end > one.segment.start]
        for other in open_codings:
            yield one, other


def _differences(one: Coding, other: Coding) -> Iterator[DisagreementKind]:
    if one.segment != other.segment:
        yield "other extent"
    if one.stance != other.stance:
        yield "other stance"
    if one.certainty != other.certainty:
        yield "other certainty"
    if set(one.cases) != set(other.cases):
        yield "other case"


def disagreement_table(found: Sequence[Disagreement], coders: tuple[str, str], below: Sequence[str] = ()) -> Table:
    """Return a table of the disagreements, with the quotes and memos of both coders.

    `below` are lines to print below the table.
    """
    return Table(
        (
            "number", "source", "start", "end", "kind", "A", "B", "decision",
            "words of A", "words of B", "memo of A", "memo of B", "sentence",
        ),
        tuple(
            (
                each.number, each.source, *each.place, each.kind, _form(each.first), _form(each.second), each.decision_now,
                *_texts(each), each.sentence,
            )
            for each in found
        ),
        f"Disagreements of {coders[0]} and {coders[1]}",
        below=tuple(below),
        objects=tuple(
            {
                "number": each.number, "source": each.source, "start": each.place[0], "end": each.place[1], "kind": each.kind,
                "first": _object(each.first), "second": _object(each.second), "decision": each.decision, "stale": each.stale,
                "sentence": each.sentence,
            }
            for each in found
        ),
    )  # fmt: skip


def _texts(found: Disagreement) -> tuple[str, ...]:
    sides = (found.first, found.second)
    return (
        *("" if coding is None else coding.quote for coding in sides),
        *("" if coding is None else coding.memo for coding in sides),
    )


def _form(coding: Coding | None) -> str:
    """Return a coding as text, such as `Trust (counters, SIB A)`; a dash for None.

    The usual stance “supports” and the usual certainty “firm” are not written.
    """
    if coding is None:
        return "–"
    marks = [coding.stance] * (coding.stance == "counters") + [coding.certainty] * (coding.certainty == "tentative")
    return f"{coding.code} ({', '.join((*marks, *coding.cases) or ('no case',))})"


def _object(coding: Coding | None) -> dict[str, object] | None:
    if coding is None:
        return None
    return {
        "number": coding.id, "code": coding.code, "start": coding.segment.start, "end": coding.segment.end,
        "stance": coding.stance, "certainty": coding.certainty, "cases": list(coding.cases), "quote": coding.quote, "memo": coding.memo,
    }  # fmt: skip
