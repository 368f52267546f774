"""Where a quote that is not at its place may be: the nearest exact one, else the place most like it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.drafts import CodingDraft

from sibtui.model.imports import Review

_EFFORT = 4_000_000_000
"""Code points of text times code points of quote that are compared for one file: some seconds' worth."""
_LONGEST = 5000


class Reviewer:
    """Makes the review list of one file. Beyond a certain effort quotes are no longer looked for, only listed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._effort = _EFFORT
        self.list: list[Review] = []

    def add(self, draft: CodingDraft, why: str, near: int = 0) -> None:
        text = self._texts.get(draft.source, "")
        best, score = self._best(text, draft.quote or "", near)
        self.list.append(Review(draft, why, best, score))

    def _best(self, text: str, quote: str, near: int) -> tuple[Segment | None, float]:
        wanted = quote.strip().removesuffix("…").removesuffix("...").strip()
        if not wanted or not text:
            return None, 0.0
        at = _nearest(text, wanted, near)
        if at is not None:
            return Segment(at, at + len(wanted)), 100.0
        words = wanted.split()
        found = re.search(r"\s+".join(map(re.escape, words)), text) if len(words) < _LONGEST else None
        if found:
            return Segment(*found.span()), 100.0
        self._effort -= len(text) * len(wanted)
        if self._effort < 0 or len(wanted) > _LONGEST:
            return None, 0.0
        return _most_like(text, wanted)


def _nearest(text: str, quote: str, near: int) -> int | None:
    after = text.find(quote, max(0, near))
    before = text.rfind(quote, 0, max(0, near) + len(quote))
    places = [at for at in (before, after) if at >= 0]
    return min(places, key=lambda at: abs(at - near), default=None)


def _most_like(text: str, quote: str) -> tuple[Segment | None, float]:
    from rapidfuzz import fuzz  # noqa: PLC0415 - only a quote that is not there pays for it

    aligned = fuzz.partial_ratio_alignment(quote, text)
    if aligned is None or aligned.dest_end <= aligned.dest_start or aligned.score == 0:
        return None, 0.0
    return Segment(aligned.dest_start, aligned.dest_end), round(aligned.score, 1)
