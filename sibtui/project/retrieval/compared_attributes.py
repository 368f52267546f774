"""The saved queries that compare an attribute with a value, such as `age > 40`.

Such a query may fail if the attribute gets another kind, such as text in place of numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import QueryError, SibtuiError
from sibtui.model.names import resolve_name
from sibtui.model.query.comparisons import depends_on_kind
from sibtui.model.query.named_terms import named_terms
from sibtui.model.text import listed, one_line
from sibtui.project.retrieval.query_names import fits, queries_using
from sibtui.store import cases as case_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import queries as query_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sibtui.model.query.tree import AttributeTerm
    from sibtui.model.records import Attribute, AttributeKind, SavedQuery
    from sibtui.project.shared.base import Session

KINDS: dict[AttributeKind, str] = {"text": "text", "number": "a number", "date": "a date", "yes/no": "yes or no"}
"""A map: kind of an attribute → its name in a message."""


def queries_comparing(session: Session, attribute: Attribute, kind: AttributeKind) -> Sequence[str]:
    """Return the names of the saved queries that would fail or change their results if an attribute got another kind.

    These queries compare the attribute with a value, such as `age > 40`. `kind` is the new kind.
    """
    known = case_rows.attributes(session.store)
    return [query.name for query in query_rows.queries(session.store) if _compares(query, attribute, kind, known)]


def comparison_clause(session: Session, attribute: Attribute, queries: Sequence[str]) -> str:
    """Return a clause for a message: which queries compare an attribute, and which matrix rows use these queries."""
    used = list(queries)
    for query in used:  # grows: a query can use other queries
        used += [each for each in queries_using(session, query) if each not in used]
    rows = [
        f"“{one_line(row, 40)}” of {one_line(matrix, 40)}"
        for query, matrix, row in matrix_rows.query_rows(session.store)
        if query in used
    ]
    one = len(queries) == 1
    named = listed([one_line(query, 40) for query in queries], 3, quoted=True)
    clause = f"the {'query' if one else 'queries'} {named} compare{'s' if one else ''} it as {KINDS[attribute.kind]}"
    return f"{clause}, for the {'row' if len(rows) == 1 else 'rows'} {listed(rows, 3)}" if rows else clause


def _compares(query: SavedQuery, attribute: Attribute, kind: AttributeKind, known: Sequence[Attribute]) -> bool:
    try:
        terms = [term.comparison for term in named_terms(query.expression) if term.comparison is not None]
    except QueryError:  # written by another program
        return False
    names = {each.name for each in known}
    twins = [each for each in known if each.name == attribute.name and each.id != attribute.id]
    return any(_named(term.name, names) == attribute.name and _depends(term, attribute, kind, twins) for term in terms)


def _depends(term: AttributeTerm, attribute: Attribute, kind: AttributeKind, twins: Sequence[Attribute]) -> bool:
    """Return whether a new kind of an attribute would change the result of a query term, or make the term fail.

    `kind` is the new kind. `twins` are the other attributes with the same name: an attribute of cases and one of
    sources can share a name.
    """
    if not depends_on_kind(attribute.kind, kind, term.comparator, term.value):
        return False
    finds_nothing = attribute.kind == "text" and term.comparator == "="  # a value that becomes a number is not “many”
    return not (finds_nothing and any(fits(twin, term) for twin in twins))


def _named(name: str, names: Collection[str]) -> str | None:
    """Return the name in `names` that matches `name`; None if no name or several names match."""
    try:
        return resolve_name("attribute", name, names)
    except SibtuiError:
        return None
