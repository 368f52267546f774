"""The reader of databases of Taguette (`.sqlite3`), in any version since 0.1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.foreign_rows import TaguetteDocument, TaguetteHighlight, TaguetteProject
from sibtui.model.text import listed
from sibtui.store.foreign import Foreign, open_foreign, text, whole

if TYPE_CHECKING:
    from pathlib import Path


def read_taguette(path: Path, project: str | None = None) -> TaguetteProject:
    """Return the content of one project in a Taguette database.

    `project` is the name of the project. It may be None if the database has only one project. Raises InputError when
    the file is not a Taguette database. Raises NotFoundError when no project has the name, or when no name is given and
    there are several projects.
    """
    with open_foreign(path) as database:
        if not database.has("projects", "documents", "highlights", "tags"):
            raise InputError(
                f"{path.name} is not a database of Taguette: it lacks the tables projects, documents, highlights and tags."
            )
        number, name, description, created = _chosen(path, database, project)
        documents = tuple(
            TaguetteDocument(whole(at), text(label), text(about), text(when), text(contents))
            for at, label, about, when, contents in database.rows(
                "documents", "id name description created contents", f"WHERE project_id = {number} ORDER BY id"
            )
        )
        return TaguetteProject(
            name,
            description,
            created,
            documents,
            tuple(
                (whole(at), text(path_), text(about))
                for at, path_, about in database.rows(
                    "tags", "id path description", f"WHERE project_id = {number} ORDER BY id"
                )
            ),
            tuple(_highlights(database, number)),
            tuple(
                text(row[0])
                for row in database.rows("project_members", "user_login", f"WHERE project_id = {number} ORDER BY 1")
            ),
        )


def _chosen(path: Path, database: Foreign, name: str | None) -> tuple[int, str, str, str]:
    projects = [
        (whole(number), text(label), text(about), text(created))
        for number, label, about, created in database.rows("projects", "id name description created", "ORDER BY id")
    ]
    fitting = [project for project in projects if name is None or project[1] == name]
    if len(fitting) == 1:
        return fitting[0]
    if not projects:
        raise InputError(f"{path.name} has no project.")
    names = listed((project[1] for project in projects), last="or", quoted=True)
    if name is not None and not fitting:
        raise NotFoundError(f"{path.name} has no project “{name}”: choose {names}.")
    raise NotFoundError(f"{path.name} has {len(projects)} projects: choose {names}.")


def _highlights(database: Foreign, project: int) -> list[TaguetteHighlight]:
    tags: dict[int, list[int]] = {}
    for highlight, tag in database.rows("highlight_tags", "highlight_id tag_id", "ORDER BY highlight_id, tag_id"):
        tags.setdefault(whole(highlight), []).append(whole(tag))
    made = _made_by(database, project)
    return [
        TaguetteHighlight(
            whole(document),
            whole(start),
            whole(end),
            text(snippet),
            tuple(tags.get(whole(at), ())),
            *made.get(whole(at), ()),
        )
        for at, document, start, end, snippet in database.rows(
            "highlights",
            "id document_id start_offset end_offset snippet",
            f"WHERE document_id IN (SELECT id FROM documents WHERE project_id = {project})"
            " ORDER BY document_id, start_offset, id",
        )
    ]


def _made_by(database: Foreign, project: int) -> dict[int, tuple[str, str]]:
    """Return a map: id of a highlight (coded passage) → (coder, time), from Taguette's log of commands."""
    made: dict[int, tuple[str, str]] = {}
    for user, date, payload in database.rows(
        "commands", "user_login date payload", f"WHERE project_id = {project} ORDER BY id"
    ):
        try:
            command = json.loads(text(payload))
        except (ValueError, RecursionError):
            continue
        if isinstance(command, dict) and command.get("type") == "highlight_add":
            made[whole(command.get("highlight_id", command.get("id")))] = (text(user), text(date))
    return made
