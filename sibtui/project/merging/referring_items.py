"""The references from texts of a study to its items: links in summaries, names in queries and claims, columns of matrices."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.matrix_definition import attribute_of
from sibtui.model.referring_texts import ColumnsText, QueryText
from sibtui.model.study_items import CLAIM_FACTS, COLUMNS_OF
from sibtui.model.summaries import links_in
from sibtui.project.papers.claim_names import TABLES, ItemNames, with_refs
from sibtui.project.retrieval.query_names import named_items
from sibtui.project.tables.matrix_columns import grouped_by
from sibtui.store import cases as case_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import queries as query_rows
from sibtui.store import summaries as summary_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.referring_texts import SummaryText
    from sibtui.model.study_items import Ref, StudyItems
    from sibtui.project.shared.base import Session


QUERY_TABLES: Mapping[str, tuple[str, str]] = {
    "code": ("code", "codes"),
    "exactly": ("code", "codes"),
    "case": ("case", "cases"),
    "source": ("source", "sources"),
    "attribute": ("attribute", "attributes"),
    "set": ("set of sources", "source_sets"),
    "query": ("query", "queries"),
}
"""A map: word before a name in a query → (kind of the named item, table of these items)."""


def with_references(items: StudyItems, session: Session) -> StudyItems:
    """Return a copy of `items` with references added to the texts of summaries, queries, claims and columns.

    If such a text names an item or links to it, the lasting key of the item is added as a reference.
    """
    items = _with_attribute_columns(items, session)
    return _with_linked_summaries(_with_items_of_claims(_with_named_items(items, session), session), session)


def _with_attribute_columns(items: StudyItems, session: Session) -> StudyItems:
    known, matrices = case_rows.attributes(session.store), dict(items.kinds["matrix"])
    for key, fields in matrices.items():
        if attribute_of(fields[COLUMNS_OF]) is not None:
            with suppress(NotFoundError, AmbiguousError):  # in a study that another program has written
                columns = ColumnsText(fields[COLUMNS_OF], grouped_by(fields[COLUMNS_OF], known).uid)
                matrices[key] = (*fields[:COLUMNS_OF], columns, *fields[COLUMNS_OF + 1 :])
    return replace(items, kinds={**items.kinds, "matrix": matrices})


def _with_named_items(items: StudyItems, session: Session) -> StudyItems:
    store, queries = session.store, dict(items.kinds["query"])
    for query in query_rows.queries(store):
        refs: list[tuple[int, Ref]] = []
        for term, numbers in named_items(session, query):
            kind, table = QUERY_TABLES[term.word]
            uids = (store.scalar(f"SELECT uid FROM {table} WHERE id = ?", (number,)) for number in numbers)
            refs += [(term.start, (kind, uid)) for uid in uids]
        queries[query.uid] = (query.name, QueryText(query.expression, tuple(refs)))
    return replace(items, kinds={**items.kinds, "query": queries})


def _with_items_of_claims(items: StudyItems, session: Session) -> StudyItems:
    claims = items.kinds["claim"]
    if not claims:
        return items
    names = ItemNames(session)
    uids = {
        kind: dict(session.store.query(f"SELECT id, uid FROM {table}").fetchall()) for kind, table in TABLES.items()
    }
    named = {
        key: (*fields[:CLAIM_FACTS], with_refs(fields[CLAIM_FACTS], uids, names), *fields[CLAIM_FACTS + 1 :])
        for key, fields in claims.items()
    }
    return replace(items, kinds={**items.kinds, "claim": named})


def _with_linked_summaries(items: StudyItems, session: Session) -> StudyItems:
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
        """Return a copy of `words`, the text of a summary, with a reference for each of its links.

        `stored` is the same text as it is in the study file, where links contain the ids of codings.
        """
        own, places = [*links_in(stored)], [*links_in(words.text)]
        if len(own) != len(places):  # a link to a source whose name has quotation marks is not read as a link
            return words
        return replace(words, links=tuple(self._ref(a.coding, b.source) for a, b in zip(own, places, strict=True)))

    def _ref(self, coding: int | None, source: str) -> Ref | None:
        if coding in self._uids:
            return "coding", self._uids[coding]
        return ("source", self._sources[source]) if source in self._sources else None
