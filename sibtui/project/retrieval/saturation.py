"""The interviews of a study in a chosen order, with the codes that are used in each interview.

The report on saturation is computed from these codes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.decisions import REPLACED
from sibtui.model.codebook import theme_of
from sibtui.model.names import resolve_name
from sibtui.model.saturation_report import InterviewCodes, SaturationReport
from sibtui.model.text import listed, one_line, plural
from sibtui.project.retrieval.interview_readings import InterviewReadings, noun_of
from sibtui.project.retrieval.query_bounds import limits_kinds
from sibtui.project.shared.resolve_filter import chosen_sources, evidence, whole_query
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.filters import CodingFilter
    from sibtui.model.records import Code, Origin, Source
    from sibtui.project.shared.base import Session

DATE = "date"
"""The attribute of sources with the date of an interview, written like 2026-11-28."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


class Interviews:
    """The interviews that pass a filter, in a chosen order, with the codes that are used in each interview.

    Only sources of the kind “interview” are included, unless the filter or its query names kinds of sources. Interviews
    that nobody has read or coded are left out (see `InterviewReadings`). `order` is "date", "study" (the order of the
    sources), or a list with the names of all interviews. Use this inside one snapshot of the store.

    Raises NotFoundError when there are no such interviews or a name is unknown, AmbiguousError when a name is not
    unique, InputError when the list lacks an interview.
    """

    def __init__(self, session: Session, chosen: CodingFilter, order: Literal["date", "study"] | Sequence[str]) -> None:
        self._session = session
        self._chosen, self._narrowed = chosen, evidence(session, chosen)
        where = whole_query(session, chosen)
        if not chosen.kinds and not (where and limits_kinds(session, where)):
            self._chosen = replace(chosen, kinds="interview")
            self._narrowed = replace(self._narrowed, kinds=("interview",))
        self._order = order
        self._readings = InterviewReadings(session, self._chosen, self._narrowed)
        ordered = self._ordered()
        self._item = noun_of(ordered)
        self._sources, self._unread = self._readings.divided(ordered)

    def report(
        self, *, base: int, run: int, threshold: float, origin: Origin | None, level: Literal["code", "theme"]
    ) -> SaturationReport:
        """Return the report on saturation: how many new codes each of these interviews adds.

        The arguments are those of `Reports.saturation`.
        """
        codes = [
            code
            for code in code_rows.codes(self._session.store)
            if code.status != "retired" and (origin is None or code.origin == origin)
        ]
        counted = _themes(codes) if level == "theme" else {code.id: code.id for code in codes}
        emergent = {code.id for code in codes if code.origin == "emergent"}
        used = self._used()
        interviews = tuple(
            InterviewCodes(
                source.name,
                source.attributes.get(DATE, ""),
                frozenset(counted[code] for code in used.get(source.id, ()) if code in counted),
                frozenset(counted[code] for code in used.get(source.id, ()) if code in emergent),
            )
            for source in self._sources
        )
        in_use = {code for found in used.values() for code in found}
        return SaturationReport(
            interviews, base, run, threshold, self._order_in_words(), level, self._item,
            tuple(self._warnings([code for code in codes if code.id in in_use])), tuple(self._remarks(origin)),
            tuple(self._readings.sentences(self._sources, self._unread, codes)),
        )  # fmt: skip

    def _used(self) -> dict[int, set[int]]:
        wanted = self._narrowed.codes
        used: dict[int, set[int]] = {}
        for source, _, _, code, _ in coding_rows.stances(self._session.store, self._narrowed):
            if wanted is None or code in wanted:
                used.setdefault(source, set()).add(code)
        return used

    def _retired(self, origin: Origin | None) -> int:
        """Return the number of retired codes that have codings in these interviews.

        If `origin` is given, only codes with this origin are counted.
        """
        in_use = {code for found in self._used().values() for code in found}
        return sum(
            code.status == "retired" and code.id in in_use and origin in {None, code.origin}
            for code in code_rows.codes(self._session.store)
        )

    def _ordered(self) -> list[Source]:
        chosen = chosen_sources(self._session, self._chosen, self._narrowed)
        known = source_rows.sources(self._session.store, counts=False)
        found = [each for each in known if each.id in chosen]
        if not found and any(each.kind == "interview" for each in known):
            raise NotFoundError("The filter selects no sources for this report: widen it.")
        if not found:
            raise NotFoundError("There are no interviews in the study yet.", "add-sources")
        if self._order == "study":
            return found
        if self._order == "date":
            return sorted(found, key=lambda source: (not _dated(source), source.attributes.get(DATE, ""), source.name))
        names = {source.name: source for source in found}
        listed_names = dict.fromkeys(resolve_name("source", name, list(names)) for name in self._order)
        missing = [name for name in names if name not in listed_names]
        if missing:
            raise InputError(f"The order has no place for {listed(missing, quoted=True)}.")
        return [names[name] for name in listed_names]

    def _order_in_words(self) -> str:
        return {"date": "of their dates", "study": "of the study"}.get(str(self._order), "given")

    def _warnings(self, codes: Sequence[Code]) -> Iterator[str]:
        dates = Counter(source.attributes.get(DATE, "") for source in self._sources if _dated(source))
        if self._order != "date":
            yield "The order is not that of the dates."
        else:
            undated = [source.name for source in self._sources if not _dated(source)]
            if undated:
                yield f"Without a date such as 2026-11-28, and so at the end: {listed(map(one_line, undated))}."
            if any(count > 1 for count in dates.values()):
                yield f"{self._item.capitalize()}s of one day are in the order of their names."
        deductive = sum(code.origin == "deductive" for code in codes)
        if deductive:
            be, whose = ("is", "its") if deductive == 1 else ("are", "their")
            yield f"{deductive} of {plural(len(codes), 'code')} in use {be} deductive, so {whose} first use is not a discovery."
        groups = {source.cases for source in self._sources}
        if len(groups) > 1:
            yield f"The {self._item}s are about different cases ({len(groups)} groups), and one curve does not describe each of them."

    def _remarks(self, origin: Origin | None) -> Iterator[str]:
        if origin is not None:
            yield f"Codes of the origin “{origin}” only."
        if retired := self._retired(origin):
            yield f"{plural(retired, 'retired code')} left out."
        if self._narrowed.without:
            yield REPLACED
        yield from self._chosen.sentences()


def _dated(source: Source) -> bool:
    return _ISO.match(source.attributes.get(DATE, "")) is not None


def _themes(codes: Sequence[Code]) -> dict[int, int]:
    """Return a map: id of a code → id of its theme (top code).

    If the theme is not among `codes`, the map has the id of the code itself.
    """
    by_path = {code.path: code.id for code in codes}
    return {code.id: by_path.get(theme_of(code.path), code.id) for code in codes}
