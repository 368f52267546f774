"""The turns (passages of one speaker) in the texts of sources, and the codings that overlap turns."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sibtui.formats.sources.speakers import is_spoken, speakers_in, turns
from sibtui.model.folding import name_key
from sibtui.model.names import resolve_name
from sibtui.model.segments import Segment
from sibtui.store import codings as rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.formats.sources.speakers import Turn
    from sibtui.store.connection import Store


@lru_cache(128)  # a list of quotes is read again for each page
def _turns(text: str, pattern: str) -> Sequence[Turn]:
    return tuple(turns(text, pattern))


def speakers(store: Store, sources: Iterable[int] | None, pattern: str = "") -> tuple[str, ...]:
    """Return the names of the speakers in these (or all) sources, ordered by the first turn of each speaker.

    `pattern` is a regular expression for the labels of speakers (see `speaker_pattern`); empty means the usual labels.
    """
    named: dict[str, str] = {}
    for source in _chosen(store, sources):
        for turn in _turns(source_rows.text(store, source), pattern):
            named.setdefault(name_key(turn.speaker), turn.speaker)
    return tuple(named.values())


def codings_of_speakers(
    store: Store, sources: Iterable[int] | None, names: Iterable[str], pattern: str = ""
) -> tuple[int, ...]:
    """Return the ids of the codings in these sources that overlap a turn (passage) of one of the speakers.

    If `sources` is None, search all sources. `pattern` is a regular expression for the names of speakers in the text.
    Raises NotFoundError for an unknown speaker.
    """
    chosen = tuple(_chosen(store, sources))
    known = speakers(store, chosen, pattern)
    wanted = {name_key(resolve_name("speaker", name, known)) for name in names}
    found: list[int] = []
    for source in chosen:
        spoken = _turns(source_rows.text(store, source), pattern)
        if wanted.isdisjoint(name_key(turn.speaker) for turn in spoken):
            continue
        for number, start, end, *_ in rows.places(store, source):
            heard = speakers_in(Segment(start, end), spoken)
            if not wanted.isdisjoint(map(name_key, heard)):
                found.append(number)
    return tuple(found)


def _chosen(store: Store, sources: Iterable[int] | None) -> Iterable[int]:
    return source_rows.source_ids(store).values() if sources is None else sources


def heard_in(segment: Segment, spoken: Sequence[Turn]) -> tuple[str, ...]:
    """Return the speakers of a segment, in the order of the text. `spoken` are the turns (passages of one speaker).

    The result is empty if a part of the segment is in no turn.
    """
    return speakers_in(segment, spoken) if is_spoken(segment, spoken) else ()
