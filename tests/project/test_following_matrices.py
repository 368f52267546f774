"""Matrices whose rows follow the codebook: all codes, or the codes below one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.formats.study_folder.matrix_toml import read_matrix, write_matrix
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project

from .study import add_code, apply_code
from .test_coming_back import WAYS, whole

if TYPE_CHECKING:
    from pathlib import Path


def labels(project: Project, name: str) -> list[str]:
    return [row.label for row in project.matrices.get(name).rows]


def stored(project: Project, name: str) -> list[str]:
    return [row.label for row in project.matrices.stored(name).rows]


@pytest.fixture
def everything(coded: Project) -> Project:
    """A saved matrix “all” of all codes, “strong” of those below Strengths."""
    coded.matrices.define(replace(coded.matrices.ad_hoc(), name="all"))
    coded.matrices.define(replace(coded.matrices.ad_hoc(under="Strengths"), name="strong"))
    return coded


def test_a_matrix_of_all_codes_has_rows_for_active_codes_and_for_coded_themes(coded: Project) -> None:
    def rows() -> list[str]:
        return [row.label for row in coded.matrices.ad_hoc().rows]

    assert rows() == ["Brokering", "Budgets", "Groups"]
    add_code(coded, "Alone")
    add_code(coded, "Innovation/Groups/Small")
    assert rows() == ["Brokering", "Budgets", "Groups", "Small", "Alone"]
    apply_code(coded, "A1", "Strengths", 70, 80)
    assert rows() == ["Strengths", "Brokering", "Budgets", "Groups", "Small", "Alone"]
    coded.codes.retire("Brokering")
    coded.codes.retire("Small")
    assert rows() == ["Strengths", "Brokering", "Budgets", "Groups", "Alone"]


def test_labels_are_names_and_paths_where_names_collide(coded: Project) -> None:
    add_code(coded, "Groups")
    add_code(coded, "Innovation/budgets")
    assert [(row.label, *row.codes) for row in coded.matrices.ad_hoc().rows] == [
        ("Brokering", "Strengths/Brokering"),
        ("Strengths/Budgets", "Strengths/Budgets"),
        ("Innovation/Groups", "Innovation/Groups"),
        ("Innovation/budgets", "Innovation/budgets"),
        ("Groups", "Groups"),
    ]


def test_saved_matrices_follow_added_removed_and_moved_codes(everything: Project) -> None:
    assert (labels(everything, "all"), labels(everything, "strong")) == (
        ["Brokering", "Budgets", "Groups"], ["Brokering", "Budgets"],
    )  # fmt: skip
    assert stored(everything, "all") == stored(everything, "strong") == []
    add_code(everything, "Strengths/New")
    everything.codes.move("Groups", "Strengths", position=1)
    assert labels(everything, "strong") == ["Groups", "Brokering", "Budgets", "New"]
    assert labels(everything, "all") == ["Groups", "Brokering", "Budgets", "New", "Innovation"]
    everything.codes.remove("New")
    everything.codes.retire("Brokering")
    assert labels(everything, "strong") == ["Groups", "Budgets"]
    assert [each.name for each in everything.matrices.list()] == ["all", "strong"]
    assert [row.label for row in everything.matrices.show("strong").rows] == ["Groups", "Budgets"]


def test_notes_and_settings_of_a_row_stay_with_its_code(everything: Project) -> None:
    made = everything.matrices.get("strong")
    rows = (
        RowDefinition("Both", ("Brokering", "Groups")),
        RowDefinition(
            "Money", ("Budgets",), subcodes=False, note="Small sums.", notes={"SIB B": "None."}, needs="report"
        ),
        made.rows[0],
    )
    everything.matrices.define(replace(made, rows=rows))
    assert stored(everything, "strong") == ["Money", "Both"]
    found = everything.matrices.get("strong")
    assert [row.label for row in found.rows] == ["Brokering", "Money", "Both"]
    assert found.rows[1] == replace(rows[1], codes=("Strengths/Budgets",))
    assert everything.matrices.define(found) == found


def test_a_row_is_stored_while_it_has_a_judgement(everything: Project) -> None:
    everything.matrices.judge("all", "Groups", "SIB B", "present", "Ana was there.")
    assert stored(everything, "all") == ["Groups"]
    assert everything.matrices.show("all").cell("Groups", "SIB B").state == "present"
    everything.codes.move("Groups", "Strengths", position=1)
    assert labels(everything, "all") == ["Groups", "Brokering", "Budgets", "Innovation"]
    everything.matrices.unjudge("all", "Groups", "SIB B")
    assert stored(everything, "all") == []
    everything.history.undo()
    assert everything.matrices.show("all").cell("Groups", "SIB B").state == "present"


def test_a_row_label_stays_when_its_last_judgement_is_removed(everything: Project) -> None:
    made = everything.matrices.get("all")
    everything.matrices.define(replace(made, rows=(RowDefinition("Circles", ("Groups",)),)))
    everything.matrices.judge("all", "Circles", "SIB B", "present", "Ana was there.")
    everything.matrices.unjudge("all", "Circles", "SIB B")
    assert labels(everything, "all") == ["Brokering", "Budgets", "Circles"]


def test_a_stored_row_is_labelled_by_the_new_name_of_its_code(everything: Project) -> None:
    fixed = MatrixDefinition("fixed", "", (RowDefinition("Groups", ("Groups",)),))
    everything.matrices.define(fixed)
    everything.matrices.judge("all", "Groups", "SIB B", "present", "Ana was there.")
    everything.codes.rename("Groups", "Circles")
    assert labels(everything, "all") == ["Brokering", "Budgets", "Circles"]
    assert everything.matrices.get("all").judgements[0].row == "Circles"
    assert labels(everything, "fixed") == ["Groups"]
    everything.history.undo()
    assert labels(everything, "all") == ["Brokering", "Budgets", "Groups"]


def test_a_stored_row_labelled_by_a_path_follows_the_path(everything: Project) -> None:
    add_code(everything, "Innovation/Budgets")
    everything.matrices.judge("all", "Innovation/Budgets", "SIB B", "present", "Ana was there.")
    everything.codes.rename("Innovation", "New ideas")
    assert labels(everything, "all") == ["Brokering", "Budgets", "Groups", "New ideas/Budgets"]
    everything.codes.move("New ideas/Budgets", "Strengths/Brokering")
    assert everything.matrices.get("all").judgements[0].row == "Strengths/Brokering/Budgets"


def test_a_row_is_labelled_with_its_path_when_another_row_has_the_new_name(everything: Project) -> None:
    made = everything.matrices.get("all")
    everything.matrices.define(replace(made, rows=(RowDefinition("Circles", ("Budgets", "Brokering")),)))
    everything.matrices.judge("all", "Groups", "SIB B", "present", "Ana was there.")
    everything.codes.rename("Groups", "Circles")
    assert labels(everything, "all") == ["Brokering", "Budgets", "Innovation/Circles", "Circles"]


def test_a_matrix_follows_the_code_into_which_its_code_was_merged(everything: Project) -> None:
    everything.matrices.judge("strong", "Budgets", "SIB B", "absent", "Ana was there.")
    everything.codes.merge("Strengths", "Innovation")
    assert everything.matrices.get("strong").rows_below == "Innovation"
    assert labels(everything, "strong") == ["Groups", "Brokering", "Budgets"]
    everything.codes.merge("Budgets", "Groups")
    assert labels(everything, "strong") == ["Groups", "Brokering"]
    assert everything.matrices.get("strong").judgements[0].row == "Groups"


def test_a_code_that_a_matrix_follows_is_not_removed(everything: Project) -> None:
    for code in ("Budgets", "Brokering"):
        everything.codes.move(code, "Innovation")
    with pytest.raises(ConflictError, match="rows of the matrix strong are the codes below “Strengths”"):
        everything.codes.remove("Strengths")
    everything.codes.retire("Strengths")
    assert labels(everything, "strong") == ["Strengths"]
    everything.matrices.remove("strong")
    everything.codes.remove("Strengths")


def test_a_split_adds_a_row_to_a_matrix_that_follows_the_codebook(everything: Project) -> None:
    coding = apply_code(everything, "A1", "Budgets", 70, 80)
    everything.codes.split("Budgets", "Small", [coding.id])
    assert everything.matrices.drawing_on("Strengths/Budgets", without="Strengths/Small") == []
    assert labels(everything, "strong") == ["Brokering", "Budgets", "Small"]


def test_a_matrix_file_contains_only_the_stored_rows(everything: Project) -> None:
    everything.matrices.judge("strong", "Budgets", "SIB B", "absent", "Ana was there.")
    before = everything.matrices.get("strong")
    data = write_matrix(everything.matrices.stored("strong"))
    assert data.count(b"[[row]]") == 1
    assert b'rows_from = "below"\nrows_below = "Strengths"' in data
    everything.matrices.remove("strong")
    again = everything.matrices.define(read_matrix("strong.toml", data))
    assert replace(again, uid="") == replace(before, uid="")


@pytest.mark.parametrize("way", WAYS)
def test_matrices_follow_the_same_codes_after_an_export_and_import_of_the_study(
    everything: Project, tmp_path: Path, way: str
) -> None:
    everything.matrices.judge("all", "Groups", "SIB B", "present", "Ana was there.")
    before = everything.matrices.list()
    with Project.create(tmp_path / "again.sibtui", draft=WAYS[way](whole(everything))) as again:
        assert again.matrices.list() == before
        assert stored(again, "all") == ["Groups"]
        add_code(again, "Strengths/New")
        assert labels(again, "strong") == ["Brokering", "Budgets", "New"]


@pytest.mark.parametrize(
    ("rows_from", "rows_below", "error"),
    [
        ("below", "", InputError), ("all", "Strengths", InputError), ("", "Strengths", InputError),
        ("some", "", InputError), ("below", "Nothing", NotFoundError),
    ],
)  # fmt: skip
def test_a_definition_that_does_not_fit_is_refused(coded: Project, rows_from, rows_below: str, error) -> None:
    with pytest.raises(error):
        coded.matrices.define(MatrixDefinition("m", "", (), rows_from=rows_from, rows_below=rows_below))
