from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from sibtui.model.foreign_rows import TaguetteHighlight


def test_a_row_from_another_program_is_immutable() -> None:
    row = TaguetteHighlight(1, 0, 5, "<b>words</b>", (2, 3))
    assert row == TaguetteHighlight(1, 0, 5, "<b>words</b>", (2, 3), None, None)
    with pytest.raises(FrozenInstanceError):
        row.start = 1  # type: ignore[misc]
