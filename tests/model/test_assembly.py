from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.assembly import assemble, figures
from sibtui.model.ground import Ground, Topic
from sibtui.model.matrix import Judgement, Matrix, MatrixDefinition, RowDefinition
from sibtui.model.presence import Evidence, Rule

ROWS = (
    RowDefinition("Brokering", ("T/Brokering",), note="on the label", notes={"SIB B": "on a cell"}),
    RowDefinition("Budgets", ("T/Budgets",)),
)
READ = {1: "2020-06-01", 2: "2020-02-01"}


def assembled(show: str = "presence", judgements: tuple[Judgement, ...] = (), stale: tuple = ()) -> Matrix:
    """Sources 1 and 2 of SIB A and SIB B are read, 2 before the code Budgets was made; SIB C has no source."""
    definition = MatrixDefinition(
        "t", "Title", ROWS, show=show, rule=Rule(2, 1), marks={"contested": "X"}, judgements=judgements
    )
    evidence = [{0: Evidence(3, 2, 0, 0, 1, 2), 1: Evidence(1, 1, 1, 1, 1, 1)}, {}]
    topics = [Topic(((1,),), "2020-01-01"), Topic(((2,),), "2020-03-01")]
    return assemble(
        definition, ["SIB A", "SIB B", "SIB C"], evidence, Ground([{1}, {2}, set()], READ), topics,
        judgements=judgements, stale=stale, first_note=4,
    )  # fmt: skip


def states(matrix: Matrix) -> list[list[str]]:
    return [[cell.state for cell in row.cells] for row in matrix.rows]


def test_a_matrix_takes_its_definition_and_its_cells_their_states() -> None:
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
    assert states(matrix) == [["present", "contested", "no data"], ["absent", "incomplete", "no data"]]


def test_a_reading_before_the_code_was_made_does_not_count() -> None:
    assert assembled().rows[1].cells[1].computed == "incomplete"


def test_marks_are_the_matrix_own_where_it_has_them() -> None:
    assert [cell.mark for cell in assembled().rows[0].cells] == ["X", "X", "n/a"]


def test_only_a_present_cell_is_fragile() -> None:
    assert [cell.fragility for cell in assembled().rows[0].cells] == ["single source", None, None]


def test_cells_that_are_alike_are_one_value() -> None:
    matrix = assembled()
    assert matrix.rows[0].cells[2] is matrix.rows[1].cells[2]


def test_a_judgement_is_shown_and_what_was_computed_is_kept() -> None:
    judgement = Judgement("Budgets", "SIB A", "present", "she told us", "me", "2020-07-01")
    elsewhere = Judgement("Budgets", "SIB Z", "present", "no such column", "me", "2020-07-01")
    fresh = assembled(judgements=(judgement, elsewhere)).rows[1].cells[0]
    assert (fresh.state, fresh.computed, fresh.mark, fresh.judgement, fresh.stale) == (
        "present", "absent", "X", judgement, False,
    )  # fmt: skip
    assert assembled(judgements=(judgement,), stale=(("Budgets", "SIB A"),)).rows[1].cells[0].stale


@pytest.mark.parametrize(
    ("show", "marks"),
    [
        ("count", ["3", "1", "n/a"]),
        ("sources", ["2", "1", "n/a"]),
        ("count (sources)", ["3 (2)", "1 (1)", "n/a"]),
        ("coverage", ["0", "0", "n/a"]),
    ],
)
def test_figures_stand_where_marks_stood(show: str, marks: list[str]) -> None:
    shown = figures(assembled(show))
    assert [cell.mark for cell in shown.rows[0].cells] == marks
    assert states(shown) == states(assembled())


def test_covered_characters_are_a_figure() -> None:
    matrix = assembled("coverage")
    row = replace(matrix.rows[0], cells=tuple(replace(cell, characters=12) for cell in matrix.rows[0].cells))
    assert [cell.mark for cell in figures(replace(matrix, rows=(row,))).rows[0].cells] == ["12", "12", "n/a"]


def test_nothing_to_count_is_not_taken_for_nothing_found() -> None:
    """The state's own mark stays where there is no figure; a cell judged present without a firm quote has none, and says so."""
    judgement = Judgement("Budgets", "SIB A", "present", "she told us", "me", "2020-07-01")
    shown = figures(assembled("count", judgements=(judgement,)))
    assert [cell.mark for cell in shown.rows[1].cells] == ["0", "…", "n/a"]
