"""The codebook as a tree of paths: naming a code, and finding it by a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import AmbiguousError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

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


def is_within(path: str, ancestor: str) -> bool:
    """Whether `path` is a sub-code, at any depth, of `ancestor`."""
    return path.startswith(ancestor + "/")
