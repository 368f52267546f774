"""A matrix as JSON: everything that is known of each cell, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.formats.json_text import dumps
from sibtui.formats.matrix_parts import legend

if TYPE_CHECKING:
    from sibtui.model.matrix import Cell, Matrix, Numbered


def render(matrix: Matrix) -> str:
    """The matrix as one object; texts are as they are, not made inert."""
    numbered = matrix.numbered()
    value = {
        "name": matrix.name,
        "title": matrix.title,
        "columns": matrix.columns,
        "rows": [_row(matrix, numbered, at) for at in range(len(matrix.rows))],
        "notes": {str(number): text for number, text in numbered.texts.items()},
        "legend": legend(matrix),
        "rule": {"quotes": matrix.rule.quotes, "sources": matrix.rule.sources},
        "show": matrix.show,
    }
    return dumps(value)


def _row(matrix: Matrix, numbered: Numbered, at: int) -> dict[str, Any]:
    row = matrix.rows[at]
    cells = {
        column: _cell(cell, _listed(numbered.cells.get((at, index))), coverage=matrix.show == "coverage")
        for index, (column, cell) in enumerate(zip(matrix.columns, row.cells, strict=True))
    }
    return {"label": row.label, "notes": _listed(numbered.labels.get(at)), "cells": cells}


def _listed(number: int | None) -> list[int]:
    return [] if number is None else [number]


def _cell(cell: Cell, notes: list[int], *, coverage: bool) -> dict[str, Any]:
    return {
        "state": cell.state,
        "computed": cell.computed,
        "mark": cell.mark,
        "quotes": cell.quotes,
        "sources": cell.sources,
        "tentative": cell.tentative,
        "counter": cell.counter,
        **({"characters": cell.characters} if coverage else {}),
        "notes": notes,
        "judged": _judged(cell),
        "fragility": cell.fragility,
    }


def _judged(cell: Cell) -> dict[str, Any] | None:
    if (judgement := cell.judgement) is None:
        return None
    return {
        "verdict": judgement.verdict,
        "because": judgement.because,
        "coder": judgement.coder,
        "at": judgement.at,
        "stale": cell.stale,
    }
