"""Rows of sources, with their texts and cases, and topic records (whether an interviewer asked about a code)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.records import Source, TopicRecord
from sibtui.store.cases import all_values
from sibtui.store.rounds import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sibtui.model.records import Asked
    from sibtui.store.connection import Store
    from sibtui.store.rounds import BlindRound

TEXTS_AT_ONCE = 1 << 20
"""The largest number of characters in the texts that are read together."""
_SOURCE = """
    SELECT s.id, s.name, s.title, s.kind, s.fidelity, s.started, s.added,
        (SELECT json_group_array(c.label) FROM
            (SELECT c.label FROM source_cases sc JOIN cases c ON c.id = sc.case_id
             WHERE sc.source_id = s.id ORDER BY c.position, c.id) c),
        t.length, t.version, t.original, t.original_sha256, s.language, s.uid
    FROM sources s JOIN texts t ON t.source_id = s.id
        AND t.version = (SELECT max(version) FROM texts WHERE source_id = s.id)
"""


def sources(
    store: Store, *, counts: bool = True, only: int | None = None, blind: BlindRound | None = None
) -> list[Source]:
    """Return all sources in the order of the source list. If `only` is given, return only the source with this id.

    If `counts` is set, each source has the number of its codings. If `blind` is given, only codings and readings of
    this blind round count.
    """
    values = all_values(store, "source", only)
    coded = _counts(store, only, blind) if counts else {}
    where = "" if only is None else "WHERE s.id = ?"
    rows = store.query(f"{_SOURCE} {where} ORDER BY s.position, s.id", () if only is None else (only,))
    read = _read_by(store, only, blind)
    return [
        _source(row, read.get(row[0], {}), *coded.get(row[0], (0, 0)), values.get(row[0], {}))
        for row in rows.fetchall()
    ]


def _read_by(store: Store, only: int | None, blind: BlindRound | None) -> dict[int, dict[str, str]]:
    """Return a nested map: source id → coder → time when the coder last read the source for all codes.

    With `only`, the map has just the source with this id. With `blind`, only readings in this blind round count.
    """
    times: dict[int, dict[str, str]] = {}
    where, parameters = ("", ()) if only is None else ("AND g.source_id = ?", (only,))
    for source, coder, at in store.query(
        "SELECT g.source_id, r.name, max(g.at) FROM readings g JOIN coders r ON r.id = g.coder_id"
        f" WHERE g.code_id IS NULL {where} AND {visible(blind, 'g')} GROUP BY g.source_id, r.id ORDER BY r.name",
        parameters,
    ):
        times.setdefault(source, {})[coder] = at
    return times


def _source(
    row: tuple[Any, ...], read: dict[str, str], codings: int, unattributed: int, values: dict[str, str]
) -> Source:
    import json

    number, name, title, kind, fidelity, started, added, cases, length, version, original, sha256, language, uid = row
    return Source(
        id=number,
        name=name,
        title=title,
        kind=kind,
        fidelity=fidelity,
        reading="read" if read else "in progress" if started else "unread",
        read_at=max(read.values(), default=None),
        added=added,
        cases=tuple(json.loads(cases)),
        length=length,
        version=version,
        original=original,
        sha256=sha256,
        codings=codings,
        unattributed=unattributed,
        attributes=values,
        read_by=tuple(read),
        language=language,
        uid=uid,
    )


def _counts(store: Store, only: int | None, blind: BlindRound | None) -> dict[int, tuple[int, int]]:
    """Return a map: source id → (number of codings, number of codings without a case).

    With `only`, the map has just the source with this id. With `blind`, only codings of this blind round are counted.
    """
    condition, parameters = ("1", ()) if only is None else ("source_id = ?", (only,))
    condition += f" AND {visible(blind, 'c')}"
    totals = dict(
        store.query(
            f"SELECT source_id, count(*) FROM codings c WHERE {condition} GROUP BY source_id", parameters
        ).fetchall()
    )
    unattributed = dict(
        store.query(
            "SELECT source_id, count(*) FROM codings c "
            f"WHERE {condition} AND NOT EXISTS (SELECT 1 FROM coding_cases cc WHERE cc.coding_id = c.id) GROUP BY source_id",
            parameters,
        ).fetchall()
    )
    return {source: (total, unattributed.get(source, 0)) for source, total in totals.items()}


def source_ids(store: Store) -> dict[str, int]:
    """Return a map: name of a source → its id, in the order of the source list."""
    return dict(store.query("SELECT name, id FROM sources ORDER BY position, id").fetchall())


def of_kind(store: Store, kind: str) -> list[int]:
    return [number for (number,) in store.query("SELECT id FROM sources WHERE kind = ?", (kind,))]


def find(store: Store, name: str) -> int | None:
    """Return the id of the source with exactly this name; None when there is no such source."""
    number: int | None = store.scalar("SELECT id FROM sources WHERE name = ?", (name,))
    return number


def name(store: Store, source: int) -> str:
    source_name: str = store.scalar("SELECT name FROM sources WHERE id = ?", (source,))
    return source_name


def text(store: Store, source: int) -> str:
    """Return the current text of a source. The text is cached, because each new coding of the same source needs it."""
    newest = "WHERE source_id = ? ORDER BY version DESC LIMIT 1"
    key = (store.data_version, source, store.scalar(f"SELECT sha256 FROM texts {newest}", (source,)))
    if store.cached_text[0] != key:
        store.cached_text = (key, store.scalar(f"SELECT text FROM texts {newest}", (source,)))
    return store.cached_text[1]


def lengths(store: Store) -> dict[int, int]:
    """Return a map: source id → number of characters of its current text."""
    newest = "SELECT max(version) FROM texts WHERE source_id = t.source_id"
    return dict(store.query(f"SELECT source_id, length FROM texts t WHERE version = ({newest})").fetchall())


def text_once(store: Store, source: int) -> str | None:
    """Return the current text of a source without caching it; None when the source has no text."""
    newest = "SELECT text FROM texts WHERE source_id = ? ORDER BY version DESC LIMIT 1"
    found: str | None = store.scalar(newest, (source,))
    return found


def current_texts(store: Store, only: Collection[int] | None = None) -> Iterator[tuple[int, str, str, str]]:
    """Yield (id, name, language, current text) of each source, in the order of the source list.

    With `only`, yield only the sources with these ids. The caller can change the study while it uses a text, because no
    SELECT is open.
    """
    import json

    newest = "t.version = (SELECT max(version) FROM texts WHERE source_id = t.source_id)"
    listed = store.query(
        f"SELECT s.id, s.name, s.language, t.length FROM sources s JOIN texts t ON t.source_id = s.id WHERE {newest}"
        " ORDER BY s.position, s.id"
    ).fetchall()
    listed = listed if only is None else [row for row in listed if row[0] in only]
    chosen = (
        f"SELECT t.source_id, t.text FROM texts t WHERE {newest} AND t.source_id IN (SELECT value FROM json_each(?))"
    )
    for batch in _batches(listed):
        texts = dict(store.query(chosen, (json.dumps([number for number, *_ in batch]),)).fetchall())
        for number, name_, language, _ in batch:
            if number in texts:  # the caller may have removed the source meanwhile
                yield number, name_, language, texts[number]


def _batches(listed: Iterable[tuple[int, str, str, int]]) -> Iterator[list[tuple[int, str, str, int]]]:
    """Yield the rows of sources in batches whose texts have at most TEXTS_AT_ONCE characters together.

    A longer text is a batch by itself.
    """
    batch: list[tuple[int, str, str, int]] = []
    characters = 0
    for row in listed:
        if batch and characters + row[3] > TEXTS_AT_ONCE:
            yield batch
            batch, characters = [], 0
        batch.append(row)
        characters += row[3]
    if batch:
        yield batch


def versions(store: Store, source: int) -> list[tuple[int, str, int, str, str]]:
    """Return (number, time, length, file name, SHA-256) of each version of a source's text, oldest first."""
    return store.query(
        "SELECT version, added, length, original, sha256 FROM texts WHERE source_id = ? ORDER BY version", (source,)
    ).fetchall()


def text_of_version(store: Store, source: int, version: int) -> str | None:
    """Return the text of one version of a source; None when the source does not have this version."""
    text: str | None = store.scalar("SELECT text FROM texts WHERE source_id = ? AND version = ?", (source, version))
    return text


def name_by_original(store: Store, sha256: str) -> str | None:
    """Return the name of the source that was made from the file with this SHA-256; None if there is no such source."""
    name: str | None = store.scalar(
        "SELECT s.name FROM texts t JOIN sources s ON s.id = t.source_id WHERE t.original_sha256 = ?", (sha256,)
    )
    return name


def original_hashes(store: Store) -> set[str]:
    """Return the SHA-256 of each file from which a source was made."""
    return {row[0] for row in store.query("SELECT original_sha256 FROM texts WHERE original_sha256 <> ''")}


def originals(store: Store) -> dict[str, str]:
    """Return a map: SHA-256 of a file → name of the source that was made from this file."""
    return dict(
        store.query(
            "SELECT t.original_sha256, s.name FROM texts t JOIN sources s ON s.id = t.source_id WHERE t.original_sha256 != ''"
        ).fetchall()
    )


def file_names(store: Store) -> list[tuple[str, str]]:
    """Return (source name, file name) for each version of each text; an empty file name if there was no file."""
    return store.query(
        "SELECT s.name, t.original FROM texts t JOIN sources s ON s.id = t.source_id ORDER BY s.position, s.id, t.version"
    ).fetchall()


def add_source(store: Store, source: Source) -> int:
    """Insert the row of a source, and return its id.

    The caller must insert its text, its cases, its attribute values, and the records of who has read it.
    """
    return store.change(
        "INSERT INTO sources (name, title, kind, fidelity, started, added, language, uid, position) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, coalesce(nullif(?, ''), lower(hex(randomblob(16)))),"
        " 1 + (SELECT coalesce(max(position), 0) FROM sources))",
        (
            source.name, source.title, source.kind, source.fidelity, source.reading == "in progress", source.added,
            source.language, source.uid,
        ),
    )  # fmt: skip


def add_text(store: Store, source: int, text: str, *, sha256: str, original: str, original_sha256: str, at: str) -> int:
    """Add a text as the newest version of a source, and return the number of this version.

    `original` is the name of the file from which the text was made, and `original_sha256` is the digest of this file.
    `at` is the time of the new version.
    """
    version = 1 + int(store.scalar("SELECT coalesce(max(version), 0) FROM texts WHERE source_id = ?", (source,)))
    store.change(_ADD_TEXT, (source, version, len(text), sha256, original, original_sha256, at, text))
    return version


def add_first_text(
    store: Store, source: int, text: str, *, data: bytes, sha256: str, original: str, original_sha256: str, at: str
) -> None:
    """Add the text of a new source. `data` is the same text in UTF-8, so that it is not encoded again for SQLite.

    `original` is the name of the file from which the text was made, and `original_sha256` is the digest of this file.
    `at` is the time of the first version.
    """
    sql, stored = (_ADD_ENCODED, data) if store.is_utf8 else (_ADD_TEXT, text)
    store.change(sql, (source, 1, len(text), sha256, original, original_sha256, at, stored))


_ADD_TEXT = (
    "INSERT INTO texts (source_id, version, length, sha256, original, original_sha256, added, text) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_ENCODED = _ADD_TEXT.removesuffix("?)") + "CAST(? AS TEXT))"


def set_source(store: Store, source: Source) -> None:
    """Store only the name, title, kind, language and fidelity (verbatim, or notes only) of a source."""
    store.change(
        "UPDATE sources SET name = ?, title = ?, kind = ?, fidelity = ?, language = ? WHERE id = ?",
        (source.name, source.title, source.kind, source.fidelity, source.language, source.id),
    )


def set_started(store: Store, source: int, *, started: bool) -> None:
    """Record whether the reading of a source is in progress: begun by a coder, but not finished."""
    store.change("UPDATE sources SET started = ? WHERE id = ? AND started <> ?", (started, source, started))


def set_cases(store: Store, source: int, cases: Iterable[int]) -> None:
    """Store `cases` (ids) as the only cases that a source is about."""
    chosen = set(cases)
    present = {row[0] for row in store.query("SELECT case_id FROM source_cases WHERE source_id = ?", (source,))}
    for case in sorted(present - chosen):
        store.change("DELETE FROM source_cases WHERE source_id = ? AND case_id = ?", (source, case))
    for case in sorted(chosen - present):
        store.change("INSERT INTO source_cases (source_id, case_id) VALUES (?, ?)", (source, case))


def add_cases(store: Store, source: int, cases: Iterable[int]) -> None:
    """Insert the cases that a new source is about. `cases` are their ids. The source must not have cases yet."""
    for case in sorted(set(cases)):
        store.change("INSERT INTO source_cases (source_id, case_id) VALUES (?, ?)", (source, case))


def cases_by_source(store: Store) -> dict[int, tuple[int, ...]]:
    """Return a map: source id → ids of the cases that the source is about."""
    touched_by_source: dict[int, tuple[int, ...]] = {}
    for source, case in store.query("SELECT source_id, case_id FROM source_cases ORDER BY source_id, case_id"):
        touched_by_source[source] = (*touched_by_source.get(source, ()), case)
    return touched_by_source


def touched(store: Store, source: int) -> tuple[int, ...]:
    """Return the ids of the cases that a source is about."""
    rows = store.query("SELECT case_id FROM source_cases WHERE source_id = ? ORDER BY case_id", (source,))
    return tuple(row[0] for row in rows)


def shared(store: Store, one: int, other: int) -> list[int]:
    """Return the ids of the sources that are about both the case `one` and the case `other`."""
    rows = store.query(
        "SELECT source_id FROM source_cases WHERE case_id = ? INTERSECT SELECT source_id FROM source_cases WHERE case_id = ?",
        (one, other),
    )
    return [row[0] for row in rows]


def remove_source(store: Store, source: int) -> None:
    store.change("DELETE FROM sources WHERE id = ?", (source,))


def topics(store: Store, paths: dict[int, str]) -> list[TopicRecord]:
    """Return all topic records, ordered by source, code and case.

    `paths` maps all code ids to codebook paths, in the order of the codebook.
    """
    order = {code: at for at, code in enumerate(paths)}
    rows = store.query(
        "SELECT s.name, v.code_id, v.state, coalesce(c.label, '') FROM topics v JOIN sources s ON s.id = v.source_id"
        " LEFT JOIN cases c ON c.id = v.case_id ORDER BY s.position, s.id, coalesce(c.position, 0)"
    ).fetchall()
    names = {row[0]: at for at, row in enumerate(rows)}
    rows.sort(key=lambda row: (names[row[0]], order[row[1]]))
    return [TopicRecord(source, paths[code], state, case) for source, code, state, case in rows]


def set_topic(store: Store, source: int, code: int, state: Asked | None, case: int | None = None) -> None:
    """Record whether the interviewer asked about a code in a source. If `state` is None, remove the record.

    The record is about one case, or about all cases of the source if `case` is None.
    """
    key = (source, code, case)
    if state is None:
        store.change("DELETE FROM topics WHERE source_id = ? AND code_id = ? AND case_id IS ?", key)
    elif store.scalar("SELECT 1 FROM topics WHERE source_id = ? AND code_id = ? AND case_id IS ?", key) is None:
        store.change("INSERT INTO topics (source_id, code_id, case_id, state) VALUES (?, ?, ?, ?)", (*key, state))
    else:
        store.change(
            "UPDATE topics SET state = ? WHERE source_id = ? AND code_id = ? AND case_id IS ? AND state <> ?",
            (state, *key, state),
        )
