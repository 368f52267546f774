"""The stored parts of matrices: definitions, columns, marks, and the footnotes, judgements and summaries of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.judgement_basis import JudgementBasis
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.presence import Rule
from sibtui.store import summaries as summary_rows
from sibtui.store.study import coder_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.summaries import Summary
    from sibtui.store.connection import Store

_COLUMN_LABEL = "coalesce(c.label, k.label)"
_COLUMN = f"{_COLUMN_LABEL} FROM matrix_columns k LEFT JOIN cases c ON c.id = k.case_id"


def names(store: Store) -> dict[str, int]:
    """Return a map: name of a matrix → its id, in the order of the matrix list."""
    return dict(store.query("SELECT name, id FROM matrices ORDER BY position, id").fetchall())


def columns(store: Store) -> dict[str, str]:
    """Return a map: name of a matrix → kind of its columns, in the order of the matrix list.

    The kind is a text such as `cases` or `attribute:NAME`.
    """
    return dict(store.query("SELECT name, columns FROM matrices ORDER BY position, id").fetchall())


def set_columns(store: Store, name: str, columns: str) -> None:
    store.change("UPDATE matrices SET columns = ? WHERE name = ?", (columns, name))


def set_name(store: Store, matrix: int, name: str) -> None:
    store.change("UPDATE matrices SET name = ? WHERE id = ?", (name, matrix))


def definition(store: Store, matrix: int, paths: Mapping[int, str]) -> MatrixDefinition:
    """Return the definition of the saved matrix with the id `matrix`.

    `paths` maps all code ids to codebook paths, in the order of the codebook.
    """
    name, title, columns, show, quotes, sources, uid, *more = store.query(
        "SELECT name, title, columns, show, min_quotes, min_sources, uid, min_kinds, needs, leave_out, judged_suffix, rows_from,"
        " rows_below FROM matrices WHERE id = ?",
        (matrix,),
    ).fetchone()
    kinds, needs, leave_out, judged_suffix, rows_from, below = more
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
        rule=Rule(quotes, sources, kinds, _parts(needs)),
        marks=dict(
            store.query("SELECT state, mark FROM matrix_marks WHERE matrix_id = ? ORDER BY id", (matrix,)).fetchall()
        ),
        judgements=_judgements(store, matrix),
        uid=uid,
        leave_out=_parts(leave_out),
        judged_suffix=judged_suffix,
        rows_from=rows_from,
        rows_below="" if below is None else paths[below],
        kinds=_kinds(store, matrix),
        coders=_coders(store, matrix),
        summaries=summary_rows.of_matrix(store, matrix),
    )


def _kinds(store: Store, matrix: int) -> tuple[Any, ...]:
    rows = store.query(
        "SELECT kind FROM matrix_evidence WHERE matrix_id = ? AND kind IS NOT NULL ORDER BY id", (matrix,)
    )
    return tuple(row[0] for row in rows)


def _coders(store: Store, matrix: int) -> tuple[str, ...]:
    rows = store.query(
        "SELECT c.name FROM matrix_evidence e JOIN coders c ON c.id = e.coder_id WHERE e.matrix_id = ? ORDER BY e.id",
        (matrix,),
    )
    return tuple(row[0] for row in rows)


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
            _parts(needs),
            "" if row in codes else query or "",  # a row with codes counts these, as before rows could have a query
        )
        for row, label, subcodes, note, needs, query in store.query(
            "SELECT r.id, r.label, r.subcodes, r.note, r.needs, q.name FROM matrix_rows r LEFT JOIN queries q ON q.id = r.query_id"
            " WHERE r.matrix_id = ? ORDER BY r.position, r.id",
            (matrix,),
        )
    )


def _judgements(store: Store, matrix: int) -> tuple[Judgement, ...]:
    rows = store.query(
        "SELECT r.label, j.verdict, j.because, j.coder, j.at, j.fingerprint, j.basis,"
        f" {_COLUMN} JOIN judgements j ON j.column_id = k.id JOIN matrix_rows r ON r.id = j.row_id"
        " WHERE k.matrix_id = ? ORDER BY r.position, r.id, k.position, k.id",
        (matrix,),
    )
    return tuple(
        Judgement(*(row, column, *rest, JudgementBasis.from_json(basis) if basis else None))
        for row, *rest, basis, column in rows
    )


def _parts(joined: str) -> tuple[Any, ...]:
    """Return the lines of a stored text as a tuple; an empty tuple for an empty text."""
    return tuple(joined.split("\n")) if joined else ()


def put(store: Store, definition: MatrixDefinition, codes: Mapping[str, int], cases: Mapping[str, int]) -> int:
    """Save a matrix, and return its id. If a saved matrix has the same name, it is replaced.

    `codes` maps codebook paths to code ids. `cases` maps case labels to case ids.
    """
    position = store.scalar("SELECT position FROM matrices WHERE name = ?", (definition.name,))
    uid = store.scalar("SELECT uid FROM matrices WHERE name = ?", (definition.name,)) or definition.uid
    memos = _detach_memos(store, definition.name)
    store.change("DELETE FROM matrices WHERE name = ?", (definition.name,))
    matrix = store.change(
        "INSERT INTO matrices (name, title, columns, show, min_quotes, min_sources, min_kinds, needs, leave_out, judged_suffix,"
        " rows_from, rows_below, uid, position)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(nullif(?, ''), lower(hex(randomblob(16)))), coalesce(?, 1 + (SELECT coalesce(max(position), 0) FROM matrices)))",
        (
            definition.name, definition.title, definition.columns, definition.show,
            definition.rule.quotes, definition.rule.sources, definition.rule.kinds, "\n".join(definition.rule.needs),
            "\n".join(definition.leave_out), definition.judged_suffix, definition.rows_from,
            codes[definition.rows_below] if definition.rows_below else None, uid, position,
        ),
    )  # fmt: skip
    store.change_many(
        "UPDATE memos SET target = 'matrix', matrix_id = ? WHERE id = ?", [(matrix, memo) for memo in memos]
    )
    store.change_many(
        "INSERT INTO matrix_marks (matrix_id, state, mark) VALUES (?, ?, ?)",
        [(matrix, state, mark) for state, mark in definition.marks.items()],
    )
    evidence: list[tuple[str | None, int | None]] = [(kind, None) for kind in definition.kinds]
    evidence += [(None, coder_id(store, name)) for name in definition.coders]
    store.change_many(
        "INSERT INTO matrix_evidence (matrix_id, kind, coder_id) VALUES (?, ?, ?)",
        [(matrix, kind, coder) for kind, coder in evidence],
    )
    for label in definition.only:
        column_id(store, matrix, definition.columns, label, cases, picked=True)
    for position, row in enumerate(definition.rows, 1):
        _put_row(store, matrix, definition.columns, position, row, codes, cases)
    for judgement in definition.judgements:
        judge(store, matrix, definition.columns, judgement, cases)
    for summary in definition.summaries:
        summarise(store, matrix, definition.columns, summary, cases)
    return matrix


def _detach_memos(store: Store, name: str) -> list[int]:
    """Attach the memos of a matrix to the project, and return their ids. SQLite would delete them with the matrix."""
    memos = [
        row[0]
        for row in store.query(
            "SELECT m.id FROM memos m JOIN matrices x ON x.id = m.matrix_id WHERE x.name = ?", (name,)
        )
    ]
    store.change_many("UPDATE memos SET target = 'project', matrix_id = NULL WHERE id = ?", [(memo,) for memo in memos])
    return memos


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
        "INSERT INTO matrix_rows (matrix_id, label, subcodes, note, needs, position, query_id)"
        " VALUES (?, ?, ?, ?, ?, ?, (SELECT id FROM queries WHERE name = ?))",
        (matrix, row.label, int(row.subcodes), row.note, "\n".join(row.needs), position, row.query),
    )
    store.change_many(
        "INSERT INTO matrix_row_codes (row_id, code_id) VALUES (?, ?)", [(number, codes[path]) for path in row.codes]
    )
    for label, text in row.notes.items():
        column = column_id(store, matrix, columns, label, cases)
        store.change("INSERT INTO matrix_notes (row_id, column_id, text) VALUES (?, ?, ?)", (number, column, text))


def add_row(
    store: Store, matrix: int, columns: str, row: RowDefinition, codes: Mapping[str, int], cases: Mapping[str, int]
) -> None:
    """Add a row at the end of a matrix. Nothing happens if the matrix has a row with the same label.

    `columns` is the kind of the matrix's columns, such as `cases`. `codes` maps codebook paths to code ids, and `cases`
    maps case labels to case ids.
    """
    labels = dict(store.query("SELECT label, position FROM matrix_rows WHERE matrix_id = ?", (matrix,)).fetchall())
    if row.label not in labels:
        _put_row(store, matrix, columns, 1 + max(labels.values(), default=0), row, codes, cases)


def remove_row(store: Store, matrix: int, label: str) -> None:
    store.change("DELETE FROM matrix_rows WHERE matrix_id = ? AND label = ?", (matrix, label))


def set_label(store: Store, row: int, label: str) -> None:
    store.change("UPDATE matrix_rows SET label = ? WHERE id = ?", (label, row))


def labels(store: Store) -> set[tuple[int, str]]:
    """Return (matrix id, row label) for each stored row of all matrices."""
    return set(store.query("SELECT matrix_id, label FROM matrix_rows").fetchall())


def rows_of_one_code(store: Store) -> list[tuple[int, int, str, int]]:
    """Return (row id, matrix id, row label, code id) for each stored row with exactly one code.

    Only matrices whose rows follow the codebook are searched.
    """
    return store.query(
        "SELECT r.id, r.matrix_id, r.label, min(c.code_id) FROM matrix_rows r JOIN matrices m ON m.id = r.matrix_id"
        " JOIN matrix_row_codes c ON c.row_id = r.id WHERE m.rows_from <> '' GROUP BY r.id HAVING count(*) = 1"
        " ORDER BY m.position, r.position, r.id"
    ).fetchall()


def rows_on(store: Store, query: int) -> list[tuple[str, str]]:
    """Return (matrix, row label) for each row that shows the codings of the saved query with the id `query`."""
    return store.query(
        "SELECT m.name, r.label FROM matrix_rows r JOIN matrices m ON m.id = r.matrix_id WHERE r.query_id = ?"
        " ORDER BY m.position, r.position",
        (query,),
    ).fetchall()


def query_rows(store: Store) -> list[tuple[str, str, str]]:
    """Return (query, matrix, row label) for each matrix row that shows the codings of a saved query, not of codes."""
    return store.query(
        "SELECT q.name, m.name, r.label FROM matrix_rows r JOIN matrices m ON m.id = r.matrix_id JOIN queries q ON q.id = r.query_id"
        " ORDER BY m.position, r.position, r.id"
    ).fetchall()


def below(store: Store, code: int) -> list[str]:
    """Return the names of the matrices whose rows are the codes below the code with the id `code`."""
    return [
        row[0] for row in store.query("SELECT name FROM matrices WHERE rows_below = ? ORDER BY position, id", (code,))
    ]


def column_id(
    store: Store, matrix: int, columns: str, label: str, cases: Mapping[str, int], *, picked: bool = False
) -> int:
    """Return the id of the column with this label in a matrix. Insert the column if the matrix does not have it.

    `columns` is the kind of the matrix's columns, such as `cases`. A column for a case is stored with the id of the
    case and without a label, because the case may be renamed. `picked` marks an inserted column as chosen by the
    researcher: if a matrix has such columns, only these are shown.
    """
    case = cases[label] if columns == "cases" else None
    stored_label = "" if case is not None else label
    column = store.scalar(
        "SELECT id FROM matrix_columns WHERE matrix_id = ? AND case_id IS ? AND label = ?", (matrix, case, stored_label)
    )
    if column is not None:
        return int(column)
    return store.change(
        "INSERT INTO matrix_columns (matrix_id, case_id, label, picked, position)"
        " VALUES (?, ?, ?, ?, 1 + (SELECT coalesce(max(position), 0) FROM matrix_columns WHERE matrix_id = ?))",
        (matrix, case, stored_label, int(picked), matrix),
    )


def rename_column(store: Store, columns: str, old: str, new: str) -> None:
    """Rename a column in all matrices whose columns are of the kind `columns`, such as `sources`."""
    store.change(
        "UPDATE matrix_columns SET label = ? WHERE label = ? AND matrix_id IN (SELECT id FROM matrices WHERE columns = ?)",
        (new, old, columns),
    )


def remove_column(store: Store, columns: str, label: str) -> None:
    """Remove a column, with its footnotes, judgements and summaries, from all matrices with columns of the kind `columns`."""
    store.change(
        "DELETE FROM matrix_columns WHERE label = ? AND matrix_id IN (SELECT id FROM matrices WHERE columns = ?)",
        (label, columns),
    )


def with_chosen_columns(store: Store) -> list[str]:
    """Return the names of the matrices that show only chosen columns, in the order of the matrix list."""
    rows = store.query(
        "SELECT m.name FROM matrices m WHERE EXISTS (SELECT 1 FROM matrix_columns k WHERE k.matrix_id = m.id AND k.picked)"
        " ORDER BY m.position, m.id"
    )
    return [name for (name,) in rows]


def with_only_column(store: Store, columns: str, label: str) -> list[str]:
    """Return the names of the matrices whose only chosen column has this label.

    `columns` is the kind of their columns, such as `sources`.
    """
    rows = store.query(
        f"SELECT m.name FROM matrix_columns k LEFT JOIN cases c ON c.id = k.case_id JOIN matrices m ON m.id = k.matrix_id"
        " WHERE m.columns = ? AND k.picked GROUP BY m.id"
        f" HAVING min({_COLUMN_LABEL}) = ? AND max({_COLUMN_LABEL}) = ? ORDER BY m.position, m.id",
        (columns, label, label),
    )
    return [name for (name,) in rows]


def cell_text_counts(store: Store) -> tuple[int, int]:
    """Return (number of judgements, number of summaries) of the whole study."""
    [counts] = store.query("SELECT (SELECT count(*) FROM judgements), (SELECT count(*) FROM summaries)").fetchall()
    return counts[0], counts[1]


def judge(store: Store, matrix: int, columns: str, judgement: Judgement, cases: Mapping[str, int]) -> None:
    """Store a researcher's judgement on a cell: the state that the cell shall show, with a reason.

    An earlier judgement on the cell is removed. `columns` is the kind of the matrix's columns, such as `cases`. `cases`
    maps case labels to case ids.
    """
    row = store.scalar("SELECT id FROM matrix_rows WHERE matrix_id = ? AND label = ?", (matrix, judgement.row))
    column = column_id(store, matrix, columns, judgement.column, cases)
    store.change("DELETE FROM judgements WHERE row_id = ? AND column_id = ?", (row, column))
    store.change(
        "INSERT INTO judgements (row_id, column_id, verdict, because, coder, at, fingerprint, basis)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row,
            column,
            judgement.verdict,
            judgement.because,
            judgement.coder,
            judgement.at,
            judgement.fingerprint,
            "" if judgement.basis is None else judgement.basis.to_json(),
        ),
    )


def unjudge(store: Store, matrix: int, row: str, column: str) -> None:
    """Remove the researcher's judgement on a cell, so that the cell has its computed state again."""
    store.change(
        "DELETE FROM judgements WHERE row_id = (SELECT id FROM matrix_rows WHERE matrix_id = ? AND label = ?)"
        " AND column_id IN (SELECT k.id FROM matrix_columns k LEFT JOIN cases c ON c.id = k.case_id"
        " WHERE k.matrix_id = ? AND coalesce(c.label, k.label) = ?)",
        (matrix, row, matrix, column),
    )


def summarise(store: Store, matrix: int, columns: str, summary: Summary, cases: Mapping[str, int]) -> None:
    """Store a coder's summary of a cell. An earlier summary of the cell by this coder is replaced.

    `columns` is the kind of the matrix's columns, such as `cases`. `cases` maps case labels to case ids.
    """
    row = store.scalar("SELECT id FROM matrix_rows WHERE matrix_id = ? AND label = ?", (matrix, summary.row))
    summary_rows.put_cell(store, summary, int(row), column_id(store, matrix, columns, summary.column, cases))


def remove_summary(store: Store, matrix: int, columns: str, summary: Summary, cases: Mapping[str, int]) -> None:
    """Remove the summary that the coder `summary.coder` wrote about a cell. The text in `summary` is ignored."""
    row = store.scalar("SELECT id FROM matrix_rows WHERE matrix_id = ? AND label = ?", (matrix, summary.row))
    if row is not None:
        column = column_id(store, matrix, columns, summary.column, cases)
        summary_rows.remove_cell(store, int(row), column, summary.coder)


def remove(store: Store, matrix: int) -> None:
    store.change("DELETE FROM matrices WHERE id = ?", (matrix,))
