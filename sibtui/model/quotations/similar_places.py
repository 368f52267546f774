"""A fast search for the passages of several texts that are similar to a quotation.

A comparison of the quotation with every passage of every source would take a second. So only rare words of the
quotation are searched first. Each place of a rare word is a vote for a passage that may be the quotation. The
passages with the most votes are then compared letter by letter.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.model.quotations.letters import LetterText
from sibtui.model.segments import Segment
from sibtui.model.similar_passages import most_similar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RAREST = 8
"""The largest number of words of a quotation whose places count as votes."""
_MOST_PLACES = 5000
"""The largest number of places in a text that a word with votes can have. A more frequent word would give votes to nearly every passage."""
_COMPARED = 6
"""The largest number of passages that are compared with the quotation letter by letter."""
_LEAST_WIDTH = 60


def similar_passages(part: str, texts: Sequence[LetterText]) -> dict[int, tuple[float, Segment]]:
    """Return a map: index of a text → (similarity, place) of its passage that is most similar to `part`.

    `part` is a part of a quotation. Texts without a similar passage are left out.
    """
    width = max(len(part), _LEAST_WIDTH)
    votes: Counter[tuple[int, int]] = Counter()
    for at, text in enumerate(texts):
        votes.update((at, window) for window in _windows(LetterText(part), text, width))
    found: dict[int, tuple[float, Segment]] = {}
    for (at, window), _ in votes.most_common(_COMPARED):
        low = max(0, (window - 1) * width)
        match = most_similar(texts[at].text[low : (window + 3) * width], part)
        if match is not None and (at not in found or match.score > found[at][0]):
            found[at] = match.score, Segment(low + match.segment.start, low + match.segment.end)
    return found


def _windows(part: LetterText, text: LetterText, width: int) -> Iterable[int]:
    """Yield indexes of the windows of `text` in which `part` may begin. A window has `width` characters.

    Only rare words of `part` are used. Each place of such a word in `text` gives one window.
    """
    known = [(len(text.places[word]), word) for word in part.places if word in text.places]
    for count, word in sorted(known)[:_RAREST]:
        if count <= _MOST_PLACES:
            offset = part.places[word][0]
            for place in text.places[word]:
                yield max(0, place - offset) // width
