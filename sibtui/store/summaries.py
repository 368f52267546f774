"""Rows of summaries: texts that a coder writes about a matrix cell, or about a code in one case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sibtui.model.judgement_basis import JudgementBasis
from sibtui.model.summaries import Summary
from sibtui.store.study import coder_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sibtui.store.connection import Store

_TEXT = "s.text, c.name, s.at, s.basis, s.uid FROM summaries s JOIN coders c ON c.id = s.coder_id"


def of_matrix(store: Store, matrix: int) -> tuple[Summary, ...]:
    """Return the summaries of the cells of a matrix, row by row. A summary is a coder's text about a cell."""
    rows = store.query(
        f"SELECT r.label, coalesce(k.label_of, k.label), {_TEXT} JOIN matrix_rows r ON r.id = s.row_id"
        " JOIN (SELECT m.*, x.label AS label_of FROM matrix_columns m LEFT JOIN cases x ON x.id = m.case_id) k ON k.id = s.column_id"
        " WHERE r.matrix_id = ? ORDER BY r.position, r.id, k.position, k.id, c.name",
        (matrix,),
    )
    return tuple(
        Summary(text, coder, at, row=row, column=column, basis=_basis(basis), uid=uid)
        for row, column, text, coder, at, basis, uid in rows
    )


def of_codes(store: Store, paths: Mapping[int, str]) -> list[Summary]:
    """Return the summaries (coders' texts) that are about a code and a case, in the order of the codes in `paths`.

    `paths` maps the ids of all codes to codebook paths.
    """
    rows = store.query(
        f"SELECT s.code_id, x.label, {_TEXT} JOIN cases x ON x.id = s.case_id ORDER BY x.position, x.id, c.name"
    ).fetchall()
    order = {code: at for at, code in enumerate(paths)}
    return [
        Summary(text, coder, at, code=paths[code], case=case, basis=_basis(basis), uid=uid)
        for code, case, text, coder, at, basis, uid in sorted(rows, key=lambda row: order[row[0]])
    ]


def _basis(stored: str) -> JudgementBasis | None:
    return JudgementBasis.from_json(stored) if stored else None


def put_cell(store: Store, summary: Summary, row: int, column: int) -> None:
    """Store a coder's summary of a matrix cell. `row` and `column` are the ids of the cell's row and column.

    If the coder already has a summary of the cell, that summary gets the new text, and keeps its lasting id.
    """
    _put(store, summary, "row_id", row, "column_id", column)


def put_code(store: Store, summary: Summary, code: int, case: int) -> None:
    """Store a coder's summary of a code in a case.

    If the coder already has a summary of this code in this case, that summary gets the new text, and keeps its lasting
    id.
    """
    _put(store, summary, "code_id", code, "case_id", case)


def _put(store: Store, summary: Summary, one: str, first: int, other: str, second: int) -> None:
    values = (summary.text, summary.at, "" if summary.basis is None else summary.basis.to_json())
    cell = (first, second, coder_id(store, summary.coder))
    number = store.scalar(f"SELECT id FROM summaries WHERE {one} = ? AND {other} = ? AND coder_id = ?", cell)
    if number is not None:
        store.change("UPDATE summaries SET text = ?, at = ?, basis = ? WHERE id = ?", (*values, number))
        return
    store.change(
        f"INSERT INTO summaries ({one}, {other}, coder_id, text, at, basis, uid)"
        " VALUES (?, ?, ?, ?, ?, ?, coalesce(nullif(?, ''), lower(hex(randomblob(16)))))",
        (*cell, *values, summary.uid),
    )


def remove_cell(store: Store, row: int, column: int, coder: str) -> None:
    store.change(
        "DELETE FROM summaries WHERE row_id = ? AND column_id = ? AND coder_id = ?",
        (row, column, coder_id(store, coder)),
    )


def remove_code(store: Store, code: int, case: int, coder: str) -> None:
    store.change(
        "DELETE FROM summaries WHERE code_id = ? AND case_id = ? AND coder_id = ?", (code, case, coder_id(store, coder))
    )


def move(store: Store, column: str, old: int, new: int) -> None:
    """Move the summaries about the item with the id `old` to the item with the id `new`.

    `column` names the kind of item, such as `case_id`. If a coder has written about both items at the same place
    (for example, about both cases under the same code), the two texts are joined.
    """
    other = {"code_id": "case_id", "case_id": "code_id", "column_id": "row_id", "row_id": "column_id"}[column]
    store.change(
        f"UPDATE summaries SET {column} = :new WHERE {column} = :old AND NOT EXISTS (SELECT 1 FROM summaries n"
        f" WHERE n.{column} = :new AND n.{other} = summaries.{other} AND n.coder_id = summaries.coder_id)",
        {"old": old, "new": new},
    )
    both = store.query(
        f"SELECT n.id, n.text, o.id, o.text FROM summaries o JOIN summaries n ON n.{other} = o.{other} AND n.coder_id = o.coder_id"
        f" WHERE o.{column} = ? AND n.{column} = ?",
        (old, new),
    ).fetchall()
    for kept, text, moved, more in both:
        if text != more:
            set_text(store, kept, f"{text}\n\n{more}")
        store.change("DELETE FROM summaries WHERE id = ?", (moved,))


def texts(store: Store) -> Iterable[tuple[int, str]]:
    """Return (summary id, text) for each summary."""
    return store.query("SELECT id, text FROM summaries ORDER BY id").fetchall()


def set_text(store: Store, summary: int, text: str) -> None:
    store.change("UPDATE summaries SET text = ? WHERE id = ?", (text, summary))


def coding_places(store: Store, numbers: Iterable[int]) -> dict[int, tuple[str, int, int]]:
    """Return a map: id of a coding → (source, start, end). Codings that do not exist are left out."""
    found = {}
    for number in numbers:
        row = store.query(
            'SELECT s.name, c.start, c."end" FROM codings c JOIN sources s ON s.id = c.source_id WHERE c.id = ?',
            (number,),
        ).fetchone()
        if row is not None:
            found[number] = row
    return found


def coding_uids(store: Store, numbers: Iterable[int]) -> dict[int, str]:
    """Return a map: id of a coding → its lasting id, which is the same in all copies of the study.

    Removed codings are included, except those whose values in the history were erased.
    """
    wanted = json.dumps(list(numbers))
    removed = store.query(
        "SELECT i.row, json_extract(i.image, '$.uid') FROM images i JOIN acts a ON a.id = i.act WHERE i.tbl = 'codings'"
        " AND i.op = 'delete' AND a.state = 'done' AND i.row IN (SELECT value FROM json_each(?)) ORDER BY i.id",
        (wanted,),
    )
    found = {number: uid for number, uid in removed if uid}
    present = store.query("SELECT id, uid FROM codings WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    return found | dict(present.fetchall())


def removed_coding_places(store: Store, numbers: Iterable[int]) -> dict[int, tuple[int, int, int, int]]:
    """Return a map: id of a removed coding → (source id, version of its text, start, end) at the time of the removal.

    A coding is left out if its source is removed too, or if its values were erased.
    """
    from sibtui.store.changes import image_values

    images = store.query(
        "SELECT i.row, i.id, i.image FROM images i JOIN acts a ON a.id = i.act WHERE i.tbl = 'codings' AND i.op = 'delete'"
        " AND i.image IS NOT NULL AND a.state = 'done' AND i.row IN (SELECT value FROM json_each(?)) ORDER BY i.id",
        (json.dumps(list(numbers)),),
    ).fetchall()
    found: dict[int, tuple[int, int, int, int]] = {}
    for number, image, content in images:
        values = image_values(store, content)
        version = store.scalar(
            "SELECT max(version) FROM texts WHERE source_id = ? AND id NOT IN"
            " (SELECT row FROM images WHERE tbl = 'texts' AND op = 'insert' AND id > ?)",
            (values.get("source_id"), image),
        )
        found.pop(number, None)
        if version is not None:
            found[number] = values["source_id"], version, values["start"], values["end"]
    return found
