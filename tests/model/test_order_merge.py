"""The merge of the orders of items in two copies of a study."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.differences import Difference
from sibtui.model.order_merge import merged_orders

from .study_copies import STUDY, added, code, merged


def order(mine: str, theirs: str, was: str | None, kept: str = "") -> tuple[str, str]:
    """Return (merged order, proposal) of cases with one letter each. The order is empty if new items are only added.

    `kept` are the cases that one side has removed and that a decision keeps.
    """
    sides = [{key: (key,) for key in side} for side in (mine, theirs)]
    base = None if was is None else {key: (key,) for key in was}
    taken = {key: fields for key, fields in sides[1].items() if key in kept or key not in (was or "")}
    result = list(merged_orders("case", *sides, base, sides[0] | taken))
    if not result:
        return "", ""
    ((group, keys, difference),) = result
    assert group == ""
    return "".join(keys or ()), "" if difference is None else difference.proposal


@pytest.mark.parametrize(
    ("mine", "theirs", "was", "expected"),
    [
        ("abc", "abc", "abc", ("", "")),
        ("abc", "cab", "abc", ("cab", "take")),
        ("cab", "abc", "abc", ("", "keep")),
        ("cab", "cab", "abc", ("", "")),
        ("cab", "bac", "abc", ("", "leave out")),
        ("abc", "abcx", "abc", ("", "")),
        ("abcy", "abcx", "abc", ("", "")),
        ("abc", "axbc", "abc", ("axbc", "")),
        ("abcy", "xabc", "abc", ("xabcy", "")),
        ("aybc", "cab", "abc", ("cayb", "take")),
        ("cab", "xabc", "abc", ("xcab", "keep")),
        ("cab", "bxac", "abc", ("cabx", "leave out")),
        ("ab", "cba", "abc", ("ba", "take")),
        ("abxy", "abyx", "ab", ("", "")),
        ("abc", "cab", None, ("", "leave out")),
        ("abc", "abcx", None, ("", "")),
        ("qarbs", "ba", "ab", ("qbsar", "take")),
    ],
)
def test_the_order_of_one_side_is_taken_and_new_items_stay_beside_their_neighbours(
    mine: str, theirs: str, was: str | None, expected: tuple[str, str]
) -> None:
    assert order(mine, theirs, was) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "kept", "expected"),
    [
        ("ac", "abc", "b", ("abc", "")),
        ("ca", "abc", "b", ("cab", "keep")),
        ("ac", "cba", "b", ("cba", "take")),
        ("abc", "ac", "b", ("", "")),
        ("abc", "ca", "b", ("cab", "take")),
        ("bca", "ac", "b", ("", "keep")),
    ],
)
def test_an_item_that_one_side_has_removed_is_no_change_of_the_order(
    mine: str, theirs: str, kept: str, expected: tuple[str, str]
) -> None:
    assert order(mine, theirs, "abc", kept) == expected


def test_a_difference_of_orders_has_only_the_items_of_both() -> None:
    items = {key: (key,) for key in "abxy"}
    ((_, keys, difference),) = merged_orders(
        "case", {k: items[k] for k in "aby"}, {k: items[k] for k in "xba"}, {k: items[k] for k in "ab"}, items
    )
    assert keys == ("x", "b", "y", "a")
    assert difference == Difference("order of cases", "", "", ("a", "b"), ("b", "a"), ("a", "b"), "take")


def test_each_list_of_codes_has_an_order_of_its_own() -> None:
    base = added(STUDY, "codes", code("t3", "People"))
    t1, c1, c2, t2, t3 = base.codes
    result = merged(base, replace(base, codes=(t3, t1, c2, c1, t2)), base)
    assert result.orders == {("code", ""): ("t3", "t1", "t2"), ("code", "t1"): ("c2", "c1")}
    assert [(each.kind, each.key, each.proposal) for each in result.differences] == [
        ("order of codes", "", "take"),
        ("order of codes", "t1", "take"),
    ]
