"""The columns of the note: a mark for selected rows, line numbers, stripes beside coded passages, and the text."""

from __future__ import annotations

from typing import NamedTuple

MEASURE = 92
"""The greatest width of the text in cells. Lines that are longer than this are hard to read."""
LANE = 3
"""The width of a stripe in cells: two letters of the code's tag, and one mark for stance, certainty or memo."""


class Frame(NamedTuple):
    """The columns of the note at one width.

    `width` is the width of the note in cells, and `numbers` is the width of the line numbers. `lanes` is the number of
    stripes (lines beside coded passages) that fit side by side. The text begins at the column `left`.
    """

    width: int
    numbers: int
    lanes: int

    @classmethod
    def of(cls, width: int, numbers: int, *, coded: bool = True) -> Frame:
        """Return the columns for a width. `numbers` is the width of the line numbers, or 0 if they are hidden.

        If `coded` is False, the text is wider, because a note without codings has no stripes.
        """
        room = width - numbers
        lanes = 0 if not coded else 1 if room < 36 else 2 if room < 48 else 3 if room < 88 else 4 if room < 110 else 6
        return cls(width, numbers, lanes)

    @property
    def left(self) -> int:
        return 1 + self.numbers + LANE * self.lanes + 1

    @property
    def text(self) -> int:
        return max(8, min(MEASURE, self.width - self.left - 1))

    def lane_at(self, column: int) -> int | None:
        """Return the number of the lane at a column. None if the column is outside the lanes.

        Lane 0 is the leftmost.
        """
        lane = (column - 1 - self.numbers) // LANE
        return lane if 0 <= lane < self.lanes else None
