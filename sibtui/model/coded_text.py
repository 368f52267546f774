"""The text of a source for print. Each line is cut into pieces, wherever a coding begins or ends."""

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
    """A source for print: its text, and its codings ordered by place."""

    name: str
    title: str
    cases: tuple[str, ...]
    text: str
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A piece of a line.

    `codings` are the indexes of the codings that cover the piece. `begins` are the indexes of the codings that begin
    directly before the piece, and `ends` those that end directly after it.
    """

    text: str
    codings: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


CodedLine = tuple[TextPiece, ...]
"""The pieces of one line of a text, without the line break. An empty line has no pieces."""


def coded_lines(source: CodedSource) -> Iterator[CodedLine]:
    """Yield each line of a source as a tuple of pieces. The codings of the source must be ordered by their starts."""
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
    """Yield the pieces of a line. `reaching` are the indexes of the codings that overlap the line."""
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
    """Return the offset of the first character of a segment. Line breaks at the start of the segment are skipped."""
    start = segment.start
    while start < segment.end - 1 and text[start] == "\n":
        start += 1
    return start


def _last_character(text: str, segment: Segment) -> int:
    """Return the end of a segment without the line breaks at its end."""
    end = segment.end
    while end - 1 > segment.start and text[end - 1] == "\n":
        end -= 1
    return end
