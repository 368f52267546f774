"""Rows of cases, of attributes, and of the attribute values of cases and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import Attribute, Case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.records import AttributeKind, Owner
    from sibtui.store.connection import Store
    from sibtui.store.rounds import BlindRound


def cases(store: Store) -> list[Case]:
    """Return all cases in the order of the case list. The attributes of each case are in the order of the attribute list."""
    values = all_values(store, "case")
    rows = store.query("SELECT id, label, private_name, letter, uid FROM cases ORDER BY position, id")
    return [Case(*(*row[:3], values.get(row[0], {}), *row[3:])) for row in rows]


def case_ids(store: Store) -> dict[str, int]:
    """Return a map: label of a case → its id, in the order of the case list."""
    return dict(store.query("SELECT label, id FROM cases ORDER BY position, id").fetchall())


def labels(store: Store, *, of_coding: int | None = None) -> dict[int, str]:
    """Return a map: case id → label of the case, in the order of the case list.

    If the id of a coding is given, only the cases of this coding are in the map.
    """
    only = "" if of_coding is None else "WHERE id IN (SELECT case_id FROM coding_cases WHERE coding_id = :coding)"
    rows = store.query(f"SELECT id, label FROM cases {only} ORDER BY position, id", {"coding": of_coding})
    return dict(rows.fetchall())


def letters(store: Store) -> dict[int, tuple[str, str]]:
    """Return a map: case id → (label, letter), in the order of the case list.

    The letter is the key that the researcher presses on the screen to choose the case.
    """
    rows = store.query("SELECT id, label, letter FROM cases ORDER BY position, id")
    return {case: (label, letter) for case, label, letter in rows}


def coding_counts(store: Store, blind: BlindRound | None = None) -> dict[int, int]:
    """Return a map: case id → number of codings about the case.

    A coding about two cases is counted for each of them. With `blind`, only codings of this blind round are counted.
    """
    only = f"JOIN codings c ON c.id = coding_id AND {blind.condition('c')}" if blind else ""
    return dict(store.query(f"SELECT case_id, count(*) FROM coding_cases {only} GROUP BY case_id").fetchall())


def set_letter(store: Store, case: int, letter: str) -> None:
    store.change("UPDATE cases SET letter = ? WHERE id = ?", (letter, case))


def add_case(store: Store, label: str, private_name: str | None, *, uid: str = "", letter: str = "") -> int:
    return store.change(
        "INSERT INTO cases (label, private_name, uid, letter, position)"
        " VALUES (?, ?, coalesce(nullif(?, ''), lower(hex(randomblob(16)))), ?,"
        " 1 + (SELECT coalesce(max(position), 0) FROM cases))",
        (label, private_name, uid, letter),
    )


def set_case(store: Store, case: int, label: str, private_name: str | None) -> None:
    store.change("UPDATE cases SET label = ?, private_name = ? WHERE id = ?", (label, private_name, case))


def remove_case(store: Store, case: int) -> None:
    store.change("DELETE FROM cases WHERE id = ?", (case,))


def replace_case(store: Store, old: int, new: int) -> None:
    """Change references to the case `old` so that they refer to the case `new`.

    If both cases have a value for an attribute, the value of `new` stays. The same rule holds for the footnotes and
    judgements of matrix cells. If a coder wrote a summary about each of the two cases, the two texts are joined.

    Topic records (whether an interviewer asked about a code) are not changed, because a source may have a record for
    each of the two cases. The caller must decide which of the two records stays.
    """
    from sibtui.store import summaries as summary_rows

    both = {"old": old, "new": new}
    for table, owner in (
        ("source_cases", "source_id"),
        ("coding_cases", "coding_id"),
        ("case_values", "attribute_id"),
        ("matrix_columns", "matrix_id"),
    ):
        store.change(
            f"UPDATE {table} SET case_id = :new WHERE case_id = :old"
            f" AND ({owner}) NOT IN (SELECT {owner} FROM {table} WHERE case_id = :new)",
            both,
        )
    store.change("UPDATE memos SET case_id = :new WHERE case_id = :old", both)
    summary_rows.move(store, "case_id", old, new)
    for old_column, new_column, picked, position in store.query(
        "SELECT o.id, n.id, o.picked AND NOT n.picked, o.position FROM matrix_columns o"
        " JOIN matrix_columns n ON n.matrix_id = o.matrix_id AND n.case_id = :new WHERE o.case_id = :old",
        both,
    ).fetchall():
        summary_rows.move(store, "column_id", old_column, new_column)
        for table in ("matrix_notes", "judgements"):
            store.change(
                f"UPDATE {table} SET column_id = :new WHERE column_id = :old"
                f" AND row_id NOT IN (SELECT row_id FROM {table} WHERE column_id = :new)",
                {"old": old_column, "new": new_column},
            )
        if picked:
            store.change("UPDATE matrix_columns SET picked = 1, position = ? WHERE id = ?", (position, new_column))


def value_differences(store: Store, old: int, new: int) -> list[tuple[str, AttributeKind, str, str]]:
    """Return (attribute, kind, value of `old`, value of `new`) for each attribute in which two cases differ.

    `old` and `new` are the ids of the cases. If only one case has a value for an attribute, the attribute is left out.
    """
    return store.query(
        "SELECT a.name, a.kind, o.value, n.value FROM case_values o JOIN case_values n ON n.attribute_id = o.attribute_id"
        " JOIN attributes a ON a.id = o.attribute_id WHERE o.case_id = ? AND n.case_id = ? AND o.value <> n.value",
        (old, new),
    ).fetchall()


def differences(store: Store, old: int, new: int) -> list[tuple[str, str, str]]:
    """Return the footnotes and judgements of matrix cells that differ between the cases `old` and `new`.

    Each entry is (description, text of `old`, text of `new`). The description has the kind of text (note or judgement),
    the matrix and the row. If only one of the two cases has a text in a row, the text is left out.
    """
    columns = "JOIN matrix_columns k ON k.id = {0}.column_id JOIN matrix_rows r ON r.id = {0}.row_id JOIN matrices m ON m.id = r.matrix_id"
    return store.query(
        f"SELECT 'note of ' || m.name || ', ' || r.label, o.text, n.text FROM matrix_notes o {columns.format('o')}"
        " JOIN matrix_notes n ON n.row_id = o.row_id JOIN matrix_columns l ON l.id = n.column_id"
        " WHERE k.case_id = :old AND l.case_id = :new AND o.text <> n.text"
        " UNION ALL SELECT 'judgement of ' || m.name || ', ' || r.label, o.verdict || ': ' || o.because,"
        f" n.verdict || ': ' || n.because FROM judgements o {columns.format('o')}"
        " JOIN judgements n ON n.row_id = o.row_id JOIN matrix_columns l ON l.id = n.column_id"
        " WHERE k.case_id = :old AND l.case_id = :new AND (o.verdict, o.because) <> (n.verdict, n.because)",
        {"old": old, "new": new},
    ).fetchall()


def attributes(store: Store, of: Owner | None = None) -> list[Attribute]:
    rows = store.query(
        "SELECT id, owner, name, kind, uid FROM attributes WHERE ? IS NULL OR owner = ? ORDER BY owner, position, id",
        (of, of),
    )
    return [Attribute(*row) for row in rows]


def add_attribute(store: Store, of: Owner, name: str, kind: AttributeKind, *, uid: str = "") -> int:
    return store.change(
        "INSERT INTO attributes (owner, name, kind, uid, position) VALUES (:of, :name, :kind,"
        " coalesce(nullif(:uid, ''), lower(hex(randomblob(16)))),"
        " 1 + (SELECT coalesce(max(position), 0) FROM attributes WHERE owner = :of))",
        {"of": of, "name": name, "kind": kind, "uid": uid},
    )


def set_attribute(store: Store, attribute: int, name: str, kind: AttributeKind) -> None:
    store.change("UPDATE attributes SET name = ?, kind = ? WHERE id = ?", (name, kind, attribute))


def set_attribute_uid(store: Store, of: Owner, name: str, uid: str) -> None:
    store.change("UPDATE attributes SET uid = ? WHERE owner = ? AND name = ? AND ? <> ''", (uid, of, name, uid))


def remove_attribute(store: Store, attribute: int) -> None:
    store.change("DELETE FROM attributes WHERE id = ?", (attribute,))


def set_values(store: Store, of: Owner, owner: int, values: Mapping[int, str | None]) -> None:
    """Set attribute values of a case or source. `of` is "case" or "source", and `owner` is the id of this item.

    `values` maps attribute ids to values. A value of None removes the stored value.
    """
    for attribute, value in values.items():
        if value is None:
            store.change(f"DELETE FROM {of}_values WHERE {of}_id = ? AND attribute_id = ?", (owner, attribute))
        else:
            store.change(
                f"INSERT INTO {of}_values ({of}_id, attribute_id, value) VALUES (?, ?, ?) "
                f"ON CONFLICT ({of}_id, attribute_id) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
                (owner, attribute, value),
            )


def values_of(store: Store, attribute: Attribute) -> dict[int, str]:
    """Return a map: id of a case or source → value of the attribute. Values that were stored earlier come first."""
    table, owner = f"{attribute.of}_values", f"{attribute.of}_id"
    return dict(
        store.query(
            f"SELECT {owner}, value FROM {table} WHERE attribute_id = ? ORDER BY id", (attribute.id,)
        ).fetchall()
    )


def all_values(store: Store, of: Owner, only: int | None = None) -> dict[int, dict[str, str]]:
    """Return a nested map: id of a case or source → name of an attribute → value.

    `of` is "case" or "source". With `only`, the map has just the case or source with this id.
    """
    values: dict[int, dict[str, str]] = {}
    where = "" if only is None else f"WHERE v.{of}_id = ?"
    rows = store.query(
        f"SELECT v.{of}_id, a.name, v.value FROM {of}_values v JOIN attributes a ON a.id = v.attribute_id "
        f"{where} ORDER BY a.position, a.id",
        () if only is None else (only,),
    )
    for owner, name, value in rows:
        values.setdefault(owner, {})[name] = value
    return values
