from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.opposites import opposite, opposite_words
from sibtui.model.records import Coding
from sibtui.model.segments import Segment

ONE = Coding(1, "a1", Segment(0, 5), "words", "", "", "Trust", "R1", "supports", "firm", (), "", "")
OTHER = replace(ONE, id=2, stance="counters")


def test_a_coding_with_the_opposite_stance_is_reported() -> None:
    assert opposite(ONE, [ONE, OTHER]) == OTHER
    assert opposite_words(ONE, [ONE, OTHER]) == "R1 codes these words as counters too (coding 2)."


@pytest.mark.parametrize(
    "change", [{"source": "b1"}, {"segment": Segment(0, 6)}, {"code": "Care"}, {"coder": "R2"}, {"stance": "supports"}]
)
def test_a_coding_of_another_coder_or_code_or_place_is_not_opposite(change) -> None:
    assert opposite_words(ONE, [replace(OTHER, **change)]) == ""
