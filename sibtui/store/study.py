"""The project's own row, and the coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import Coder, Study

if TYPE_CHECKING:
    from sibtui.store.connection import Store


def study(store: Store) -> Study:
    row = store.query("SELECT name, guid, description, created, first_note FROM project").fetchone()
    return Study(*row)


def put(store: Store, study: Study) -> None:
    """Insert the project's row, or bring it up to date."""
    values = (study.name, study.guid, study.description, study.created, study.first_note)
    if store.one("SELECT 1 FROM project") is None:
        store.change(
            "INSERT INTO project (id, name, guid, description, created, first_note) VALUES (1, ?, ?, ?, ?, ?)", values
        )
    else:
        store.change("UPDATE project SET name = ?, guid = ?, description = ?, created = ?, first_note = ?", values)


def coders(store: Store) -> list[Coder]:
    return [Coder(*row) for row in store.query("SELECT id, name FROM coders ORDER BY id")]


def coder_id(store: Store, name: str) -> int:
    """The coder's id; a coder is made by being named, inside an act."""
    found = store.one("SELECT id FROM coders WHERE name = ?", (name,))
    return int(found) if found is not None else store.change("INSERT INTO coders (name) VALUES (?)", (name,))
