"""Which sources of a column were read, and in which sources the topic of a row came up.

These facts decide the state of a matrix cell without evidence. The codes of a row name its topic. A source covers a
topic if the interviewer asked about it, or the participant mentioned it without a question. A source without a
record about the topic also counts as covering it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sibtui.model.frozen import dataclass, field
from sibtui.model.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sibtui.model.records import Asked

CoveredBy = Literal["", "asked", "volunteered", "not recorded"]
"""The reason why a topic counts as covered by a source: asked, volunteered, or not recorded.

Empty for a topic that is not covered.
"""

_SHOWN = 3
"""The largest number of names that one clause lists."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A source that still has to be read, or read again, for the codes of a row.

    `codes` are the paths of the codes for which the source must be read. They are empty if the source was never read
    for any code of the row. `again` is set if the source was read for these codes before, but too early. `coders`
    are the coders whose readings count; empty if all count.
    """

    source: str
    codes: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class ReadTimes:
    """The times at which sources were last read.

    `whole` is a map: source id → time at which the source was last read for all codes. `single` is a map: source id
    → code id → time at which the source was last read for this code alone. `coders` are the coders whose readings
    count; empty if all count.
    """

    whole: Mapping[int, str]
    single: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    coders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BasisColumn:
    """A column of a matrix: the ids of its sources, the times at which they were read, and the ids of its cases.

    The sources are in the order of the source list. `cases` is empty for a column that is not about cases.
    """

    sources: Sequence[int]
    times: ReadTimes
    cases: frozenset[int] = frozenset()


class CellBasis:
    """Facts about the sources of a matrix: when a source was read, and which codes the interviewer asked about.

    In all arguments, sources, codes and cases are ids. Do not change the arguments later, because results are cached.

    - `names`: source → name, in the order of the source list.
    - `paths`: code → path in the codebook.
    - `parents`: code → parent code; None for a top code.
    - `needed`: code → time. A source counts as read for the code if it was read at this time or later.
    - `topics`: source → code → case → whether the interviewer asked about the code. The case None is for all cases
      of the source.
    - `touched`: source → the cases that it is about.
    """

    def __init__(
        self,
        columns: Sequence[BasisColumn],
        names: Mapping[int, str],
        paths: Mapping[int, str],
        parents: Mapping[int, int | None],
        needed: Mapping[int, str],
        topics: Mapping[int, Mapping[int, Mapping[int | None, Asked]]] | None = None,
        touched: Mapping[int, Collection[int]] | None = None,
    ) -> None:
        self.columns = columns
        self.names, self.paths, self.parents, self.needed = names, paths, parents, needed
        self.topics, self.touched = topics or {}, touched or {}
        self._latest = max(needed.values(), default="")
        self._gap_cache: dict[tuple[int, tuple[int, ...]], tuple[Gap, ...]] = {}
        # equal tuples of gaps are the same object, so that callers can compare gaps by identity
        self._equal_gaps: dict[tuple[Gap, ...], tuple[Gap, ...]] = {}
        # column → sources that may have to be read again, because their last reading is too old for a code
        self._open_sources: dict[int, list[int]] = {}
        # column → code → sources of the column that have a topic record about the code
        self._recorded_sources: dict[int, dict[int, list[int]]] = {}
        self._times_cache: dict[tuple[int, ...], tuple[str, str]] = {}
        self._chains_cache: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._below_cache: dict[tuple[int, ...], dict[int, list[int]]] = {}

    def with_columns(self, columns: Sequence[BasisColumn]) -> CellBasis:
        return CellBasis(columns, self.names, self.paths, self.parents, self.needed, self.topics, self.touched)

    def gaps(self, column: int, codes: tuple[int, ...]) -> tuple[Gap, ...]:
        """Return the sources of a column that still have to be read for at least one of these codes.

        Equal results are the same tuple object, so callers can compare them by identity.
        """
        sources = self._open_sources.get(column)
        if sources is None:
            sources = self._open_sources[column] = self._open_in(self.columns[column])
        if not sources:
            return ()
        key = (column, codes)
        gaps = self._gap_cache.get(key)
        if gaps is None:
            found = tuple(self._gaps(self.columns[column], sources, codes))
            gaps = self._gap_cache[key] = self._equal_gaps.setdefault(found, found)
        return gaps

    def _open_in(self, column: BasisColumn) -> list[int]:
        whole = column.times.whole
        return [source for source in column.sources if not (read := whole.get(source, "")) or read < self._latest]

    def _first_and_last(self, codes: tuple[int, ...]) -> tuple[str, str]:
        """Return (earliest time, latest time) in `needed` for these codes. Without codes, both are empty texts."""
        times = self._times_cache.get(codes)
        if times is None:
            needed = [self.needed[code] for code in codes]
            times = self._times_cache[codes] = min(needed, default=""), max(needed, default="")
        return times

    def _gaps(self, column: BasisColumn, sources: Sequence[int], codes: tuple[int, ...]) -> Iterator[Gap]:
        first, last = self._first_and_last(codes)
        for source in sources:
            whole, single = column.times.whole.get(source, ""), column.times.single.get(source, {})
            if whole and whole >= last:
                continue
            if whole < first and not single:  # most sources that were not read end here, without a look at each code
                due = list(codes)
            else:
                due = [code for code in codes if max(whole, single.get(code, "")) < self.needed[code]]
            if not due:
                continue
            if not whole and len(due) == len(codes) and single.keys().isdisjoint(codes):
                yield Gap(self.names[source], (), column.times.coders)
                continue
            again = bool(whole) or all(code in single for code in due)
            yield Gap(self.names[source], tuple(self.paths[code] for code in due), column.times.coders, again)

    def covered_by(self, column: int, codes: tuple[int, ...]) -> CoveredBy:
        """Return why a source of the column covers one of these codes; empty if no source covers any of them.

        `column` is the index of the column. If there are several reasons, the first of this list is returned:

        - "asked"
        - "volunteered": mentioned without a question
        - "not recorded": a source has no record for one of the codes, and so counts as covering it
        """
        sources = self._sources_on(column, codes)
        # the other sources cover the codes without a record
        best: CoveredBy = "not recorded" if len(sources) < len(self.columns[column].sources) else ""
        for source in sources:
            best = _better(best, self._covered_in(source, column, codes))
            if best == "asked":
                break
        return best

    def _sources_on(self, column: int, codes: tuple[int, ...]) -> Collection[int]:
        """Return the sources of a column that have a topic record about one of these codes, or about a code above them.

        A topic record states whether the interviewer asked about a code. If `codes` is empty, return the sources
        with any topic record.
        """
        recorded = self._recorded_sources.get(column)
        if recorded is None:
            recorded = self._recorded_sources[column] = {}
            for source in self.columns[column].sources:
                for code in self.topics.get(source, ()):
                    recorded.setdefault(code, []).append(source)
        if not recorded:
            return ()
        chosen = recorded.values() if not codes else (recorded.get(code, ()) for code in self._with_above(codes))
        return dict.fromkeys(source for sources in chosen for source in sources)

    def _with_above(self, codes: tuple[int, ...]) -> Sequence[int]:
        chains = self._chains_cache.get(codes)
        if chains is None:
            found: dict[int, None] = {}
            for code in codes:
                above: int | None = code
                while above is not None and above not in found:
                    found[above] = None
                    above = self.parents[above]
            chains = self._chains_cache[codes] = tuple(found)
        return chains

    def _covered_in(self, source: int, column: int, codes: tuple[int, ...]) -> CoveredBy:
        records = self.topics[source]
        touched = self.touched.get(source, ())
        cases = self.columns[column].cases.intersection(touched) or touched or (None,)
        best: CoveredBy = ""
        below = self._below(codes)
        for case in cases:
            states = {
                code: state
                for code, by_case in records.items()
                if (state := by_case.get(case, by_case.get(None))) is not None
            }
            for code in codes:
                best = _better(best, self._covered(code, states, below))
        return best

    def _covered(self, code: int, records: Mapping[int, Asked], below: Mapping[int, Sequence[int]]) -> CoveredBy:
        """Return why a source covers a code; empty if it does not.

        A record can decide this (see `_recorded`). Without a record, a code is covered if one of its sub-codes in the row
        is covered. A code without sub-codes in the row is then covered, too.
        """
        recorded = self._recorded(code, records)
        if recorded is not None:
            return recorded

        def is_covered(other: int) -> bool:
            found = self._recorded(other, records)
            return other not in below if found is None else bool(found)  # if the code has codes below it, those decide

        others = below.get(code, ())
        return "" if others and not any(map(is_covered, others)) else "not recorded"

    def _recorded(self, code: int, records: Mapping[int, Asked]) -> CoveredBy | None:
        """Return the recorded reason why a source covers a code, such as "asked". The record "not asked" gives "".

        If the code has no record, use the record of a code above it: the nearest one that is "asked" or "not asked".
        If there is no such record, return None.
        """
        own = records.get(code)
        if own is not None:
            return "" if own == "not asked" else own
        above = self.parents[code]
        while above is not None:
            record = records.get(above)
            if record == "asked":
                return "asked"
            if record == "not asked":
                return ""
            above = self.parents[above]
        return None

    def _below(self, codes: tuple[int, ...]) -> Mapping[int, Sequence[int]]:
        """Return a map: code of the row → other codes of the row that are below it in the codebook."""
        below = self._below_cache.get(codes)
        if below is None:
            below = self._below_cache[codes] = {}
            counted = frozenset(codes)
            for code in codes:
                above = self.parents[code]
                while above is not None:
                    if above in counted:
                        below.setdefault(above, []).append(code)
                    above = self.parents[above]
        return below

    @property
    def nothing_recorded(self) -> bool:
        return not any(self.topics.values())


_ORDER: tuple[CoveredBy, ...] = ("", "not recorded", "volunteered", "asked")


def _better(one: CoveredBy, other: CoveredBy) -> CoveredBy:
    return max(one, other, key=_ORDER.index)


def reasons(gaps: Sequence[Gap], waiting: int) -> tuple[str, ...]:
    """Return the reasons why a cell is incomplete, as clauses such as `b3 is unread`.

    `gaps` are the sources still to read. `waiting` is the number of codings that have no case yet.
    """
    unread: dict[tuple[str, ...], list[str]] = {}
    due: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for gap in gaps:
        if gap.codes:
            due.setdefault((gap.codes, "again " if gap.again else ""), []).append(gap.source)
        else:
            unread.setdefault(gap.coders, []).append(gap.source)
    clauses = []
    for coders, sources in unread.items():
        if coders:
            verb = "has" if len(coders) == 1 else "have"
            clauses.append(f"{listed(coders, _SHOWN)} {verb} not read {listed(sources, _SHOWN)}")
        else:
            clauses.append(f"{listed(sources, _SHOWN)} {'is' if len(sources) == 1 else 'are'} unread")
    for (codes, again), sources in due.items():
        verb = "is" if len(sources) == 1 else "are"
        clauses.append(f"{listed(sources, _SHOWN)} {verb} not read {again}for {listed(codes, _SHOWN)}")
    if waiting:
        clauses.append(
            f"{plural(waiting, 'coding')} {'waits' if waiting == 1 else 'wait'} for {'its' if waiting == 1 else 'their'} case"
        )
    return tuple(clauses)
