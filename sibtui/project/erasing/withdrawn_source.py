"""The search for a source to withdraw (to erase for good): a present source, or a removed source in the history."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError
from sibtui.model.folding import name_key
from sibtui.model.frozen import dataclass
from sibtui.store import source_traces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store
    from sibtui.store.source_traces import Lifetime


@dataclass(frozen=True, slots=True)
class WithdrawnSource:
    """A source to withdraw: all that the study and its history know about it.

    `uid` is its id, the same in all copies of the study. `life` has the first and the last history entry in which the
    source existed. `names` are its present and earlier names, titles and file names. A name that another item has too
    is left out. `texts` are the present and earlier texts of the source, and `quotes` the present and earlier quotes of
    its codings.
    """

    uid: str
    life: Lifetime
    name: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    quotes: tuple[str, ...]


def find_uids(store: Store, name: str) -> list[str]:
    """Return the `Source.uid` of each source with exactly this name: first the present source, then removed sources.

    Raises NotFoundError when there is none.
    """
    found = source_traces.named_sources(store, name)
    if found:
        return found
    now = source_traces.present_name(store, name)
    hint = f": it is called “{now}” now" if now else ", and the history holds none"
    raise NotFoundError(f"There is no source with exactly the name “{name}”{hint}.")


def find_by_uid(store: Store, uid: str) -> WithdrawnSource | None:
    """Return the source with this `uid`, from the study or from its history. Return None if neither has the source."""
    life = source_traces.lifetime_of(store, uid)
    if life is None:
        return None
    texts = tuple(dict.fromkeys(source_traces.values_of(store, "texts", "text", life)))
    quotes = tuple(dict.fromkeys(source_traces.values_of(store, "codings", "quote", life)))
    names = list(dict.fromkeys(_names(store, life)))
    others = {name_key(other) for other in source_traces.other_names(store, life.number if life.is_present else 0)}
    kept = tuple(each for each in names if name_key(each) not in others)
    return WithdrawnSource(uid, life, source_traces.newest_name(store, life), kept, texts, quotes)


def _names(store: Store, life: Lifetime) -> Iterator[str]:
    yield from source_traces.values_of(store, "sources", "name", life, by="id")
    yield from source_traces.values_of(store, "sources", "title", life, by="id")
    for file in source_traces.values_of(store, "texts", "original", life):
        yield file
        yield PurePath(file).stem
