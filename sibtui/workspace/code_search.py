"""The search for codes by a typed name, and the code that Enter chooses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sibtui.model.codebook import (
    begin_in_order,
    begins_words,
    comparable,
    is_within,
    join_path,
    path_key,
    split_path,
    word_hits,
)
from sibtui.model.folding import fold, name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sibtui.model.records import Code

LIMIT = 50
_NEAR = 72.0
"""The least similarity (0-100) of a name to the typed name in the list of similar names."""
_RECENT = 4.0
"""The points that the code used last gains over an unused code."""


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """The path of the chosen code. `new` is set if the code must be added first."""

    path: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A code in the list, its score for sorting, and the parts of its name to mark."""

    code: Code
    score: float
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CodeOffer:
    """The codes offered for a typed name. Enter chooses `first`, which is never a similar code.

    `fitting`: codes in which every typed word begins a word. The first `exact` of them have exactly the typed name.
    `new`: paths of codes that can be added. They are listed first if `new_first` is set.
    `similar`: other codes with a similar name. `retired`: the path of a retired code with this name.
    """

    fitting: tuple[CodeMatch, ...]
    new: tuple[str, ...] = ()
    similar: tuple[CodeMatch, ...] = ()
    new_first: bool = False
    exact: int = 0
    retired: str | None = None

    @property
    def first(self) -> CodeChoice | None:
        if self.new and (self.new_first or not self.fitting):
            return CodeChoice(self.new[0], new=True)
        return CodeChoice(self.fitting[0].code.path) if self.fitting else None


def offer(
    typed: str,
    codes: Sequence[Code],
    recent: Sequence[str],
    *,
    retired: Collection[Code] = (),
    allow_new: bool = True,
) -> CodeOffer:
    """Return the codes offered for a typed name. `recent` holds the paths of the codes used, the newest first.

    If nothing is typed, all codes are offered: first the codes in `recent`, then the others in codebook order.
    A retired code is not offered, and no new code can take its path.
    """
    rank = {path: at for at, path in enumerate(recent)}
    if not typed.replace("/", " ").strip():
        ordered = sorted(codes, key=lambda code: rank.get(code.path, len(rank)))
        return CodeOffer(tuple(CodeMatch(code, 100.0) for code in ordered[:LIMIT]))
    search = _Search(typed, codes)
    exact = search.exact()
    fitting = [*exact, *search.fitting({hit.code.path for hit in exact})]
    similar = search.similar({hit.code.path for hit in fitting}, near=not fitting)
    retired_paths = {path_key(code.path): code.path for code in retired}
    paths = search.new_paths(_theme(codes, recent)) if allow_new else []
    return CodeOffer(
        _ranked(fitting, rank),
        tuple(path for path in paths if path_key(path) not in retired_paths),
        _ranked(similar, rank),
        search.below_known and not exact,
        len(exact),
        next((retired_paths[key] for path in paths if (key := path_key(path)) in retired_paths), None),
    )


def typed_path(typed: str, codes: Sequence[Code]) -> str:
    """Return the path of a new code from a typed path. Names of existing codes are spelt as in the codebook."""
    return _Search(typed, codes).path


def _ranked(hits: Iterable[CodeMatch], rank: dict[str, int]) -> tuple[CodeMatch, ...]:
    ordered = sorted(hits, key=lambda hit: -(hit.score + max(0.0, _RECENT - rank.get(hit.code.path, 99) * 0.4)))
    return tuple(ordered[:LIMIT])


def _theme(codes: Sequence[Code], recent: Sequence[str]) -> tuple[str, bool] | None:
    """Return the theme of the code used last, and whether the theme has sub-codes. None if no code was used."""
    paths = {code.path for code in codes}
    last = next((path for path in recent if path in paths), None)
    if last is None:
        return None
    theme = join_path(split_path(last)[:1])
    return theme, any(is_within(path, theme) for path in paths)


class _Search:
    """A typed name and the codes to search."""

    def __init__(self, typed: str, codes: Sequence[Code]) -> None:
        self._typed = name_key(typed)
        self._names = split_path(typed)
        self._keys = path_key(typed)
        self._codes = codes
        self._paths = {path_key(code.path): code for code in codes}
        self._parents = self._known_parents()

    def _known_parents(self) -> list[Code]:
        """Return the codes that may be the parent in the typed path. The parent is the part before the last slash.

        If a code has exactly this path, return only this code. Otherwise, return all codes whose path ends with it.
        """
        above = self._keys[:-1]
        if not above or not all(self._keys):
            return []
        if above in self._paths:
            return [self._paths[above]]
        return [code for key, code in self._paths.items() if key[-len(above) :] == above]

    @property
    def below_known(self) -> bool:
        """Whether the typed path has a parent that is in the codebook."""
        return bool(self._parents)

    def exact(self) -> list[CodeMatch]:
        """Return the codes with the typed name. If a path was typed, the codes with this path come first."""
        hits = []
        below = {(*path_key(parent.path), self._keys[-1]) for parent in self._parents}
        for key, code in self._paths.items():
            if key in below:
                hits.append(CodeMatch(code, 300.0, self._marks(code)))
            elif self._typed == key[-1] or self._keys == key[-1:]:
                hits.append(CodeMatch(code, 200.0, self._marks(code)))
        return hits

    def _marks(self, code: Code) -> tuple[tuple[int, int], ...]:
        """Return the parts of a code's name that match the words after the last slash."""
        name = name_key(code.name)
        return (word_hits(self._keys[-1].split(), name) or ()) if len(name) == len(code.name) else ()

    def fitting(self, listed: Collection[str]) -> list[CodeMatch]:
        """Return other codes in which each typed word begins a word of the name.

        If a path was typed, paths are compared.
        """
        if len(self._keys) > 1:
            return [hit for hit in self._fitting_paths() if hit.code.path not in listed]
        words = self._typed_words
        hits = []
        for key, code in self._paths.items():
            if code.path not in listed and word_hits(words, key[-1]):
                starts = key[-1].startswith(words[0])
                hits.append(CodeMatch(code, 100.0 - len(key[-1].split()) * 0.1 if starts else 95.0, self._marks(code)))
        return hits

    def _fitting_paths(self) -> list[CodeMatch]:
        parts = [key for key in self._keys if key]
        hits = []
        for path, code in self._paths.items():
            if begin_in_order(parts[:-1], path[:-1]) and begins_words(parts[-1], path[-1]):
                hits.append(CodeMatch(code, 100.0, self._marks(code)))
            elif not self._keys[-1] and begin_in_order(parts, path[:-1]):  # “Theme/” lists the codes below it
                hits.append(CodeMatch(code, 90.0))
        return hits

    @property
    def _typed_words(self) -> list[str]:
        return " ".join(self._keys).split()

    def similar(self, listed: Collection[str], *, near: bool) -> list[CodeMatch]:
        """Return other codes that contain the typed letters. If `near` is set, codes with a similar name are added."""
        others = [code for code in self._codes if code.path not in listed]
        words = [fold(word) for word in self._typed_words]
        hits = [hit for code in others if (hit := _similar(code, words)) is not None]
        paths = {hit.code.path for hit in hits}
        return hits + [hit for hit in self._near(others) if hit.code.path not in paths] if near else hits

    def _near(self, codes: Sequence[Code]) -> list[CodeMatch]:
        from rapidfuzz import fuzz, process

        names = {at: code.name for at, code in enumerate(codes)}
        matches = process.extract(
            self._names[-1], names, scorer=fuzz.WRatio, processor=comparable, score_cutoff=_NEAR, limit=LIMIT
        )
        return [CodeMatch(codes[at], score * 0.5) for _, score, at in matches]

    def new_paths(self, theme: tuple[str, bool] | None) -> list[str]:
        """Return the paths that a new code with the typed name can have, the preferred path first."""
        if not all(self._names):
            return []
        if len(self._names) > 1:
            paths = [self._below(parent) for parent in self._parents] + [self.path]
        elif theme is None:
            paths = [join_path(self._names)]
        else:
            paths = [join_path(self._names), join_path((*split_path(theme[0]), *self._names))]
            paths = paths[::-1] if theme[1] else paths
        free: dict[tuple[str, ...], str] = {}
        for path in paths:
            if path_key(path) not in self._paths:
                free.setdefault(path_key(path), path)
        return list(free.values())

    def _below(self, parent: Code) -> str:
        return join_path((*split_path(parent.path), self._names[-1]))

    @property
    def path(self) -> str:
        """The typed path. Names of existing codes are spelt as in the codebook."""
        for depth in range(len(self._names) - 1, 0, -1):
            known = self._paths.get(self._keys[:depth])
            if known is not None:
                return join_path((*split_path(known.path), *self._names[depth:]))
        return join_path(self._names)


def _similar(code: Code, words: Sequence[str]) -> CodeMatch | None:
    """Return a match if the name, initials, path or definition of a code contain all words. None otherwise.

    The words are folded.
    """
    name, path, about = _folded(code.path, code.definition, code.include)
    if all(word in name for word in words):
        whole = len(name) == len(code.name)
        return CodeMatch(
            code, 88.0, tuple((name.find(word), name.find(word) + len(word)) for word in words) if whole else ()
        )
    joined = "".join(words)
    if len(joined) > 1 and "".join(part[0] for part in name.split()).startswith(joined):
        return CodeMatch(code, 92.0)
    if all(word in path for word in words):
        return CodeMatch(code, 82.0 if any(begins_words(word, name) for word in words) else 78.0)
    return CodeMatch(code, 60.0) if all(word in about for word in words) else None


@lru_cache(1 << 13)
def _folded(path: str, *texts: str) -> tuple[str, str, str]:
    """Return three folded texts of a code: its name, its path, and its path with all `texts`.

    The result is cached, because each key press searches all codes.
    """
    names = split_path(path)
    return fold(names[-1]), fold(" ".join(names)), fold(" ".join((*names, *texts)))
