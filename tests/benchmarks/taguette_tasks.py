"""`python taguette_tasks.py TASK ARGUMENT...`, run by the Python that Taguette is installed in: the work of some of Taguette's pages, without its server.

The module imports nothing of sibtui.
"""

from __future__ import annotations

import asyncio
import html
import sqlite3
import sys
from pathlib import Path
from typing import Any

from taguette import convert, database, export  # type: ignore[import-not-found]

USER = "admin"


def _new(path: str) -> tuple[Any, Any]:
    """Return a session of a new database, and a project in it."""
    session = database.connect(f"sqlite:///{path}")()
    user = database.User(login=USER)
    project = database.Project(name="Benchmark", description="")
    session.add(user)
    session.add(project)
    session.add(database.ProjectMember(project=project, user=user, privileges=database.Privileges.ADMIN))
    session.commit()
    return session, project


def _add(session: Any, project: Any, name: str, contents: str) -> Any:
    """Add a document as the page for it does, in one transaction with an entry of the log."""
    document = database.Document(
        name=name, description="", filename=f"{name}.html", project=project,
        text_direction=database.TextDirection.LEFT_TO_RIGHT, contents=contents,
    )  # fmt: skip
    session.add(document)
    session.flush()
    session.add(database.Command.document_add(USER, document))
    session.commit()
    return document


def fill(floor: str, path: str) -> None:
    """Copy sources, codes and codings from a database of the floor into a new one of Taguette."""
    session, project = _new(path)
    tags = {}
    with sqlite3.connect(floor) as connection:
        for number, name in connection.execute("SELECT id, path FROM codes"):
            tags[number] = database.Tag(project=project, path=name, description="")
            session.add(tags[number])
        for number, name, text in connection.execute(
            "SELECT s.id, s.name, t.text FROM sources s JOIN texts t ON t.source_id = s.id"
        ):
            document = _add(session, project, name, f"<p>{html.escape(text)}</p>")
            for code, start, end in connection.execute(
                'SELECT code_id, start, "end" FROM codings WHERE source_id = ?', (number,)
            ):
                first = len(text[:start].encode())
                quote = text[start:end]
                marked = database.Highlight(
                    document=document, start_offset=first, end_offset=first + len(quote.encode()),
                    snippet=html.escape(quote),
                )  # fmt: skip
                marked.tags.append(tags[code])
                session.add(marked)
    connection.close()
    session.commit()


def documents(folder: str, path: str) -> None:
    """Import the web pages of a folder."""
    session, project = _new(path)
    for file in sorted(Path(folder).iterdir()):
        page = asyncio.run(convert.to_html_chunks(file.read_bytes(), "text/html", file.name, {}))
        _add(session, project, file.stem, page)


def codebook(path: str, out: str) -> None:
    """Write the codebook as CSV."""
    session = database.connect(f"sqlite:///{path}")()
    with Path(out).open("w", newline="", encoding="utf-8") as file:
        export.codebook_csv(list(session.query(database.Project).one().tags), file)


def highlights(path: str, out: str) -> None:
    """Write all highlights as CSV."""
    session = database.connect(f"sqlite:///{path}")()
    with Path(out).open("w", newline="", encoding="utf-8") as file:
        export.highlights_csv(session, session.query(database.Project).one().id, "", file)


TASKS = {task.__name__: task for task in (fill, documents, codebook, highlights)}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
