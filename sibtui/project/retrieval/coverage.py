"""The coded share of the texts of a study, as a report."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from sibtui.model.agreement.decisions import REPLACED, repeated_codings
from sibtui.model.arguments import as_names
from sibtui.model.coverage import CoverageCount, SourceCoverage, coverage_table
from sibtui.model.text import listed, one_line, plural
from sibtui.project.readings import Readings
from sibtui.project.shared.resolve_filter import chosen_sources, evidence
from sibtui.project.tables.pictured_table import pictured
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.coverage import CodedPassage, CoverageRow
    from sibtui.model.filters import CodingFilter
    from sibtui.model.pictures.picture import Portrait
    from sibtui.model.records import Source
    from sibtui.project.shared.base import Session
    from sibtui.project.tables.pictured_table import PicturedTable


def coverage(session: Session, chosen: CodingFilter, by: CoverageRow) -> PicturedTable:
    """Return a table with the coded share of the texts: one row per source, or one row per code.

    The picture of the table shows where each theme (top code) occurs in each source. Use this inside one snapshot of
    the store. Raises the errors of `resolve_filter.selection`.
    """
    store = session.store
    narrowed = evidence(session, chosen)
    wanted = None if narrowed.codes is None else set(narrowed.codes)
    coded: dict[int, list[CodedPassage]] = {}
    repeated: Counter[int] = Counter()
    for source, rows in groupby(coding_rows.stances(store, narrowed), key=itemgetter(0)):
        counted = [row for row in rows if wanted is None or row[3] in wanted]
        distinct = dict.fromkeys(counted)  # a passage that several coders coded alike counts once, as in a matrix
        coded[source] = [(start, end, code, stance == "supports") for _, start, end, code, stance in distinct]
        repeated[source] = len(counted) - len(distinct)
    count = CoverageCount()
    let_through = chosen_sources(session, chosen, narrowed)
    lengths = source_rows.lengths(store)
    due = Counter(each.source for each in Readings(session).due())
    sources = [each for each in source_rows.sources(store) if each.id in let_through]
    found = [
        _source(each, due[each.name], lengths[each.id], count.add(coded.get(each.id, ()), lengths[each.id]))
        for each in sources
    ]
    again = sum(repeated[each.id] for each in sources)
    remarks = list(_remarks(session, chosen, again, replaced=bool(narrowed.without)))
    codes = list(code_rows.codes(store))

    def draw() -> Portrait:
        from sibtui.model.pictures.portraits import portrait

        return portrait([(each.name, lengths[each.id], coded.get(each.id, ())) for each in sources], codes, remarks)

    if by == "source":
        return pictured(coverage_table(found, remarks), draw)
    listed_codes = [code for code in codes if code.status != "retired" and (wanted is None or code.id in wanted)]
    return pictured(count.by_code({code.id: code.path for code in listed_codes}, remarks), draw)


def _source(source: Source, due: int, characters: int, counted: tuple[int, int, int, int]) -> SourceCoverage:
    coded, supported, codings, codes = counted
    return SourceCoverage(
        source.name, source.kind, characters, coded, supported, codings, codes, tuple(source.read_by), due
    )


def _remarks(session: Session, chosen: CodingFilter, repeated: int, *, replaced: bool) -> Iterator[str]:
    undecided = int(session.store.scalar("SELECT count(*) FROM undecided"))
    if undecided:
        yield f"{plural(undecided, 'coding')} without a decided place in a corrected text left out."
    if replaced:
        yield REPLACED
    if repeated:
        yield repeated_codings(repeated)
    if coders := as_names(chosen.coders):
        yield f"Coder: {listed(map(one_line, coders))} only."
    yield from chosen.sentences()
