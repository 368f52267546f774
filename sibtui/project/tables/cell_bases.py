"""The sources of each cell of a matrix, and the codes for which these sources were read.

A cell without codings is absent only if its sources were read; otherwise it is incomplete.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.model.cell_basis import BasisColumn, CellBasis, ReadTimes
from sibtui.project.tables.matrix_columns import unpaired
from sibtui.store import evidence as evidence_rows
from sibtui.store import readings as reading_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sibtui.model.query.bounds import QueryBounds
    from sibtui.model.records import Kind
    from sibtui.project.tables.matrix_scope import MatrixScope


class CellBases:
    """Finds the basis (`CellBasis`) of each cell of a matrix.

    The basis decides whether a cell without codings is absent or incomplete. It has the sources of the column, and the
    coders who have read these sources for the codes of the row. `whole` is the basis for the rows without a query.
    """

    def __init__(self, scope: MatrixScope) -> None:
        self._scope = scope

    @cached_property
    def kind_of(self) -> dict[int, Kind]:
        """A map: id of a source → its kind, in the order of the source list."""
        return dict(self._scope.store.query("SELECT id, kind FROM sources ORDER BY position, id").fetchall())

    @cached_property
    def _touched(self) -> dict[int, tuple[int, ...]]:
        return source_rows.cases_by_source(self._scope.store)

    @cached_property
    def whole(self) -> CellBasis:
        codes = self._scope.codes
        return CellBasis(
            columns=list(self._columns_within(self._scope.bounds)),
            names={number: name for name, number in source_rows.source_ids(self._scope.store).items()},
            paths={code.id: code.path for code in codes},
            parents={code.id: code.parent for code in codes},
            needed={code.id: code.read_since for code in codes},
            topics=evidence_rows.topics(self._scope.store),
            touched=self._touched,
        )

    @cached_property
    def of_rows(self) -> list[CellBasis]:
        """A list with the basis for each row.

        The basis of a row with a query has only the sources, coders and rounds in which the query can find codings.
        """
        made: dict[QueryBounds, CellBasis] = {self._scope.bounds: self.whole}
        found = []
        for at in range(len(self._scope.definition.rows)):
            bounds = self._scope.bounds
            if at in self._scope.of_queries:
                bounds = bounds.within(self._scope.of_queries[at].bounds)
            if bounds not in made:
                made[bounds] = self.whole.with_columns(list(self._columns_within(bounds)))
            found.append(made[bounds])
        return found

    def _columns_within(self, bounds: QueryBounds) -> Iterator[BasisColumn]:
        """Yield the columns of the matrix, each with its sources and the times at which they were read.

        Sources, coders and rounds outside of `bounds` are left out, because a query can find no codings there. The
        sources are in the order of the source list. If the columns are coders, all columns have the same sources.
        """
        by, members = self._scope.columns
        counted = [
            number
            for number, kind in self.kind_of.items()
            if (not self._scope.kinds or kind in self._scope.kinds)
            and (bounds.sources is None or number in bounds.sources)
        ]
        names = {coder.id: coder.name for coder in study_rows.coders(self._scope.store)}
        if by == "coder":
            for label in self._scope.labels:
                yield BasisColumn(counted, self._times(members[label], bounds, names))
            return
        times = self._times(self._scope.coders, bounds, names)
        touching: dict[int, list[int]] = {}
        for source in counted:
            for case in self._touched.get(source, ()):
                touching.setdefault(case, []).append(source)
        rank = {source: at for at, source in enumerate(counted)}
        for label in self._scope.labels:
            own = members[label]
            if by == "case":
                sources = {source for case in own for source in touching.get(case, ())}
                yield BasisColumn(sorted(sources, key=rank.__getitem__), times, frozenset(own))
            elif by == "pair":
                cases, sources_of = unpaired(own)
                yield BasisColumn(sorted(rank.keys() & sources_of, key=rank.__getitem__), times, frozenset(cases))
            else:
                yield BasisColumn(sorted(rank.keys() & own, key=rank.__getitem__), times)

    def _times(self, coders: tuple[int, ...], bounds: QueryBounds, names: Mapping[int, str]) -> ReadTimes:
        coders, rounds = bounds.readers(coders, self._scope.rounds)
        whole, single = reading_rows.times(self._scope.store, coders, rounds)
        return ReadTimes(whole, single, tuple(names[coder] for coder in coders if coder in names))
