"""The reasons printed below a table of states."""

from __future__ import annotations

from sample_matrix import JUDGED, cell, matrix, present

from sibtui.formats.documents.matrix_states import render_states
from sibtui.model.cell_basis import Gap
from sibtui.model.matrix import MatrixRow

UNREAD = cell("incomplete", gaps=(Gap("b2"),))


def test_cells_with_the_same_reason_are_listed_together_by_column() -> None:
    open_matrix = matrix(
        MatrixRow("Loss", (present(), UNREAD, cell("incomplete", waiting=2))),
        MatrixRow("Trust", (cell("rejected", counter=5, waiting=1), UNREAD, UNREAD)),
        columns=("A", "B", "C"),
    )
    assert render_states(open_matrix).splitlines() == [
        "rejected: 5 against; 1 coding waits for its case",
        "  A: Trust",
        "incomplete: b2 is unread",
        "  B: Loss; Trust",
        "  C: Trust",
        "incomplete: 2 codings wait for their case",
        "  C: Loss",
    ]


def test_reasons_of_absent_cells_show_whether_their_topic_was_asked() -> None:
    open_matrix = matrix(
        MatrixRow("Loss", tuple(cell("absent", covered_by=why) for why in ("asked", "volunteered", "not recorded"))),
        columns=("A", "B", "C"),
    )
    assert render_states(open_matrix).splitlines() == [
        "absent: asked",
        "  A: Loss",
        "absent: volunteered",
        "  B: Loss",
        "absent: not recorded",
        "  C: Loss",
    ]


def test_a_reason_of_all_cells_of_a_state_is_one_line() -> None:
    open_matrix = matrix(MatrixRow("Loss", (UNREAD, UNREAD)), columns=("A", "B"))
    assert render_states(open_matrix) == "incomplete: b2 is unread (all 2 cells)\n"


def test_a_judged_cell_comes_last_with_its_computed_state() -> None:
    judged = cell("present", computed="incomplete", judgement=JUDGED, gaps=(Gap("b2"),))
    open_matrix = matrix(MatrixRow("Loss", (judged, UNREAD)), columns=("A", "B"))
    assert render_states(open_matrix).splitlines() == [
        "incomplete: b2 is unread",
        "  B: Loss",
        "judged present, computed incomplete: b2 is unread",
        "  A: Loss",
    ]


def test_a_disputed_cell_is_listed_but_a_cell_without_disputes_is_not() -> None:
    disputed = cell("contested", quotes=1, sources=1, counter=1, disputed=True, fragility="single quote")
    open_matrix = matrix(MatrixRow("Loss", (disputed, present())), columns=("A", "B"))
    assert render_states(open_matrix).splitlines() == ["contested: two coders disagree on a passage", "  A: Loss"]
    assert render_states(matrix(MatrixRow("Loss", (present(),)), columns=("A",))) == ""


def test_lines_fit_the_terminal_and_names_have_no_control_characters() -> None:
    label = "Who carries the loss of an outcome that was missed \x1b[31m" * 3
    open_matrix = matrix(
        MatrixRow(label, (UNREAD, present())), MatrixRow("Trust", (UNREAD, UNREAD)), columns=("A " * 30, "B")
    )
    text = render_states(open_matrix, 80)
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
