"""How the columns of the note are shared out: selection mark, line numbers, stripes, text."""

from __future__ import annotations

from typing import NamedTuple

MEASURE = 92
"""Lines longer than this are hard to read, however wide the terminal is."""
LANE = 3
"""A stripe's cells: two letters of a tag and a sign."""


class Frame(NamedTuple):
    """The columns at one width. `lanes` is how many codings can stand beside each other; `left` where the text begins."""

    width: int
    numbers: int
    lanes: int

    @classmethod
    def of(cls, width: int, numbers: int) -> Frame:
        """The columns for a width; `numbers` is how many cells line numbers take, 0 for none."""
        room = width - numbers
        lanes = 1 if room < 36 else 2 if room < 48 else 3 if room < 88 else 4 if room < 110 else 6
        return cls(width, numbers, lanes)

    @property
    def left(self) -> int:
        return 1 + self.numbers + LANE * self.lanes + 1

    @property
    def text(self) -> int:
        return max(8, min(MEASURE, self.width - self.left - 1))

    def lane_at(self, column: int) -> int | None:
        """The lane that a column is in."""
        lane = (column - 1 - self.numbers) // LANE
        return lane if 0 <= lane < self.lanes else None
