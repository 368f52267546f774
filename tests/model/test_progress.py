"""Progress reports from long loops."""

from __future__ import annotations

import pytest

from sibtui.model.progress import with_progress


def test_progress_is_reported_and_all_items_are_yielded() -> None:
    reported: list[int] = []
    assert list(with_progress(range(7), reported.append, every=3)) == list(range(7))
    assert reported == [3, 6]


def test_items_are_yielded_without_a_callback() -> None:
    assert list(with_progress("abc", None)) == ["a", "b", "c"]


def test_the_callback_can_cancel_the_loop() -> None:
    taken: list[int] = []

    def enough(count: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        taken.extend(with_progress(range(7), enough, every=2))
