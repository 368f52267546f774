"""Markers in the text of a document that show which passages the comments are about.

While a reader goes through a document, it does not yet know the offsets in the final text. So it writes a marker at the
start and the end of each commented passage, and `extract` replaces the markers by segments. A marker begins with
U+0001, a character that cannot occur in XML.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.drafts import CommentDraft

MARK = "\x01"
_MARKS = re.compile(f"{MARK}([se])([0-9]{{1,9}}){MARK}")


def start(number: int) -> str:
    """Return the marker for the start of a commented passage. `number` is the index of the comment."""
    return f"{MARK}s{number}{MARK}"


def end(number: int) -> str:
    """Return the marker for the end of a commented passage. `number` is the index of the comment."""
    return f"{MARK}e{number}{MARK}"


def unmarked(text: str) -> str:
    return _MARKS.sub("", text) if MARK in text else text


def extract(text: str, comments: Sequence[CommentDraft]) -> tuple[str, tuple[CommentDraft, ...]]:
    """Return (text without markers, comments with the segments of their passages).

    The markers contain indexes of `comments`. A passage without words is replaced by its whole line. A comment has no
    segment if this line has no words, or if the text has no marker for the comment. Comments without text are dropped.
    """
    plain: list[str] = []
    places: dict[int, list[int]] = {}
    at = length = 0
    for match in _MARKS.finditer(text):
        part = text[at : match.start()]
        plain.append(part)
        length += len(part)
        at = match.end()
        places.setdefault(int(match[2]), []).append(length)
    plain.append(text[at:])
    whole = "".join(plain)
    return whole, tuple(
        replace(comment, segment=_segment(whole, places[number])) if number in places else comment
        for number, comment in enumerate(comments)
        if comment.text
    )


def _segment(text: str, places: Sequence[int]) -> Segment | None:
    first, last = min(places), max(places)
    if not text[first:last].strip():
        first = text.rfind("\n", 0, first) + 1
        after = text.find("\n", last)
        last = len(text) if after < 0 else after
    passage = text[first:last]
    first += len(passage) - len(passage.lstrip())
    last -= len(passage) - len(passage.rstrip())
    return Segment(first, last) if first < last else None
