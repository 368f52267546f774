"""Which codes are alike: by their names, or by the text that they cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from sibtui.model.codebook import is_within, split_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Similar:
    """Two codes that may be one. `name` (0-100) compares their names, `overlap` (0-1) the text that they cover."""

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
    """The pairs of codes with near names, or that cover mostly the same text; most alike first.

    `shared` holds, for pairs in the order of `paths`, code points covered by both / code points covered by either.
    A code and its own sub-code are no pair.
    """
    names = [utils.default_process(split_path(path)[-1]) for path in paths]
    found: dict[tuple[str, str], Similar] = {}
    for at, name in enumerate(names):
        for _, score, offset in process.extract(
            name, names[at + 1 :], scorer=fuzz.token_sort_ratio, score_cutoff=name_at_least, limit=None
        ):
            pair = (paths[at], paths[at + 1 + offset])
            found[pair] = Similar(*pair, score, shared.get(pair, 0.0))
    for pair, overlap in shared.items():
        if overlap >= overlap_at_least and pair not in found:
            first, second = (utils.default_process(split_path(path)[-1]) for path in pair)
            found[pair] = Similar(*pair, fuzz.token_sort_ratio(first, second), overlap)
    kept = [s for s in found.values() if not is_within(s.second, s.first) and not is_within(s.first, s.second)]
    return sorted(kept, key=lambda s: (-(s.name / 100 + s.overlap), s.first, s.second))
