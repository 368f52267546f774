"""The numbers of summaries that the overview shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import sample_draft
from sibtui.workspace.case_actions import CaseActions
from sibtui.workspace.matrix_browser import MatrixBrowser
from sibtui.workspace.summary_counts import SummaryCounts, TableSummaries, summary_counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "s.sibtui", draft=sample_draft(), coder="R9") as project:
        yield project


def test_written_stale_and_missing_summaries_are_counted_for_each_table(sample: Project) -> None:
    assert "table-1" not in {each.matrix for each in summary_counts(sample).tables}
    row, other = "More flexible workload distribution", "Integration with community assets"
    sample.summaries.set("table-1", row, "SIB A", "Loads shrink.")
    sample.summaries.set("table-1", other, "SIB B", "A kitchen.")
    sample.summaries.set_code("Trust before assessment", "SIB A", "Trust came first.")
    missing = len(sample.summaries.missing("table-1"))
    [counted] = [each for each in summary_counts(sample).tables if each.matrix == "table-1"]
    assert counted == TableSummaries("table-1", 2, 0, missing)
    assert SummaryCounts((counted,)).sentence == f"2 written, {missing} cells without one"
    [cell] = sample.matrices.evidence("table-1", cell=(other, "SIB B"))
    sample.codings.set(cell.codings[0].id, certainty="tentative")
    [counted] = [each for each in summary_counts(sample).tables if each.matrix == "table-1"]
    assert SummaryCounts((counted,)).sentence.startswith("2 written, 1 changed since, ")


def test_a_blind_round_has_no_numbers_of_summaries(sample: Project) -> None:
    assert summary_counts(sample).tables
    sample.rounds.start("second", blind=True)
    assert summary_counts(sample).tables == ()


def test_a_whole_table_of_summaries_has_no_missing_ones() -> None:
    assert SummaryCounts((TableSummaries("t", 3, 0, 0), TableSummaries("u", 1, 0, 0))).sentence == "4 written"


def test_the_screen_names_the_summaries_removed_with_a_case_or_a_table(sample: Project) -> None:
    actions = CaseActions(sample)
    actions.load()
    assert "; its 8 summaries removed." in actions.remove(actions.cases[:1])[0]
    actions.load()
    assert "; their 1 judgement and 10 summaries removed." in actions.remove(actions.cases[:2])[0]
    browser = MatrixBrowser()
    browser.project = sample
    browser.go_to_saved("table-3")
    browser.load()
    assert browser.remove().startswith("Removed table-3; its 4 summaries removed")
