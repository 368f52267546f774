"""Judgements of cells: they are shown in place of the computed state, kept beside it, and stale when the evidence changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.matrix_definition import Judgement, MatrixDefinition
from sibtui.model.presence import Rule
from sibtui.model.segments import Segment

from .study import apply_code, matrix, states

if TYPE_CHECKING:
    from sibtui.model.records import Kind
    from sibtui.project import Project


def test_a_judgement_is_shown_over_what_is_computed(coded: Project) -> None:
    coded.matrices.define(matrix())
    judgement = coded.matrices.judge("t", "budgets", "sib b", "Present", " as told ").judgement
    assert (judgement.row, judgement.column, judgement.verdict, judgement.because, judgement.coder) == (
        "Budgets", "SIB B", "present", "as told", "Ana",
    )  # fmt: skip
    cell = coded.matrices.show("t").cell("Budgets", "SIB B")
    assert (cell.state, cell.computed, cell.mark, cell.stale) == ("present", "absent", "X", False)
    assert cell.judgement == judgement


def test_the_order_of_the_kinds_that_a_cell_needs_does_not_change_a_judgement(coded: Project) -> None:
    def needing(*kinds: Kind) -> MatrixDefinition:
        return replace(matrix(), rule=Rule(needs=kinds))

    coded.matrices.define(needing("document", "interview"))
    judgement = coded.matrices.judge("t", "Budgets", "SIB A", "absent", "a slip of the tongue").judgement
    other = needing("interview", "document", "interview")
    shown = coded.matrices.show("t", rule=other.rule).cell("Budgets", "SIB A")
    assert (shown.judgement, shown.stale) == (judgement, False)
    basis = judgement.basis
    assert basis is not None
    assert basis.rule == "1/1 with an interview with a document"
    assert replace(basis, rule="1/1 with a document with an interview").changes(basis) == ()
    assert len(replace(basis, rule="1/1 with an interview").changes(basis)) == 1


def test_a_judgement_is_stale_when_its_evidence_changed_and_fresh_when_that_is_undone(coded: Project) -> None:
    coded.matrices.define(matrix())
    coded.matrices.judge("t", "Budgets", "SIB A", "absent", "a slip of the tongue")
    coding = next(coding for coding in coded.codings.list() if coding.source == "AB")
    for change in (
        lambda: coded.codings.set(coding.id, stance="counters"),
        lambda: coded.codings.set(coding.id, certainty="tentative"),
        lambda: coded.codings.set(coding.id, segment=Segment(0, 9)),
        lambda: coded.codings.remove(coding.id),
        lambda: apply_code(coded, "A1", "Budgets", 40, 50),
        lambda: coded.codings.attribute(coding.id, ["SIB B"]),
    ):
        change()
        assert coded.matrices.show("t").cell("Budgets", "SIB A").stale
        coded.history.undo()
        assert not coded.matrices.show("t").cell("Budgets", "SIB A").stale
    coded.codings.set(coding.id, memo="of no matter")
    apply_code(coded, "B1", "Budgets", 40, 50)
    assert not coded.matrices.show("t").cell("Budgets", "SIB A").stale


def test_a_judgement_is_left_out_of_narrowed_evidence(coded: Project) -> None:
    coded.matrices.define(matrix())
    coded.matrices.judge("t", "Budgets", "SIB B", "present", "as told")
    assert states(coded, "t", coders=["Ben"])["Budgets"] == ["present", "incomplete"]
    assert states(coded, "t", rule=Rule(5, 1))["Budgets"] == ["tentative", "absent"]
    assert states(coded, "t", rule=Rule(1, 1), cases=["SIB B"])["Budgets"] == ["present"]


def test_a_judgement_is_kept_if_the_evidence_is_that_of_the_saved_matrix_in_any_order(coded: Project) -> None:
    coders = [coder.name for coder in coded.coders]
    coded.matrices.define(replace(matrix(), kinds=("interview", "report"), coders=tuple(coders)))
    coded.matrices.judge("t", "Budgets", "SIB B", "no data", "why")
    assert len(coders) > 1
    shown = coded.matrices.show("t", kinds=["report", "interview"], coders=coders[::-1])
    assert shown.cell("Budgets", "SIB B").judgement is not None


def test_a_cell_is_judged_again_and_a_judgement_taken_back(coded: Project) -> None:
    coded.matrices.define(matrix())
    first = coded.matrices.judge("t", "Budgets", "SIB B", "present", "first")
    assert first.replaced is None
    second = coded.matrices.judge("t", "Budgets", "sib b", "no data", "second thoughts")
    assert second.replaced == first.judgement
    assert coded.matrices.judge("t", "Brokering", "SIB B", "absent", "another cell").replaced is None
    coded.history.undo()
    assert [(j.verdict, j.because) for j in coded.matrices.get("t").judgements] == [("no data", "second thoughts")]
    assert coded.matrices.unjudge("t", "budgets", "sib b").because == "second thoughts"
    assert coded.matrices.get("t").judgements == ()
    with pytest.raises(ConflictError, match="“Budgets” in SIB B has no judgement"):
        coded.matrices.unjudge("t", "Budgets", "SIB B")


def test_cells_of_other_columns_are_judged_too(coded: Project) -> None:
    coded.matrices.define(matrix("sources"))
    coded.matrices.judge("t", "Budgets", "B1", "tentative", "why")
    assert coded.matrices.show("t").cell("Budgets", "B1").state == "tentative"
    coded.matrices.unjudge("t", "Budgets", "B1")
    assert coded.matrices.show("t").cell("Budgets", "B1").state == "absent"


@pytest.mark.parametrize(
    ("cell", "error", "why"),
    [
        (("Budgets", "SIB B", "maybe", "why"), InputError, "“maybe” is not a valid verdict"),
        (("Budgets", "SIB B", "absent", " "), InputError, "needs a reason"),
        (("Nothing", "SIB B", "absent", "why"), NotFoundError, "No row is named"),
        (("Budgets", "SIB Z", "absent", "why"), NotFoundError, "No column is named"),
    ],
)
def test_a_judgement_that_does_not_fit_is_refused(coded: Project, cell: tuple, error, why: str) -> None:
    coded.matrices.define(matrix())
    with pytest.raises(error, match=why):
        coded.matrices.judge("t", *cell)


def test_judgements_of_a_definition_are_made_on_the_current_evidence(coded: Project) -> None:
    judgement = Judgement("Budgets", "sib b", "present", "as told", "Ben", "2020-01-01T00:00:00Z")
    kept = coded.matrices.define(matrix(judgements=(judgement,))).judgements[0]
    assert (kept.column, kept.coder, kept.fingerprint, kept.basis.computed) == ("SIB B", "Ben", "", "absent")
    assert not coded.matrices.show("t").cell("Budgets", "SIB B").stale
    coded.matrices.define(matrix(judgements=(replace(judgement, fingerprint="of old"),)))
    assert coded.matrices.show("t").cell("Budgets", "SIB B").stale
    with pytest.raises(NotFoundError, match="has no row “Nothing” to be judged"):
        coded.matrices.define(matrix(judgements=(replace(judgement, row="Nothing"),)))
