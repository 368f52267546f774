"""The place at which a quote was found in a text."""

from __future__ import annotations

from typing import Literal

from sibtui.model.frozen import dataclass
from sibtui.model.segments import Segment


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """The place of a quote, the way in which it was found (`how`), and the similarity (`score`, 0-100) of the text there to the quote."""

    segment: Segment
    how: Literal["exact", "spaces", "folded", "cut", "fuzzy"]
    score: float
