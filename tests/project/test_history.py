"""Undo and redo of everything: any acts in any order, undone and redone, leave the same rows in every table."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import ConflictError, NotFoundError, SibtuiError
from sibtui.model.drafts import CodeDraft, CodingDraft, MemoDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.segments import Segment
from sibtui.model.text import one_line
from sibtui.project import Project
from sibtui.project.shared.study_io import study_draft
from sibtui.store import codings
from tests.examples import examples
from tests.sweeps import in_part

from .random_acts import HOSTILE, VERBS, Acts
from .study import add_code, add_source, apply_code, dump, highest_present_id, opened, small_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

verbs = st.lists(
    st.tuples(st.sampled_from([*VERBS, "several", "undo", "redo", "reopen"]), st.integers(0, 2**16)), max_size=16
)


def test_every_verb_is_among_the_random_acts() -> None:
    assert {verb.split("_")[0] for verb in VERBS} == {
        "source", "case", "attribute", "code", "coding", "memo", "matrix", "study", "summary", "set", "query",
    }  # fmt: skip
    assert len(VERBS) >= 34


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    """Return a study with every kind of item."""
    path = tmp_path_factory.mktemp("template") / "study.sibtui"
    Project.create(path, coder="Ana").close()
    with opened(path) as project:
        small_study(project)
        apply_code(project, "A1", "Brokering", memo="a\x00b")
        project.sets.add("pilot", ["A1", "B1"])
        project.queries.save("Pilot", "set pilot")
        apply_code(project, "B1", "Brokering", 5, 30, stance="counters")
        apply_code(project, "AB", "Budgets", 40, 60)
        project.cases.set("SIB A", attributes={"service": "housing"})
        project.sources.set_topic("B1", "Strengths", "not asked")
        project.memos.add(MemoDraft("code", "Budgets", "", "is it one?"))
        project.proposals.import_([CodeDraft("Peers", "help"), CodeDraft("Circles")], coder="Ben")
        project.codes.retire("Groups")
        rows = (
            RowDefinition("Brokering", ("Brokering",), notes={"SIB A": "note"}),
            RowDefinition("Budgets", ("Budgets",)),
        )
        project.matrices.define(MatrixDefinition("table", "Table", rows))
        project.matrices.judge("table", "Budgets", "SIB B", "present", "as told")
        project.summaries.set("table", "Brokering", "SIB A", "A broker in the town.")
    return path


class Session:
    """A study, and its rows after each done act and after each undone act."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.project = opened(path)
        self.done = [dump(path)]
        self.undone: list[dict] = []
        self.first = len(self.project.history.list())

    def step(self, verb: str, seed: int) -> None:
        if verb == "reopen":
            self.project.close()
            self.project = opened(self.path)
        elif verb in {"undo", "redo"}:
            getattr(self, verb)(1 + seed % 3)
        else:
            self.act(verb, seed)
        assert dump(self.path) == self.done[-1]

    def act(self, verb: str, seed: int) -> None:
        acts = len(self.project.history.list())
        with suppress(SibtuiError):
            getattr(Acts(self.project, Random(seed)), verb)()
        if len(self.project.history.list()) > acts:
            self.done.append(dump(self.path))
            self.undone.clear()

    def undo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.done) - 1)):
            assert len(self.project.history.undo()) == 1
            self.undone.append(self.done.pop())
            assert dump(self.path) == self.done[-1]

    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.undone))):
            assert len(self.project.history.redo()) == 1
            self.done.append(self.undone.pop())
            assert dump(self.path) == self.done[-1]


@examples(12)
@given(steps=verbs)
def test_any_acts_can_be_undone_and_redone_one_by_one(steps: list, template: Path, tmp_path: Path) -> None:
    there_and_back(steps, template, tmp_path)


@pytest.mark.slow
@examples(200)
@given(steps=verbs)
def test_any_acts_of_a_long_history_can_be_undone_and_redone(steps: list, template: Path, tmp_path: Path) -> None:
    there_and_back(steps, template, tmp_path)


def there_and_back(steps: list, template: Path, tmp_path: Path) -> None:
    path = tmp_path / "study.sibtui"
    shutil.copy(template, path)
    session = Session(path)
    try:
        for verb, seed in steps:
            session.step(verb, seed)
        after = dump(path)
        acts = len(session.done) - 1
        session.undo(acts)
        session.step("reopen", 0)
        session.redo(acts)
        assert dump(path) == after
        damage = [finding for finding in session.project.check() if finding.kind == "damage"]
        assert damage == []
        assert session.project._session.store.scalar("SELECT replaying FROM history") == 0
        assert session.project._session.store.scalar("SELECT act FROM history") is None
    finally:
        session.project.close()


@pytest.mark.parametrize("verb", in_part(VERBS, 3))
def test_the_act_of_each_verb_can_be_undone_and_redone(verb: str, template: Path, tmp_path: Path) -> None:
    """Each verb succeeds for some choice of items: an act that is always refused would prove nothing."""
    done = 0
    for seed in range(40):
        path = tmp_path / f"{seed}.sibtui"
        shutil.copy(template, path)
        session = Session(path)
        try:
            session.step(verb, seed)
            if len(session.done) > 1:
                done += 1
                session.undo(1)
                session.redo(1)
                session.undo(1)
        finally:
            session.project.close()
        if done == 2:
            return
    assert done > 0


def test_undo_of_a_merge_gives_each_coding_its_own_code_again(project: Project) -> None:
    kept = apply_code(project, "A1", "Brokering")
    merged = [apply_code(project, "A1", "Budgets", at, at + 5) for at in (20, 30)]
    project.codes.merge("Budgets", into="Brokering")
    assert {coding.code for coding in project.codings.list()} == {"Strengths/Brokering"}
    project.history.undo()
    assert project.codings.get(kept.id).code == "Strengths/Brokering"
    assert [project.codings.get(coding.id).code for coding in merged] == ["Strengths/Budgets"] * 2
    project.history.redo()
    assert {coding.code for coding in project.codings.list()} == {"Strengths/Brokering"}


@pytest.mark.parametrize("text", HOSTILE)
def test_undo_restores_a_removed_source_with_its_exact_text_and_codings(project: Project, text: str) -> None:
    add_source(project, f"note {text}", "SIB A", text=text * 3, title=text, attributes={"mode": text})
    apply_code(project, f"note {text}", "Brokering", 0, 2 * len(text), memo=text)
    source, codings = project.sources.get(f"note {text}"), list(project.codings.list())
    project.sources.remove(f"note {text}")
    assert list(project.codings.list()) == []
    project.history.undo()
    assert project.sources.get(f"note {text}") == source
    assert project.sources.text(f"note {text}") == text * 3
    assert list(project.codings.list()) == codings


def test_several_acts_are_undone_at_once_newest_first(project: Project) -> None:
    for label in ("SIB C", "SIB D"):
        project.cases.add(label)
    assert [act.summary for act in project.history.undo(2)] == ["case SIB D", "case SIB C"]
    assert [act.summary for act in project.history.redo(9)] == ["case SIB C", "case SIB D"]
    assert project.history.redo() == []


def test_everything_can_be_undone_down_to_the_empty_study(project: Project) -> None:
    project.history.undo(1000)
    rows = dump(project.path)
    assert {table for table, found in rows.items() if found} == {"project"}
    assert project.history.undo() == []


def test_a_study_keeps_its_first_name_when_everything_is_undone(empty: Project) -> None:
    empty.set_study(name="Renamed", first_note=2)
    assert (empty.study.name, empty.study.first_note) == ("Renamed", 2)
    empty.history.undo(10)
    assert (empty.study.name, empty.study.first_note) == ("study", 1)


def test_a_large_import_is_one_act(project: Project) -> None:
    drafts = [CodingDraft("A1", "Brokering", Segment(at, at + 3), memo=str(at)) for at in range(160)]
    assert project.codings.import_(drafts).added == 160
    newest = project.history.list(limit=1)[0]
    assert (newest.verb, newest.summary, newest.changes) == ("coding import", "160 codings", 320)
    before = dump(project.path)
    project.history.undo()
    assert project.codings.count() == 0
    project.history.redo()
    assert dump(project.path) == before


def test_the_history_lists_acts_with_coder_and_summary_newest_first(project: Project) -> None:
    project.cases.add("SIB C")
    newest, before = project.history.list(limit=2)
    assert (newest.verb, newest.summary, newest.coder, newest.state) == ("case add", "case SIB C", "Ana", "done")
    assert newest.id == before.id + 1
    assert project.history.get(newest.id) == newest


def test_the_acts_of_a_coder_who_made_no_change_are_an_empty_list(project: Project) -> None:
    apply_code(project, "A1", "Budgets", coder="R9")
    assert project.history.list(coder="R9") == project.history.list(coder="r9") == []
    assert project.history.list(coder="ana") == project.history.list()
    with pytest.raises(NotFoundError, match="No coder is named “R99”"):
        project.history.list(coder="R99")


@pytest.mark.parametrize("dropped", [False, True])
def test_undone_acts_of_a_later_source_with_the_same_row_id_are_not_listed(project: Project, *, dropped: bool) -> None:
    project.sources.remove("AB")
    removed = project.history.list()[0].id
    add_source(project, "new", "SIB A")
    apply_code(project, "new", "Budgets")
    project.history.undo(3)
    if dropped:
        apply_code(project, "AB", "Groups")
    listed = project.history.list(source="AB")
    assert [act.verb for act in listed] == ["coding add"] * dropped + ["source remove", "source add"]
    assert listed[-2].id == removed


def verbs(project: Project, **item: str) -> list[str]:
    return [act.verb for act in project.history.list(**item)]


def test_the_acts_of_a_removed_source_are_listed_without_those_of_a_later_source_with_its_row_id(
    project: Project,
) -> None:
    coding = apply_code(project, "AB", "Budgets")
    project.codings.set(coding.id, memo="Mine.")
    project.sources.remove("AB")
    expected = ["source remove", "coding set", "coding add", "source add"]
    assert verbs(project, source="ab") == expected
    add_source(project, "new", "SIB A")
    apply_code(project, "new", "Budgets")
    assert verbs(project, source="AB") == expected
    assert verbs(project, source="new") == ["coding add", "source add"]
    project.sources.remove("new")
    assert verbs(project, source="new") == ["source remove", "coding add", "source add"]
    assert verbs(project, source="AB") == expected
    project.history.undo(4)
    assert verbs(project, source="AB") == ["source remove", "coding set", "coding add", "source add"]
    with pytest.raises(NotFoundError, match="No source is named “new”"):
        project.history.list(source="new")


def test_the_acts_of_several_removed_sources_with_one_name_are_listed_together(project: Project) -> None:
    for _ in range(2):
        add_source(project, "new", "SIB A")
        apply_code(project, "new", "Budgets")
        project.sources.remove("new")
    add_source(project, "other", "SIB A")
    assert verbs(project, source="new") == ["source remove", "coding add", "source add"] * 2


def test_the_acts_of_many_imported_codings_of_a_removed_source_are_listed(project: Project) -> None:
    add_source(project, "new", "SIB A")
    drafts = [CodingDraft("new", "Innovation/Groups", Segment(at, at + 2)) for at in range(100)]
    project.codings.import_(drafts)
    project.history.undo()
    project.codings.import_(drafts[:50])
    project.sources.remove("new")
    assert verbs(project, source="new") == ["source remove", "coding import", "coding import", "source add"]


def test_the_acts_of_a_removed_or_merged_code_are_listed_by_its_path_or_name(project: Project) -> None:
    add_code(project, "Theme/Below/Peers")
    apply_code(project, "A1", "Peers")
    project.codes.merge("Peers", into="Budgets")
    for name in ("peers", "Below/Peers", "Theme/Below/Peers"):
        assert verbs(project, code=name) == ["code merge", "coding add", "code add"]
    add_code(project, "Peers of all")
    assert verbs(project, code="Peers") == ["code merge", "coding add", "code add"]
    assert verbs(project, code="Peers of") == ["code add"]
    project.codes.remove("Theme/Below")
    assert verbs(project, code="Theme/Below/Peers") == ["code merge", "coding add", "code add"]
    assert verbs(project, code="Theme/Below") == ["code remove", "code add"]


def test_a_withdrawn_source_is_not_found_by_its_name(project: Project) -> None:
    add_source(project, "secret", "SIB A")
    project.sources.withdraw("secret")
    with pytest.raises(NotFoundError, match="No source is named “secret”"):
        project.history.list(source="secret")


@pytest.mark.parametrize("several", [1, 100])
def test_undone_acts_of_a_later_coding_with_the_same_row_id_are_not_listed(
    project: Project, several: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codings, "_highest_id", highest_present_id)
    coding = apply_code(project, "A1", "Budgets")
    project.codings.remove(coding.id)
    found = project.codings.import_(
        CodingDraft("B1", "Innovation/Groups", Segment(at, at + 2)) for at in range(several)
    )
    assert found.added == several, found
    assert next(iter(project.codings.list())).id == coding.id
    imported = project.history.list()[0].id
    project.history.undo(2)
    for item in ({"source": "A1"}, {"code": "Budgets"}):
        assert imported not in [act.id for act in project.history.list(**item)]
    for item in ({"source": "B1"}, {"code": "Groups"}):
        assert imported in [act.id for act in project.history.list(**item)]


def test_the_changes_of_an_act_that_does_not_exist_are_refused(project: Project) -> None:
    with pytest.raises(NotFoundError, match="There is no act 999"):
        project.history.changes(999)


def test_the_changes_of_an_act_are_rows_before_and_after(project: Project) -> None:
    project.codes.rename("Budgets", "Money")
    renamed, noted = project.history.changes(project.history.list(limit=1)[0].id)
    assert (renamed.table, renamed.before["name"], renamed.after["name"]) == ("codes", "Budgets", "Money")
    assert (noted.table, noted.before, noted.after["event"]) == ("lineage", None, "renamed")


def test_several_verbs_in_one_act_are_one_entry_and_one_undo(project: Project) -> None:
    before = dump(project.path)
    with project.act("tidy up", "two codes merged"):
        project.codes.merge("Budgets", into="Brokering")
        project.codes.rename("Brokering", "Brokering and budgets")
    assert project.history.list(limit=1)[0].summary == "two codes merged"
    project.history.undo()
    assert dump(project.path) == before


@pytest.mark.parametrize(
    "again",
    [
        lambda p: p.cases.set("SIB A", new_label="SIB A", private_name="", position=1),
        lambda p: p.sources.set("A1", title="", kind="interview", cases=["SIB A"]),
        lambda p: p.codes.set("Brokering", definition="", status="active"),
        lambda p: p.codes.rename("Brokering", "Brokering"),
        lambda p: p.codes.move("Brokering", "Strengths", position=1),
        lambda p: p.codes.restore("Brokering"),
        lambda p: p.codes.import_(p.codes.export()),
        lambda p: p.codings.set(1, code="Brokering", stance="supports", certainty="firm", cases=["SIB A"], memo="m"),
        lambda p: p.memos.set(1, title="", text="t"),
        lambda p: p.sources.set_topic("A1", "Brokering", "asked"),
        lambda p: p.set_study(name="study", first_note=1),
        lambda p: p.attributes.set("case", "region", new_name="region", kind="text", position=1),
        lambda p: p.cases.set("SIB A", attributes={"region": "North"}),
    ],
)
def test_setting_the_current_value_adds_nothing_to_the_history(
    project: Project, again: Callable[[Project], object]
) -> None:
    apply_code(project, "A1", "Brokering", memo="m")
    project.memos.add(MemoDraft("project", "", "", "t"))
    project.sources.set_topic("A1", "Brokering", "asked")
    project.cases.set("SIB A", attributes={"region": "North"})
    acts = project.history.list()
    again(project)
    assert project.history.list() == acts


def test_a_refused_draft_leaves_no_trace_in_an_act_that_continues(project: Project) -> None:
    draft = SourceDraft("good", "text", cases=("SIB C",))
    project.sources.add([draft, replace(draft, name="A1", cases=("SIB D",)), replace(draft, name="other")])
    assert [case.label for case in project.cases.list()] == ["SIB A", "SIB B", "SIB C"]
    assert project.history.list(limit=1)[0].summary == "2 sources"


def test_the_load_of_a_study_is_listed_and_cannot_be_undone(project: Project, tmp_path: Path) -> None:
    draft = study_draft(project._session)
    with Project.create(tmp_path / "again.sibtui", draft=draft) as again:
        assert [act.verb for act in again.history.list()] == ["study load"]
        assert again.history.undo() == []
        again.codes.add(CodeDraft("New/Code"))
        assert [act.verb for act in again.history.undo(10)] == ["code add"]
        assert study_draft(again._session) == draft


def test_nothing_is_undone_or_redone_while_an_act_is_open(project: Project) -> None:
    project.codes.add(CodeDraft("New"))
    with project.act("tidy up", "several changes"):
        project.codes.add(CodeDraft("Newer"))
        for move in (project.history.undo, project.history.redo):
            with pytest.raises(ConflictError, match="An act is open"):
                move()
    assert {"New", "Newer"} <= {code.path for code in project.codes.list()}


@pytest.mark.parametrize("state", ["done", "undone", "changed since"])
@pytest.mark.parametrize("count", [3, 250])
def test_the_texts_of_changes_are_their_values_as_json(tmp_path: Path, count: int, state: str) -> None:
    with Project.create(tmp_path / "study.sibtui", coder="Ana") as project:
        small_study(project)
        add_source(project, "odd", "SIB A", text="“Naïve”\t \\ \x1b" * 200)
        project.codings.import_(
            CodingDraft("odd", "Strengths/Budgets", Segment(at, at + 9), memo='  a "memo" \n' * (at % 2))
            for at in range(count)
        )
        act = project.history.list(limit=1)[0].id
        if state == "undone":
            project.history.undo()
        elif state == "changed since":
            project.codings.set([coding.id for coding in project.codings.list(limit=1)], memo="Later.")
        expected = [(c.table, c.row, json.dumps(c.after, ensure_ascii=False)) for c in project.history.changes(act)]
        texts = list(project.history.change_texts(act))
        assert [(table, row, after) for table, row, _, _, after in texts] == expected
        for width in (1, 60, 400):
            short = list(project.history.change_texts(act, width=width))
            assert short == [
                (*facts, one_line(before, width), one_line(after, width)) for *facts, before, after in texts
            ]
        assert list(project.history.change_texts(act, limit=2)) == texts[:2]
