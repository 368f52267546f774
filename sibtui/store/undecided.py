"""Rows of undecided codings. A coding is undecided if a correction of its source's text made its place uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sibtui.store.connection import Store

Undecided = tuple[int, int, int, int, int]
"""An undecided coding: (id, text version, start, end, score). Version, start and end are its last certain place.

The score is the similarity of its quote to the most similar passage of the current text.
"""


def numbers(store: Store) -> frozenset[int]:
    """Return the ids of all undecided codings."""
    return frozenset(row[0] for row in store.query("SELECT coding_id FROM undecided"))


def contexts(store: Store, coding: int | None = None) -> dict[int, tuple[str, str]]:
    """Return a map: id of an undecided coding → (text before its quote, text after its quote).

    If the id of a coding is given, only this coding can be in the map.
    """
    only, values = ("", ()) if coding is None else (" WHERE u.coding_id = ?", (coding,))
    rows = store.query(
        f"SELECT c.id, c.before, c.after FROM undecided u JOIN codings c ON c.id = u.coding_id{only}", values
    )
    return {number: (before, after) for number, before, after in rows}


def of_source(store: Store, source: int | None = None) -> list[Undecided]:
    """Return the undecided codings of all sources, or of one `source`, ordered by source, start and end."""
    return store.query(
        'SELECT u.coding_id, u.version, u.start, u."end", u.score FROM undecided u JOIN codings c ON c.id = u.coding_id'
        " JOIN sources s ON s.id = c.source_id WHERE ? IS NULL OR s.id = ?"
        ' ORDER BY s.position, s.id, c.start, c."end", c.id',
        (source, source),
    ).fetchall()


def put(store: Store, row: Undecided) -> None:
    """Record that a coding is undecided, or update its record. If no value differs, no row is changed."""
    present = store.query(
        'SELECT coding_id, version, start, "end", score FROM undecided WHERE coding_id = ?', row[:1]
    ).fetchone()
    if present is None:
        store.change('INSERT INTO undecided (coding_id, version, start, "end", score) VALUES (?, ?, ?, ?, ?)', row)
    elif present != row:
        store.change(
            'UPDATE undecided SET version = ?, start = ?, "end" = ?, score = ? WHERE coding_id = ?', (*row[1:], row[0])
        )


def remove(store: Store, coding: int) -> None:
    """Remove the record that the place of a coding is uncertain, because the place is certain again."""
    if store.scalar("SELECT 1 FROM undecided WHERE coding_id = ?", (coding,)) is not None:
        store.change("DELETE FROM undecided WHERE coding_id = ?", (coding,))


def count(
    store: Store,
    codes: Sequence[int],
    sources: Sequence[int],
    kinds: Sequence[str],
    coders: Sequence[int],
    chosen: Collection[int] | None = None,
    rounds: Sequence[int] = (),
    without: Sequence[int] = (),
) -> int:
    """Return the number of undecided codings that match all arguments.

    An empty `kinds` (kinds of source), `coders` or `rounds` allows all. `chosen` are the ids of the codings that may be
    counted; None allows all except those with an id in `without`.
    """
    if store.scalar("SELECT 1 FROM undecided LIMIT 1") is None:
        return 0
    import json

    tests, parameters = (
        ["c.id NOT IN (SELECT value FROM json_each(?))"],
        [json.dumps(list(without if chosen is None else ()))],
    )
    for column, values in (
        ("c.code_id", codes), ("c.source_id", sources), ("s.kind", kinds or None), ("c.coder_id", coders or None),
        ("c.id", chosen), ("c.round", rounds or None),
    ):  # fmt: skip
        if values is not None:
            tests.append(f"{column} IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps(list(values)))
    return int(
        store.scalar(
            "SELECT count(*) FROM undecided u JOIN codings c ON c.id = u.coding_id JOIN sources s ON s.id = c.source_id"
            f" WHERE {' AND '.join(tests)}",
            parameters,
        )
    )
