"""Cases that one copy of a study removed, but that a decision keeps in the merged study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.study_items import CASES_OF, FIELDS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sibtui.model.study_items import ItemFields, ItemKey

RETURNED_FIELDS = {"coding": CASES_OF, "matrix": FIELDS["matrix"].index("only")}
"""A map: kind of item whose cases return → index of the field with these cases."""


def with_returned_cases(kind: str, fields: ItemFields, was: ItemFields, cases: AbstractSet[ItemKey]) -> ItemFields:
    """Return the fields of a coding or a matrix, with the removed `cases` put back.

    The item then has the cases that it had in the last common version, `was`. But if it has lost or got any other case
    since then, `fields` is returned unchanged.
    """
    at = RETURNED_FIELDS[kind]
    before = was[at]
    if kind == "coding":
        left = before - cases
    else:
        left = tuple((of, column) for of, column in before if of != "case" or column not in cases)
    return (*fields[:at], before, *fields[at + 1 :]) if fields[at] == left else fields
