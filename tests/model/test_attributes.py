from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.attributes import canonical, kind_of
from sibtui.model.records import ATTRIBUTE_KINDS


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "yes/no"),
        (4, "number"),
        (2.5, "number"),
        (dt.date(2020, 3, 17), "date"),
        (dt.datetime(2020, 3, 17, 9, tzinfo=dt.UTC), "date"),
        ("4", "text"),
    ],
)
def test_an_attribute_is_of_the_kind_of_its_first_value(value: object, kind: str) -> None:
    assert kind_of(value) == kind


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("text", " as it is ", " as it is "),
        ("text", True, "yes"),
        ("text", 5, "5"),
        ("number", 5, "5"),
        ("number", " +007 ", "7"),
        ("number", "2.50", "2.5"),
        ("number", "2.000", "2"),
        ("number", -2.5, "-2.5"),
        ("number", "-004.0", "-4"),
        ("number", "-0", "0"),
        ("number", "-0.00", "0"),
        ("number", "-0.5", "-0.5"),
        ("number", "123456789012345678901234567890", "123456789012345678901234567890"),
        ("date", "2020-03-17", "2020-03-17"),
        ("date", dt.date(2020, 3, 17), "2020-03-17"),
        ("date", dt.datetime(2020, 3, 17, 9, tzinfo=dt.UTC), "2020-03-17"),
        ("yes/no", True, "yes"),
        ("yes/no", False, "no"),
        ("yes/no", "Y", "yes"),
        ("yes/no", " FALSE ", "no"),
    ],
)
def test_a_value_is_stored_in_one_way(kind: str, value: object, stored: str) -> None:
    assert canonical(kind, value) == stored


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("number", "five", "“five” is not a number"),
        ("number", "1e3", "is not a number"),
        ("number", "", "is not a number"),
        ("number", True, "“yes” is not a number"),
        ("number", "\u0665", "is not a number"),
        ("number", float("nan"), "is not a number"),
        ("date", "17.03.2020", "write it as 2020-03-17"),
        ("date", "2020-02-30", "is not a date"),
        ("yes/no", "perhaps", "“perhaps” is neither yes nor no"),
    ],
)
def test_a_value_that_does_not_fit_is_told_what_would(kind: str, value: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        canonical(kind, value)


@given(
    st.sampled_from(ATTRIBUTE_KINDS),
    st.integers() | st.decimals(-999, 999, places=3) | st.dates() | st.booleans() | st.text(max_size=5),
)
def test_a_stored_value_is_stored_again_as_it_is(kind: str, value: object) -> None:
    try:
        stored = canonical(kind, value)
    except ValueError:
        return
    assert canonical(kind, stored) == stored
