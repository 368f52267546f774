"""The traces of a source in a study file: everything that an erasure of the source must find.

The traces are the row of the source and the rows of its parts, such as texts and codings; the images (earlier states)
of all these rows in the history; the earlier names of the source; and matrix columns about the source.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sibtui.store import erasure, insert_ranges
from sibtui.store.erasure import images_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.store.connection import Store

PARTS = ("texts", "codings", "memos", "source_values", "source_cases", "readings", "topics")
"""The tables whose rows are parts of a source, such as its texts and codings."""
_READABLE = "image IS NOT NULL AND json_valid(image)"


_ALWAYS = 1 << 62


class Lifetime(NamedTuple):
    """The part of the history in which a row id belongs to one row. A new row may get the id of a removed row.

    `number` is the row id. `first` and `last` are the ids of the first and the last history entry of this part. If
    no later row got the row id, `last` is larger than the id of any entry. `is_present` is set if the row still
    exists.
    """

    number: int
    first: int
    last: int
    is_present: bool


def named_sources(store: Store, name: str) -> list[str]:
    """Return the lasting id of the source with exactly this name, then the ids of removed sources that had it."""
    present = store.query("SELECT uid FROM sources WHERE name = ?", (name,)).fetchall()
    gone = store.query(
        "SELECT json_extract(image, '$.uid') AS uid, max(id) FROM images"
        f" WHERE tbl = 'sources' AND {_READABLE} AND json_extract(image, '$.name') = ?"
        " AND uid IS NOT NULL AND uid NOT IN (SELECT uid FROM sources) GROUP BY uid ORDER BY 2 DESC",
        (name,),
    ).fetchall()
    return [row[0] for row in (*present, *gone)]


def present_name(store: Store, former: str) -> str | None:
    """Return the present name of the source that once had the name `former`; None if there is no such source."""
    name: str | None = store.scalar(
        f"SELECT s.name FROM images i JOIN sources s ON s.uid = json_extract(image, '$.uid') WHERE i.tbl = 'sources'"
        f" AND {_READABLE} AND json_extract(image, '$.name') = ?",
        (former,),
    )
    return name


def removed_uids(store: Store) -> list[str]:
    """Return the lasting ids of the sources that were removed from the study. They are read from the history."""
    return [
        row[0]
        for row in store.query(
            f"SELECT DISTINCT json_extract(image, '$.uid') AS uid FROM images WHERE tbl = 'sources' AND {_READABLE}"
            " AND uid IS NOT NULL AND uid NOT IN (SELECT uid FROM sources)"
        )
    ]


def lifetime_of(store: Store, uid: str) -> Lifetime | None:
    """Return the lifetime of the source with the lasting id `uid`; None if no present or removed source has this id."""
    number = store.scalar("SELECT id FROM sources WHERE uid = ?", (uid,))
    if number is not None:
        return present_lifetime(store, "sources", number)
    number, seen_first, seen_last = store.query(
        f"SELECT max(row), min(act), max(act) FROM images WHERE tbl = 'sources' AND {_READABLE}"
        " AND json_extract(image, '$.uid') = ?",
        (uid,),
    ).fetchone()
    if number is None:
        return None
    inserts = "FROM images WHERE tbl = 'sources' AND op = 'insert' AND row = ?"
    first = store.scalar(f"SELECT max(act) {inserts} AND act <= ?", (number, seen_first))
    following = store.scalar(f"SELECT min(act) {inserts} AND act > ?", (number, seen_last))
    return Lifetime(number, first or 0, _ALWAYS if following is None else following - 1, is_present=False)


def present_lifetime(store: Store, table: str, number: int) -> Lifetime:
    """Return the lifetime of a present row with this id. It begins with the row's insertion and has no end."""
    first = store.scalar(
        "SELECT max(i.act) FROM images i JOIN acts a ON a.id = i.act WHERE i.tbl = ? AND i.op = 'insert' AND i.row = ?"
        " AND a.state = 'done'",
        (table, number),
    )
    return Lifetime(number, first or 0, _ALWAYS, is_present=True)


def values_of(store: Store, table: str, column: str, of: Lifetime, *, by: str = "source_id") -> list[str]:
    """Return all present and earlier values of a column, from the rows that belong to one owner, such as a source.

    `of` identifies the owner. `by` is the column with the owner's id. Empty values are left out.
    """
    images = f"FROM images WHERE tbl = :tbl AND {_READABLE} AND json_extract(image, '$.{by}') = :number"
    queries = [f"SELECT json_extract(image, '$.{column}') {images} AND act BETWEEN :first AND :last"]
    if of.is_present:
        queries.append(f"SELECT {column} FROM {table} WHERE {by} = :number")
    if table in insert_ranges.KEPT:
        queries.append(
            f"SELECT {column} FROM {insert_ranges.KEPT[table]} WHERE {by} = :number AND {erasure.KEPT_IN_ACTS}"
        )
    values = {"tbl": table, "number": of.number, "first": of.first, "last": of.last}
    return [row[0] for row in store.query(" UNION ALL ".join(queries), values) if row[0]]


def newest_name(store: Store, of: Lifetime) -> str:
    """Return the present name of a source, or the last name of a removed source."""
    if of.is_present:
        return str(store.scalar("SELECT name FROM sources WHERE id = ?", (of.number,)))
    return str(
        store.scalar(
            f"SELECT json_extract(image, '$.name') FROM images WHERE tbl = 'sources' AND {_READABLE} AND row = ?"
            " AND act BETWEEN ? AND ? AND json_extract(image, '$.name') IS NOT NULL ORDER BY id DESC LIMIT 1",
            of[:3],
        )
    )


def other_names(store: Store, source: int) -> list[str]:
    """Return all names in the study that do not belong to this source.

    These are names, titles and file names of the other sources, labels of cases, and names of codes.
    """
    return [
        row[0]
        for row in store.query(
            "SELECT name FROM sources WHERE id <> :source UNION SELECT title FROM sources WHERE id <> :source"
            " UNION SELECT original FROM texts WHERE source_id <> :source"
            " UNION SELECT label FROM cases UNION SELECT name FROM codes",
            {"source": source},
        )
    ]


def counts_of(store: Store, source: int) -> dict[str, int]:
    """Return a map: table in `PARTS` → number of rows that belong to the source with this id."""
    return {table: int(store.scalar(f"SELECT count(*) FROM {table} WHERE source_id = ?", (source,))) for table in PARTS}


def columns_of(store: Store, of: Lifetime, names: Iterable[str]) -> list[tuple[int, str]]:
    """Return (id, label) for each matrix column that is about this source only.

    The label of such a column is a name of the source, or an attribute value that no other source has. `names` are the
    present and earlier names of the source.
    """
    values = store.query(
        "SELECT attribute_id, value FROM source_values WHERE source_id = :source AND :present UNION"
        " SELECT json_extract(image, '$.attribute_id'), json_extract(image, '$.value') FROM images"
        f" WHERE tbl = 'source_values' AND {_READABLE} AND json_extract(image, '$.source_id') = :source"
        " AND act BETWEEN :first AND :last",
        {"source": of.number, "present": of.is_present, "first": of.first, "last": of.last},
    ).fetchall()
    return store.query(
        "SELECT k.id, k.label FROM matrix_columns k JOIN matrices m ON m.id = k.matrix_id WHERE m.columns = 'sources'"
        " AND k.label IN (SELECT value FROM json_each(:names)) UNION"
        " SELECT k.id, k.label FROM matrix_columns k JOIN matrices m ON m.id = k.matrix_id"
        " JOIN json_each(:pairs) p ON json_extract(p.value, '$[1]') = k.label JOIN attributes a ON a.id = json_extract(p.value, '$[0]')"
        " WHERE m.columns IN ('attribute:' || a.name, 'source attribute:' || a.name)"
        " AND NOT EXISTS (SELECT 1 FROM source_values o WHERE o.attribute_id = a.id"
        "  AND o.value = k.label AND o.source_id <> :source)",
        {
            "source": of.number if of.is_present else 0,
            "names": json.dumps(list(names)),
            "pairs": json.dumps([list(pair) for pair in values]),
        },
    ).fetchall()


def remove_columns(store: Store, columns: Sequence[int], names: Iterable[str]) -> list[int]:
    """Remove these matrix columns, with their footnotes, judgements and summaries.

    Return the ids of all images (earlier states) of these columns, footnotes, judgements and summaries. If another
    column once had one of `names` as its label, its images and those of its texts are included too.
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
        *images_of(store, "summaries", "column_id", every),
    ]
    store.change_many("DELETE FROM matrix_columns WHERE id = ?", [(column,) for column in columns])
    return images


def images_of_source(store: Store, of: Lifetime) -> list[int]:
    """Return the ids of all images (earlier states) of a source's row, texts, codings and other parts."""
    acts = (of.first, of.last)
    own = images_of(store, "sources", "id", [of.number], acts)
    return own + [image for table in PARTS for image in images_of(store, table, "source_id", [of.number], acts)]


def texts_of_others(store: Store) -> Iterator[tuple[str, str]]:
    """Yield (name, current text) for each source that is in the study now. Removed sources are left out."""
    for number, name in store.query("SELECT id, name FROM sources ORDER BY position, id").fetchall():
        yield name, store.scalar("SELECT text FROM texts WHERE source_id = ? ORDER BY version DESC LIMIT 1", (number,))


def all_texts(store: Store) -> Iterator[tuple[int, str]]:
    """Yield (source id, text) for each text in the file, including old versions and the texts in the history."""
    yield from store.query("SELECT source_id, text FROM texts")
    yield from store.query(
        "SELECT json_extract(image, '$.source_id'), json_extract(image, '$.text') FROM images"
        f" WHERE tbl = 'texts' AND {_READABLE} AND json_extract(image, '$.text') IS NOT NULL"
    )
