"""Erasure: the permanent removal of rows and texts, also from the history.

The history holds images: earlier states of changed rows. An erasure replaces the content of an image by `{}`, but keeps
the image. So every act (entry of the history) keeps its number of images, and `check` finds no missing image. The
erasure is an act too. It has an image `{}` for each row that it removes.

An erasure cannot be undone, and no act before it can be undone. The table `erasures` lists the erased sources and
texts.
"""

from __future__ import annotations

import hashlib
import json
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
"""The least number of characters of an erased text whose digest is stored.

A shorter text could be guessed from its digest.
"""
EVERY_ACT = (0, 1 << 62)
KEPT_IN_ACTS = (
    "id IN (SELECT k.id FROM images i JOIN kept_codings k ON k.id BETWEEN i.id - i.last_row + i.row AND i.id"
    " WHERE i.tbl = 'codings' AND i.last_row IS NOT NULL AND i.act BETWEEN :first AND :last)"
)
"""An SQL condition on `kept_codings` (codings of undone imports): one of the acts from :first to :last inserted the row."""


@contextmanager
def erasing(store: Store, verb: str, summary: str, *, coder: str, at: str) -> Iterator[int]:
    """Run the `with` block as one entry of the history that cannot be undone, and yield the id of the entry.

    The changes in the block are not recorded, and SQLite overwrites the space that they free in the file. After the
    block, earlier undone changes can no longer be redone. Raises ConflictError inside a block of `Store.act`.
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
        store.change("UPDATE acts SET last_image = (SELECT coalesce(max(id), 0) FROM images) WHERE id = ?", (act,))
        seals.seal(store, act)
    store.saves += 1
    store.cached_text = (None, "")


@contextmanager
def erasing_in_act(store: Store) -> Iterator[int]:
    """Let the `with` block erase texts, inside a block of `Store.act`. Yield the id of the entry of the history.

    The changes in the `with` block cannot be undone. SQLite overwrites the removed texts in the file. After the
    `with` block, the caller must make no further changes in the block of `Store.act`.
    """
    store.query("PRAGMA secure_delete = ON").fetchall()
    with store.unrecorded_part() as act, seals.resealing(store, act), recording_removals(store, act):
        yield act
    store.cached_text = (None, "")


def compact(store: Store) -> None:
    """Write the file again without its free space, which may hold texts that were removed long ago.

    An erasure calls this before its first change. So nothing is erased if the disk is full or another program uses the
    file.

    Raises ConflictError inside a block of `Store.act`, and StudyFileError when there is no room or another program uses
    the file.
    """
    if store.is_in_act:
        raise ConflictError("An act is open: end it, then erase.")
    store.compact()


def compact_if_possible(store: Store) -> None:
    """Write the file again without its free space, after an erasure. If this fails, no error is raised.

    The free space does not hold the erased texts, because SQLite has overwritten them already.
    """
    with suppress(StudyFileError):
        compact(store)


def record(store: Store, act: int, kind: ErasureKind, uid: str, texts: Iterable[str] = ()) -> None:
    """Record which text was erased, so that sibtui recognises the text if it is imported again.

    `act` is the id of the erasure in the history. `uid` is a lasting id (the same in all copies of the study):

    - the id of the source, if a source or an old text of a source was erased;
    - the id of the withdrawal, if the words of a person were erased;
    - the id of the study, if the erased old texts belong to no source.

    A digest of each long text in `texts` is stored.
    """
    import secrets

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
"""The record of one erased source or text: kind, lasting id, salt, digest. The digest is empty for a short text."""


def records(store: Store) -> list[Erasure]:
    """Return the records of all erasures of the study, oldest first. For the lasting id in a record, see `record`."""
    return store.query("SELECT kind, uid, salt, digest FROM erasures ORDER BY id").fetchall()


def adopt(store: Store, erasures: Iterable[Erasure]) -> None:
    """Add the erasure records of another study file to this study. Records that this study already has are left out."""
    known = set(records(store))
    store.change_many(
        "INSERT INTO erasures (act, kind, uid, salt, digest) VALUES (0, ?, ?, ?, ?)",
        [row for row in dict.fromkeys(erasures) if row not in known],
    )


def withdrawn_uids(store: Store) -> frozenset[str]:
    """Return the lasting ids of the withdrawn sources, which were erased for good as a whole."""
    return frozenset(row[0] for row in store.query("SELECT uid FROM erasures WHERE kind = 'source'"))


def recogniser(store: Store) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that recognises texts that were erased from this study (see `recogniser_of`)."""
    return recogniser_of(records(store))


def recogniser_of(erasures: Iterable[Erasure]) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that recognises erased texts: text → (kind, lasting id) of the erasure of this text.

    For a text that was not erased, the function returns None. Only long texts are recognised, because no digest is
    stored for short texts.
    """
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
    """Return a text in the form in which texts are compared with erased texts.

    This form is NFC, with one space for each run of spaces and line ends.
    """
    return " ".join(normalize("NFC", text).split())


def _digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode("utf-8", "surrogatepass")).hexdigest()


def older_texts(store: Store, sources: Sequence[int]) -> list[tuple[int, str]]:
    """Return (source id, text) for each version of the texts of these sources, except the current versions."""
    return store.query(
        "SELECT source_id, text FROM texts t WHERE source_id IN (SELECT value FROM json_each(?)) AND version <"
        " (SELECT max(version) FROM texts WHERE source_id = t.source_id) ORDER BY source_id, version",
        (json.dumps(list(sources)),),
    ).fetchall()


def removed_sources(store: Store) -> list[int]:
    """Return the ids of sources that were removed from the study, but have texts or codings in the history."""
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
    """Replace the current text of a source without keeping the old text as a version.

    The name of the file from which the old text was imported is removed too.
    """
    store.change(
        "UPDATE texts SET text = ?, length = ?, sha256 = ?, original = '', original_sha256 = '' WHERE source_id = ? AND version ="
        " (SELECT max(version) FROM texts t WHERE t.source_id = texts.source_id)",
        (text, len(text), sha256, source),
    )


def images_of(
    store: Store, table: str, column: str, numbers: Iterable[int], acts: tuple[int, int] = EVERY_ACT
) -> list[int]:
    """Return the ids of images, which are the earlier states of rows in the history.

    They are all images of the rows of `table` that have one of `numbers` in `column`, now or in one of their images.
    Only entries of the history with ids from `acts[0]` to `acts[1]` are searched.
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
    """Replace the content of these images (earlier states of rows) by `{}`. Return how many had content."""
    return store.change_many(
        "UPDATE images SET image = ? WHERE id = ? AND image IS NOT NULL AND image <> ?",
        [(ERASED, image, ERASED) for image in images],
    )


def blank_kept_codings(store: Store, sources: Iterable[int], acts: tuple[int, int] = EVERY_ACT) -> None:
    """Erase the quotes, contexts and memos of the kept codings of these sources.

    Kept codings are the codings of undone imports. Only imports whose history entry has an id from `acts[0]` to
    `acts[1]` are searched.
    """
    store.change(
        "UPDATE kept_codings SET quote = '', before = '', after = '', memo = ''"
        f" WHERE source_id IN (SELECT value FROM json_each(:sources)) AND {KEPT_IN_ACTS}",
        {"sources": json.dumps(list(sources)), "first": acts[0], "last": acts[1]},
    )


def touched_acts(store: Store, images: Iterable[int]) -> list[int]:
    """Return the ids of the history entries that have these images (recorded states of rows). Erasures are left out."""
    return [
        row[0]
        for row in store.query(
            "SELECT DISTINCT act FROM images WHERE id IN (SELECT value FROM json_each(?))"
            " AND act NOT IN (SELECT act FROM erasures) ORDER BY act",
            (json.dumps(list(images)),),
        )
    ]


def rewrite_images(store: Store, change: Callable[[str, dict[str, Any]], dict[str, Any]]) -> int:
    """Replace the values in images (earlier states of rows) by the result of `change`.

    Return how many images changed. `change` is a function: (name of the table, values by column name) → new values.
    """
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
    """Replace each text in a column of a table by `change(text)`. Return the ids of the changed rows.

    With `only`, just the rows with these ids are changed.
    """
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
    """Return the id of the newest erasure in the history; None when nothing was erased.

    This entry of the history and all earlier entries cannot be undone.
    """
    number: int | None = store.scalar("SELECT max(act) FROM erasures WHERE act > 0")
    return number
