"""Pairs of similar codes: codes with similar names, or with codings of nearly the same text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from sibtui.model.codebook import comparable, is_within, split_path
from sibtui.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Similar:
    """Two codes that may have the same meaning. `name` (0-100) is the similarity of their names.

    `overlap` (0-1) is the number of characters that have both codes, divided by the number of characters that have
    at least one of them.
    """

    first: str
    second: str
    name: float
    overlap: float


def similar(
    paths: Sequence[str],
    shared: Mapping[tuple[str, str], float],
    *,
    name_at_least: float = 80,
    overlap_at_least: float = 0.5,
) -> list[Similar]:
    """Return the pairs of codes with similar names or with codings of nearly the same text.

    The most similar pairs come first. `shared` is a map: pair of codes (in the order of `paths`) → overlap of their
    codings (see `Similar`). A code and its own sub-code are not a pair. The library rapidfuzz computes the similarity
    of names (token sort ratio).
    """
    names = [comparable(split_path(path)[-1]) for path in paths]
    pairs: dict[tuple[str, str], Similar] = {}
    for at, name in enumerate(names):
        for _, score, offset in process.extract(
            name, names[at + 1 :], scorer=fuzz.token_sort_ratio, score_cutoff=name_at_least, limit=None
        ):
            pair = (paths[at], paths[at + 1 + offset])
            pairs[pair] = Similar(*pair, score, shared.get(pair, 0.0))
    for pair, overlap in shared.items():
        if overlap >= overlap_at_least and pair not in pairs:
            first, second = (comparable(split_path(path)[-1]) for path in pair)
            pairs[pair] = Similar(*pair, fuzz.token_sort_ratio(first, second), overlap)
    unrelated = [s for s in pairs.values() if not is_within(s.second, s.first) and not is_within(s.first, s.second)]
    return sorted(unrelated, key=lambda s: (-(s.name / 100 + s.overlap), s.first, s.second))
