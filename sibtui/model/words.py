"""Counts of words in texts. A word is a run of letters, with apostrophes or hyphens inside it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import starmap
from typing import TYPE_CHECKING, Any, Literal, get_args

from sibtui.errors import InputError
from sibtui.model.frozen import dataclass
from sibtui.model.table import Rounded, Table, Value
from sibtui.model.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

WordGroup = Literal["case", "code", "kind", "source"]
"""The item of a column in a table of words: a case, a code, a kind of source, or a source."""
WORD_GROUPS: tuple[WordGroup, ...] = get_args(WordGroup)

_SHARE = 10_000
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "eu": "basque",
    "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "nb": "norwegian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


@lru_cache(1)
def _patterns() -> tuple[Any, Any]:
    """Return two regular expressions: for a word, and for a letter of a script that has no spaces between words."""
    import regex

    return (
        regex.compile(r"\p{L}[\p{L}\p{M}]*+(?:['’‐-]\p{L}[\p{L}\p{M}]*+)*+"),
        regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"),
    )


def words_of(text: str) -> Counter[str]:
    """Return how often each word occurs in a text. Capitals and the form of apostrophes and hyphens are ignored.

    >>> words_of("Don’t wait: they don't WAIT for co-pay 2.")["don't"]
    2
    """
    return Counter(_patterns()[0].findall(plain_word(text)))


def plain_word(text: str) -> str:
    """Return the text in small letters, with typographic apostrophes and hyphens replaced by those of a keyboard."""
    return unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("‐", "-")


def places_of_words(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _patterns()[0].finditer(text))


def is_without_spaces(text: str) -> bool:
    """Return whether a text contains letters of a script that is written without spaces between words."""
    return _patterns()[1].search(text) is not None


def stemmer(language: str) -> Callable[[str], str]:
    """Return a function that takes a word and returns its stem.

    Raises InputError for an unknown language, or if snowballstemmer is not installed.
    """
    name = _STEMMERS.get(language.casefold())
    if name is None:
        raise InputError(
            f"There are no stems for “{language}”: the languages are {listed(sorted(_STEMMERS), len(_STEMMERS))}."
        )
    try:
        import snowballstemmer
    except ModuleNotFoundError as error:
        raise InputError("Stems need one more package: pip install 'sibtui[words]'.") from error
    stem: Callable[[str], str] = lru_cache(100_000)(snowballstemmer.stemmer(name).stemWord)
    return stem


class WordCount:
    """Counts words in all texts together and in groups of texts. The words in `stop` are left out of the table.

    `stem` takes a word and returns its stem.
    """

    def __init__(
        self, groups: Iterable[str] = (), stop: Collection[str] = (), stem: Callable[[str], str] | None = None
    ) -> None:
        self._stop = stop
        self._stem = stem
        self._places: Counter[str] = Counter()
        self._texts: Counter[str] = Counter()  # by stem
        self._groups: dict[str, Counter[str]] = {group: Counter() for group in groups}
        self._sources = 0

    def add(self, words: Counter[str], groups: Iterable[str] = ()) -> None:
        self._sources += bool(words)
        self._places.update(words)
        self._texts.update({self._row_of(word) for word in words})
        for group in groups:
            self.add_to_group(group, words)

    def add_to_group(self, group: str, words: Counter[str]) -> None:
        """Add words to the count of one group, but not to the count of all texts.

        Use this if only a part of a source belongs to the group.
        """
        self._groups[group].update(words)

    def _row_of(self, word: str) -> str:
        return self._stem(word) if self._stem else word

    def table(self, *, at_least: int = 1, remarks: Iterable[str] = ()) -> Table:
        """Return a table with one row per word or stem, the most frequent first.

        Words with fewer than `at_least` occurrences are left out. `remarks` are lines to print below the table.
        """
        forms: dict[str, list[str]] = {}
        for word in self._places:
            if word not in self._stop:
                forms.setdefault(self._row_of(word), []).append(word)
        rows = [row for row in starmap(self._row, forms.items()) if row.places >= at_least]
        rows.sort(key=lambda row: (-row.places, row.word))
        return Table(
            ("word", *(["forms"] if self._stem else ()), "count", "sources", "per 10,000", *self._groups),
            tuple(map(self._cells, rows)),
            "Words",
            below=tuple(self._below(at_least, remarks)),
            objects=tuple(map(self._object, rows)),
        )

    def _row(self, stem: str, forms: list[str]) -> WordRow:
        forms = sorted(forms, key=lambda word: (-self._places[word], word))
        groups = {group: sum(counts[word] for word in forms) for group, counts in self._groups.items()}
        return WordRow(tuple(forms), sum(self._places[word] for word in forms), self._texts[stem], groups)

    def _share(self, row: WordRow) -> float:
        return row.places * _SHARE / self._places.total()

    def _cells(self, row: WordRow) -> tuple[Value, ...]:
        forms = (row.forms,) if self._stem else ()
        return row.word, *forms, row.places, row.sources, Rounded(self._share(row), 1), *row.groups.values()

    def _object(self, row: WordRow) -> dict[str, Any]:
        return {
            "word": row.word,
            "forms": list(row.forms),
            "count": row.places,
            "sources": row.sources,
            "per_10000": self._share(row),
            "groups": row.groups,
        }

    def _below(self, at_least: int, remarks: Iterable[str]) -> Iterator[str]:
        words, sources = plural(self._places.total(), "word"), plural(self._sources, "source")
        yield f"{words}, {len(self._places):,} different, in {sources}."
        yield "A word is a run of letters, with apostrophes or hyphens inside it. Capitals make no difference, and digits are left out."
        if self._stem:
            yield "Words with the same stem are one row, under the most frequent of them."
        if self._stop:
            places = [count for word, count in self._places.items() if word in self._stop]
            yield f"Left out: {plural(len(places), 'stop word')} with {plural(sum(places), 'place')}."
        if at_least > 1:
            yield f"Only words with {at_least} places or more."
        yield from remarks


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of the table of words. `forms` has one word, or all words with the same stem, the most frequent first.

    `places` is the number of occurrences of these words. `groups` is a map: group of texts → number of occurrences in
    it.
    """

    forms: tuple[str, ...]
    places: int
    sources: int
    groups: Mapping[str, int]

    @property
    def word(self) -> str:
        return self.forms[0]
