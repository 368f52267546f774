"""Losses of a damaged study as phrases."""

from __future__ import annotations

import pytest

from sibtui.model.lost_rows import LostRows


@pytest.mark.parametrize(
    ("loss", "phrase"),
    [
        (LostRows("codings", 1, "missing code"), "1 coding: missing code"),
        (LostRows("codings", 1200, "missing code"), "1,200 codings: missing code"),
        (LostRows("texts", 2, "damaged characters"), "2 texts of a source: damaged characters"),
        (LostRows("sources", 0, "damaged pages"), "some sources: damaged pages"),
        (LostRows("matrices", 3, "x"), "3 matrices: x"),
        (LostRows("matrix_rows", 2, "x"), "2 parts of a matrix: x"),
        (LostRows("undecided", 2, "x"), "2 records: x"),
    ],
)
def test_a_loss_is_written_as_a_number_and_a_noun(loss: LostRows, phrase: str) -> None:
    assert str(loss) == phrase


def test_a_row_has_the_noun_of_its_table() -> None:
    assert LostRows.noun("source_cases") == "case of a source"
