"""The numbers of the lines of a note."""

from __future__ import annotations

import re
from bisect import bisect_right


class LineNumbers:
    """The numbers of the lines of a text, from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    @property
    def digits(self) -> int:
        """The number of digits of the last line number."""
        return len(str(len(self._starts)))

    def at(self, offset: int) -> int | None:
        """Return the number of the line that begins exactly at an offset. None if no line begins there."""
        number = bisect_right(self._starts, offset)
        return number if self._starts[number - 1] == offset else None
