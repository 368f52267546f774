"""Telling how far something long is."""

from __future__ import annotations

import pytest

from sibtui.model.counting import counted


def test_every_so_many_are_told_and_none_is_lost() -> None:
    told: list[int] = []
    assert list(counted(range(7), told.append, every=3)) == list(range(7))
    assert told == [3, 6]


def test_nobody_needs_to_be_told() -> None:
    assert list(counted("abc", None)) == ["a", "b", "c"]


def test_whoever_is_told_can_end_it() -> None:
    taken: list[int] = []

    def enough(count: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        taken.extend(counted(range(7), enough, every=2))
