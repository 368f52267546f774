"""The review list of an import: the codings whose quotes are not at their offsets in the text.

For each coding, the list proposes the passage that resembles the quote most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.quotes import find_alike
from sibtui.model.segments import Segment
from sibtui.model.similar_passages import most_similar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.drafts import CodingDraft

from sibtui.model.import_reports import Review

_EFFORT = 4_000_000_000
"""The limit for the search in one file.

The effort of a search is the code points of the texts, times those of the quotes. A search up to this limit takes a few
seconds.
"""
_LONGEST = 5000


class BestMatches:
    """Finds the passage that is most similar to a quote, and its score (0-100).

    To save time, the searches for the quotes of one file have a limit (`_EFFORT`). After this limit, only passages
    with the same words as the quote are found. Layout and capital letters may differ.
    """

    def __init__(self) -> None:
        self._effort = _EFFORT

    def find(self, text: str, quote: str, near: int = 0) -> tuple[Segment | None, float]:
        """Return (passage that resembles the quote most, score 0-100); (None, 0) if there is no such passage.

        If several passages equal the quote, the one nearest to the offset `near` is returned.
        """
        bare = quote.strip().removesuffix("…").removesuffix("...").strip()
        if not bare or not text:
            return None, 0.0
        at = _nearest(text, bare, near)
        if at is not None:
            return Segment(at, at + len(bare)), 100.0
        if len(bare) < _LONGEST and (match := find_alike(text, bare)):
            return Segment(*match), 100.0
        self._effort -= len(text) * len(bare)
        if self._effort < 0 or len(bare) > _LONGEST:
            return None, 0.0
        best = most_similar(text, bare)
        return (best.segment, round(best.score, 1)) if best is not None and best.score else (None, 0.0)


class Reviewer:
    """Builds the review list of one imported file."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._matches = BestMatches()
        self.list: list[Review] = []

    def add(self, draft: CodingDraft, reason: str, near: int = 0) -> None:
        """Add a coding to the review list, with the passage that resembles its quote most.

        `reason` states why it must be checked. If several passages equal the quote, the one nearest to the offset
        `near` is proposed.
        """
        text = self._texts.get(draft.source, "")
        best, score = self._matches.find(text, draft.quote or "", near)
        self.list.append(Review(draft, reason, best, score, "" if best is None else best.quote(text)))


def _nearest(text: str, quote: str, near: int) -> int | None:
    after = text.find(quote, max(0, near))
    before = text.rfind(quote, 0, max(0, near) + len(quote))
    places = [at for at in (before, after) if at >= 0]
    return min(places, key=lambda at: abs(at - near), default=None)
