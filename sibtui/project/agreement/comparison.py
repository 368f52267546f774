"""The comparison of coders: the sources and codes that the coders share, and the passages that each coder has coded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.agreement.rows import ONE_CODER, PAIR
from sibtui.model.arguments import as_rounds
from sibtui.model.languages import DEFAULT, guess_language
from sibtui.model.sentences import Sentences
from sibtui.project.agreement.older_readings import (
    OlderReading,
    in_words,
    older_readings,
    readings_without_subcodes,
)
from sibtui.project.agreement.read_sources import Rater, ReadSources
from sibtui.project.readings import reasons_to_read_again
from sibtui.project.retrieval.query_bounds import codes_of_query
from sibtui.project.shared.decisions import settled_codings
from sibtui.project.shared.resolve_filter import chosen_sources, coder_ids, selection, whole_query
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from sibtui.model.agreement.unitizing import CharacterRange
    from sibtui.model.filters import CodingFilter
    from sibtui.model.records import Code, Coding
    from sibtui.project.agreement.read_sources import Readers
    from sibtui.project.shared.base import Session

PlacedCoding = tuple[tuple[int, ...], tuple[int, ...], "CharacterRange"]
"""A coding in the comparison: (compared codes for which it counts, raters for whom it counts, its place).

A rater is a coder, or one round of a coder, and is given by its index.
"""
CodeSpans = Mapping[int, Mapping[int, Sequence["CharacterRange"]]]
"""The coded spans of one source: code id → rater → spans.

A rater (a coder, or one round of a coder) is given by its index.
"""


class Comparison:
    """The codings of several coders in the sources that at least two of them have read.

    `chosen` selects the codings, and names the coders to compare. If `chosen` names no coder, each coder who has read
    the same source as another coder is compared. If `chosen` names one coder and several rounds (passes of the coder
    through the sources), these rounds are compared. Use this inside `store.snapshot()`, so that the study does not
    change meanwhile.

    Raises NotFoundError when no source was read by two coders (or by one coder in two rounds). Raises InputError when
    one coder and fewer than two rounds are named, and in a blind round of coding.
    """

    def __init__(
        self, session: Session, chosen: CodingFilter, *, consensus: bool = False, separate: bool = False
    ) -> None:
        """Prepare the comparison.

        If `consensus` is set, the codings of a disagreement with a decision are left out, and the decision's own
        codings count for every coder. If `separate` is set, codings and readings of sub-codes do not count for the
        code above them.
        """
        session.refuse_in_blind_round("A comparison of coders")
        self._session, self._chosen = session, chosen
        self._store = self.store = session.store
        self.consensus = consensus
        self._last: tuple[int, str, Sentences] | None = None
        self.subcodes = chosen.subcodes and not separate
        self._selection = selection(session, chosen)
        names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        candidates = list(self._chosen_sources)
        named = coder_ids(session, chosen.coders)
        self._candidates = _candidates(names, named, as_rounds(chosen.rounds))
        self._raters = raters = self._candidates if named else self._taking_part(candidates)
        self.read = self._read_by(raters)
        self.between_rounds = len({rater.coder for rater in raters}) < len(raters)
        self.coders = self._labels(raters, names)
        self.sources = self.read.shared(candidates)
        if not self.sources:
            who = "no two coders have read" if not self.between_rounds else "the coder has not read"
            twice = " in two of these rounds" if self.between_rounds else ""
            older = f": {in_words(self.older)}" if self.older else ""
            raise NotFoundError(f"Agreement is not computable: {who} the same source{twice}{older}.", "add-readings")

    def _labels(self, raters: Iterable[Rater], names: Mapping[int, str]) -> tuple[str, ...]:
        return tuple(
            f"{names[rater.coder]} in round {rater.rounds[0]}" if self.between_rounds else names[rater.coder]
            for rater in raters
        )

    @cached_property
    def older(self) -> tuple[OlderReading, ...]:
        """The readings that do not count for a code, because the code was added or changed after the reading.

        Sources that only one coder has read for the code are left out, because they are not compared. The readings are
        those of the coders whom the user named, or else of all coders.
        """
        names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        reasons = reasons_to_read_again(self.codes, code_rows.lineage(self._store))
        raters = self._labels(self._candidates, names)
        read = self._read_by(self._candidates)
        return tuple(older_readings(read, raters, self._chosen_sources, self._paths, reasons))

    @cached_property
    def without_subcodes(self) -> tuple[OlderReading, ...]:
        """The readings that do not count for a code, because the coder has no reading for one of the sub-codes.

        The list has only readings by the compared coders. If only one of them has read a source for the code, the
        reading is left out: it cannot be compared.
        """
        return tuple(readings_without_subcodes(self.read, self.coders, self._chosen_sources, self._paths))

    @cached_property
    def _paths(self) -> dict[int, str]:
        """A map: id of a compared code → its path."""
        return {code.id: code.path for code in self.codes}

    def _read_by(self, raters: Sequence[Rater]) -> ReadSources:
        return ReadSources(self._session, raters, self.codes, self._counting)

    def _taking_part(self, sources: Iterable[int]) -> tuple[Rater, ...]:
        """Return the coders who have read the same source as another coder, for the same code."""
        reading = self._read_by(self._candidates)
        return tuple(self._candidates[at] for at in reading.taking_part(sources))

    @property
    def _coders(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(rater.coder for rater in self._raters))

    @cached_property
    def _rater_of(self) -> dict[tuple[int, int], int]:
        """A map: (coder, round) → index in `coders`. The round is 0, unless rounds are compared."""
        return {(r.coder, r.rounds[0] if self.between_rounds else 0): at for at, r in enumerate(self._raters)}

    def label(self, coding: Coding) -> str:
        """Return the coder or round of a coding, as in `coders`: `R1`, or `R1 in round 2` if rounds are compared."""
        return f"{coding.coder} in round {coding.round}" if self.between_rounds else coding.coder

    def days_between(self) -> list[tuple[int, int]]:
        """Return (fewest days, most days) between each round and the next round, in order.

        For each source, the days between its last readings in the two rounds are counted. If no source was read in both
        rounds, the pair is (0, 0).
        """
        found = []
        for at in range(len(self._raters) - 1):
            times = [self.read.last(source)[at : at + 2] for source in self.sources]
            days = [(_day(later) - _day(earlier)).days for earlier, later in times if earlier and later]
            found.append((min(days), max(days)) if days else (0, 0))
        return found

    @cached_property
    def codes(self) -> Sequence[Code]:
        """The codes to compare, in the order of the codebook. Retired codes are left out.

        If the filter has a query, only the codes that the query can find are included.
        """
        chosen = self._selection.codes
        where = whole_query(self._session, self._chosen)
        found = codes_of_query(self._session, where) if where else None
        return [
            code
            for code in code_rows.codes(self._store)
            if code.status != "retired"
            and (chosen is None or code.id in chosen)
            and (found is None or code.id in found)
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sources that at least two compared coders have read."""
        return tuple(self._chosen_sources[source] for source in self.sources)

    @cached_property
    def _chosen_sources(self) -> Mapping[int, str]:
        """A map: source id → source name, for the sources that pass the filter."""
        return chosen_sources(self._session, self._chosen, self._selection)

    @property
    def all_sources(self) -> int:
        """The number of sources that pass the filter."""
        return len(self._chosen_sources)

    def placed(self) -> Iterator[tuple[int, Iterator[PlacedCoding]]]:
        """Yield (source, codings) for the sources that at least two compared coders have read.

        Codings with an uncertain place in a corrected text are left out, and so are sources without codings. With
        `consensus`, a coding of the coder “consensus” belongs to every compared coder or round.
        """
        counting, wanted = self._counting, set(self.sources)
        agreed: tuple[int, ...] = ()
        chosen = self._selection
        if self.consensus:
            agreed = tuple(coder.id for coder in study_rows.coders(self._store) if is_consensus(coder.name))
            chosen = replace(chosen, without=settled_codings(self._store))
        those = {key: (at,) for key, at in self._rater_of.items()}
        everyone = dict.fromkeys(agreed, tuple(range(len(self._raters))))
        rows = coding_rows.spans_with_rounds(self._store, chosen, (*self._coders, *agreed))
        if self.between_rounds:
            of = (
                (source, (counting.get(code, ()), everyone.get(coder) or those[coder, in_round], (start, end)))
                for source, code, coder, in_round, start, end in rows
            )
        else:
            by_coder = {coder: raters for (coder, _), raters in those.items()} | everyone
            of = (
                (source, (counting.get(code, ()), by_coder[coder], (start, end)))
                for source, code, coder, _, start, end in rows
            )
        for source, group in groupby(of, key=itemgetter(0)):
            if source in wanted:
                yield source, map(itemgetter(1), group)

    def spans(self) -> Iterator[tuple[int, CodeSpans]]:
        """Yield (source, spans by code and by coder) for the sources that `placed` yields.

        If sub-codes are included, a code also has the spans of its sub-codes.
        """
        for source, rows in self.placed():
            found: dict[int, dict[int, list[CharacterRange]]] = {}
            for codes, those, span in rows:
                for code in codes:
                    by_rater = found.setdefault(code, {})
                    for at in those:
                        by_rater.setdefault(at, []).append(span)
            yield source, found

    def codings(self) -> Iterator[tuple[int, list[Coding]]]:
        """Yield (source id, codings to compare) for each source that at least two compared coders have read.

        A coding is included only if all compared coders have read the source for its code, so the list may be empty.
        A source without codings is skipped. Codings of retired codes and codings with an uncertain place in a
        corrected text are left out.
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
        """Return the text of all sentences that contain a part of the passage from `start` to `end`."""
        text, cut = self._sentences(source)
        return text[cut.at(start).start : cut.at(end - 1).end]

    def _sentences(self, source: int) -> tuple[str, Sentences]:
        if self._last is None or self._last[0] != source:
            text = source_rows.text(self._store, source)
            self._last = source, text, Sentences(text, self.language(source, text))
        return self._last[1:]

    @cached_property
    def _counting(self) -> dict[int, tuple[int, ...]]:
        """A map: id of a code → ids of the compared codes to which its codings belong.

        A coding belongs to its own code. If sub-codes are included, it also belongs to the codes above this code. A
        coding of a retired code belongs to no code, because nobody needs to read a source for this code.
        """
        compared = {code.id for code in self.codes}
        codes = list(code_rows.codes(self._store))
        found: dict[int, tuple[int, ...]] = {}
        for code in codes:  # parents come before their sub-codes
            above = found[code.parent] if self.subcodes and code.parent is not None else ()
            found[code.id] = (*above, code.id) if code.id in compared else above
        return found | {code.id: () for code in codes if code.status == "retired"}

    @property
    def undecided(self) -> int:
        """The number of codings that are not compared, because their place in a corrected text is uncertain.

        Only codings by the compared coders are counted.
        """
        sql = "SELECT count(*) FROM codings WHERE id IN (SELECT coding_id FROM undecided) AND coder_id IN ({})"
        return int(self._store.scalar(sql.format(", ".join("?" * len(self._coders))), self._coders))

    @property
    def retired(self) -> int:
        """The number of retired codes, which are not compared."""
        return sum(code.status == "retired" for code in code_rows.codes(self._store))

    @property
    def merged(self) -> int:
        """The number of merges of other codes into the compared codes.

        An accepted proposal is not counted, although the history records it as a merge.
        """
        events = code_rows.lineage(self._store)
        return sum(
            event.event == "merged" and bool(event.since) for code in self.codes for event in events.get(code.id, ())
        )

    @cached_property
    def _readers(self) -> dict[int, dict[int, Readers]]:
        return {source: self.read.by_code(source) for source in self.sources}

    def readers(self, source: int) -> dict[int, Readers]:
        """Return a map: code id → for each compared coder or round, True if the source was read for the code."""
        return self._readers[source]

    @cached_property
    def _languages(self) -> dict[int, str]:
        return dict(self._store.query("SELECT id, language FROM sources").fetchall())

    @cached_property
    def _study_language(self) -> str:
        return study_rows.study(self._store).language

    def language(self, source: int, text: str) -> str:
        """Return the language whose rules split the text into sentences."""
        return self._languages[source] or self._study_language or guess_language(text) or DEFAULT


def _candidates(names: Iterable[int], named: Sequence[int], rounds: tuple[int, ...]) -> tuple[Rater, ...]:
    """Return the raters that may be compared: the coders in `named`, or all coders (`names`) if `named` is empty.

    If `named` has a single coder, the raters are the `rounds` of this coder. Raises InputError if these are fewer than
    two.
    """
    coders = tuple(dict.fromkeys(named or names))
    if named and len(coders) == 1:
        if len(rounds) < PAIR:
            raise InputError(ONE_CODER)
        return tuple(Rater(coders[0], (each,)) for each in rounds)
    return tuple(Rater(coder, rounds) for coder in coders)


def _day(time: str) -> dt.date:
    return dt.date.fromisoformat(time[:10])
