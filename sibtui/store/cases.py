"""Cases, and the attributes of cases and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import Attribute, Case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.records import AttributeKind, Owner
    from sibtui.store.connection import Store


def cases(store: Store) -> list[Case]:
    """All cases in their order, with their attributes in theirs."""
    values = all_values(store, "case")
    rows = store.query("SELECT id, label, private_name FROM cases ORDER BY position, id")
    return [Case(*(*row, values.get(row[0], {}))) for row in rows]


def case_ids(store: Store) -> dict[str, int]:
    """Label → id, in order."""
    return dict(store.query("SELECT label, id FROM cases ORDER BY position, id").fetchall())


def labels(store: Store) -> dict[int, str]:
    """Id → label, in order."""
    return dict(store.query("SELECT id, label FROM cases ORDER BY position, id").fetchall())


def add_case(store: Store, label: str, private_name: str | None) -> int:
    return store.change(
        "INSERT INTO cases (label, private_name, position) VALUES (?, ?, 1 + (SELECT coalesce(max(position), 0) FROM cases))",
        (label, private_name),
    )


def set_case(store: Store, case: int, label: str, private_name: str | None) -> None:
    store.change("UPDATE cases SET label = ?, private_name = ? WHERE id = ?", (label, private_name, case))


def order_cases(store: Store, ids: Sequence[int]) -> None:
    store.change_many(
        "UPDATE cases SET position = ?1 WHERE id = ?2 AND position <> ?1",
        [(at, case) for at, case in enumerate(ids, 1)],
    )


def remove_case(store: Store, case: int) -> None:
    store.change("DELETE FROM cases WHERE id = ?", (case,))


def attributes(store: Store, of: Owner | None = None) -> list[Attribute]:
    rows = store.query(
        "SELECT id, owner, name, kind FROM attributes WHERE ?1 IS NULL OR owner = ?1 ORDER BY owner, position, id",
        (of,),
    )
    return [Attribute(*row) for row in rows]


def add_attribute(store: Store, of: Owner, name: str, kind: AttributeKind) -> int:
    return store.change(
        "INSERT INTO attributes (owner, name, kind, position) "
        "VALUES (?1, ?2, ?3, 1 + (SELECT coalesce(max(position), 0) FROM attributes WHERE owner = ?1))",
        (of, name, kind),
    )


def set_attribute(store: Store, attribute: int, name: str, kind: AttributeKind) -> None:
    store.change("UPDATE attributes SET name = ?, kind = ? WHERE id = ?", (name, kind, attribute))


def order_attributes(store: Store, ids: Sequence[int]) -> None:
    store.change_many(
        "UPDATE attributes SET position = ?1 WHERE id = ?2 AND position <> ?1",
        [(at, attribute) for at, attribute in enumerate(ids, 1)],
    )


def remove_attribute(store: Store, attribute: int) -> None:
    store.change("DELETE FROM attributes WHERE id = ?", (attribute,))


def set_values(store: Store, of: Owner, owner: int, values: Mapping[int, str | None]) -> None:
    """Set attribute values (attribute id → value) of a case or source; None takes a value away."""
    for attribute, value in values.items():
        if value is None:
            store.change(f"DELETE FROM {of}_values WHERE {of}_id = ? AND attribute_id = ?", (owner, attribute))
        else:
            store.change(
                f"INSERT INTO {of}_values ({of}_id, attribute_id, value) VALUES (?, ?, ?) "
                f"ON CONFLICT ({of}_id, attribute_id) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
                (owner, attribute, value),
            )


def all_values(store: Store, of: Owner, only: int | None = None) -> dict[int, dict[str, str]]:
    """Id of the case or source → attribute name → value, attributes in their order; of all, or of one."""
    found: dict[int, dict[str, str]] = {}
    where = "" if only is None else f"WHERE v.{of}_id = ?"
    rows = store.query(
        f"SELECT v.{of}_id, a.name, v.value FROM {of}_values v JOIN attributes a ON a.id = v.attribute_id "
        f"{where} ORDER BY a.position, a.id",
        () if only is None else (only,),
    )
    for owner, name, value in rows:
        found.setdefault(owner, {})[name] = value
    return found
