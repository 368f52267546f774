"""Offsets of coded passages in files of other programs: recognising how a file counts them, and converting them.

Each program has its convention, that is, its way of counting. An offset counts code points, UTF-16 units or UTF-8
bytes. A line break of CR and LF counts as one or two. The byte order mark may count too. The end of a selection (a
coded passage) may be the offset of its last character or the offset after it.

The program name in a file does not prove which convention the file uses. So the module chooses the convention with
which the most quotes in the file agree with the text. Without quotes, it chooses the convention with which most
selections begin and end at the edge of a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from typing import TYPE_CHECKING, Any, NamedTuple

from sibtui.model.folding import fold
from sibtui.model.import_reports import Convention, Offsets
from sibtui.model.text import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.import_reports import Unit

_SAMPLE_SIZE = 2000
_QUOTES = 0.5
"""If fewer than this share of selections have their own text as their name, the names are probably labels, not quotes."""
_CLEAR = 0.02
_SHORTEST_QUOTE, _SEARCHED = 6, 200
_SOURCES = 60
_CRLF = r"\r\n"
_WIDE: dict[Unit, str] = {
    "code points": "",
    "UTF-16 units": "[\U00010000-\U0010ffff]",
    "UTF-8 bytes": "[\x80-\U0010ffff]",
}
_ELLIPSES = ("…", "...")


ForeignSelections = Sequence[Any]
"""Selections (coded passages) in a file.

Each is a tuple that begins with the name of its text, its start, its end, and its quote. The quote may be empty.
Further items of the tuple are ignored.
"""


Marks = tuple[list[int], list[int], list[int]]
"""Three lists about the characters of a text that the file counts as more than one unit.

They are the starts of these characters, their ends (both in units of the file), and their indexes in the stored text.
"""


class Features(NamedTuple):
    """Whether a text has characters for which different programs count different offsets.

    There are four kinds: a byte order mark, line breaks of CR and LF, characters of two UTF-16 units, and characters
    of several UTF-8 bytes.
    """

    bom: bool
    crlf: bool
    two_units: bool
    several_bytes: bool


@dataclass
class Ruler:
    """Converts offsets in a file to offsets in the stored text of a source.

    `raw` is the text as it is in the file. `text` is the stored text: without a byte order mark, and with LF for each
    line break.
    """

    raw: str
    text: str = field(init=False)
    _marks: dict[Convention, Marks] = field(default_factory=dict)
    _held: tuple[Convention | None, Marks] = (None, ([], [], []))

    def __post_init__(self) -> None:
        self.text = normalise(self.raw)

    def place(self, start: int, end: int, convention: Convention) -> tuple[int, int] | None:
        """Convert the offsets of a coded passage in the file to (start, end) in code points of the stored text.

        Return None if the passage is empty, is outside of the text, or begins or ends inside a character.
        """
        if convention is not self._held[0]:  # this runs for each coding of a project: keep the last convention
            if convention not in self._marks:
                self._marks[convention] = self._measured(convention)
            self._held = (convention, self._marks[convention])
        marks = self._held[1]
        if convention.inclusive:
            first, last = _index(start, marks), _index(end, marks, inside=True)
            last = None if last is None else last + 1
        elif not marks[0]:
            first, last = start, end
        else:
            first, last = _index(start, marks), _index(end, marks)
        if first is None or last is None or not 0 <= first < last <= len(self.text):
            return None
        return first, last

    @cached_property
    def features(self) -> Features:
        """For each kind of characters in `Features`: whether the text has it."""
        return Features(
            self.raw.startswith("\ufeff"), "\r\n" in self.raw,
            self.has_wide("UTF-16 units"), self.has_wide("UTF-8 bytes"),
        )  # fmt: skip

    def has_wide(self, unit: Unit) -> bool:
        """Return whether the text has a character of more than one unit.

        For example, é has two UTF-8 bytes, and an emoji has two UTF-16 units.
        """
        if unit == "UTF-8 bytes":
            return not self.text.isascii()
        return len(self.text.encode("utf-16-le", "surrogatepass")) > 2 * len(self.text)

    def _measured(self, convention: Convention) -> Marks:
        starts: list[int] = []
        ends: list[int] = []
        indexes: list[int] = []
        body = self.raw.removeprefix("\ufeff")
        if convention.bom and len(body) < len(self.raw):
            starts, ends, indexes = [0], [3 if convention.unit == "UTF-8 bytes" else 1], [-1]
        wide = _WIDE[convention.unit]
        pattern = "|".join(part for part in (_CRLF if "\r\n" in body else "", wide) if part)
        pairs, extra = 0, (ends[0] if ends else 0)
        for match in re.finditer(pattern, body) if pattern else ():
            is_pair = match[0] == "\r\n"
            index = match.start() - pairs
            width = convention.crlf if is_pair else _width(match[0], convention.unit)
            pairs += is_pair
            if width > 1:
                starts.append(index + extra)
                ends.append(index + extra + width)
                indexes.append(index)
                extra += width - 1
        return starts, ends, indexes


def _width(character: str, unit: Unit) -> int:
    return 2 if unit == "UTF-16 units" else len(character.encode("utf-8", "surrogatepass"))


def _index(offset: int, marks: Marks, *, inside: bool = False) -> int | None:
    starts, ends, indexes = marks
    at = bisect_right(starts, offset) - 1
    if at < 0:
        return offset
    if offset >= ends[at]:
        return indexes[at] + 1 + offset - ends[at]
    return indexes[at] if offset == starts[at] or inside else None


def agrees(quote: str, text: str) -> bool:
    """Return whether a quote that is written in a file agrees with a text.

    They agree if they are equal after `fold`, which ignores letter case and the number of spaces. They also agree if
    the quote ends with an ellipsis, and the words before the ellipsis are the beginning of the text.
    """
    if quote == text:
        return True
    folded_quote, folded_text = fold(quote), fold(text)
    if folded_quote == folded_text:
        return bool(folded_quote)
    beginning = fold(_bare(quote.rstrip()))
    return bool(beginning) and beginning != folded_quote and folded_text.startswith(beginning)


def choose(
    rulers: Mapping[str, Ruler], selections: Sequence[ForeignSelections], *, prefer: Convention | None = None
) -> Offsets:
    """Return the convention (way of counting offsets) that a file uses, and how well it fits.

    `selections` are the coded passages in the file. `rulers` is a map: name of a text → its ruler, which converts
    offsets. `prefer` is the convention that the caller expects: it is chosen if it fits all quotes. Otherwise, the
    convention that fits best is chosen. If several fit equally well, that of the REFI-QDA standard is chosen.
    """
    by_source: dict[str, list[ForeignSelections]] = {}
    for selection in selections:
        if selection[0] in rulers:
            by_source.setdefault(selection[0], []).append(selection)
    return choose_by_source(rulers, by_source, len(selections), prefer=prefer)


def choose_by_source(
    rulers: Mapping[str, Ruler],
    by_source: Mapping[str, Sequence[ForeignSelections]],
    count: int,
    *,
    prefer: Convention | None = None,
) -> Offsets:
    """Choose a convention as `choose` does, but read only a sample of the selections (coded passages), to save time.

    `by_source` is a map: name of a source → its selections. `count` is the number of all selections. The other
    arguments are those of `choose`.
    """
    sample = _sample(rulers, by_source)
    used = {source: rulers[source] for source, *_ in sample}
    fits = [_fit(used, sample, convention) for convention in _candidates(used)]
    by_quotes = max((fit.equal or 0 for fit in fits), default=0) >= _QUOTES
    best = max(fits, key=lambda fit: fit.key(by_quotes=by_quotes))  # of equally good conventions, the first
    best = next((fit for fit in fits if fit.convention == prefer and fit.equal in (None, 1)), best)
    rivals = [fit.key(by_quotes=by_quotes) for fit in fits if fit.places != best.places]
    sure = bool(sample) and all(best.key(by_quotes=by_quotes)[0] - key[0] > _CLEAR for key in rivals)
    return Offsets(best.convention, count, len(sample), best.quoted, best.equal, best.starts, best.ends, sure)


def are_quotes(offsets: Offsets, rulers: Mapping[str, Ruler], selections: Iterable[ForeignSelections]) -> bool:
    """Return whether the names that a file gives to its selections (coded passages) are quotes.

    Otherwise the names are labels: most of them do not occur in the text of their source. `offsets` is the result of
    `choose`. `rulers` is a map: name of a source → its ruler, which has the text. The selections are read twice at
    most.
    """
    if offsets.equal is None:
        return False
    if offsets.equal >= _QUOTES:
        return True
    count = sum(1 for _ in _named(rulers, selections))
    sample = list(islice(_named(rulers, selections), 0, None, 1 + count // _SEARCHED))
    matches = sum(_bare(quote) in rulers[source].text for source, quote in sample)
    return bool(sample) and matches / len(sample) >= _QUOTES


def _named(rulers: Mapping[str, Ruler], selections: Iterable[ForeignSelections]) -> Iterator[tuple[str, str]]:
    """Yield (source, name) of each selection (coded passage) whose source has a ruler and whose name may be a quote.

    A name with fewer than `_SHORTEST_QUOTE` characters is too short for a quote.
    """
    for source, _, _, quote, *_ in selections:
        if len(quote) >= _SHORTEST_QUOTE and source in rulers:
            yield source, quote


def _bare(quote: str) -> str:
    return next((quote.removesuffix(each).rstrip() for each in _ELLIPSES if quote.endswith(each)), quote)


def _sample(
    rulers: Mapping[str, Ruler], by_source: Mapping[str, Sequence[ForeignSelections]]
) -> list[ForeignSelections]:
    """Return a sample of the selections (coded passages), taken from many sources.

    The sample has sources for each value of `Ruler.features`, because they show different facts. For example, only a
    text with line breaks of CR and LF shows how the file counts these line breaks.
    """
    groups: dict[Features, list[str]] = {}
    for name in by_source:
        groups.setdefault(rulers[name].features, []).append(name)
    chosen = [name for group in groups.values() for name in group[:: 1 + len(group) // _SOURCES]]
    each = max(1, _SAMPLE_SIZE // max(1, len(chosen)))
    return [selection for name in chosen for selection in _spread(by_source[name], each)]


def _spread(selections: Sequence[ForeignSelections], count: int) -> list[ForeignSelections]:
    """Return about `count` of the selections (coded passages), at equal distances in the list.

    The last selection is always included, because an error in counting is largest at the end of a text.
    """
    step = -(-len(selections) // count)
    return [*selections[::-1][::step][::-1]]


def _candidates(rulers: Mapping[str, Ruler]) -> list[Convention]:
    every = rulers.values()
    units: list[Unit] = ["code points"]
    units += [unit for unit in ("UTF-16 units", "UTF-8 bytes") if any(ruler.has_wide(unit) for ruler in every)]
    crlf = [1, 2] if any("\r\n" in ruler.raw for ruler in every) else [1]
    bom = [False, True] if any(ruler.raw.startswith("\ufeff") for ruler in every) else [False]
    return [Convention(*each) for each in product(units, crlf, bom, [False, True])]


@dataclass
class _Fit:
    """How well one convention (way of counting offsets) fits a sample of selections (coded passages).

    - `quoted`: the number of selections with a quote.
    - `equal`: the share of the quotes that agree with the text; None if there are no quotes.
    - `exact`: the share of the quotes that agree with the text even in the spaces at the start and the end.
    - `starts`: the share of selections that start neither inside a word nor with a space.
    - `ends`: the share of selections that end neither inside a word nor with a space. A line break at the end is
      allowed.
    - `places`: the converted offsets of each selection; None if the offsets are not valid.
    """

    convention: Convention
    quoted: int
    equal: float | None
    exact: float
    starts: float
    ends: float
    places: list[tuple[int, int] | None]

    def key(self, *, by_quotes: bool) -> tuple[float, float]:
        """Return a sort key: the convention (way of counting offsets) with the highest key fits best.

        The key has two numbers: how well the quotes agree with the text, and how many starts and ends of selections are
        at the edge of a word. If `by_quotes` is set, the number for the quotes comes first; otherwise, it comes second.
        """
        edges = (self.starts + self.ends) / 2
        # A text with spaces at its edges agrees with its quote, but a text without them agrees better.
        quotes = ((self.equal or 0) + self.exact) / 2
        return (quotes, edges) if by_quotes else (edges, quotes)


def _fit(rulers: Mapping[str, Ruler], sample: Sequence[ForeignSelections], convention: Convention) -> _Fit:
    quoted = equal = exact = starts = ends = 0
    places = []
    for source, start, end, quote, *_ in sample:
        ruler = rulers[source]
        place = ruler.place(start, end, convention)
        places.append(place)
        quoted += bool(quote)
        if place is None:
            continue
        text = ruler.text
        first, last = place
        if quote and agrees(quote, text[first:last]):
            equal += 1
            exact += _edges(quote) == _edges(text[first:last])
        starts += not text[first].isspace() and not (first and text[first - 1].isalnum() and text[first].isalnum())
        ends += _ends_well(text, last)
    count = len(sample) or 1
    return _Fit(
        convention,
        quoted,
        equal / quoted if quoted else None,
        exact / (quoted or 1),
        starts / count,
        ends / count,
        places,
    )


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _ends_well(text: str, end: int) -> bool:
    last = text[end - 1]
    if last.isspace():
        return last == "\n"  # whole lines, as qc codes them
    return end == len(text) or not (last.isalnum() and text[end].isalnum())
