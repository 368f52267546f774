"""The readings of interviews: which interviews in a report were read by the coders, and for which codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sibtui.model.query.bounds import OTHERS
from sibtui.model.text import listed, listed_clauses, one_line, plural
from sibtui.project.retrieval.query_bounds import codes_of_query
from sibtui.project.shared.resolve_filter import query_bounds, whole_query
from sibtui.store import codings as coding_rows
from sibtui.store import readings as reading_rows
from sibtui.store import study as study_rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.filters import CodingFilter
    from sibtui.model.records import Code, Source
    from sibtui.project.shared.base import Session

_SHOWN = 5
"""The largest number of names in a sentence, as below a table."""


class InterviewReadings:
    """The readings that count for a report: those of the coders whose codings the report counts.

    The filter can limit the coders and the rounds, as in a matrix; by default, all of them count. If a query in the
    filter cannot find codings of a coder or round, the readings of this coder or round are left out. In a blind round,
    only the readings of this round count. `narrowed` is the filter `chosen`, with names replaced by ids.
    """

    def __init__(self, session: Session, chosen: CodingFilter, narrowed: Selection) -> None:
        self._store = store = session.store
        self._coders, self._rounds = query_bounds(session, chosen).readers(narrowed.coders or (), narrowed.rounds or ())
        if narrowed.blind is not None:
            self._coders, self._rounds = (narrowed.blind.coder,), (narrowed.blind.number,)
        self._whole, self._single = reading_rows.times(store, self._coders, self._rounds)
        by_them = Selection(coders=self._coders or None, rounds=self._rounds or None)
        self._begun = {*self._whole, *self._single, *coding_rows.coded_sources(store, by_them)}
        where = whole_query(session, chosen)
        self._found = codes_of_query(session, where) if where else None
        self._codes = narrowed.codes

    def divided(self, sources: Iterable[Source]) -> tuple[list[Source], list[Source]]:
        """Return (sources that coders of this report have read or coded, all other given sources)."""
        begun: list[Source] = []
        unread: list[Source] = []
        for source in sources:
            (begun if source.id in self._begun else unread).append(source)
        return begun, unread

    def sentences(self, counted: Sequence[Source], unread: Sequence[Source], codes: Iterable[Code]) -> Iterator[str]:
        """Yield a sentence about the `unread` sources, and one about the `counted` sources not read to the end.

        A source is read to the end if it was read for each code in `codes` that the filter selects. A sentence that
        would name no source is left out.
        """
        if unread:
            units = plural(len(counted) + len(unread), noun_of((*counted, *unread)))
            verb, them = ("is", "it") if len(unread) == 1 else ("are", "them")
            yield (
                f"{len(unread):,} of {units} {verb} left out, because {self._nobody()} read or coded {them}{self._in_rounds()}:"
                f" {_named(unread)}."
            )
        needed = [
            code
            for code in codes
            if (self._codes is None or code.id in self._codes) and (self._found is None or code.id in self._found)
        ]
        if due := [source for source in counted if not all(self._is_read(source.id, code) for code in needed)]:
            yield f"Not read to the end: {_named(due)}."

    def _is_read(self, source: int, code: Code) -> bool:
        at = max(self._whole.get(source, ""), self._single.get(source, {}).get(code.id, ""))
        return at >= (code.read_since or "0")

    def _nobody(self) -> str:
        names = [one_line(coder.name) for coder in study_rows.coders(self._store) if coder.id in self._coders]
        if not names:
            return "nobody has"
        return f"{names[0]} has not" if len(names) == 1 else f"none of {listed(names)} has"

    def _in_rounds(self) -> str:
        rounds = [number for number in self._rounds if number != OTHERS]
        if not rounds:
            return ""
        return f" in {'round' if len(rounds) == 1 else 'rounds'} {listed(map(str, rounds))}"


def noun_of(sources: Iterable[Source]) -> Literal["interview", "source"]:
    """Return the noun for one of these sources: "interview" if all of them are interviews, otherwise "source"."""
    return "interview" if all(source.kind == "interview" for source in sources) else "source"


def _named(sources: Iterable[Source]) -> str:
    return listed_clauses([one_line(source.name) for source in sources], _SHOWN)
