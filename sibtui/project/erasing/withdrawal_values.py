"""The result of a withdrawal: the permanent erasure of a source, or of one person's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import sibtui
from sibtui.model.text import one_line, plural

STATES = "earlier state of a row in the history"
VERSIONS = "earlier version of a text"
_MANY = {STATES: "earlier states of rows in the history", VERSIONS: "earlier versions of texts"}
"""A map: kind of erased item → its plural, if the plural is irregular."""
CopyOutcome = Literal["rewritten", "removed", "without it"]


@dataclass(frozen=True, slots=True)
class ErasedCopy:
    """A copy beside the study, and the outcome of an erasure for this copy.

    The outcome is one of these:

    - “rewritten”: the words were erased from the copy;
    - “removed”: the copy was removed, for the reason `why`;
    - “without it”: the copy had nothing to erase.
    """

    path: Path
    outcome: CopyOutcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class RemainingMention:
    """An item that may still mention the withdrawn source or person.

    `name` is the name of the item, and `count` the number of places. `kind` states where the places are:

    - "source": in the name of a remaining source, or in words of other people in its text;
    - "case" or "code": in the name of a case or code;
    - "unclear turn": in passages of the source `name` that follow a turn of the person and have no certain speaker.
    """

    kind: Literal["source", "case", "code", "unclear turn"]
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The result of a withdrawal: the permanent erasure of a source or of the words of a person.

    `id` is the id of the withdrawal, the same in all copies of the study. `act` is the id of its entry in the
    history, or None for a dry run. The sources in `sources` were erased as a whole, and the sources in `shortened`
    lost the words of a person. `erased` is a map: kind → number of erased items. `rewritten` is a map: kind → number
    of texts in which words were replaced. `stale` is the number of judgements whose evidence has changed. `copies`
    are the backups of the study. `traces` are the files outside the study that named the source or person.
    `mentions` are the items of the study that may still name the source or person. The cases in `cases` were erased
    too. The cases in `sourceless` have lost their last source, but were not erased. The matrices in `widened` have
    lost all their chosen columns, and so show all columns.
    """

    id: str
    act: int | None
    sources: tuple[str, ...]
    shortened: tuple[str, ...]
    erased: Mapping[str, int]
    rewritten: Mapping[str, int]
    stale: int
    copies: tuple[sibtui.ErasedCopy, ...] = ()
    traces: tuple[Path, ...] = ()
    mentions: tuple[sibtui.RemainingMention, ...] = ()
    sourceless: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    widened: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Pairs (words for a kind of erased or changed item, number of items of this kind)."""
        rewritten = ((f"{what} with replaced words", count) for what, count in self.rewritten.items())
        stale = [("judgement with another basis", self.stale)] if self.stale else []
        erased = ((what if count == 1 else _MANY.get(what, what), count) for what, count in self.erased.items())
        return (*erased, *rewritten, *stale)

    @property
    def summary(self) -> str:
        """One sentence with the numbers of erased and changed items."""
        erased = [plural(count, what, _MANY.get(what)) for what, count in self.erased.items()]
        rewritten = [f"replaced words in {plural(count, what)}" for what, count in self.rewritten.items()]
        stale = [f"another basis of {plural(self.stale, 'judgement')}"] if self.stale else []
        return f"{', '.join([*erased, *rewritten, *stale])}."

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the backups of the study, and about other places that may name the source or person."""
        done = self.act is not None
        return (
            *(copy_note(copy, done=done) for copy in self.copies),
            *(f"{path} {'no longer names' if done else 'would no longer name'} it." for path in self.traces),
            *map(_mention_note, self.mentions),
            *(
                f"No source is left about {case}: its private name, attributes and memos stay."
                for case in self.sourceless
            ),
            *(
                f"The matrix {matrix} {'has lost' if done else 'would lose'} all its chosen columns, and so {'shows' if done else 'would show'} all columns."
                for matrix in self.widened
            ),
            "Free blocks of the disk, exports and copies elsewhere are beyond the reach of sibtui.",
        )

    def __repr__(self) -> str:
        names = len(self.sources) + len(self.shortened)
        return f"<Withdrawal {self.id[:8]}: {names} sources, act {self.act}>"


def copy_note(copy: ErasedCopy, *, done: bool) -> str:
    """Return a sentence about the outcome of an erasure for a copy, such as “The copy … was removed”.

    If `done` is False, the erasure was a dry run, and the sentence has “would be” in place of “was”.
    """
    if copy.outcome == "without it":
        return f"The copy {copy.path.name} holds nothing to erase."
    why = f", because {copy.why}" if copy.why else ""
    return f"The copy {copy.path.name} {'was' if done else 'would be'} {copy.outcome}{why}."


def _mention_note(mention: RemainingMention) -> str:
    places = plural(mention.count, "place")
    if mention.kind == "unclear turn":
        return f"{mention.name}: no certain speaker at {places} after a turn of the person; the words there stay."
    why = "the words of other people stay" if mention.kind == "source" else "it stays"
    return f"{mention.kind.capitalize()} {one_line(mention.name, 60)} holds the name at {places}: {why}."


@dataclass(slots=True)
class ErasureTally:
    """The results of a withdrawal so far: counts and names of erased items, and words to erase from other texts."""

    erased: Counter[str] = field(default_factory=Counter)
    rewritten: Counter[str] = field(default_factory=Counter)
    stale: int = 0
    sources: list[str] = field(default_factory=list)
    shortened: list[str] = field(default_factory=list)
    mentions: list[sibtui.RemainingMention] = field(default_factory=list)
    sourceless: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    widened: list[str] = field(default_factory=list)
    uids: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    acts: set[int] = field(default_factory=set)

    @property
    def holds_any(self) -> bool:
        return bool(self.sources or self.shortened or self.erased.total())
