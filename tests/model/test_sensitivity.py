"""The table of sensitivity."""

from __future__ import annotations

from sibtui.model.sensitivity import CHECKS, SensitiveCell, sensitivity_table


def cell(*hangs_on: str, lost: tuple[str, ...] = ()) -> SensitiveCell:
    return SensitiveCell(
        "t", "Trust", "A", "present", 2, 1, 1, hangs_on, {check: check not in lost for check in CHECKS}
    )


def test_the_lines_below_count_the_fragile_and_the_lost() -> None:
    table = sensitivity_table([cell("source a1", lost=("3 sources",)), cell()], ["Odd."])
    assert table.below == (
        "2 X in computed cells; 1 of them hang on one thing. Judged cells are left out.",
        "Without shared interviews: 0 lost.",
        "Interviews only: 0 lost.",
        "Documents only: 0 lost.",
        "2 sources: 0 lost.",
        "3 sources: 1 lost.",
        "Odd.",
    )
    assert table.rows[0][-1] == "lost"
    assert table.rows[1][7:] == ((), "X", "X", "X", "X", "X")
    assert table.objects[0]["3_sources"] is False
    assert table.objects[0]["hangs_on"] == ["source a1"]
