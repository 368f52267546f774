"""Other programs' offsets: which convention a file keeps, found out from its own selections, and places by it.

Programs count code points, UTF-16 units or UTF-8 bytes, CRLF as one or two, a byte order mark or not, and the end in or out. What
a file says of its origin does not tell; quotes that are recorded do, and else the edges of words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from sibtui.model.imports import Convention, Offsets
from sibtui.model.text import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.imports import Unit

_LOOKED_AT = 2000
_QUOTES = 0.5
"""At this share of names equal to the text, names are quotes; below it they may be labels of another sort."""
_CLEAR = 0.02
_TELLING, _SEARCHED = 6, 200
_SOURCES = 60
_CRLF = r"\r\n"
_WIDE: dict[Unit, str] = {
    "code points": "",
    "UTF-16 units": "[\U00010000-\U0010ffff]",
    "UTF-8 bytes": "[\x80-\U0010ffff]",
}
_ELLIPSES = ("…", "...")


Selection = Sequence[Any]
"""A selection as a file has it: the key of its text, start, end, its quote (empty when it has none); whatever follows."""


Marks = tuple[list[int], list[int], list[int]]
"""Of what is wider than one: where it begins and ends in the file's units, and its index in the stored text."""


@dataclass
class Ruler:
    """A text as it came, and where offsets fall in it as it is stored."""

    raw: str
    text: str = field(init=False)
    _marks: dict[Convention, Marks] = field(default_factory=dict)
    _held: tuple[Convention | None, Marks] = (None, ([], [], []))

    def __post_init__(self) -> None:
        self.text = normalise(self.raw)

    def place(self, start: int, end: int, convention: Convention) -> tuple[int, int] | None:
        """The half-open code points of the stored text; None when the offsets are outside, empty, or cut a character."""
        if convention is not self._held[0]:  # asked for once for each coding of a project
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
    def tells(self) -> bool:
        """Whether the text has what common conventions count in different ways."""
        return self.raw.startswith("\ufeff") or "\r\n" in self.raw or self.has_wide("UTF-16 units")

    def has_wide(self, unit: Unit) -> bool:
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
        for found in re.finditer(pattern, body) if pattern else ():
            is_pair = found[0] == "\r\n"
            index = found.start() - pairs
            width = convention.crlf if is_pair else _width(found[0], convention.unit)
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
    """Whether a recorded quote is this text: blanks may differ, and it may be cut short with an ellipsis."""
    if quote == text:
        return True
    flat, there = " ".join(quote.split()), " ".join(text.split())
    if flat == there:
        return bool(flat)
    for ellipsis in _ELLIPSES:
        if flat.endswith(ellipsis) and len(flat) > len(ellipsis):
            return there.startswith(flat.removesuffix(ellipsis).rstrip())
    return False


def choose(
    rulers: Mapping[str, Ruler], selections: Sequence[Selection], *, prefer: Convention | None = None
) -> Offsets:
    """The convention that fits the selections best, with its measure; of several that fit alike, the standard's own first.

    `prefer` is taken when every quote is the text there by it: what is known to be so needs no edges of words.
    """
    sample = _sample(rulers, selections)
    used = {source: rulers[source] for source, *_ in sample}
    fits = [_fit(used, sample, convention) for convention in _candidates(used)]
    by_quotes = max((fit.equal or 0 for fit in fits), default=0) >= _QUOTES
    best = max(fits, key=lambda fit: fit.key(by_quotes=by_quotes))  # the first of equals
    best = next((fit for fit in fits if fit.convention == prefer and fit.equal in (None, 1)), best)
    rivals = [fit.key(by_quotes=by_quotes) for fit in fits if fit.places != best.places]
    sure = bool(sample) and all(best.key(by_quotes=by_quotes)[0] - key[0] > _CLEAR for key in rivals)
    return Offsets(best.convention, len(selections), len(sample), best.quoted, best.equal, best.starts, best.ends, sure)


def are_quotes(offsets: Offsets, rulers: Mapping[str, Ruler], selections: Sequence[Selection]) -> bool:
    """Whether the names of selections are quotes, not labels: they are in the text, at their places or elsewhere."""
    if offsets.equal is None:
        return False
    if offsets.equal >= _QUOTES:
        return True
    named = [(source, quote) for source, _, _, quote, *_ in selections if len(quote) >= _TELLING and source in rulers]
    sample = named[:: 1 + len(named) // _SEARCHED]
    found = sum(_bare(quote) in rulers[source].text for source, quote in sample)
    return bool(sample) and found / len(sample) >= _QUOTES


def _bare(quote: str) -> str:
    return next((quote.removesuffix(each).rstrip() for each in _ELLIPSES if quote.endswith(each)), quote)


def _sample(rulers: Mapping[str, Ruler], selections: Sequence[Selection]) -> list[Selection]:
    """Selections to look at: of the sources in which conventions differ, if there are such, and of some others."""
    by_source: dict[str, list[Selection]] = {}
    for selection in selections:
        if selection[0] in rulers:
            by_source.setdefault(selection[0], []).append(selection)
    telling = [name for name in by_source if rulers[name].tells]
    others = [name for name in by_source if not rulers[name].tells]
    chosen = telling[:: 1 + len(telling) // _SOURCES] + others[:: 1 + len(others) // _SOURCES]
    each = max(1, _LOOKED_AT // max(1, len(chosen)))
    return [selection for name in chosen for selection in _spread(by_source[name], each)]


def _spread(selections: list[Selection], count: int) -> list[Selection]:
    """About `count` of them, evenly, and the last: the further on in a text, the further conventions are apart."""
    step = -(-len(selections) // count)
    return selections[::-1][::step][::-1]


def _candidates(rulers: Mapping[str, Ruler]) -> list[Convention]:
    every = rulers.values()
    units: list[Unit] = ["code points"]
    units += [unit for unit in ("UTF-16 units", "UTF-8 bytes") if any(ruler.has_wide(unit) for ruler in every)]
    crlf = [1, 2] if any("\r\n" in ruler.raw for ruler in every) else [1]
    bom = [False, True] if any(ruler.raw.startswith("\ufeff") for ruler in every) else [False]
    return [Convention(*each) for each in product(units, crlf, bom, [False, True])]


@dataclass
class _Fit:
    convention: Convention
    quoted: int
    equal: float | None
    exact: float
    starts: float
    ends: float
    places: list[tuple[int, int] | None]

    def key(self, *, by_quotes: bool) -> tuple[float, float]:
        edges = (self.starts + self.ends) / 2
        # with blanks at its edges a text agrees with its quote, but one without them agrees better
        quotes = ((self.equal or 0) + self.exact) / 2
        return (quotes, edges) if by_quotes else (edges, quotes)


def _fit(rulers: Mapping[str, Ruler], sample: Sequence[Selection], convention: Convention) -> _Fit:
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
