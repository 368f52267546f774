"""The flat export: a study as an SQLite file with simple tables, for programs other than sibtui.

The table `about` in the file describes each column.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.frozen import dataclass
from sibtui.store import cases as case_rows
from sibtui.store import claims as claim_rows
from sibtui.store import codes as code_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import memos as memo_rows
from sibtui.store import proposals as proposal_rows
from sibtui.store import readings as reading_rows
from sibtui.store import source_sets as set_rows
from sibtui.store import sources as source_rows
from sibtui.store import summaries as summary_rows
from sibtui.store.file_errors import is_full
from sibtui.store.flat_codings import CODINGS, copy_codings, create_codings, insert_codings
from sibtui.store.flat_tables import CASE, CODE, SOURCE, insert_rows
from sibtui.store.sqlite_tools import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from sibtui.model.matrix import Matrix
    from sibtui.model.matrix_definition import Judgement
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
    "source_sets": {"set": "name of a set of sources, such as pilot", "source": "name of a source in the set"},
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
        "for_paper": "1 for a quote for the paper, else 0", "how": "search, speaker or heading: found by the program; empty: by reading",
    },
    "source_cases": {"source": "name of the source", "case": "label of a case that it is about"},
    "memos": {
        "memo": "number of the memo", "about": "project, source, case, code or matrix", "name": "its name, label or path; empty: the project",
        "title": "title of the memo", "text": "its text", "coder": "name of the coder", "created": "time of the memo, in UTC",
    },
    "proposals": {
        "proposal": "number of the proposal", "path": "path of the proposed code", "definition": "its definition", "coder": "who proposed it",
        "created": "time of the proposal, in UTC", "state": "open, merged or rejected",
        "code": "path of the code that took it in; empty: none", "reason": "the reason of the decision",
        "decided": "time of the decision, in UTC; empty: open",
    },
    "claims": {
        "claim": "id that the author gave it", "text": "the statement of the paper", "place": "the part of the paper where it is",
        "rows": "the rows, codes, attribute or number that it is about, joined by “; ”", "statement": "what it states about them",
        "human": "why the author keeps it",
    },
    "cells": {
        "matrix": "name of the matrix", "row": "label of the row", "column": "the column", "mark": "the mark as printed",
        "state": "state of the cell", "computed": "its state without the judgement", "quotes": "quotes that support it",
        "sources": "sources of these quotes", "counter": "quotes against it",
    },
    "judgements": {
        "matrix": "name of the matrix", "row": "label of the row", "column": "the column", "verdict": "the state that was judged",
        "because": "the reason", "coder": "who judged", "at": "time of the judgement, in UTC",
    },
    "summaries": {
        "matrix": "name of the matrix; empty: the summary is of a code in a case", "row": "label of the row", "column": "the column",
        "code": "path of the code", "case": "label of the case", "text": "the text; [12] links to coding 12",
        "coder": "who wrote it", "at": "time of the text, in UTC",
    },
    "coding_cases": {"coding": "number of the coding", "case": "label of a case that it is about"},
    "quotes_by_code": {
        "code": "path of the code", "case": "label of the case", "source": "name of the source", "quote": "the text",
        "stance": "supports or counters", "certainty": "firm or tentative", "coder": "name of the coder",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FlatContent:
    """The part of a flat export that is computed and not stored in the study.

    `paths` maps code ids to codebook paths, and `matrices` are the computed matrices.
    """

    paths: Mapping[int, str]
    matrices: Sequence[Matrix] = ()
    judgements: Sequence[tuple[str, Judgement]] = ()
    """The judgements, as (name of the matrix, judgement)."""


def write_flat(
    store: Store, path: Path, named: Path, content: FlatContent, progress: Callable[[str], None] | None = None
) -> None:
    """Write the flat export of a study into the empty file `path`.

    `named` is the path that an error message shows in place of `path`. `progress` is called with the name of each group
    of tables before the group is written. Raises InputError when there is no room on the disk.
    """
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # the caller renames the complete, synced file
        connection.execute("PRAGMA journal_mode = MEMORY")  # a full disk would leave a journal behind
        with store.snapshot_beside(path) as study:
            fill(store, connection, content, progress, study=study)
    except sqlite3.OperationalError as error:
        if is_full(error):
            raise InputError(f"Cannot write {named}: there is no room left on the disk.") from error
        raise
    finally:
        connection.close()


def fill(
    store: Store,
    connection: sqlite3.Connection,
    content: FlatContent,
    progress: Callable[[str], None] | None = None,
    *,
    named: Collection[str] | None = None,
    study: sqlite3.Connection | None = None,
) -> None:
    """Make the simple tables of the flat export in an empty database.

    The tables are made in groups. `progress` is called with the name of each group before the group is made. `named`
    has table names in small letters: only groups with at least one of these tables are made. With None, all groups
    are made.

    If `study` is given, the codings are copied with SQL, which is faster. `study` is the connection that
    `Store.snapshot_beside` yields.
    """
    report = progress or (lambda _: None)
    db = Database(connection, execute_plugins=False, recursive_triggers=False)
    tables = table_names([matrix.name for matrix in content.matrices])
    with db.atomic():
        for part, (own, write) in _PARTS.items():
            if named is None or not own.isdisjoint(named):
                report(part)
                write(store, db, content)
        if named is None or not CODINGS.isdisjoint(named):
            create_codings(db)
        if named is None or content.matrices:
            report("matrices")
            _write_cells(db, content.matrices)
            _write_judgements(db, content.judgements)
            for matrix in content.matrices:
                _write_matrix(db, matrix, tables[matrix.name])
        _write_about(db, content.matrices, tables)
    if named is None or not CODINGS.isdisjoint(named):
        report("codings")
        if study is None:
            insert_codings(store, db, content.paths)
        else:
            copy_codings(store, study, db, content.paths)


def _write_sources(store: Store, db: Database, _: FlatContent) -> None:
    sources = source_rows.sources(store)
    insert_rows(
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
    insert_rows(
        db, "cases", {"case": str, "position": int}, ((c.label, at) for at, c in enumerate(cases, 1)), pk="case"
    )
    insert_rows(
        db,
        "source_cases",
        {"source": str, "case": str},
        ((source.name, case) for source in sources for case in source.cases),
        pk=("source", "case"),
        keys=[SOURCE, CASE],
    )
    insert_rows(
        db,
        "source_sets",
        {"set": str, "source": str},
        ((each.name, name) for each in set_rows.sets(store) for name in each.sources),
        pk=("set", "source"),
        keys=[SOURCE],
    )
    owned = [("case", case.label, case.attributes) for case in cases]
    owned += [("source", source.name, source.attributes) for source in sources]
    insert_rows(
        db,
        "attributes",
        {"of": str, "name": str, "attribute": str, "value": str},
        ((of, name, attribute, value) for of, name, values in owned for attribute, value in values.items()),
    )


def _write_codes(store: Store, db: Database, _: FlatContent) -> None:
    codes = code_rows.codes(store, counts=True)
    theme: dict[int, str] = {}
    for code in codes:
        theme[code.id] = code.name if code.parent is None else theme[code.parent]
    insert_rows(
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


def _write_readings(store: Store, db: Database, content: FlatContent) -> None:
    insert_rows(
        db,
        "readings",
        {"source": str, "coder": str, "code": str, "round": int, "at": str},
        ((r.source, r.coder, r.code or "", r.round, r.at) for r in reading_rows.readings(store, content.paths)),
        keys=[SOURCE],
    )


def _write_topics(store: Store, db: Database, content: FlatContent) -> None:
    insert_rows(
        db,
        "topics",
        {"source": str, "code": str, "case": str, "state": str},
        ((t.source, t.topic, t.case, t.state) for t in source_rows.topics(store, dict(content.paths))),
        keys=[SOURCE, CODE],
    )


def _write_memos(store: Store, db: Database, content: FlatContent) -> None:
    insert_rows(
        db,
        "memos",
        {"memo": int, "about": str, "name": str, "title": str, "text": str, "coder": str, "created": str},
        ((m.id, m.on, m.of, m.title, m.text, m.coder, m.created) for m in memo_rows.memos(store, content.paths)),
        pk="memo",
    )


def _write_proposals(store: Store, db: Database, content: FlatContent) -> None:
    columns = ("path", "definition", "coder", "created", "state", "code", "reason", "decided")
    insert_rows(
        db,
        "proposals",
        {"proposal": int, **dict.fromkeys(columns, str)},
        (
            (p.id, p.path, p.definition, p.coder, p.created, p.state, p.code, p.reason, p.decided)
            for p in proposal_rows.proposals(store, content.paths)
        ),
        pk="proposal",
    )


def _write_claims(store: Store, db: Database, _: FlatContent) -> None:
    insert_rows(
        db,
        "claims",
        {"claim": str, "text": str, "place": str, "rows": str, "statement": str, "human": str},
        ((c.key, c.text, c.place, "; ".join(c.subject), c.statement, c.human) for c in claim_rows.claims(store)),
        pk="claim",
    )


def _write_cells(db: Database, matrices: Sequence[Matrix]) -> None:
    """Write the table `cells` of the flat export, with one row for each cell of each matrix."""
    columns = {"matrix": str, "row": str, "column": str, "mark": str, "state": str, "computed": str}
    insert_rows(
        db,
        "cells",
        columns | {"quotes": int, "sources": int, "counter": int},
        (
            (
                matrix.name,
                row.label,
                column,
                cell.mark,
                cell.state,
                cell.computed,
                cell.quotes,
                cell.sources,
                cell.counter,
            )
            for matrix in matrices
            for row in matrix.rows
            for column, cell in zip(matrix.columns, row.cells, strict=True)
        ),
    )


def _write_judgements(db: Database, judgements: Sequence[tuple[str, Judgement]]) -> None:
    columns = ("matrix", "row", "column", "verdict", "because", "coder", "at")
    insert_rows(
        db,
        "judgements",
        dict.fromkeys(columns, str),
        ((matrix, j.row, j.column, j.verdict, j.because, j.coder, j.at) for matrix, j in judgements),
    )


def _write_summaries(store: Store, db: Database, content: FlatContent) -> None:
    columns = ("matrix", "row", "column", "code", "case", "text", "coder", "at")
    found = [
        (name, s) for name, number in matrix_rows.names(store).items() for s in summary_rows.of_matrix(store, number)
    ]
    found += [("", summary) for summary in summary_rows.of_codes(store, content.paths)]
    insert_rows(
        db,
        "summaries",
        dict.fromkeys(columns, str),
        ((matrix, s.row, s.column, s.code, s.case, s.text, s.coder, s.at) for matrix, s in found),
    )


def _write_matrix(db: Database, matrix: Matrix, table: str) -> None:
    """Write two tables for a matrix: `table` with the printed marks, and `{table}_cells` with states and counts."""
    names = distinct(("row", *matrix.columns))
    insert_rows(
        db,
        table,
        dict.fromkeys(names, str),
        ((row.label, *(cell.mark for cell in row.cells)) for row in matrix.rows),
    )
    insert_rows(
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
    """Return a map: name of a matrix → name of its table in the flat export.

    The table name is `matrix_` and the name of the matrix in lower case, with `_` in place of spaces and punctuation.
    If two matrices would get the same table name, a number is added to the second one.
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


def distinct(names: Sequence[str]) -> list[str]:
    """Return `names` as column names that differ by more than letter case, as SQLite requires.

    A repeated name gets a number: `["Age", "age"]` → `["Age", "age 2"]`. Square brackets and NUL become `_`.
    """
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
    insert_rows(db, "about", {"table": str, "column": str, "meaning": str}, iter(rows))


_PARTS: dict[str, tuple[frozenset[str], Callable[[Store, Database, FlatContent], None]]] = {
    "sources": (frozenset({"sources", "cases", "source_cases", "source_sets", "attributes"}), _write_sources),
    "codes": (frozenset({"codes", "codings", "coding_cases", "quotes_by_code"}), _write_codes),
    "readings": (frozenset({"readings"}), _write_readings),
    "topics": (frozenset({"topics"}), _write_topics),
    "memos": (frozenset({"memos"}), _write_memos),
    "proposals": (frozenset({"proposals"}), _write_proposals),
    "claims": (frozenset({"claims"}), _write_claims),
    "summaries": (frozenset({"summaries"}), _write_summaries),
}
"""The parts of a flat export in the order in which they are made: name of the part → (names of its tables, function that writes them)."""
