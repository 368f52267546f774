"""The codebook as a tree of paths: naming a code, finding it by a part of its name, and seeing which codes are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.errors import AmbiguousError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

NEAR = 60
"""Names scoring this much or more (0-100) are offered when a name fits nothing."""


def join_path(names: Iterable[str]) -> str:
    r"""The path of these names, from the theme down. A slash or backslash within a name is written `\/`, `\\`."""
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)


def split_path(path: str) -> tuple[str, ...]:
    """The names of a path, from the theme down; the inverse of `join_path`. Blanks around names are dropped."""
    names: list[str] = []
    name: list[str] = []
    characters = iter(path)
    for character in characters:
        if character == "\\":
            name.append(next(characters, "\\"))
        elif character == "/":
            names.append("".join(name).strip())
            name.clear()
        else:
            name.append(character)
    names.append("".join(name).strip())
    return tuple(names)


def resolve(wanted: str, paths: Collection[str]) -> str:
    """The one of `paths` that `wanted` names: whole, by its last names, or by a part that fits no other.

    Letter case does not matter, unless it tells two apart. AmbiguousError lists what fits, NotFoundError the nearest names.
    """
    if wanted in paths:  # a large matrix names hundreds of paths in full: in a dict or set each is found at once
        return wanted
    parts = tuple(part.casefold() for part in split_path(wanted))
    if not any(parts):
        raise NotFoundError("A code needs a name: write its path, for example Theme/Code.")
    whole = join_path(split_path(wanted))
    if whole in paths:
        return whole
    folded = [tuple(name.casefold() for name in split_path(path)) for path in paths]
    for fits in (
        lambda names: names == parts,
        lambda names: names[-len(parts) :] == parts,
        lambda names: parts[-1] in names[-1] and _in_order(parts[:-1], names[:-1]),
    ):
        found = [path for path, names in zip(paths, folded, strict=True) if fits(names)]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousError(f"“{wanted}” fits {listed(found)}: write more of the path.")
    raise NotFoundError(f"No code is named “{wanted}”{did_you_mean(wanted, paths)}")


def _in_order(parts: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether each part is within a name, in order."""
    remaining = iter(names)
    return all(any(part in name for name in remaining) for part in parts)


def did_you_mean(wanted: str, names: Collection[str], *, limit: int = 3) -> str:
    """The end of a "not found" sentence: `; did you mean …?` with the nearest names, or a full stop."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only a misspelling pays for it

    short = {name: split_path(name)[-1] for name in names}
    ranked = {
        name: max(score, fuzz.WRatio(wanted, name, processor=utils.default_process))
        for _, score, name in process.extract(
            wanted, short, scorer=fuzz.WRatio, processor=utils.default_process, limit=20
        )
    }
    nearest = [name for name in sorted(ranked, key=lambda n: (-ranked[n], n)) if ranked[name] >= NEAR][:limit]
    return f"; did you mean {listed(nearest, last='or')}?" if nearest else "."


def listed(names: Sequence[str], *, last: str = "and", limit: int = 5) -> str:
    shown = [f"“{name}”" for name in names[:limit]]
    if len(names) > limit:
        return ", ".join(shown) + f" and {len(names) - limit} more"
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" {last} {shown[-1]}"


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
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only this report pays for it

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


def is_within(path: str, ancestor: str) -> bool:
    """Whether `path` is a sub-code, at any depth, of `ancestor`."""
    return path.startswith(ancestor + "/")
