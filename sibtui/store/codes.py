"""Rows of the codebook: the tree of codes, and the lineage of each code (its merges, renames and other events)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.codebook import join_path
from sibtui.model.records import Code, Lineage
from sibtui.store.rounds import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.store.connection import Store
    from sibtui.store.rounds import BlindRound

DEEPEST = 100
"""The largest number of codebook levels that are read.

Nobody needs more levels: a file with more levels was made to do harm.
"""


def codes(store: Store, *, counts: bool = False, blind: BlindRound | None = None) -> list[Code]:
    """Return all codes in tree order: each code is followed by its sub-codes.

    With `counts`, each code has the number of its codings. With `blind`, only codings of this blind round are counted.
    """
    rows = store.query(
        "SELECT id, parent_id, name, definition, include, exclude, example, origin, status, colour, key, since, uid,"
        " (SELECT max(l.since) FROM lineage l WHERE l.code_id = codes.id) FROM codes ORDER BY position, id"
    ).fetchall()
    counting = f"SELECT code_id, count(*) FROM codings WHERE {visible(blind, 'codings')} GROUP BY code_id"
    coded = dict(store.query(counting).fetchall()) if counts else {}
    children: dict[int | None, list[tuple[Any, ...]]] = {}
    for row in rows:
        children.setdefault(row[1], []).append(row)
    return [_code(row, path, coded.get(row[0], 0)) for row, path in _walk(children)]


def coding_count(store: Store, code: int, blind: BlindRound | None) -> int:
    """Return the number of codings of one code. With `blind`, only codings of this blind round are counted."""
    sql = f"SELECT count(*) FROM codings WHERE code_id = ? AND {visible(blind, 'codings')}"
    return int(store.scalar(sql, (code,)))


def paths(store: Store) -> dict[int, str]:
    """Return a map: code id → path, in tree order. This is faster than reading all fields of the codes with `codes`."""
    children: dict[int | None, list[tuple[Any, ...]]] = {}
    for row in store.query("SELECT id, parent_id, name FROM codes ORDER BY position, id").fetchall():
        children.setdefault(row[1], []).append(row)
    return {row[0]: path for row, path in _walk(children)}


def _code(row: tuple[Any, ...], path: str, codings: int) -> Code:
    number, parent, name, definition, include, exclude, example, origin, status, colour, key, since, uid, changed = row
    return Code(
        number, parent, name, path, definition, include, exclude, example, origin, status, colour, key, since, codings,
        max(since, changed or ""), uid,
    )  # fmt: skip


def _walk(children: dict[int | None, list[tuple[Any, ...]]]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield (row, codebook path) for all codes in tree order.

    `children` maps the id of a code to the rows of its sub-codes. The key None has the themes (codes without a parent).
    In a damaged file, codes in a cycle and codes below the deepest allowed level are left out.
    """
    levels = [iter(children.get(None, ()))]
    above = [""]  # the path of the parent and a slash, for each level
    while levels:
        row = next(levels[-1], None)
        if row is None:
            levels.pop()
            above.pop()
            continue
        path = above[-1] + join_path((row[2],))
        yield row, path
        if row[0] in children and len(levels) < DEEPEST:
            levels.append(iter(children[row[0]]))
            above.append(f"{path}/")


def find(store: Store, names: Sequence[str]) -> tuple[int, str] | None:
    """Return (id, status) of the code with this path; None when there is no such code.

    `names` are the parts of the path, beginning with the theme.
    """
    code: tuple[int, str] | None = None
    for name in names:
        code = store.query(
            "SELECT id, status FROM codes WHERE coalesce(parent_id, 0) = ? AND name = ?",
            (code[0] if code else 0, name),
        ).fetchone()
        if code is None:
            return None
    return code


def status(store: Store, code: int) -> str:
    return str(store.scalar("SELECT status FROM codes WHERE id = ?", (code,)))


def within(store: Store, code: int) -> list[int]:
    """Return the ids of a code and of all codes below it."""
    rows = store.query(
        "WITH RECURSIVE within (id) AS (SELECT ? UNION SELECT k.id FROM within w JOIN codes k ON k.parent_id = w.id)"
        " SELECT id FROM within",
        (code,),
    )
    return [row[0] for row in rows]


def path(store: Store, code: int) -> str:
    """Return the codebook path of a code.

    Raises StudyFileError if its parents do not lead to a theme (damaged file).
    """
    names: list[str] = []
    above: int | None = code
    while above is not None:
        row = store.query("SELECT name, parent_id FROM codes WHERE id = ?", (above,)).fetchone()
        if row is None or len(names) > DEEPEST:
            raise store.damaged("a code has no place in the codebook")
        name, above = row
        names.append(name)
    return join_path(reversed(names))


class PathsAsNeeded(dict[int, str]):
    """A map: code id → codebook path. A path is read from the study only when it is needed for the first time."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def __missing__(self, code: int) -> str:
        self[code] = found = path(self._store, code)
        return found


def add_code(store: Store, code: Code) -> int:
    """Insert a code as the last sub-code of `code.parent`, and return its new id.

    The fields `id`, `path`, `codings` and `read_since` of `code` are ignored.
    """
    return store.change(
        "INSERT INTO codes"
        " (parent_id, name, definition, include, exclude, example, origin, status, colour, key, since, uid, position)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(nullif(?, ''), lower(hex(randomblob(16)))),"
        " 1 + (SELECT coalesce(max(position), 0) FROM codes WHERE parent_id IS ?))",
        (
            code.parent, code.name, code.definition, code.include, code.exclude, code.example, code.origin, code.status,
            code.colour, code.key, code.since, code.uid, code.parent,
        ),
    )  # fmt: skip


def set_code(store: Store, code: Code) -> None:
    """Store the fields of an existing code, such as its name. Its parent and its position are not stored."""
    store.change(
        "UPDATE codes SET name = ?, definition = ?, include = ?, exclude = ?, example = ?, origin = ?, status = ?,"
        " colour = ?, key = ?, since = ? WHERE id = ?",
        (
            code.name, code.definition, code.include, code.exclude, code.example, code.origin, code.status,
            code.colour, code.key, code.since, code.id,
        ),
    )  # fmt: skip


def move_code(store: Store, code: int, parent: int | None) -> None:
    """Make a code the last sub-code of the code `parent`, or the last theme if `parent` is None."""
    store.change(
        "UPDATE codes SET parent_id = ?, position = 1 + (SELECT coalesce(max(position), 0) FROM codes WHERE parent_id IS ?)"
        " WHERE id = ?",
        (parent, parent, code),
    )


def remove_code(store: Store, code: int) -> None:
    store.change("DELETE FROM codes WHERE id = ?", (code,))


def only_code_of(store: Store, code: int) -> list[tuple[str, str]]:
    """Return (matrix, row label) for each matrix row whose only code is this code."""
    return store.query(
        "SELECT m.name, r.label FROM matrix_row_codes c JOIN matrix_rows r ON r.id = c.row_id JOIN matrices m ON m.id = r.matrix_id"
        " WHERE c.code_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM matrix_row_codes o WHERE o.row_id = c.row_id AND o.code_id <> ?) ORDER BY m.position, r.position",
        (code, code),
    ).fetchall()


def coded(store: Store) -> set[int]:
    """Return the ids of the codes that have at least one coding."""
    return {
        row[0]
        for row in store.query("SELECT id FROM codes WHERE EXISTS (SELECT 1 FROM codings WHERE code_id = codes.id)")
    }


def replace_in_codings(store: Store, old: int, new: int, only: Iterable[int] | None = None) -> int:
    """Replace the code `old` by `new` in codings. Return how many codings were changed.

    `only` limits the change to the codings with these ids; None sets no limit.
    """
    rows = [row[0] for row in store.query("SELECT id FROM codings WHERE code_id = ?", (old,))]
    chosen = rows if only is None else sorted(set(only).intersection(rows))
    store.change_many("UPDATE codings SET code_id = ? WHERE id = ?", [(new, coding) for coding in chosen])
    return len(chosen)


def replace_elsewhere(store: Store, old: int, new: int) -> None:
    """Move memos, lineage events, summaries, proposals and matrix rows from the code `old` to the code `new`.

    A matrix row with both codes then has `new` only once. Codings are not moved.

    Readings (a coder has read a source for a code) and topic records (an interviewer has asked about a code) are not
    moved either, because a source may have a record for each of the two codes. The caller must decide which of the
    two records stays.
    """
    from sibtui.store import summaries as summary_rows

    store.change("UPDATE memos SET code_id = ? WHERE code_id = ?", (new, old))
    summary_rows.move(store, "code_id", old, new)
    store.change("UPDATE lineage SET code_id = ? WHERE code_id = ?", (new, old))
    store.change("UPDATE proposals SET code_id = ? WHERE code_id = ?", (new, old))
    store.change("UPDATE matrices SET rows_below = ? WHERE rows_below = ?", (new, old))
    store.change(
        "UPDATE matrix_row_codes SET code_id = :new WHERE code_id = :old"
        " AND row_id NOT IN (SELECT row_id FROM matrix_row_codes WHERE code_id = :new)",
        {"new": new, "old": old},
    )


def lineage(store: Store, code: int | None = None) -> dict[int, tuple[Lineage, ...]]:
    """Return a map: code id → events of the code (such as merges and renames), oldest first.

    With `code`, the map has just this code.
    """
    events: dict[int, tuple[Lineage, ...]] = {}
    rows = store.query(
        "SELECT code_id, event, at, coder, path, definition, note, since FROM lineage"
        " WHERE ? IS NULL OR code_id = ? ORDER BY at, id",
        (code, code),
    )
    for owner, *event in rows:
        events[owner] = (*events.get(owner, ()), Lineage(*event))
    return events


def add_lineage(store: Store, code: int, event: Lineage) -> None:
    store.change(
        "INSERT INTO lineage (code_id, event, at, coder, path, definition, note, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (code, event.event, event.at, event.coder, event.path, event.definition, event.note, event.since),
    )


def coded_places(store: Store) -> Iterator[tuple[int, int, int]]:
    """Yield (code id, source id, place) for each coding, ordered by code, source and start.

    `place` is start and end of the coding in one integer: `start << 31 | end`.
    """
    return store.query('SELECT code_id, source_id, start << 31 | "end" FROM codings ORDER BY code_id, source_id, start')
