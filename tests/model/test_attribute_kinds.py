from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.attribute_kinds import AttributeKinds, MixedAttribute

values = st.sampled_from(
    [5, "5", 5.0, 2.5, "2.50", "007", True, "yes", "Yes", dt.date(2020, 3, 17), "2020-03-17", "20200317", "", "n/a", float("inf")]
) | st.text(max_size=3)  # fmt: skip


def placed(order: list[Any], known: dict[str, Any] | None = None) -> tuple[dict[str, str], list[tuple[Any, str]]]:
    kinds = AttributeKinds(known or {})
    last: dict[str, str] = {}
    texts = []
    for value in order:
        each = kinds.place("born", value)
        last[each.name] = each.kind
        texts.append((repr(value), each.text))
    return last, sorted(texts)


@given(st.lists(values, min_size=1, max_size=5), st.randoms(use_true_random=False))
@example([1969, "17/09/1984"], Random(1))
def test_the_order_of_values_does_not_change_the_kind_or_the_texts(order: list[Any], random: Any) -> None:
    other = list(order)
    random.shuffle(other)
    assert placed(order) == placed(other) == placed(order[::-1])


@given(st.lists(values, min_size=2, max_size=5), st.data())
def test_two_imports_give_the_same_kinds_as_one_import(order: list[Any], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(order) - 1))
    first = placed(order[:at])
    second = placed(order[at:], first[0])
    assert (second[0], sorted(first[1] + second[1])) == placed(order)


@pytest.mark.parametrize("order", [[1969, "17/09/1984", 1970, "x"], ["17/09/1984", 1969, "x", 1970]])
def test_a_mixed_attribute_is_reported_once(order: list[Any]) -> None:
    kinds = AttributeKinds({})
    found = [each.mixed for each in (kinds.place("born", value) for value in order) if each.mixed]
    earlier = order[0] == "17/09/1984"
    assert found == [MixedAttribute("born", "number", "17/09/1984", earlier)]
    whose = ", and an earlier source has it" if earlier else ""
    assert str(found[0]) == f"the attribute “born” is text: “17/09/1984” is not a number{whose}"


@pytest.mark.parametrize(
    ("known", "order"), [({}, ["12", "A7"]), ({"born": "text"}, [5, "x", True]), ({}, [5, 6.5]), ({}, ["5", 5])]
)
def test_attributes_with_values_of_one_kind_are_not_reported(known: Any, order: list[Any]) -> None:
    kinds = AttributeKinds(known)
    assert [kinds.place("born", value).mixed for value in order] == [None] * len(order)


def test_an_attribute_of_the_study_becomes_text_at_a_value_of_another_kind() -> None:
    placed = AttributeKinds({"Born": "date"}).place("born", "unknown")
    assert (placed.name, placed.kind, placed.is_new, placed.became_text) == ("Born", "text", False, True)
    assert placed.mixed == MixedAttribute("Born", "date", "unknown")


def test_a_fixed_attribute_refuses_values_of_other_kinds_and_keeps_its_own() -> None:
    kinds = AttributeKinds({"born": "number"}, ["born"])
    assert kinds.place("born", "007").text == "7"
    with pytest.raises(ValueError, match="is not a number"):
        kinds.place("born", "unknown")
    assert kinds.place("left", "unknown").is_new
