"""`project.proposals`: proposed codes are added, compared, accepted into codes, or rejected with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError, OutOfRangeError
from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.study_folder.folder import read_study
from sibtui.model.drafts import CodeDraft
from sibtui.model.records import CodeProposal
from sibtui.project import Project

from .study import add_code, dump

if TYPE_CHECKING:
    from pathlib import Path

LIST_1 = [CodeDraft("Peers/Peer roles", "People who were helped help others."), CodeDraft("Money", "Budgets.")]
LIST_2 = [CodeDraft("Peers/Roles of peers", "Helping other people after help."), CodeDraft("money", "Sums to spend.")]


@pytest.fixture
def proposed(project: Project) -> Project:
    """A study in which R1 and R2 have proposed two codes each."""
    project.proposals.import_(LIST_1, coder="R1")
    project.proposals.import_(LIST_2, coder="R2")
    return project


def codebook(project: Project) -> list[tuple[str, str, str]]:
    return [(code.path, code.definition, code.status) for code in project.codes.list()]


def test_a_proposal_does_not_change_the_codebook(project: Project) -> None:
    before = codebook(project)
    path = before[0][0]
    added = project.proposals.add(path, definition="Another definition.", coder="R2")
    assert (added.path, added.definition, added.coder, added.state) == (path, "Another definition.", "R2", "open")
    assert added.created
    assert added.uid
    assert codebook(project) == before


def test_a_list_is_proposed_in_one_act(project: Project) -> None:
    acts, before = len(project.history.list()), dump(project.path)
    added = project.proposals.import_([*LIST_1, LIST_1[0]], coder="R1")
    assert (added.added, added.same) == (2, 1)
    assert len(project.history.list()) == acts + 1
    assert project.history.list(limit=1)[0].verb == "code propose"
    project.history.undo()
    assert dump(project.path) == before


def test_the_same_list_is_not_proposed_twice(proposed: Project) -> None:
    acts = len(proposed.history.list())
    again = proposed.proposals.import_(LIST_1, coder="r1")
    assert (again.added, again.same) == (0, 2)
    assert len(proposed.history.list()) == acts
    with pytest.raises(ConflictError, match="an open proposal of this coder already"):
        proposed.proposals.add("money", definition="Budgets.", coder="R1")
    assert proposed.proposals.add("Money", definition="Other words.", coder="R1").id == 5


def test_a_path_with_an_empty_name_is_refused(project: Project) -> None:
    with pytest.raises(InputError, match="is not a path of a code"):
        project.proposals.import_([CodeDraft("Money"), CodeDraft("Peers//Roles")])
    assert project.proposals.list() == []


def test_clusters_are_of_open_proposals(proposed: Project) -> None:
    assert [[each.id for each in one.proposals] for one in proposed.proposals.clusters()] == [[1, 3], [2, 4]]
    assert [[each.id for each in one.proposals] for one in proposed.proposals.clusters(similar=False)] == [
        [1],
        [2, 4],
        [3],
    ]
    proposed.proposals.reject(3, because="R1's name is better.")
    assert [[each.id for each in one.proposals] for one in proposed.proposals.clusters()] == [[1], [2, 4]]
    with pytest.raises(OutOfRangeError, match="from 0 to 100"):
        proposed.proposals.clusters(words_at_least=101)


def test_proposals_are_merged_into_a_new_code(proposed: Project) -> None:
    before = codebook(proposed)
    code = proposed.proposals.accept([1, 3], because="One topic.")
    assert (code.path, code.definition, code.status, code.origin) == (
        "Peers/Peer roles",
        "People who were helped help others.",
        "active",
        "emergent",
    )
    assert set(codebook(proposed)) - set(before) == {
        ("Peers", "", "active"),
        ("Peers/Peer roles", "People who were helped help others.", "active"),
    }
    assert [(e.event, e.path, e.definition, e.note) for e in proposed.codes.lineage(code.path)] == [
        ("merged", LIST_1[0].path, LIST_1[0].definition, "proposed by R1; One topic."),
        ("merged", LIST_2[0].path, LIST_2[0].definition, "proposed by R2; One topic."),
    ]
    merged = proposed.proposals.list(state="merged")
    assert [(p.id, p.code, p.reason) for p in merged] == [(1, code.path, "One topic."), (3, code.path, "One topic.")]
    assert all(p.decided for p in merged)


def test_the_code_of_accepted_proposals_can_have_another_name_and_definition(proposed: Project) -> None:
    code = proposed.proposals.accept([3, 1], "Wider/Peers", definition="Agreed.", origin="in vivo")
    assert (code.path, code.definition, code.origin) == ("Wider/Peers", "Agreed.", "in vivo")
    assert len(proposed.codes.lineage(code.path)) == 2


def test_a_new_code_has_the_definition_of_the_proposal_with_its_path(proposed: Project) -> None:
    assert proposed.proposals.accept([1, 3], "peers/Roles of Peers").definition == LIST_2[0].definition
    assert proposed.proposals.accept([2, 4], "Sums", definition="").definition == ""


def test_an_existing_code_keeps_its_definition(proposed: Project) -> None:
    add_code(proposed, "Money", definition="What is spent.", status="proposed")
    code = proposed.proposals.accept([2, 4], "money")
    assert (code.path, code.definition, code.status) == ("Money", "What is spent.", "active")
    assert [event.definition for event in proposed.codes.lineage("Money")] == ["Budgets.", "Sums to spend."]
    proposed.history.undo()
    assert proposed.proposals.accept([2, 4], "Money", definition="Agreed.").definition == "Agreed."
    proposed.history.undo()
    assert proposed.proposals.accept([2, 4], "Money", definition="").definition == ""


def test_an_existing_code_without_a_definition_gets_one(proposed: Project) -> None:
    add_code(proposed, "Money")
    assert proposed.proposals.accept([2, 4]).definition == "Budgets."


def test_accepting_and_rejecting_are_one_act_each_and_are_undone(proposed: Project) -> None:
    acts, before = len(proposed.history.list()), dump(proposed.path)
    proposed.proposals.accept([1, 3])
    proposed.proposals.reject([2, 4], because="Too broad.")
    assert len(proposed.history.list()) == acts + 2
    assert [act.summary for act in proposed.history.list(limit=2)] == [
        "2 proposals",
        "2 proposals into Peers/Peer roles",
    ]
    after = dump(proposed.path)
    proposed.history.undo(2)
    assert dump(proposed.path) == before
    proposed.history.redo(2)
    assert dump(proposed.path) == after


def test_rejected_proposals_keep_their_reason(proposed: Project) -> None:
    rejected = proposed.proposals.reject([2, 4], because=" Too broad. ")
    assert [(p.id, p.state, p.reason, p.code) for p in rejected] == [
        (2, "rejected", "Too broad.", ""),
        (4, "rejected", "Too broad.", ""),
    ]
    with pytest.raises(InputError, match="needs a reason"):
        proposed.proposals.reject(1, because=" ")


def test_a_decided_proposal_is_not_decided_again(proposed: Project) -> None:
    proposed.proposals.reject(2, because="Too broad.")
    with pytest.raises(ConflictError, match="Proposal 2 is rejected already"):
        proposed.proposals.accept([1, 2])
    with pytest.raises(NotFoundError, match="There is no proposal 9"):
        proposed.proposals.reject(9, because="Too broad.")
    with pytest.raises(InputError, match="Give the number of a proposal"):
        proposed.proposals.accept([])
    assert [p.state for p in proposed.proposals.list()] == ["open", "rejected", "open", "open"]


def test_a_rejected_proposal_can_be_proposed_again(proposed: Project) -> None:
    proposed.proposals.reject(2, because="Too broad.")
    assert proposed.proposals.import_(LIST_1, coder="R1").added == 1


def test_a_retired_code_takes_no_proposal(proposed: Project) -> None:
    add_code(proposed, "Money")
    proposed.codes.retire("Money")
    with pytest.raises(ConflictError, match="“Money” is retired"):
        proposed.proposals.accept([2, 4])
    assert len(proposed.proposals.list(state="open")) == 4


def test_a_proposal_names_its_code_where_it_is_now(proposed: Project) -> None:
    proposed.proposals.accept([2, 4], "Money")
    proposed.codes.rename("Money", "Sums")
    assert {p.code for p in proposed.proposals.list(state="merged")} == {"Sums"}
    add_code(proposed, "Budget lines")
    proposed.codes.merge("Sums", "Budget lines")
    assert {p.code for p in proposed.proposals.list(state="merged")} == {"Budget lines"}
    proposed.codes.remove("Budget lines")
    assert {(p.state, p.code) for p in proposed.proposals.list()} == {("open", ""), ("merged", "")}
    proposed.history.undo()
    assert {p.code for p in proposed.proposals.list(state="merged")} == {"Budget lines"}


def test_only_a_new_code_has_to_be_read_for(proposed: Project) -> None:
    due = proposed.readings.due()
    assert proposed.proposals.accept([2, 4], "Strengths/Budgets").path == "Strengths/Budgets"
    assert proposed.readings.due() == due
    assert {each.code for each in proposed.readings.due()}.isdisjoint({"Peers/Peer roles"})
    proposed.proposals.accept([1, 3])
    assert "Peers/Peer roles" in {each.code for each in proposed.readings.due()}


def test_the_codebook_report_has_who_proposed_a_code_and_when_it_was_agreed(proposed: Project) -> None:
    proposed.proposals.accept([4, 2], "Strengths/Sums")
    rows = {row["code"]: row for row in proposed.reports.codebook().to_dicts()}
    sums, day = rows["Strengths/Sums"], proposed.proposals.get(2).decided[:10]
    assert (sums["origin"], sums["proposed by"], sums["agreed"]) == ("emergent", ["R1", "R2"], day)
    assert (rows["Strengths"]["proposed by"], rows["Strengths"]["agreed"]) == ([], "")
    assert f"*Proposed by:* R1, R2; agreed {day}" in proposed.reports.codebook_document("md").decode()


@pytest.mark.parametrize("form", ["folder", "qdpx"])
def test_proposals_travel_with_the_study(proposed: Project, tmp_path: Path, form: str) -> None:
    proposed.proposals.accept([2, 4], "Strengths/Sums", because="Both.")
    proposed.proposals.reject(3, because="Too broad.")
    if form == "folder":
        proposed.exports.folder(tmp_path / "out")
        files = {file.relative_to(tmp_path / "out").as_posix(): file for file in (tmp_path / "out").rglob("*.*")}
        draft = read_study({name: file.read_bytes() for name, file in files.items()})
    else:
        draft = read_qdpx("out.qdpx", proposed.exports.qdpx_bytes()[0]).study
    with Project.create(tmp_path / "new.sibtui", draft=draft) as new:
        assert new.proposals.list() == proposed.proposals.list()


def test_a_proposal_is_a_frozen_value(proposed: Project) -> None:
    assert isinstance(proposed.proposals.get(1), CodeProposal)
    assert proposed.proposals.get(1) in proposed.proposals.list()
