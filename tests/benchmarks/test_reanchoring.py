"""Automatic placements in corrected texts are right."""

from __future__ import annotations

import pytest

from .reanchoring import EDITS, measure


@pytest.mark.slow
def test_no_automatic_placement_is_wrong_and_few_codings_need_a_decision() -> None:
    scores = measure(2)
    assert scores.keys() == EDITS.keys()
    for kind, (own, plain) in scores.items():
        assert own.wrong == 0, kind
        assert own.recall > 0.85, kind
        assert plain.right + plain.wrong > 1000
