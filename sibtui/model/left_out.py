"""Counts of the content of a file, such as pictures, that is not in the text of the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from sibtui.model.frozen import dataclass
from sibtui.model.text import listed, plural

LeftOutKind = Literal[
    "comment",
    "footnote",
    "endnote",
    "header or footer",
    "picture",
    "drawing",
    "sound or film",
    "embedded file",
    "hidden passage",
    "tracked deletion",
    "form field",
    "formula",
    "symbol",
    "pronunciation",
    "list value",
    "section",
    "word after the end",
]
"""The kind of a part of a file that is missing in the text of the source, or that has another form in the text."""
_NOUNS: Mapping[LeftOutKind, tuple[str, str]] = {
    "header or footer": ("header or footer", "headers and footers"),
    "sound or film": ("sound or film", "sounds and films"),
    "hidden passage": ("passage of hidden text", "passages of hidden text"),
    "symbol": ("symbol without text", "symbols without text"),
    "list value": ("value of a list", "values of lists"),
    "section": ("section of properties", "sections of properties"),
    "word after the end": ("word after the end of the document", "words after the end of the document"),
}
"""A map: kind → (singular, plural). Kinds with a regular plural (an s at the end) are not in the map."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One kind of content of a file that the text of the source does not have, and its count.

    `str()` of it is, for example, `3 pictures`.
    """

    kind: LeftOutKind
    count: int

    def __str__(self) -> str:
        return plural(self.count, *_NOUNS.get(self.kind, (self.kind,)))


def left_out(counts: Mapping[LeftOutKind, int]) -> tuple[LeftOut, ...]:
    """Return the counts above zero, one LeftOut for each kind, in the order of `LeftOutKind`."""
    return tuple(LeftOut(kind, counts[kind]) for kind in get_args(LeftOutKind) if counts.get(kind))


def left_out_clause(losses: Iterable[LeftOut]) -> str:
    """Return a clause such as `1 comment and 3 pictures were left out`; empty if nothing was left out."""
    every = list(losses)
    are = "was" if [loss.count for loss in every] == [1] else "were"
    return f"{listed(map(str, every), len(every))} {are} left out" if every else ""


def total(losses: Iterable[Iterable[LeftOut]]) -> tuple[LeftOut, ...]:
    """Return the sums of several lists of losses, one sum per kind of loss."""
    counts: dict[LeftOutKind, int] = {}
    for loss in (loss for each in losses for loss in each):
        counts[loss.kind] = counts.get(loss.kind, 0) + loss.count
    return left_out(counts)
