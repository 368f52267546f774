from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import NotFoundError

from .study import add_source, apply_code

if TYPE_CHECKING:
    from sibtui.project import Project


def test_the_report_of_cases_has_a_row_for_each_attribute_and_a_column_for_each_case(project: Project) -> None:
    project.cases.set("SIB A", attributes={"service": "housing", "begun": 2017})
    project.cases.set("SIB B", attributes={"begun": 2018})
    table = project.reports.cases()
    assert table.columns == ("Attribute", "SIB A", "SIB B")
    assert table.rows == (("service", "housing", ""), ("begun", "2017", "2018"))


def test_the_report_of_interviews_counts_people_and_distinct_organisations(empty: Project) -> None:
    def interview(name: str, *cases: str, **attributes: object) -> None:
        add_source(empty, name, *cases, attributes={key.replace("_", " "): value for key, value in attributes.items()})

    interview("1", "SIB B", people=3, organisation="Council", organisation_type="commissioner")
    interview("2", "SIB A", organisation="Trust", organisation_type="provider")
    interview("3", "SIB A", people=2, organisation="Trust", organisation_type="provider")
    interview("4", "SIB A", "SIB B", people=1, organisation="Fund")
    interview("5")
    add_source(empty, "report", "SIB A", kind="report")
    table = empty.reports.interviews()
    assert table.columns == (
        "Case",
        "Interviews",
        "Interview type (people)",
        "Organisation types",
        "People",
        "Organisations",
    )
    assert table.rows == (
        ("SIB B", 1, "Group (3)", "commissioner", 3, 1),
        ("SIB A", 2, "Individual; Group (2)", "provider", 3, 1),
        ("Multiple/All", 1, "Individual", "Fund", 1, 1),
        ("No case", 1, "Individual", "", 1, 0),
        ("Total", 5, "", "", 8, 3),
    )


@pytest.mark.parametrize("people", ["several", "5-6", "-3", "2.5", "0"])
def test_a_head_count_that_is_no_whole_number_counts_as_one_person_and_is_named(empty: Project, people: str) -> None:
    add_source(empty, "1", "SIB A", attributes={"people": people})
    add_source(empty, "2", "SIB A", attributes={"people": "4.0"})
    table = empty.reports.interviews()
    assert table.rows[0][2:5] == (f"Unclear ({people}); Group (4)", "", 5)
    assert table.below == (f"The number of people is unclear, and counted as 1: 1 (“{people}”).",)
    published = empty.reports.interviews(as_published=True)
    assert published.below == (f"The number of people is unclear: 1 (“{people}”).",)
    assert f"unclear: 1 (“{people}”)" in {row[4] for row in empty.reports.methods().rows}


def test_a_study_without_interviews_has_no_report_of_interviews(empty: Project) -> None:
    add_source(empty, "r", kind="report")
    with pytest.raises(NotFoundError, match="There are no interviews in the study yet"):
        empty.reports.interviews()


def test_the_report_of_the_codebook_counts_the_codings_of_each_code_without_sub_codes(project: Project) -> None:
    apply_code(project, "A1", "Budgets", 0, 5)
    apply_code(project, "A1", "Budgets", 5, 9)
    apply_code(project, "AB", "Budgets", cases=("SIB A", "SIB B"))
    project.codes.rename("Groups", "Social groups")
    table = project.reports.codebook()
    counts = {row[0]: row[9:] for row in table.rows}
    assert table.columns[9:] == ("quotes", "sources", "cases", "history")
    assert counts["Strengths"] == (0, 0, 0, "")
    assert counts["Strengths/Budgets"] == (3, 2, 2, "")
    assert counts["Innovation/Social groups"] == (0, 0, 0, "renamed 2020-05-14: Innovation/Groups")


def test_the_report_of_the_codebook_counts_a_passage_coded_alike_by_several_coders_once(project: Project) -> None:
    for coder in ("R1", "R2"):
        apply_code(project, "A1", "Budgets", 0, 5, coder=coder)
    assert project.reports.figures()["Strengths/Budgets"].quotes == 1
    apply_code(project, "A1", "Budgets", 0, 5, coder="R3", stance="counters")
    apply_code(project, "A1", "Budgets", 0, 6, coder="R3")
    assert next(row[9:12] for row in project.reports.codebook().rows if row[0] == "Strengths/Budgets") == (3, 1, 1)


def test_the_figures_of_a_report_count_the_sources_that_coders_have_read(empty: Project) -> None:
    for name in ("a", "b", "c", "d"):
        add_source(empty, name)
    empty.codes.add("Trust")
    empty.readings.add("a", coder="R1")
    empty.readings.add("b", coder="R1")
    empty.readings.add("b", coder="R2")
    empty.readings.add("c", coder="R2", codes=["Trust"])
    figures = dict(empty.reports.study().tables[0].rows)
    assert figures["Sources read to the end"] == 2
    assert figures["Sources read to the end by several coders"] == 1
