"""Readings that are left out of a comparison of coders, because they do not count for a code.

There are two reasons: the code was added or changed after the reading, or a reading for one of its sub-codes is
missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.agreement.rows import PAIR
from sibtui.model.text import listed, listed_clauses, one_line

if TYPE_CHECKING:
    from sibtui.project.agreement.read_sources import ReadSources

_NAMES = 3
"""The largest number of coders, sources or codes that one clause names."""
_CLAUSES = 3


class OlderReading(NamedTuple):
    """A reading of a source that does not count for a code.

    `coder` is the name of the coder, or of a round of the coder. `because` is the reason to read the source again,
    as in `readings.due`. It is empty if a sub-code is the reason: the coder has no reading for the sub-code.
    """

    coder: str
    source: str
    code: str
    because: str


def older_readings(
    read: ReadSources,
    raters: Sequence[str],
    sources: Mapping[int, str],
    codes: Mapping[int, str],
    because: Mapping[int, str],
) -> Iterator[OlderReading]:
    """Yield the readings that do not count for a code, because the code was added or changed after the reading.

    A code is checked in a source only if at least two raters have read this source for the code; otherwise there is
    nothing to compare. `read` has the readings of the `raters` (names of coders, or of rounds of one coder). `sources`
    and `codes` are maps from ids to names, and `because` is a map: code id → reason to read again.
    """
    for source, name in sources.items():
        for code, (times, counts) in read.times_by_code(source).items():
            if sum(map(bool, times)) < PAIR or all(counts):
                continue
            for coder, at, does_count in zip(raters, times, counts, strict=True):
                if at and not does_count:
                    yield OlderReading(coder, name, codes[code], because[code])


def readings_without_subcodes(
    read: ReadSources, raters: Sequence[str], sources: Mapping[int, str], codes: Mapping[int, str]
) -> Iterator[OlderReading]:
    """Yield the readings that do not count for a code, because the rater has no reading for one of its sub-codes.

    Sources that only one rater has read for the code are left out, because one reading cannot be compared. The
    arguments are those of `older_readings`.
    """
    for source, name in sources.items():
        for code, partly in read.without_subcodes(source).items():
            for coder in compress(raters, partly):
                yield OlderReading(coder, name, codes[code], "")


def in_words(readings: Iterable[OlderReading]) -> str:
    """Return a clause such as `R1 has not read b1 again for Trust (the code is newer than the reading)`.

    Several clauses are joined by semicolons. The result is empty if there are no readings.
    """
    return listed_clauses(
        [
            f"{_short(who)} {_have(who)} not read {_short(sources)} again for {_short(codes)}"
            f" ({one_line(because, 60).rstrip('.')})"
            for who, because, sources, codes in _grouped(readings)
        ],
        _CLAUSES,
    )


def without_subcodes_in_words(readings: Iterable[OlderReading]) -> str:
    """Return a clause such as `R1 has not read b1 for all sub-codes of Trust`.

    Several clauses are joined by semicolons. The result is empty if there are no readings.
    """
    return listed_clauses(
        [
            f"{_short(who)} {_have(who)} not read {_short(sources)} for all sub-codes of {_short(codes)}"
            for who, _, sources, codes in _grouped(readings)
        ],
        _CLAUSES,
    )


_Names = Sequence[str]


def _grouped(readings: Iterable[OlderReading]) -> Iterator[tuple[_Names, str, _Names, _Names]]:
    """Divide the readings into groups, and yield (coders, reason, sources, codes) of each group.

    In a group, each coder has a reading of each source for each code. The reason is the same for all these readings.
    """
    sources: dict[tuple[str, str, str], list[str]] = {}
    for each in readings:
        sources.setdefault((each.coder, each.because, each.code), []).append(each.source)
    codes: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (coder, because, code), names in sources.items():
        codes.setdefault((coder, because, tuple(names)), []).append(code)
    coders: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for (coder, because, those), paths in codes.items():
        coders.setdefault((because, those, tuple(paths)), []).append(coder)
    for (because, in_sources, for_codes), who in coders.items():
        yield who, because, in_sources, for_codes


def _have(coders: Sequence[str]) -> str:
    return "have" if coders[1:] else "has"


def _short(names: Iterable[str]) -> str:
    return listed((one_line(name, 60) for name in names), _NAMES)
