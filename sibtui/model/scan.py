"""The search in texts for real names, similar words and addresses, and the replacement of names by pseudonyms.

The names are those of the key (list of real names and pseudonyms).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from sibtui.model.contact_patterns import contacts
from sibtui.model.frozen import dataclass
from sibtui.model.name_finder import FoundName, NameFinder, words
from sibtui.model.near_names import Likeness, near_names
from sibtui.model.pseudonyms import Pseudonym, Sighting, SightingKind, in_the_letters_of
from sibtui.model.reanchor import Edit, edited
from sibtui.model.segments import Segment
from sibtui.model.text import first_words, last_words

_AROUND = 30
"""The largest number of code points that are shown before and after the words found.

Words at the edge are shown only if they fit as a whole.
"""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text of a study that a person has written. `place` is the kind of text, and `where` names this text.

    `table`, `column` and `row` state where the study file has the text.
    """

    place: str
    where: str
    text: str
    table: str = ""
    column: str = ""
    row: int = 0


def scan(
    texts: Callable[[], Iterable[WrittenText]], key: Sequence[Pseudonym], *, near: bool = True
) -> Iterator[Sighting]:
    """Yield places at which a text may identify a person, in the order of the texts.

    `texts` returns the texts; it may be called twice. `key` has the real names and their pseudonyms. With `near`,
    the places of addresses, and of words similar to names, are also yielded.
    """
    pseudonyms = {each.real: each.pseudonym for each in key}
    finder = NameFinder(pseudonyms)
    likenesses = near_names(pseudonyms, _counted(texts())) if near and key else {}
    for written in texts():
        found: list[tuple[int, int, SightingKind, str]] = [
            (each.start, each.end, _kind(each), each.name) for each in finder.find(written.text)
        ]
        if near:
            found += _others(written.text, likenesses, _Taken((start, end) for start, end, *_ in found))
        yield from _sightings(written, sorted(found), pseudonyms)


def first_places(texts: Iterable[WrittenText], names: Sequence[Pseudonym]) -> Iterator[Sighting]:
    """Yield one place for each name that occurs: its first place in all texts together.

    Two kinds of place do not count: a part of a longer name, and a name of one word that begins with a small letter.
    """
    seen: set[str] = set()
    for each in scan(lambda: texts, names, near=False):
        if each.kind in {"name", "possessive", "accents"} and each.real not in seen:
            seen.add(each.real)
            yield each


class _Taken:
    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._ranges = sorted(ranges)

    def overlap(self, start: int, end: int) -> bool:
        from bisect import bisect_left

        at = bisect_left(self._ranges, (end, 0))
        return at > 0 and self._ranges[at - 1][1] > start


def _counted(texts: Iterable[WrittenText]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for written in texts:
        counted.update(words().findall(written.text))
    return counted


def _kind(found: FoundName) -> SightingKind:
    if found.small:
        return "small letters"
    if not found.exact:
        return "accents"
    return "possessive" if found.possessive else "name"


def _others(text: str, likenesses: dict[str, Likeness], names: _Taken) -> Iterator[tuple[int, int, SightingKind, str]]:
    """Yield (start, end, kind, real name) of each address, and of each word that is similar to a name.

    The real name is empty for an address. `names` are the places of names. Words inside a name or an address are left
    out.
    """
    addresses = list(contacts(text))
    taken = _Taken((start, end) for _, start, end in addresses)
    for kind, start, end in addresses:
        yield start, end, kind, ""
    for word in words().finditer(text) if likenesses else ():
        likeness = likenesses.get(word[0])
        if likeness and not names.overlap(*word.span()) and not taken.overlap(*word.span()):
            yield (*word.span(), *likeness)


def _sightings(
    written: WrittenText, found: Iterable[tuple[int, int, SightingKind, str]], pseudonyms: dict[str, str]
) -> Iterator[Sighting]:
    text = written.text
    line, counted = 1, 0
    for start, end, kind, name in found:
        line += text.count("\n", counted, start)
        counted = start
        yield Sighting(
            written.place, written.where, kind, text[start:end], Segment(start, end), line,
            last_words(text[max(0, start - _AROUND - 1) : start], _AROUND), first_words(text[end : end + _AROUND + 1], _AROUND),
            name, pseudonyms.get(name, ""),
        )  # fmt: skip


class Replacer:
    """Replaces real names by pseudonyms in texts. Only whole words are replaced.

    If names overlap, the longest is replaced. A name of one word that begins with a small letter in the text, such
    as “will”, may be an ordinary word. Such a name is replaced only if `small_letters` is set.
    """

    def __init__(self, key: Iterable[Pseudonym], *, small_letters: bool = False) -> None:
        self._pseudonyms = {each.real: each.pseudonym for each in key}
        self._finder = NameFinder(self._pseudonyms)
        self._small_letters = small_letters
        self.small = 0
        """The number of names that were not replaced because they are written in small letters."""

    def places(self, written: WrittenText) -> list[Sighting]:
        """Return the places of the names to replace in a text, in order. Each place has the pseudonym to write there.

        The pseudonym has the letter case of the name in the text: in place of MARY, it is ANNA, not Anna.
        """
        found = self._finder.find(written.text)
        chosen = [each for each in found if self._small_letters or not each.small]
        self.small += len(found) - len(chosen)
        ranges = ((each.start, each.end, _kind(each), each.name) for each in chosen)
        return [
            replace(each, pseudonym=in_the_letters_of(each.words, each.real, each.pseudonym))
            for each in _sightings(written, ranges, self._pseudonyms)
        ]

    def replaced(self, text: str) -> str:
        return edited(text, edits_of(self.places(WrittenText("", "", text))))


def edits_of(places: Iterable[Sighting]) -> list[Edit]:
    """Return the changes that replace the names at these places of one text, as (start, end, pseudonym)."""
    return [(each.segment.start, each.segment.end, each.pseudonym) for each in places]
