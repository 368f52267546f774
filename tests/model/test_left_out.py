"""Content left out of a text: its words, its order, and sums over several sources."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.drafts import SourceDraft
from sibtui.model.left_out import LeftOut, LeftOutKind, left_out, left_out_clause, total

losses = st.lists(st.builds(LeftOut, st.sampled_from(get_args(LeftOutKind)), st.integers(0, 3)), max_size=5)


@pytest.mark.parametrize(
    ("counts", "clause"),
    [
        ({}, ""),
        ({"picture": 1}, "1 picture was left out"),
        ({"picture": 2}, "2 pictures were left out"),
        ({"picture": 3, "comment": 1}, "1 comment and 3 pictures were left out"),
        ({"picture": 1, "comment": 0}, "1 picture was left out"),
        (
            {"header or footer": 2, "comment": 1, "symbol": 1},
            "1 comment, 2 headers and footers and 1 symbol without text were left out",
        ),
    ],
)
def test_losses_are_worded_in_the_order_of_the_kinds(counts: dict[LeftOutKind, int], clause: str) -> None:
    assert left_out_clause(left_out(counts)) == clause


@given(st.lists(losses, max_size=4))
def test_the_total_has_each_kind_of_loss_once(each: list[list[LeftOut]]) -> None:
    every = [loss for one in each for loss in one]
    assert {loss.kind: loss.count for loss in total(each)} == {
        loss.kind: count for loss in every if (count := sum(other.count for other in every if other.kind == loss.kind))
    }


def test_notices_of_a_draft_end_with_its_losses() -> None:
    draft = SourceDraft("A1", "text", warnings=("Encoding unsure",))
    assert draft.notices == ("Encoding unsure",)
    with_losses = SourceDraft("A1", "text", warnings=("Encoding unsure",), left_out=(LeftOut("comment", 2),))
    assert with_losses.notices == ("Encoding unsure", "2 comments were left out")
