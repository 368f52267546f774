"""The search for texts that are nearly the same. Two sources with such texts are not independent evidence.

Each text is read as overlapping runs of five successive words. First, only a sample of these runs is compared. Two
texts with many runs in common are then compared letter by letter.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST = 90.0
"""The lowest similarity (0-100) at which two texts count as nearly the same."""
_RUN = 5
_ONE_OF = 8
"""Only runs that begin with a chosen word count. About one of this number of different words is chosen.

The choice depends only on the letters of a word, so it is the same in every text.
"""
_FEWEST = 8
"""The least number of runs that count. If a text has fewer, all of its runs count."""
_SHARED = 0.3
"""The least share of the runs of the shorter text that the other text must also have."""
_MOST_TEXTS = 50
"""The largest number of texts that may have the same run.

A run that more texts have counts as a phrase of a template, and is left out.
"""


def similar_texts(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield (index, index, similarity) for each pair of texts whose similarity is at least `LEAST`, in order."""
    from rapidfuzz import fuzz

    chosen: dict[str, bool] = {}
    runs = [_runs(text.split(), chosen) for text in texts]
    owners: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, found in enumerate(runs):
        for run in found:
            owners[run].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for having in owners.values():
        if 1 < len(having) <= _MOST_TEXTS:
            shared.update(combinations(having, 2))
    for (first, second), count in sorted(shared.items()):
        if count < _SHARED * min(len(runs[first]), len(runs[second])):
            continue
        score = fuzz.ratio(texts[first], texts[second], score_cutoff=LEAST)
        if score >= LEAST:
            yield first, second, score


def _runs(words: Sequence[str], chosen: dict[str, bool]) -> set[tuple[str, ...]]:
    """Return a sample of the runs of five words in a text; all runs if the sample would be too small.

    `chosen` is a cache: word → whether the runs that begin with this word are in the sample.
    """
    found: set[tuple[str, ...]] = set()
    for at, word in enumerate(words):
        counts = chosen.get(word)
        if counts is None:
            counts = chosen[word] = zlib.crc32(word.encode("utf-8", "surrogatepass")) % _ONE_OF == 0
        if counts:
            found.add(tuple(words[at : at + _RUN]))
    if len(found) >= _FEWEST:
        return found
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))} if words else set()
