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

    `kind` is the kind of the attribute, and `value` the value in the query. Texts are compared like names (letter
    case is ignored), numbers by their size, and dates by their order. Raises ValueError if `value` is not of this
    kind. Comparisons such as `<` also raise ValueError if the values of this kind have no order.

    >>> comparison("number", "<", "10")("9.5")
    True
    """
    test, limit = _TESTS[comparator], _limit(kind, comparator, value)
    if comparator in {"=", "!="}:
        return lambda stored: test(value_key(kind, stored), limit)
    if kind == "date":
        return lambda stored: test(stored, limit)
    number = Decimal(limit)

    def fits(stored: str) -> bool:
        try:
            return test(Decimal(stored), number)
        except InvalidOperation:  # another program wrote the value
            return False

    return fits


def depends_on_kind(before: AttributeKind, after: AttributeKind, comparator: Comparator, value: str) -> bool:
    """Return whether a comparison works if the attribute has the kind `before`, but not if it has the kind `after`.

    If a comparison would find other values in a text attribute, it counts as not working there. For example, `= true`
    finds the value `yes` only in a yes/no attribute.

    >>> depends_on_kind("number", "text", ">", "40"), depends_on_kind("number", "text", "=", "40")
    (True, False)
    """
    try:
        was = _limit(before, comparator, value)
    except ValueError:
        return False
    try:
        return _limit(after, comparator, value) != was and after == "text"
    except ValueError:
        return True


def _limit(kind: AttributeKind, comparator: Comparator, value: str) -> str:
    """Return the value in a comparison, converted to the form in which stored values are compared.

    Raises ValueError if the comparison does not fit the kind.
    """
    if comparator in {"=", "!="}:
        return value_key(kind, canonical(kind, value))
    if kind not in {"number", "date"}:
        raise ValueError(f"has values of the kind {kind}: {comparator} compares numbers and dates")
    return canonical(kind, value)
