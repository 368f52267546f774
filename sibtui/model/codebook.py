"""Paths of codes: joining, splitting and comparing them, and finding the code that a typed name refers to."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.folding import fold, name_key
from sibtui.model.text import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

_WORD_START = r"""(?:^|(?<=[\s()\[\]{}/\\,;:.&+|"“”„«»]))\S"""
# A hyphen or an apostrophe begins no word: “payment” is not an abbreviation of “Non-payment”. `re` compiles it when it is first used.

NEAR = 60
"""The lowest similarity (0-100) at which a message for an unknown name suggests an existing name."""
DEEPEST = 20
"""The largest number of levels in a codebook."""


def join_path(names: Iterable[str]) -> str:
    r"""Return the path made of these names, from the theme (top code) down.

    A slash within a name is written `\/`, a backslash `\\`.
    """
    return "/".join([name.replace("\\", "\\\\").replace("/", "\\/") for name in names])


def split_path(path: str) -> tuple[str, ...]:
    """Return the names of a path, from the theme (top code) down; the inverse of `join_path`.

    Spaces around names are dropped. A backslash escapes only a slash or a backslash; before any other character it is
    kept.
    """
    if "\\" not in path:
        return tuple([name.strip() for name in path.split("/")])
    names: list[str] = []
    name: list[str] = []
    characters = iter(path)
    for character in characters:
        if character == "\\":
            following = next(characters, "")
            name.append(following if following in {"/", "\\"} else character + following)
        elif character == "/":
            names.append("".join(name).strip())
            name.clear()
        else:
            name.append(character)
    names.append("".join(name).strip())
    return tuple(names)


def theme_of(path: str) -> str:
    r"""Return the path of the theme (top code) of a code.

    >>> theme_of(r"Pay\/hours/Overtime")
    'Pay\\/hours'
    """
    return join_path(split_path(path)[:1]) if "\\" in path else path.partition("/")[0]


@lru_cache(1 << 13)
def path_key(path: str) -> tuple[str, ...]:
    """Return the form in which paths are compared: a tuple with the `name_key` of each name (see `model.folding`)."""
    return tuple(map(name_key, split_path(path)))


def identical_path(path: str, paths: Collection[str]) -> str | None:
    """Return the path in `paths` that reads the same as `path`; None if there is none. An exact match is preferred.

    Paths read the same if they differ only in letter case, or in the kind of quotation marks, dashes or spaces (see
    `model.folding`).
    """
    if path in paths:
        return path
    key = path_key(path)
    return next((known for known in paths if path_key(known) == key), None)


@lru_cache(1 << 13)
def comparable(name: str) -> str:
    """Return the form in which names are compared to find similar ones: in lower case, without punctuation."""
    from rapidfuzz import utils

    return str(utils.default_process(fold(name)))


def word_hits(words: Sequence[str], name: str) -> tuple[tuple[int, int], ...] | None:
    """Return (start, end) of each place in a name at which a word begins with one of `words`.

    For example, `("tr", "sc")` are found at (0, 2) and (9, 11) in “trust in schools”. Each of `words` must be found
    at a different word of the name; otherwise the result is None. Letter case counts, so pass `words` and `name` in the
    form of `name_key`.
    """
    if not all(word in name for word in words):  # a quick test that most names fail
        return None
    starts = [found.start() for found in re.finditer(_WORD_START, name)]
    hits: list[tuple[int, int]] = []
    for word in sorted(
        words, key=len, reverse=True
    ):  # a shorter word must not use up the start that a longer word needs
        start = next((at for at in starts if name.startswith(word, at)), None)
        if start is None:
            return None
        starts.remove(start)
        hits.append((start, start + len(word)))
    return tuple(sorted(hits))


def begins_words(typed: str, name: str) -> bool:
    """Return whether every typed word is the beginning of a word of the name; False if nothing was typed."""
    return bool(word_hits(typed.split(), name))


def resolve(typed: str, paths: Collection[str], *, partial: bool = True) -> str:
    """Return the path in `paths` that a typed name refers to.

    The user may type the whole path, its last names, or the beginnings of words: “Tru” matches Trust, but not
    Distrust. If `partial` is not set, beginnings of words do not match. Letter case is ignored. If several paths
    differ only in letter case, the path that is typed exactly is returned.

    Raises AmbiguousError, which lists the matching paths, or NotFoundError, which lists the most similar names.
    """
    if typed in paths:  # fast path: a large matrix names hundreds of codes in full
        return typed
    parts = path_key(typed)
    if not any(parts):
        raise NotFoundError("A code needs a name: write its path, for example Theme/Code.")
    whole = join_path(split_path(typed))
    if whole in paths:
        return whole
    folded = [path_key(path) for path in paths]
    ways: tuple[Callable[[tuple[str, ...]], bool], ...] = (
        lambda names: names == parts,
        lambda names: names[-len(parts) :] == parts,
        lambda names: begins_words(parts[-1], names[-1]) and begin_in_order(parts[:-1], names[:-1]),
    )
    for fits in ways if partial else ways[:-1]:
        matches = [path for path, names in zip(paths, folded, strict=True) if fits(names)]
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise AmbiguousError(f"“{typed}” fits {listed(matches, 5, quoted=True)}: write more of the path.")
    raise NotFoundError(f"No code is named “{typed}”{did_you_mean(typed, paths)}")


def begin_in_order(parts: Sequence[str], names: Sequence[str]) -> bool:
    """Return whether the parts of a typed path match names, in the same order. Names may be skipped.

    A part matches a name if each word of the part is the beginning of a word of the name: the parts “ba” and “tru”
    match the names “barriers”, “staff”, “trust”. Letter case counts.
    """
    remaining = iter(names)
    return all(any(begins_words(part, name) for name in remaining) for part in parts)


def did_you_mean(typed: str, names: Collection[str], *, limit: int = 3) -> str:
    """Return the end of a "not found" message: `; did you mean …?` with the most similar names, or else a full stop."""
    from rapidfuzz import fuzz, process

    short = {name: split_path(name)[-1] for name in names}
    ranked = {
        name: max(score, fuzz.WRatio(typed, name, processor=comparable))
        for _, score, name in process.extract(typed, short, scorer=fuzz.WRatio, processor=comparable, limit=20)
    }
    nearest = [name for name in sorted(ranked, key=lambda n: (-ranked[n], n)) if ranked[name] >= NEAR][:limit]
    return f"; did you mean {listed(nearest, last='or', quoted=True)}?" if nearest else "."


def is_within(path: str, ancestor: str) -> bool:
    """Return whether `path` is a sub-code of `ancestor` at any depth."""
    return path.startswith(ancestor + "/")
