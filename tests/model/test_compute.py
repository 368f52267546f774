from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.model.cell_basis import BasisColumn, CellBasis, Gap, ReadTimes
from sibtui.model.compute import compute_matrix, figures, judged, row_rule
from sibtui.model.evidence import EvidenceCounts
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.presence import Evidence, Rule

if TYPE_CHECKING:
    from sibtui.model.matrix import Matrix

ROWS = (
    RowDefinition("Brokering", ("T/Brokering",), note="on the label", notes={"SIB B": "on a cell"}),
    RowDefinition("Budgets", ("T/Budgets",)),
)
READ = {1: "2020-06-01", 2: "2020-02-01"}
BROKERING, BUDGETS = 1, 2


def assembled(
    show: str = "presence", rule: Rule | None = None, waiting: dict[int, int] | None = None, *, same: bool = False
) -> Matrix:
    """Return a matrix in which sources 1 and 2 of SIB A and SIB B are read, 2 before the code Budgets was made.

    SIB C has no source.
    """
    definition = MatrixDefinition("t", "Title", ROWS, show=show, rule=rule or Rule(2, 1), marks={"contested": "X"})
    alike = Evidence(1, 1, 0, 0, 1, 1)
    counted = (
        [
            EvidenceCounts({0: alike, 1: alike, 2: Evidence(counter=5)}),
            EvidenceCounts({}),
        ]
        if same
        else [
            EvidenceCounts(
                {0: Evidence(3, 2, 0, 2, 1, 2), 1: Evidence(1, 1, 1, 1, 1, 1), 2: Evidence(counter=5)}, waiting or {}
            ),
            EvidenceCounts({}, waiting or {}),
        ]
    )
    times = ReadTimes(READ)
    basis = CellBasis(
        [BasisColumn([source] if source else [], times, frozenset([source or 3])) for source in (1, 2, 0)],
        {1: "a1", 2: "b1"}, {BROKERING: "T/Brokering", BUDGETS: "T/Budgets"}, {BROKERING: None, BUDGETS: None},
        {BROKERING: "2020-01-01", BUDGETS: "2020-03-01"},
    )  # fmt: skip
    return compute_matrix(
        definition, ["SIB A", "SIB B", "SIB C"], counted, [basis] * 2, [(BROKERING,), (BUDGETS,)], first_note=4
    )


def states(matrix: Matrix) -> list[list[str]]:
    return [[cell.state for cell in row.cells] for row in matrix.rows]


def test_a_computed_matrix_has_the_facts_of_its_definition_and_the_states_of_its_cells() -> None:
    matrix = assembled()
    assert (matrix.name, matrix.title, matrix.columns, matrix.first_note) == (
        "t",
        "Title",
        ("SIB A", "SIB B", "SIB C"),
        4,
    )
    assert [(row.label, row.note, row.notes) for row in matrix.rows] == [
        ("Brokering", "on the label", {"SIB B": "on a cell"}),
        ("Budgets", "", {}),
    ]
    assert states(matrix) == [["contested", "tentative", "rejected"], ["absent", "incomplete", "no data"]]


def test_an_incomplete_cell_names_its_unread_sources() -> None:
    assert assembled().rows[1].cells[1].gaps == (Gap("b1", ("T/Budgets",), again=True),)
    assert assembled().rows[1].cells[1].reasons == ("b1 is not read again for T/Budgets",)


def test_a_coding_without_a_case_makes_a_cell_incomplete_and_is_counted_in_a_rejected_cell() -> None:
    matrix = assembled(waiting={1: 1, 2: 2})
    assert [(cell.state, cell.waiting) for cell in matrix.rows[1].cells] == [
        ("incomplete", 1), ("incomplete", 2), ("no data", 0),
    ]  # fmt: skip
    assert assembled().rows[0].cells[2].reasons == ()
    both = assembled(rule=Rule(1, 1), same=True)
    assert [cell.state for cell in both.rows[0].cells] == ["present", "present", "rejected"]


def test_codings_without_a_case_do_not_matter_if_the_columns_are_not_cases() -> None:
    definition = MatrixDefinition("t", "", ROWS[:1])
    basis = CellBasis(
        [BasisColumn([1], ReadTimes(READ))], {1: "a1"}, {BROKERING: "T"}, {BROKERING: None}, {BROKERING: "2020-01-01"}
    )
    (row,) = compute_matrix(definition, ["a1"], [EvidenceCounts({}, {1: 2})], [basis], [(BROKERING,)]).rows
    assert (row.cells[0].state, row.cells[0].waiting, row.cells[0].reasons) == ("absent", 0, ())


def test_an_absent_cell_has_the_reason_for_its_covered_topic() -> None:
    assert [cell.covered_by for cell in assembled().rows[1].cells] == ["not recorded", "not recorded", ""]


def test_marks_of_the_matrix_override_the_default_ones() -> None:
    assert [cell.mark for cell in assembled().rows[0].cells] == ["X", "?", "–"]


def test_present_and_contested_cells_have_a_fragility() -> None:
    assert [cell.fragility for cell in assembled().rows[0].cells] == ["single source", None, None]


def test_equal_cells_share_one_object() -> None:
    matrix = assembled(rule=Rule(1, 1))
    again = assembled(rule=Rule(1, 1), waiting={})
    assert matrix == again
    assert len({id(cell) for row in matrix.rows for cell in row.cells}) == 6


def test_equal_cells_without_evidence_share_one_object() -> None:
    times = ReadTimes(READ)
    columns = [BasisColumn(sources, times, frozenset([case])) for case, sources in enumerate(([], [1], []))]
    basis = CellBasis(columns, {1: "a1"}, {BROKERING: "T/Brokering"}, {BROKERING: None}, {BROKERING: "2020-01-01"})
    definition = MatrixDefinition("t", "", ROWS[:1])
    (row,) = compute_matrix(definition, ["A", "B", "C"], [EvidenceCounts({})], [basis], [(BROKERING,)]).rows
    assert [cell.state for cell in row.cells] == ["no data", "absent", "no data"]
    assert row.cells[0] is row.cells[2]


def test_a_judged_cell_shows_the_verdict_and_keeps_the_computed_state() -> None:
    judgement = Judgement("Budgets", "SIB A", "present", "she was asked again", "me", "2020-07-01")
    cell = judged(replace(assembled(), judged_suffix="†"), 1, 0, judgement, ("1 quote is new",)).rows[1].cells[0]
    assert (cell.state, cell.computed, cell.mark, cell.judgement, cell.stale, cell.suffix) == (
        "present", "absent", "X", judgement, True, "†",
    )  # fmt: skip
    assert not judged(assembled(), 1, 0, judgement, ()).rows[1].cells[0].stale


def test_a_row_may_need_an_additional_kind_of_source() -> None:
    row = RowDefinition("r", ("T",), needs=("interview", "report"))
    definition = MatrixDefinition("t", "", (row,), rule=Rule(2, 1, 1, ("report",)))
    assert row_rule(definition, row) == Rule(2, 1, 1, ("report", "interview"))


@pytest.mark.parametrize(
    ("show", "marks"),
    [
        ("count", ["3 : 2", "1", "0 : 5"]),
        ("sources", ["2 : 2", "1", "0 : 5"]),
        ("count (sources)", ["3 (2) : 2", "1 (1)", "0 (0) : 5"]),
        ("coverage", ["12", "12", "–"]),
        ("coverage %", ["60.0", "60.0", "–"]),
    ],
)
def test_figures_replace_the_marks_of_cells(show: str, marks: list[str]) -> None:
    matrix = assembled(show)
    rows = tuple(
        replace(row, cells=tuple(replace(cell, characters=12, length=20) for cell in row.cells)) for row in matrix.rows
    )
    shown = figures(replace(matrix, rows=rows))
    assert [cell.mark for cell in shown.rows[0].cells] == marks
    assert states(shown) == states(matrix)


def test_a_cell_without_a_figure_keeps_its_mark() -> None:
    """A judged cell without a figure keeps its mark too."""
    judgement = Judgement("Budgets", "SIB A", "present", "she was asked again", "me", "2020-07-01")
    shown = figures(judged(assembled("count"), 1, 0, judgement, ()))
    assert [cell.mark for cell in shown.rows[1].cells] == ["X", "…", "n/a"]
    rejected = figures(judged(assembled("count"), 0, 2, replace(judgement, row="Brokering"), ()))
    assert rejected.rows[0].cells[2].mark == "X"


def marks_of(matrix: Matrix) -> list[list[str]]:
    return [[cell.mark for cell in row.cells] for row in matrix.rows]


def test_shares_of_a_row_or_a_column_are_percents_of_its_quotes() -> None:
    shown = figures(assembled("row %"))
    assert marks_of(shown)[0][:2] == ["75.0", "25.0"]
    assert marks_of(shown)[1] == marks_of(assembled())[1]
    assert marks_of(figures(assembled("column %")))[0][:2] == ["100.0", "100.0"]


def test_cells_are_zero_or_one_for_statistics_where_a_state_is_known() -> None:
    for row in figures(assembled("0/1")).rows:
        for cell in row.cells:
            known = "1" if cell.state in {"present", "contested"} else "0"
            assert cell.mark == (cell.state if cell.state in {"incomplete", "no data"} else known)
    assert {"0", "1"} <= {mark for row in marks_of(figures(assembled("0/1"))) for mark in row}
