from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.attributes import canonical, kind_of, natural, value_key
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
def test_the_first_value_decides_the_kind_of_an_attribute(value: object, kind: str) -> None:
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
def test_equal_values_are_stored_in_one_form(kind: str, value: object, stored: str) -> None:
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
def test_a_value_of_another_kind_is_refused_with_the_reason(kind: str, value: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        canonical(kind, value)


# Texts that are similar to numbers, dates or answers, in addition to the values themselves
nearly = st.text("0123456789.-+ ", max_size=6) | st.sampled_from(
    ["2020-02-29", "2021-02-29", " 2020-03-17", "yes", "Y", "no ", "TRUE", "f", "0.0", "-0", "007", "1e3", ""]
)


@given(
    st.sampled_from(ATTRIBUTE_KINDS),
    nearly | st.integers(-20, 20) | st.decimals(-2, 2, places=3) | st.dates() | st.booleans() | st.text(max_size=5),
)
@example("number", "-0.0")
@example("number", "1.50")
@example("yes/no", "Y")
@example("text", "")
def test_a_stored_value_is_its_own_stored_form(kind: str, value: object) -> None:
    try:
        stored = canonical(kind, value)
    except ValueError:
        return
    assert canonical(kind, stored) == stored


def test_text_values_are_compared_like_names_and_other_values_exactly() -> None:
    assert value_key("text", "Mu\u0308nchen") == value_key("text", "München")
    assert value_key("number", "5") == "5"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (5.0, "number", "5"),
        ("5", "number", "5"),
        ("007", "text", "007"),
        ("2020-03-17", "date", "2020-03-17"),
        ("20200317", "number", "20200317"),
        ("yes", "yes/no", "yes"),
        ("Yes", "text", "Yes"),
        (float("inf"), "text", "inf"),
        ("", "text", ""),
    ],
)
def test_a_value_has_the_narrowest_kind_that_its_stored_form_shows(value: object, kind: str, text: str) -> None:
    assert natural(value) == (kind, text)
