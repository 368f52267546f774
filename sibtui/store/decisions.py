"""Rows of decisions: the memos of one coder on sources, and the codings that they name by lasting ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.store.connection import Store


def memos_by(store: Store, coder: str, source: int | None = None) -> list[tuple[int, int, str, str]]:
    """Return (memo id, source id, title, text) of the memos of a coder on sources, or on one source, oldest first.

    `coder` is the name in small letters.
    """
    return store.query(
        "SELECT m.id, m.source_id, m.title, m.text FROM memos m JOIN coders r ON r.id = m.coder_id"
        " WHERE lower(r.name) = ? AND m.target = 'source' AND (? IS NULL OR m.source_id = ?) ORDER BY m.id",
        (coder, source, source),
    ).fetchall()


def coding_ids(store: Store, source: int, uids: Iterable[str]) -> list[int]:
    """Return the ids of the codings in a source with these lasting ids. Ids of removed codings are left out."""
    import json

    return [
        row[0]
        for row in store.query(
            "SELECT id FROM codings WHERE source_id = ? AND uid IN (SELECT value FROM json_each(?))",
            (source, json.dumps(list(uids))),
        )
    ]
