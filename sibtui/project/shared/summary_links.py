"""Links in the stored texts of summaries: to codings by their ids, and to places in sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.reanchor import Carried, reanchor
from sibtui.model.segments import Segment
from sibtui.model.summaries import REMOVED, links_in, place_link, with_links, with_sources_renamed
from sibtui.store import sources as source_rows
from sibtui.store import summaries as rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sibtui.model.summaries import Summary, SummaryLink
    from sibtui.store.connection import Store


def rename_links(store: Store, names: Mapping[str, str]) -> None:
    """Replace names of sources in links of summaries. `names` is a map: old name → new name.

    Call this inside an act (one step of undo).
    """
    for number, text in rows.texts(store):
        renamed = with_sources_renamed(text, names)
        if renamed != text:
            rows.set_text(store, number, renamed)


def linked_places(store: Store, texts: Iterable[str]) -> dict[int, tuple[str, Segment]]:
    """Return a map of the codings to which texts link: id of the coding → (name of the source, segment).

    Removed codings are left out.
    """
    numbers = {link.coding for text in texts for link in links_in(text) if link.coding is not None}
    found = rows.coding_places(store, sorted(numbers))
    return {number: (source, Segment(start, end)) for number, (source, start, end) in found.items()}


def carried(store: Store, summaries: Iterable[Summary]) -> list[Summary]:
    """Return the summaries for another study: each link to a coding becomes a link to its place in the source.

    In the other study, the coding may have another id, but it has the same place. A link to a removed coding becomes a
    link to the place that the coding had. If this place is unknown, the link becomes `REMOVED`.
    """
    from dataclasses import replace

    summaries = list(summaries)
    places = linked_places(store, (summary.text for summary in summaries))
    numbers = {link.coding for summary in summaries for link in links_in(summary.text) if link.coding}
    if numbers - places.keys():
        places |= _removed_places(store, sorted(numbers - places.keys()))

    def as_place(link: SummaryLink) -> str:
        if link.coding is None:
            return link.words
        return place_link(*places[link.coding]) if link.coding in places else REMOVED

    return [replace(summary, text=with_links(summary.text, as_place), uid="") for summary in summaries]


def _removed_places(store: Store, numbers: Iterable[int]) -> dict[int, tuple[str, Segment]]:
    """Return a map for removed codings: id of the coding → (name of the source, segment in its present text).

    A coding is left out if its source is removed, or if its words are no longer in the text of the source.
    """
    names = {number: name for name, number in source_rows.source_ids(store).items()}
    found = {}
    for number, (source, version, start, end) in rows.removed_coding_places(store, numbers).items():
        old, new = source_rows.text_of_version(store, source, version), source_rows.text_once(store, source)
        if source not in names or not old or not new:
            continue
        moved = Carried(Segment(start, end), 100, certain=True) if old == new else reanchor(old, new, [(start, end)])[0]
        if moved.certain:
            found[number] = names[source], moved.segment
    return found
