"""Saved matrices: their rows, columns, marks, notes and judgements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.matrix import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.presence import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.store.connection import Store

_COLUMN = "coalesce(c.label, k.label) FROM matrix_columns k LEFT JOIN cases c ON c.id = k.case_id"


def names(store: Store) -> dict[str, int]:
    """Name → id, in order."""
    return dict(store.query("SELECT name, id FROM matrices ORDER BY position, id").fetchall())


def columns(store: Store) -> dict[str, str]:
    """Name → what stands in the columns: `cases`, `attribute:NAME` …"""
    return dict(store.query("SELECT name, columns FROM matrices ORDER BY position, id").fetchall())


def set_columns(store: Store, name: str, columns: str) -> None:
    store.change("UPDATE matrices SET columns = ? WHERE name = ?", (columns, name))


def definition(store: Store, matrix: int, paths: Mapping[int, str]) -> MatrixDefinition:
    """A saved matrix. `paths` maps code ids to paths, in the codebook's order."""
    name, title, columns, show, quotes, sources = store.query(
        "SELECT name, title, columns, show, min_quotes, min_sources FROM matrices WHERE id = ?", (matrix,)
    ).fetchone()
    return MatrixDefinition(
        name=name,
        title=title,
        rows=_rows(store, matrix, paths),
        columns=columns,
        only=tuple(
            row[0]
            for row in store.query(
                f"SELECT {_COLUMN} WHERE k.matrix_id = ? AND k.picked ORDER BY k.position", (matrix,)
            )
        ),
        show=show,
        rule=Rule(quotes, sources),
        marks=dict(
            store.query("SELECT state, mark FROM matrix_marks WHERE matrix_id = ? ORDER BY id", (matrix,)).fetchall()
        ),
        judgements=_judgements(store, matrix),
    )


def _rows(store: Store, matrix: int, paths: Mapping[int, str]) -> tuple[RowDefinition, ...]:
    order = {code: at for at, code in enumerate(paths)}
    codes: dict[int, list[int]] = {}
    for row, code in store.query(
        "SELECT rc.row_id, rc.code_id FROM matrix_row_codes rc JOIN matrix_rows r ON r.id = rc.row_id"
        " WHERE r.matrix_id = ? ORDER BY rc.id",
        (matrix,),
    ):
        codes.setdefault(row, []).append(code)
    notes: dict[int, dict[str, str]] = {}
    for row, text, column in store.query(
        f"SELECT n.row_id, n.text, {_COLUMN} JOIN matrix_notes n ON n.column_id = k.id"
        " WHERE k.matrix_id = ? ORDER BY k.position, k.id",
        (matrix,),
    ):
        notes.setdefault(row, {})[column] = text
    return tuple(
        RowDefinition(
            label,
            tuple(paths[code] for code in sorted(codes.get(row, ()), key=order.__getitem__)),
            bool(subcodes),
            note,
            notes.get(row, {}),
        )
        for row, label, subcodes, note in store.query(
            "SELECT id, label, subcodes, note FROM matrix_rows WHERE matrix_id = ? ORDER BY position, id", (matrix,)
        )
    )


def _judgements(store: Store, matrix: int) -> tuple[Judgement, ...]:
    rows = store.query(
        "SELECT r.label, j.verdict, j.because, j.coder, j.at, j.fingerprint,"
        f" {_COLUMN} JOIN judgements j ON j.column_id = k.id JOIN matrix_rows r ON r.id = j.row_id"
        " WHERE k.matrix_id = ? ORDER BY r.position, r.id, k.position, k.id",
        (matrix,),
    )
    return tuple(Judgement(row, column, *rest) for row, *rest, column in rows)


def put(store: Store, definition: MatrixDefinition, codes: Mapping[str, int], cases: Mapping[str, int]) -> int:
    """Save a matrix, in the place of one with the same name if there is one. Names are resolved by `codes` and `cases`."""
    position = store.one("SELECT position FROM matrices WHERE name = ?", (definition.name,))
    memos = _detach_memos(store, definition.name)
    store.change("DELETE FROM matrices WHERE name = ?", (definition.name,))
    matrix = store.change(
        "INSERT INTO matrices (name, title, columns, show, min_quotes, min_sources, position)"
        " VALUES (?, ?, ?, ?, ?, ?, coalesce(?, 1 + (SELECT coalesce(max(position), 0) FROM matrices)))",
        (
            definition.name, definition.title, definition.columns, definition.show,
            definition.rule.quotes, definition.rule.sources, position,
        ),
    )  # fmt: skip
    store.change_many(
        "UPDATE memos SET target = 'matrix', matrix_id = ? WHERE id = ?", [(matrix, memo) for memo in memos]
    )
    store.change_many(
        "INSERT INTO matrix_marks (matrix_id, state, mark) VALUES (?, ?, ?)",
        [(matrix, state, mark) for state, mark in definition.marks.items()],
    )
    for label in definition.only:
        column_id(store, matrix, definition.columns, label, cases, picked=True)
    for position, row in enumerate(definition.rows, 1):
        _put_row(store, matrix, definition.columns, position, row, codes, cases)
    for judgement in definition.judgements:
        judge(store, matrix, definition.columns, judgement, cases)
    return matrix


def _detach_memos(store: Store, name: str) -> list[int]:
    """Take the memos off a matrix that is about to be replaced, so that they are not deleted with it."""
    found = [
        row[0]
        for row in store.query(
            "SELECT m.id FROM memos m JOIN matrices x ON x.id = m.matrix_id WHERE x.name = ?", (name,)
        )
    ]
    store.change_many("UPDATE memos SET target = 'project', matrix_id = NULL WHERE id = ?", [(memo,) for memo in found])
    return found


def _put_row(
    store: Store,
    matrix: int,
    columns: str,
    position: int,
    row: RowDefinition,
    codes: Mapping[str, int],
    cases: Mapping[str, int],
) -> None:
    number = store.change(
        "INSERT INTO matrix_rows (matrix_id, label, subcodes, note, position) VALUES (?, ?, ?, ?, ?)",
        (matrix, row.label, int(row.subcodes), row.note, position),
    )
    store.change_many(
        "INSERT INTO matrix_row_codes (row_id, code_id) VALUES (?, ?)", [(number, codes[path]) for path in row.codes]
    )
    for label, text in row.notes.items():
        column = column_id(store, matrix, columns, label, cases)
        store.change("INSERT INTO matrix_notes (row_id, column_id, text) VALUES (?, ?, ?)", (number, column, text))


def column_id(
    store: Store, matrix: int, columns: str, label: str, cases: Mapping[str, int], *, picked: bool = False
) -> int:
    """The row that stands for a column of a matrix; made when it is not there. A case column follows its case's label."""
    case = cases[label] if columns == "cases" else None
    own = "" if case is not None else label
    found = store.one(
        "SELECT id FROM matrix_columns WHERE matrix_id = ? AND case_id IS ? AND label = ?", (matrix, case, own)
    )
    if found is not None:
        return int(found)
    return store.change(
        "INSERT INTO matrix_columns (matrix_id, case_id, label, picked, position)"
        " VALUES (?1, ?2, ?3, ?4, 1 + (SELECT coalesce(max(position), 0) FROM matrix_columns WHERE matrix_id = ?1))",
        (matrix, case, own, int(picked)),
    )


def rename_column(store: Store, columns: str, old: str, new: str) -> None:
    """Let the matrices with such columns (`sources`) know one by its new label, with its notes and judgements."""
    store.change(
        "UPDATE matrix_columns SET label = ? WHERE label = ? AND matrix_id IN (SELECT id FROM matrices WHERE columns = ?)",
        (new, old, columns),
    )


def remove_column(store: Store, columns: str, label: str) -> None:
    """Take a column out of the matrices with such columns (`sources`), with its notes and judgements."""
    store.change(
        "DELETE FROM matrix_columns WHERE label = ? AND matrix_id IN (SELECT id FROM matrices WHERE columns = ?)",
        (label, columns),
    )


def judge(store: Store, matrix: int, columns: str, judgement: Judgement, cases: Mapping[str, int]) -> None:
    """Record a judgement, in the place of an earlier one on the same cell."""
    row = store.one("SELECT id FROM matrix_rows WHERE matrix_id = ? AND label = ?", (matrix, judgement.row))
    column = column_id(store, matrix, columns, judgement.column, cases)
    store.change("DELETE FROM judgements WHERE row_id = ? AND column_id = ?", (row, column))
    store.change(
        "INSERT INTO judgements (row_id, column_id, verdict, because, coder, at, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row, column, judgement.verdict, judgement.because, judgement.coder, judgement.at, judgement.fingerprint),
    )


def unjudge(store: Store, matrix: int, row: str, column: str) -> None:
    """Take a judgement back: the cell shows what is computed."""
    store.change(
        "DELETE FROM judgements WHERE row_id = (SELECT id FROM matrix_rows WHERE matrix_id = ?1 AND label = ?2)"
        " AND column_id IN (SELECT k.id FROM matrix_columns k LEFT JOIN cases c ON c.id = k.case_id"
        " WHERE k.matrix_id = ?1 AND coalesce(c.label, k.label) = ?3)",
        (matrix, row, column),
    )


def remove(store: Store, matrix: int) -> None:
    store.change("DELETE FROM matrices WHERE id = ?", (matrix,))
