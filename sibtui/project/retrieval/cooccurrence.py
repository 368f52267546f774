"""The co-occurrence of codes, counted in one pass over the codings of a study."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from sibtui.model.agreement.decisions import REPLACED, repeated_codings
from sibtui.model.agreement.units import UnitIndex, bits
from sibtui.model.arguments import as_names
from sibtui.model.codebook import is_within
from sibtui.model.cooccurrence import MeetingCount
from sibtui.model.cooccurrence_table import CooccurrenceReport
from sibtui.model.languages import DEFAULT, guess_language
from sibtui.model.query.windows import section_bounds
from sibtui.model.text import listed, one_line, plural
from sibtui.project.agreement.text_units import units_of
from sibtui.project.shared.resolve_filter import evidence
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.agreement.unitizing import CharacterRange
    from sibtui.model.arguments import Names
    from sibtui.model.cooccurrence import Cooccurrence, MeetingUnit
    from sibtui.model.filters import CodingFilter
    from sibtui.model.overlap import Passage
    from sibtui.model.progress import Progress
    from sibtui.model.records import Code
    from sibtui.project.shared.base import Session


def count_cooccurrence(
    session: Session,
    chosen: CodingFilter,
    *,
    unit: MeetingUnit,
    rows_under: Names,
    at_least: int,
    related: bool,
    progress: Progress | None = None,
) -> tuple[CooccurrenceReport, Sequence[int]]:
    """Return (report on the pairs of codes that occur together, ids of the codes that can be first in a pair).

    Use this inside one snapshot of the store. `Reports.cooccurrence` describes the arguments. If `rows_under` names
    codes, the first code of each pair is one of them, or a code below one of them. Raises NotFoundError when a name
    is unknown, AmbiguousError when it is not unique.
    """
    store = session.store
    codes = [code for code in code_rows.codes(store) if code.status != "retired"]
    paths = {code.id: code.path for code in codes}
    rows = _rows(session, codes, rows_under)
    count, codings, repeated = _counted(session, chosen, paths.keys(), unit, progress)
    pairs = _with_row_first(count.found(list(paths)), rows)
    kept = tuple(
        pair
        for pair in pairs
        if pair.n12 >= at_least and (related or not _related(paths[pair.first], paths[pair.second]))
    )
    remarks = tuple(_remarks(session, chosen, rows_under, repeated, related=related))
    return CooccurrenceReport(unit, kept, paths, codings, at_least, remarks), rows


def _rows(session: Session, codes: Sequence[Code], rows_under: Names) -> Sequence[int]:
    tops = [session.code(name).path for name in as_names(rows_under) if name]
    return [code.id for code in codes if not tops or any(code.path == top or is_within(code.path, top) for top in tops)]


def _with_row_first(pairs: Iterable[Cooccurrence], rows: Sequence[int]) -> Iterator[Cooccurrence]:
    """Yield the pairs with a code in `rows`, a list of code ids. This code becomes the first of the pair.

    If both codes are in `rows`, the pair stays as it is.
    """
    wanted = set(rows)
    for pair in pairs:
        if pair.first in wanted:
            yield pair
        elif pair.second in wanted:
            yield replace(pair, first=pair.second, second=pair.first, n1=pair.n2, n2=pair.n1)


def _related(path: str, other: str) -> bool:
    return is_within(path, other) or is_within(other, path)


def _counted(
    session: Session, chosen: CodingFilter, codes: Iterable[int], unit: MeetingUnit, progress: Progress | None
) -> tuple[MeetingCount, int, int]:
    """Return (counts of how often codes occur together, number of counted codings, number of repeated codings).

    If several codings have the same passage, code and stance, only one of them is counted; the others are the repeated
    codings.
    """
    store = session.store
    narrowed = evidence(session, chosen)
    wanted = set(codes) if narrowed.codes is None else set(codes).intersection(narrowed.codes)
    count, codings, repeated, total = MeetingCount(), 0, 0, len(source_rows.source_ids(store))
    texts = _Units(session)
    by_source = groupby(coding_rows.stances(store, narrowed), key=itemgetter(0))
    for done, (source, rows) in enumerate(by_source, 1):
        found = [row for row in rows if row[3] in wanted]
        passages = [(start, end, code) for _, start, end, code, _ in dict.fromkeys(found)]
        codings += len(passages)
        repeated += len(found) - len(passages)
        if unit == "overlap":
            count.add_overlaps(passages)
        elif passages:
            count.add_units(passages, texts.by_code(source, passages, unit))
        if progress is not None:
            progress(done, total)
    if progress is not None:
        progress(total, total)  # sources without codings are not read
    return count, codings, repeated


class _Units:
    """Cuts the texts of a study into units, such as sentences, and finds the units in which codes occur."""

    def __init__(self, session: Session) -> None:
        self._store = session.store
        self._languages = dict(self._store.query("SELECT id, language FROM sources").fetchall())
        self._language = study_rows.study(self._store).language

    def by_code(self, source: int, passages: Iterable[Passage], unit: MeetingUnit) -> dict[int, set[int]]:
        """Return a map for one source: id of a code → indexes of the units in which this code occurs.

        A code occurs in a unit if one of its passages covers a letter or digit of the unit.
        """
        text = source_rows.text(self._store, source)
        index = UnitIndex(self._units(source, text, unit), text)
        spans: dict[int, list[tuple[int, int]]] = {}
        for start, end, code in passages:
            spans.setdefault(code, []).append((start, end))
        return {code: bits(index.coded(own, "any")) for code, own in spans.items()}

    def _units(self, source: int, text: str, unit: MeetingUnit) -> Sequence[CharacterRange]:
        if unit == "section":
            return list(zip(*section_bounds(text), strict=True))
        assert unit != "overlap"  # noqa: S101 - for mypy: overlapping passages are counted without units
        language = self._languages[source] or self._language or guess_language(text) or DEFAULT
        return units_of(text, unit, language)


def _remarks(
    session: Session, chosen: CodingFilter, rows_under: Names, repeated: int, *, related: bool
) -> Iterator[str]:
    if tops := [one_line(session.code(name).path) for name in as_names(rows_under) if name]:
        below = "or a code below it" if len(tops) == 1 else "or a code below one of them"
        yield f"The first code is {listed(tops, last='or')}, {below}."
    if not related:
        yield "Pairs of a code and a code above it are left out."
    retired = sum(code.status == "retired" for code in code_rows.codes(session.store))
    if retired:
        yield f"{plural(retired, 'retired code is', 'retired codes are')} left out."
    undecided = int(session.store.scalar("SELECT count(*) FROM undecided"))
    if undecided:
        yield f"{plural(undecided, 'coding')} with an undecided place in a corrected text left out."
    if evidence(session, chosen).without:
        yield REPLACED
    if repeated:
        yield repeated_codings(repeated)
    if chosen.coders:
        yield f"Coder: {listed(map(one_line, as_names(chosen.coders)))} only."
    yield from chosen.sentences()
