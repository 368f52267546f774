"""Rows of codings (coded passages), and of the cases that each coding is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.frozen import dataclass, replace
from sibtui.model.records import Coding
from sibtui.model.segments import Segment
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import sources as source_rows
from sibtui.store import undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sibtui.store.connection import Store
    from sibtui.store.rounds import BlindRound

BATCH = 10_000
MANY = 100


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter of codings. A coding must match all fields.

    - `codes`, `cases`, `sources`, `coders` and `ids` (of codings) hold the allowed ids; None allows all, and () allows
      none.
    - `kinds` (of sources), `rounds` and `hows` (the ways in which passages were found) work in the same way.
    - `without` holds the ids of codings to leave out.
    - `text` has words that must be in the quote or in the memo.
    - `unattributed` allows only codings without a case, and `for_paper` only quotes for the paper.
    - `blind` allows only the codings of this blind round. In a blind round, the coder codes sources once more, and does
      not see earlier codings.
    """

    codes: tuple[int, ...] | None = None
    cases: tuple[int, ...] | None = None
    sources: tuple[int, ...] | None = None
    kinds: tuple[str, ...] | None = None
    coders: tuple[int, ...] | None = None
    stance: str | None = None
    certainty: str | None = None
    text: str = ""
    unattributed: bool = False
    ids: tuple[int, ...] | None = None
    without: tuple[int, ...] = ()
    rounds: tuple[int, ...] | None = None
    hows: tuple[str, ...] | None = None
    for_paper: bool = False
    blind: BlindRound | None = None


NewCoding = tuple[int, int, int, int, int, str, str, str, str, str, str, str, str, int, bool, str]
"""The values of a coding to insert.

These values are: source, code, coder, start, end, stance, certainty, quote, before, after, memo, created, lasting id,
round, for the paper, and how the passage was found. If the lasting id is empty, the coding gets a new lasting id. The
text before and after the quote is empty for a coding with a certain place (see `NO_CONTEXT`).
"""
NO_CONTEXT = {"before": "", "after": ""}
"""The stored text before and after the quote of a coding whose place is certain.

The program reads this text from the text of the source. Only an undecided coding has a stored text before and after its
quote, because its quote comes from an older text.
"""


_NEWEST_IMAGES = 100
"""The number of images (stored states of rows) that are searched for a removed coding."""


def add_codings(store: Store, rows: Iterable[tuple[NewCoding, Sequence[int]]]) -> tuple[int, int]:
    """Insert codings with consecutive ids, each with the ids of its cases. Return (first id, number of codings).

    No coding gets the id of a removed coding, because a summary or a paper may still have a link to that id.
    """
    first = 1 + _highest_id(store)
    number = first
    codings: list[tuple[Any, ...]] = []
    cases: list[tuple[int, int]] = []
    for row, of in rows:
        codings.append((number, *row))
        for case in of:
            cases.append((number, case))  # noqa: PERF401 - the ids are counted in the same pass
        number += 1
        if len(codings) == BATCH:
            _insert(store, codings, cases)
            codings, cases = [], []
    _insert(store, codings, cases)
    return first, number - first


def _highest_id(store: Store) -> int:
    """Return the highest id of a coding, present or removed; 0 if there is none.

    A coding whose insertion was undone is not counted, because its id may be used again. But if very many insertions
    were undone, these codings are counted too.
    """
    removed, count, highest = store.query(
        "SELECT max(CASE WHEN op <> 'insert' THEN row END), count(*), max(row) FROM (SELECT op, row FROM images"
        " WHERE tbl = 'codings' AND image IS NOT NULL ORDER BY row DESC LIMIT ?)",
        (_NEWEST_IMAGES,),
    ).fetchone()
    if removed is None and count == _NEWEST_IMAGES:
        removed = highest
    return max(removed or 0, int(store.scalar("SELECT coalesce(max(id), 0) FROM codings")))


def _insert(store: Store, codings: list[tuple[Any, ...]], cases: list[tuple[int, int]]) -> None:
    if len(codings) < MANY:
        _insert_rows(store, codings, cases)
        return
    with store.record_inserts_after("codings", "coding_cases"):
        if len(codings) < BATCH:
            _insert_rows(store, codings, cases)
            return
        with store.without("trigger", "codings"), store.without("trigger", "coding_cases"):
            _insert_rows(store, codings, cases)


def _insert_rows(store: Store, codings: list[tuple[Any, ...]], cases: list[tuple[int, int]]) -> None:
    store.change_many(
        'INSERT INTO codings (id, source_id, code_id, coder_id, start, "end", stance, certainty, quote, before, after, memo, created, uid, round, for_paper, how)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(nullif(?, ''), lower(hex(randomblob(16)))), ?, ?, ?)",
        codings,
    )
    store.change_many("INSERT INTO coding_cases (coding_id, case_id) VALUES (?, ?)", cases)


def codings(
    store: Store, selection: Selection, *, paths: Mapping[int, str], limit: int | None = None, contexts: bool = True
) -> Iterator[Coding]:
    """Yield the selected codings, ordered by source, start and end. `paths` maps code ids to codebook paths.

    With `contexts`, each coding has the text before and after its quote. Without `contexts`, only undecided codings
    have these two texts, and codings can be read even if the text of a source is damaged.
    """
    only = selection.ids[0] if selection.ids is not None and len(selection.ids) == 1 else None
    labels = case_rows.labels(store, of_coding=only)
    open_places = undecided.contexts(store, only)
    text, of_source = "", None
    for (
        number,
        source,
        code,
        coder,
        start,
        end,
        *rest,
        quote,
        memo,
        created,
        cases,
        uid,
        in_round,
        for_paper,
        how,
        source_id,
    ) in rows(store, selection, limit=limit):
        segment = Segment(start, end)
        context = open_places.get(number)
        is_undecided = context is not None
        if context is None:
            if contexts and source_id != of_source:  # the codings of a source follow each other
                text, of_source = source_rows.text_once(store, source_id) or "", source_id
            context = segment.context(text)
        yield Coding(
            number, source, segment, quote, *context, paths[code], coder, rest[0], rest[1],
            labels_of(cases, labels), memo, created, uid, is_undecided, in_round,
            bool(for_paper), how,
        )  # fmt: skip


def labels_of(cases: str | None, labels: Mapping[int, str]) -> tuple[str, ...]:
    """Return the labels of some cases. `cases` has the ids of these cases as one text, separated by commas.

    `labels` is a map: case id → label. The result has the order of this map.
    """
    if not cases:
        return ()
    if "," not in cases:
        return (labels[int(cases)],)
    ids = sorted(map(int, cases.split(",")), key=list(labels).index)
    return tuple(labels[case] for case in ids)


def coding(store: Store, number: int) -> Coding | None:
    """Return the coding with the id `number`; None when there is no such coding."""
    code = store.scalar("SELECT code_id FROM codings WHERE id = ?", (number,))
    if code is None:
        return None
    return next(codings(store, Selection(ids=(number,)), paths={code: code_rows.path(store, code)}), None)


def rows(store: Store, selection: Selection, *, limit: int | None = None) -> Iterator[tuple[Any, ...]]:
    """Yield the selected codings as tuples, ordered by source, start and end.

    The fields of a tuple are: id, source name, code id, coder name, start, end, stance, certainty, quote, memo, time of
    creation, case ids (as one text), lasting id (the same in all copies of the study), number of the coder's round
    (pass through the sources), 1 for a quote for the paper or else 0, how the passage was found, and source id.
    """
    return _selected(store, _COLUMNS, selection, limit)


def _selected(store: Store, columns: str, selection: Selection, limit: int | None = None) -> Iterator[tuple[Any, ...]]:
    where, parameters = _where(selection)
    return store.stream(
        f"SELECT {columns} {_from(selection)} {where} ORDER BY {_ORDER} LIMIT ?",
        [*parameters, -1 if limit is None else limit],
    )


def listed_rows(
    store: Store, selection: Selection, paths: Mapping[int, str], join: Callable[[tuple[str, ...]], str]
) -> Iterator[tuple[str | int, ...]]:
    """Yield the selected codings as rows of a table, ordered by source, start and end.

    The fields: id, source, start, end, quote, code path, coder, stance, certainty, cases, memo, time of creation,
    number of the coder's round (pass through the sources), 1 for a quote for the paper or else 0, and how the passage
    was found. `join` joins the labels of the cases of a coding to one text.
    """
    labels = case_rows.labels(store)
    joined: dict[str | None, str] = {None: join(())}
    for number, source, start, end, quote, code, coder, stance, certainty, cases, *more in _selected(
        store, _LISTED, selection
    ):
        if cases not in joined:
            joined[cases] = join(labels_of(cases, labels))
        yield number, source, start, end, quote, paths[code], coder, stance, certainty, joined[cases], *more


def have_lasting_ids(store: Store) -> bool:
    """Return whether the lasting ids of all codings have the form that sibtui writes: 32 letters or digits."""
    odd = "SELECT 1 FROM codings WHERE length(uid) <> 32 OR uid GLOB '*[^0-9A-Za-z]*' LIMIT 1"
    return store.scalar(odd) is None


def spans(store: Store, selection: Selection, coders: Sequence[int]) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield (source id, code id, coder id, start, end) of codings by these coders, ordered by source, start and end.

    Only codings of `selection` are yielded, but its field `codes` is ignored. Undecided codings are left out: their
    place in the corrected text of the source is uncertain.
    """
    return store.stream(*_spans(selection, coders, 'c.start, c."end"'))


def spans_with_rounds(
    store: Store, selection: Selection, coders: Sequence[int]
) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Yield (source id, code id, coder id, round, start, end) of the codings that `spans` yields.

    The round is the number of the coder's pass through the sources. The codings are ordered by source, but not within a
    source.
    """
    return store.stream(*_spans(selection, coders, 'c.round, c.start, c."end"', "s.position, s.id"))


def _spans(selection: Selection, coders: Sequence[int], columns: str, order: str = "") -> tuple[str, list[Any]]:
    where, parameters = _where(replace(selection, codes=None, coders=tuple(coders)))
    sql = (
        f"SELECT c.source_id, c.code_id, c.coder_id, {columns} {_FROM_SOURCES} {where}"
        f" AND c.id NOT IN (SELECT coding_id FROM undecided) ORDER BY {order or _ORDER}"
    )
    return sql, parameters


def stances(
    store: Store, selection: Selection, around: tuple[int, int] | None = None
) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield (source id, start, end, code id, stance) of the selected codings, ordered by source, start and end.

    The field `codes` of `selection` is ignored. With `around` = (first, last), only codings that begin at or before
    `last` and end at or after `first` are yielded. Undecided codings are left out: their place in the corrected text
    of the source is uncertain.
    """
    where, parameters = _where(replace(selection, codes=None))
    tests = "c.id NOT IN (SELECT coding_id FROM undecided)"
    if around is not None:
        tests += ' AND c."end" >= ? AND c.start <= ?'
        parameters += around
    return store.stream(
        f'SELECT c.source_id, c.start, c."end", c.code_id, c.stance {_FROM_SOURCES} {where}'
        f" {'AND' if where else 'WHERE'} {tests} ORDER BY {_ORDER}",
        parameters,
    )


def marks_used(store: Store) -> tuple[bool, bool]:
    """Return (whether any coding is a quote for the paper, whether any passage was found by the program).

    The program finds passages by a search, for example.
    """
    chosen, found = store.query("SELECT max(for_paper), max(how) FROM codings").fetchone()
    return bool(chosen), bool(found)


def coded_sources(store: Store, selection: Selection) -> set[int]:
    """Return the ids of the sources with a selected coding."""
    where, parameters = _where(selection)
    return {row[0] for row in store.query(f"SELECT DISTINCT c.source_id {_from(selection)} {where}", parameters)}


def origins(store: Store) -> list[tuple[int, int, int]]:
    """Return (coding id, source id, coder id) for each coding of the study."""
    return store.query("SELECT id, source_id, coder_id FROM codings ORDER BY id").fetchall()


def ids(store: Store, selection: Selection) -> list[int]:
    """Return the ids of the selected codings, ordered by source, start and end."""
    where, parameters = _where(selection)
    return [row[0] for row in store.query(f"SELECT c.id {_from(selection)} {where} ORDER BY {_ORDER}", parameters)]


def count(store: Store, selection: Selection) -> int:
    """Return the number of selected codings."""
    where, parameters = _where(selection)
    return int(store.scalar(f"SELECT count(*) {_from(selection)} {where}", parameters))


_CASES = "(SELECT group_concat(cc.case_id) FROM coding_cases cc WHERE cc.coding_id = c.id)"
_COLUMNS = (
    'c.id, s.name, c.code_id, r.name, c.start, c."end", c.stance, c.certainty, c.quote, c.memo,'
    f" c.created, {_CASES}, c.uid, c.round, c.for_paper, c.how, c.source_id"
)
_LISTED = (
    'c.id, s.name, c.start, c."end", c.quote, c.code_id, r.name, c.stance, c.certainty,'
    f" {_CASES}, c.memo, c.created, c.round, c.for_paper, c.how"
)
# SQLite does not reorder a CROSS JOIN. Beginning with the sources, the codings come in the right order and need no sort. Beginning
# with the index of codes, or with ids, the time grows with the number of selected codings, not with the study.
_FROM_SOURCES = "FROM sources s CROSS JOIN codings c ON c.source_id = s.id JOIN coders r ON r.id = c.coder_id"
_FROM_CODES = "FROM codings c INDEXED BY codings_by_code CROSS JOIN sources s ON s.id = c.source_id JOIN coders r ON r.id = c.coder_id"
_FROM_IDS = "FROM codings c CROSS JOIN sources s ON s.id = c.source_id JOIN coders r ON r.id = c.coder_id"
_ORDER = 's.position, s.id, c.start, c."end", c.id'


def _from(selection: Selection) -> str:
    if selection.ids is not None:
        return _FROM_IDS
    return _FROM_SOURCES if selection.codes is None else _FROM_CODES


def _where(selection: Selection) -> tuple[str, list[Any]]:
    tests: list[str] = []
    parameters: list[Any] = []
    for column, values in (
        ("c.code_id", selection.codes),
        ("c.source_id", selection.sources),
        ("s.kind", selection.kinds),
        ("c.coder_id", selection.coders),
        ("c.id", selection.ids),
        ("c.round", selection.rounds),
        ("c.how", selection.hows),
    ):
        if values is not None:
            tests.append(f"{column} IN (SELECT value FROM json_each(?))")
            parameters.append(_json(values))
    if selection.cases is not None:
        tests.append(
            "EXISTS (SELECT 1 FROM coding_cases cc WHERE cc.coding_id = c.id AND cc.case_id IN (SELECT value FROM json_each(?)))"
        )
        parameters.append(_json(selection.cases))
    if selection.without:
        tests.append("c.id NOT IN (SELECT value FROM json_each(?))")
        parameters.append(_json(selection.without))
    if selection.blind is not None:
        tests.append(selection.blind.condition("c"))
    tests += _marked(selection)
    for column, value in (("c.stance", selection.stance), ("c.certainty", selection.certainty)):
        if value is not None:
            tests.append(f"{column} = ?")
            parameters.append(value)
    if selection.text.strip():
        tests.append("(has_words(c.quote, ?) OR has_words(c.memo, ?))")
        parameters += [selection.text] * 2
    return ("WHERE " + " AND ".join(tests) if tests else "", parameters)


def _marked(selection: Selection) -> Iterator[str]:
    if selection.for_paper:
        yield "c.for_paper"
    if selection.unattributed:
        yield "c.id NOT IN (SELECT coding_id FROM coding_cases)"


def _json(values: Sequence[int | str]) -> str:
    if all(isinstance(value, int) for value in values):  # the usual case, without the time to load json
        return f"[{','.join(map(str, values))}]"
    import json

    return json.dumps(values)


def exists(store: Store, row: NewCoding) -> bool:
    """Return whether the study has a coding like `row`.

    A coding is like `row` if its source, code, coder, start, end, stance, certainty and round (the number of the
    coder's pass through the sources) are equal.
    """
    return (
        store.scalar(
            "SELECT 1 FROM codings WHERE source_id = ? AND code_id = ? AND coder_id = ?"
            ' AND start = ? AND "end" = ? AND stance = ? AND certainty = ? AND round = ?',
            (*row[:7], row[13]),
        )
        is not None
    )


@dataclass(frozen=True, slots=True)
class Existing:
    """The fields of a stored coding that an import compares with a new coding at the same place."""

    id: int
    stance: str
    certainty: str
    memo: str
    cases: frozenset[int]
    for_paper: bool = False


def existing(store: Store, source: int) -> dict[tuple[int, int, int, int, int], list[Existing]]:
    """Return a map of the codings of a source: (code id, coder id, start, end, round) → codings with these values."""
    by_place: dict[tuple[int, int, int, int, int], list[Existing]] = {}
    for code, coder, start, end, in_round, number, stance, certainty, memo, cases, for_paper in store.query(
        'SELECT c.code_id, c.coder_id, c.start, c."end", c.round, c.id, c.stance, c.certainty, c.memo,'
        " (SELECT group_concat(cc.case_id) FROM coding_cases cc WHERE cc.coding_id = c.id), c.for_paper"
        " FROM codings c WHERE c.source_id = ? ORDER BY c.id",
        (source,),
    ):
        of = frozenset(map(int, cases.split(","))) if cases else frozenset()
        by_place.setdefault((code, coder, start, end, in_round), []).append(
            Existing(number, stance, certainty, memo, of, bool(for_paper))
        )
    return by_place


def opposites(store: Store, one: int, other: int) -> list[tuple[str, int, int, str, int, int]]:
    """Return pairs of codings at the same place with opposite stances: one supports, the other counters.

    The first coding has the code `one`, and the second has the code `other`. The two codings have the same source,
    start, end, coder and round. Each pair is returned as (source, start, end, coder, id of the first coding, id of the
    second coding).
    """
    return store.query(
        'SELECT s.name, o.start, o."end", r.name, o.id, n.id FROM codings o'
        " JOIN codings n ON n.source_id = o.source_id AND n.start = o.start"
        ' AND n."end" = o."end" AND n.coder_id = o.coder_id AND n.round = o.round AND n.stance <> o.stance AND n.code_id = ?'
        " JOIN sources s ON s.id = o.source_id JOIN coders r ON r.id = o.coder_id"
        " WHERE o.code_id = ? ORDER BY s.position, s.id, o.start, o.id, n.id",
        (other, one),
    ).fetchall()


def coders_of(store: Store, source: int) -> list[str]:
    """Return the names of the coders who have codings in a source."""
    rows = store.query(
        "SELECT DISTINCT r.name FROM codings c JOIN coders r ON r.id = c.coder_id WHERE c.source_id = ? ORDER BY r.id",
        (source,),
    )
    return [row[0] for row in rows]


TEXTS = ("quote", "before", "after", "memo", "created", "how")
"""The columns that `texts` reads. `texts` fails if one of these texts is not UTF-8."""


def places(store: Store, source: int) -> list[tuple[int, int, int, str]]:
    """Return (id, start, end, quote) for each coding of a source, ordered by start and end.

    SQLite raises its own error if a quote is not UTF-8.
    """
    return _of_source(store, ("quote",), source)


_RARE = tuple(name for name in TEXTS if name not in ("quote", "created"))
_HAS_OTHERS = " OR ".join(f"{name} <> ''" for name in _RARE)
_OTHERS = " || char(10) || ".join(_RARE)


def texts(store: Store, source: int) -> list[tuple[int, int, int, str, str, str | None]]:
    """Return the texts of all codings of a source, ordered by start and end.

    Each entry is (id, start, end, quote, time of creation, other texts). “Other texts” is one string, with one line for
    each of these: the stored texts before and after the quote, the memo, and how the passage was found. It is None if
    all of these are empty.
    """
    return _of_source(store, ("quote", "created", f"CASE WHEN {_HAS_OTHERS} THEN {_OTHERS} END"), source)


def _of_source(store: Store, columns: Sequence[str], source: int) -> list[Any]:
    return store.query(
        f'SELECT id, start, "end", {", ".join(columns)} FROM codings WHERE source_id = ? ORDER BY start, "end"',
        (source,),
    ).fetchall()


def set_fields(store: Store, coding: int, fields: Mapping[str, Any]) -> None:
    """Set some fields of a coding. `fields` maps column names to values. If no value differs, no row is changed."""
    sets = ", ".join(f'"{name}" = ?' for name in fields)
    differs = " OR ".join(f'"{name}" IS NOT ?' for name in fields)
    values = list(fields.values())
    store.change(f"UPDATE codings SET {sets} WHERE id = ? AND ({differs})", [*values, coding, *values])


def set_cases(store: Store, coding: int, cases: Sequence[int]) -> None:
    """Store `cases` (ids) as the only cases that a coding is about."""
    present = {row[0] for row in store.query("SELECT case_id FROM coding_cases WHERE coding_id = ?", (coding,))}
    for case in sorted(present.difference(cases)):
        store.change("DELETE FROM coding_cases WHERE coding_id = ? AND case_id = ?", (coding, case))
    for case in sorted(set(cases) - present):
        store.change("INSERT INTO coding_cases (coding_id, case_id) VALUES (?, ?)", (coding, case))


def remove(store: Store, codings: Iterable[int]) -> None:
    store.change_many("DELETE FROM codings WHERE id = ?", ((coding,) for coding in codings))
