"""The names of items in a claim, such as its codes and the columns in its statement, and their replacement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from sibtui.errors import QueryError
from sibtui.model.claims.claim import Claim
from sibtui.model.frozen import replace
from sibtui.model.name_lists import names_in
from sibtui.model.query.completion import quoted
from sibtui.model.query.tokens import tokens

ItemKind = Literal["matrix", "code", "case", "source", "attribute", "coder"]
"""A kind of item that a claim can name."""
ColumnKind = Literal["case", "source", "coder"]
"""The kind of items that the columns of a matrix show."""
NewName = Callable[[ItemKind, str], str]
"""A function that takes the kind of an item and its name in a claim, and returns another name of this item."""


def with_item_names(
    claim: Claim, new: NewName, known: Mapping[ItemKind, Iterable[str]], columns: ColumnKind | None
) -> Claim:
    """Return a claim with new names of items. The labels of matrix rows stay unchanged.

    `new` takes the kind and the old name of an item, and returns its new name. `known` is a map: kind of item →
    names of such items. It is needed to split lists of names, because a name may have commas. `columns` is the kind
    of the columns that the statement names; None if it names no columns.
    """

    def several(kind: ItemKind, label: str) -> list[str] | None:
        """Return the new names for `label`, which is a list of names; None if no name changes."""
        old = names_in(label, known.get(kind, ()))
        found = [new(kind, name) for name in old]
        return None if found == list(old) else list(dict.fromkeys(found))

    def case(label: str) -> str:
        if not claim.attribute:
            return new("case", label) if label else label
        found = several("case", label)
        return label if found is None else ", ".join(found)

    return replace(
        claim,
        rows=tuple((new("matrix", matrix), label) for matrix, label in claim.rows),
        codes=tuple(new("code", code) for code in claim.codes),
        attribute=new("attribute", claim.attribute) if claim.attribute else "",
        case=case(claim.case),
        statement=_statement(claim, lambda label: None if columns is None else several(columns, label)),
    )


def _statement(claim: Claim, several: Callable[[str], list[str] | None]) -> str:
    """Return the statement of a claim with new names of columns.

    `several` takes a list of names, and returns the new names; None if no name changes.
    """
    statement = claim.statement
    if not (claim.rows or claim.codes):
        return statement
    try:
        names = [token for token in tokens(statement) if token.kind == "name"]
    except QueryError:  # written by another program
        return statement
    for token in reversed(names):
        new = several(token.text)
        if new is not None:
            statement = statement[: token.at - 1] + " and ".join(map(quoted, new)) + statement[token.end :]
    return statement
