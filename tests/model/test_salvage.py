"""Losses of a salvage in words."""

from __future__ import annotations

from sibtui.model.salvage import SalvageLoss


def test_a_loss_names_the_table_the_number_and_the_reason() -> None:
    assert str(SalvageLoss("codings", "unreadable", 1200)) == "codings: 1,200 not readable"


def test_a_lost_row_of_an_unknown_table_is_reported_by_the_name_of_the_table() -> None:
    assert str(SalvageLoss("matrix_rows", "orphaned", 1)) == "matrix_rows: 1 of rows that are lost"
