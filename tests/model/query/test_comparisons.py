"""Comparisons of attribute values."""

from __future__ import annotations

import pytest

from sibtui.model.query.comparisons import comparison


@pytest.mark.parametrize(
    ("kind", "comparator", "value", "fits", "others"),
    [
        ("text", "=", "early  STAGE", ["Early stage"], ["Late", ""]),
        ("text", "!=", "early stage", ["Late"], ["Early  stage"]),
        ("number", "=", "10.0", ["10"], ["1", "100"]),
        ("number", "<", "10", ["9.5", "-20", "9"], ["10", "10.5", "100"]),
        ("number", "<=", "10", ["9", "10"], ["10.1"]),
        ("number", ">", "9007199254740992", ["9007199254740993"], ["9007199254740992"]),
        ("number", ">=", "10", ["10", "100"], ["9", "many"]),
        ("date", "<", "2020-03-17", ["2019-12-31"], ["2020-03-17"]),
        ("date", ">=", "2020-03-17", ["2020-03-17", "2021-01-01"], ["2020-03-16"]),
        ("yes/no", "=", "true", ["yes"], ["no"]),
    ],
)  # fmt: skip
def test_values_are_compared_by_their_kind(
    kind: str, comparator: str, value: str, fits: list[str], others: list[str]
) -> None:
    test = comparison(kind, comparator, value)  # type: ignore[arg-type]
    assert [each for each in (*fits, *others) if test(each)] == fits


@pytest.mark.parametrize(
    ("kind", "comparator", "value", "message"),
    [
        ("number", "=", "ten", "“ten” is not a number"),
        ("date", "<", "yesterday", "“yesterday” is not a date"),
        ("text", "<", "b", "has values of the kind text: < compares numbers and dates"),
        ("yes/no", ">=", "yes", "has values of the kind yes/no"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: str, comparator: str, value: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        comparison(kind, comparator, value)  # type: ignore[arg-type]
