from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.drafts import MemoDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition

from .study import apply_code

if TYPE_CHECKING:
    from sibtui.project import Project


@pytest.fixture
def noted(project: Project) -> Project:
    apply_code(project, "A1", "Budgets", memo="first")
    project.matrices.define(MatrixDefinition("table", "", (RowDefinition("r", ("Budgets",)),)))
    for on, of in (
        ("project", ""),
        ("source", "a1"),
        ("case", "sib a"),
        ("code", "budgets"),
        ("matrix", "Table"),
        ("coding", "1"),
    ):
        project.memos.add(MemoDraft(on, of, f"on {on}", f"text on {on}"))
    return project


def test_a_memo_has_the_full_name_of_its_target_of_any_kind(noted: Project) -> None:
    assert [(memo.on, memo.of, memo.title, memo.text, memo.coder) for memo in noted.memos.list()] == [
        ("project", "", "on project", "text on project", "Ana"),
        ("source", "A1", "on source", "text on source", "Ana"),
        ("case", "SIB A", "on case", "text on case", "Ana"),
        ("code", "Strengths/Budgets", "on code", "text on code", "Ana"),
        ("matrix", "table", "on matrix", "text on matrix", "Ana"),
        ("coding", "1", "", "first\ntext on coding", "Ana"),
    ]


def test_memos_are_listed_by_their_target(noted: Project) -> None:
    assert [memo.of for memo in noted.memos.list(on="code")] == ["Strengths/Budgets"]
    assert [memo.of for memo in noted.memos.list(on="source", of="a1")] == ["A1"]
    assert noted.memos.list(on="source", of="B1") == []
    assert [memo.text for memo in noted.memos.list(on="coding", of="1")] == ["first\ntext on coding"]
    assert noted.memos.list(on="code", of="Groups") == []
    with pytest.raises(NotFoundError, match="No case is named “SIB Z”"):
        noted.memos.list(on="case", of="SIB Z")


def test_a_first_memo_on_a_coding_becomes_its_own_memo(project: Project) -> None:
    coding = apply_code(project, "A1", "Budgets")
    memo = project.memos.add(MemoDraft("coding", str(coding.id), "", "a thought"))
    assert (memo.id, memo.on, memo.of, memo.text) == (0, "coding", str(coding.id), "a thought")
    assert project.codings.get(coding.id).memo == "a thought"


def test_a_memo_is_changed_and_removed(noted: Project) -> None:
    number = noted.memos.list(on="case")[0].id
    assert noted.memos.set(number, text="new").title == "on case"
    assert noted.memos.set(number, title="").text == "new"
    assert noted.memos.remove(number).text == "new"
    with pytest.raises(NotFoundError, match=f"There is no memo {number}"):
        noted.memos.get(number)


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (MemoDraft("project", "", "t", " \n"), "A memo needs a text"),
        (MemoDraft("planet", "", "", "x"), "“planet” is not a valid target of a memo"),
        (MemoDraft("coding", "first", "", "x"), "is not the number of a coding"),
        (MemoDraft("coding", "\u0661", "", "x"), "is not the number of a coding"),
    ],
)
def test_a_memo_without_words_or_on_nothing_is_refused(project: Project, draft: MemoDraft, why: str) -> None:
    with pytest.raises(InputError, match=why):
        project.memos.add(draft)


def test_the_title_of_a_memo_can_be_removed_without_its_text(project: Project) -> None:
    memo = project.memos.add(MemoDraft("project", "", "Plan", "Read the rest."))
    assert project.memos.set(memo.id, title="").title == ""
    assert project.memos.get(memo.id).text == "Read the rest."


def test_a_memo_cannot_become_empty(noted: Project) -> None:
    with pytest.raises(InputError, match="A memo needs a text") as refused:
        noted.memos.set(1, text=" ")
    assert refused.value.hint == "remove-memo"


def test_a_memo_on_a_missing_item_is_refused(project: Project) -> None:
    for on, what in (("source", "source"), ("case", "case"), ("code", "code"), ("matrix", "matrix")):
        with pytest.raises(NotFoundError, match=f"No {what} is named “zzz”"):
            project.memos.add(MemoDraft(on, "zzz", "", "x"))
    with pytest.raises(NotFoundError, match="There is no coding 7"):
        project.memos.add(MemoDraft("coding", "7", "", "x"))


def test_memos_are_removed_and_restored_with_their_target(noted: Project) -> None:
    noted.sources.remove("A1")
    assert noted.memos.list(on="source") == []
    noted.history.undo()
    assert [memo.text for memo in noted.memos.list(on="source")] == ["text on source"]


def test_a_memo_on_a_matrix_stays_when_it_is_defined_again(noted: Project) -> None:
    noted.matrices.define(MatrixDefinition("table", "New title", (RowDefinition("r", ("Groups",)),)))
    assert [(memo.on, memo.of) for memo in noted.memos.list(on="matrix")] == [("matrix", "table")]
