"""Bringing a colleague's copy of a study back: what a merge does without asking, what is a conflict, and what never comes back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError, StudyFileError
from sibtui.model.claims.claim import Claim
from sibtui.model.drafts import CodeDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import sample_draft
from sibtui.store import cases as case_rows

from .study import ROWS, TEXT, add_code, add_source, apply_code, dump, matrix, opened, tampered

DATA = Path(__file__).parent.parent / "data"

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui import StudyDifference, StudyMerge


class Copies:
    """Two copies of a study: `mine`, and `theirs` in the file `path`."""

    def __init__(self, mine: Project, theirs: Project) -> None:
        self.mine, self.theirs = mine, theirs

    @property
    def path(self) -> Path:
        return self.theirs.path

    def merge(self, **options: Any) -> StudyMerge:
        return self.mine.merge(self.path, **options)

    def conflicts(self) -> list[tuple[str, str, str]]:
        return [(each.kind, each.field, each.where) for each in self.merge().conflicts]


@pytest.fixture
def copies(coded: Project, tmp_path: Path) -> Iterator[Copies]:
    """Two copies of a study with three codings, that of Ana and that of Ben."""
    shutil.copy(coded.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ben") as theirs:
        yield Copies(coded, theirs)


def coding(project: Project, source: str, code: str, **words: Any) -> Any:
    [found] = project.codings.list(source=source, code=code, **words)
    return found


def folder(project: Project, path: Path) -> dict[str, bytes]:
    shutil.rmtree(path, ignore_errors=True)
    project.exports.folder(path, private_names=True)
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def what(project: Project) -> set[tuple[Any, ...]]:
    return {
        (c.source, c.segment, c.code, c.coder, c.stance, c.certainty, c.cases, c.memo, c.created)
        for c in project.codings.list()
    }


def test_two_equal_copies_have_no_difference(copies: Copies) -> None:
    assert copies.mine.diff(copies.path).differences == ()
    assert copies.mine.diff(copies.path).has_base


def test_disjoint_work_of_two_gives_all_of_both(copies: Copies) -> None:
    apply_code(copies.mine, "A1", "Budgets", 20, 30)
    apply_code(copies.theirs, "B1", "Groups", 20, 30)
    both = what(copies.mine) | what(copies.theirs)
    merged = copies.merge()
    assert (merged.written, merged.conflicts, merged.count("add", "coding")) == (True, (), 1)
    assert what(copies.mine) == both


def test_what_is_taken_keeps_its_coder_and_its_time(copies: Copies) -> None:
    new = apply_code(copies.theirs, "B1", "Groups", 20, 30)
    copies.theirs.readings.add("AB")
    copies.theirs.memos.add("Compare.", on="case", of="SIB A")
    copies.merge()
    found = coding(copies.mine, "B1", "Groups")
    assert (found.coder, found.created, found.uid) == ("Ben", new.created, new.uid)
    assert [(r.coder, r.at) for r in copies.mine.readings.list("AB")] == [
        (r.coder, r.at) for r in copies.theirs.readings.list("AB")
    ]
    assert copies.mine.memos.list(on="case")[0].created == copies.theirs.memos.list(on="case")[0].created


@pytest.mark.parametrize(
    "change",
    [
        {"stance": "counters"},
        {"certainty": "tentative"},
        {"segment": Segment(4, 12)},
        {"code": "Budgets"},
        {"memo": "Ask again."},
        {"cases": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_coding_changed_by_one_side_is_taken(copies: Copies, change: dict[str, Any]) -> None:
    copies.theirs.codings.set(coding(copies.theirs, "A1", "Brokering").id, **change)
    copies.mine.codings.set(coding(copies.mine, "B1", "Brokering").id, **change)
    assert copies.merge().conflicts == ()
    apart = [(c.stance, c.certainty, c.segment, c.code, c.memo, c.cases) for c in copies.mine.codings.list(source="A1")]
    assert apart == [
        (c.stance, c.certainty, c.segment, c.code, c.memo, c.cases) for c in copies.theirs.codings.list(source="A1")
    ]
    [own] = copies.mine.codings.list(source="B1")
    assert all(getattr(own, name) == value or (name == "code" and value in own.code) for name, value in change.items())


def test_a_coding_changed_by_both_differently_is_a_conflict_field_by_field(copies: Copies) -> None:
    for project, memo, segment in ((copies.mine, "mine", Segment(0, 20)), (copies.theirs, "theirs", Segment(0, 8))):
        project.codings.set(coding(project, "A1", "Brokering").id, memo=memo, segment=segment, certainty="tentative")
    before = dump(copies.mine.path)
    merged = copies.merge()
    assert [(each.field, each.mine, each.theirs, each.was) for each in merged.conflicts] == [
        ("place", "0:20 “The link workers bro”", "0:8 “The link”", "0:16 “The link workers”"),
        ("memo", "mine", "theirs", ""),
    ]
    assert (merged.written, dump(copies.mine.path)) == (False, before)


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_conflict_is_settled_by_the_side_to_take(copies: Copies, take: Any) -> None:
    for project, memo in ((copies.mine, "mine"), (copies.theirs, "theirs")):
        project.codings.set(coding(project, "A1", "Brokering").id, memo=memo)
    merged = copies.merge(take=take)
    assert (merged.written, merged.conflicts) == (True, ())
    assert [each.decided for each in merged.differences if each.proposal == "conflict"] == [take]
    assert coding(copies.mine, "A1", "Brokering").memo == take


def disagreeing(copies: Copies) -> None:
    """Change a memo, the text of a source and a case in both copies, so that a merge has three conflicts only."""
    copies.theirs.set_coder("Ana")
    for project, word in ((copies.mine, "mine"), (copies.theirs, "theirs")):
        project.codings.set(coding(project, "A1", "Brokering").id, memo=word)
        project.sources.correct("B1", f"{project.sources.text('B1')}\n{word}")
    copies.mine.cases.remove("SIB B")
    copies.theirs.cases.set("SIB B", new_label="The B")


def test_decisions_for_mine_alone_are_no_conflict_again_until_they_are_undone(copies: Copies) -> None:
    disagreeing(copies)
    conflicts = copies.conflicts()
    assert min(conflicts) == ("case", "", "The B")
    assert len(conflicts) == 3
    copies.merge(take="mine", dry_run=True)
    assert copies.conflicts() == conflicts
    before = dump(copies.mine.path)
    assert copies.merge(take="mine").written
    assert (copies.conflicts(), copies.merge(take="theirs").written) == ([], False)
    assert copies.mine.history.list(limit=1)[0].changes == 0
    copies.mine.history.undo()
    assert dump(copies.mine.path) == before
    assert copies.conflicts() == conflicts
    copies.mine.history.redo()
    assert copies.conflicts() == []
    copies.theirs.codings.set(coding(copies.theirs, "A1", "Brokering").id, memo="theirs again")
    copies.theirs.sources.correct("B1", f"{copies.theirs.sources.text('B1')} again")
    assert sorted(copies.conflicts()) == sorted(each for each in conflicts if each[0] != "case")


def test_a_decision_that_the_next_merge_cannot_find_makes_no_entry(copies: Copies, tmp_path: Path) -> None:
    disagreeing(copies)
    copies.theirs.exports.folder(tmp_path / "folder")
    shutil.copy(copies.theirs.path, tmp_path / "base.sibtui")
    count = len(copies.mine.history.list())
    assert not copies.mine.merge(tmp_path / "folder", take="mine", base=tmp_path / "base.sibtui").written
    assert not copies.merge(take="mine", base=tmp_path / "base.sibtui").written
    assert len(copies.mine.history.list()) == count


def test_a_conflict_is_settled_by_a_decision(copies: Copies) -> None:
    for project, memo in ((copies.mine, "mine"), (copies.theirs, "theirs")):
        project.codings.set(coding(project, "A1", "Brokering").id, memo=memo, certainty="tentative")
    asked: list[StudyDifference] = []

    def decide(difference: StudyDifference) -> Any:
        asked.append(difference)
        return "theirs"

    assert copies.merge(decide=decide).written
    assert [(each.field, each.mine, each.theirs) for each in asked] == [("memo", "mine", "theirs")]


def test_both_memos_of_a_conflict_can_be_kept_and_a_second_merge_is_quiet(copies: Copies) -> None:
    for project, memo in ((copies.mine, "mine"), (copies.theirs, "theirs")):
        project.codings.set(coding(project, "A1", "Brokering").id, memo=memo)
    assert copies.merge(decide=lambda _: "both").written
    assert coding(copies.mine, "A1", "Brokering").memo == "mine\ntheirs"
    assert not copies.merge(decide=lambda _: "both").written


def test_both_values_of_another_field_are_refused(copies: Copies) -> None:
    for project, segment in ((copies.mine, Segment(0, 20)), (copies.theirs, Segment(0, 8))):
        project.codings.set(coding(project, "A1", "Brokering").id, segment=segment)
    before = dump(copies.mine.path)
    with pytest.raises(InputError, match="Both values of coding A1 0:20 place cannot be kept: take one side"):
        copies.merge(decide=lambda _: "both")
    assert dump(copies.mine.path) == before


def test_a_conflict_without_a_decision_stays_open(copies: Copies) -> None:
    for project, memo in ((copies.mine, "mine"), (copies.theirs, "theirs")):
        project.codings.set(coding(project, "A1", "Brokering").id, memo=memo, certainty="tentative")
    before = dump(copies.mine.path)
    merged = copies.merge(decide=lambda _: None)
    assert (merged.written, len(merged.conflicts), dump(copies.mine.path)) == (False, 1, before)


def test_a_merge_reports_its_steps_and_can_be_stopped(copies: Copies) -> None:
    copies.theirs.codings.set(coding(copies.theirs, "A1", "Brokering").id, memo="theirs")
    steps: list[int] = []
    copies.merge(dry_run=True, progress=lambda done, of: steps.append(done))
    assert steps == [0, 1, 2, 3]
    before = dump(copies.mine.path)

    def stop(done: int, of: int) -> None:
        if done == of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copies.merge(progress=stop)
    assert dump(copies.mine.path) == before


def test_a_coding_removed_by_one_and_untouched_by_the_other_is_removed(copies: Copies) -> None:
    copies.theirs.codings.remove(coding(copies.theirs, "A1", "Brokering").id)
    copies.mine.codings.remove(coding(copies.mine, "B1", "Brokering").id)
    assert copies.merge().count("remove") == 1
    assert [c.source for c in copies.mine.codings.list()] == ["AB"]


@pytest.mark.parametrize(("take", "left"), [("mine", 3), ("theirs", 2)])
def test_a_coding_that_they_removed_and_i_changed_is_a_conflict(copies: Copies, take: Any, left: int) -> None:
    copies.theirs.codings.remove(coding(copies.theirs, "A1", "Brokering").id)
    copies.mine.codings.set(coding(copies.mine, "A1", "Brokering").id, memo="Keep this.")
    assert copies.conflicts() == [("coding", "", "A1 0:16")]
    copies.merge(take=take)
    assert copies.mine.codings.count() == left


@pytest.mark.parametrize(("take", "left"), [("mine", 2), ("theirs", 3)])
def test_a_coding_that_i_removed_and_they_changed_is_a_conflict(copies: Copies, take: Any, left: int) -> None:
    copies.mine.codings.remove(coding(copies.mine, "A1", "Brokering").id)
    copies.theirs.codings.set(coding(copies.theirs, "A1", "Brokering").id, memo="Keep this.")
    assert copies.conflicts() == [("coding", "", "A1 0:16")]
    copies.merge(take=take)
    assert copies.mine.codings.count() == left


@pytest.mark.parametrize(("take", "stance"), [("mine", "supports"), ("theirs", "counters")])
def test_opposite_codings_of_one_coder_at_one_place_are_a_conflict(copies: Copies, take: Any, stance: str) -> None:
    apply_code(copies.mine, "A1", "Groups", 20, 30, coder="Eva")
    apply_code(copies.theirs, "A1", "Groups", 20, 30, coder="Eva", stance="counters")
    assert copies.conflicts() == [("coding", "stance", "A1 20:30")]
    copies.merge(take=take)
    assert [c.stance for c in copies.mine.codings.list(code="Groups")] == [stance]


def test_equal_codings_of_one_coder_at_one_place_are_one_coding(copies: Copies) -> None:
    for project in (copies.mine, copies.theirs):
        apply_code(project, "A1", "Groups", 20, 30, coder="Eva")
    assert not copies.merge().written
    assert copies.mine.codings.count(code="Groups") == 1


@pytest.mark.parametrize(("take", "stance"), [("mine", ["supports"]), ("theirs", ["counters"])])
def test_a_coding_moved_onto_its_opposite_is_a_conflict(copies: Copies, take: Any, stance: list[str]) -> None:
    apply_code(copies.mine, "A1", "Brokering", 4, 12, coder="Ana")
    copies.theirs.codings.set(coding(copies.theirs, "A1", "Brokering").id, segment=Segment(4, 12), stance="counters")
    assert copies.conflicts() == [("coding", "stance", "A1 0:16")]
    copies.merge(take=take)
    there = [c.stance for c in copies.mine.codings.list(source="A1") if c.segment == Segment(4, 12)]
    assert there == stance


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_definition_changed_by_both_is_a_conflict_and_both_texts_are_kept(copies: Copies, take: Any) -> None:
    copies.mine.codes.set("Brokering", definition="Putting people in touch.")
    copies.theirs.codes.set("Brokering", definition="Knowing whom to ask.")
    assert copies.conflicts() == [("code", "definition", "Strengths/Brokering")]
    copies.merge(take=take)
    texts = {"mine": "Putting people in touch.", "theirs": "Knowing whom to ask."}
    assert copies.mine.codes.get("Brokering").definition == texts[take]
    assert [event.definition for event in copies.mine.codes.lineage("Brokering")] == [
        texts[{"mine": "theirs", "theirs": "mine"}[take]]
    ]


def test_a_name_changed_by_both_is_a_conflict(copies: Copies) -> None:
    copies.mine.codes.rename("Brokering", "Connecting")
    copies.theirs.codes.rename("Brokering", "Introducing")
    assert copies.conflicts() == [("code", "name", "Strengths/Connecting")]
    copies.merge(take="theirs")
    assert copies.mine.codes.get("Introducing").path == "Strengths/Introducing"
    assert {event.path for event in copies.mine.codes.lineage("Introducing")} >= {"Strengths/Connecting"}


def test_a_place_changed_by_both_is_a_conflict(copies: Copies) -> None:
    copies.mine.codes.move("Groups", under="Strengths")
    copies.theirs.codes.move("Groups", under=None)
    assert copies.conflicts() == [("code", "place", "Strengths/Groups")]
    copies.merge(take="theirs")
    assert copies.mine.codes.get("Groups").path == "Groups"


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_codes_put_below_each_other_are_a_conflict(copies: Copies, take: Any) -> None:
    copies.mine.codes.move("Strengths", under="Innovation")
    copies.theirs.codes.move("Innovation", under="Strengths")
    assert [each[:2] for each in copies.conflicts()] == [("code", "place")]
    copies.merge(take=take)
    paths = {code.path for code in copies.mine.codes.list()}
    assert ("Innovation/Strengths" if take == "mine" else "Strengths/Innovation") in paths


def test_codes_exchanged_their_names(copies: Copies) -> None:
    for old, new in (("Brokering", "x"), ("Budgets", "Brokering"), ("x", "Budgets")):
        copies.theirs.codes.rename(old, new)
    assert copies.merge().written
    assert coding(copies.mine, "A1", "Budgets")


def test_a_code_only_in_theirs_is_added_as_proposed(copies: Copies) -> None:
    add_code(copies.theirs, "Strengths/Trust", definition="They trust each other.")
    apply_code(copies.theirs, "A1", "Trust", 20, 30)
    merged = copies.merge()
    code = copies.mine.codes.get("Trust")
    assert (code.status, code.definition) == ("proposed", "They trust each other.")
    [line] = [each for each in merged.differences if each.kind == "code"]
    assert (line.proposal, line.why) == ("add", "made by Ben")
    [added] = [act for act in copies.theirs.history.list() if act.verb == "code add"][:1]
    [proposal] = copies.mine.proposals.list(state="open")
    assert (proposal.path, proposal.definition, proposal.coder, proposal.created) == (
        "Strengths/Trust", "They trust each other.", "Ben", added.at,
    )  # fmt: skip
    [row] = [each for each in copies.mine.reports.codebook().to_dicts() if each["code"] == "Strengths/Trust"]
    assert (row["proposed by"], row["agreed"]) == (["Ben"], "")
    assert "Proposed by" in copies.mine.reports.codebook_document("md").decode()
    assert not copies.merge().written
    copies.mine.proposals.accept(proposal.id)
    assert copies.mine.codes.get("Trust").status == "active"
    [row] = [each for each in copies.mine.reports.codebook().to_dicts() if each["code"] == "Strengths/Trust"]
    assert row["agreed"]
    assert copies.mine.codes.get("Trust").codings == 1


@pytest.mark.parametrize("is_proposed_before", [True, False])
def test_a_code_of_mine_stays_active_if_theirs_proposes_it_since_a_merge(
    copies: Copies, *, is_proposed_before: bool
) -> None:
    if is_proposed_before:
        copies.theirs.proposals.add("Strengths/Trust", coder="Cleo")
    add_code(copies.mine, "Strengths/Trust", definition="They trust each other.")
    copies.theirs.merge(copies.mine.path)
    assert copies.theirs.codes.get("Trust").status == "proposed"
    changes = {(each.kind, each.proposal) for each in copies.merge().differences}
    assert changes == {("proposal", "add")}
    assert copies.mine.codes.get("Trust").status == "active"


@pytest.mark.parametrize("status", ["active", "retired", "proposed"])
def test_another_status_of_a_code_that_a_merge_has_proposed_is_taken(copies: Copies, status: str) -> None:
    add_code(copies.theirs, "Strengths/Trust")
    copies.merge()
    if status == "active":
        [proposal] = copies.mine.proposals.list(state="open")
        copies.mine.proposals.accept(proposal.id)
        copies.theirs.merge(copies.mine.path)
    elif status == "retired":
        copies.theirs.codes.retire("Trust")
        copies.merge()
    else:
        copies.theirs.codes.set("Groups", status="proposed")
        copies.merge()
        assert copies.mine.codes.get("Groups").status == "proposed"
    assert copies.mine.codes.get("Trust").status == status
    assert not copies.merge().written


def test_a_proposal_of_a_merge_follows_its_code(copies: Copies) -> None:
    add_code(copies.theirs, "Strengths/Trust", definition="They trust each other.")
    copies.merge()
    copies.mine.codes.rename("Trust", "Confidence")
    copies.mine.codes.rename("Strengths", "Assets")
    [proposal] = copies.mine.proposals.list(state="open")
    assert (proposal.path, copies.mine.proposals.get(proposal.id).path) == ("Assets/Confidence",) * 2
    [row] = [each for each in copies.mine.reports.codebook().to_dicts() if each["code"] == "Assets/Confidence"]
    assert row["proposed by"] == ["Ben"]
    assert not copies.merge().written
    assert copies.mine.proposals.accept(proposal.id).path == "Assets/Confidence"
    assert [code.path for code in copies.mine.codes.list() if code.definition.startswith("They trust")] == [
        "Assets/Confidence"
    ]


def test_a_code_with_a_proposal_gets_no_other_one_from_a_merge(copies: Copies) -> None:
    add_code(copies.theirs, "Strengths/Trust")
    copies.mine.proposals.add("Strengths/Trust", coder="Ana")
    copies.merge(coders={"Ben": "Bea"})
    assert [each.coder for each in copies.mine.proposals.list()] == ["Ana"]
    add_code(copies.theirs, "Strengths/Hope")
    copies.merge(coders={"Ben": "Bea"})
    assert [each.coder for each in copies.mine.proposals.list()] == ["Ana", "Bea"]


def test_a_query_asks_for_the_name_that_a_coder_has_here(copies: Copies) -> None:
    apply_code(copies.theirs, "A1", "Groups", 20, 30, coder="Dan")
    copies.theirs.queries.save("of Dan", 'coder dan and code "Groups" and not coder Ana')
    copies.merge(coders={"Dan": "Bea Lo"})
    assert copies.mine.queries.get("of Dan").expression == 'coder "Bea Lo" and code "Groups" and not coder Ana'
    copies.mine.codes.rename("Groups", "Circles")  # the places of other names in the query have moved
    copies.theirs.queries.save("of Dan", 'coder Dan and code "Groups" and stance supports', replace=True)
    copies.merge(coders={"Dan": "Bea Lo"})
    now = 'coder "Bea Lo" and code "Innovation/Circles" and stance supports'
    assert copies.mine.queries.get("of Dan").expression == now
    assert not copies.merge(coders={"Dan": "Bea Lo"}).written


@pytest.mark.parametrize(("coder", "now"), [("Ana", '"Eva"'), ("Ben", "Ana")])
def test_a_new_query_names_a_coder_of_both_by_the_new_name_if_it_is_used(copies: Copies, coder: str, now: str) -> None:
    copies.mine.queries.save("old", "coder Ana")
    copies.theirs.merge(copies.mine.path)
    copies.theirs.queries.save("new", "coder Ana and stance supports")
    apply_code(copies.theirs, "A1", "Groups", 20, 30, coder=coder)
    copies.merge(coders={"Ana": "Eva"})
    assert {each.name: each.expression for each in copies.mine.queries.list()} == {
        "old": "coder Ana",
        "new": f"coder {now} and stance supports",
    }


@pytest.mark.parametrize(
    ("new", "now"),
    [("ana", "Ana"), (" Ana ", "Ana"), ("ben", "Ben"), ("dan", "dan"), ("Bea\n Lo", "Bea Lo"), ("cem", "Cem")],
)
def test_a_new_name_that_reads_the_same_as_a_coder_is_this_coder(copies: Copies, new: str, now: str) -> None:
    apply_code(copies.theirs, "A1", "Groups", 20, 30, coder="Dan")
    apply_code(copies.theirs, "A1", "Groups", 31, 40, coder="Cem")
    copies.theirs.queries.save("of Dan", "coder Dan")
    copies.theirs.matrices.define(matrix("coders", only=("Dan",)))
    copies.merge(coders={"Dan": new})
    assert {each.name for each in copies.mine.coders} == {"Ana", "Ben", "Cem", now}
    assert copies.mine.queries.get("of Dan").expression == f'coder "{now}"'
    assert copies.mine.matrices.show("t").columns == (now,)
    assert now in {each.coder for each in copies.mine.codings.list(source="A1") if each.segment == Segment(20, 30)}
    assert not copies.merge(coders={"Dan": new}).written


def test_two_new_names_that_read_the_same_are_one_coder(copies: Copies) -> None:
    for start, coder in ((20, "Dan"), (31, "Cem")):
        apply_code(copies.theirs, "A1", "Groups", start, start + 8, coder=coder)
    copies.merge(coders={"Dan": "Eva", "Cem": "eva"})
    assert {each.coder for each in copies.mine.codings.list(source="A1", code="Groups")} == {"Eva"}


@pytest.mark.parametrize("new", ["", " \n"])
def test_an_empty_new_name_of_a_coder_is_refused(copies: Copies, new: str) -> None:
    with pytest.raises(InputError, match="A coder needs a name"):
        copies.merge(coders={"Ben": new})


def test_a_table_and_its_claim_get_the_name_that_a_coder_has_here(copies: Copies) -> None:
    study, code = copies.theirs, RowDefinition("Groups", ("Groups",), notes={"Dan": "Late."})
    apply_code(study, "A1", "Groups", 20, 30, coder="Dan")
    study.matrices.define(replace(matrix("coders", code), name="by coder", only=("Dan", "Ana")))
    study.matrices.define(replace(matrix("cases"), name="of Dan", coders=("Dan",)))
    study.matrices.judge("by coder", "Groups", "Dan", "present", because="Seen.")
    study.claims.add(Claim("c1", "Dan found groups.", rows=(("by coder", "Groups"),), statement='in "Dan"'))
    study.claims.add(Claim("c2", "Groups are in A.", rows=(("of Dan", "Budgets"),), statement='in "SIB A"'))
    copies.merge(coders={"Dan": "Bea"})
    by_coder, of_dan = (copies.mine.matrices.get(name) for name in ("by coder", "of Dan"))
    assert (by_coder.only, dict(by_coder.rows[0].notes)) == (("Bea", "Ana"), {"Bea": "Late."})
    assert [each.column for each in by_coder.judgements] == ["Bea"]
    assert of_dan.coders == ("Bea",)
    assert copies.mine.matrices.show("of Dan").rows
    assert [each.statement for each in copies.mine.claims.list()] == ['in "Bea"', 'in "SIB A"']
    assert not copies.merge(coders={"Dan": "Bea"}).written


def test_two_new_names_of_one_coder_are_refused(copies: Copies) -> None:
    with pytest.raises(InputError, match="The coder “Ben” would get two names, “Eva” and “Dan”: give one"):
        copies.merge(coders={"Ben": "Eva", "ben": "Dan"})
    assert copies.merge(coders={"Ben": "Eva", "ben": "Eva"}).conflicts == ()


@pytest.mark.parametrize("is_common", [True, False])
def test_new_texts_on_a_code_that_mine_merged_are_joined_as_the_merge_does(copies: Copies, *, is_common: bool) -> None:
    copies.mine.set_coder("Ben")
    copies.mine.summaries.set_code("Groups", "SIB A", "On groups.")
    if is_common:
        copies.mine.summaries.set_code("Budgets", "SIB A", "On money.")
    copies.theirs.merge(copies.mine.path)
    copies.mine.codes.merge("Budgets", "Groups")
    copies.theirs.summaries.set_code("Budgets", "SIB A", "More on money.")
    copies.theirs.sources.set_topic("A1", "Budgets", "asked")
    copies.theirs.sources.set_topic("A1", "Groups", "not asked")
    copies.theirs.sources.set_topic("B1", "Budgets", "not asked")
    copies.theirs.sources.set_topic("B1", "Groups", "asked")
    assert copies.merge().conflicts == ()
    assert [each.summary.text for each in copies.mine.summaries.list()] == ["On groups.\n\nMore on money."]
    assert [(each.source, each.state) for each in copies.mine.sources.topics()] == [("A1", "asked"), ("B1", "asked")]
    assert not copies.merge().written


@pytest.mark.parametrize("new", ["Ben", "Eva"])
def test_the_texts_of_two_coders_who_get_one_name_are_joined(copies: Copies, new: str) -> None:
    study, row = copies.theirs, RowDefinition("Groups", ("Groups",), notes={"Dan": "Late.", "Ben": "Early."})
    apply_code(study, "A1", "Groups", 20, 30, coder="Dan")
    apply_code(study, "A1", "Groups", 31, 40, coder="Ben")
    study.matrices.define(matrix("coders", row))
    for coder in ("Dan", "Ben"):
        study.set_coder(coder)
        study.matrices.judge("t", "Groups", coder, "present", because=f"Seen by {coder}.")
        study.summaries.set("t", "Groups", "Ana", f"Written by {coder}.")
        study.summaries.set("t", "Groups", coder, f"About {coder}.")
        study.summaries.set_code("Groups", "SIB A", f"In short, by {coder}.")
    coders = {name: new for name in ("Dan", "Ben") if name != new}
    copies.merge(coders=coders)
    table = copies.mine.matrices.get("t")
    assert dict(table.rows[0].notes) == {new: "Late. Early."}
    assert [(each.column, each.because) for each in table.judgements] == [(new, "Seen by Ben.")]
    assert {(each.summary.coder, each.summary.text) for each in copies.mine.summaries.list()} == {
        (new, "Written by Dan.\n\nWritten by Ben."),
        (new, "About Dan.\n\nAbout Ben."),
        (new, "In short, by Dan.\n\nIn short, by Ben."),
    }
    assert not copies.merge(coders=coders).written


def test_a_new_summary_of_a_renamed_coder_extends_the_summary_of_both(copies: Copies) -> None:
    copies.mine.set_coder("Ben")
    copies.mine.summaries.set_code("Groups", "SIB A", "Of both.")
    copies.theirs.merge(copies.mine.path)
    copies.theirs.set_coder("Dan")
    copies.theirs.summaries.set_code("Groups", "SIB A", "New.")
    copies.merge(coders={"Dan": "Ben"})
    assert [each.summary.text for each in copies.mine.summaries.list()] == ["Of both.\n\nNew."]
    assert not copies.merge(coders={"Dan": "Ben"}).written


@pytest.mark.parametrize(("take", "definition"), [("mine", "Mine."), ("theirs", "Theirs.")])
def test_codes_of_one_name_are_a_conflict_with_their_likeness(copies: Copies, take: Any, definition: str) -> None:
    add_code(copies.mine, "Strengths/Trust", definition="Mine.")
    add_code(copies.theirs, "Strengths/Trust", definition="Theirs.")
    apply_code(copies.theirs, "A1", "Trust", 20, 30)
    [conflict] = copies.merge().conflicts
    assert (conflict.kind, conflict.field, conflict.where) == ("code", "same code", "Strengths/Trust")
    assert "of 100 alike" in conflict.why
    copies.merge(take=take)
    code = copies.mine.codes.get("Trust")
    assert (code.status, code.definition, code.codings) == ("active", definition, 1)
    assert not copies.merge(take=take).written


def test_codings_follow_a_code_that_i_merged(copies: Copies) -> None:
    copies.mine.codes.merge("Groups", into="Budgets")
    apply_code(copies.theirs, "A1", "Groups", 20, 30)
    assert copies.merge().conflicts == ()
    assert coding(copies.mine, "A1", "Budgets").segment == Segment(20, 30)


def test_codings_follow_a_code_that_they_merged(copies: Copies) -> None:
    copies.theirs.codes.merge("Groups", into="Budgets")
    apply_code(copies.mine, "A1", "Groups", 20, 30)
    assert copies.merge().conflicts == ()
    assert coding(copies.mine, "A1", "Budgets").segment == Segment(20, 30)
    assert "Innovation/Groups" not in {code.path for code in copies.mine.codes.list()}
    assert [event.path for event in copies.mine.codes.lineage("Budgets")] == ["Innovation/Groups"]


def test_codings_follow_a_code_that_was_renamed_and_merged_twice(copies: Copies) -> None:
    copies.mine.codes.rename("Groups", "Circles")
    copies.mine.codes.merge("Circles", into="Budgets")
    copies.mine.codes.merge("Budgets", into="Brokering")
    apply_code(copies.theirs, "A1", "Groups", 20, 30)
    assert copies.merge().conflicts == ()
    assert copies.mine.codes.get("Brokering").codings == 4


def test_a_definition_changed_of_a_code_that_the_other_side_merged_is_kept(copies: Copies) -> None:
    copies.mine.codes.merge("Groups", into="Budgets")
    copies.theirs.codes.set("Groups", definition="Meeting on Mondays.")
    copies.merge()
    assert "Meeting on Mondays." in {event.definition for event in copies.mine.codes.lineage("Budgets")}


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_text_that_differs_is_a_conflict_and_codings_are_carried(copies: Copies, take: Any) -> None:
    text = TEXT.replace("around £500", "about £600")
    copies.theirs.sources.correct("A1", text)
    apply_code(copies.theirs, "A1", "Groups", text.index("she said"), text.index("she said") + 8)
    apply_code(copies.mine, "A1", "Budgets", TEXT.index("Nine in ten"), TEXT.index("Nine in ten") + 11)
    assert copies.conflicts() == [("source", "text", "A1")]
    copies.merge(take=take)
    chosen = TEXT if take == "mine" else text
    assert copies.mine.sources.text("A1") == chosen
    assert {c.quote: c.segment.quote(chosen) for c in copies.mine.codings.list(source="A1")} == {
        "The link workers": "The link workers", "she said": "she said", "Nine in ten": "Nine in ten",
    }  # fmt: skip
    assert not copies.merge(take=take).written


@pytest.mark.parametrize("is_mine", [True, False])
def test_codings_keep_their_places_if_the_text_without_a_correction_is_taken(copies: Copies, *, is_mine: bool) -> None:
    corrected, other = (copies.mine, copies.theirs) if is_mine else (copies.theirs, copies.mine)
    before = what(other)
    corrected.sources.correct("A1", TEXT.replace("The link workers broker", "Some people of the town"))
    assert len(list(corrected.codings.undecided())) == 1
    copies.merge(take="theirs" if is_mine else "mine")
    assert copies.mine.sources.text("A1") == TEXT
    assert (what(copies.mine), list(copies.mine.codings.undecided())) == (before, [])
    assert not copies.merge(take="mine").written


def test_a_coding_without_a_place_in_the_text_taken_stays_out_and_is_listed(copies: Copies) -> None:
    text = TEXT + "Every second Thursday the whole committee travels abroad.\n"
    copies.theirs.sources.correct("A1", text)
    apply_code(copies.theirs, "A1", "Groups", len(TEXT), len(text) - 1)
    merged = copies.merge(take="mine")
    assert [(each.kind, each.where) for each in merged.differences if each.proposal == "leave out"] == [
        ("coding", merged.differences[-1].where)
    ]
    assert copies.mine.codings.count(code="Groups") == 0


def test_a_theme_list_of_each_side_is_added_and_decisions_are_taken(copies: Copies) -> None:
    copies.mine.proposals.add("Peers", definition="Help.", coder="Ana")
    copies.theirs.proposals.import_([CodeDraft("Peers", "People help."), CodeDraft("Circles")], coder="Ben")
    copies.theirs.proposals.accept(2, "Innovation/Circles", because="Agreed.")
    merged = copies.merge()
    assert merged.conflicts == ()
    assert merged.count("add", "proposal") == 2
    assert [(p.path, p.coder, p.state, p.code) for p in copies.mine.proposals.list()] == [
        ("Peers", "Ana", "open", ""),
        ("Peers", "Ben", "open", ""),
        ("Circles", "Ben", "merged", "Innovation/Circles"),
    ]
    assert not copies.merge().written
    copies.theirs.proposals.reject(1, because="Too broad.")
    assert [each.theirs for each in copies.merge().differences] == ["rejected: Too broad."]
    assert copies.mine.proposals.list(state="rejected")[0].reason == "Too broad."
    assert not copies.merge().written


def test_queries_of_both_sides_are_merged(copies: Copies) -> None:
    copies.mine.queries.save("Doubts", "certainty tentative")
    copies.theirs.queries.save("Waiting", "waiting")
    merged = copies.merge()
    assert (merged.conflicts, merged.count("add", "query")) == ((), 1)
    assert [query.name for query in copies.mine.queries.list()] == ["Doubts", "Waiting"]
    assert not copies.merge().written
    copies.theirs.queries.save("Waiting", "waiting or judged", replace=True)
    assert [(each.where, each.field) for each in copies.merge().differences] == [("Waiting", "expression")]
    assert copies.mine.queries.get("Waiting").expression == "waiting or judged"
    copies.theirs.queries.remove("Waiting")
    copies.merge()
    assert [query.name for query in copies.mine.queries.list()] == ["Doubts"]


def test_two_queries_of_one_name_are_one_conflict(copies: Copies) -> None:
    copies.mine.queries.save("Doubts", "certainty tentative")
    copies.theirs.queries.save("doubts", "stance counters")
    merged = copies.merge(take="theirs")
    assert [query.expression for query in copies.mine.queries.list()] == ["stance counters"]
    assert len(merged.differences) >= 1


def test_queries_can_exchange_their_names(copies: Copies) -> None:
    for name, expression in (("One", "waiting"), ("Two", "judged")):
        copies.theirs.queries.save(name, expression)
    copies.merge()
    store = copies.theirs._session.store
    with copies.theirs.act("query save", "names"):
        for name, expression in (("x", "waiting"), ("One", "judged"), ("Two", "waiting")):
            store.change("UPDATE queries SET name = ? WHERE expression = ?", (name, expression))
    copies.merge()
    assert {query.name: query.expression for query in copies.mine.queries.list()} == {"One": "judged", "Two": "waiting"}


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_query_of_one_side_follows_renames_and_merges_of_the_other_side(copies: Copies, is_mine: bool) -> None:
    one, other = (copies.mine, copies.theirs) if is_mine else (copies.theirs, copies.mine)
    for project in (copies.mine, copies.theirs):
        project.set_coder("Ana")
    copies.theirs.sets.add("pilot", "A1")
    copies.merge()
    copies.theirs.merge(copies.mine.path)
    one.queries.save("New", 'code Budgets or exactly Groups or case "SIB A" or source A1 or set pilot')
    other.sets.rename("pilot", "first")
    other.codes.rename("Budgets", "Money")
    other.codes.merge("Groups", into="Brokering")
    other.cases.set("SIB A", new_label="The A")
    other.sources.set("A1", new_name="A1-b")
    assert copies.merge().conflicts == ()
    path = copies.mine.codes.get("Brokering").path
    expected = f'code "Strengths/Money" or exactly "{path}" or case "The A" or source "A1-b" or set "first"'
    assert copies.mine.queries.get("New").expression == expected
    assert not copies.merge().written


@pytest.mark.parametrize("is_mine", [True, False])
def test_all_work_of_one_side_on_a_case_follows_the_merge_of_this_case_by_the_other_side(
    copies: Copies, is_mine: bool
) -> None:
    one, other = (copies.mine, copies.theirs) if is_mine else (copies.theirs, copies.mine)
    one.queries.save("New", 'case "SIB A" and not case "SIB B"')
    one.claims.add(Claim("C", "New.", codes=["Budgets"], statement='in "SIB A, SIB B"'))
    one.codings.add("A1", "Budgets", quote="she said", cases="SIB A")
    one.matrices.define(MatrixDefinition("t", "", (RowDefinition("M", ("Budgets",)),), only=("SIB A", "SIB B")))
    one.matrices.judge("t", "M", "SIB A", "absent", "why")
    other.cases.merge("SIB A", into="SIB B")
    assert copies.merge().conflicts == ()
    assert [case.label for case in copies.mine.cases.list()] == ["SIB B"]
    assert copies.mine.queries.get("New").expression == 'case "SIB B" and not case "SIB B"'
    assert copies.mine.claims.get("C").statement == 'in "SIB B"'
    assert {coding.cases for coding in copies.mine.codings.list(source="A1")} == {("SIB B",)}
    table = copies.mine.matrices.get("t")
    assert (table.only, [each.column for each in table.judgements]) == (("SIB B",), ["SIB B"])
    assert not copies.merge().written
    copies.theirs.merge(copies.mine.path)
    assert copies.mine.diff(copies.path).differences == ()


@pytest.mark.parametrize("take", ["mine", "theirs"])
@pytest.mark.parametrize("is_mine", [True, False])
@pytest.mark.parametrize(
    "change", [{"new_label": "North"}, {"private_name": "Secret"}, {"letter": "x"}, {"attributes": {"Town": "York"}}]
)
def test_a_merged_case_that_the_other_side_has_changed_is_a_conflict(
    copies: Copies, take: Any, is_mine: bool, change: dict[str, Any]
) -> None:
    for case in ("SIB A", "SIB B"):
        copies.mine.cases.set(case, attributes={"Town": "Leeds"})
    copies.theirs.merge(copies.mine.path)
    copies.merge()
    one, other = (copies.mine, copies.theirs) if is_mine else (copies.theirs, copies.mine)
    other.cases.merge("SIB A", into="SIB B")
    one.cases.set("SIB A", **change)
    label = change.get("new_label", "SIB A")
    assert ("case", "", label) in copies.conflicts()
    copies.merge(take=take)
    assert (label in {case.label for case in copies.mine.cases.list()}) is ((take == "mine") is is_mine)


def test_a_changed_cell_of_a_merged_case_is_a_conflict_if_the_remaining_case_has_this_cell(copies: Copies) -> None:
    copies.mine.matrices.define(MatrixDefinition("t", "", (RowDefinition("M", ("Budgets",)),)))
    copies.theirs.merge(copies.mine.path)
    copies.merge()
    copies.theirs.cases.merge("SIB A", into="SIB B")
    copies.mine.matrices.judge("t", "M", "SIB A", "absent", "why")
    assert copies.merge(dry_run=True).conflicts == ()
    copies.mine.matrices.judge("t", "M", "SIB B", "present", "why")
    assert copies.conflicts() == [("case", "", "SIB A")]


def test_a_merge_of_studies_lists_each_case_that_the_other_side_merged(copies: Copies) -> None:
    copies.theirs.cases.merge("SIB A", into="SIB B")
    [removed] = [each for each in copies.merge().differences if each.kind == "case"]
    assert (removed.where, removed.proposal, removed.why) == ("SIB A", "remove", "theirs merged it into “SIB B”")
    assert not copies.merge().written
    assert copies.merge().differences == ()


def test_a_case_merged_into_a_new_case_is_followed(copies: Copies) -> None:
    copies.mine.queries.save("New", 'case "SIB A"')
    copies.theirs.cases.add("North")
    copies.theirs.cases.merge("SIB A", into="North")
    assert copies.merge().conflicts == ()
    assert copies.mine.queries.get("New").expression == 'case "North"'
    assert sorted(case.label for case in copies.mine.cases.list()) == ["North", "SIB B"]


def test_a_removed_case_with_one_moved_coding_was_not_merged(copies: Copies) -> None:
    copies.mine.sources.set("A1", cases=("SIB A", "SIB B"))
    for text in ("she said", "The link workers", "Nine in ten"):
        copies.mine.codings.add("A1", "Budgets", quote=text, cases="SIB A", coder="Ana")
    copies.theirs.merge(copies.mine.path)
    moved, *_ = copies.theirs.codings.list(source="A1")
    copies.theirs.codings.set(moved.id, cases="SIB B")
    copies.theirs.cases.remove("SIB A")
    copies.mine.queries.save("New", 'case "SIB A"')
    assert copies.conflicts() == [("case", "", "SIB A")]


def test_a_query_that_no_rename_concerns_keeps_its_spelling(copies: Copies) -> None:
    copies.theirs.queries.save("New", "code budgets  or  case 'sib a'")
    copies.merge()
    assert copies.mine.queries.get("New").expression == "code budgets  or  case 'sib a'"


def test_a_query_changed_by_mine_and_a_rename_by_theirs_are_no_conflict(copies: Copies) -> None:
    for project in (copies.mine, copies.theirs):
        project.set_coder("Ana")
    copies.mine.queries.save("New", "code Budgets")
    copies.theirs.merge(copies.mine.path)
    copies.mine.queries.save("New", "code Budgets or waiting", replace=True)
    copies.theirs.codes.rename("Budgets", "Money")
    assert copies.merge().conflicts == ()
    assert copies.mine.queries.get("New").expression == 'code "Strengths/Money" or waiting'


def tables_of_claims(project: Project) -> None:
    rows = (RowDefinition("Money", ("Budgets",)), RowDefinition("Groups", ("Groups",)))
    project.matrices.define(MatrixDefinition("t", "", rows))
    project.matrices.define(MatrixDefinition("all", "", (), rows_from="all"))
    project.attributes.add("case", "Stage")


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_claim_of_one_side_follows_renames_and_merges_of_the_other_side(copies: Copies, is_mine: bool) -> None:
    one, other = (copies.mine, copies.theirs) if is_mine else (copies.theirs, copies.mine)
    for project in (copies.mine, copies.theirs):
        project.set_coder("Ana")
    tables_of_claims(copies.mine)
    copies.mine.claims.add(Claim("old", "Old.", codes=["Budgets"], statement='not in "SIB A"'))
    copies.theirs.merge(copies.mine.path)
    copies.merge()
    one.claims.load(
        [
            Claim("rows", "New.", rows=[("T", "money"), ("all", "Budgets")], statement='in "SIB A" and "sib b"'),
            Claim("codes", "New.", codes=["Budgets", "Groups", "No such code"], statement='in "SIB A, SIB B"'),
            Claim("attribute", "New.", attribute="Stage", case="SIB A, SIB B", statement="early"),
        ]
    )
    one.claims.add(replace(one.claims.get("old"), codes=("Budgets", "Groups")), replace=True)
    table = other.matrices.get("t")
    other.matrices.define(replace(table, rows=(replace(table.rows[0], label="Cash"), table.rows[1])))
    other.matrices.rename("t", "design")
    other.codes.rename("Budgets", "Purse")
    other.codes.merge("Groups", into="Brokering")
    other.cases.set("SIB A", new_label="The, A")
    other.attributes.set("case", "Stage", new_name="Phase")
    assert copies.merge().conflicts == ()
    brokering = copies.mine.codes.get("Brokering").path
    claims = {claim.key: claim for claim in copies.mine.claims.list()}
    assert claims["rows"].rows == (("design", "Cash"), ("all", "Purse"))
    assert claims["rows"].statement == 'in "The, A" and "sib b"'
    assert claims["codes"].codes == ("Strengths/Purse", brokering, "No such code")
    assert claims["codes"].statement == 'in "The, A" and "SIB B"'
    assert (claims["attribute"].attribute, claims["attribute"].case) == ("Phase", "The, A, SIB B")
    assert (claims["old"].codes, claims["old"].statement) == (("Strengths/Purse", brokering), 'not in "The, A"')
    assert not copies.merge().written


def test_a_claim_that_no_rename_concerns_keeps_its_spelling(copies: Copies) -> None:
    claim = copies.theirs.claims.add(Claim("C", "New.", codes=["budgets"], statement='in  "sib a,SIB B"'))
    copies.merge()
    assert copies.mine.claims.list() == [claim]


def changes_of(copies: Copies, **options: Any) -> set[tuple[str, str, str]]:
    """The changes that a merge proposes: (kind, name, proposal)."""
    return {(each.kind, each.where, each.proposal) for each in copies.merge(dry_run=True, **options).differences}


@pytest.fixture
def claims(copies: Copies) -> Copies:
    """Two copies with two claims: T about a row of the table `t`, and N about the code Budgets."""
    tables_of_claims(copies.mine)
    copies.mine.claims.add(Claim("T", "Rows.", rows=[("t", "Money")], statement='in "SIB A"'))
    copies.mine.claims.add(Claim("N", "Codes.", codes=["Budgets"], statement="in 2"))
    copies.theirs.merge(copies.mine.path)
    copies.merge()
    return copies


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_claim_about_a_removed_table_is_no_change(claims: Copies, is_mine: bool) -> None:
    one, other = (claims.mine, claims.theirs) if is_mine else (claims.theirs, claims.mine)
    other.matrices.remove("t")
    assert changes_of(claims) == ({("matrix", "t", "remove")} if is_mine else set())
    one.claims.add(replace(one.claims.get("T"), statement="in 2"), replace=True)
    assert claims.merge().conflicts == ()
    assert claims.mine.claims.get("T").statement == "in 2"
    assert [table.name for table in claims.mine.matrices.list()] == ["all"]
    assert not claims.merge().written


def test_a_claim_whose_table_gets_other_columns_is_no_change(claims: Copies) -> None:
    table = claims.theirs.matrices.get("t")
    claims.theirs.matrices.define(replace(table, columns="sources"))
    assert changes_of(claims) == {("matrix", "t", "take")}


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_claim_whose_code_gets_a_namesake_is_no_conflict(claims: Copies, is_mine: bool) -> None:
    one, other = (claims.mine, claims.theirs) if is_mine else (claims.theirs, claims.mine)
    other.codes.add("Other/Budgets")
    one.claims.add(replace(one.claims.get("N"), statement="in 3"), replace=True)
    assert claims.merge().conflicts == ()
    assert (claims.mine.claims.get("N").codes, claims.mine.claims.get("N").statement) == (
        ("Strengths/Budgets",),
        "in 3",
    )
    assert not claims.merge().written


def test_a_claim_with_a_removed_case_and_a_renamed_code_is_no_conflict(claims: Copies) -> None:
    claims.mine.cases.add("Spare")
    both = replace(claims.mine.claims.get("N"), statement='in "SIB A, Spare"')
    claims.mine.claims.add(both, replace=True)
    claims.theirs.merge(claims.mine.path)
    claims.merge()
    claims.theirs.codes.rename("Budgets", "Purse")
    claims.theirs.cases.remove("Spare")
    claims.mine.claims.add(replace(both, statement='not in "SIB A, Spare"'), replace=True)
    assert claims.merge().conflicts == ()
    assert claims.mine.claims.get("N").codes == ("Strengths/Purse",)
    assert claims.mine.claims.get("N").statement == 'not in "SIB A, Spare"'


def test_a_claim_that_now_names_another_item_of_the_same_name_is_a_change(claims: Copies) -> None:
    claims.theirs.cases.set("SIB A", new_label="SIB X")
    claims.theirs.cases.set("SIB B", new_label="SIB A")
    claims.theirs.claims.add(replace(claims.theirs.claims.get("T"), statement='in "SIB A"'), replace=True)
    assert ("claim", "T", "take") in changes_of(claims)


def test_equal_claims_of_two_unrelated_studies_are_no_conflict(project: Project, tmp_path: Path) -> None:
    with Project.create(tmp_path / "other.sibtui", draft=sample_draft(), coder="Ben") as other:
        for each in (project, other):
            add_code(each, "Own/Purse")
            each.claims.add(Claim("N", "Codes.", codes=["Purse"], statement="in 2"))
        add_code(other, "Others/Purse")
        conflicts = project.merge(other.path, dry_run=True).conflicts
        assert "claim" not in {each.kind for each in conflicts}


@pytest.mark.parametrize("is_mine", [True, False])
@pytest.mark.parametrize("change", ["remove", "namesake"])
def test_a_query_whose_name_is_lost_by_one_side_is_no_change(copies: Copies, is_mine: bool, change: str) -> None:
    copies.mine.cases.add("Spare")
    copies.mine.queries.save("Q", "case Spare or code Budgets")
    copies.theirs.merge(copies.mine.path)
    copies.merge()
    other = copies.theirs if is_mine else copies.mine
    if change == "remove":
        other.cases.remove("Spare")
    else:
        other.codes.add("Other/Budgets")
    assert ("query", "Q", "take") not in changes_of(copies)
    assert copies.merge().conflicts == ()
    assert not copies.merge().written
    assert copies.mine.queries.get("Q").expression.startswith("case Spare or code ")


def test_a_query_with_a_namesake_and_a_renamed_code_is_no_conflict(copies: Copies) -> None:
    copies.mine.queries.save("Q", "code Budgets or code Groups")
    copies.theirs.merge(copies.mine.path)
    copies.merge()
    copies.theirs.codes.rename("Budgets", "Purse")
    copies.theirs.codes.add("Other/Groups")
    groups = copies.mine.codes.get("Groups").path
    copies.mine.queries.save("Q", "code Budgets and code Groups", replace=True)
    assert copies.merge().conflicts == ()
    assert copies.mine.queries.get("Q").expression == f'code "Strengths/Purse" and code "{groups}"'


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_case_that_one_side_removed_and_a_query_of_the_other_names_is_a_conflict(copies: Copies, take: Any) -> None:
    copies.mine.queries.save("New", 'case "SIB B"')
    copies.theirs.cases.remove("SIB B")
    assert copies.conflicts() == [("case", "", "SIB B")]
    lost = [each.why for each in copies.merge(take=take).differences if each.field == "expression"]
    assert lost == ([] if take == "mine" else ["it names the case “SIB B”, which is removed"])
    assert ("SIB B" in [case.label for case in copies.mine.cases.list()]) == (take == "mine")
    assert not copies.merge(take=take).written


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_new_coding_of_a_case_that_the_other_side_removed_is_a_conflict(copies: Copies, take: Any) -> None:
    copies.mine.cases.remove("SIB B")
    copies.theirs.codings.add("B1", "Budgets", quote="she said", cases="SIB B")
    assert copies.conflicts() == [("case", "", "SIB B")]
    merged = copies.merge(take=take)
    lost = [(each.kind, each.field, each.why) for each in merged.differences if each.proposal == "leave out"]
    why = "it loses “SIB B”, because its source has no such case"
    assert lost == ([("coding", "cases", why)] if take == "mine" else [])
    assert coding(copies.mine, "B1", "Budgets").cases == (() if take == "mine" else ("SIB B",))
    assert not copies.merge(take=take).written


@pytest.mark.parametrize("take", ["mine", "theirs"])
@pytest.mark.parametrize("is_mine", [True, False])
def test_a_case_that_a_decision_keeps_has_its_codings_columns_and_summaries(
    coded: Project, tmp_path: Path, take: Any, is_mine: bool
) -> None:
    coded.matrices.define(matrix(only=("SIB A", "SIB B")))
    coded.summaries.set("t", ROWS[0].label, "SIB B", "None.")
    shutil.copy(coded.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ana") as theirs:
        one, other = (coded, theirs) if is_mine else (theirs, coded)
        one.cases.remove("SIB B")
        other.cases.set("SIB B", private_name="Leeds")
        assert [each.kind for each in coded.merge(theirs.path).conflicts] == ["case"]
        coded.merge(theirs.path, take=take)
        is_kept = is_mine == (take == "theirs")
        assert [case.label for case in coded.cases.list()] == (["SIB A", "SIB B"] if is_kept else ["SIB A"])
        assert {each.cases for each in coded.codings.list(source="B1")} == {("SIB B",) if is_kept else ()}
        assert coded.matrices.get("t").only == (("SIB A", "SIB B") if is_kept else ("SIB A",))
        assert len(coded.summaries.list()) == is_kept
        assert not coded.merge(theirs.path).written


def test_a_memo_on_a_coding_keeps_no_case_that_the_other_side_removed(copies: Copies) -> None:
    copies.mine.cases.remove("SIB B")
    number = next(iter(copies.theirs.codings.list(source="B1"))).id
    copies.theirs.codings.set(number, memo="Later.")
    assert copies.merge().conflicts == ()
    assert [case.label for case in copies.mine.cases.list()] == ["SIB A"]


def test_readings_topics_and_memos_are_added_beside(copies: Copies) -> None:
    for project, coder in ((copies.mine, "Ana"), (copies.theirs, "Ben")):
        project.readings.add("AB", coder=coder)
        project.memos.add(f"By {coder}.", on="source", of="A1")
    assert copies.merge().conflicts == ()
    assert {reading.coder for reading in copies.mine.readings.list("AB")} == {"Ana", "Ben"}
    assert {memo.text for memo in copies.mine.memos.list(on="source")} == {"By Ana.", "By Ben."}


def judged(project: Project, verdict: Any) -> None:
    project.matrices.judge("t", "Brokering", "SIB A", verdict, because="Read again.")


def test_two_judgements_on_one_cell_are_a_conflict(coded: Project, tmp_path: Path) -> None:
    coded.matrices.define(matrix())
    shutil.copy(coded.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ben") as theirs:
        judged(coded, "absent")
        judged(theirs, "contested")
        theirs.matrices.judge("t", "Budgets", "SIB B", "present", because="It is there.")
        merged = coded.merge(theirs.path)
        assert [(each.kind, each.where) for each in merged.conflicts] == [("judgement", "t, Brokering, SIB A")]
        coded.merge(theirs.path, take="theirs")
        assert [(j.row, j.verdict, j.coder) for j in coded.matrices.get("t").judgements] == [
            ("Brokering", "contested", "Ben"), ("Budgets", "present", "Ben"),
        ]  # fmt: skip


def test_equal_judgements_of_different_times_are_no_conflict(coded: Project, tmp_path: Path) -> None:
    coded.matrices.define(matrix())
    shutil.copy(coded.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder=coded.coder) as theirs:
        for each in (coded, theirs):
            judged(each, "absent")
            each.summaries.set("t", "Brokering", "SIB A", "They broker.")
            each.summaries.set_code("Budgets", "SIB A", "They spend.")
        times = [[s.summary.at for s in each.summaries.list()] for each in (coded, theirs)]
        assert times[0] != times[1]
        merged = coded.merge(theirs.path)
        assert (merged.conflicts, merged.written) == ((), False)


def test_two_sample_studies_with_other_ids_have_no_difference(tmp_path: Path) -> None:
    files = [tmp_path / "mine.sibtui", tmp_path / "theirs.sibtui"]
    for file in files:
        Project.create(file, draft=sample_draft(), coder="Ana").close()
    with opened(files[0]) as mine:
        memos = mine.memos.list()
        merged = mine.merge(files[1])
        assert (merged.differences, merged.written, mine.memos.list()) == ((), False, memos)


def test_a_merge_is_one_act_that_undo_takes_back_whole(copies: Copies, tmp_path: Path) -> None:
    add_code(copies.theirs, "Strengths/Trust")
    apply_code(copies.theirs, "A1", "Trust", 20, 30, coder="Eva")
    copies.theirs.sources.correct("B1", TEXT + "More.\n")
    before, acts = folder(copies.mine, tmp_path / "before"), len(copies.mine.history.list())
    assert copies.merge(take="theirs").written
    after = folder(copies.mine, tmp_path / "after")
    assert len(copies.mine.history.list()) == acts + 1
    assert (
        copies.mine.history.message(copies.mine.history.undo(), undone=True)
        == "Undone: work merged from theirs.sibtui."
    )
    assert folder(copies.mine, tmp_path / "undone") == before
    copies.mine.history.redo()
    assert folder(copies.mine, tmp_path / "redone") == after


def test_a_second_merge_changes_nothing_and_records_no_act(copies: Copies) -> None:
    apply_code(copies.theirs, "A1", "Budgets", 20, 30)
    copies.merge()
    acts = copies.mine.history.list()
    assert not copies.merge().written
    assert copies.mine.history.list() == acts


def test_a_later_merge_begins_where_the_earlier_one_ended(copies: Copies) -> None:
    first = apply_code(copies.theirs, "A1", "Budgets", 20, 30)
    copies.merge()
    copies.mine.codings.remove(coding(copies.mine, "A1", "Budgets").id)
    apply_code(copies.theirs, "A1", "Budgets", 32, 40)
    assert copies.merge().count("add") == 1
    assert [c.segment for c in copies.mine.codings.list(source="A1", code="Budgets")] == [Segment(32, 40)]
    assert first.uid not in {c.uid for c in copies.mine.codings.list()}


def test_a_merge_back_begins_where_the_first_one_ended(copies: Copies) -> None:
    apply_code(copies.theirs, "A1", "Budgets", 20, 30)
    copies.merge()
    copies.mine.codings.remove(coding(copies.mine, "A1", "Budgets").id)
    copies.theirs.merge(copies.mine.path)
    assert copies.theirs.codings.count(source="A1", code="Budgets") == 0


def test_the_order_of_two_merges_does_not_matter(copies: Copies, tmp_path: Path) -> None:
    shutil.copy(copies.mine.path, tmp_path / "third.sibtui")
    apply_code(copies.theirs, "A1", "Budgets", 20, 30)
    with opened(tmp_path / "third.sibtui", coder="Eva") as third:
        apply_code(third, "B1", "Groups", 32, 40)
        third.codes.rename("Groups", "Circles")
    found = []
    for order in ("theirs", "third"), ("third", "theirs"):
        mine = tmp_path / f"{order[0]}-first.sibtui"
        shutil.copy(copies.mine.path, mine)
        with opened(mine) as project:
            for name in order:
                assert project.merge(tmp_path / f"{name}.sibtui").written
            found.append(what(project))
    assert found[0] == found[1]


def test_a_dry_run_changes_nothing_and_lists_the_same(copies: Copies) -> None:
    apply_code(copies.theirs, "A1", "Budgets", 20, 30)
    before = dump(copies.mine.path)
    foreseen = copies.merge(dry_run=True)
    assert (foreseen.written, dump(copies.mine.path)) == (False, before)
    assert copies.merge().differences == foreseen.differences


def test_names_that_would_clash_are_refused_as_a_whole(copies: Copies) -> None:
    copies.mine.codes.rename("Brokering", "Same")
    copies.theirs.codes.rename("Budgets", "Same")
    apply_code(copies.theirs, "A1", "Groups", 20, 30)
    before = dump(copies.mine.path)
    for dry_run in (True, False):
        with pytest.raises(
            ConflictError, match="Two items \\(code\\) would be named “Strengths/Same”: rename one of them, then merge"
        ):
            copies.merge(dry_run=dry_run)
    assert dump(copies.mine.path) == before


def test_a_clash_of_names_that_a_decision_can_avoid_is_not_refused_before_the_decision(copies: Copies) -> None:
    copies.mine.cases.set("SIB A", new_label="North")
    copies.theirs.cases.set("SIB A", new_label="South")
    copies.theirs.cases.set("SIB B", new_label="North")
    for options in ({"dry_run": True}, {"decide": lambda _: None}, {}):
        assert [(each.kind, each.field) for each in copies.merge(**options).conflicts] == [("case", "name")]
    for dry_run in (True, False):
        with pytest.raises(ConflictError, match="Two items"):
            copies.merge(take="mine", dry_run=dry_run)
    copies.merge(take="theirs")
    assert [case.label for case in copies.mine.cases.list()] == ["South", "North"]


def test_clashes_of_names_that_only_different_decisions_avoid_are_not_refused_before_them(copies: Copies) -> None:
    copies.mine.cases.set("SIB A", new_label="North")
    copies.theirs.cases.set("SIB A", new_label="South")
    copies.theirs.cases.set("SIB B", new_label="North")
    copies.mine.sources.set("A1", new_name="x")
    copies.theirs.sources.set("A1", new_name="y")
    copies.mine.sources.set("B1", new_name="y")
    for options in ({"dry_run": True}, {"decide": lambda _: None}, {}):
        found = copies.merge(**options).conflicts
        assert [(each.kind, each.field) for each in found] == [("case", "name"), ("source", "name")]
    for side in ("mine", "theirs"):
        with pytest.raises(ConflictError, match="Two items"):
            copies.merge(take=side)
    copies.merge(decide=lambda conflict: "theirs" if conflict.kind == "case" else "mine")
    assert [case.label for case in copies.mine.cases.list()] == ["South", "North"]
    assert {"x", "y"} <= {source.name for source in copies.mine.sources.list()}


def test_a_clash_of_names_that_no_decision_avoids_is_refused_before_the_decisions(copies: Copies) -> None:
    copies.mine.codes.rename("Brokering", "Same")
    copies.theirs.codes.rename("Budgets", "Same")
    for project, memo in ((copies.mine, "Mine."), (copies.theirs, "Theirs.")):
        project.codings.set(1, memo=memo)
    for options in ({"dry_run": True}, {"decide": lambda _: None}, {}):
        with pytest.raises(ConflictError, match="Two items"):
            copies.merge(**options)


def test_the_cells_of_a_source_follow_its_rename_in_the_other_study(copies: Copies) -> None:
    for name, source in (("t", "A1"), ("only", "B1"), ("other", "AB")):
        rows = (RowDefinition("Brokering", ("Brokering",), notes={source: "A note."} if name == "t" else {}),)
        only = (source,) if name == "only" else ()
        copies.mine.matrices.define(MatrixDefinition(name, "", rows, "sources", only))
    copies.mine.matrices.judge("t", "Brokering", "A1", "absent", "why")
    copies.mine.summaries.set("t", "Brokering", "A1", "Words.")
    for old, new in (("A1", "x"), ("B1", "A1"), ("x", "B1")):
        copies.theirs.sources.set(old, new_name=new)
    copies.merge()
    table = copies.mine.matrices.stored("t")
    assert [(each.row, each.column) for each in (*table.judgements, *table.summaries)] == [("Brokering", "B1")] * 2
    assert table.rows[0].notes == {"B1": "A note."}
    assert copies.mine.matrices.stored("only").only == ("A1",)
    assert not copies.merge().written


def test_a_code_that_theirs_merged_is_listed(copies: Copies) -> None:
    copies.theirs.codes.merge("Brokering", into="Budgets")
    [line] = copies.merge().differences
    assert (line.kind, line.where, line.field, line.proposal, line.why) == (
        "code", "Strengths/Brokering", "", "remove", "theirs merged it into “Strengths/Budgets”",
    )  # fmt: skip
    assert [code.path for code in copies.mine.codes.list() if code.parent] == ["Strengths/Budgets", "Innovation/Groups"]
    assert copies.merge().differences == ()


def by_stage(name: str) -> MatrixDefinition:
    return MatrixDefinition(name, "", (RowDefinition("Brokering", ("Brokering",)),), "attribute:Stage")


def with_stages(copies: Copies) -> None:
    """Give both copies the attribute “Stage” of cases."""
    copies.mine.cases.set("SIB A", attributes={"Stage": "early"})
    copies.theirs.merge(copies.mine.path)


@pytest.mark.parametrize("is_mine", [True, False])
@pytest.mark.parametrize("is_common", [True, False])
def test_columns_by_an_attribute_follow_its_rename(copies: Copies, *, is_mine: bool, is_common: bool) -> None:
    with_stages(copies)
    one, other = (copies.mine, copies.theirs) if is_mine else (copies.theirs, copies.mine)
    one.matrices.define(by_stage("t"))
    if is_common:
        other.merge(one.path)
    other.attributes.set("case", "Stage", new_name="Phase")
    assert copies.merge().conflicts == ()
    assert copies.mine.matrices.stored("t").columns == "attribute:Phase"
    assert copies.mine.matrices.show("t").columns == ("early",)
    assert not copies.merge().written
    assert copies.theirs.merge(copies.mine.path).conflicts == ()
    assert copies.theirs.matrices.stored("t").columns == "attribute:Phase"
    assert copies.mine.diff(copies.path).differences == ()


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_table_loses_the_chosen_column_of_a_source_that_one_side_removes(copies: Copies, *, is_mine: bool) -> None:
    owner, other = (copies.mine, copies.theirs) if is_mine else (copies.theirs, copies.mine)
    owner.matrices.define(matrix("sources", only=("B1", "AB")))
    other.sources.remove("AB")
    copies.merge()
    assert copies.mine.matrices.get("t").only == ("B1",)
    assert copies.mine.matrices.show("t").columns == ("B1",)
    assert not copies.merge().written


def test_a_renamed_attribute_gets_its_owner_in_columns_if_another_has_its_name(copies: Copies) -> None:
    with_stages(copies)
    copies.mine.matrices.define(by_stage("t"))
    copies.mine.attributes.add("source", "Phase", "text")
    copies.theirs.attributes.set("case", "Stage", new_name="Phase")
    copies.merge()
    assert copies.mine.matrices.stored("t").columns == "case attribute:Phase"


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_removed_attribute_with_columns_of_a_new_table_is_a_conflict(copies: Copies, take: Any) -> None:
    with_stages(copies)
    copies.mine.matrices.define(by_stage("t"))
    copies.theirs.attributes.remove("case", "Stage")
    [conflict] = [each for each in copies.merge().conflicts if each.kind == "attribute"]
    assert (conflict.where, conflict.why) == ("Stage", "removed by theirs, used by mine")
    merged = copies.merge(take=take)
    left_out = [
        (each.kind, each.where, each.field, each.why) for each in merged.differences if each.proposal == "leave out"
    ]
    why = "its columns are the values of “attribute:Stage”, which is removed"
    assert left_out == ([] if take == "mine" else [("matrix", "t", "columns", why)])
    if take == "mine":
        assert copies.mine.matrices.show("t").columns == ("early",)


def test_two_attributes_of_one_name_are_one_attribute_for_columns(copies: Copies) -> None:
    for project in (copies.mine, copies.theirs):
        project.cases.set("SIB A", attributes={"Stage": "early"})
        project.matrices.define(by_stage("t"))
    assert copies.merge().conflicts == ()


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_removed_query_that_a_new_query_names_is_a_conflict(copies: Copies, take: Any) -> None:
    copies.mine.queries.save("Doubts", "certainty tentative")
    copies.theirs.merge(copies.mine.path)
    copies.mine.queries.save("Firm", 'not query "Doubts"')
    copies.theirs.queries.remove("Doubts")
    assert copies.conflicts() == [("query", "", "Doubts")]
    merged = copies.merge(take=take)
    left_out = [(each.where, each.why) for each in merged.differences if each.proposal == "leave out"]
    assert left_out == ([] if take == "mine" else [("Firm", "it names the query “Doubts”, which is removed")])
    assert [query.name for query in copies.mine.queries.list()] == (["Doubts"] if take == "mine" else []) + ["Firm"]


def test_a_summary_with_a_link_to_a_coding_of_another_code_equals_its_export(copies: Copies, tmp_path: Path) -> None:
    study = copies.mine
    number = coding(study, "A1", "Brokering").id
    study.summaries.set_code("Strengths/Brokering", "SIB A", f"They coach [{number}].")
    study.codings.set(number, code="Groups")
    study.exports.folder(tmp_path / "folder", private_names=True)
    assert study.diff(tmp_path / "folder").differences == ()
    assert not study.merge(tmp_path / "folder", take="theirs").written


@pytest.mark.parametrize("ahead", ["mine", "theirs"])
def test_a_clock_that_is_ahead_does_not_bring_back_what_was_removed(copies: Copies, tmp_path: Path, ahead: str) -> None:
    for name, project in (("mine", copies.mine), ("theirs", copies.theirs)):
        year = 2030 if ahead == name else 2020
        project._session._clock = lambda year=year: f"{year}-01-01T10:00:00.000Z"
    copies.theirs.merge(copies.mine.path)
    apply_code(copies.mine, "A1", "Groups", 20, 30)
    copies.theirs.merge(copies.mine.path)
    new = apply_code(copies.theirs, "A1", "Budgets", 20, 30)
    copies.merge()
    copies.mine.codings.remove([coding(copies.mine, "A1", "Budgets").id])
    assert copies.merge(dry_run=True).differences == ()
    copies.theirs.merge(copies.mine.path)
    assert new.id not in [each.id for each in copies.theirs.codings.list()]
    assert copies.theirs.diff(copies.mine.path).differences == ()


def test_two_cases_with_one_name_that_both_copies_have_are_merged(copies: Copies) -> None:
    for project in (copies.mine, copies.theirs):
        store = project._session.store
        with project.act("case set", "case"):  # as in a study of an older version
            case_rows.set_case(store, case_rows.case_ids(store)["SIB B"], "sib a", None)
    copies.theirs.cases.set("SIB A", private_name="Northtown")
    assert copies.merge().written
    assert {case.label: case.private_name for case in copies.mine.cases.list()} == {"SIB A": "Northtown", "sib a": None}
    copies.theirs.cases.set("sib a", new_label="SIB Z")
    assert copies.merge().written
    assert [case.label for case in copies.mine.cases.list()] == ["SIB A", "SIB Z"]


def test_a_withdrawn_source_does_not_come_back_in_either_direction(copies: Copies) -> None:
    apply_code(copies.theirs, "A1", "Groups", 20, 30)
    copies.mine.sources.withdraw("A1")
    copies.merge()
    assert copies.mine.sources.names() == ("B1", "AB")
    back = copies.theirs.merge(copies.mine.path)
    assert back.withdrawn == ("A1",)
    assert copies.theirs.sources.names() == ("A1", "B1", "AB")
    assert copies.theirs.codings.count(source="A1") == 2
    assert not copies.merge().written


def test_a_decided_conflict_of_two_new_sources_of_one_name_does_not_come_back(copies: Copies) -> None:
    add_source(copies.mine, "New", text="My notes of the talk.")
    add_source(copies.theirs, "new", text="Their notes of it.")
    assert [each.field for each in copies.merge().conflicts] == ["name", "text"]
    assert copies.merge(take="mine").written
    again = copies.merge()
    assert (again.conflicts, again.written) == ((), False)
    copies.theirs.sources.correct("new", "Their notes of it, corrected.")
    assert [each.field for each in copies.merge().conflicts] == ["text"]


def test_a_text_that_was_erased_does_not_come_back_as_a_new_source(copies: Copies) -> None:
    add_source(copies.mine, "Long", "SIB A", text=TEXT * 3)
    copies.mine.sources.withdraw("Long")
    add_source(copies.theirs, "Again", "SIB A", text=TEXT * 3)
    apply_code(copies.theirs, "Again", "Groups", 20, 30)
    merged = copies.merge()
    assert [(each.kind, each.where, each.why) for each in merged.differences if each.proposal == "leave out"] == [
        ("source", "Again", "its text was erased from this study for good")
    ]
    assert "Again" not in copies.mine.sources.names()


def test_both_may_have_withdrawn_a_source(copies: Copies) -> None:
    copies.mine.sources.withdraw("A1")
    copies.theirs.sources.withdraw("B1")
    apply_code(copies.theirs, "AB", "Groups", 20, 30)
    assert copies.merge().count("add", "coding") == 1
    assert copies.mine.sources.names() == ("B1", "AB")


def test_a_coder_of_theirs_gets_the_name_here(copies: Copies) -> None:
    apply_code(copies.theirs, "A1", "Groups", 20, 30, coder="root")
    copies.merge(coders={"root": "Eva"})
    assert coding(copies.mine, "A1", "Groups").coder == "Eva"
    with pytest.raises(NotFoundError, match="No coder is named “Zoe”"):
        copies.merge(coders={"Zoe": "Eva"})


def test_a_folder_is_merged_by_its_lasting_ids(copies: Copies, tmp_path: Path) -> None:
    copies.mine.cases.set("SIB A", private_name="Leeds")
    apply_code(copies.theirs, "A1", "Groups", 20, 30)
    copies.theirs.exports.folder(tmp_path / "folder")
    files = {file: file.read_bytes() for file in (tmp_path / "folder").rglob("*") if file.is_file()}
    compared = copies.mine.diff(tmp_path / "folder")
    assert not compared.has_base
    assert compared.table().below == (
        "The state in common is not known: nothing is removed, and fields that differ are conflicts.",
    )
    assert copies.mine.merge(tmp_path / "folder").count("add", "coding") == 1
    assert copies.mine.history.list(limit=1)[0].summary == "from folder"
    assert not copies.mine.merge(tmp_path / "folder").written
    assert {file: file.read_bytes() for file in (tmp_path / "folder").rglob("*") if file.is_file()} == files


def test_with_the_state_in_common_a_folder_is_merged_three_way(copies: Copies, tmp_path: Path) -> None:
    copies.mine.exports.folder(tmp_path / "base")
    copies.theirs.codings.remove(coding(copies.theirs, "A1", "Brokering").id)
    copies.theirs.exports.folder(tmp_path / "folder")
    apply_code(copies.mine, "A1", "Groups", 20, 30)
    assert copies.mine.merge(tmp_path / "folder", base=tmp_path / "base").count("remove") == 1
    assert [c.code for c in copies.mine.codings.list(source="A1")] == ["Innovation/Groups"]


def test_two_studies_without_a_beginning_in_common_are_merged_by_name(project: Project, tmp_path: Path) -> None:
    Project.create(tmp_path / "other.sibtui").close()
    with opened(tmp_path / "other.sibtui", coder="Ben") as other:
        add_source(other, "A1", "SIB A", reading="read")
        add_source(other, "C1", "SIB C")
        add_code(other, "Strengths/Brokering", definition="Knowing whom to ask.")
        apply_code(other, "A1", "Brokering")
    merged = project.merge(tmp_path / "other.sibtui")
    assert {(each.kind, each.field) for each in merged.conflicts} == {("study", "name"), ("code", "definition")}
    assert project.merge(tmp_path / "other.sibtui", take="mine").written
    assert project.sources.names() == ("A1", "B1", "AB", "C1")
    assert coding(project, "A1", "Brokering").coder == "Ben"


def test_a_study_is_not_merged_with_itself(project: Project) -> None:
    for action in (project.merge, project.diff):
        with pytest.raises(ConflictError, match="is the open study itself"):
            action(project.path)


def test_the_other_file_is_refused_as_on_opening(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other.sibtui"
    for content, words in ((None, "There is no study at"), (b"", "is empty"), (b"x" * 2000, "is not a sibtui study")):
        if content is not None:
            other.write_bytes(content)
        with pytest.raises(StudyFileError, match=words):
            project.merge(other)
    other.unlink()
    for statement, words in (
        ("PRAGMA user_version = 99", "was made by a newer sibtui"),
        ("PRAGMA application_id = 7", "not a sibtui study"),
        (
            "CREATE TRIGGER evil AFTER INSERT ON codings BEGIN DELETE FROM codings; END",
            "has a schema that sibtui did not make",
        ),
    ):
        shutil.copy(project.path, other)
        with closing(sqlite3.connect(other)) as connection:
            connection.execute(statement)
            connection.commit()
        with pytest.raises(StudyFileError, match=words):
            project.merge(other)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="There is no study in this folder"):
        project.merge(tmp_path / "empty")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE codes SET parent_id = 2 WHERE id = 1",
        "UPDATE codings SET uid = (SELECT uid FROM codings ORDER BY id LIMIT 1)",
        "UPDATE texts SET text = 'Else.' || text",
        "DELETE FROM project",
    ],
)
def test_nothing_is_taken_from_a_damaged_file(coded: Project, tmp_path: Path, statement: str) -> None:
    other = tmp_path / "other.sibtui"
    shutil.copy(coded.path, other)
    tampered(other, statement)
    for action in (coded.merge, coded.diff):
        with pytest.raises(StudyFileError, match="is damaged, so nothing is taken from it"):
            action(other)


def test_only_a_side_can_be_taken(copies: Copies) -> None:
    with pytest.raises(InputError, match=r"one of|choose"):
        copies.merge(take="both")


@pytest.mark.parametrize("version", [1, 2, 4, 5, 7])
def test_an_older_file_is_read_and_not_upgraded(project: Project, tmp_path: Path, version: int) -> None:
    other = tmp_path / "older" / "other.sibtui"
    other.parent.mkdir()
    shutil.copy(DATA / f"study-v{version}.sibtui", other)
    before = other.read_bytes()
    assert project.merge(other, take="mine").written
    assert (other.read_bytes(), [file.name for file in other.parent.iterdir()]) == (before, ["other.sibtui"])


def test_two_older_copies_that_are_upgraded_apart_still_share_their_beginning(tmp_path: Path) -> None:
    for name in ("mine", "theirs"):
        shutil.copy(DATA / "study-v7.sibtui", tmp_path / f"{name}.sibtui")
    with opened(tmp_path / "mine.sibtui") as mine, opened(tmp_path / "theirs.sibtui") as theirs:
        theirs.codings.remove(next(theirs.codings.list()).id)
        assert mine.diff(theirs.path).has_base
        assert mine.merge(theirs.path).count("remove", "coding") == 1


def test_an_act_that_one_copy_has_undone_is_no_beginning_in_common(copies: Copies) -> None:
    copies.mine.history.undo()
    assert copies.merge().count("add", "coding") == 1
    assert copies.mine.codings.count() == 3
