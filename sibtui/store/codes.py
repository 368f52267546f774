"""The codebook: codes as a tree, and what happened to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.codebook import join_path
from sibtui.model.records import Code, Lineage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.store.connection import Store


def codes(store: Store, *, counts: bool = False) -> list[Code]:
    """The codebook, themes and their codes each followed by what is below; with the number of codings when `counts`."""
    rows = store.query(
        "SELECT id, parent_id, name, definition, include, exclude, example, origin, status, colour, key, since "
        "FROM codes ORDER BY position, id"
    ).fetchall()
    coded = dict(store.query("SELECT code_id, count(*) FROM codings GROUP BY code_id").fetchall()) if counts else {}
    children: dict[int | None, list[tuple[Any, ...]]] = {}
    for row in rows:
        children.setdefault(row[1], []).append(row)
    return [Code(*(*row[:3], path, *row[3:], coded.get(row[0], 0))) for row, path in _walk(children, None, ())]


def _walk(
    children: dict[int | None, list[tuple[Any, ...]]], parent: int | None, names: tuple[str, ...]
) -> Iterator[tuple[tuple[Any, ...], str]]:
    for row in children.get(parent, ()):
        below = (*names, row[2])
        yield row, join_path(below)
        yield from _walk(children, row[0], below)


def find(store: Store, names: Sequence[str]) -> tuple[int, str] | None:
    """(id, status) of the code with exactly these names, from the theme down."""
    found: tuple[int, str] | None = None
    for name in names:
        found = store.query(
            "SELECT id, status FROM codes WHERE coalesce(parent_id, 0) = ? AND name = ?",
            (found[0] if found else 0, name),
        ).fetchone()
        if found is None:
            return None
    return found


def within(store: Store, code: int) -> list[int]:
    """The ids of a code and of all that are below it."""
    rows = store.query(
        "WITH RECURSIVE within (id) AS (SELECT ? UNION ALL SELECT k.id FROM within w JOIN codes k ON k.parent_id = w.id)"
        " SELECT id FROM within",
        (code,),
    )
    return [row[0] for row in rows]


def path(store: Store, code: int) -> str:
    """The path of one code."""
    names: list[str] = []
    above: int | None = code
    while above is not None:
        name, above = store.query("SELECT name, parent_id FROM codes WHERE id = ?", (above,)).fetchone()
        names.append(name)
    return join_path(reversed(names))


def add_code(store: Store, code: Code) -> int:
    """Insert a code as the last below its parent (its `id` and `path` are not read)."""
    return store.change(
        "INSERT INTO codes (parent_id, name, definition, include, exclude, example, origin, status, colour, key, since, position)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
        " 1 + (SELECT coalesce(max(position), 0) FROM codes WHERE parent_id IS ?1))",
        (
            code.parent, code.name, code.definition, code.include, code.exclude, code.example,
            code.origin, code.status, code.colour, code.key, code.since,
        ),
    )  # fmt: skip


def set_code(store: Store, code: Code) -> None:
    """Bring a code's own fields up to date: all but its place in the tree."""
    store.change(
        "UPDATE codes SET name = ?, definition = ?, include = ?, exclude = ?, example = ?, origin = ?, status = ?,"
        " colour = ?, key = ?, since = ? WHERE id = ?",
        (
            code.name, code.definition, code.include, code.exclude, code.example, code.origin, code.status,
            code.colour, code.key, code.since, code.id,
        ),
    )  # fmt: skip


def move_code(store: Store, code: int, parent: int | None) -> None:
    """Put a code below another (None: make it a theme), as the last there."""
    store.change(
        "UPDATE codes SET parent_id = ?1, position = 1 + (SELECT coalesce(max(position), 0) FROM codes WHERE parent_id IS ?1)"
        " WHERE id = ?2",
        (parent, code),
    )


def order_codes(store: Store, ids: Sequence[int]) -> None:
    """Put siblings in this order."""
    store.change_many(
        "UPDATE codes SET position = ?1 WHERE id = ?2 AND position <> ?1",
        [(at, code) for at, code in enumerate(ids, 1)],
    )


def remove_code(store: Store, code: int) -> None:
    store.change("DELETE FROM codes WHERE id = ?", (code,))


def only_code_of(store: Store, code: int) -> list[tuple[str, str]]:
    """(matrix, row) for the rows of matrices that draw on this code alone."""
    return store.query(
        "SELECT m.name, r.label FROM matrix_row_codes c JOIN matrix_rows r ON r.id = c.row_id JOIN matrices m ON m.id = r.matrix_id"
        " WHERE c.code_id = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM matrix_row_codes o WHERE o.row_id = c.row_id AND o.code_id <> ?1) ORDER BY m.position, r.position",
        (code,),
    ).fetchall()


def replace_in_codings(store: Store, old: int, new: int, only: Iterable[int] | None = None) -> int:
    """Give the codings of one code to another (all, or those whose ids are in `only`); how many there were."""
    rows = [row[0] for row in store.query("SELECT id FROM codings WHERE code_id = ?", (old,))]
    chosen = rows if only is None else sorted(set(only).intersection(rows))
    store.change_many("UPDATE codings SET code_id = ? WHERE id = ?", [(new, coding) for coding in chosen])
    return len(chosen)


def replace_elsewhere(store: Store, old: int, new: int) -> None:
    """Let memos, lineage, coverage and matrix rows speak of `new` where they spoke of `old`; what `new` has itself stays."""
    store.change("UPDATE memos SET code_id = ?2 WHERE code_id = ?1", (old, new))
    store.change("UPDATE lineage SET code_id = ?2 WHERE code_id = ?1", (old, new))
    for table, owner in (("coverage", "source_id"), ("matrix_row_codes", "row_id")):
        store.change(
            f"UPDATE {table} SET code_id = ?2 WHERE code_id = ?1"
            f" AND {owner} NOT IN (SELECT {owner} FROM {table} WHERE code_id = ?2)",
            (old, new),
        )


def lineage(store: Store, code: int | None = None) -> dict[int, tuple[Lineage, ...]]:
    """Code id → its events, oldest first; of one code or of all."""
    found: dict[int, tuple[Lineage, ...]] = {}
    rows = store.query(
        "SELECT code_id, event, at, coder, path, definition, note FROM lineage"
        " WHERE ?1 IS NULL OR code_id = ?1 ORDER BY at, id",
        (code,),
    )
    for owner, *event in rows:
        found[owner] = (*found.get(owner, ()), Lineage(*event))
    return found


def add_lineage(store: Store, code: int, event: Lineage) -> None:
    store.change(
        "INSERT INTO lineage (code_id, event, at, coder, path, definition, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (code, event.event, event.at, event.coder, event.path, event.definition, event.note),
    )


def shared_text(store: Store) -> Iterator[tuple[int, int, int]]:
    """(code, source, start << 31 | end): every coding's place, in the order of codes, sources, starts."""
    return store.query('SELECT code_id, source_id, start << 31 | "end" FROM codings ORDER BY code_id, source_id, start')
