"""A source to withdraw, found by its exact name among the present sources and those that the history still holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError
from sibtui.model.folding import name_key
from sibtui.store import source_traces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store


@dataclass(frozen=True, slots=True)
class WithdrawnSource:
    """A source with everything that identifies it: its id and lasting id, its names and titles of all times, its texts and quotes."""

    number: int
    uid: str
    name: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    quotes: tuple[str, ...]


def find_source(store: Store, name: str) -> WithdrawnSource:
    """Return the source with exactly this name, present or removed. Raises NotFoundError when there is none."""
    found = source_traces.named_source(store, name)
    if found is None:
        raise NotFoundError(f"There is no source with exactly the name “{name}”, and the history holds none.")
    return _source(store, *found, name)


def find_by_uid(store: Store, uid: str) -> WithdrawnSource | None:
    """Return the source with this lasting id, present or removed; None when the file does not hold it."""
    found = source_traces.source_with_uid(store, uid)
    return None if found is None else _source(store, found[0], uid, found[1])


def _source(store: Store, number: int, uid: str, name: str) -> WithdrawnSource:
    texts = tuple(dict.fromkeys(source_traces.values_of(store, "texts", "text", number)))
    quotes = tuple(dict.fromkeys(source_traces.values_of(store, "codings", "quote", number)))
    names = dict.fromkeys([name, *_names(store, number)])
    others = {name_key(other) for other in source_traces.other_names(store, number)}
    return WithdrawnSource(
        number, uid, name, tuple(each for each in names if each and name_key(each) not in others), texts, quotes
    )


def _names(store: Store, number: int) -> Iterator[str]:
    yield from source_traces.values_of(store, "sources", "name", number, by="id")
    yield from source_traces.values_of(store, "sources", "title", number, by="id")
    for file in source_traces.values_of(store, "texts", "original", number):
        yield file
        yield PurePath(file).stem
