"""Rows of source sets (groups of sources that the researcher has named), and of the sources in each set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import SourceSet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.store.connection import Store


def sets(store: Store) -> list[SourceSet]:
    """Return the source sets in the order of the list of sets.

    The sources of each set are in the order of the source list.
    """
    names: dict[int, list[str]] = {}
    for number, name in store.query(
        "SELECT m.set_id, s.name FROM set_sources m JOIN sources s ON s.id = m.source_id ORDER BY s.position, s.id"
    ):
        names.setdefault(number, []).append(name)
    rows = store.query("SELECT id, name, uid FROM source_sets ORDER BY position, id")
    return [SourceSet(number, name, tuple(names.get(number, ())), uid) for number, name, uid in rows]


def set_ids(store: Store) -> dict[str, int]:
    """Return a map: name of a set → its id, in the order of the list of sets."""
    return dict(store.query("SELECT name, id FROM source_sets ORDER BY position, id").fetchall())


def sources_of(store: Store, chosen: int) -> tuple[int, ...]:
    """Return the ids of the sources in the set with the id `chosen`."""
    rows = store.query("SELECT source_id FROM set_sources WHERE set_id = ? ORDER BY source_id", (chosen,))
    return tuple(number for (number,) in rows)


def add_set(store: Store, name: str, uid: str = "") -> int:
    """Add an empty set at the end of the list, and return its id. If `uid` is empty, the set gets a new lasting id."""
    return store.change(
        "INSERT INTO source_sets (name, uid, position) VALUES (?, coalesce(nullif(?, ''), lower(hex(randomblob(16)))),"
        " 1 + (SELECT coalesce(max(position), 0) FROM source_sets))",
        (name, uid),
    )


def rename_set(store: Store, chosen: int, name: str) -> None:
    store.change("UPDATE source_sets SET name = ? WHERE id = ? AND name <> ?", (name, chosen, name))


def remove_set(store: Store, chosen: int) -> None:
    store.change("DELETE FROM source_sets WHERE id = ?", (chosen,))


def add_sources(store: Store, chosen: int, sources: Iterable[int]) -> None:
    """Add sources to the set with the id `chosen`. A source that is already in the set is not added again."""
    present = set(sources_of(store, chosen))
    for source in dict.fromkeys(sources):
        if source not in present:
            store.change("INSERT INTO set_sources (set_id, source_id) VALUES (?, ?)", (chosen, source))


def remove_sources(store: Store, chosen: int, sources: Iterable[int]) -> None:
    """Remove sources from the set with the id `chosen`. The sources themselves stay in the study."""
    for source in sources:
        store.change("DELETE FROM set_sources WHERE set_id = ? AND source_id = ?", (chosen, source))
