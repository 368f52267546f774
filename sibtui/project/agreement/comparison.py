"""The comparison of coders: the sources and codes that they share, and the units that each of them coded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.counts import CodeCounts, Pattern, PatternCounts, UncodedSources
from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.agreement.rows import ONE_CODER, PAIR
from sibtui.model.agreement.units import UnitIndex, character_patterns, unit_patterns
from sibtui.model.arguments import as_rounds
from sibtui.model.languages import DEFAULT, guess_language
from sibtui.model.sentences import Sentences
from sibtui.project.agreement.read_sources import Rater, ReadSources
from sibtui.project.agreement.text_units import units_of
from sibtui.project.shared.decisions import settled_codings
from sibtui.project.shared.resolve_filter import chosen_sources, coder_ids, selection
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from sibtui.model.agreement.unitizing import CharacterRange
    from sibtui.model.agreement.units import FixedUnit, Touch
    from sibtui.model.filters import CodingFilter
    from sibtui.model.progress import Progress
    from sibtui.model.records import Code, Coding
    from sibtui.project.agreement.read_sources import Readers
    from sibtui.project.shared.base import Session

CodeSpans = Mapping[int, Mapping[int, Sequence["CharacterRange"]]]
"""The spans in one source that were coded with a code, by code and coder. A coder is an index among the coders compared."""


class Comparison:
    """The codings of coders in the sources that they have read. Use it inside one snapshot.

    `chosen` limits the codings; its coders are the coders to compare, by default all who have read a source that another one has read.
    If it names one coder and several rounds, these rounds of the coder are compared.

    Raises NotFoundError when no source was read twice, InputError when one coder alone is named without two rounds, and in a blind round.
    """

    def __init__(self, session: Session, chosen: CodingFilter, *, consensus: bool = False) -> None:
        """Choose the sources and coders. With `consensus`, the codings of the consensus replace those that it settles, for every coder."""
        session.refuse_in_blind_round("A comparison of coders")
        self._session = session
        self._store = session.store
        self.consensus = consensus
        self._last: tuple[int, str, Sentences] | None = None
        self.subcodes = chosen.subcodes
        self._selection = selection(session, chosen)
        names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        candidates = list(self._chosen_sources)
        raters = self._raters_among(names, coder_ids(session, chosen.coders), as_rounds(chosen.rounds), candidates)
        self._raters = raters
        self.read = ReadSources(session, raters, self.codes)
        self.between_rounds = len({rater.coder for rater in raters}) < len(raters)
        self.coders = tuple(
            f"{names[rater.coder]} in round {rater.rounds[0]}" if self.between_rounds else names[rater.coder]
            for rater in raters
        )
        self.sources = self.read.shared(candidates)
        if not self.sources:
            who = "no two coders have read" if not self.between_rounds else "the coder has not read"
            twice = "in two of these rounds" if self.between_rounds else ""
            raise NotFoundError(
                f"Agreement is not computable: {who} the same source {twice}".rstrip() + ".", "add-readings"
            )

    def _raters_among(
        self, names: Iterable[int], named: Sequence[int], rounds: tuple[int, ...], sources: Iterable[int]
    ) -> tuple[Rater, ...]:
        """Return the raters to compare: the named coders, the rounds of one coder, or all coders who share a reading."""
        coders = tuple(dict.fromkeys(named or names))
        if named and len(coders) == 1:
            if len(rounds) < PAIR:
                raise InputError(ONE_CODER)
            return tuple(Rater(coders[0], (each,)) for each in rounds)
        raters = tuple(Rater(coder, rounds) for coder in coders)
        if named:
            return raters
        reading = ReadSources(self._session, raters, self.codes)
        return tuple(raters[at] for at in reading.taking_part(sources))

    @property
    def _coders(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(rater.coder for rater in self._raters))

    @cached_property
    def _rater_of(self) -> dict[tuple[int, int], int]:
        """The index of the rater for a coder and a round. Coders whose rounds do not matter have the round 0."""
        return {(r.coder, r.rounds[0] if self.between_rounds else 0): at for at, r in enumerate(self._raters)}

    def label(self, coding: Coding) -> str:
        """Return the name in `coders` of the rater who made a coding."""
        return f"{coding.coder} in round {coding.round}" if self.between_rounds else coding.coder

    def days_between(self) -> list[tuple[int, int]]:
        """Return for each pair of successive rounds the fewest and the most days between two readings of one source."""
        found = []
        for at in range(len(self._raters) - 1):
            times = [self.read.last(source)[at : at + 2] for source in self.sources]
            days = [(_day(later) - _day(earlier)).days for earlier, later in times if earlier and later]
            found.append((min(days), max(days)) if days else (0, 0))
        return found

    @cached_property
    def codes(self) -> Sequence[Code]:
        """The codes to compare, without retired ones, in the order of the codebook."""
        chosen = self._selection.codes
        return [
            code
            for code in code_rows.codes(self._store)
            if code.status != "retired" and (chosen is None or code.id in chosen)
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sources that two coders or more have read."""
        return tuple(self._chosen_sources[source] for source in self.sources)

    @cached_property
    def _chosen_sources(self) -> Mapping[int, str]:
        """Return a map from the ids to the names of the sources that the filter lets through."""
        return chosen_sources(self._store, self._selection)

    @property
    def all_sources(self) -> int:
        """The number of sources that the filter lets through."""
        return len(self._chosen_sources)

    def spans(self) -> Iterator[tuple[int, CodeSpans]]:
        """Yield each shared source that has codings, with the spans of each code and coder.

        The spans of a code include the spans of its sub-codes, if sub-codes count. Codings whose place is undecided are left out.
        """
        raters, by_round = self._rater_of, self.between_rounds
        counting = self._counting
        wanted = set(self.sources)
        everyone = tuple(range(len(self._raters)))
        agreed: tuple[int, ...] = ()
        chosen = self._selection
        if self.consensus:
            agreed = tuple(coder.id for coder in study_rows.coders(self._store) if is_consensus(coder.name))
            chosen = replace(chosen, without=settled_codings(self._store))
        rows = coding_rows.spans_with_rounds(self._store, chosen, (*self._coders, *agreed))
        for source, group in groupby(rows, key=itemgetter(0)):
            found: dict[int, dict[int, list[CharacterRange]]] = {}
            if source in wanted:
                for _, code, coder, in_round, start, end in group:
                    those = everyone if coder in agreed else (raters[coder, in_round if by_round else 0],)
                    for each in counting.get(code, ()):
                        by_rater = found.setdefault(each, {})
                        for at in those:
                            by_rater.setdefault(at, []).append((start, end))
                yield source, found

    def codings(self) -> Iterator[tuple[int, list[Coding]]]:
        """Yield (source, codings) for each shared source with codings. A coding counts if all compared coders have read the source for its code.

        Codings whose place is undecided, and codings of retired codes, are left out.
        """
        paths = {code.id: code.path for code in code_rows.codes(self._store)}
        numbers = {code.path: code.id for code in self.codes}
        sources = dict(zip(self.names, self.sources, strict=True))
        chosen = replace(self._selection, coders=self._coders)
        for name, group in groupby(coding_rows.codings(self._store, chosen, paths=paths), key=attrgetter("source")):
            if (source := sources.get(name)) is not None:
                yield (
                    source,
                    [
                        coding
                        for coding in group
                        if not coding.undecided
                        and coding.code in numbers
                        and all(self._readers[source][numbers[coding.code]])
                    ],
                )

    def sentence_around(self, source: int, start: int, end: int) -> str:
        """Return the words of the sentences that a passage lies in."""
        text, cut = self._sentences(source)
        return text[cut.at(start).start : cut.at(end - 1).end]

    def _sentences(self, source: int) -> tuple[str, Sentences]:
        if self._last is None or self._last[0] != source:
            text = source_rows.text(self._store, source)
            self._last = source, text, Sentences(text, self._language(source, text))
        return self._last[1:]

    @cached_property
    def _counting(self) -> dict[int, tuple[int, ...]]:
        """Return for each code the compared codes for which its codings count: the code itself, and the codes above it if sub-codes count."""
        compared = {code.id for code in self.codes}
        parents = {code.id: code.parent for code in code_rows.codes(self._store)}
        found: dict[int, tuple[int, ...]] = {}
        for code, parent in parents.items():  # parents come before their sub-codes
            above = found[parent] if self.subcodes and parent is not None else ()
            found[code] = (*above, code) if code in compared else above
        return found

    @property
    def undecided(self) -> int:
        """The number of codings of these coders whose place in a corrected text is undecided."""
        sql = "SELECT count(*) FROM codings WHERE id IN (SELECT coding_id FROM undecided) AND coder_id IN ({})"
        return int(self._store.scalar(sql.format(", ".join("?" * len(self._coders))), self._coders))

    @property
    def retired(self) -> int:
        """The number of retired codes, which are not compared."""
        return sum(code.status == "retired" for code in code_rows.codes(self._store))

    @property
    def merged(self) -> int:
        """The number of merges of codes into the codes compared. Accepted proposals do not count; their events have no `since`."""
        events = code_rows.lineage(self._store)
        return sum(
            event.event == "merged" and bool(event.since) for code in self.codes for event in events.get(code.id, ())
        )

    def counts(
        self,
        unit: FixedUnit,
        touch: Touch,
        *,
        headings: bool,
        speaker_pattern: str = "",
        progress: Progress | None = None,
    ) -> dict[int, CodeCounts]:
        """Return for each source a map from each code to its units by pattern."""
        places = {source: at for at, source in enumerate(self.sources)}
        spans = dict(self.spans())
        sizes: list[int] = []
        coded: dict[int, dict[int, PatternCounts]] = {code.id: {} for code in self.codes}
        for source, at in places.items():
            size, patterns = self._counter(source, unit, touch, headings=headings, speaker_pattern=speaker_pattern)
            sizes.append(size)
            readers = self._readers[source]
            for code, by_coder in spans.get(source, {}).items():
                coded[code][at] = patterns(
                    [by_coder.get(c, ()) if has else None for c, has in enumerate(readers[code])]
                )
            if progress is not None:
                progress(at + 1, len(places))
        uncoded: dict[tuple[Readers, ...], UncodedSources] = {}
        found = {}
        for each in self.codes:
            key = tuple(self._readers[source][each.id] for source in self.sources)
            if key not in uncoded:
                uncoded[key] = UncodedSources(tuple(map(_uncoded, key, sizes)))
            found[each.id] = CodeCounts(uncoded[key], coded[each.id])
        return found

    @cached_property
    def _readers(self) -> dict[int, dict[int, Readers]]:
        return {source: self.read.by_code(source) for source in self.sources}

    def _counter(
        self, source: int, unit: FixedUnit, touch: Touch, *, headings: bool, speaker_pattern: str
    ) -> tuple[int, Callable[[Sequence[Sequence[CharacterRange] | None]], PatternCounts]]:
        """Return the number of units of a source, and the function that counts the patterns of a code in it."""
        text = source_rows.text(self._store, source)
        if unit == "character":
            return len(text), lambda spans: character_patterns(spans, len(text))
        language = self._language(source, text) if unit == "sentence" else DEFAULT
        units = UnitIndex(units_of(text, unit, language, headings=headings, speaker_pattern=speaker_pattern), text)

        def patterns(spans: Sequence[Sequence[CharacterRange] | None]) -> PatternCounts:
            coded = [None if each is None else units.coded(each, touch) for each in spans]
            return unit_patterns(coded, len(units))

        return len(units), patterns

    @cached_property
    def _languages(self) -> dict[int, str]:
        return dict(self._store.query("SELECT id, language FROM sources").fetchall())

    @cached_property
    def _study_language(self) -> str:
        return study_rows.study(self._store).language

    def _language(self, source: int, text: str) -> str:
        return self._languages[source] or self._study_language or guess_language(text) or DEFAULT


def _day(time: str) -> dt.date:
    return dt.date.fromisoformat(time[:10])


def _uncoded(readers: Readers, units: int) -> PatternCounts:
    pattern: Pattern = tuple(0 if has_read else None for has_read in readers)
    return {pattern: units}
