"""Counting the words in the sources of a study, or only the words inside codings."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import sibtui
from sibtui.model.agreement.decisions import REPLACED
from sibtui.model.arguments import as_names
from sibtui.model.filters import query_sentence
from sibtui.model.text import listed, one_line, plural
from sibtui.model.words import WordCount, is_without_spaces, words_of
from sibtui.project.retrieval.query_bounds import selects_whole_sources
from sibtui.project.shared.resolve_filter import chosen_sources, evidence, whole_query
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.filters import CodingFilter
    from sibtui.model.progress import Progress
    from sibtui.model.table import Table
    from sibtui.model.words import WordGroup
    from sibtui.project.shared.base import Session
    from sibtui.store.codings import Selection

_Spans = list[tuple[int, int, int]]
"""The places of the codings in one source: (start, end, id of the code)."""


class WordReport:
    """Counts the words of a study. Use this inside `Store.snapshot`.

    The filter `chosen` can limit the sources: by name, kind, case, set or attribute of sources, or by a query such as
    `set pilot`. If it has any other criterion, such as a code or a coder, only words inside the matching codings are
    counted.

    With `without_interviewers`, the turns (passages of one speaker) of interviewers are left out. If no interviewer is
    known in a text, all its turns are counted.
    """

    def __init__(self, session: Session, chosen: CodingFilter, *, without_interviewers: bool) -> None:
        self._session, self._store = session, session.store
        self._chosen, self._selection = chosen, evidence(session, chosen)
        self._without_interviewers = without_interviewers
        of_sources = sibtui.CodingFilter(
            sources=chosen.sources,
            cases=chosen.cases,
            kinds=chosen.kinds,
            sets=chosen.sets,
            subcodes=chosen.subcodes,
            speaker_pattern=chosen.speaker_pattern,
        )
        if (where := whole_query(session, chosen)) and selects_whole_sources(session, where):
            of_sources = replace(of_sources, where=chosen.where, attributes=chosen.attributes)
        self._reads_codings = chosen != of_sources
        self._paths = {code.id: code.path for code in code_rows.codes(self._store)}
        self._uncut: list[str] = []
        self._unknown_interviewers = 0
        self._has_labels = False

    @property
    def reads_codings(self) -> bool:
        """Whether only words inside codings are counted."""
        return self._reads_codings

    def table(
        self,
        *,
        by: WordGroup | None,
        at_least: int,
        stop: Collection[str],
        stem: Callable[[str], str] | None,
        progress: Progress | None = None,
    ) -> Table:
        """Return the table of words with their counts. For `by` and `at_least`, see `Reports.words`.

        The words in `stop` are left out. `stem` is a function: word → stem under which it is counted. `progress`
        receives (sources done, all sources).
        """
        sources = chosen_sources(self._session, self._chosen, self._selection)
        spans = self._spans(self._selection) if self._reads_codings or by == "code" else {}
        of_cases = self._spans_by_case() if self._reads_codings and by == "case" else {}
        groups = {0: list(of_cases)} if of_cases else self._groups(by, sources, spans)
        count = WordCount(dict.fromkeys(name for names in groups.values() for name in names), stop, stem)
        for done, (source, name, _, text) in enumerate(source_rows.current_texts(self._store, sources), 1):
            if is_without_spaces(text):
                self._uncut.append(name)
            places = spans.get(source, [])
            parts = _joined(places) if self._reads_codings else [(0, len(text))]
            if parts or self._without_interviewers:
                parts = list(self._spoken(text, parts))
            count.add(_words(text, parts), groups.get(source, ()) if by != "code" else ())
            if by == "code":
                for code, own in groupby(sorted(places, key=itemgetter(2)), key=itemgetter(2)):
                    count.add_to_group(self._paths[code], _words(text, _common(_joined(own), parts)))
            for case, by_source in of_cases.items():
                count.add_to_group(case, _words(text, _common(_joined(by_source.get(source, ())), parts)))
            if progress is not None:
                progress(done, len(sources))
        return count.table(at_least=at_least, remarks=self._remarks())

    def _spans_by_case(self) -> Mapping[str, Mapping[int, _Spans]]:
        """Return a map: label of a case → map: id of a source → places of the codings about this case.

        If the filter names cases, only these cases are included.
        """
        chosen = self._selection
        return {
            label: self._spans(replace(chosen, cases=(case,)))
            for label, case in case_rows.case_ids(self._store).items()
            if chosen.cases is None or case in chosen.cases
        }

    def _spans(self, chosen: Selection) -> Mapping[int, _Spans]:
        coders = chosen.coders or tuple(coder.id for coder in study_rows.coders(self._store))
        wanted = chosen.codes
        found: dict[int, _Spans] = {}
        for source, code, _, start, end in coding_rows.spans(self._store, chosen, coders):
            if wanted is None or code in wanted:
                found.setdefault(source, []).append((start, end, code))
        return found

    def _groups(
        self, by: WordGroup | None, sources: Mapping[int, str], spans: Mapping[int, _Spans]
    ) -> Mapping[int, Sequence[str]]:
        """Return a map: id of a source → names of the columns in which its words are counted.

        If `by` is “case”, the map also has the names of all columns, in order, under the key 0. If `by` is “code”, the map
        has only this key 0. If `by` is None, the map is empty.
        """
        if by is None:
            return {}
        if by == "code":
            used = {source: {code for *_, code in places} for source, places in spans.items()}
            return {0: [path for code, path in self._paths.items() if any(code in each for each in used.values())]}
        if by == "source":
            return {source: (name,) for source, name in sources.items()}
        if by == "kind":
            kinds = dict(self._store.query("SELECT id, kind FROM sources").fetchall())
            return {source: (kinds[source],) for source in sources}
        labels = {number: label for label, number in case_rows.case_ids(self._store).items()}
        touched = source_rows.cases_by_source(self._store)
        ordered = {0: list(labels.values())}
        return ordered | {source: [labels[case] for case in touched.get(source, ())] for source in sources}

    def _spoken(self, text: str, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the parts of a text without the labels of speakers, and without the turns that the report leaves out.

        In a text without speakers, all parts stay.
        """
        from sibtui.formats.sources.speakers import respondents, turns

        found = turns(text, self._chosen.speaker_pattern)
        self._has_labels = self._has_labels or bool(found and parts)
        if self._without_interviewers:
            answering = set(respondents(turn.speaker for turn in found))
            if any(turn.speaker not in answering for turn in found):
                answers = [turn for turn in found if turn.speaker in answering]
                return _common(parts, [(turn.speech, turn.segment.end) for turn in answers])
            self._unknown_interviewers += 1
        ends = [0, *(turn.speech for turn in found)]
        starts = [*(turn.segment.start for turn in found), len(text)]
        return _common(parts, list(zip(ends, starts, strict=True)))

    def _remarks(self) -> Iterator[str]:
        if self._reads_codings:
            yield "Only words in codings, each place once."
        if self._reads_codings and self._selection.without:
            yield REPLACED
        if self._has_labels:
            yield "The labels of speakers are left out."
        if self._without_interviewers:
            whole = plural(self._unknown_interviewers, "source")
            yield f"Turns of interviewers are left out. Without a known interviewer, and read whole: {whole}."
        if self._uncut:
            yield f"Written without spaces between words, so that words are not cut: {listed(map(one_line, self._uncut))}."
        if coders := as_names(self._chosen.coders):
            yield f"Coder: {listed(map(one_line, coders))} only."
        if self._reads_codings or not self._chosen.where:
            yield from self._chosen.sentences()
            return
        yield from replace(self._chosen, where="").sentences()
        yield query_sentence(self._chosen.where, "Sources")


def _words(text: str, parts: Iterable[tuple[int, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for start, end in parts:
        found.update(words_of(text[start:end]))
    return found


def _joined(places: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    from sibtui.model.agreement.unitizing import merged_units

    return merged_units(((start, end) for start, end, _ in places), touching=True)


def _common(parts: Iterable[tuple[int, int]], kept: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each stretch of text that `parts` and `kept` have in common.

    Both have places (start, end), in order and without overlap.
    """
    places = list(kept)
    ends = [last for _, last in places]
    for start, end in parts:
        for at in range(bisect_right(ends, start), len(places)):
            first, last = places[at]
            if first >= end:
                break
            yield max(start, first), min(end, last)
