"""Saturation of a study: the reference values of the sample, orders, and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sibtui.errors import InputError, NotFoundError, QueryError
from tests.reference_values import reference

from .study import add_code, add_source, apply_code

if TYPE_CHECKING:
    from sibtui.project import Project

REFERENCE = reference("saturation_sample")


def test_the_sample_has_the_values_of_the_reference(sample: Project) -> None:
    rows = sample.reports.saturation().rows
    assert [row[0] for row in rows] == REFERENCE["order"]
    assert [row[3] for row in rows] == REFERENCE["new_codes"]
    assert rows[-1][4] == REFERENCE["codes"]
    choices = sample.reports.saturation(table="choices").rows
    assert {f"{base},{run},{threshold.replace(' ', '')}": point for base, run, threshold, point in choices} == (
        REFERENCE["expected"]
    )
    runs = [
        [run["first"], run["last"], run["new"], round(run["ratio"], 4)]
        for run in sample.reports.saturation(table="runs").objects
    ]
    assert runs == REFERENCE["runs_4_2"]


def test_the_warnings_name_what_one_curve_hides(sample: Project) -> None:
    below = sample.reports.saturation().below
    assert below[0].startswith("In the order of their dates, 37 codes were used; the first 4 interviews had 33;")
    assert "Interviews of one day are in the order of their names." in below
    assert "24 of 37 codes in use are deductive, so their first use is not a discovery." in below
    assert any("about different cases (5 groups)" in line for line in below)
    emergent = sample.reports.saturation(origin="emergent").below
    assert "Codes of the origin “emergent” only." in emergent
    assert not any("deductive" in line for line in emergent)


def test_the_order_can_be_given_by_names(sample: Project) -> None:
    names = [row[0] for row in sample.reports.saturation(order="study").rows]
    assert names[0] == "a1"
    backwards = sample.reports.saturation(order=names[::-1])
    assert [row[0] for row in backwards.rows] == names[::-1]
    assert "The order is not that of the dates." in backwards.below
    assert backwards.below[0].startswith("In the order given, ")
    with pytest.raises(InputError, match="The order has no place for “a1”"):
        sample.reports.saturation(order=names[1:])


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ("source m1 or source d1 or source a1", {"source": ["m1", "d1", "a1"]}),
        ("kind report", {"kind": "report"}),
        ("kind report or kind document", {"kind": ["report", "document"]}),
        ("case 'SIB A'", {"case": "SIB A"}),
        ("attribute people = 2", {"source": ["m3", "a4", "c1"]}),
        ("not source m1 and (source a1 or source m1)", {"source": "a1"}),
    ],
)
def test_a_query_on_sources_chooses_the_interviews_as_the_filter_does(
    sample: Project, where: str, chosen: dict[str, Any]
) -> None:
    rows = sample.reports.saturation(where=where).rows
    assert rows == sample.reports.saturation(**chosen).rows
    assert 0 < len(rows) < 12


def test_a_filter_without_interviews_is_refused(sample: Project) -> None:
    with pytest.raises(NotFoundError, match=r"^The filter selects no sources for this report: widen it\.$"):
        sample.reports.saturation(where="kind report and source a1")


def test_an_unknown_name_in_a_query_is_an_error_of_the_query(sample: Project) -> None:
    with pytest.raises(QueryError, match="no query is named “Nope”"):
        sample.reports.saturation(where="query Nope")


def test_themes_are_counted_on_request(sample: Project) -> None:
    rows = sample.reports.saturation(level="theme").rows
    assert rows[-1][4] == 6
    assert sample.reports.saturation(level="theme").columns[2] == "themes"


def test_retired_codes_do_not_count_and_undated_interviews_come_last(project: Project) -> None:
    add_source(project, "z1", "SIB A", attributes={"date": "2026-02-01"})
    add_source(project, "y1", "SIB A", attributes={"date": "2026-01-01"})
    add_code(project, "Late")
    add_code(project, "Gone")
    apply_code(project, "y1", "Late")
    apply_code(project, "z1", "Gone")
    project.codes.set("Gone", status="retired")
    table = project.reports.saturation(case="SIB A", code=["Late", "Gone"])
    assert [row[0] for row in table.rows][:2] == ["y1", "z1"]
    assert [row[3] for row in table.rows][:2] == [1, 0]
    assert any(line.startswith("Without a date such as 2026-11-28, and so at the end: ") for line in table.below)


def test_a_study_without_interviews_is_refused(empty: Project) -> None:
    with pytest.raises(NotFoundError, match="no interviews"):
        empty.reports.saturation()
