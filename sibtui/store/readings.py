"""Rows of readings. A reading records that a coder has read a whole source in search of passages for codes.

A reading is valid either for all codes that existed when it was recorded, or for one code only. It belongs to a
round: a pass of the coder through sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import Reading

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sibtui.store.connection import Store


def readings(store: Store, paths: Mapping[int, str], *, source: int | None = None) -> list[Reading]:
    """Return all readings, ordered by source, coder, round and code.

    `paths` maps all code ids to codebook paths, in the order of the codebook. With `source` (an id), only the readings
    of this source are returned.
    """
    order = {code: at for at, code in enumerate(paths)}
    rows = store.query(
        "SELECT s.name, r.name, g.at, g.code_id, g.round, s.position, s.id FROM readings g"
        " JOIN sources s ON s.id = g.source_id JOIN coders r ON r.id = g.coder_id"
        + ("" if source is None else " WHERE g.source_id = ?"),
        () if source is None else (source,),
    ).fetchall()
    rows.sort(key=lambda row: (row[5], row[6], row[1], row[4], -1 if row[3] is None else order[row[3]]))
    return [
        Reading(source, coder, at, None if code is None else paths[code], number)
        for source, coder, at, code, number, *_ in rows
    ]


def times(
    store: Store, coders: Collection[int] = (), rounds: Collection[int] = ()
) -> tuple[dict[int, str], dict[int, dict[int, str]]]:
    """Return (times for all codes, times for one code): when each source was last read.

    The first map is source id → time of the newest reading for all codes. The second map is source id → code id → time
    of the newest reading for this code only. `coders` (ids) and `rounds` (numbers) limit the readings that are used; an
    empty collection sets no limit.
    """
    whole: dict[int, str] = {}
    single: dict[int, dict[int, str]] = {}
    tests = [
        f"{column} IN ({', '.join('?' * len(values))})"
        for column, values in (("coder_id", coders), ("round", rounds))
        if values
    ]
    filter_sql = f"WHERE {' AND '.join(tests)}" if tests else ""
    for source, code, at in store.query(
        f"SELECT source_id, code_id, max(at) FROM readings {filter_sql} GROUP BY source_id, code_id", (*coders, *rounds)
    ):
        if code is None:
            whole[source] = at
        else:
            single.setdefault(source, {})[code] = at
    return whole, single


def set_reading(store: Store, source: int, coder: int, code: int | None, at: str, number: int = 1) -> None:
    """Record that a coder has read a source, for one code only, or for all codes if `code` is None.

    `source`, `coder` and `code` are ids. `number` is the round, and `at` is the time. If the same reading was recorded
    before, it gets the new time.
    """
    key = (source, coder, code, number)
    where = "WHERE source_id = ? AND coder_id = ? AND code_id IS ? AND round = ?"
    if store.scalar(f"SELECT 1 FROM readings {where}", key) is None:
        store.change(
            "INSERT INTO readings (source_id, coder_id, code_id, round, at) VALUES (?, ?, ?, ?, ?)", (*key, at)
        )
    else:
        store.change(f"UPDATE readings SET at = ? {where} AND at <> ?", (at, *key, at))


def remove(
    store: Store, source: int, coder: str, codes: Collection[int | None] | None = None, number: int | None = None
) -> int:
    """Remove readings of a source by a coder, and return how many were removed.

    With `codes`, only the readings for these codes are removed; the element None is the reading for all codes together.
    With `number`, only the readings of this round are removed.
    """
    rows = store.query(
        "SELECT g.id, g.code_id FROM readings g JOIN coders r ON r.id = g.coder_id WHERE g.source_id = ? AND r.name = ?"
        " AND g.round = coalesce(?, g.round)",
        (source, coder, number),
    ).fetchall()
    chosen = [(reading,) for reading, code in rows if codes is None or code in codes]
    store.change_many("DELETE FROM readings WHERE id = ?", chosen)
    return len(chosen)


def remove_one(store: Store, source: int, coder: str, code: int | None, number: int) -> None:
    """Remove the reading of a source by a coder in the round `number`.

    `code` is the code for which the source was read; None is the reading for all codes together.
    """
    store.change(
        "DELETE FROM readings WHERE source_id = ? AND code_id IS ? AND round = ?"
        " AND coder_id = (SELECT id FROM coders WHERE name = ?)",
        (source, code, number, coder),
    )


def merge(store: Store, old: int, new: int, since: tuple[str, str]) -> None:
    """Merge the readings for the code `old` into those for the code `new`, because the two codes become one.

    A source counts as read for the merged code only if the same coder has read it for both codes in the same round.
    `since` has two times: for `old`, readings before `since[0]` do not count; for `new`, readings before `since[1]` do
    not count. The caller removes `old` afterwards.
    """
    whole: dict[tuple[int, int, int], str] = {}
    single: dict[int, dict[tuple[int, int, int], str]] = {old: {}, new: {}}
    for source, coder, code, number, at in store.query("SELECT source_id, coder_id, code_id, round, at FROM readings"):
        if code is None:
            whole[source, coder, number] = at
        elif code in single:
            single[code][source, coder, number] = at
    for key in sorted({*single[old], *single[new]}):
        source, coder, number = key
        last_times = [
            max((at for at in (whole.get(key, ""), single[code].get(key, "")) if at >= needed), default="")
            for code, needed in zip((old, new), since, strict=True)
        ]
        if all(last_times):
            set_reading(store, source, coder, new, max(last_times), number)
        elif key in single[new]:
            store.change(
                "DELETE FROM readings WHERE source_id = ? AND coder_id = ? AND round = ? AND code_id = ?", (*key, new)
            )
