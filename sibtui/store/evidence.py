"""Evidence for the cells of a matrix, row by row: the counts of codings that decide what a cell shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.evidence import EvidenceCounter, EvidenceCounts, characters, shared_columns
from sibtui.model.frozen import dataclass
from sibtui.model.gc_pause import gc_paused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.evidence import PackedSpan
    from sibtui.model.records import Asked, Kind
    from sibtui.store.connection import Store

_MEMBER = {
    "case": "cc.case_id",
    "source": "c.source_id",
    "coder": "c.coder_id",
    "pair": "cc.case_id << 31 | c.source_id",
}
_WITH_CASES = frozenset({"case", "pair"})


@dataclass(frozen=True, slots=True)
class Grouping:
    """The columns of a matrix.

    `by` is the kind of column: "case", "source", "coder" or "pair" (a case in a source). `columns` is a map: id of a
    case, source or coder → index of its column. For a pair, the key in this map is `case id << 31 | source id`.
    """

    by: str
    columns: Mapping[int, int]


def evidence(
    store: Store,
    rows: Sequence[Sequence[int]],
    grouping: Grouping,
    *,
    kinds: Sequence[str] = (),
    coders: Sequence[int] = (),
    settled: Sequence[int] = (),
    rounds: Sequence[int] = (),
    of_kind: Mapping[int, Kind] | None = None,
    numbers: Sequence[Collection[int] | None] = (),
) -> Iterator[EvidenceCounts]:
    """Yield the evidence (counts of codings) of each matrix row. `rows` has the ids of the codes of each row.

    The evidence of a row has no entry for a column without codings.

    - `kinds`, `coders` and `rounds` limit the codings that are counted; an empty sequence sets no limit.
    - `settled` has the ids of codings that are not counted, because a joint decision of the coders has replaced them.
    - `numbers` is empty, or has one entry per row: the ids of the codings that may be counted, or None for all except
      `settled`.
    - `of_kind` maps source ids to kinds of sources; pass None when the rule of the matrix does not need kinds.
    """
    shared = len(set(grouping.columns.values())) < len(grouping.columns)
    own = {column: column for column in grouping.columns.values()}
    counter = EvidenceCounter(of_kind)
    with gc_paused():
        for codes, of_row in zip(rows, numbers or [None] * len(rows), strict=True):
            places = _read(store, grouping, codes, kinds, coders, settled, rounds, of_row)
            if shared:
                yield counter.count(shared_columns(places, grouping.columns), own)
            else:
                yield counter.count(places, grouping.columns)


def covered_characters(
    store: Store,
    rows: Sequence[Sequence[int]],
    grouping: Grouping,
    *,
    kinds: Sequence[str] = (),
    coders: Sequence[int] = (),
    settled: Sequence[int] = (),
    rounds: Sequence[int] = (),
    numbers: Sequence[Collection[int] | None] = (),
) -> Iterator[dict[int, int]]:
    """Yield a map for each matrix row: column index → number of characters (code points) in coded passages.

    Only codings with the certainty "firm" and the stance "supports" are used. The arguments are as in `evidence`.
    """
    for codes, of_row in zip(rows, numbers or [None] * len(rows), strict=True):
        places = _read(store, grouping, codes, kinds, coders, settled, rounds, of_row)
        yield characters(shared_columns(places, grouping.columns))


def _read(
    store: Store,
    grouping: Grouping,
    codes: Sequence[int],
    kinds: Sequence[str],
    coders: Sequence[int],
    settled: Sequence[int],
    rounds: Sequence[int],
    numbers: Collection[int] | None,
) -> Iterable[PackedSpan]:
    """Return the codings of one matrix row, each packed into four numbers (see `model.evidence.PackedSpan`).

    If `numbers` is given, only codings with these ids are returned. The other arguments are as in `evidence`.
    """
    if numbers is None:
        return store.query(*_places(grouping, codes, kinds, coders, settled, rounds))
    sql, parameters = _places(grouping, codes, kinds, coders, (), rounds, number=", c.id")
    return (row[:4] for row in store.query(sql, parameters) if row[4] in numbers)


def _places(
    grouping: Grouping,
    codes: Sequence[int],
    kinds: Sequence[str],
    coders: Sequence[int],
    settled: Sequence[int],
    rounds: Sequence[int],
    *,
    number: str = "",
) -> tuple[str, list[int | str]]:
    """Return an SQL query for the codings of a matrix row, as (query, parameters).

    The query returns packed spans (see `model.evidence.PackedSpan`). `number` is the SQL text for an additional last
    column of the query, such as `, c.id`.
    """
    tests = [f"c.code_id IN ({', '.join('?' * len(codes))})"]
    parameters: list[int | str] = list(codes)
    if kinds:
        tests.append(f"c.source_id IN (SELECT id FROM sources WHERE kind IN ({', '.join('?' * len(kinds))}))")
        parameters += kinds
    if coders:
        tests.append(f"c.coder_id IN ({', '.join('?' * len(coders))})")
        parameters += coders
    if settled:
        tests.append(f"c.id NOT IN ({', '.join(map(str, settled))})")
    if rounds:
        tests.append(f"c.round IN ({', '.join('?' * len(rounds))})")
        parameters += rounds
    join = "LEFT JOIN coding_cases cc ON cc.coding_id = c.id" if grouping.by in _WITH_CASES else ""
    sql = (
        f"SELECT {_MEMBER[grouping.by]} << 1 | (c.stance = 'counters'),"
        " c.source_id << 31 | c.start, c.source_id << 31 | c.\"end\", c.coder_id << 1 | (c.certainty = 'firm')"
        f"{number}"
        f" FROM codings c INDEXED BY codings_by_code {join} WHERE {' AND '.join(tests)} ORDER BY c.source_id, c.start"
    )
    return sql, parameters


def topics(store: Store) -> dict[int, dict[int, dict[int | None, Asked]]]:
    """Return a map: source id → code id → case id (None: all cases) → whether an interviewer asked about the code."""
    records: dict[int, dict[int, dict[int | None, Asked]]] = {}
    for source, code, case, state in store.query("SELECT source_id, code_id, case_id, state FROM topics"):
        records.setdefault(source, {}).setdefault(code, {})[case] = state
    return records


def cases_in_sources(store: Store) -> list[tuple[int, int]]:
    """Return (case id, source id) for each pair in which the source, or a coding in it, is about the case."""
    return store.query(
        "SELECT case_id, source_id FROM source_cases UNION"
        " SELECT cc.case_id, c.source_id FROM coding_cases cc JOIN codings c ON c.id = cc.coding_id ORDER BY 1, 2"
    ).fetchall()


def waiting(
    store: Store,
    codes: Sequence[int],
    sources: Sequence[int],
    *,
    kinds: Sequence[str] = (),
    coders: Sequence[int] = (),
    settled: Sequence[int] = (),
    numbers: Collection[int] | None = None,
    rounds: Sequence[int] = (),
) -> int:
    """Return how many codings with one of these codes, in one of these sources, have no case.

    `kinds`, `coders` and `rounds` are as in `evidence`. With `numbers`, only codings with these ids are counted;
    otherwise, all except `settled`.
    """
    import json

    narrowed = " AND c.id NOT IN (SELECT value FROM json_each(?))"
    parameters = [json.dumps(list(each)) for each in (codes, sources, settled if numbers is None else ())]
    for column, values in (
        ("(SELECT kind FROM sources s WHERE s.id = c.source_id)", kinds or None), ("c.coder_id", coders or None), ("c.id", numbers),
        ("c.round", rounds or None),
    ):  # fmt: skip
        if values is not None:
            narrowed += f" AND {column} IN (SELECT value FROM json_each(?))"
            parameters.append(json.dumps(list(values)))
    return int(
        store.scalar(
            "SELECT count(*) FROM codings c WHERE c.code_id IN (SELECT value FROM json_each(?))"
            " AND c.source_id IN (SELECT value FROM json_each(?))"
            f" AND NOT EXISTS (SELECT 1 FROM coding_cases cc WHERE cc.coding_id = c.id){narrowed}",
            parameters,
        )
    )


def fingerprint_parts(store: Store, codings: Sequence[int]) -> list[tuple[str, int, int, str, str]]:
    """Return (SHA-256 of the source text, start, end, stance, certainty) for each of these codings.

    The result has no ids, so it is equal in another study with the same texts and codings.
    """
    import json

    return store.query(
        'SELECT t.sha256, c.start, c."end", c.stance, c.certainty FROM codings c JOIN texts t ON t.source_id = c.source_id'
        " AND t.version = (SELECT max(version) FROM texts WHERE source_id = c.source_id)"
        " WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2, 3, 4, 5",
        (json.dumps(list(codings)),),
    ).fetchall()
