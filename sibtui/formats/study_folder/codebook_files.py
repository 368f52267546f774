"""Reading and writing codebooks as TOML and CSV files.

A TOML file has all fields of the codes. A CSV file lacks the history of the codes, such as merges and renames. The CSV
codebooks of Taguette can be read too.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_in import read_rows
from sibtui.formats.codec.csv_out import write_csv
from sibtui.formats.codec.line_errors import refuse
from sibtui.formats.codec.table_cells import moment, one_of
from sibtui.formats.codec.toml_tables import Moment, document, load, table
from sibtui.model.codebook import join_path, split_path
from sibtui.model.drafts import CodeDraft
from sibtui.model.records import ORIGINS, STATUSES, Lineage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sibtui.formats.codec.toml_tables import Fields

COLUMNS = ("path", "definition", "include", "exclude", "example", "origin", "status", "colour", "key", "since")
_OF_TAGUETTE = ("tag", "description", "number of highlights", "number of documents")


def read_codebook(name: str, data: bytes, report: Callable[[str], None] = lambda _: None) -> tuple[CodeDraft, ...]:
    """Return the codes of a CSV or `.toml` file, in the order of the file.

    For a CSV file, `report` is called with a warning about each kind of row that is faulty but can be read. Each
    warning is a text without a full stop. Raises InputError, which names the file and the line or entry, when the file
    cannot be read.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".toml":
        return tuple(_from_toml(name, data))
    if suffix in (".csv", ".tsv", ".txt"):
        return tuple((_from_taguette if is_of_taguette(data) else _from_csv)(name, data, report))
    raise InputError(f"{name} was not read: a codebook is a .csv, .tsv, .txt, .toml or .qdc file.")


def write_codebook_csv(codes: Iterable[CodeDraft]) -> bytes:
    """Return the codes as CSV. The history of the codes, such as merges and renames, is left out."""
    rows = (
        (c.path, c.definition, c.include, c.exclude, c.example, c.origin, c.status, c.colour, c.key, c.since)
        for c in codes
    )
    return "".join(write_csv(COLUMNS, ([cell or "" for cell in row] for row in rows))).encode()


def write_codebook_toml(codes: Iterable[CodeDraft]) -> bytes:
    """Return the codes as the bytes of a TOML file, with the history of the codes, such as merges and renames."""
    return document([text for code in codes for text in _tables(code)])


def _tables(code: CodeDraft) -> Iterator[str]:
    yield table(
        "[[code]]",
        {
            "path": code.path,
            "definition": code.definition,
            "include": code.include,
            "exclude": code.exclude,
            "example": code.example,
            "origin": code.origin,
            "status": code.status,
            "colour": code.colour,
            "key": code.key,
            "since": Moment(code.since or ""),
            "id": code.uid,
        },
    )
    for event in code.lineage:
        yield table(
            "[[code.lineage]]",
            {
                "event": event.event,
                "at": Moment(event.at),
                "coder": event.coder,
                "path": event.path,
                "definition": event.definition,
                "note": event.note,
                "since": Moment(event.since),
            },
        )


def _from_toml(name: str, data: bytes) -> Iterator[CodeDraft]:
    fields = load(name, data)
    for code in fields.tables("code"):
        yield CodeDraft(
            path=code.needed("path"),
            definition=code.text("definition"),
            include=code.text("include"),
            exclude=code.text("exclude"),
            example=code.text("example"),
            origin=code.maybe_one_of("origin", ORIGINS),
            status=code.maybe_one_of("status", STATUSES),
            colour=code.optional("colour"),
            key=code.optional("key"),
            since=code.moment("since"),
            lineage=tuple(_event(event) for event in code.tables("lineage")),
            uid=code.text("id"),
        )
        code.done()
    fields.done()


def _event(fields: Fields) -> Lineage:
    event = Lineage(
        event=fields.needed("event"),
        at=fields.moment("at") or "",
        coder=fields.text("coder"),
        path=fields.text("path"),
        definition=fields.text("definition"),
        note=fields.text("note"),
        since=fields.moment("since") or "",
    )
    fields.done()
    return event


def is_of_taguette(data: bytes) -> bool:
    """Return whether a CSV file is a codebook that Taguette has exported."""
    cells = re.split("[,;\t]", data[:1000].partition(b"\n")[0].decode("utf-8", "replace"))
    return set(_OF_TAGUETTE[:2]) <= {cell.strip(' "\r\ufeff').casefold() for cell in cells} <= set(_OF_TAGUETTE)


def _from_taguette(name: str, data: bytes, report: Callable[[str], None]) -> Iterator[CodeDraft]:
    """Yield the codes of a codebook from Taguette, in which a code is called a tag.

    A slash in the name of a tag separates a theme from a code. `report` is called with warnings about faulty rows.
    """
    for line, (tag, description, _, _) in read_rows(name, data, _OF_TAGUETTE, ("tag",), report=report):
        if not tag.strip():
            refuse(name, line, "there is no tag")
        yield CodeDraft(join_path(split_path(tag)), definition=description)


def _from_csv(name: str, data: bytes, report: Callable[[str], None]) -> Iterator[CodeDraft]:
    for line, cells in read_rows(name, data, COLUMNS, ("path",), report=report):
        path, definition, include, exclude, example, origin, status, colour, key, since = cells
        if not path:
            refuse(name, line, "there is no path")
        yield CodeDraft(
            path=path,
            definition=definition,
            include=include,
            exclude=exclude,
            example=example,
            origin=one_of(origin, ORIGINS, "origin", name, line) if origin else None,
            status=one_of(status, STATUSES, "status", name, line) if status else None,
            colour=colour or None,
            key=key or None,
            since=moment(since, "since", name, line) if since else None,
        )
