"""Comparisons of an attribute with a value, as in the query `Size < 10`."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from sibtui.model.attributes import canonical, value_key
from sibtui.model.query.tree import Comparator
from sibtui.model.records import AttributeKind

_TESTS: dict[Comparator, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def comparison(kind: AttributeKind, comparator: Comparator, value: str) -> Callable[[str], bool]:
    """Return a function that takes a stored value and returns whether it fits a comparison, such as `< 10`.

    `kind` is the kind of the attribute, and `value` the value in the query. Texts are compared like names (letter case
    is ignored), numbers by their size, and dates by their order. Raises ValueError if `value` is not of this kind, and
    for `<` or `>` if the values of this kind have no order.

    >>> comparison("number", "<", "10")("9.5")
    True
    """
    test = _TESTS[comparator]
    if comparator in {"=", "!="}:
        wanted = value_key(kind, canonical(kind, value))
        return lambda stored: test(value_key(kind, stored), wanted)
    if kind not in {"number", "date"}:
        raise ValueError(f"has values of the kind {kind}: {comparator} compares numbers and dates")
    limit = canonical(kind, value)
    if kind == "date":
        return lambda stored: test(stored, limit)
    number = Decimal(limit)

    def fits(stored: str) -> bool:
        try:
            return test(Decimal(stored), number)
        except InvalidOperation:  # another program wrote the value
            return False

    return fits
