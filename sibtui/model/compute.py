"""The computation of a matrix from counts of codings, from the sources read, and from the user's judgements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.arguments import choices
from sibtui.model.frozen import replace
from sibtui.model.matrix import Cell, Matrix, MatrixRow
from sibtui.model.presence import DEFAULT_MARKS, NOTHING, Evidence, Rule, fragility, state
from sibtui.model.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sibtui.model.cell_basis import CellBasis, CoveredBy, Gap
    from sibtui.model.evidence import EvidenceCounts
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition, Show
    from sibtui.model.presence import State

_Open = tuple[int, int, "CoveredBy"]
"""The key of a cell without evidence: (identity of its gaps, codings without a case, why its topic is covered).

A gap is a source that was not read.
"""


def compute_matrix(
    definition: MatrixDefinition,
    columns: Sequence[str],
    counted: Sequence[EvidenceCounts],
    bases: Sequence[CellBasis],
    codes: Sequence[tuple[int, ...]],
    *,
    first_note: int = 1,
) -> Matrix:
    """Return the matrix computed from its definition, without the judgements of the user (see `judged`).

    These arguments have one item per row:

    - `counted`: the counts of the row's codings, by column index.
    - `bases`: the facts about the sources, such as when they were read.
    - `codes`: the ids of the codes that the row counts.

    `first_note` is the number of the first footnote below the matrix.
    """
    marks = {name: definition.mark(name) for name in DEFAULT_MARKS}
    shared: dict[Rule, tuple[dict[int, Cell], dict[_Open, Cell]]] = {}
    rows = []
    for row, found, basis, own in zip(definition.rows, counted, bases, codes, strict=True):
        rule = row_rule(definition, row)
        made = shared.setdefault(rule, ({}, {}))
        rows.append(_RowMaker(rule, marks, basis, own, *made).row(row, found, len(columns)))
    return Matrix(
        definition.name,
        definition.title,
        tuple(columns),
        tuple(rows),
        definition.show,
        definition.rule,
        marks,
        first_note,
        judged_suffix=definition.judged_suffix,
    )


def row_rule(definition: MatrixDefinition, row: RowDefinition) -> Rule:
    if not row.needs:
        return definition.rule
    return replace(definition.rule, needs=tuple(dict.fromkeys((*definition.rule.needs, *row.needs))))


class _RowMaker:
    """Builds the cells of a row. Equal cells are built once and shared by all rows with the same rule.

    `filled` is a cache of cells with evidence. Its key is the `id()` of the evidence, because a hash of the evidence
    is slow. `empty` is a cache of cells without evidence.
    """

    def __init__(
        self,
        rule: Rule,
        marks: Mapping[State, str],
        basis: CellBasis,
        codes: tuple[int, ...],
        filled: dict[int, Cell],
        empty: dict[_Open, Cell],
    ) -> None:
        self._rule = rule
        self._marks = marks
        self._basis = basis
        self._codes = codes
        self._filled = filled
        self._empty = empty

    def row(self, definition: RowDefinition, counted: EvidenceCounts, columns: int) -> MatrixRow:
        cells = tuple(self._cell(at, counted) for at in range(columns))
        return MatrixRow(
            definition.label,
            cells,
            definition.note,
            definition.notes,
            choices("kind of source", definition.needs, KINDS),
        )

    def _cell(self, column: int, counted: EvidenceCounts) -> Cell:
        evidence = counted.cells.get(column)
        if evidence is None:
            return self._without_evidence(column, counted)
        cell = self._filled.get(id(evidence))
        if cell is None:
            cell = self._filled[id(evidence)] = self._made(
                evidence, state(evidence, self._rule, known=True, covered=True)
            )
        if cell.computed != "rejected":
            return cell
        return replace(cell, gaps=self._basis.gaps(column, self._codes), waiting=self._waiting(column, counted))

    def _without_evidence(self, column: int, counted: EvidenceCounts) -> Cell:
        gaps, waiting = self._basis.gaps(column, self._codes), self._waiting(column, counted)
        key = id(gaps), waiting, self._basis.covered_by(column, self._codes)
        cell = self._empty.get(key)
        if cell is None:
            computed = state(NOTHING, self._rule, known=not gaps and not waiting, covered=bool(key[2]))
            made = self._made(NOTHING, computed)
            cell = self._empty[key] = replace(made, gaps=gaps, waiting=waiting, covered_by=key[2])
        return cell

    def _waiting(self, column: int, counted: EvidenceCounts) -> int:
        """Return the number of codings of the row that are in the sources of the column and have no case yet."""
        if not counted.waiting or not self._basis.columns[column].cases:
            return 0
        return sum(counted.waiting.get(source, 0) for source in self._basis.columns[column].sources)

    def _made(self, evidence: Evidence, computed: State) -> Cell:
        firm = computed in {"present", "contested"}
        return Cell(
            state=computed,
            computed=computed,
            mark=self._marks[computed],
            quotes=evidence.quotes,
            sources=evidence.sources,
            tentative=evidence.tentative,
            counter=evidence.counter,
            fragility=fragility(evidence, self._rule) if firm else None,
            disputed=evidence.disputed,
        )


def judged(
    matrix: Matrix,
    row: int,
    column: int,
    judgement: Judgement,
    changes: tuple[str, ...],
    gaps: tuple[Gap, ...] = (),
) -> Matrix:
    """Return the matrix with the user's judgement on one cell, whose indexes are `row` and `column`.

    `changes` are clauses about changes of the cell since the judgement, and `gaps` are the unread sources.
    """
    line = matrix.rows[row]
    cell = replace(
        line.cells[column],
        state=judgement.verdict,
        mark=matrix.marks[judgement.verdict],
        judgement=judgement,
        changes=changes,
        gaps=gaps or line.cells[column].gaps,
        suffix=matrix.judged_suffix,
    )
    cells = (*line.cells[:column], cell, *line.cells[column + 1 :])
    rows = (*matrix.rows[:row], replace(line, cells=cells), *matrix.rows[row + 1 :])
    return replace(matrix, rows=rows)


def figures(matrix: Matrix) -> Matrix:
    """Return the matrix with numbers instead of marks in its cells.

    If the `show` of the matrix is "0/1", a present or contested cell shows 1. An incomplete cell and a cell with no
    data show their state in words. All other cells show 0.

    Any other `show` selects a number, such as the number of quotes or the share of the text in these quotes. If
    quotes or sources are counted, a cell that is computed as contested or rejected shows both sides, such as
    `2 : 1`, or `0 : 1` without supporting quotes. All other cells without supporting quotes keep their marks, and
    so does a cell without supporting quotes that a user has judged.
    """
    if matrix.show in {"row %", "column %"}:
        return _shares(matrix)
    write = _FIGURES[matrix.show]

    def figured(cell: Cell) -> Cell:
        if matrix.show == "0/1":
            return replace(cell, mark=write(cell))
        both = cell.computed in {"contested", "rejected"} and matrix.show in BOTH_SIDES
        if both and (cell.quotes or cell.judgement is None):
            return replace(cell, mark=f"{write(cell)} : {cell.counter}")
        return replace(cell, mark=write(cell)) if cell.quotes else cell

    rows = tuple(replace(row, cells=tuple(map(figured, row.cells))) for row in matrix.rows)
    return replace(matrix, rows=rows)


def _shares(matrix: Matrix) -> Matrix:
    """Return the matrix with percentages instead of marks.

    A percentage is the share of a cell in all quotes of its row or column. Cells without quotes keep their marks.
    """
    rows = [sum(cell.quotes for cell in row.cells) for row in matrix.rows]
    columns = [sum(row.cells[at].quotes for row in matrix.rows) for at in range(len(matrix.columns))]

    def share(cell: Cell, r: int, c: int) -> Cell:
        whole = rows[r] if matrix.show == "row %" else columns[c]
        return replace(cell, mark=f"{100 * cell.quotes / whole:.1f}") if cell.quotes else cell

    made = (
        replace(row, cells=tuple(share(cell, r, c) for c, cell in enumerate(row.cells)))
        for r, row in enumerate(matrix.rows)
    )
    return replace(matrix, rows=tuple(made))


def _zero_or_one(cell: Cell) -> str:
    if cell.state in {"present", "contested"}:
        return "1"
    return cell.state if cell.state in {"incomplete", "no data"} else "0"


BOTH_SIDES: tuple[Show, ...] = ("count", "sources", "count (sources)")
"""The values of `show` for which a cell can show two numbers: quotes for and quotes against."""

_FIGURES: dict[str, Callable[[Cell], str]] = {
    "count": lambda cell: str(cell.quotes),
    "sources": lambda cell: str(cell.sources),
    "count (sources)": lambda cell: f"{cell.quotes} ({cell.sources})",
    "0/1": _zero_or_one,
    "coverage": lambda cell: str(cell.characters),
    "coverage %": lambda cell: f"{100 * cell.characters / cell.length:.1f}" if cell.length else "0.0",
}
