"""The row with the facts about the study itself (such as its name), and the rows of coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.folding import identical
from sibtui.model.records import Coder, Study

if TYPE_CHECKING:
    from sibtui.store.connection import Store


def study(store: Store) -> Study:
    """Return the facts about the study, such as its name.

    Raises StudyFileError when the row with these facts is missing, because the file is damaged.
    """
    row = store.query(
        "SELECT name, guid, description, created, first_note, language, agreement FROM project"
    ).fetchone()
    if row is None:
        raise store.damaged("the row with the facts of the study is missing")
    return Study(*row)


def put(store: Store, study: Study) -> None:
    """Store the facts about the study (such as its name) in place of the earlier facts."""
    values = (
        study.name,
        study.guid,
        study.description,
        study.created,
        study.first_note,
        study.language,
        study.agreement,
    )
    if store.scalar("SELECT 1 FROM project") is None:
        store.change(
            "INSERT INTO project (id, name, guid, description, created, first_note, language, agreement)"
            " VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    else:
        store.change(
            "UPDATE project SET name = ?, guid = ?, description = ?, created = ?, first_note = ?, language = ?, agreement = ?",
            values,
        )


def coders(store: Store) -> list[Coder]:
    return [Coder(*row) for row in store.query("SELECT id, name FROM coders ORDER BY id")]


def coders_at_work(store: Store) -> list[str]:
    """Return the names of the coders who have codings or readings."""
    rows = store.query(
        "SELECT name FROM coders r WHERE EXISTS (SELECT 1 FROM readings WHERE coder_id = r.id)"
        " OR EXISTS (SELECT 1 FROM codings WHERE coder_id = r.id) ORDER BY id"
    )
    return [row[0] for row in rows]


def coder_id(store: Store, name: str) -> int:
    """Return the id of the coder with this name. If there is no such coder, insert one.

    A stored name is also found if it looks the same as `name` (see `model.folding`). An insertion needs a block of
    `Store.act`.
    """
    coder = _coder(store, name)
    if coder is None and (known := identical(name, [each.name for each in coders(store)])) is not None:
        coder = _coder(store, known)
    return add_coder(store, name) if coder is None else coder


def add_coder(store: Store, name: str) -> int:
    """Return the id of the coder with exactly this name. If there is none, insert one.

    Unlike `coder_id`, the function does not find a name that only looks the same.
    """
    coder = _coder(store, name)
    return store.change("INSERT INTO coders (name) VALUES (?)", (name,)) if coder is None else coder


def _coder(store: Store, name: str) -> int | None:
    coder = store.scalar("SELECT id FROM coders WHERE name = ?", (name,))
    return None if coder is None else int(coder)
