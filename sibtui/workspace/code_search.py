"""The search for a code by a typed name: which codes the screen offers, and which one Enter applies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.codebook import (
    begin_in_order,
    begins_words,
    comparable,
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
"""A code is listed as similar if its name has at least this similarity (0-100) to the typed name."""
_IN_NAME = 88.0
"""The score of a code whose name contains each typed word."""
_RECENT = 4.0
"""The points added to the score of the code that was applied last. Codes applied earlier get fewer points."""


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """The code that the user has chosen, by its path. `new` is set if the code must first be added to the codebook."""

    path: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A code that matches the typed text. A higher `score` is a better match.

    `marks` are the parts of the code's name to highlight, as (start, end).
    """

    code: Code
    score: float
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CodeOffer:
    """The codes that the screen offers for a typed text. Enter chooses the code `first`.

    - `fitting`: the codes in which each typed word begins a word. For example, `tr sc` fits “trust in schools”.
    - `exact`: the number of codes with exactly the typed name. These codes come first in `fitting`.
    - `new`: the paths of new codes that the user can add.
    - `new_first`: True if the screen shows `new` before `fitting`.
    - `similar`: further codes with a similar name. Enter never chooses them.
    - `retired`: the path of a retired code with the typed name, or None.
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


class CodeIndex:
    """The codes to search, with their texts prepared for the comparison with typed words."""

    def __init__(self, codes: Sequence[Code], retired: Collection[Code] = ()) -> None:
        self.codes = codes
        self.by_key = {path_key(code.path): code for code in codes}
        self.by_path = {code.path: code for code in codes}
        self.retired = {path_key(code.path): code.path for code in retired}
        self._themes: set[str] | None = None
        self.by_name: dict[str, list[tuple[tuple[str, ...], Code]]] = {}
        for key, code in self.by_key.items():
            self.by_name.setdefault(key[-1], []).append((key, code))
        self.names = [
            (key[-1], code.path, _Hit(code, 100.0 - (key[-1].count(" ") + 1) * 0.1, "words"), _Hit(code, 95.0, "words"))
            for key, code in self.by_key.items()
        ]
        """(name, path, hit if a typed text begins the name, hit if it begins another word) for each code.

        A shorter name has a higher score.
        """
        self._forms: list[tuple[Code, _Forms]] = []
        self._comparable: list[str] = []

    @property
    def forms(self) -> Sequence[tuple[Code, _Forms]]:
        """Each code with its texts, normalised for the search (for example, in lower case)."""
        if not self._forms:
            self._forms = [(code, _forms_of(code)) for code in self.codes]
        return self._forms

    @property
    def comparable(self) -> Sequence[str]:
        if not self._comparable:
            self._comparable = [comparable(code.name) for code in self.codes]
        return self._comparable

    def has_subcodes(self, theme: str) -> bool:
        """Return whether a theme (a code at the top level), given by its path, has codes below it."""
        if self._themes is None:
            self._themes = {join_path(names[:1]) for code in self.codes if len(names := split_path(code.path)) > 1}
        return theme in self._themes


def offer(
    typed: str,
    codes: Sequence[Code] | CodeIndex,
    recent: Sequence[str],
    *,
    retired: Collection[Code] = (),
    allow_new: bool = True,
) -> CodeOffer:
    """Return the codes that the screen offers for a typed text.

    `recent` has the paths of the codes applied last, newest first. If nothing is typed, at most `LIMIT` codes are
    offered: first the codes in `recent`, then codes in the order of the codebook. With `allow_new`, paths of new
    codes are offered, too. The path of a code in `retired` is not offered as a new path. If `codes` is an index,
    `retired` has no effect, because the index has its own retired codes.
    """
    index = codes if isinstance(codes, CodeIndex) else CodeIndex(codes, retired)
    if not typed.replace("/", " ").strip():
        rank = {path: at for at, path in enumerate(recent)}
        ordered = sorted(index.codes, key=lambda code: rank.get(code.path, len(rank)))
        return CodeOffer(tuple(CodeMatch(code, 100.0) for code in ordered[:LIMIT]))
    search = _Search(typed, index)
    exact = search.exact()
    fitting = [*exact, *search.fitting({hit.code.path for hit in exact})]
    similar = search.similar({hit.code.path for hit in fitting}, near=not fitting)
    paths = search.new_paths(_theme(index, recent)) if allow_new else []
    return CodeOffer(
        search.ranked(fitting, recent),
        tuple(path for path in paths if path_key(path) not in index.retired),
        search.ranked(similar, recent),
        search.below_known and not exact,
        len(exact),
        next((index.retired[key] for path in paths if (key := path_key(path)) in index.retired), None),
    )


def typed_path(typed: str, codes: Sequence[Code]) -> str:
    """Return the path of the new code that the user has typed. Names of existing codes are spelt as in the codebook."""
    return _Search(typed, CodeIndex(codes)).path


def _theme(index: CodeIndex, recent: Sequence[str]) -> tuple[str, bool] | None:
    """Return the theme of the last applied code, and whether this theme has sub-codes.

    `recent` are the paths of the codes applied last, newest first. Codes that no longer exist are passed over. If none
    exists, None is returned.
    """
    last = next((path for path in recent if path in index.by_path), None)
    if last is None:
        return None
    theme = join_path(split_path(last)[:1])
    return theme, index.has_subcodes(theme)


class _Hit(NamedTuple):
    """A code that matches the typed text. A higher `score` is a better match.

    `marked` states what to highlight in the name of the code: "words" for the typed words, "letters" for the typed
    letters, and an empty text for nothing.
    """

    code: Code
    score: float
    marked: str = ""


class _Search:
    """The search for the codes that match one typed text."""

    def __init__(self, typed: str, index: CodeIndex) -> None:
        self._typed = name_key(typed)
        self._names = split_path(typed)
        self._keys = path_key(typed)
        self._index = index
        self._paths = index.by_key
        self._parents = self._known_parents()
        self._typed_words = " ".join(self._keys).split()
        self._folded_words = [fold(word) for word in self._typed_words]

    def _known_parents(self) -> list[Code]:
        """Return the existing codes that may be the parent of the typed path; an empty list if no path was typed.

        For `Trust/New`, this is the theme `Trust`. If there is no such theme, it is each code with the name `Trust`.
        """
        above = self._keys[:-1]
        if not above or not all(self._keys):
            return []
        if above in self._paths:
            return [self._paths[above]]
        return [code for key, code in self._paths.items() if key[-len(above) :] == above]

    @property
    def below_known(self) -> bool:
        return bool(self._parents)

    def exact(self) -> list[_Hit]:
        """Return the codes with exactly the typed name.

        For a typed path such as `Care/Trust`, these are the codes with the name `Trust` directly below a code `Care`.
        Such codes get a higher score than codes found by a name alone.
        """
        hits = []
        below = {(*path_key(parent.path), self._keys[-1]) for parent in self._parents}
        names = dict.fromkeys((self._typed, self._keys[-1]))
        for key, code in (found for name in names for found in self._index.by_name.get(name, ())):
            if key in below:
                hits.append(_Hit(code, 300.0, "words"))
            elif self._typed == key[-1] or self._keys == key[-1:]:
                hits.append(_Hit(code, 200.0, "words"))
        return hits

    def ranked(self, hits: Iterable[_Hit], recent: Sequence[str]) -> tuple[CodeMatch, ...]:
        """Return the hits with the highest scores, best first, with the ranges of their names to highlight.

        Codes in `recent` (the paths of the codes applied last) get a higher score.
        """
        gains = {path: max(0.0, _RECENT - at * 0.4) for at, path in enumerate(recent)}
        gained = (
            [hit._replace(score=hit.score + gains[hit.code.path]) if hit.code.path in gains else hit for hit in hits]
            if gains
            else hits
        )
        ordered = sorted(gained, key=itemgetter(1), reverse=True)  # equal scores keep the order of the codebook
        return tuple(CodeMatch(hit.code, hit.score, self._marks(hit)) for hit in ordered[:LIMIT])

    def _marks(self, hit: _Hit) -> tuple[tuple[int, int], ...]:
        """Return the ranges (start, end) of a code's name to highlight: the places of the typed words or letters.

        If a path was typed, only the words after the last slash are highlighted.
        """
        if hit.marked == "words":
            name = name_key(hit.code.name)
            return (word_hits(self._keys[-1].split(), name) or ()) if len(name) == len(hit.code.name) else ()
        name = _forms_of(hit.code).name
        if not hit.marked or len(name) != len(hit.code.name):
            return ()
        return tuple((name.find(word), name.find(word) + len(word)) for word in self._folded_words)

    def fitting(self, listed: Collection[str]) -> list[_Hit]:
        """Return the codes whose names fit the typed words: `new po` fits the name `New positions`.

        Each typed word must be the beginning of a word in the name. A typed path is compared with the paths of the
        codes. Codes with a path in `listed` are left out.
        """
        if len(self._keys) > 1:
            return [hit for hit in self._fitting_paths() if hit.code.path not in listed]
        words = self._typed_words
        first, is_one = words[0], len(words) == 1
        return [
            hit if begins else hit_inside
            for name, path, hit, hit_inside in self._index.names
            if first in name
            and (((begins := name.startswith(first)) and is_one) or word_hits(words, name))
            and path not in listed
        ]

    def _fitting_paths(self) -> list[_Hit]:
        parts = [key for key in self._keys if key]
        hits = []
        for path, code in self._paths.items():
            if begin_in_order(parts[:-1], path[:-1]) and begins_words(parts[-1], path[-1]):
                hits.append(_Hit(code, 100.0, "words"))
            elif not self._keys[-1] and begin_in_order(parts, path[:-1]):  # “Theme/” lists the codes below it
                hits.append(_Hit(code, 90.0))
        return hits

    def similar(self, listed: Collection[str], *, near: bool) -> list[_Hit]:
        """Return the codes that contain the typed words or letters. Codes with a path in `listed` are left out.

        With `near`, codes whose names only resemble the typed text are returned too.
        """
        if len(listed) == len(self._index.codes):
            return []
        words, joined = self._folded_words, "".join(self._folded_words)
        hits = []
        for code, forms in self._index.forms:
            if code.path not in listed and (score := _score(forms, words, joined)):
                hits.append(_Hit(code, score, "letters" if score == _IN_NAME else ""))
        if not near:
            return hits
        paths = {hit.code.path for hit in hits}
        return hits + [hit for hit in self._near() if hit.code.path not in paths and hit.code.path not in listed]

    def _near(self) -> list[_Hit]:
        from rapidfuzz import fuzz, process

        typed, codes = comparable(self._names[-1]), self._index.codes
        matches = process.extract(
            typed, self._index.comparable, scorer=fuzz.WRatio, processor=None, score_cutoff=_NEAR, limit=LIMIT
        )
        return [_Hit(codes[at], score * 0.5) for _, score, at in matches]

    def new_paths(self, theme: tuple[str, bool] | None) -> list[str]:
        """Return the paths that a new code with the typed name can get, the most likely path first.

        `theme` is the result of `_theme`. If only a name was typed, one of the paths is below this theme.
        """
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
        """The path that the user has typed. Names of existing codes in it are spelt as in the codebook."""
        for depth in range(len(self._names) - 1, 0, -1):
            known = self._paths.get(self._keys[:depth])
            if known is not None:
                return join_path((*split_path(known.path), *self._names[depth:]))
        return join_path(self._names)


def _score(forms: _Forms, words: Sequence[str], joined: str) -> float:
    """Return the score of a code that matches the typed words; 0 for a code that does not match.

    A code matches if its texts have each of `words`, or if its initials begin with `joined` (at least two letters).
    `joined` are the words without spaces between them. All texts and words are folded (see `fold`).
    """
    if len(joined) > 1 and forms.initials.startswith(joined):
        return _IN_NAME if all(word in forms.name for word in words) else 92.0
    for word in words:
        if word not in forms.everything:  # a quick test that most codes fail
            return 0.0
    if all(word in forms.name for word in words):
        return _IN_NAME
    if all(word in forms.path for word in words):
        return 82.0 if any(begins_words(word, forms.name) for word in words) else 78.0
    return 60.0


class _Forms(NamedTuple):
    """The texts of a code, normalised by `fold` for the search (for example, in lower case).

    `everything` has the path, the definition and the field `include` of the code.
    """

    name: str
    initials: str
    path: str
    everything: str


@lru_cache(1 << 13)
def _forms(path: str, *texts: str) -> _Forms:
    names = split_path(path)
    name = fold(names[-1])
    initials = "".join(part[0] for part in name.split())
    return _Forms(name, initials, fold(" ".join(names)), fold(" ".join((*names, *texts))))


def _forms_of(code: Code) -> _Forms:
    """Return the texts of a code, normalised for the search (for example, in lower case).

    They are compared at each key press, and therefore cached.
    """
    return _forms(code.path, code.definition, code.include)
