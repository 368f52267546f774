"""Coverage of the sources of a study, with filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .study import add_code, add_source, apply_code

if TYPE_CHECKING:
    from sibtui.project import Project

TEXT = "0123456789" * 2


@pytest.fixture
def study(project: Project) -> Project:
    """A source of 20 characters with codings of Money and Time that overlap; the coding of Time counters it."""
    add_source(project, "n1", "SIB A", text=TEXT)
    for path in ("Money", "Time"):
        add_code(project, path)
    apply_code(project, "n1", "Money", 0, 8)
    apply_code(project, "n1", "Time", 6, 10, stance="counters")
    return project


def of(project: Project, label: str, **arguments) -> dict:
    return next(dict(each) for each in project.reports.coverage(**arguments).objects if label in each.values())


def test_a_source_has_the_shares_of_its_coded_and_its_supported_characters(study: Project) -> None:
    assert of(study, "n1") == {
        "source": "n1", "kind": "interview", "characters": 20, "coded": 10, "coded_percent": 50.0, "supports_percent": 40.0,
        "codings": 2, "codes": 2, "read_by": [], "due_for": 0,
    }  # fmt: skip


def test_a_code_has_its_share_of_all_characters(study: Project) -> None:
    row = of(study, "Time", by="code", source="n1")
    assert (row["codings"], row["sources"], row["characters"], row["percent"]) == (1, 1, 4, 20.0)


def test_a_passage_that_several_coders_coded_alike_counts_once(study: Project) -> None:
    apply_code(study, "n1", "Money", 0, 8, coder="R2")
    apply_code(study, "n1", "Time", 6, 10, coder="R2")
    assert [of(study, label, by="code")["codings"] for label in ("Money", "Time")] == [1, 2]
    assert of(study, "n1")["codings"] == 3
    for by in ("code", "source"):
        below = study.reports.coverage(by=by).below
        assert below[-1] == "1 coding has the passage, code and stance of another coding, and is not counted again."


def test_a_retired_code_has_no_row(study: Project) -> None:
    study.codes.set("Time", status="retired")
    assert "Time" not in [row[0] for row in study.reports.coverage(by="code").rows]


@pytest.mark.parametrize(
    ("words", "coded"),
    [({"code": "Money"}, 8), ({"stance": "counters"}, 4), ({"coder": "nobody here"}, None), ({"case": "SIB A"}, 10)],
    ids=str,
)
def test_a_filter_chooses_the_codings(study: Project, words: dict[str, str], coded: int | None) -> None:
    if coded is None:
        add_code(study, "Late")
        apply_code(study, "n1", "Late", 19, 20, coder="nobody here")
        assert of(study, "n1", **words)["coded"] == 1
        assert study.reports.coverage(**words).below[-1] == "Coder: nobody here only."
    else:
        assert of(study, "n1", **words)["coded"] == coded


def test_the_readers_and_the_codes_to_read_again_are_shown(study: Project) -> None:
    study.readings.add("n1", coder="R2")
    study.codes.set("Money", reread="Wider now.")
    row = of(study, "n1")
    assert (row["read_by"], row["due_for"]) == (["R2"], 1)


def test_the_filter_of_sources_chooses_the_rows(study: Project) -> None:
    assert [row[0] for row in study.reports.coverage(source="n1").rows] == ["n1", "all"]
    names = [row[0] for row in study.reports.coverage(kind="report").rows]
    assert "n1" not in names


@pytest.mark.parametrize(
    "where", ["set pilot", "source n1 and code Money", "case 'SIB A' and not source A1 and not source AB"]
)
def test_the_sources_that_a_query_leaves_out_have_no_row(study: Project, where: str) -> None:
    study.sets.add("pilot", "n1")
    assert [row[0] for row in study.reports.coverage(where=where).rows] == ["n1", "all"]
