"""Small studies for the tests of the project: two cases, notes that touch one or both, a few codes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any

from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.store.connection import Store

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.records import Code, Coding, Source

TEXT = (
    "The link workers broker and coach. They hold a personal budget of around £500 a person.\n"
    "Nine in ten requests are approved, she said. A women’s group of 15 meets on Mondays.\n"
)
HISTORY = {"acts", "images", "history", "erasures", "seals", "kept_codings", "kept_coding_cases"}


def opened(path: Path, coder: str = "Ana") -> Project:
    """Return an open study whose clock goes on by a millisecond with each reading of it."""
    store = Store.open(path)
    ticks = count(1 + int(store.scalar("SELECT count(*) FROM acts")) * 1000)

    def clock() -> str:
        seconds, thousandths = divmod(next(ticks), 1000)
        minutes, seconds = divmod(seconds, 60)
        return f"2020-05-14T{10 + minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{thousandths:03}Z"

    return Project(store, coder=coder, clock=clock)


def add_source(project: Project, name: str, *cases: str, text: str = TEXT, **fields: Any) -> Source:
    project.sources.add([SourceDraft(name, text, cases=cases, **fields)], strict=True)
    return project.sources.get(name)


def add_code(project: Project, path: str, **fields: Any) -> Code:
    return project.codes.add(CodeDraft(path, **fields))


def apply_code(project: Project, source: str, code: str, start: int = 0, end: int = 16, **fields: Any) -> Coding:
    return project.codings.add(CodingDraft(source, code, Segment(start, end), **fields))


def small_study(project: Project) -> None:
    add_source(project, "A1", "SIB A", reading="read")
    add_source(project, "B1", "SIB B", reading="read", kind="report")
    add_source(project, "AB", "SIB A", "SIB B")
    for path in ("Strengths/Brokering", "Strengths/Budgets", "Innovation/Groups"):
        add_code(project, path)


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of all tables except those of the history."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
            )
        ]
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in tables
            if table not in HISTORY
        }


def tampered(path: Path, *statements: str) -> None:
    """Change rows without a record in the history, as a damaged disk or another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in ("UPDATE history SET replaying = 1", *statements, "UPDATE history SET replaying = 0"):
            connection.execute(statement)


ROWS = (RowDefinition("Brokering", ("Brokering",)), RowDefinition("Budgets", ("Budgets",)))


def states(project: Project, definition: MatrixDefinition | str, **options: Any) -> dict[str, list[str]]:
    return {row.label: [cell.state for cell in row.cells] for row in project.matrices.show(definition, **options).rows}


def matrix(columns: str = "cases", *rows: RowDefinition, **fields: Any) -> MatrixDefinition:
    return MatrixDefinition("t", "Title", rows or ROWS, columns, **fields)


def highest_present_id(store: Store) -> int:
    """Return the highest id of a coding that is not removed.

    In earlier versions, a new coding got the next id, which could be the id of a removed coding.
    """
    return int(store.scalar("SELECT coalesce(max(id), 0) FROM codings"))
