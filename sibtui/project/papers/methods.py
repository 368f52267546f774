"""The facts of a study for the report on its methods."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import sibtui
from sibtui import __version__
from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.codebook import split_path
from sibtui.model.folding import name_key
from sibtui.model.methods_report import MethodFacts, MethodsReport
from sibtui.model.text import listed, plural
from sibtui.project.papers.claim_check import ClaimCheck
from sibtui.project.reports import ORGANISATION, PEOPLE, people_in, unclear_people
from sibtui.project.retrieval.saturation import Interviews
from sibtui.store import cases as case_rows
from sibtui.store import claims as claim_rows
from sibtui.store import codes as code_rows
from sibtui.store import method_answers as answer_rows
from sibtui.store import readings as reading_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.method_standards import MethodStandard
    from sibtui.model.records import Source
    from sibtui.model.report_values import Extent
    from sibtui.project.shared.base import Session
    from sibtui.project.tables.shown_matrix import ShownMatrix

DATE = "date"
_EVENTS = {"renamed": "renamed", "merged": "merged", "split": "split", "retired": "retired"}
_KINDS = {"interview": "interview", "document": "document", "report": "report", "other": "other source"}
_BASE, _RUN, _THRESHOLD = 4, 2, 5.0
"""The default choices of the report on saturation."""


class StudyMethods:
    """Collects the facts for the report on the methods of a study. Use one object inside one snapshot of the store."""

    def __init__(self, session: Session, size: Extent) -> None:
        self._session, self._store, self._size = session, session.store, size
        self._sources = source_rows.sources(self._store, counts=False)
        self._interviews = [source for source in self._sources if source.kind == "interview"]
        self._codes = code_rows.codes(self._store)
        self._themes = [code for code in self._codes if len(split_path(code.path)) == 1]
        self._cases = case_rows.cases(self._store)
        self._matrices: list[ShownMatrix] = []

    def report(self, standard: MethodStandard) -> MethodsReport:
        nouns = sibtui.Matrices(self._session)
        self._matrices = [nouns.show(definition) for definition in nouns.list()]
        facts = self._facts()
        declared = {answer.item: answer.text for answer in answer_rows.answers(self._store)}
        counted = {key: text for key, text in self._answers(facts) if text}
        return MethodsReport(facts, standard, counted, declared)

    def _facts(self) -> MethodFacts:
        size = self._size
        cells = [cell for matrix in self._matrices for row in matrix.rows for cell in row.cells]
        origins = Counter(code.origin or "deductive" for code in self._codes)
        kinds = Counter(source.kind for source in self._sources)
        facts = MethodFacts(
            kinds=tuple(self._kind(kind, count) for kind, count in kinds.most_common()),
            people=self._people,
            cases=len(self._cases),
            coders=size.coders,
            read_by_several=size.read_by_several,
            sources=len(self._sources),
            themes=len(self._themes),
            codes=len(self._codes) - len(self._themes),
            deductive=origins["deductive"],
            emergent=origins["emergent"],
            codings=size.codings,
            countering=size.countering,
            searched=sum(size.found.values()),
            waiting=size.waiting,
            first_day=size.first_day,
            last_day=size.last_day,
            cells=len(cells),
            judgements=sum(cell.judgement is not None for cell in cells),
            agreement=study_rows.study(self._store).agreement,
            software=f"sibtui {__version__}",
        )
        return replace(facts, figures=tuple(self._figures(facts)))

    def _kind(self, kind: str, count: int) -> str:
        dates = sorted(
            date for source in self._sources if source.kind == kind and (date := source.attributes.get(DATE, ""))
        )
        span = f" ({dates[0]} to {dates[-1]})" if dates and dates[0] != dates[-1] else f" ({dates[0]})" if dates else ""
        return f"{plural(count, _KINDS[kind])}{span}"

    def _figures(self, facts: MethodFacts) -> Iterator[tuple[str, str | int]]:
        """Yield (name, value) for each number or fact in the report, such as (“Cases”, 4).

        If the study has no items of some kind, the facts about this kind are left out.
        """
        if facts.sources:
            yield "Sources", facts.sources
            yield "Sources by kind", "; ".join(facts.kinds)
        if facts.cases:
            yield "Cases", facts.cases
        if facts.people:
            yield "People in interviews", facts.people
        elif unclear := unclear_people(self._interviews):
            yield "People in interviews", f"unclear: {unclear}"
        if self._interviews:
            yield "Interviews with words as spoken", len(self._verbatim)
        if self._codes:
            yield "Themes", facts.themes
            yield "Codes below them", facts.codes
            yield "Codes by origin", _counted(code.origin or "deductive" for code in self._codes)
            yield from self._events()
        if facts.codings:
            yield from self._coding(facts)
        if facts.agreement:
            yield "Agreement between coders", facts.agreement
        if self._matrices:
            yield "Tables", len(self._matrices)
            yield "Judgements", f"{facts.judgements:,} of {plural(facts.cells, 'cell')}"

    def _events(self) -> Iterator[tuple[str, str]]:
        """Yield (name, text) for each kind of change of codes, such as “Codes renamed”.

        The text is the number of such changes, with their first and last day.
        """
        days: dict[str, list[str]] = {}
        for events in code_rows.lineage(self._store).values():
            for event in events:
                days.setdefault(event.event, []).append(event.at[:10])
        for name, word in _EVENTS.items():
            if found := sorted(days.get(name, ())):
                span = found[0] if found[0] == found[-1] else f"{found[0]} to {found[-1]}"
                yield f"Codes {word}", f"{len(found):,} ({span})"

    def _coding(self, facts: MethodFacts) -> Iterator[tuple[str, str | int]]:
        yield "Coders", facts.coders
        yield "Codings", facts.codings
        names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        rows = self._store.query(
            "SELECT coder_id, count(*) FROM codings GROUP BY coder_id ORDER BY 2 DESC, 1"
        ).fetchall()
        yield (
            "Codings by coder",
            "; ".join(f"{names[coder]} {count:,}" for coder, count in rows if not is_consensus(names[coder])),
        )
        yield "Codings that counter", facts.countering
        yield "Codings found by a search", facts.searched
        yield "Codings without a case", facts.waiting
        read = {(reading.source, reading.coder) for reading in reading_rows.readings(self._store, self._session.paths())
                if reading.code is None}  # fmt: skip
        if read:
            yield "Sources read by coder", _counted(coder for _, coder in sorted(read))
            yield "Sources read by several coders", facts.read_by_several
            names_read = {source for source, _ in read}
            yield (
                "Words read",
                sum(
                    len(source_rows.text(self._store, source.id).split())
                    for source in self._sources
                    if source.name in names_read
                ),
            )
        if facts.first_day:
            yield "Coded from", facts.first_day
            yield "Coded until", facts.last_day
        yield "Software", facts.software

    @property
    def _people(self) -> int:
        """The number of people in all interviews together; 0 if the number is unknown for one of the interviews."""
        counts = [people_in(source) if source.attributes.get(PEOPLE) else None for source in self._interviews]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else 0

    @property
    def _verbatim(self) -> list[Source]:
        return [source for source in self._interviews if source.fidelity == "verbatim"]

    def _answers(self, facts: MethodFacts) -> Iterator[tuple[str, str]]:
        """Yield (key of an item, answer) for the items of a reporting standard that can be answered by counting.

        If there is nothing to count, the answer is empty.
        """
        yield from self._about_interviews(facts)
        if facts.codings:
            yield "data-coders", f"{plural(facts.coders, 'coder')}."
            yield "software", f"{facts.software}."
            yield "analysis", f"{plural(facts.coders, 'coder')} made {plural(facts.codings, 'coding')}."
            yield "quotations", self._quotations()
        if self._codes:
            origins = f"{facts.deductive:,} deductive, {facts.emergent:,} emergent"
            yield "coding-tree", f"{plural(facts.themes, 'theme')} and {plural(facts.codes, 'code')} below them."
            yield "derivation", f"Codes by origin: {origins}."
            yield (
                "major-themes",
                f"{plural(facts.themes, 'theme')}: {listed([code.path for code in self._themes], 20)}.",
            )
        if facts.coders > 1:
            yield "trustworthiness", self._trust(facts)
        yield "consistency", self._claims()
        yield "minor-themes", self._unlike(facts)

    def _about_interviews(self, facts: MethodFacts) -> Iterator[tuple[str, str]]:
        if not self._sources:
            return
        yield "data-collection", f"{', '.join(facts.kinds)}."
        about = f" on {plural(facts.cases, 'case')}" if facts.cases else ""
        people = f" with {plural(facts.people, 'person', 'people')}" if facts.people else ""
        units = (
            f"{plural(len(self._interviews), 'interview')}{people}{about}"
            if self._interviews
            else ", ".join(facts.kinds)
        )
        yield "sample-size", f"{units}."
        names = [attribute.name for attribute in case_rows.attributes(self._store, "case")]
        if names:
            yield "sample", f"In part: the cases are described by {listed(names)}."
        if self._interviews:
            spoken, all_of = len(self._verbatim), len(self._interviews)
            yield (
                "recording",
                f"{spoken:,} of {plural(all_of, 'interview')} hold words as spoken; {'no recording is in the study.' if not spoken else 'the others are notes.'}",
            )
            yield (
                "field-notes",
                f"{all_of - spoken:,} of {plural(all_of, 'interview')} are notes." if spoken < all_of else "",
            )
            yield "repeat-interviews", self._repeats()
            yield "saturation", self._saturation()

    def _repeats(self) -> str:
        """Return a sentence that states how many participants took part in several interviews.

        If the study names no participants, the sentence counts organisations. If it names no organisations either, the
        text is empty.
        """
        named = Counter(
            name.strip() for source in self._interviews for name in source.attributes.get("participants", "").split(";")
        )
        named.pop("", None)
        if named:
            several = sum(count > 1 for count in named.values())
            return f"{several:,} of {plural(len(named), 'named participant')} took part in several interviews."
        places = Counter(
            name_key(name) for source in self._interviews if (name := source.attributes.get(ORGANISATION, ""))
        )
        again = sum(count > 1 for count in places.values())
        return f"In part: {again:,} of {plural(len(places), 'organisation')} gave several interviews." if places else ""

    def _saturation(self) -> str:
        if len(self._interviews) < _BASE + _RUN:
            return ""
        found = Interviews(self._session, sibtui.CodingFilter(), "date")
        return found.report(base=_BASE, run=_RUN, threshold=_THRESHOLD, origin=None, level="code").sentence()

    def _quotations(self) -> str:
        if not self._matrices:
            return ""
        marked = [
            cell for matrix in self._matrices for row in matrix.rows for cell in row.cells
            if cell.mark == matrix.marks["present"]
        ]  # fmt: skip
        backed = sum(cell.quotes > 0 for cell in marked)
        return f"{backed:,} of {plural(len(marked), 'X', 'X')} in the tables have firm quotes, which the appendix of evidence lists with their sources."

    def _trust(self, facts: MethodFacts) -> str:
        several = (
            f"{plural(facts.read_by_several, 'source')} read by several coders"
            if facts.read_by_several
            else "no source read by several coders"
        )
        agreed = f"; agreement: {facts.agreement.rstrip('.')}" if facts.agreement else ""
        return f"{several[0].upper()}{several[1:]}; {plural(facts.judgements, 'judgement')} with reasons{agreed}."

    def _claims(self) -> str:
        stored = claim_rows.claims(self._store)
        if not stored:
            return ""
        return f"Of {plural(len(stored), 'claim')} of the paper, {ClaimCheck(self._session).report(stored).sentence}."

    def _unlike(self, facts: MethodFacts) -> str:
        if not self._matrices or not facts.codings:
            return ""
        states = Counter(cell.state for matrix in self._matrices for row in matrix.rows for cell in row.cells)
        return (
            f"{plural(facts.countering, 'coding')} of counter-evidence; {states['contested']:,} contested and"
            f" {states['rejected']:,} rejected cells of {facts.cells:,}."
        )


def _counted(values: Iterator[str]) -> str:
    return "; ".join(f"{value} {count:,}" for value, count in Counter(values).most_common())
