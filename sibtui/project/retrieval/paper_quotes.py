"""The quotes that are marked for the paper, and the number of quotes of each participant."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sibtui.formats.sources.speakers import respondents, turns
from sibtui.model.arguments import as_names
from sibtui.model.quote_tables import PaperQuote, Participant
from sibtui.model.text import one_line
from sibtui.project.retrieval.sensitivity import PARTICIPANTS
from sibtui.project.shared.resolve_filter import chosen_sources, selection
from sibtui.project.shared.speaker_turns import heard_in
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.filters import CodingFilter
    from sibtui.model.records import Coding, Source
    from sibtui.project.shared.base import Session

_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?")
"""The pattern of a time in the label of a turn, such as 12:05 or 00:12:05."""


class PaperQuotes:
    """The quotes that pass a filter, with the participants who spoke them.

    Participants without a quote are included, if the filter selects their source. Use this inside one snapshot of the
    store.
    """

    def __init__(self, session: Session, chosen: CodingFilter) -> None:
        self._session, self._store = session, session.store
        self._pattern = chosen.speaker_pattern
        narrowed = selection(session, chosen)
        self._sources = {source.name: source for source in source_rows.sources(self._store)}
        self._known = chosen_sources(session, chosen, narrowed)
        paths = session.paths()
        order = {path: at for at, path in enumerate(paths.values())}
        codings: dict[str, list[Coding]] = {}
        for coding in coding_rows.codings(self._store, narrowed, paths=paths):
            codings.setdefault(coding.source, []).append(coding)
        self._participants: dict[str, list[str]] = {}
        self.quotes: list[PaperQuote] = []
        for number, name in self._known.items():
            self._read(number, name, codings.get(name, ()))
        self.quotes.sort(key=lambda quote: (order[quote.code], quote.participant.casefold()))

    def _read(self, number: int, name: str, codings: Sequence[Coding]) -> None:
        """Add the participants and the quotes of one source. `number` is its id, and `codings` are its codings."""
        source = self._sources[name]
        text = source_rows.text(self._store, number)
        spoken = turns(text, self._pattern)
        named = _named(source)
        people = respondents([turn.speaker for turn in spoken]) or ([named] if named else [name])
        for person in people if spoken or named or source.kind == "interview" else ():
            self._participants.setdefault(person, []).append(name)
        for coding in codings:
            turn = next(
                (each for each in spoken if each.segment.start <= coding.segment.start < each.segment.end), None
            )
            heard = [person for person in heard_in(coding.segment, spoken) if person in people]
            time = _TIME.search(text[turn.segment.start : turn.speech]) if turn is not None else None
            self.quotes.append(
                PaperQuote(
                    coding, ", ".join(heard) or named or name, 1 + text.count("\n", 0, coding.segment.start),
                    time.group() if time else "", source.fidelity == "verbatim",
                )
            )  # fmt: skip

    def participants(self) -> Sequence[Participant]:
        """Return the participants of all sources with their numbers of quotes, the most quoted participants first."""
        counts = Counter(quote.participant for quote in self.quotes)
        codes: dict[str, set[str]] = {}
        for quote in self.quotes:
            codes.setdefault(quote.participant, set()).add(quote.code)
            self._participants.setdefault(quote.participant, [quote.coding.source])
        found = (
            Participant(person, counts[person], len(codes.get(person, ())), tuple(dict.fromkeys(sources)))
            for person, sources in self._participants.items()
        )
        return sorted(found, key=lambda each: -each.quotes)


def _named(source: Source) -> str:
    """Return the names in the attribute `participants` of a source, joined by commas; empty if it has no names."""
    names = source.attributes.get(PARTICIPANTS, "").split(";")
    return ", ".join(one_line(name) for name in as_names(names) if name.strip())
