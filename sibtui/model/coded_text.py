"""A text with its codings, cut into lines and into pieces that the same codings cover, for print."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.records import Coding
    from sibtui.model.segments import Segment


@dataclass(frozen=True, slots=True)
class CodedSource:
    """A source for print: its text and its codings, in the order of their places."""

    name: str
    title: str
    cases: tuple[str, ...]
    text: str
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A piece of a line. `codings` are the indexes of the codings that cover it; `begins` and `ends` those that begin before it and end after it."""

    text: str
    codings: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


CodedLine = tuple[TextPiece, ...]
"""The pieces of a line of the text, without its line break. An empty line has no pieces."""


def coded_lines(source: CodedSource) -> Iterator[CodedLine]:
    """Yield the lines of a source, each cut at the edges of the codings. The codings are in the order of their starts."""
    text, codings = source.text, source.codings
    reaching: list[int] = []
    coming = start = 0
    for line in text.split("\n"):
        end = start + len(line)
        reaching = [at for at in reaching if codings[at].segment.end > start]
        while coming < len(codings) and codings[coming].segment.start < end:
            reaching.append(coming)
            coming += 1
        yield tuple(_pieces(source, reaching, start, end)) if line else ()
        start = end + 1


def _pieces(source: CodedSource, reaching: Sequence[int], start: int, end: int) -> Iterator[TextPiece]:
    """Yield the pieces of a line. `reaching` are the indexes of the codings that begin before its end and end after its start."""
    segments = {at: source.codings[at].segment for at in reaching}
    edges = {edge for segment in segments.values() for edge in (segment.start, segment.end)}
    cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
    for first, last in pairwise(cuts):
        covering = tuple(at for at, segment in segments.items() if segment.start < last and first < segment.end)
        yield TextPiece(
            source.text[first:last],
            covering,
            tuple(at for at in covering if _first_character(source.text, segments[at]) == first),
            tuple(at for at in covering if _last_character(source.text, segments[at]) == last),
        )


def _first_character(text: str, segment: Segment) -> int:
    """Return the start of the segment, or the end of the line breaks with which it begins."""
    start = segment.start
    while start < segment.end - 1 and text[start] == "\n":
        start += 1
    return start


def _last_character(text: str, segment: Segment) -> int:
    """Return the end of the segment, or the start of the line breaks with which it ends."""
    end = segment.end
    while end - 1 > segment.start and text[end - 1] == "\n":
        end -= 1
    return end
