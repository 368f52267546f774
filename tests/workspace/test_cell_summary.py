"""The summary of a cell, as the screen shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.cell_basis import Gap
from sibtui.model.matrix import Cell
from sibtui.model.matrix_definition import Judgement
from sibtui.workspace.cell_summary import judgement_line, state_line

CONTESTED = Cell("contested", "contested", "◐", 3, 2, 0, 1, "single source")
INCOMPLETE = Cell("incomplete", "incomplete", "…", 0, 0, 0, 0, None, gaps=(Gap("b2"),))
REJECTED = Cell("rejected", "rejected", "–", 0, 0, 0, 5, None, waiting=1)
ABSENT = Cell("absent", "absent", "", 0, 0, 0, 0, None, covered_by="asked")
JUDGED = replace(
    INCOMPLETE,
    state="present",
    judgement=Judgement("Loss", "B", "present", "b2 says so.", "R1", "2026-11-28T10:00:00Z"),
)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (CONTESTED, "contested: 3 firm quotes from 2 sources, 1 of counter-evidence; rests on a single source"),
        (replace(INCOMPLETE, waiting=2), "incomplete: b2 is unread; 2 codings wait for their case"),
        (REJECTED, "rejected: 5 quotes of counter-evidence; 1 coding waits for its case"),
        (ABSENT, "absent: its sources are read, and none has it; the topic was asked"),
        (replace(ABSENT, covered_by="volunteered"), "absent: its sources are read, and none has it; the topic was volunteered"),
        (
            replace(ABSENT, covered_by="not recorded"),
            "absent: its sources are read, and none has it; whether the topic was asked is not recorded",
        ),
        (JUDGED, "judged present, computed incomplete: b2 is unread"),
    ],
)  # fmt: skip
def test_the_state_line_has_the_counts_and_reasons_of_the_cell(cell: Cell, words: str) -> None:
    assert state_line(cell) == words


def test_a_disagreement_of_coders_is_the_last_part_of_the_state_line() -> None:
    assert state_line(replace(CONTESTED, disputed=True)).endswith("; two coders disagree on a passage")


def test_the_line_of_a_stale_judgement_names_the_changes() -> None:
    assert judgement_line(JUDGED) == "Judged by R1, 2026-11-28: b2 says so."
    stale = replace(JUDGED, changes=("1 quote is new (“x”)", "the topic was asked, and is not recorded"))
    assert judgement_line(stale) == (
        "Judged by R1, 2026-11-28: b2 says so; changed since: 1 quote is new (“x”); the topic was asked, and is not recorded"
    )
    assert judgement_line(ABSENT) == ""
