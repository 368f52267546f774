"""Traces of a source: its rows, their images in the history, its names of all times, and columns of tables that are for it alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sibtui.store import insert_ranges
from sibtui.store.erasure import images_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.store.connection import Store

PARTS = ("texts", "codings", "memos", "source_values", "source_cases", "readings", "topics")
"""The tables whose rows belong to a source."""
_READABLE = "image IS NOT NULL AND json_valid(image)"


def named_source(store: Store, name: str) -> tuple[int, str] | None:
    """Return (id, lasting id) of the source with exactly this name: a present one, else the last one that the history holds."""
    present = store.query("SELECT id, uid FROM sources WHERE name = ?", (name,)).fetchone()
    return present or _in_images(store, "name", name, "uid")


def source_with_uid(store: Store, uid: str) -> tuple[int, str] | None:
    """Return (id, name) of the source with this lasting id: a present one, else the last one that the history holds."""
    present = store.query("SELECT id, name FROM sources WHERE uid = ?", (uid,)).fetchone()
    return present or _in_images(store, "uid", uid, "name")


def _in_images(store: Store, key: str, value: str, wanted: str) -> tuple[int, str] | None:
    found: tuple[int, str] | None = store.query(
        f"SELECT row, json_extract(image, '$.{wanted}') FROM images WHERE tbl = 'sources' AND {_READABLE}"
        f" AND json_extract(image, '$.{key}') = ? ORDER BY id DESC LIMIT 1",
        (value,),
    ).fetchone()
    return found if found and found[1] else None


def values_of(store: Store, table: str, column: str, source: int, *, by: str = "source_id") -> list[str]:
    """Return the values that a column has or had in the rows of a source, each row or image once. Empty values are left out."""
    tables = (table, insert_ranges.KEPT[table]) if table in insert_ranges.KEPT else (table,)
    rows = " UNION ALL ".join(f"SELECT {column} FROM {each} WHERE {by} = :source" for each in tables)
    return [
        row[0]
        for row in store.query(
            f"{rows} UNION ALL SELECT json_extract(image, '$.{column}') FROM images WHERE tbl = :tbl AND {_READABLE}"
            f" AND json_extract(image, '$.{by}') = :source",
            {"source": source, "tbl": table},
        )
        if row[0]
    ]


def other_names(store: Store, source: int) -> list[str]:
    """Return the names that other items have: sources, their titles and files, cases and codes."""
    return [
        row[0]
        for row in store.query(
            "SELECT name FROM sources WHERE id <> :source UNION SELECT title FROM sources WHERE id <> :source"
            " UNION SELECT original FROM texts WHERE source_id <> :source"
            " UNION SELECT label FROM cases UNION SELECT name FROM codes",
            {"source": source},
        )
    ]


def names(store: Store) -> list[str]:
    """Return the names of sources, cases and codes, and the private names of cases."""
    return [
        row[0]
        for row in store.query(
            "SELECT name FROM sources UNION SELECT label FROM cases UNION SELECT private_name FROM cases UNION SELECT name FROM codes"
        )
        if row[0]
    ]


def counts_of(store: Store, source: int) -> dict[str, int]:
    """Return the number of rows of a source in each of `PARTS`."""
    return {table: int(store.scalar(f"SELECT count(*) FROM {table} WHERE source_id = ?", (source,))) for table in PARTS}


def columns_of(store: Store, source: int, names: Iterable[str]) -> list[tuple[int, str]]:
    """Return (id, label) of the columns of tables that are for one source alone: by its name, or by a value that no other source has.

    The source may be removed already: then the history holds its values.
    """
    values = store.query(
        "SELECT attribute_id, value FROM source_values WHERE source_id = :source UNION"
        " SELECT json_extract(image, '$.attribute_id'), json_extract(image, '$.value') FROM images"
        f" WHERE tbl = 'source_values' AND {_READABLE} AND json_extract(image, '$.source_id') = :source",
        {"source": source},
    ).fetchall()
    return store.query(
        "SELECT k.id, k.label FROM matrix_columns k JOIN matrices m ON m.id = k.matrix_id WHERE m.columns = 'sources'"
        " AND k.label IN (SELECT value FROM json_each(:names)) UNION"
        " SELECT k.id, k.label FROM matrix_columns k JOIN matrices m ON m.id = k.matrix_id"
        " JOIN json_each(:pairs) p ON json_extract(p.value, '$[1]') = k.label JOIN attributes a ON a.id = json_extract(p.value, '$[0]')"
        " WHERE m.columns IN ('attribute:' || a.name, 'source attribute:' || a.name)"
        " AND NOT EXISTS (SELECT 1 FROM source_values o WHERE o.attribute_id = a.id"
        "  AND o.value = k.label AND o.source_id <> :source)",
        {"source": source, "names": json.dumps(list(names)), "pairs": json.dumps([list(pair) for pair in values])},
    ).fetchall()


def remove_columns(store: Store, columns: Sequence[int], names: Iterable[str]) -> list[int]:
    """Remove columns of tables with their notes and judgements. Return the ids of their images, and of those of former columns.

    `names` are the labels of former columns.
    """
    former = store.query(
        f"SELECT row FROM images WHERE tbl = 'matrix_columns' AND {_READABLE}"
        " AND json_extract(image, '$.label') IN (SELECT value FROM json_each(?))",
        (json.dumps(list(names)),),
    )
    every = [*columns, *(row[0] for row in former)]
    images = [
        *images_of(store, "matrix_columns", "id", every),
        *images_of(store, "matrix_notes", "column_id", every),
        *images_of(store, "judgements", "column_id", every),
    ]
    store.change_many("DELETE FROM matrix_columns WHERE id = ?", [(column,) for column in columns])
    return images


def images_of_source(store: Store, source: int) -> list[int]:
    """Return the ids of the images of a source and of the rows that belong to it."""
    own = images_of(store, "sources", "id", [source])
    return own + [image for table in PARTS for image in images_of(store, table, "source_id", [source])]


def texts_of_others(store: Store) -> Iterator[tuple[str, str]]:
    """Yield (name, current text) of all remaining sources, one at a time."""
    for number, name in store.query("SELECT id, name FROM sources ORDER BY position, id").fetchall():
        yield name, store.scalar("SELECT text FROM texts WHERE source_id = ? ORDER BY version DESC LIMIT 1", (number,))


def all_texts(store: Store) -> Iterator[tuple[int, str]]:
    """Yield (source, text) of all texts of all versions that the file holds, also those of the history."""
    yield from store.query("SELECT source_id, text FROM texts")
    yield from store.query(
        "SELECT json_extract(image, '$.source_id'), json_extract(image, '$.text') FROM images"
        f" WHERE tbl = 'texts' AND {_READABLE} AND json_extract(image, '$.text') IS NOT NULL"
    )


def removed_sources(store: Store) -> list[int]:
    """Return the ids of the sources whose texts only the history still holds."""
    return [
        row[0]
        for row in store.query(
            f"SELECT DISTINCT json_extract(image, '$.source_id') FROM images WHERE tbl = 'texts' AND {_READABLE}"
            " AND json_extract(image, '$.source_id') IS NOT NULL"
            " AND json_extract(image, '$.source_id') NOT IN (SELECT id FROM sources)"
        )
    ]
