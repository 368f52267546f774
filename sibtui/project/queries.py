"""`project.queries`: queries that are saved under a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sibtui
from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import as_name
from sibtui.model.folding import identical
from sibtui.model.names import name_in_use, refuse_name_in_use, resolve_name
from sibtui.model.records import SavedQuery
from sibtui.model.text import listed, one_line, plural
from sibtui.project.shared.base import Noun
from sibtui.store import matrices as matrix_rows
from sibtui.store import queries as rows


class Queries(Noun):
    """`project.queries`: saved queries.

    In another query, the term `query NAME` finds the codings of the saved query NAME.

    >>> project.queries.save("Doubts", "stance counters and certainty tentative").name
    'Doubts'
    >>> project.codings.count(where='query Doubts and case "SIB A"')
    4
    """

    def list(self) -> Sequence[SavedQuery]:
        """Return the saved queries, oldest first.

        >>> project.queries.list()
        []
        """
        return rows.queries(self._store)

    def get(self, name: str) -> SavedQuery:
        """Return the query with this name.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> project.queries.save("Doubts", "stance counters").expression
        'stance counters'
        >>> project.queries.get("doubts").expression
        'stance counters'
        """
        found = {query.name: query for query in self.list()}
        return found[resolve_name("query", as_name(name), found)]

    def save(self, name: str, expression: str, *, replace: bool = False) -> SavedQuery:
        """Save a query under a name, and return it. With `replace`, an existing query with this name is changed.

        The query is run once before it is saved. Raises QueryError for an invalid query, InputError for an empty name.
        Raises ConflictError when the name is in use and `replace` is not set, or when a matrix row that uses the query
        could not be computed after the change.

        >>> project.queries.save("Doubts", "stance counters").name
        'Doubts'
        >>> project.queries.save("Doubts", "certainty tentative", replace=True).expression
        'certainty tentative'
        """
        from sibtui.model.query.parser import parse
        from sibtui.project.retrieval.stored_codings import numbers_found
        from sibtui.project.tables.queried_rows import row_queries_kept

        parse(as_name(expression))
        name = " ".join(as_name(name).split())
        if not name:
            raise InputError("A query needs a name.")
        with self._session.act("query save", f"query {one_line(name, 60)}"), row_queries_kept(self._session):
            known = {query.name: query for query in self.list()}
            there = identical(name, known)
            if there is not None and not replace:
                raise ConflictError(name_in_use("query", there), "replace-query")
            if there is None:
                rows.add_query(self._store, sibtui.QueryDraft(name, as_name(expression)))
            else:
                rows.set_expression(self._store, known[there].id, as_name(expression))
            numbers_found(self._session, expression, name=there or name)
        return self.get(name)

    def insert(self, drafts: Iterable[sibtui.QueryDraft]) -> None:
        """Add the saved queries of a whole study. The queries are not run, so errors in them are not found.

        Call this inside an act (`with project.act(…)`, one step of undo). Raises InputError for an empty name or query,
        ConflictError for a name in use.

        >>> with project.act("query save", "a query"):
        ...     project.queries.insert([QueryDraft("Doubts", "stance counters")])
        """
        known = [query.name for query in self.list()]
        for draft in drafts:
            if not draft.name.strip() or not draft.expression.strip():
                raise InputError("A saved query needs a name and an expression.")
            refuse_name_in_use("query", draft.name, known)
            rows.add_query(self._store, draft)
            known.append(draft.name)

    def remove(self, name: str) -> SavedQuery:
        """Remove a saved query, and return it. The codings that it finds do not change.

        Raises ConflictError when another saved query or a row of a matrix uses this query. Raises NotFoundError when
        the name is unknown, AmbiguousError when it is not unique.

        >>> project.queries.save("Doubts", "stance counters").name
        'Doubts'
        >>> project.queries.remove("Doubts").expression
        'stance counters'
        """
        from sibtui.project.retrieval.query_names import queries_using

        with self._session.act("query remove", f"query {one_line(name, 60)}") as act:
            query = self.get(name)
            shown = one_line(query.name, 60)
            act.summary = f"query {shown}"
            if used := matrix_rows.rows_on(self._store, query.id):
                places = listed([f"“{one_line(label, 40)}” of {one_line(matrix, 40)}" for matrix, label in used], 3)
                raise ConflictError(
                    f"The query {shown} is used in {plural(len(used), 'row')}: {places}.", "change-rows"
                )
            if using := queries_using(self._session, query.name):
                names = listed([one_line(each, 40) for each in using], 3, quoted=True)
                raise ConflictError(
                    f"The query {shown} is used in {plural(len(using), 'query', 'queries')}: {names}.", "change-queries"
                )
            rows.remove_query(self._store, query.id)
        return query
