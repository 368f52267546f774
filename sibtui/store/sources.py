"""Sources, their texts, the cases that they touch, and what they were asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.records import Coverage, Source
from sibtui.store.cases import all_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.records import Asked
    from sibtui.store.connection import Store

_SOURCE = """
    SELECT s.id, s.name, s.title, s.kind, s.fidelity, s.reading, s.read_at, s.added,
        (SELECT json_group_array(c.label) FROM
            (SELECT c.label FROM source_cases sc JOIN cases c ON c.id = sc.case_id
             WHERE sc.source_id = s.id ORDER BY c.position, c.id) c),
        t.length, t.version, t.original, t.original_sha256
    FROM sources s JOIN texts t ON t.source_id = s.id
        AND t.version = (SELECT max(version) FROM texts WHERE source_id = s.id)
"""


def sources(store: Store, *, counts: bool = True, only: int | None = None) -> list[Source]:
    """All sources in their order, or only one, without their texts; with the number of their codings when `counts`."""
    values = all_values(store, "source", only)
    coded = _counts(store, only) if counts else {}
    where = "" if only is None else "WHERE s.id = ?1"
    rows = store.query(f"{_SOURCE} {where} ORDER BY s.position, s.id", () if only is None else (only,))
    return [_source(row, *coded.get(row[0], (0, 0)), values.get(row[0], {})) for row in rows]


def _source(row: tuple[Any, ...], codings: int, unattributed: int, values: dict[str, str]) -> Source:
    import json  # noqa: PLC0415 - a matrix shows without it

    return Source(*(*row[:8], tuple(json.loads(row[8])), *row[9:], codings, unattributed, values))


def _counts(store: Store, only: int | None) -> dict[int, tuple[int, int]]:
    """Source id → (codings, unattributed codings), of all sources or of one."""
    narrowed, parameters = ("1", ()) if only is None else ("source_id = ?", (only,))
    totals = dict(
        store.query(
            f"SELECT source_id, count(*) FROM codings WHERE {narrowed} GROUP BY source_id", parameters
        ).fetchall()
    )
    loose = dict(
        store.query(
            "SELECT source_id, count(*) FROM codings c "
            f"WHERE {narrowed} AND NOT EXISTS (SELECT 1 FROM coding_cases cc WHERE cc.coding_id = c.id) GROUP BY source_id",
            parameters,
        ).fetchall()
    )
    return {source: (total, loose.get(source, 0)) for source, total in totals.items()}


def source_ids(store: Store) -> dict[str, int]:
    """Name → id, in order."""
    return dict(store.query("SELECT name, id FROM sources ORDER BY position, id").fetchall())


def find(store: Store, name: str) -> int | None:
    """The id of the source with exactly this name."""
    number: int | None = store.one("SELECT id FROM sources WHERE name = ?", (name,))
    return number


def name(store: Store, source: int) -> str:
    found: str = store.one("SELECT name FROM sources WHERE id = ?", (source,))
    return found


def text(store: Store, source: int) -> str:
    """The current text of a source. The one read last is kept: who codes a long note asks for it with each coding."""
    newest = "WHERE source_id = ? ORDER BY version DESC LIMIT 1"
    key = (store.data_version, store.one(f"SELECT sha256 FROM texts {newest}", (source,)))
    if store.kept_text[0] != key:
        store.kept_text = (key, store.one(f"SELECT text FROM texts {newest}", (source,)))
    return store.kept_text[1]


def name_by_original(store: Store, sha256: str) -> str | None:
    """The source which came from a file with these bytes, if there is one."""
    name: str | None = store.one(
        "SELECT s.name FROM texts t JOIN sources s ON s.id = t.source_id WHERE t.original_sha256 = ?", (sha256,)
    )
    return name


def originals(store: Store) -> dict[str, str]:
    """SHA-256 of the bytes that a source came from → the source's name."""
    return dict(
        store.query(
            "SELECT t.original_sha256, s.name FROM texts t JOIN sources s ON s.id = t.source_id WHERE t.original_sha256 != ''"
        ).fetchall()
    )


def add_source(store: Store, source: Source) -> int:
    """Insert the row of a source (its `id`, cases, text and attributes are put in by the other functions)."""
    return store.change(
        "INSERT INTO sources (name, title, kind, fidelity, reading, read_at, added, position) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 1 + (SELECT coalesce(max(position), 0) FROM sources))",
        (source.name, source.title, source.kind, source.fidelity, source.reading, source.read_at, source.added),
    )


def add_text(store: Store, source: int, text: str, *, sha256: str, original: str, original_sha256: str, at: str) -> int:
    """Add a text as the newest version of a source's; the version."""
    version = 1 + int(store.one("SELECT coalesce(max(version), 0) FROM texts WHERE source_id = ?", (source,)))
    store.change(
        "INSERT INTO texts (source_id, version, length, sha256, original, original_sha256, added, text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (source, version, len(text), sha256, original, original_sha256, at, text),
    )
    return version


def set_source(store: Store, source: Source) -> None:
    store.change(
        "UPDATE sources SET name = ?, title = ?, kind = ?, fidelity = ?, reading = ?, read_at = ? WHERE id = ?",
        (source.name, source.title, source.kind, source.fidelity, source.reading, source.read_at, source.id),
    )


def set_cases(store: Store, source: int, cases: Iterable[int]) -> None:
    """Let the source touch exactly these cases."""
    wanted = set(cases)
    there = {row[0] for row in store.query("SELECT case_id FROM source_cases WHERE source_id = ?", (source,))}
    for case in sorted(there - wanted):
        store.change("DELETE FROM source_cases WHERE source_id = ? AND case_id = ?", (source, case))
    for case in sorted(wanted - there):
        store.change("INSERT INTO source_cases (source_id, case_id) VALUES (?, ?)", (source, case))


def cases_by_source(store: Store) -> dict[int, tuple[int, ...]]:
    """Source id → ids of the cases that it touches."""
    found: dict[int, tuple[int, ...]] = {}
    for source, case in store.query("SELECT source_id, case_id FROM source_cases ORDER BY source_id, case_id"):
        found[source] = (*found.get(source, ()), case)
    return found


def touched(store: Store, source: int) -> tuple[int, ...]:
    """The ids of the cases that one source touches."""
    rows = store.query("SELECT case_id FROM source_cases WHERE source_id = ? ORDER BY case_id", (source,))
    return tuple(row[0] for row in rows)


def remove_source(store: Store, source: int) -> None:
    store.change("DELETE FROM sources WHERE id = ?", (source,))


def coverage(store: Store, paths: dict[int, str]) -> list[Coverage]:
    """All coverage, in the order of sources and codes. `paths` maps code ids to paths, in the codebook's order."""
    order = {code: at for at, code in enumerate(paths)}
    rows = store.query(
        "SELECT s.name, v.code_id, v.state FROM coverage v JOIN sources s ON s.id = v.source_id ORDER BY s.position, s.id"
    ).fetchall()
    names = {row[0]: at for at, row in enumerate(rows)}
    rows.sort(key=lambda row: (names[row[0]], order[row[1]]))
    return [Coverage(source, paths[code], state) for source, code, state in rows]


def set_coverage(store: Store, source: int, code: int, state: Asked | None) -> None:
    """Record whether a topic was raised; None takes the record away."""
    if state is None:
        store.change("DELETE FROM coverage WHERE source_id = ? AND code_id = ?", (source, code))
        return
    store.change(
        "INSERT INTO coverage (source_id, code_id, state) VALUES (?, ?, ?) "
        "ON CONFLICT (source_id, code_id) DO UPDATE SET state = excluded.state WHERE state <> excluded.state",
        (source, code, state),
    )
