"""Putting a matrix together: evidence, ground and judgements in, a `Matrix` out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.matrix import Cell, Matrix, Row
from sibtui.model.presence import DEFAULT_MARKS, NOTHING, Evidence, fragility, state

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sibtui.model.ground import Ground, Topic
    from sibtui.model.matrix import Judgement, MatrixDefinition
    from sibtui.model.presence import Rule, State

_NEVER_READ = ""  # sorts before every time


def assemble(
    definition: MatrixDefinition,
    columns: Sequence[str],
    evidence: Sequence[Mapping[int, Evidence]],
    ground: Ground,
    topics: Sequence[Topic],
    *,
    judgements: Sequence[Judgement] = (),
    stale: Collection[tuple[str, str]] = (),
    first_note: int = 1,
) -> Matrix:
    """The computed matrix. `evidence[r]` maps the columns (indexes) of row r that have any to it; `stale` names judged cells."""
    marks = {name: definition.mark(name) for name in DEFAULT_MARKS}
    judged = {(judgement.row, judgement.column): judgement for judgement in judgements}
    make = _cell_maker(definition.rule, marks)
    # By identity: in a large matrix most cells share their evidence with others, and hashing it would take longer than all the rest.
    different = {id(one): one for found in evidence for one in found.values()}
    filled = {number: make(one, True, True) for number, one in different.items()}
    read_until = [end if end is not None else _NEVER_READ for end in ground.read_until()]
    rows = []
    for row, found, topic in zip(definition.rows, evidence, topics, strict=True):
        cells = [
            filled[id(found[at])] if at in found else make(NOTHING, topic.since <= end, ground.covered(at, topic))
            for at, end in enumerate(read_until)
        ]
        for at, label in enumerate(columns):
            if (row.label, label) in judged:
                cells[at] = _judged(cells[at], judged[row.label, label], marks, (row.label, label) in stale)
        rows.append(Row(row.label, tuple(cells), row.note, row.notes))
    return Matrix(
        definition.name,
        definition.title,
        tuple(columns),
        tuple(rows),
        definition.show,
        definition.rule,
        marks,
        first_note,
    )


def _cell_maker(rule: Rule, marks: Mapping[State, str]) -> Callable[[Evidence, bool, bool], Cell]:
    """Makes cells, each distinct one once: in a large matrix most are alike."""
    made: dict[tuple[Evidence, bool, bool], Cell] = {}

    def make(evidence: Evidence, read: bool, covered: bool) -> Cell:
        key = (evidence, read, covered)
        cell = made.get(key)
        if cell is None:
            computed = state(evidence, rule, read=read, covered=covered)
            cell = made[key] = Cell(
                state=computed,
                computed=computed,
                mark=marks[computed],
                quotes=evidence.quotes,
                sources=evidence.sources,
                tentative=evidence.tentative,
                counter=evidence.counter,
                fragility=fragility(evidence, rule) if computed == "present" else None,
            )
        return cell

    return make


def _judged(cell: Cell, judgement: Judgement, marks: Mapping[State, str], stale: bool) -> Cell:
    return replace(cell, state=judgement.verdict, mark=marks[judgement.verdict], judgement=judgement, stale=stale)


def figures(matrix: Matrix) -> Matrix:
    """The matrix with figures for marks, as its `show` says: counts of firm supporting quotes, of their sources, or both.

    Where there is nothing to count the mark of the state stays, so that "rejected" is not taken for "nothing found"; a cell that was judged
    present without a firm quote has 0.
    """
    write = _FIGURES[matrix.show]

    def figured(cell: Cell) -> Cell:
        if cell.quotes:
            return replace(cell, mark=write(cell))
        return replace(cell, mark="0") if cell.state in {"present", "contested"} else cell

    rows = tuple(replace(row, cells=tuple(map(figured, row.cells))) for row in matrix.rows)
    return replace(matrix, rows=rows)


_FIGURES: dict[str, Callable[[Cell], str]] = {
    "count": lambda cell: str(cell.quotes),
    "sources": lambda cell: str(cell.sources),
    "count (sources)": lambda cell: f"{cell.quotes} ({cell.sources})",
    "coverage": lambda cell: str(cell.characters),
}
