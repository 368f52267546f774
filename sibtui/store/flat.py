"""The flat export: an SQLite file with simple tables for programs other than sibtui. The table `about` documents each column."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import readings as reading_rows
from sibtui.store import sources as source_rows
from sibtui.store.codings import Selection, labels_of
from sibtui.store.file_errors import is_full
from sibtui.store.sqlite_tools import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sibtui.model.matrix import Matrix
    from sibtui.store.connection import Store

_ABOUT: dict[str, dict[str, str]] = {
    "sources": {
        "source": "name of the note or document",
        "title": "its title",
        "kind": "interview, document, report or other",
        "fidelity": "verbatim: spoken words; notes: a paraphrase, not to be printed in quotation marks",
        "reading": "unread, in progress or read (for codes)",
        "cases": "the cases that it is about, joined by “; ”",
        "codings": "number of its codings",
        "text": "its text; start and end of codings count its code points from 0",
    },
    "readings": {
        "source": "name of the source", "coder": "the coder who read it to the end",
        "code": "path of the code for which it was read; empty: all codes of that time",
        "round": "round of the reading, from 1", "at": "time of the reading, in UTC",
    },
    "topics": {
        "source": "name of the source", "code": "path of the theme or code that is the topic",
        "case": "label of the case of the record; empty: all cases that the source is about",
        "state": "asked, volunteered or not asked",
    },
    "cases": {"case": "the case's public label", "position": "its place in the order"},
    "attributes": {
        "of": "case or source", "name": "its label or name", "attribute": "name of the attribute", "value": "its value",
    },
    "codes": {
        "code": "path of the code: Theme/Code", "theme": "the first name of the path", "definition": "what it means",
        "include": "when to use it", "exclude": "when not to", "example": "an example",
        "origin": "deductive, emergent, in vivo or imported", "status": "proposed, active or retired",
        "codings": "number of its codings, without those of its sub-codes",
    },
    "codings": {
        "coding": "number of the coding", "source": "name of the source", "start": "first code point, from 0",
        "end": "the code point after the last", "quote": "the text between", "code": "path of the code",
        "theme": "the theme of the code", "coder": "name of the coder", "stance": "supports or counters",
        "certainty": "firm or tentative", "cases": "the cases that it is about, joined by “; ”; empty: not yet known",
        "memo": "the coder's memo", "created": "time of the coding, in UTC", "round": "round of its coder, from 1",
    },
    "coding_cases": {"coding": "number of the coding", "case": "label of a case that it is about"},
    "quotes_by_code": {
        "code": "path of the code", "case": "label of the case", "source": "name of the source", "quote": "the text",
        "stance": "supports or counters", "certainty": "firm or tentative", "coder": "name of the coder",
    },
}  # fmt: skip


def write_flat(
    store: Store,
    path: Path,
    named: Path,
    matrices: Sequence[Matrix],
    paths: Mapping[int, str],
    progress: Callable[[str], None] | None = None,
) -> None:
    """Write the flat tables into an empty file. `paths` maps code ids to paths; `progress` receives the name of each part.

    Raises InputError when there is no room on the disk. `named` is the path that the message shows.
    """
    connection = sqlite3.connect(path)
    report = progress or (lambda _: None)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # the caller renames the complete, synced file
        db = Database(connection, execute_plugins=False, recursive_triggers=False)
        with store.snapshot(), db.atomic():
            report("sources")
            _write_sources(store, db)
            report("codes")
            _write_codes(store, db)
            report("readings")
            _write_readings(store, db, paths)
            _write_topics(store, db, paths)
            report("codings")
            _write_codings(store, db, paths)
            report("matrices")
            tables = table_names([matrix.name for matrix in matrices])
            for matrix in matrices:
                _write_matrix(db, matrix, tables[matrix.name])
            _write_about(db, matrices, tables)
    except sqlite3.OperationalError as error:
        if is_full(error):
            raise InputError(f"Cannot write {named}: there is no room left on the disk.") from error
        raise
    finally:
        connection.close()


def _insert(
    db: Database, table: str, columns: Mapping[str, type], rows: Iterator[tuple[Any, ...]], **more: Any
) -> None:
    db.create_table(table, dict(columns), strict=True, **more)
    marks = ", ".join("?" * len(columns))
    db.conn.executemany(f"INSERT INTO [{table}] VALUES ({marks})", rows)


def _write_sources(store: Store, db: Database) -> None:
    sources = source_rows.sources(store)
    _insert(
        db,
        "sources",
        {
            "source": str,
            "title": str,
            "kind": str,
            "fidelity": str,
            "reading": str,
            "cases": str,
            "codings": int,
            "text": str,
        },
        (
            (
                s.name,
                s.title,
                s.kind,
                s.fidelity,
                s.reading,
                "; ".join(s.cases),
                s.codings,
                source_rows.text(store, s.id),
            )
            for s in sources
        ),
        pk="source",
    )
    cases = case_rows.cases(store)
    _insert(db, "cases", {"case": str, "position": int}, ((c.label, at) for at, c in enumerate(cases, 1)), pk="case")
    owned = [("case", case.label, case.attributes) for case in cases]
    owned += [("source", source.name, source.attributes) for source in sources]
    _insert(
        db,
        "attributes",
        {"of": str, "name": str, "attribute": str, "value": str},
        ((of, name, attribute, value) for of, name, values in owned for attribute, value in values.items()),
    )


def _write_codes(store: Store, db: Database) -> None:
    codes = code_rows.codes(store, counts=True)
    theme: dict[int, str] = {}
    for code in codes:
        theme[code.id] = code.name if code.parent is None else theme[code.parent]
    _insert(
        db,
        "codes",
        {
            "code": str, "theme": str, "definition": str, "include": str, "exclude": str, "example": str, "origin": str,
            "status": str, "codings": int,
        },
        (
            (c.path, theme[c.id], c.definition, c.include, c.exclude, c.example, c.origin, c.status, c.codings)
            for c in codes
        ),
        pk="code",
    )  # fmt: skip


def _write_readings(store: Store, db: Database, paths: Mapping[int, str]) -> None:
    _insert(
        db,
        "readings",
        {"source": str, "coder": str, "code": str, "round": int, "at": str},
        ((r.source, r.coder, r.code or "", r.round, r.at) for r in reading_rows.readings(store, paths)),
    )


def _write_topics(store: Store, db: Database, paths: Mapping[int, str]) -> None:
    _insert(
        db,
        "topics",
        {"source": str, "code": str, "case": str, "state": str},
        ((t.source, t.topic, t.case, t.state) for t in source_rows.topics(store, dict(paths))),
    )


def _write_codings(store: Store, db: Database, paths: Mapping[int, str]) -> None:
    labels = case_rows.labels(store)
    cells: dict[str | None, str] = {}
    themes = dict(db.execute("SELECT code, theme FROM codes").fetchall())

    def flat() -> Iterator[tuple[Any, ...]]:
        for row in coding_rows.rows(store, Selection()):
            (
                number,
                source,
                code,
                coder,
                start,
                end,
                stance,
                certainty,
                quote,
                _,
                _,
                memo,
                created,
                cases,
                _,
                in_round,
            ) = row
            path, of = paths[code], cells.get(cases)
            if of is None:
                of = cells[cases] = "; ".join(labels_of(cases, labels))
            yield (
                number,
                source,
                start,
                end,
                quote,
                path,
                themes[path],
                coder,
                stance,
                certainty,
                of,
                memo,
                created,
                in_round,
            )

    _insert(
        db,
        "codings",
        {
            "coding": int, "source": str, "start": int, "end": int, "quote": str, "code": str, "theme": str, "coder": str,
            "stance": str, "certainty": str, "cases": str, "memo": str, "created": str,
            "round": int,
        },
        flat(),
        pk="coding",
    )  # fmt: skip
    pairs = store.query("SELECT cc.coding_id, cc.case_id FROM coding_cases cc ORDER BY 1, 2")
    _insert(db, "coding_cases", {"coding": int, "case": str}, ((n, labels[c]) for n, c in pairs), pk=("coding", "case"))
    db.table("codings").create_index(["code"])
    db.create_view(
        "quotes_by_code",
        'SELECT c.code, p."case", c.source, c.quote, c.stance, c.certainty, c.coder FROM codings c'
        ' LEFT JOIN coding_cases p ON p.coding = c.coding ORDER BY c.code, p."case", c.source, c.start',
    )


def _write_matrix(db: Database, matrix: Matrix, table: str) -> None:
    """Write two tables of a matrix: one with the marks of its cells as printed, and one with the state and the counts of each cell."""
    names = _distinct(("row", *matrix.columns))
    _insert(
        db,
        table,
        dict.fromkeys(names, str),
        ((row.label, *(cell.mark for cell in row.cells)) for row in matrix.rows),
    )
    _insert(
        db,
        f"{table}_cells",
        {"row": str, "column": str, "state": str, "computed": str, "quotes": int, "sources": int, "counter": int},
        (
            (row.label, column, cell.state, cell.computed, cell.quotes, cell.sources, cell.counter)
            for row in matrix.rows
            for column, cell in zip(matrix.columns, row.cells, strict=True)
        ),
    )


def table_names(matrices: Sequence[str]) -> dict[str, str]:
    """Return a map from the names of matrices to the names of their tables.

    A table name is `matrix_` and the name of the matrix in lower case, with `_` in place of spaces and punctuation. A number is added when
    two matrices would have the same table name.
    """
    taken: set[str] = set()
    names = {}
    for name in matrices:
        base = candidate = "matrix_" + re.sub(r"\W", "_", name.lower())
        count = 1
        while taken.intersection((candidate, f"{candidate}_cells")):
            count += 1
            candidate = f"{base}_{count}"
        taken.update((candidate, f"{candidate}_cells"))
        names[name] = candidate
    return names


def _distinct(names: Sequence[str]) -> list[str]:
    """Return distinct column names. A number is added to a name that differs from another only in letter case, which SQLite ignores."""
    taken: set[str] = set()
    distinct = []
    for name in names:
        base = candidate = re.sub(r"[\[\]\x00]", "_", name) or "_"
        count = 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{base} {count}"
        taken.add(candidate.casefold())
        distinct.append(candidate)
    return distinct


def _write_about(db: Database, matrices: Sequence[Matrix], tables: Mapping[str, str]) -> None:
    rows = [(table, column, meaning) for table, columns in _ABOUT.items() for column, meaning in columns.items()]
    for matrix in matrices:
        table = tables[matrix.name]
        rows.append((table, "", f"{matrix.title} Printed marks; the rows and columns are those of the matrix."))
        rows.append((f"{table}_cells", "", f"{matrix.title} State and counts of every cell."))
    _insert(db, "about", {"table": str, "column": str, "meaning": str}, iter(rows))
