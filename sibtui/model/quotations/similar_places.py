"""The passages of several texts that have many words of a quotation near each other.

Comparing a quotation with every window of every source takes a second per quotation. So the places of its rarest words vote for the
passage where the quotation would begin, and only the passages with the most votes are compared letter by letter.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.model.quotations.letters import LetterText
from sibtui.model.quotes import most_similar
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RAREST = 8
"""The number of words of a quotation that vote."""
_MOST_PLACES = 5000
"""A word with more places in a text has no vote: it is in every passage."""
_COMPARED = 6
"""The number of passages that are compared letter by letter."""
_LEAST_WIDTH = 60


def similar_passages(part: str, texts: Sequence[LetterText]) -> dict[int, tuple[float, Segment]]:
    """Return a map from the index of a text to (similarity, place) of the passage most similar to a part of a quotation.

    Texts without words of the part are left out.
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
    """Yield a window for each place of a rare word of the part: the window where the part would begin."""
    known = [(len(text.places[word]), word) for word in part.places if word in text.places]
    for count, word in sorted(known)[:_RAREST]:
        if count <= _MOST_PLACES:
            offset = part.places[word][0]
            for place in text.places[word]:
                yield max(0, place - offset) // width
