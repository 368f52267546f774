"""Cases that an import adds: labels and letters, in time proportional to their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError
from sibtui.model.drafts import CaseDraft
from sibtui.project import Project
from sibtui.project.importing.case_rows import CaseRowBuilder
from tests.growth import LINEAR, growth

if TYPE_CHECKING:
    from pathlib import Path


def test_cases_added_together_get_the_letters_of_cases_added_one_by_one(empty: Project, tmp_path: Path) -> None:
    labels = ["School East", "School North", *(f"Site {at}" for at in range(60)), "Ñandú", "Öst"]
    with empty.act("case add", "cases"):
        adding = CaseRowBuilder(empty._session)
        for label in labels:
            adding.insert(CaseDraft(label))
    with Project.create(tmp_path / "other.sibtui") as other:
        for label in labels:
            other.cases.add(label)
        assert [(case.label, case.letter) for case in other.cases.list()] == [
            (case.label, case.letter) for case in empty.cases.list()
        ]


def test_labels_of_cases_are_found_in_any_letter_case_and_without_outer_spaces(empty: Project) -> None:
    with empty.act("case add", "cases"):
        adding = CaseRowBuilder(empty._session)
        number = adding.insert(CaseDraft(" München "))
        assert adding.find("münchen") == adding.find("München") == number
        assert adding.find("Mün") is None
        with pytest.raises(ConflictError, match="already a case “München”"):
            adding.insert(CaseDraft("MÜNCHEN"))
        with pytest.raises(InputError, match="needs a label"):
            adding.insert(CaseDraft(" "))


def test_adding_takes_time_in_proportion_to_the_cases(tmp_path: Path) -> None:
    def add(count: int) -> None:
        path = tmp_path / f"{count}.sibtui"
        path.unlink(missing_ok=True)
        with Project.create(path) as study, study.act("case add", "cases"):
            adding = CaseRowBuilder(study._session)
            for at in range(count):
                adding.insert(CaseDraft(f"Case {at}"))

    assert growth(add, 200) < LINEAR
