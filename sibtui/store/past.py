"""Reading an earlier state of a study without changing the file.

Each table that has changed since the earlier state is hidden by a temporary view. The view has the same name as the
table, and shows the earlier rows. SQLite looks for temporary views first, so every query reads the earlier state. The
values of the earlier rows come from the images (recorded states of rows) in the history. If the images of a row were
erased, the row is left out.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sibtui.store.connection import HISTORY_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store

_LATER = "i.id > (SELECT coalesce(max(last_image), 0) FROM acts WHERE id <= :act) AND i.act > :act"
_DONE = "images i JOIN acts a ON a.id = i.act AND a.state = 'done'"
_TEMPORARY = ("past_images", "past_ranges")


@contextmanager
def at_act(store: Store, act: int) -> Iterator[None]:
    """Let all reads in the `with` block see the study as it was after the entry of the history with the id `act`.

    Changes that are undone at present are not part of this state. The block must not change the study. Use this inside
    `Store.snapshot`.
    """
    views: list[str] = []
    store.cached_text = (None, "")
    store.query(
        "CREATE TEMP TABLE past_images AS SELECT i.tbl AS tbl, i.row AS row, i.op AS op, i.image AS image, min(i.id) AS id"
        f" FROM {_DONE} WHERE {_LATER} AND i.last_row IS NULL GROUP BY i.tbl, i.row",
        {"act": act},
    )
    store.query("CREATE INDEX temp.past_images_by_row ON past_images (tbl, row)")
    store.query(
        "CREATE TEMP TABLE past_ranges AS SELECT i.tbl AS tbl, i.row AS first, i.last_row AS last, i.id - i.last_row AS shift"
        f" FROM {_DONE} WHERE {_LATER} AND i.last_row IS NOT NULL",
        {"act": act},
    )
    try:
        changed = "SELECT tbl FROM temp.past_images UNION SELECT tbl FROM temp.past_ranges"
        for (table,) in store.query(changed).fetchall():
            _shadow(store, table)
            views.append(table)
        yield
    finally:
        for table in views:
            store.query(f"DROP VIEW temp.{table}")
            store.query(f"DROP TABLE temp.past_{table}")
        for table in _TEMPORARY:
            store.query(f"DROP TABLE temp.{table}")
        store.cached_text = (None, "")


def _shadow(store: Store, table: str) -> None:
    """Hide a table by a temporary view with the same name, which shows the rows of the table in an earlier state."""
    columns = store.columns(table)  # raises for a name that is not that of a table
    if table in HISTORY_TABLES:
        raise store.damaged("the history names a table that does not exist")
    names = ", ".join(f'"{name}"' for name in columns)
    images = store.query(
        "SELECT image FROM past_images p WHERE tbl = ? AND op <> 'insert' AND image IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM past_ranges r WHERE r.tbl = p.tbl AND p.row BETWEEN r.first AND r.last AND r.shift + p.row < p.id)",
        (table,),
    ).fetchall()
    rows = [values for (image,) in images if (values := _values(store, image)).get("id") is not None]
    store.query(f"CREATE TEMP TABLE past_{table} ({names})")
    marks = ", ".join("?" * len(columns))
    store.change_many(
        f"INSERT INTO past_{table} ({names}) VALUES ({marks})", ([row.get(name) for name in columns] for row in rows)
    )
    store.query(
        f"CREATE TEMP VIEW {table} AS SELECT {names} FROM main.{table} t WHERE"
        f" NOT EXISTS (SELECT 1 FROM past_images p WHERE p.tbl = '{table}' AND p.row = t.id)"
        f" AND NOT EXISTS (SELECT 1 FROM past_ranges r WHERE r.tbl = '{table}' AND t.id BETWEEN r.first AND r.last)"
        f" UNION ALL SELECT {names} FROM past_{table}"
    )


def _values(store: Store, image: str) -> dict[str, Any]:
    """Return the values in an image (recorded state of a row) by column name.

    Raises StudyFileError if the image is damaged. Python decodes the JSON, because SQLite would cut a text at its first
    NUL character.
    """
    try:
        values = json.loads(image)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise store.damaged("part of the history is missing or wrong")
    return values
