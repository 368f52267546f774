"""Disputes: two coders have coded the same passage, one as support for a matrix row and one as counter-evidence."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.model.records import Coding

Span = tuple[int, int, int, int, int]
"""A coding as numbers: start, end, coder id, stance (1 counter-evidence, 0 support), number that identifies the coding."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A cell of a matrix about which coders disagree.

    Each of the `pairs` has two codings of a passage, by two coders and with opposite stances.
    """

    row: str
    column: str
    pairs: tuple[tuple[Coding, Coding], ...]

    @property
    def coders(self) -> tuple[tuple[str, str], ...]:
        """The pairs of coders who disagree about a passage, each pair once, in alphabetical order."""
        return tuple(sorted({_coders(pair) for pair in self.pairs}))

    def __str__(self) -> str:
        return f"{one_line(self.row)}, {one_line(self.column)}: {'; '.join(map(self._words, self.coders))}"

    def _words(self, coders: tuple[str, str]) -> str:
        pairs = [pair for pair in self.pairs if _coders(pair) == coders]
        one, other = pairs[0]
        count = "a passage" if len(pairs) == 1 else plural(len(pairs), "passage")
        first = "" if len(pairs) == 1 else "first "
        start, end = max(one.segment.start, other.segment.start), min(one.segment.end, other.segment.end)
        where = f"{first}{one_line(one.source)} {start}:{end}, codings {one.id} and {other.id}"
        return f"{one_line(coders[0])} and {one_line(coders[1])} disagree on {count} ({where})"


def opposed(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield the pairs of codings about which two coders disagree.

    The two codings of a pair have different coders and opposite stances. They share at least half of the shorter
    coding.
    """
    open_spans: list[Span] = []
    for span in sorted(spans):
        start, end, coder, stance, _ = span
        open_spans = [other for other in open_spans if other[1] > start]
        for other in open_spans:
            if other[3] != stance and other[2] != coder:
                overlap = min(end, other[1]) - start
                if 2 * overlap >= min(end - start, other[1] - other[0]):
                    yield other, span
        open_spans.append(span)


def disputes_among(codings: Iterable[Coding]) -> Iterator[tuple[Coding, Coding]]:
    """Yield the pairs of codings in which two coders give opposite stances to the same passage.

    `codings` are the codings of one matrix cell, ordered by source.
    """
    for _, group in groupby(codings, key=lambda coding: coding.source):
        in_source = list(group)
        coders = {coder: at for at, coder in enumerate(dict.fromkeys(coding.coder for coding in in_source))}
        spans = (
            (coding.segment.start, coding.segment.end, coders[coding.coder], int(coding.stance == "counters"), at)
            for at, coding in enumerate(in_source)
        )
        for one, other in opposed(spans):
            yield in_source[one[-1]], in_source[other[-1]]


def _coders(pair: tuple[Coding, Coding]) -> tuple[str, str]:
    first, second = sorted(coding.coder for coding in pair)
    return first, second
