"""Which codes a few typed letters mean, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Code

LIMIT = 50
_FUZZY = 72.0
"""A name that is at least this like what was typed (0-100) is offered behind those that have its letters."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A code that fits, how well (0-100), and the parts of its name to mark."""

    code: Code
    score: float
    marks: tuple[tuple[int, int], ...] = ()


def pick(typed: str, codes: Sequence[Code], recent: Sequence[str]) -> list[Hit]:
    """The codes that fit, best first; with nothing typed those used last, then the others in the order of the codebook."""
    rank = {path: at for at, path in enumerate(recent)}
    words = typed.casefold().replace("/", " ").split()
    if not words:
        ordered = sorted(codes, key=lambda code: rank.get(code.path, len(rank)))
        return [Hit(code, 100.0) for code in ordered[:LIMIT]]
    hits = [hit for code in codes if (hit := _fit(code, words)) is not None]
    if not hits:
        hits = _alike(typed, codes)
    hits.sort(key=lambda hit: -(hit.score + max(0.0, 4.0 - rank.get(hit.code.path, 99) * 0.4)))
    return hits[:LIMIT]


def _fit(code: Code, words: Sequence[str]) -> Hit | None:
    name = code.name.casefold()
    parts = name.split()
    marks = tuple(
        (at, at + len(word)) for word in words if (at := name.find(word)) >= 0 and len(name) == len(code.name)
    )
    if len(marks) == len(words) or all(word in name for word in words):
        if name.startswith(words[0]):
            return Hit(code, 100.0 - len(parts) * 0.1, marks)
        starts = all(any(part.startswith(word) for part in parts) for word in words)
        return Hit(code, 95.0 if starts else 88.0, marks)
    joined = "".join(words)
    if len(joined) > 1 and "".join(part[0] for part in parts).startswith(joined):
        return Hit(code, 92.0)
    path = " ".join(split_path(code.path)).casefold()
    if all(word in path for word in words):
        begins = any(part.startswith(word) for part in parts for word in words)
        return Hit(code, 82.0 if begins else 78.0, marks)
    told = f"{path} {code.definition} {code.include}".casefold()
    if all(word in told for word in words):
        return Hit(code, 60.0, marks)
    return None


def _alike(typed: str, codes: Sequence[Code]) -> list[Hit]:
    """For misspellings: codes with names like it."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only a misspelling pays for it

    names = {at: code.name for at, code in enumerate(codes)}
    found = process.extract(
        typed, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_FUZZY, limit=LIMIT
    )
    return [Hit(codes[at], score * 0.5) for _, score, at in found]
