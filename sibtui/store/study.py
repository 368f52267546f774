"""The row of the study itself, and the coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import Coder, Study

if TYPE_CHECKING:
    from sibtui.store.connection import Store


def study(store: Store) -> Study:
    row = store.query("SELECT name, guid, description, created, first_note, language FROM project").fetchone()
    return Study(*row)


def put(store: Store, study: Study) -> None:
    """Insert or update the row of the study."""
    values = (study.name, study.guid, study.description, study.created, study.first_note, study.language)
    if store.scalar("SELECT 1 FROM project") is None:
        store.change(
            "INSERT INTO project (id, name, guid, description, created, first_note, language) VALUES (1, ?, ?, ?, ?, ?, ?)",
            values,
        )
    else:
        store.change(
            "UPDATE project SET name = ?, guid = ?, description = ?, created = ?, first_note = ?, language = ?", values
        )


def coders(store: Store) -> list[Coder]:
    return [Coder(*row) for row in store.query("SELECT id, name FROM coders ORDER BY id")]


def coder_id(store: Store, name: str) -> int:
    """Return the id of a coder, who is inserted if necessary; then the call must be inside an act."""
    coder = store.scalar("SELECT id FROM coders WHERE name = ?", (name,))
    return int(coder) if coder is not None else store.change("INSERT INTO coders (name) VALUES (?)", (name,))
