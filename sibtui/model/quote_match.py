"""The place at which a quote was found in a text."""

from __future__ import annotations

from typing import Literal

from sibtui.model.frozen import dataclass
from sibtui.model.segments import Segment


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """The place of a quote in a text. `how` is the way in which it was found.

    `score` (0-100) is the similarity of the quote to the text at this place.
    """

    segment: Segment
    how: Literal["exact", "spaces", "folded", "cut", "fuzzy"]
    score: float
