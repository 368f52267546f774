"""The codings of the cells of a matrix."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.project.tables.matrix_columns import unpaired
from sibtui.store import cases as case_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.records import Coding
    from sibtui.project.tables.cell_bases import CellBases
    from sibtui.project.tables.matrix_scope import MatrixScope


class CellCodings:
    def __init__(self, scope: MatrixScope, bases: CellBases) -> None:
        self._scope = scope
        self._bases = bases

    def codings(self, row: int, column: int) -> Iterator[Coding]:
        """Yield the codings of a cell. `row` and `column` are the indexes of the cell."""
        return self._read(self.selection(row, column), row)

    def _read(self, selection: coding_rows.Selection, row: int, *, contexts: bool = True) -> Iterator[Coding]:
        """Yield the codings that pass a filter and count for a row.

        Without `contexts`, the fields `before` and `after` of the codings are empty.
        """
        numbers = self._scope.row_numbers[row]
        for coding in coding_rows.codings(self._scope.store, selection, paths=self._paths, contexts=contexts):
            if numbers is None or coding.id in numbers:
                yield coding

    def codings_by_column(self, row: int, *, contexts: bool = True) -> Mapping[int, list[Coding]]:
        """Return a map for one row: index of a column → codings of the cell in this column.

        Columns without codings are left out. Without `contexts`, the fields `before` and `after` are empty.
        """
        by = self._scope.columns[0]
        found: dict[int, list[Coding]] = {}
        selection = coding_rows.Selection(
            codes=self._scope.row_codes[row],
            coders=self._scope.coders or None,
            kinds=self._scope.kinds or None,
            rounds=self._scope.rounds or None,
            without=self._without(row),
        )
        for coding in self._read(selection, row, contexts=contexts):
            for column in {self._column_of[name] for name in _members(coding, by) if name in self._column_of}:
                found.setdefault(column, []).append(coding)
        return found

    @cached_property
    def _column_of(self) -> dict[str | tuple[str, str], int]:
        """A map for the items of all columns: name of a case, source or coder → index of the column.

        If the columns are pairs of a case and a source, the keys are (label of the case, name of the source).
        """
        by, members = self._scope.grouping.by, self._scope.grouping.columns
        if by == "pair":
            labels = case_rows.labels(self._scope.store)
            names = {number: name for name, number in source_rows.source_ids(self._scope.store).items()}
            places = {member: unpaired([member]) for member in members}
            return {(labels[places[m][0][0]], names[places[m][1][0]]): column for m, column in members.items()}
        if by == "case":
            names = case_rows.labels(self._scope.store)
        elif by == "source":
            names = {number: name for name, number in source_rows.source_ids(self._scope.store).items()}
        else:
            names = {coder.id: coder.name for coder in study_rows.coders(self._scope.store)}
        return {names[member]: column for member, column in members.items()}

    def waiting(self, row: int, column: int) -> Iterator[Coding]:
        """Yield the codings that would be in a cell if they had a case of its column.

        They have a code of the row, but no case, and are in a source of the column.
        """
        basis = self._bases.of_rows[row].columns[column]
        selection = coding_rows.Selection(
            codes=self._scope.row_codes[row],
            sources=tuple(basis.sources) if basis.cases else (),
            coders=self._scope.coders or None,
            rounds=self._scope.rounds or None,
            unattributed=True,
            without=self._without(row),
        )
        return self._read(selection, row)

    def selection(self, row: int, column: int) -> coding_rows.Selection:
        """Return a filter for the codings of a cell. The queries of the row and the matrix are not part of the filter."""
        by, members = self._scope.columns
        chosen = members[self._scope.labels[column]]
        cases, sources = unpaired(chosen) if by == "pair" else (chosen, chosen)
        return coding_rows.Selection(
            codes=self._scope.row_codes[row],
            cases=cases if by in {"case", "pair"} else None,
            sources=sources if by in {"source", "pair"} else None,
            coders=self._coders_among(chosen) if by == "coder" else self._scope.coders or None,
            rounds=self._scope.rounds or None,
            kinds=self._scope.kinds or None,
            without=self._without(row),
        )

    def _without(self, row: int) -> tuple[int, ...]:
        return self._scope.settled if self._scope.row_numbers[row] is None else ()

    def _coders_among(self, column: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(coder for coder in column if not self._scope.coders or coder in self._scope.coders)

    @cached_property
    def _paths(self) -> dict[int, str]:
        return {code.id: code.path for code in self._scope.codes}


def _members(coding: Coding, by: str) -> Sequence[str | tuple[str, str]]:
    """Return the cases, source, coder or (case, source) pairs of a coding. `by` is the kind of the columns."""
    match by:
        case "case":
            return coding.cases
        case "source":
            return (coding.source,)
        case "pair":
            return [(case, coding.source) for case in coding.cases]
        case _:
            return (coding.coder,)
