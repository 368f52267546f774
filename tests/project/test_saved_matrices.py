"""Saved matrices as a list: copies, new names, their state, their judgements, and rows sorted by pattern."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.drafts import MemoDraft
from sibtui.model.matrix_definition import RowDefinition
from sibtui.project import Project
from sibtui.project.shared.study_io import study_draft

from .study import ROWS, apply_code, matrix

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def saved(read: Project) -> Project:
    read.matrices.define(matrix())
    read.matrices.judge("t", "Brokering", "SIB A", "rejected", "plans only")
    return read


def test_a_renamed_matrix_keeps_its_place_notes_judgements_and_memos(saved: Project) -> None:
    saved.matrices.define(replace(matrix(), name="last"))
    saved.memos.add(MemoDraft("matrix", "t", "", "mine"))
    before = saved.matrices.get("t")
    renamed = saved.matrices.rename("t", " Table 1 ")
    assert renamed == replace(before, name="Table 1")
    assert [each.name for each in saved.matrices.list()] == ["Table 1", "last"]
    assert [memo.of for memo in saved.memos.list(on="matrix")] == ["Table 1"]
    assert saved.history.message(saved.history.undo(), undone=True) == "Undone: matrix t renamed to Table 1."
    assert saved.matrices.get("t") == before


@pytest.mark.parametrize(
    ("name", "error"), [("last", ConflictError), ("LAST", ConflictError), (" ", InputError)], ids=repr
)
def test_a_matrix_name_that_is_in_use_or_empty_is_refused(saved: Project, name: str, error: type[Exception]) -> None:
    saved.matrices.define(replace(matrix(), name="last"))
    with pytest.raises(error):
        saved.matrices.rename("t", name)
    with pytest.raises(error):
        saved.matrices.duplicate("t", name)
    with pytest.raises(error):
        saved.matrices.define(replace(matrix(), name=name), replacing="t")
    assert [each.name for each in saved.matrices.list()] == ["t", "last"]


def test_a_matrix_can_be_renamed_to_another_spelling_of_its_name(saved: Project) -> None:
    assert saved.matrices.rename("t", "T").name == "T"


def test_a_copied_matrix_has_everything_except_the_lasting_id(saved: Project) -> None:
    copied = saved.matrices.duplicate("t", "t2", title="Another.")
    original = saved.matrices.get("t")
    assert copied == replace(original, name="t2", title="Another.", uid=copied.uid)
    assert copied.uid != original.uid
    saved.matrices.unjudge("t2", "Brokering", "SIB A")
    assert saved.matrices.get("t") == original


def test_a_definition_can_replace_a_matrix_and_rename_it_in_one_act(saved: Project) -> None:
    before = saved.matrices.get("t")
    made = saved.matrices.define(replace(before, name="t2", title="New."), replacing="t")
    assert (made.uid, made.title) == (before.uid, "New.")
    assert [each.name for each in saved.matrices.list()] == ["t2"]
    saved.history.undo()
    assert saved.matrices.list() == [before]
    with pytest.raises(NotFoundError):
        saved.matrices.define(before, replacing="none")


def test_a_summary_counts_stale_judgements_and_incomplete_cells(saved: Project) -> None:
    saved.matrices.define(replace(matrix("cases", *ROWS, RowDefinition("B", "Budgets")), name="t2"))
    (first, second) = saved.matrices.summaries()
    assert (first.name, first.judgements, first.stale) == ("t", 1, 0)
    assert second.judgements == 0
    apply_code(saved, "AB", "Brokering", cases=("SIB A",))
    (first, _) = saved.matrices.summaries()
    assert first.stale == 1
    incomplete = [
        cell.state for row in saved.matrices.show("t").rows for cell in row.cells if cell.state == "incomplete"
    ]
    assert first.incomplete == len(incomplete)


def test_judgements_are_listed_with_their_cells_and_changes(saved: Project) -> None:
    assert saved.matrices.judgements("t") == saved.matrices.judgements()
    apply_code(saved, "AB", "Brokering", cases=("SIB A",))
    (judged,) = saved.matrices.judgements()
    assert judged.changes
    assert judged.cell is not None
    assert judged.cell.computed == "present"
    with pytest.raises(NotFoundError):
        saved.matrices.judgements("none")


def test_a_saved_matrix_can_count_only_some_kinds_and_coders(coded: Project) -> None:
    coded.matrices.define(replace(matrix(), kinds=("report",)))
    assert coded.matrices.show("t").cell("Brokering", "SIB A").state != "present"
    assert coded.matrices.show("t").cell("Brokering", "SIB B").state == "present"
    assert dict(coded.matrices.show("t").about)["narrowed"] == "Evidence from reports only."
    coded.matrices.define(replace(matrix(), coders="ana"))
    assert coded.matrices.get("t").coders == ("Ana",)
    assert [c.coder for cell in coded.matrices.evidence("t") for c in cell.codings] == ["Ana"]
    with pytest.raises(NotFoundError, match="No coder is named"):
        coded.matrices.define(replace(matrix(), coders="Cem"))


def test_a_judgement_rests_on_the_evidence_that_its_matrix_counts(coded: Project) -> None:
    coded.matrices.define(replace(matrix(), coders=("Ana",)))
    coded.matrices.judge("t", "Brokering", "SIB B", "present", "Ana did not see it.")
    assert coded.matrices.judgements()[0].changes == ()
    apply_code(coded, "B1", "Brokering", 40, 60, coder="Ben")
    assert coded.matrices.judgements()[0].changes == ()
    assert coded.matrices.show("t", coders="Ana").cell("Brokering", "SIB B").judgement is not None
    assert coded.matrices.show("t", coders="Ben").cell("Brokering", "SIB B").judgement is None
    apply_code(coded, "B1", "Brokering", 20, 30, coder="Ana")
    assert coded.matrices.judgements()[0].changes


def test_a_matrix_of_a_loaded_study_may_name_a_coder_without_codings(coded: Project, tmp_path: Path) -> None:
    coded.matrices.define(replace(matrix(), kinds=("report",), coders=("Ben",)))
    draft = study_draft(coded._session)
    kept = tuple(coding for coding in draft.codings if coding.coder != "Ben")
    with Project.create(tmp_path / "new.sibtui", draft=replace(draft, codings=kept)) as loaded:
        assert loaded.matrices.get("t").coders == ("Ben",)
        assert loaded.matrices.show("t").cell("Brokering", "SIB B").quotes == 0


def test_rows_are_sorted_by_pattern_and_notes_are_numbered_in_that_order(saved: Project) -> None:
    apply_code(saved, "AB", "Budgets", cases=("SIB B",))
    rows = (RowDefinition("First", "Brokering", note="one"), RowDefinition("Then", "Budgets", note="two"))
    definition = matrix("cases", *rows)
    shown = saved.matrices.show(definition, sort="pattern")
    assert [row.label for row in shown.rows] == ["Then", "First"]
    assert list(shown.numbered().texts.values()) == ["two", "one"]
    with pytest.raises(InputError, match="order of rows"):
        saved.matrices.show(definition, sort="size")  # type: ignore[arg-type]
