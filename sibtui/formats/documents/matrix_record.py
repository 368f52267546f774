"""The JSON value of a matrix for other programs, with all facts about each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.formats.documents.matrix_parts import legend
from sibtui.model.matrix_definition import SUMMARY_SHOWS

if TYPE_CHECKING:
    from sibtui.model.matrix import Cell, CellSummary, LinkedQuote, Matrix, Numbered
    from sibtui.model.matrix_definition import Show


def record(matrix: Matrix) -> dict[str, Any]:
    """Return a matrix as a value for JSON. Control characters in texts are not replaced."""
    numbered = matrix.numbered()
    return {
        "name": matrix.name,
        "title": matrix.title,
        "columns": matrix.columns,
        "rows": [_row(matrix, numbered, at) for at in range(len(matrix.rows))],
        "notes": {str(number): text for number, text in numbered.texts.items()},
        "legend": legend(matrix),
        "rule": {
            "quotes": matrix.rule.quotes,
            "sources": matrix.rule.sources,
            "kinds": matrix.rule.kinds,
            "needs": matrix.rule.needs,
        },
        "about": [{"line": name, "text": text} for name, text in matrix.about],
        "judged_suffix": matrix.judged_suffix,
        "show": matrix.show,
        **({"quotes": [_quote(quote) for quote in matrix.linked]} if matrix.show in SUMMARY_SHOWS else {}),
    }


def _quote(quote: LinkedQuote) -> dict[str, Any]:
    return {
        "number": quote.number,
        "quote": quote.words,
        "source": quote.source,
        "place": quote.place,
        "code": quote.code or None,
        "coding": quote.coding,
    }


def _row(matrix: Matrix, numbered: Numbered, at: int) -> dict[str, Any]:
    row = matrix.rows[at]
    cells = {
        column: _cell(cell, _numbers(numbered.cells.get((at, index))), matrix.show)
        for index, (column, cell) in enumerate(zip(matrix.columns, row.cells, strict=True))
    }
    return {"label": row.label, "needs": row.needs, "notes": _numbers(numbered.labels.get(at)), "cells": cells}


def _numbers(number: int | None) -> list[int]:
    return [] if number is None else [number]


def _cell(cell: Cell, notes: list[int], show: Show) -> dict[str, Any]:
    return {
        "state": cell.state,
        "computed": cell.computed,
        "mark": cell.mark,
        "quotes": cell.quotes,
        "sources": cell.sources,
        "tentative": cell.tentative,
        "counter": cell.counter,
        "disputed": cell.disputed,
        "reasons": cell.reasons,
        "waiting": cell.waiting,
        "covered_by": cell.covered_by or None,
        **({"characters": cell.characters, "length": cell.length} if show.startswith("coverage") else {}),
        **({"summaries": list(map(_summary, cell.summaries))} if show in SUMMARY_SHOWS else {}),
        "notes": notes,
        "judged": _judgement(cell),
        "fragility": cell.fragility,
    }


def _summary(summary: CellSummary) -> dict[str, Any]:
    return {
        "text": summary.text,
        "coder": summary.coder,
        "at": summary.at,
        "stale": bool(summary.changes),
        "changed": summary.changes,
    }


def _judgement(cell: Cell) -> dict[str, Any] | None:
    if (judgement := cell.judgement) is None:
        return None
    return {
        "verdict": judgement.verdict,
        "because": judgement.because,
        "coder": judgement.coder,
        "at": judgement.at,
        "stale": cell.stale,
        "changed": cell.changes,
    }
