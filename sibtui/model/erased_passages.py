"""Texts in which some passages were replaced by a mark, and the new places of segments of the old text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class TextWithoutPassages:
    """A text in which each of `passages` is replaced by a mark. `before` is the original text.

    The passages are in order and do not overlap.
    """

    before: str
    passages: Sequence[Segment]
    mark: str = "[withdrawn]"

    @property
    def text(self) -> str:
        parts, at = [], 0
        for passage in self.passages:
            parts += [self.before[at : passage.start], self.mark]
            at = passage.end
        return "".join((*parts, self.before[at:]))

    def place(self, segment: Segment) -> Segment | None:
        """Return the new place of a segment of the original text; None if no word of it remains.

        The place begins at the first remaining word of the segment, and ends at the last remaining word.

        >>> shorter = TextWithoutPassages("A: Why? B: No. A: Well.", [Segment(8, 14)])
        >>> shorter.place(Segment(3, 14)).quote(shorter.text), shorter.place(Segment(15, 23)).quote(shorter.text)
        ('Why?', 'A: Well.')
        """
        if not any(passage.overlaps(segment) for passage in self.passages):
            return Segment(self._moved(segment.start), self._moved(segment.end))
        kept = list(self._remaining(segment))
        return Segment(self._moved(kept[0][0]), self._moved(kept[-1][1])) if kept else None

    def _remaining(self, segment: Segment) -> Iterator[tuple[int, int]]:
        """Yield (start, end) in the original text of each remaining part of a segment, without spaces at its edges."""
        at = segment.start
        edges = [(passage.start, passage.end) for passage in self.passages if passage.overlaps(segment)]
        for start, end in (*edges, (segment.end, segment.end)):
            part = self.before[at : max(at, start)]
            if part.strip():
                yield at + len(part) - len(part.lstrip()), at + len(part.rstrip())
            at = end

    def _moved(self, at: int) -> int:
        passed = [passage for passage in self.passages if passage.end <= at]
        return at + sum(len(self.mark) - len(passage) for passage in passed)
