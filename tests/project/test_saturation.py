"""Saturation of a study: the reference values of the sample, orders, and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sibtui.errors import InputError, NotFoundError, QueryError
from tests.reference_values import reference

from .study import add_code, add_source, apply_code

if TYPE_CHECKING:
    from sibtui.model.saturation_report import SaturationTable
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


def test_a_theme_with_a_slash_in_its_name_counts_once(project: Project) -> None:
    for at, code in enumerate((r"Pay\/hours/Overtime", r"Pay\/hours/Rates", "Homes/Rent", "Homes/Repairs")):
        add_source(project, f"s{at}")
        add_code(project, code)
        apply_code(project, f"s{at}", code)
    rows = project.reports.saturation(level="theme", order="study").rows
    assert [row[3] for row in rows if row[0].startswith("s")] == [1, 0, 1, 0]


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


@pytest.mark.parametrize(
    ("where", "number"), [("not round 2", 1), ("not round 1", 3), ("not round 1 and not round 2", 3)]
)
def test_an_interview_that_was_only_coded_in_a_round_belongs_to_this_round(
    empty: Project, where: str, number: int
) -> None:
    add_code(empty, "Trust")
    add_source(empty, "n1")
    apply_code(empty, "n1", "Trust", round=number)
    empty.rounds.start("second")
    found = empty.reports.saturation(where=where, order="study")
    assert found.rows == empty.reports.saturation(round=number, order="study").rows
    assert [row[0] for row in found.rows] == ["n1"]


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
    assert "1 retired code left out." in table.below
    assert not any("retired" in line for line in project.reports.saturation(case="SIB A", code="Late").below)
    assert any(line.startswith("Without a date such as 2026-11-28, and so at the end: ") for line in table.below)


def interview(project: Project, name: str, *codes: str, reader: str = "", coder: str | None = None) -> None:
    add_source(project, name, text="0123456789" * 3)
    for at, code in enumerate(codes):
        apply_code(project, name, code, at, at + 3, coder=coder or project.coder)
    if reader:
        project.readings.add(name, coder=reader)


@pytest.fixture
def begun(empty: Project) -> Project:
    """Four interviews, coded and read by Ana; two that nobody has read; n7, which Ben has read without a coding."""
    for code in ("One", "Two", "Three"):
        add_code(empty, code)
    for at in range(1, 5):
        interview(empty, f"n{at}", "One", "Two", reader="Ana")
    interview(empty, "n5")
    interview(empty, "n6")
    interview(empty, "n7", reader="Ben")
    return empty


@pytest.mark.parametrize("table", ["interviews", "runs", "choices", "orders"])
def test_interviews_that_nobody_has_read_or_coded_are_left_out(begun: Project, table: SaturationTable) -> None:
    found = begun.reports.saturation(table=table)
    assert "Saturation is not computable: 5 interviews, 6 are needed for a base of 4 and a run of 2." in found.below
    assert "2 of 7 interviews are left out, because nobody has read or coded them: n5; n6." in found.below
    assert [row[0] for row in begun.reports.saturation().rows] == ["n1", "n2", "n3", "n4", "n7"]
    interview(begun, "n8", "One", reader="Ana")
    assert begun.reports.saturation(table="choices").rows[0] == (4, 2, "5 %", "4+2")


def test_an_interview_that_has_codings_but_no_reading_is_named(begun: Project) -> None:
    apply_code(begun, "n5", "Three")
    found = begun.reports.saturation()
    assert [row[0] for row in found.rows] == ["n1", "n2", "n3", "n4", "n5", "n7"]
    assert "Not read to the end: n5." in found.below
    assert "1 of 7 interviews is left out, because nobody has read or coded it: n6." in found.below
    assert begun.reports.saturation(code="One").rows[-2][0] == "n5"


def test_interviews_that_are_not_read_for_a_newer_code_are_named(begun: Project) -> None:
    add_code(begun, "Four")
    begun.readings.add("n1", codes="Four")
    begun.readings.add("n2")
    line = "Not read to the end: n3; n4; n7."
    assert line in begun.reports.saturation().below
    assert line in begun.reports.saturation(code="Four").below
    assert line in begun.reports.saturation(where="code Four").below
    assert line not in begun.reports.saturation(code="One").below
    assert line not in begun.reports.saturation(where="exactly One").below
    begun.codes.set("Four", status="retired")
    assert line not in begun.reports.saturation().below


@pytest.mark.parametrize("chosen", [{"coder": "Ben"}, {"where": "coder Ben"}])
def test_only_readings_and_codings_of_the_chosen_coders_count(begun: Project, chosen: dict[str, str]) -> None:
    interview(begun, "n8", "One", coder="Ben")
    found = begun.reports.saturation(**chosen)
    assert [row[0] for row in found.rows] == ["n7", "n8"]
    names = "n1; n2; n3; n4; n5; n6"
    assert f"6 of 8 interviews are left out, because Ben has not read or coded them: {names}." in found.below
    assert "Not read to the end: n8." in found.below


def test_coders_and_rounds_are_named_with_the_interviews_left_out(begun: Project) -> None:
    interview(begun, "n8", coder="Carl", reader="Carl")
    below = begun.reports.saturation(coder=["Ben", "Carl"]).below
    assert any("because none of Ben and Carl has read or coded them: n1; " in line for line in below)
    below = begun.reports.saturation(round=2).below
    assert any(
        line.startswith("8 of 8 interviews are left out, because nobody has read or coded them in round 2")
        for line in below
    )
    with pytest.raises(InputError, match=r"0 interviews, 6 are needed .*\. 8 of 8 interviews are left out"):
        begun.reports.saturation(round=2).picture()


def test_a_blind_round_has_the_interviews_of_this_round(begun: Project) -> None:
    begun.rounds.start("second", blind=True)
    begun.readings.add("n2")
    assert [row[0] for row in begun.reports.saturation().rows] == ["n2"]


def test_left_out_reports_are_named_as_sources(begun: Project) -> None:
    add_source(begun, "r1", kind="report")
    below = begun.reports.saturation(kind=["report", "interview"]).below
    assert "3 of 8 sources are left out, because nobody has read or coded them: n5; n6; r1." in below


def test_the_lines_name_reports_as_sources(sample: Project) -> None:
    below = sample.reports.saturation(kind=["report", "document"]).below
    assert any(line.startswith("The sources are about different cases") for line in below)
    assert "the first 4 sources had" in below[0]
    assert sample.reports.saturation(kind="report").below[0].startswith("Saturation is not computable: 3 sources,")


def test_the_line_on_one_deductive_code_is_singular(sample: Project) -> None:
    below = sample.reports.saturation(code="Rate card").below
    assert below[0].startswith("In the order of their dates, 1 code was used;")
    assert "1 of 1 code in use is deductive, so its first use is not a discovery." in below


def test_a_study_without_interviews_is_refused(empty: Project) -> None:
    with pytest.raises(NotFoundError, match="no interviews"):
        empty.reports.saturation()
