"""Sensitivity of matrices: the reference values of the sample, and cells that hang on one thing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import NotFoundError
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from tests.reference_values import reference

from .study import add_code, add_source, apply_code

if TYPE_CHECKING:
    from sibtui.project import Project

REFERENCE = reference("sensitivity_sample")["expected"]


def test_the_sample_has_the_values_of_the_reference(sample: Project) -> None:
    rows = {definition.name: [row.label for row in definition.rows] for definition in sample.matrices.list()}

    def short(cell: dict) -> str:
        """Return a cell as the reference names it: T1R3B is row 3 of table-1, SIB B."""
        return f"T{cell['matrix'][-1]}R{rows[cell['matrix']].index(cell['row']) + 1}{cell['column'][-1]}"

    cells = [dict(each) for each in sample.reports.sensitivity().objects]
    assert len(cells) == 69
    hanging = Counter(name for cell in cells for name in cell["hangs_on"])
    lost = {
        "without m1, m2, m3": [short(cell) for cell in cells if not cell["without_shared_interviews"]],
        "interviews only": [short(cell) for cell in cells if not cell["interviews_only"]],
        "documents and reports only": [short(cell) for cell in cells if not cell["documents_only"]],
    } | {
        f"without {name}": [short(cell) for cell in cells if what in cell["hangs_on"]]
        for name, what in (
            ("b1", "source b1"),
            ("d1", "source d1"),
            ("organisation Youth charity", "organisation Youth charity"),
            ("organisation Clinical commissioning body", "organisation Clinical commissioning body"),
        )
    }
    assert lost == {name: REFERENCE[name] for name in lost}
    organisations = Counter(str(cell["organisations"]) for cell in cells)
    assert organisations == REFERENCE["distinct organisations behind an X"]
    assert {name: hanging[f"coder {name}"] for name in ("R1", "R2", "R3", "R4")} == REFERENCE["without coder"]
    assert {name for name in hanging if name.startswith("source ")} == {"source b1", "source d1"}


def test_only_the_parts_asked_for_are_left_out(sample: Project) -> None:
    named = {
        name
        for each in sample.reports.sensitivity("table-4", without="organisation").objects
        for name in each["hangs_on"]
    }
    assert named == {"organisation Youth charity", "organisation Clinical commissioning body"}
    with pytest.raises(NotFoundError):
        sample.reports.sensitivity("missing")


def test_participants_and_interviews_of_several_cases_are_left_out(project: Project) -> None:
    add_source(project, "n1", "SIB A", "SIB B", attributes={"participants": "Ann; Bo"})
    add_source(project, "n2", "SIB A", attributes={"participants": "Bo"})
    add_code(project, "Late")
    apply_code(project, "n1", "Late", cases=("SIB A", "SIB B"))
    apply_code(project, "n2", "Late")
    project.matrices.define(MatrixDefinition("t", "", (RowDefinition("Late", "Late"),)))
    steps: list[tuple[int, int]] = []
    cells = {
        each["column"]: each
        for each in project.reports.sensitivity(
            "t", without=["participant", "case-interviews"], progress=lambda *step: steps.append(step)
        ).objects
    }
    assert cells["SIB A"]["hangs_on"] == ["participant Bo"]
    assert cells["SIB B"]["hangs_on"] == ["participant Ann", "participant Bo", "interviews of several cases"]
    assert (cells["SIB B"]["without_shared_interviews"], cells["SIB A"]["without_shared_interviews"]) == (False, True)
    assert (cells["SIB A"]["2_sources"], cells["SIB A"]["3_sources"]) == (True, False)
    assert steps == [(1, 1)]


def test_names_in_other_letters_are_one_organisation_and_one_participant(project: Project) -> None:
    add_source(project, "n1", "SIB A", attributes={"organisation": "Acme", "participants": "Ann"})
    add_source(project, "n2", "SIB A", attributes={"organisation": "ACME", "participants": "Bo; ann"})
    add_code(project, "Late")
    apply_code(project, "n1", "Late")
    apply_code(project, "n2", "Late")
    project.matrices.define(MatrixDefinition("t", "", (RowDefinition("Late", "Late"),)))
    [cell] = project.reports.sensitivity("t", without=["organisation", "participant"]).objects
    assert (cell["organisations"], cell["hangs_on"]) == (1, ["organisation Acme", "participant Ann"])


def test_a_judged_cell_is_left_out(project: Project) -> None:
    add_code(project, "Late")
    apply_code(project, "A1", "Late")
    project.matrices.define(MatrixDefinition("t", "", (RowDefinition("Late", "Late"),)))
    assert [each["column"] for each in project.reports.sensitivity("t").objects] == ["SIB A"]
    project.matrices.judge("t", "Late", "SIB A", "absent", "A misunderstanding.")
    assert project.reports.sensitivity("t").objects == ()
