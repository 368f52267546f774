"""Re-anchoring: the search for the new places of codings after the text of their source was corrected.

The whole old text is compared with the new one. A search for the words of a coding is not enough, because a phrase can
occur several times. The library difflib aligns the two texts by lines, sentences and words. The library rapidfuzz
aligns the letters inside a changed stretch, and measures how alike the old and the new words are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sibtui.model.frozen import dataclass
from sibtui.model.segments import Segment
from sibtui.model.unchanged_text import Range, slid_ranges, unchanged_ranges

ALIKE = 80
"""The lowest likeness (0-100) at which changed words count as the corrected form of the old words."""
_HALF = 50
"""The lowest likeness (0-100) that is required of the first or last word of a place, if nothing else confirms this edge of the place."""
_FIRM = 8
"""The least number of unchanged code points at the start or end of a place that confirm this start or end.

This number is enough even if all other words of the place have changed.
"""
_LONG = 20
"""The least length (in code points) of a quote that is too long to occur twice in an interview by chance."""
_CONTEXT = 30
"""The number of code points before and after a short quote that are also compared.

A short quote alone does not identify a passage.
"""
_BOTH, _ONE = 70, 75
"""The lowest likeness (0-100) of the context of a short quote: on both sides of the quote, or else on one side."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The place of a segment in a corrected text.

    `score` is the likeness of the old and the new words; 100 if they are equal. `certain` is False if the words do
    not exist any more, or if several places are possible. `segment` is then only the most similar passage.
    """

    segment: Segment
    score: int
    certain: bool


def reanchor(old: str, new: str, places: Sequence[tuple[int, int]]) -> list[Carried]:
    """Return the new places in the corrected text `new`, one for each of `places` (start, end) in the text `old`.

    `new` must not be empty. Each result states whether the new place is certain (see `Carried`).
    """
    ranges = unchanged_ranges(old, new)
    earliest, latest = (_Mapping(old, new, slid_ranges(old, new, ranges, later=later)) for later in (False, True))
    return [_carried(old, new, start, end, earliest, latest) for start, end in places]


Edit = tuple[int, int, str]
"""A change of a text: (start of the replaced part, its end, new words)."""


def edited(old: str, edits: Sequence[Edit]) -> str:
    """Return the text `old` with these changes made. The changes must be sorted and must not overlap."""
    parts, at = [], 0
    for start, end, new in edits:
        parts += [old[at:start], new]
        at = end
    return "".join([*parts, old[at:]])


def reanchor_edits(old: str, edits: Sequence[Edit], places: Sequence[tuple[int, int]]) -> list[Carried]:
    """Return the new place of each of `places` (start, end) in the text `old`, after known changes of the text.

    If the start (or end) of a place was inside a replaced part, it moves to the start (or end) of the new words. A
    place is certain if at least a part of its text remains.
    """
    new = edited(old, edits)
    ranges: list[Range] = []
    at = new_at = 0
    for start, end, replacement in edits:
        ranges.append((at, start, new_at))
        new_at += start - at + len(replacement)
        at = end
    ranges.append((at, len(old), new_at))
    mapping = _Mapping(old, new, [one for one in ranges if one[0] < one[1]])
    return [mapping.exactly(start, end) for start, end in places]


def _carried(old: str, new: str, start: int, end: int, earliest: _Mapping, latest: _Mapping) -> Carried:
    one, other = earliest.carried(start, end), latest.carried(start, end)
    if one == other:
        found = one
    elif min(one.score, other.score) >= ALIKE / 2 and (one.score == 100) != (other.score == 100):
        found = one if one.score == 100 else other
    else:
        found = Carried(one.segment, one.score, certain=False)
    same = found.certain and _same_passage(old, new, (start, end), found.segment)
    if same and (found.score == 100 or _edges_hold(old, new, (start, end), found)):
        return found
    return _moved(old, new, start, end) or replace(found, certain=False)


def _edges_hold(old: str, new: str, place: tuple[int, int], carried: Carried) -> bool:
    """Return whether the text around both ends of a place is similar before and after the correction.

    The result is False if an end is now inside a word, but was not before.
    """
    (start, end), (new_start, new_end) = place, (carried.segment.start, carried.segment.end)
    if (_divides(new, new_start) and not _divides(old, start)) or (_divides(new, new_end) and not _divides(old, end)):
        return False
    beginnings = _beginning(old, start, end), _beginning(new, new_start, new_end)
    ends = _end(old, start, end), _end(new, new_start, new_end)
    alike = carried.score >= ALIKE
    return beginnings[0].is_at(beginnings[1], alike=alike) and ends[0].is_at(ends[1], alike=alike)


def _beginning(text: str, start: int, end: int) -> _Edge:
    return _Edge(text[start : min(end, start + _CONTEXT)], text[max(0, start - _CONTEXT) : start][::-1])


def _end(text: str, start: int, end: int) -> _Edge:
    return _Edge(text[max(start, end - _CONTEXT) : end][::-1], text[end : end + _CONTEXT])


class _Edge(NamedTuple):
    """The text around one edge (the start or the end) of a place.

    `inside` has up to 30 characters inside the place, and `outside` up to 30 characters outside of it. The character
    next to the edge comes first in both. To the left of the edge, the text is therefore reversed.
    """

    inside: str
    outside: str

    def is_at(self, other: _Edge, *, alike: bool) -> bool:
        """Return whether this edge in the old text and the edge `other` in the new text are probably the same point.

        `alike` is set if the words of the old and the new place are similar.
        """
        kept = min(_FIRM, len(self.inside), len(other.inside))
        if self.inside[:kept] == other.inside[:kept]:
            return True
        same_word = _context_alike(self._word(), other._word())
        if self.outside[:_FIRM] == other.outside[:_FIRM]:
            return alike or same_word == 100
        return alike and same_word >= _HALF and _context_alike(self.outside, other.outside) >= _ONE

    def _word(self) -> str:
        return re.split(r"(?<=\w)\W", self.inside, maxsplit=1)[0]


def _divides(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _moved(old: str, new: str, start: int, end: int) -> Carried | None:
    """Return the new place of a passage that was moved to another part of the text without a change; otherwise None.

    The words of the passage must occur exactly once in each text.
    """
    quote = old[start:end]
    at = new.find(quote)
    if at < 0 or new.find(quote, at + 1) >= 0 or old.find(quote, old.find(quote) + 1) >= 0:
        return None
    moved = Segment(at, at + len(quote))
    return Carried(moved, 100, certain=True) if _same_passage(old, new, (start, end), moved) else None


def _same_passage(old: str, new: str, place: tuple[int, int], segment: Segment) -> bool:
    """Return whether `segment` in the new text is really the passage at `place` in the old text.

    The caller has found that the words of the two passages are similar. For short passages, this is not enough: the
    texts around them must be similar, too.
    """
    start, end = place
    if end - start >= _LONG:
        return True
    alike = _contexts_alike(old, new, place, segment)
    return min(alike) >= _BOTH or max(alike) >= _ONE


def _contexts_alike(old: str, new: str, place: tuple[int, int], segment: Segment) -> tuple[float, float]:
    """Return (likeness of the texts before the old and the new place, likeness of the texts after them), each 0-100."""
    start, end = place
    return (
        _context_alike(old[max(0, start - _CONTEXT) : start], new[max(0, segment.start - _CONTEXT) : segment.start]),
        _context_alike(old[end : end + _CONTEXT], new[segment.end : segment.end + _CONTEXT]),
    )


def _context_alike(old: str, new: str) -> float:
    from rapidfuzz.fuzz import ratio

    return 100 if old.strip() == new.strip() else ratio(old, new)


class _Mapping:
    """Maps positions in the old text to positions in the new text.

    `ranges` are the unchanged stretches of the text, in order and without overlap.
    """

    def __init__(self, old: str, new: str, ranges: Sequence[Range]) -> None:
        self._old, self._new = old, new
        self._ranges = ranges

    def carried(self, start: int, end: int) -> Carried:
        first, last = self._at(start), self._at(end - 1)
        new_start = self._position(start, first, after=False, inside=True)
        new_end = self._position(end - 1, last, after=True, inside=True)
        if new_end <= new_start:
            return self._removed(new_start)
        score = self._score(start, end, new_start, new_end)
        certain = score >= ALIKE or self._edges_stay(start, end, first, last, score)
        return Carried(Segment(new_start, new_end), score, certain)

    def exactly(self, start: int, end: int) -> Carried:
        """Return the place of the passage [start, end) in the new text.

        Call this only if `ranges` come from known edits, not from a comparison of the texts. Then the new place is
        certain, unless the passage is removed.
        """
        new_start = self._position(start, self._at(start), after=False, inside=False)
        new_end = self._position(end - 1, self._at(end - 1), after=True, inside=False)
        if new_end <= new_start:
            return self._removed(new_start)
        return Carried(Segment(new_start, new_end), self._score(start, end, new_start, new_end), certain=True)

    def _score(self, start: int, end: int, new_start: int, new_end: int) -> int:
        from rapidfuzz.fuzz import ratio

        old, new = self._old[start:end], self._new[new_start:new_end]
        return 100 if old == new else min(99, round(ratio(old, new)))

    def _removed(self, at: int) -> Carried:
        return Carried(self._nearest(min(at, len(self._new))), 0, certain=False)

    def _edges_stay(self, start: int, end: int, first: int | None, last: int | None, score: int) -> bool:
        """Return whether enough text at both ends of a place is unchanged.

        `first` and `last` are the indexes of the unchanged stretches with the first and the last code point of the
        place; None if this code point has changed. `score` is the likeness of the old and new words. With a high
        score, one unchanged code point at each end is enough.
        """
        if first is None or last is None:
            return False
        stays = min(end, self._ranges[first][1]) - start, end - max(start, self._ranges[last][0])
        return min(stays) >= _FIRM or score >= _HALF

    def _at(self, at: int) -> int | None:
        """Return the index of the unchanged stretch that contains this code point; None if no stretch contains it."""
        index = bisect_right(self._ranges, at, key=lambda one: one[0]) - 1
        return index if index >= 0 and at < self._ranges[index][1] else None

    def _position(self, at: int, index: int | None, *, after: bool, inside: bool) -> int:
        """Return the position of the code point `at` in the new text; with `after`, the position after it.

        `index` is the index of the unchanged stretch with this code point; None if the code point is in changed words.
        Such a code point gets the start of the new words or, with `after`, their end. With `inside`, `_inside` computes
        its position within the new words instead.
        """
        if index is not None:
            start, _, new_start = self._ranges[index]
            return new_start + at - start + after
        index = bisect_right(self._ranges, at, key=lambda one: one[0])  # the range after the edit
        edit_start, new_start = 0, 0
        if index:
            begin, edit_start, new_begin = self._ranges[index - 1]
            new_start = new_begin + edit_start - begin
        edit_end, new_end = len(self._old), len(self._new)
        if index < len(self._ranges):
            edit_end, _, new_end = self._ranges[index]
        if not inside or at == (edit_end - 1 if after else edit_start):
            return new_end if after else new_start
        return new_start + _inside(
            self._old[edit_start:edit_end], self._new[new_start:new_end], at - edit_start, after=after
        )

    def _nearest(self, at: int) -> Segment:
        """Return the word of the new text at a position, or else the next word within 50 characters.

        Without such a word, return the code point at the position.
        """
        for word in re.finditer(r"\w+", self._new[max(0, at - 50) : at + 50]):
            if word.end() + max(0, at - 50) >= at:
                return Segment(word.start() + max(0, at - 50), word.end() + max(0, at - 50))
        at = min(at, len(self._new) - 1)
        return Segment(at, at + 1)


def _inside(old: str, new: str, at: int, *, after: bool) -> int:
    """Map the position `at` in the words `old` to a position in the words `new`, which replaced them.

    The result is the position of the letter in `new` that corresponds to the letter at `at` in `old`. With `after`, it
    is the position after that letter. If `old` and `new` have little in common, the result is the start of `new`, or
    its end with `after`.
    """
    from rapidfuzz.distance import Levenshtein

    if len(old) * len(new) > 1_000_000 or Levenshtein.normalized_similarity(old, new) < ALIKE / 200:
        return len(new) if after else 0
    for step in Levenshtein.opcodes(old, new):
        if step.src_start <= at < step.src_end:
            if step.tag in {"equal", "replace"}:
                return step.dest_start + at - step.src_start + after
            return step.dest_start
    return len(new)  # pragma: no cover - the steps cover the old text
