"""Co-occurrence in a study: the reference values of the sample, and what narrows the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.drafts import SourceDraft
from sibtui.model.segments import Segment
from tests.reference_values import reference

from .study import add_code, add_source, apply_code

if TYPE_CHECKING:
    from sibtui.project import Project

REFERENCE = reference("cooccurrence_sample")["expected"]


@pytest.fixture
def study(project: Project) -> Project:
    """Codes A, A/B and C with two paragraphs. A and A/B overlap, and C is in the same paragraph."""
    add_source(project, "n1", text="One two three four.\n\nFive six seven.")
    for path in ("A", "A/B", "C"):
        add_code(project, path)
    apply_code(project, "n1", "A", 0, 7)
    apply_code(project, "n1", "A/B", 4, 13)
    apply_code(project, "n1", "C", 13, 18)
    return project


def pairs(project: Project, **arguments) -> list[tuple[str, str]]:
    return [row[:2] for row in project.reports.cooccurrence(**arguments).rows]


def test_the_sample_has_the_pairs_and_meetings_of_the_reference(sample: Project) -> None:
    table = sample.reports.cooccurrence(related=True)
    assert len(table.rows) == REFERENCE["pairs_of_codes_that_meet"]
    assert sum(each["meetings"] for each in table.objects) == REFERENCE["meetings"]
    names = [(each["code"].rpartition("/")[2], each["other_code"].rpartition("/")[2]) for each in table.objects]
    found = {
        frozenset({(one, each["n1"]), (other, each["n2"])}): (each["n12"], round(each["c"], 4))
        for (one, other), each in zip(names, table.objects, strict=True)
    }
    for one, n1, other, n2, n12, c in REFERENCE["top"]:
        assert found[frozenset({(one, n1), (other, n2)})] == (n12, c)


def test_codes_in_the_same_paragraph_meet_without_an_overlap(study: Project) -> None:
    assert pairs(study) == []
    assert pairs(study, unit="paragraph") == [("A", "C"), ("A/B", "C")]
    assert pairs(study, unit="source", code="C") == []


def test_a_code_and_a_code_above_it_are_a_pair_only_on_request(study: Project) -> None:
    assert pairs(study, related=True) == [("A", "A/B")]


def test_the_code_of_the_rows_comes_first(study: Project) -> None:
    assert pairs(study, unit="paragraph", rows_under="C") == [("C", "A"), ("C", "A/B")]
    assert pairs(study, unit="paragraph", rows_under="A") == [("A", "C"), ("A/B", "C")]
    table = study.reports.cooccurrence(unit="paragraph", rows_under="C", cells="n12")
    assert (table.columns, table.rows) == (("code", "A", "A/B"), (("C", 1, 1),))
    assert "The first code is C, or a code below it." in table.below


def test_a_pair_below_the_smallest_n12_is_left_out(study: Project) -> None:
    assert pairs(study, unit="paragraph", at_least=2) == []


def test_a_retired_code_is_left_out_and_counted(study: Project) -> None:
    study.codes.set("A", status="retired")
    table = study.reports.cooccurrence(unit="paragraph")
    assert [row[:2] for row in table.rows] == [("A/B", "C")]
    assert "1 retired code is left out." in table.below


def test_a_filter_chooses_the_codings_and_is_named_below(study: Project) -> None:
    apply_code(study, "n1", "C", 0, 7, coder="R2")
    table = study.reports.cooccurrence(coder="R2")
    assert (table.rows, table.below[-1]) == ((), "Coder: R2 only.")
    assert pairs(study) == [("A", "C"), ("A/B", "C")]
    assert pairs(study, stance="counters") == []


def test_a_passage_that_several_coders_coded_alike_counts_once(study: Project) -> None:
    apply_code(study, "n1", "C", 0, 10)
    before = study.reports.cooccurrence().to_dicts()
    for code, coder in (("A", "R2"), ("C", "R2"), ("C", "R3")):
        apply_code(study, "n1", code, *((0, 7) if code == "A" else (0, 10)), coder=coder)
    table = study.reports.cooccurrence()
    assert table.to_dicts() == before
    assert (
        table.below[-1] == "3 codings have the passage, code and stance of another coding, and are not counted again."
    )
    assert "4 codings; 2 pairs of codes meet, 2 times in all." in table.below


def test_unequal_places_and_stances_of_several_coders_both_count(study: Project) -> None:
    apply_code(study, "n1", "C", 0, 10)
    apply_code(study, "n1", "A", 0, 7, coder="R2", stance="counters")
    apply_code(study, "n1", "A", 0, 6, coder="R3", certainty="tentative")
    row = next(row for row in study.reports.cooccurrence().to_dicts() if row["code"] == "A")
    assert (row["n1"], row["meetings"]) == (3, 3)
    apply_code(study, "n1", "A", 0, 6, coder="R2")  # firm in place of tentative
    assert row in study.reports.cooccurrence().to_dicts()


def test_the_progress_ends_with_all_sources(study: Project) -> None:
    steps: list[tuple[int, int]] = []
    study.reports.cooccurrence(progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 4), (4, 4)]


def test_unknown_names_and_values_are_refused(study: Project) -> None:
    with pytest.raises(NotFoundError):
        study.reports.cooccurrence(rows_under="missing")
    with pytest.raises(InputError):
        study.reports.cooccurrence(unit="word")  # type: ignore[arg-type]


def test_codes_meet_in_a_section_below_one_heading(empty: Project) -> None:
    empty.sources.add(SourceDraft("a", "# One\n\nTrust here.\n\nMoney there.\n\n**Two**\n\nTrust.\n"), strict=True)
    for code in ("Trust", "Money"):
        empty.codes.add(code)
    for code, start, end in (("Trust", 7, 12), ("Money", 20, 25), ("Trust", 43, 48)):
        empty.codings.add("a", code, segment=Segment(start, end))
    [row] = empty.reports.cooccurrence(unit="section").rows
    assert row[:6] == ("Trust", "Money", 2, 1, 1, 1)
    assert empty.reports.cooccurrence(unit="paragraph").rows == ()


def test_the_first_code_may_be_one_of_several(sample: Project) -> None:
    table = sample.reports.cooccurrence(rows_under=["Personal budgets", "Rate card"])
    assert {row[0].split("/")[-1] for row in table.rows} <= {"Personal budgets", "Rate card"}
    assert any("or a code below one of them." in line for line in table.below)
