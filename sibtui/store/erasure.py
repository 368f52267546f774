"""Erasure: rows, images of the history and texts that leave the file for good, and the record of it.

An erasure is one act, but the triggers do not record it: it cannot be undone, and no earlier act can. An erased image is `{}`: the
act keeps its number of images, so that `check` finds nothing missing. The erasure has such an image for each row that it removes.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sibtui.errors import ConflictError, StudyFileError
from sibtui.store import seals
from sibtui.store.removed_rows import ERASED, recording_removals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sibtui.model.records import ErasureKind
    from sibtui.store.connection import Store

LONG_ENOUGH = 200
"""The length from which an erased text is recognised by its digest. A shorter one could be found by trying."""
EVERY_ACT = (0, 1 << 62)
KEPT_IN_ACTS = (
    "id IN (SELECT k.id FROM images i JOIN kept_codings k ON k.id BETWEEN i.id - i.last_row + i.row AND i.id"
    " WHERE i.tbl = 'codings' AND i.last_row IS NOT NULL AND i.act BETWEEN :first AND :last)"
)
"""A condition on rows of kept codings: they belong to ranges of the acts from :first to :last."""


@contextmanager
def erasing(store: Store, verb: str, summary: str, *, coder: str, at: str) -> Iterator[int]:
    """Run the block as one transaction that is not recorded, and yield the number of its act.

    The pages that it frees are overwritten. Undone acts can no longer be redone. Raises ConflictError inside an act.
    """
    store.query("PRAGMA secure_delete = ON").fetchall()
    with store.replaying():
        first = 1 + int(store.scalar("SELECT coalesce(max(id), 0) FROM images"))
        act = store.change(
            "INSERT INTO acts (at, coder, verb, summary, first_image, last_image) VALUES (?, ?, ?, ?, ?, ?)",
            (at, coder, verb, summary, first, first - 1),
        )
        store.change("UPDATE acts SET state = 'dropped', dropped_by = ? WHERE state = 'undone'", (act,))
        with seals.resealing(store, act), recording_removals(store, act):
            yield act
    store.saves += 1
    store.cached_text = (None, "")


def compact(store: Store) -> None:
    """Write the file again without its free pages, which may hold texts that were removed long ago.

    An erasure compacts before, so that a full disk or another program ends it while nothing is changed, and afterwards.
    Raises ConflictError inside an act, StudyFileError when there is no room, or another program uses the file.
    """
    if store.is_in_act:
        raise ConflictError("An act is open: end it, then erase.")
    store.compact()


def compact_if_possible(store: Store) -> None:
    """Compact after an erasure. When this is not possible, the freed pages stay: they are overwritten."""
    with suppress(StudyFileError):
        compact(store)


def record(store: Store, act: int, kind: ErasureKind, uid: str, texts: Iterable[str] = ()) -> None:
    """Record an erasure, with a digest of each long text, so that none of them comes back unnoticed."""
    rows: list[tuple[str, str]] = []
    for words in dict.fromkeys(map(comparable, texts)):
        if len(words) >= LONG_ENOUGH:
            salt = secrets.token_hex(16)
            rows.append((salt, _digest(salt, words)))
    store.change_many(
        "INSERT INTO erasures (act, kind, uid, salt, digest) VALUES (?, ?, ?, ?, ?)",
        [(act, kind, uid, *row) for row in rows or [("", "")]],
    )


Erasure = tuple[str, str, str, str]
"""kind, lasting id, salt, digest."""


def records(store: Store) -> list[Erasure]:
    """Return all records of erasures."""
    return store.query("SELECT kind, uid, salt, digest FROM erasures ORDER BY id").fetchall()


def adopt(store: Store, erasures: Iterable[Erasure]) -> None:
    """Record erasures of another file, which are no acts of this one. Known records are left out."""
    known = set(records(store))
    store.change_many(
        "INSERT INTO erasures (act, kind, uid, salt, digest) VALUES (0, ?, ?, ?, ?)",
        [row for row in dict.fromkeys(erasures) if row not in known],
    )


def withdrawn_uids(store: Store) -> frozenset[str]:
    """Return the lasting ids of the sources that were withdrawn."""
    return frozenset(row[0] for row in store.query("SELECT uid FROM erasures WHERE kind = 'source'"))


def recogniser(store: Store) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that gives (kind, lasting id) of the erasure of a text, or None when it was not erased."""
    return recogniser_of(records(store))


def recogniser_of(erasures: Iterable[Erasure]) -> Callable[[str], tuple[str, str] | None]:
    """Return the function that `recogniser` returns, for these records."""
    rows = [row for row in erasures if row[3]]

    def find(text: str) -> tuple[str, str] | None:
        words = comparable(text) if rows else ""
        if len(words) < LONG_ENOUGH:
            return None
        forms = {words, text}  # a digest of an earlier version of sibtui is that of the text itself
        return next(
            ((kind, uid) for kind, uid, salt, digest in rows if any(_digest(salt, form) == digest for form in forms)),
            None,
        )

    return find


def comparable(text: str) -> str:
    """Return the form of a text in which it is compared: with composed characters, and one space for spaces and line ends."""
    return " ".join(normalize("NFC", text).split())


def _digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode("utf-8", "surrogatepass")).hexdigest()


def older_texts(store: Store, sources: Sequence[int]) -> list[tuple[int, str]]:
    """Return (source, text) of the texts that a newer version of their source replaced."""
    return store.query(
        "SELECT source_id, text FROM texts t WHERE source_id IN (SELECT value FROM json_each(?)) AND version <"
        " (SELECT max(version) FROM texts WHERE source_id = t.source_id) ORDER BY source_id, version",
        (json.dumps(list(sources)),),
    ).fetchall()


def removed_sources(store: Store) -> list[int]:
    """Return the ids of the sources that the history alone holds."""
    return [
        row[0]
        for row in store.query(
            "SELECT DISTINCT json_extract(image, '$.source_id') AS source FROM images WHERE tbl IN ('texts', 'codings')"
            " AND image IS NOT NULL AND json_valid(image) AND source IS NOT NULL AND source NOT IN (SELECT id FROM sources)"
            " UNION SELECT source_id FROM kept_codings WHERE source_id NOT IN (SELECT id FROM sources)"
        )
    ]


def remove_older_texts(store: Store, sources: Sequence[int]) -> None:
    store.change(
        "DELETE FROM texts WHERE source_id IN (SELECT value FROM json_each(?)) AND version <"
        " (SELECT max(version) FROM texts t WHERE t.source_id = texts.source_id)",
        (json.dumps(list(sources)),),
    )


def set_text(store: Store, source: int, text: str, sha256: str) -> None:
    """Replace the current text of a source, without a new version and without the name of its file."""
    store.change(
        "UPDATE texts SET text = ?, length = ?, sha256 = ?, original = '', original_sha256 = '' WHERE source_id = ? AND version ="
        " (SELECT max(version) FROM texts t WHERE t.source_id = texts.source_id)",
        (text, len(text), sha256, source),
    )


def images_of(
    store: Store, table: str, column: str, numbers: Iterable[int], acts: tuple[int, int] = EVERY_ACT
) -> list[int]:
    """Return the ids of the images of rows of a table whose column holds one of these numbers, now or in any image of the row.

    `acts` are the first and the last act of the images.
    """
    return [
        row[0]
        for row in store.query(
            "WITH wanted (n) AS (SELECT value FROM json_each(:wanted)), found (row) AS ("
            f" SELECT id FROM {table} WHERE {column} IN (SELECT n FROM wanted) UNION"
            " SELECT row FROM images WHERE tbl = :tbl AND image IS NOT NULL AND json_valid(image)"
            f" AND json_extract(image, '$.{column}') IN (SELECT n FROM wanted) AND act BETWEEN :first AND :last)"
            " SELECT id FROM images WHERE tbl = :tbl AND row IN (SELECT row FROM found) AND act BETWEEN :first AND :last",
            {"wanted": json.dumps(list(numbers)), "tbl": table, "first": acts[0], "last": acts[1]},
        )
    ]


def blank_images(store: Store, images: Iterable[int]) -> int:
    """Erase these images and return how many of them held something. Their acts keep their numbers of images."""
    return store.change_many(
        "UPDATE images SET image = ? WHERE id = ? AND image IS NOT NULL AND image <> ?",
        [(ERASED, image, ERASED) for image in images],
    )


def blank_kept_codings(store: Store, sources: Iterable[int], acts: tuple[int, int] = EVERY_ACT) -> None:
    """Erase the words of codings that an undone import keeps for these sources. Their acts keep their numbers of rows."""
    store.change(
        "UPDATE kept_codings SET quote = '', before = '', after = '', memo = ''"
        f" WHERE source_id IN (SELECT value FROM json_each(:sources)) AND {KEPT_IN_ACTS}",
        {"sources": json.dumps(list(sources)), "first": acts[0], "last": acts[1]},
    )


def touched_acts(store: Store, images: Iterable[int]) -> list[int]:
    """Return the acts that these images belong to, without erasures."""
    return [
        row[0]
        for row in store.query(
            "SELECT DISTINCT act FROM images WHERE id IN (SELECT value FROM json_each(?))"
            " AND act NOT IN (SELECT act FROM erasures) ORDER BY act",
            (json.dumps(list(images)),),
        )
    ]


def rewrite_images(store: Store, change: Callable[[str, dict[str, Any]], dict[str, Any]]) -> int:
    """Replace the values in each image by those that `change` returns for its table and values. Return the number that differ."""
    changed = []
    for number, table, image in store.query(
        "SELECT id, tbl, image FROM images WHERE image IS NOT NULL AND image <> '{}'"
    ):
        try:
            values = json.loads(image)
        except ValueError:  # a damaged image may hold anything
            values, new = None, {}
        else:
            new = change(table, values) if isinstance(values, dict) else {}
        if new != values:
            changed.append((json.dumps(new, ensure_ascii=False, separators=(",", ":")), number))
    store.change_many("UPDATE images SET image = ? WHERE id = ?", changed)
    return len(changed)


def rewrite_column(
    store: Store, table: str, column: str, change: Callable[[str], str], only: Sequence[int] | None = None
) -> list[int]:
    """Replace the texts in a column by those that `change` returns, in all rows or `only` some. Return the ids of the rows that differ."""
    changed = []
    for number, text in store.query(
        f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> ''"
        " AND (:only IS NULL OR id IN (SELECT value FROM json_each(:only)))",
        {"only": None if only is None else json.dumps(list(only))},
    ):
        new = change(text)
        if new != text:
            changed.append((new, number))
    store.change_many(f"UPDATE {table} SET {column} = ? WHERE id = ?", changed)
    return [number for _, number in changed]


def last_act(store: Store) -> int | None:
    """Return the number of the newest erasure's act, or None. No act up to it can be undone."""
    number: int | None = store.scalar("SELECT max(act) FROM erasures WHERE act > 0")
    return number
