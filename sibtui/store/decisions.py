"""The rows that hold decisions on disagreements between coders.

A decision is stored as a memo on a source. The memo names the codings in question by their lasting ids (`uid`), which
are the same in all copies of the study.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.store.connection import Store


def memos_by(store: Store, coder: str, source: int | None = None) -> list[tuple[int, int, str, str]]:
    """Return (memo id, source id, title, text) of the memos that a coder wrote on sources, oldest first.

    `coder` is the coder's name in small letters. `source` is the id of the source to search; with None, all sources are
    searched.
    """
    return store.query(
        "SELECT m.id, m.source_id, m.title, m.text FROM memos m JOIN coders r ON r.id = m.coder_id"
        " WHERE lower(r.name) = ? AND m.target = 'source' AND (? IS NULL OR m.source_id = ?) ORDER BY m.id",
        (coder, source, source),
    ).fetchall()


def facts(store: Store, source: int, uids: Iterable[str]) -> list[tuple[str, ...]]:
    """Return (coding, quote, code, stance, certainty, cases) for each coding in `uids` that belongs to the source.

    `uids` are lasting ids, which are the same in all copies of the study. In the result, coding, code and cases are
    lasting ids too; the ids of the cases are joined by spaces.
    """
    import json

    return store.query(
        "SELECT c.uid, c.quote, k.uid, c.stance, c.certainty, coalesce((SELECT group_concat(uid, ' ') FROM (SELECT a.uid FROM coding_cases p"
        " JOIN cases a ON a.id = p.case_id WHERE p.coding_id = c.id ORDER BY a.uid)), '')"
        " FROM codings c JOIN codes k ON k.id = c.code_id WHERE c.source_id = ? AND c.uid IN (SELECT value FROM json_each(?)) ORDER BY c.uid",
        (source, json.dumps(list(uids))),
    ).fetchall()


def coding_ids(store: Store, source: int, uids: Iterable[str]) -> list[int]:
    """Return the ids of a source's codings whose lasting ids are in `uids`."""
    import json

    return [
        row[0]
        for row in store.query(
            "SELECT id FROM codings WHERE source_id = ? AND uid IN (SELECT value FROM json_each(?))",
            (source, json.dumps(list(uids))),
        )
    ]
