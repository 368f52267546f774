"""The references from texts of a study to its items, such as the links in summaries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.summaries import links_in
from sibtui.store import matrices as matrix_rows
from sibtui.store import summaries as summary_rows

if TYPE_CHECKING:
    from sibtui.model.referring_texts import SummaryText
    from sibtui.model.study_items import Ref, StudyItems
    from sibtui.project.shared.base import Session


def with_references(items: StudyItems, session: Session) -> StudyItems:
    """Return the items of the study of `session`. The texts of summaries get references to the items that they name."""
    raw = _summary_texts(session)
    if not raw:
        return items
    numbers = {link.coding for text in raw for link in links_in(text) if link.coding}
    linking = _Linking(items, summary_rows.coding_uids(session.store, sorted(numbers)))
    texts = iter(raw)
    kinds = {
        kind: {key: (linking.linked(words, next(texts)),) for key, (words,) in items.kinds[kind].items()}
        for kind in ("summary", "code summary")
    }
    return replace(items, kinds={**items.kinds, **kinds})


def _summary_texts(session: Session) -> list[str]:
    """Return the stored texts of all summaries, in the order in which a draft of the study has them."""
    store = session.store
    of_cells = [each for number in matrix_rows.names(store).values() for each in summary_rows.of_matrix(store, number)]
    return [each.text for each in (*of_cells, *summary_rows.of_codes(store, session.paths()))]


class _Linking:
    """Finds the items to which links in the texts of summaries lead."""

    def __init__(self, items: StudyItems, uids: dict[int, str]) -> None:
        self._uids = uids
        self._sources: dict[str, Any] = {fields[0]: key for key, fields in items.kinds["source"].items()}

    def linked(self, words: SummaryText, stored: str) -> SummaryText:
        """Return the text of a summary with its references. `stored` is the same text with ids of codings in its links."""
        own, places = [*links_in(stored)], [*links_in(words.text)]
        if len(own) != len(places):  # a link to a source whose name has quotation marks is not read as a link
            return words
        return replace(words, links=tuple(self._ref(a.coding, b.source) for a, b in zip(own, places, strict=True)))

    def _ref(self, coding: int | None, source: str) -> Ref | None:
        if coding in self._uids:
            return "coding", self._uids[coding]
        return ("source", self._sources[source]) if source in self._sources else None
