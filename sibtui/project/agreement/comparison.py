"""The comparison of coders: the sources and codes that they share, and the units that each of them coded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.counts import CodeCounts, Pattern, PatternCounts, UncodedSources
from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.agreement.units import UnitIndex, character_patterns, unit_patterns
from sibtui.model.languages import DEFAULT, guess_language
from sibtui.model.sentences import Sentences
from sibtui.project.agreement.read_sources import ReadSources
from sibtui.project.agreement.text_units import units_of
from sibtui.project.shared.decisions import settled_codings
from sibtui.project.shared.resolve_filter import coder_ids, selection
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
    Raises NotFoundError when no source was read by two coders, InputError when one coder alone is named.
    """

    def __init__(self, session: Session, chosen: CodingFilter, *, consensus: bool = False) -> None:
        """Choose the sources and coders. With `consensus`, the codings of the consensus replace those that it settles, for every coder."""
        self._session = session
        self._store = session.store
        self.consensus = consensus
        self._last: tuple[int, str, Sentences] | None = None
        self.subcodes = chosen.subcodes
        self._selection = selection(session, chosen)
        names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        named = coder_ids(session, chosen.coders)
        if named and len(set(named)) == 1:
            raise InputError("Agreement compares two coders or more, and only one was named.")
        candidates = [number for number, _ in self._chosen_sources]
        everyone = tuple(dict.fromkeys(named or names))
        if not named:
            reading = ReadSources(session, everyone, self.codes)
            everyone = tuple(everyone[at] for at in reading.taking_part(candidates))
        self._coders = everyone
        self.read = ReadSources(session, everyone, self.codes)
        self.coders = tuple(names[coder] for coder in everyone)
        self.sources = self.read.shared(candidates)
        if not self.sources:
            raise NotFoundError("Agreement is not computable: no two coders have read the same source.", "add-readings")

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
        names = dict(self._chosen_sources)
        return tuple(names[source] for source in self.sources)

    @cached_property
    def _chosen_sources(self) -> Sequence[tuple[int, str]]:
        """Return the id and the name of each source that the filter lets through."""
        chosen = self._selection
        cases = None if chosen.cases is None else set(chosen.cases)
        touched = source_rows.cases_by_source(self._store)
        kinds = dict(self._store.query("SELECT id, kind FROM sources").fetchall())
        return [
            (number, name)
            for name, number in source_rows.source_ids(self._store).items()
            if (chosen.sources is None or number in chosen.sources)
            and (chosen.kinds is None or kinds[number] in chosen.kinds)
            and (cases is None or cases.intersection(touched.get(number, ())))
        ]

    @property
    def all_sources(self) -> int:
        """The number of sources that the filter lets through."""
        return len(self._chosen_sources)

    def spans(self) -> Iterator[tuple[int, CodeSpans]]:
        """Yield each shared source that has codings, with the spans of each code and coder.

        The spans of a code include the spans of its sub-codes, if sub-codes count. Codings whose place is undecided are left out.
        """
        indexes: dict[int, tuple[int, ...]] = {coder: (at,) for at, coder in enumerate(self._coders)}
        counting = self._counting
        wanted = set(self.sources)
        chosen = self._selection
        if self.consensus:
            everyone = tuple(range(len(self._coders)))
            indexes |= {coder.id: everyone for coder in study_rows.coders(self._store) if is_consensus(coder.name)}
            chosen = replace(chosen, without=settled_codings(self._store))
        rows = coding_rows.spans(self._store, chosen, tuple(indexes))
        for source, group in groupby(rows, key=itemgetter(0)):
            found: dict[int, dict[int, list[CharacterRange]]] = {}
            if source in wanted:
                for _, code, coder, start, end in group:
                    for each in counting.get(code, ()):
                        by_coder = found.setdefault(each, {})
                        for at in indexes[coder]:
                            by_coder.setdefault(at, []).append((start, end))
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


def _uncoded(readers: Readers, units: int) -> PatternCounts:
    pattern: Pattern = tuple(0 if has_read else None for has_read in readers)
    return {pattern: units}
