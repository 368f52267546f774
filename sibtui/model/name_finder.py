"""The search for names in texts. Names are found as whole words, with or without accents.

A text is read word by word, and each word is compared in small letters without accents. One regular expression with all
spellings of a hundred names (see `text_pattern`) was tried, and took minutes for long interviews.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from sibtui.model.folding import LAYOUT, PUNCTUATION, name_key
from sibtui.model.frozen import dataclass

_LAYOUT = re.compile(f"[{LAYOUT}]")
_LINE_HYPHEN = re.compile(r"[-‐\u00ad]\n[ \t]*")
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "œ": "oe", "æ": "ae", "þ": "th", "ŋ": "n"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_INITIAL = 3
"""The largest number of letters in an initial or a title, such as J. or Mrs.

After such a short word, a text may omit the period.
"""


@dataclass(frozen=True, slots=True)
class FoundName:
    """A place in a text at which a name was found.

    `name` is the name that was searched for. Its place is from `start` to before `end`. `exact` is False if the
    spelling in the text differs by more than letter case, for example in an accent. `small` is True if a name of one
    word begins with a small letter in the text, so that it may be an ordinary word. `possessive` is True if 's or an
    apostrophe follows.
    """

    name: str
    start: int
    end: int
    exact: bool
    small: bool
    possessive: bool


@cache
def words() -> Any:
    """Return the regular expression for a word: letters, digits and accents. A hyphen at a line end may divide it."""
    import regex

    inside = rf"[\p{{L}}\p{{M}}\p{{N}}{LAYOUT}]"
    return regex.compile(rf"[\p{{L}}\p{{N}}]{inside}*(?:[-‐\u00ad]\n[ \t]*(?=\p{{Ll}}){inside}+)*")


@cache
def _patterns() -> tuple[Any, Any, Any]:
    """Return three patterns: a gap between words, a possessive ending, and a letter of a script without spaces."""
    import regex

    return (
        regex.compile(r"[^\p{L}\p{N}]{1,6}"),
        regex.compile(r"['’ʼ‘`´](?:[sS](?![\p{L}\p{N}])|(?<=[sSxXzZ].)(?![\p{L}\p{N}]))"),
        regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"),
    )


@lru_cache(1 << 16)
def folded(word: str) -> str:
    """Return a word in small letters, without accents and invisible characters: `Zoë` and `ZOE` become `zoe`."""
    plain = unicodedata.normalize("NFKD", _undivided(word).replace("İ", "i"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return bare.casefold().translate(_LETTERS)


@lru_cache(1 << 16)
def spellings(word: str) -> frozenset[str]:
    """Return the spellings of a word, in small letters and without accents: `muller` and `mueller` for `Müller`."""
    composed = unicodedata.normalize("NFC", _undivided(word)).casefold()
    return frozenset({folded(word), folded(composed.translate(_UMLAUTS))})


def _undivided(word: str) -> str:
    return _LAYOUT.sub("", _LINE_HYPHEN.sub("", word))


class NameFinder:
    """Finds names in texts. If found names overlap, only the longest is returned."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[_Name]] = {}
        self._candidates: dict[str, tuple[_Name, ...]] = {}
        unspaced: dict[str, str] = {}
        for name in names:
            if _patterns()[2].search(name):
                unspaced[name] = re.escape(name)
            else:
                found = _Name(name)
                for key in found.words[0]:
                    self._by_word.setdefault(key, []).append(found)
        longest_first = [unspaced[name] for name in sorted(unspaced, key=len, reverse=True)]
        self._unspaced = re.compile("|".join(longest_first)) if unspaced else None

    @staticmethod
    def can_find(name: str) -> bool:
        """Return whether a name can be searched for: it must have a letter or a digit."""
        return words().search(name) is not None

    def find(self, text: str) -> list[FoundName]:
        """Return the places of names in a text, in order and without overlap."""
        found = list(self._spaced(text))
        if self._unspaced is not None:
            found += [
                FoundName(match[0], *match.span(), exact=True, small=False, possessive=False)
                for match in self._unspaced.finditer(text)
            ]
        return _longest(found)

    def _spaced(self, text: str) -> Iterator[FoundName]:
        if not self._by_word:
            return
        possessive = _patterns()[1]
        for word in words().finditer(text):
            candidates = self._candidates.get(word[0])
            if candidates is None:
                candidates = self._candidates[word[0]] = self._names_that_begin(word[0])
            for name in candidates:
                end = name.end(text, word)
                if end:
                    written = text[word.start() : end]
                    yield FoundName(
                        name.name, word.start(), end,
                        exact=name_key(_undivided(written)) == name.key, small=name.is_small(written),
                        possessive=possessive.match(text, end) is not None,
                    )  # fmt: skip

    def _names_that_begin(self, word: str) -> tuple[_Name, ...]:
        return tuple(dict.fromkeys(name for key in sorted(spellings(word)) for name in self._by_word.get(key, ())))


class _Name:
    """A name that is searched for: the spellings of each of its words, and the characters between the words."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.key = name_key(name)
        found = list(words().finditer(name))
        self.words = [spellings(word[0]) for word in found]
        self._between = [_between(name[one.end() : other.start()], one[0]) for one, other in pairwise(found)]

    def end(self, text: str, first: Any) -> int:
        """Return the offset at which this name ends in a text; 0 if the name is not there.

        `first` is the match of the first word of the name in the text.
        """
        word = first
        for between, spelt in zip(self._between, self.words[1:], strict=True):
            gap = _patterns()[0].match(text, word.end())
            following = gap and words().match(text, gap.end())
            if not following or _between(gap[0], word[0]) != between or not spelt & spellings(following[0]):
                return 0
            word = following
        return int(word.end())

    def is_small(self, written: str) -> bool:
        """Return whether this name, such as Rose, begins with a small letter in the text (`written`).

        It may then be an ordinary word. The result is False for a name of several words.
        """
        return len(self.words) == 1 and self.name[:1].isupper() and written[:1].islower()


def _between(gap: str, word: str) -> str:
    """Return the characters between two words in a form for comparison.

    If there is an empty line, the result is two line breaks. Otherwise hyphens count as spaces. If `word`, the first
    of the two words, is an initial, the full stop after it also counts as a space.
    """
    plain = _LAYOUT.sub("", gap).translate(PUNCTUATION)
    if len(word) <= _INITIAL and plain[:1] == ".":
        plain = f" {plain[1:]}"
    return "\n\n" if plain.count("\n") > 1 else " ".join(plain.replace("-", " ").split()) or " "


def _longest(found: list[FoundName]) -> list[FoundName]:
    kept: list[FoundName] = []
    cluster: list[FoundName] = []
    end = 0
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if each.start >= end:
            kept += _disjoint(cluster)
            cluster = []
        cluster.append(each)
        end = max(end, each.end)
    return kept + _disjoint(cluster)


def _disjoint(cluster: list[FoundName]) -> list[FoundName]:
    chosen: list[FoundName] = []
    for each in sorted(cluster, key=lambda one: (one.start - one.end, not one.exact, one.start)):
        if all(each.end <= other.start or other.end <= each.start for other in chosen):
            chosen.append(each)
    return sorted(chosen, key=lambda one: one.start)
