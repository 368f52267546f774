"""The file sets.toml of a study folder: the sets of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.toml_tables import document, load, table
from sibtui.model.drafts import SourceSetDraft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.formats.codec.toml_tables import Fields


def read_sets(name: str, data: bytes) -> tuple[SourceSetDraft, ...]:
    """Return the sets of sources in a file. Raises InputError, which names the file and the faulty entry."""
    fields = load(name, data)
    sets = tuple(_set(each) for each in fields.tables("set"))
    fields.done()
    return sets


def write_sets(sets: Iterable[SourceSetDraft]) -> bytes:
    return document(
        [table("[[set]]", {"name": each.name, "sources": list(each.sources), "id": each.uid}) for each in sets]
    )


def _set(fields: Fields) -> SourceSetDraft:
    found = SourceSetDraft(fields.needed("name"), tuple(fields.texts("sources")), fields.text("id"))
    fields.done()
    return found
