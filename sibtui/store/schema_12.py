"""The changes by which version 12 makes a study file smaller: fewer stored contexts, and fewer indexes.

The context of a coding is the text before and after its quote. Version 11 stored it for each coding. Version 12
reads it from the text of the source. Only undecided codings keep a stored context: their quotes come from an older
text, and their place in the corrected text is not certain.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

UNUSED_INDEXES = ("codings_by_coder", "coding_cases_by_case")
"""The indexes that version 12 removes. A scan of another index finds the same rows in a few milliseconds."""

_EMPTY = "before = '', after = ''"


def remove_contexts(connection: sqlite3.Connection) -> None:
    """Remove the stored contexts of all codings except undecided codings, also from the history.

    The caller must drop the triggers of the table of codings first, because they would record the changes.
    """
    kept = json.dumps(list(_undecided_states(connection)))
    connection.execute(f"UPDATE codings SET {_EMPTY} WHERE id NOT IN (SELECT coding_id FROM undecided)")
    connection.execute(f"UPDATE kept_codings SET {_EMPTY} WHERE id NOT IN (SELECT value FROM json_each(?))", (kept,))
    connection.execute(
        "UPDATE images SET image = json_replace(image, '$.before', '', '$.after', '') WHERE tbl = 'codings'"
        " AND json_valid(image) AND json_type(image) = 'object' AND id NOT IN (SELECT value FROM json_each(?))",
        (kept,),
    )


def _undecided_states(connection: sqlite3.Connection) -> Iterator[int]:
    """Yield the ids of the states that undo and redo can restore for undecided codings.

    A state is stored as an image (recorded state of a row), or as a row in the table `kept_codings`.
    """
    if not _has_undecided(connection):
        return
    present: dict[int, int] = dict(connection.execute("SELECT id, coding_id FROM undecided"))
    for state, order in (("done", "DESC"), ("undone", "ASC")):
        undecided = dict(present)
        for images in connection.execute(
            f"SELECT first_image, last_image FROM acts WHERE state = ? ORDER BY id {order}", (state,)
        ).fetchall():
            _step(connection, images, undecided, backwards=state == "done")
            yield from _states_among(connection, images, set(undecided.values()))


def _has_undecided(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM undecided UNION ALL SELECT 1 FROM images WHERE tbl = 'undecided' LIMIT 1"
    return connection.execute(query).fetchone() is not None


def _step(
    connection: sqlite3.Connection, images: tuple[int, int], undecided: dict[int, int], *, backwards: bool
) -> None:
    """Apply the changes of one history entry to the map `undecided`, or undo them if `backwards` is set.

    The map has the rows of the table `undecided`: id of the row → id of its coding. `images` are the ids of the
    first and the last row of the table `images` that belong to the entry.
    """
    gone = "insert" if backwards else "delete"
    for row, op, coding in connection.execute(
        "SELECT row, op, CASE WHEN json_valid(image) THEN json_extract(image, '$.coding_id') END FROM images"
        f" WHERE id BETWEEN ? AND ? AND tbl = 'undecided' ORDER BY id {'DESC' if backwards else 'ASC'}",
        images,
    ):
        if op == gone:
            undecided.pop(row, None)
        elif coding is not None:
            undecided[row] = coding


def _states_among(connection: sqlite3.Connection, images: tuple[int, int], codings: set[int]) -> Iterator[int]:
    """Yield the ids of the stored states of these codings, for one act (see `_undecided_states`).

    `images` are the ids of the first and the last image of the act.
    """
    if not codings:
        return
    query = (
        "WITH wanted (n) AS (SELECT value FROM json_each(:codings)), coded AS"
        " (SELECT id, row, last_row FROM images WHERE id BETWEEN :first AND :last AND tbl = 'codings')"
        " SELECT id FROM coded WHERE last_row IS NULL AND row IN (SELECT n FROM wanted)"
        " UNION ALL SELECT id - last_row + n FROM coded JOIN wanted ON n BETWEEN row AND last_row"
        " WHERE last_row IS NOT NULL"
    )
    values = {"codings": json.dumps(sorted(codings)), "first": images[0], "last": images[1]}
    yield from (number for (number,) in connection.execute(query, values))
