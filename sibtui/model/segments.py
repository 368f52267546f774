"""Segments: ranges of Unicode code points in the stored text of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import OutOfRangeError
from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTEXT = 32
"""The number of code points that are stored before and after a quote.

This context helps to find the quote again after a correction of the text.
"""


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A range of code points in a text, from `start` to before `end`. It has at least one code point.

    Raises OutOfRangeError if `end` is not greater than `start`, or if `start` is below 0.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if type(self.start) is not int or type(self.end) is not int or not 0 <= self.start < self.end:
            raise OutOfRangeError(
                f"{self.start}:{self.end} is not a segment: it must begin at 0 or later and not be empty."
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __str__(self) -> str:
        return f"{self.start}:{self.end}"

    @classmethod
    def parse(cls, text: str) -> Segment:
        """Return the segment that is written as `START:END`. Raises OutOfRangeError for any other text.

        >>> Segment.parse("120:164")
        Segment(start=120, end=164)
        """
        start, _, end = text.partition(":")
        if not all(part.isascii() and part.isdigit() for part in (start.strip(), end.strip())):
            raise OutOfRangeError(f"{text!r} is not a span: write START:END, for example 120:164.")
        try:
            first, last = int(start), int(end)
        except ValueError as error:  # too many digits for an int
            raise OutOfRangeError(f"{text!r} is not a span: write START:END, for example 120:164.") from error
        if first >= last:
            raise OutOfRangeError(f"{text!r} is not a span: END must be greater than START, as in 120:164.")
        return cls(first, last)

    def overlaps(self, other: Segment) -> bool:
        """Return whether the two segments have a code point in common. Segments that only touch do not overlap.

        >>> Segment(0, 5).overlaps(Segment(4, 9)), Segment(0, 5).overlaps(Segment(5, 9))
        (True, False)
        """
        return self.start < other.end and other.start < self.end

    def quote(self, text: str) -> str:
        """Return the words of the segment. `text` is the whole text of its source.

        >>> Segment(4, 8).quote("Two days later")
        'days'
        """
        return text[self.start : self.end]

    def context(self, text: str) -> tuple[str, str]:
        """Return (text before the segment, text after it), each with at most `CONTEXT` code points.

        `text` is the whole text of the source.

        >>> Segment(4, 8).context("Two days later")
        ('Two ', ' later')
        """
        return text[max(0, self.start - CONTEXT) : self.start], text[self.end : self.end + CONTEXT]


def islands(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the segments in order, with overlapping segments joined into one. Touching segments are not joined."""
    current: Segment | None = None
    for segment in sorted(segments):
        if current is not None and segment.start < current.end:
            current = Segment(current.start, max(current.end, segment.end))
            continue
        if current is not None:
            yield current
        current = segment
    if current is not None:
        yield current
