"""The review list of an import: codings whose quotes are not at their offsets, with the best place for each quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.quotes import find_alike, most_similar
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.drafts import CodingDraft

from sibtui.model.import_reports import Review

_EFFORT = 4_000_000_000
"""The limit of the search for one file, in code points of text times code points of quote. It takes a few seconds."""
_LONGEST = 5000


class BestMatches:
    """Finds the best places of quotes, with scores (0-100). When the limit `_EFFORT` of a file is reached, only exact places are found."""

    def __init__(self) -> None:
        self._effort = _EFFORT

    def find(self, text: str, quote: str, near: int = 0) -> tuple[Segment | None, float]:
        """Return the best place of a quote and its score; (None, 0) without a place. Of several exact places, the best is the nearest to `near`."""
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
    """Builds the review list of one file."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._matches = BestMatches()
        self.list: list[Review] = []

    def add(self, draft: CodingDraft, reason: str, near: int = 0) -> None:
        """Add a coding to the list, with the reason for its review. Of several exact places of its quote, the nearest to `near` is used."""
        text = self._texts.get(draft.source, "")
        best, score = self._matches.find(text, draft.quote or "", near)
        self.list.append(Review(draft, reason, best, score, "" if best is None else best.quote(text)))


def _nearest(text: str, quote: str, near: int) -> int | None:
    after = text.find(quote, max(0, near))
    before = text.rfind(quote, 0, max(0, near) + len(quote))
    places = [at for at in (before, after) if at >= 0]
    return min(places, key=lambda at: abs(at - near), default=None)
