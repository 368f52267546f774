"""The evidence for a matrix: one pass over the codings of its rows, in the order of their places."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.evidence import Counter, characters, shared_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.presence import Evidence
    from sibtui.model.records import Asked
    from sibtui.store.connection import Store

_MEMBER = {"case": "cc.case_id", "source": "c.source_id", "coder": "c.coder_id"}


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which column each case, source or coder (`by`) belongs to: ids to indexes of columns."""

    by: str
    columns: Mapping[int, int]


def evidence(
    store: Store,
    rows: Sequence[Sequence[int]],
    grouping: Grouping,
    *,
    kinds: Sequence[str] = (),
    coders: Sequence[int] = (),
) -> Iterator[dict[int, Evidence]]:
    """For each row, given as the ids of its codes: column → what was found there; columns with nothing are left out."""
    shared = len(set(grouping.columns.values())) < len(grouping.columns)
    own = {column: column for column in grouping.columns.values()}
    counter = Counter()
    enabled = gc.isenabled()
    gc.disable()  # the collector would walk a growing heap again and again, and none of it is garbage
    try:
        for codes in rows:
            places = store.query(*_places(grouping, codes, kinds, coders))
            if shared:
                yield counter.count(shared_columns(places, grouping.columns), own)
            else:
                yield counter.count(places, grouping.columns)
    finally:
        if enabled:
            gc.enable()


def covered_characters(
    store: Store,
    rows: Sequence[Sequence[int]],
    grouping: Grouping,
    *,
    kinds: Sequence[str] = (),
    coders: Sequence[int] = (),
) -> Iterator[dict[int, int]]:
    """For each row: column → code points under its firm support."""
    for codes in rows:
        places = store.query(*_places(grouping, codes, kinds, coders))
        yield characters(shared_columns(places, grouping.columns))


def _places(
    grouping: Grouping, codes: Sequence[int], kinds: Sequence[str], coders: Sequence[int]
) -> tuple[str, list[int | str]]:
    """The query for the places of a row, as `model.evidence` takes them."""
    tests = [f"c.code_id IN ({', '.join('?' * len(codes))})"]
    parameters: list[int | str] = list(codes)
    if kinds:
        tests.append(f"c.source_id IN (SELECT id FROM sources WHERE kind IN ({', '.join('?' * len(kinds))}))")
        parameters += kinds
    if coders:
        tests.append(f"c.coder_id IN ({', '.join('?' * len(coders))})")
        parameters += coders
    join = "CROSS JOIN coding_cases cc ON cc.coding_id = c.id" if grouping.by == "case" else ""
    sql = (
        f"SELECT {_MEMBER[grouping.by]} << 1 | (c.stance = 'counters'),"
        " c.source_id << 31 | c.start, c.source_id << 31 | c.\"end\", c.certainty = 'firm'"
        f" FROM codings c INDEXED BY codings_by_code {join} WHERE {' AND '.join(tests)} ORDER BY c.source_id, c.start"
    )
    return sql, parameters


def asked(store: Store) -> dict[int, dict[int, Asked]]:
    """Source id → code id → whether the topic was raised."""
    found: dict[int, dict[int, Asked]] = {}
    for source, code, state in store.query("SELECT source_id, code_id, state FROM coverage"):
        found.setdefault(source, {})[code] = state
    return found


def read_at(store: Store) -> dict[int, str]:
    """Source id → when it was read to the end, for those that were."""
    return dict(store.query("SELECT id, read_at FROM sources WHERE reading = 'read'").fetchall())


def fingerprint_parts(store: Store, codings: Sequence[int]) -> list[tuple[str, int, int, str, str]]:
    """(text's SHA-256, start, end, stance, certainty) of these codings: what the evidence of a cell is, whatever its ids."""
    import json  # noqa: PLC0415 - only matrices with judgements ask

    return store.query(
        'SELECT t.sha256, c.start, c."end", c.stance, c.certainty FROM codings c JOIN texts t ON t.source_id = c.source_id'
        " AND t.version = (SELECT max(version) FROM texts WHERE source_id = c.source_id)"
        " WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2, 3, 4, 5",
        (json.dumps(list(codings)),),
    ).fetchall()
