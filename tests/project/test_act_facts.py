"""Messages of undo and redo name the fact of each act."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sibtui
from sibtui import (
    Claim,
    CodeDraft,
    CodingDraft,
    MatrixDefinition,
    Project,
    RowDefinition,
    Segment,
    SourceDraft,
    StudyDraft,
)
from sibtui.model.act_facts import VERBS
from sibtui.model.records import Study

from .study import TEXT, add_source, opened

if TYPE_CHECKING:
    from collections.abc import Callable


def tidied(project: Project) -> None:
    with project.act("tidy up", "two codes"):
        project.codes.add("One")
        project.codes.add("Two")


def store_and_remove_a_claim(project: Project) -> None:
    project.claims.add(Claim("C1", "Two."))
    project.claims.remove("c1")


def write_a_summary(project: Project) -> None:
    project.summaries.set_code("Brokering", "SIB A", "They broker.")


def rename_a_set(project: Project) -> None:
    project.sets.add("pilot", "A1")
    project.sets.rename("Pilot", "first visits")


def make_and_remove_a_set(project: Project) -> None:
    project.sets.add("pilot", "A1")
    project.sets.remove("pilot")


def save_and_remove_a_query(project: Project) -> None:
    project.queries.save("Doubts", "waiting")
    project.queries.remove("doubts")


ROWS = (RowDefinition("Work", "Strengths"), RowDefinition("Groups", "Groups"))

FACTS: dict[str, tuple[str, Callable[[Project], object], str]] = {
    "an attribute is added": ("attribute add", lambda p: p.attributes.add("case", "stage"), "attribute stage of cases added"),
    "an attribute is renamed": (
        "attribute set", lambda p: p.attributes.set("source", "mode", new_name="way"), "attribute mode of sources: renamed to way",
    ),
    "an attribute is removed": (
        "attribute remove", lambda p: p.attributes.remove("source", "mode"), "attribute mode of sources removed",
    ),
    "a case is added": ("case add", lambda p: p.cases.add("SIB C"), "case SIB C added"),
    "a case is renamed": ("case set", lambda p: p.cases.set("SIB A", new_label="Housing"), "case SIB A: renamed to Housing"),
    "a case gets a value": (
        "case set", lambda p: p.cases.set("SIB A", attributes={"stage": "late"}), "case SIB A: stage now “late”",
    ),
    "words are replaced": (
        "source replace", lambda p: p.sources.replace("Mondays", "Fridays"), "“Mondays” replaced by “Fridays”",
    ),
    "a case is merged": ("case merge", lambda p: p.cases.merge("SIB B", into="SIB A"), "case SIB B merged into SIB A"),
    "a case is removed": ("case remove", lambda p: p.cases.remove("SIB B"), "case SIB B removed"),
    "a code is added": ("code add", lambda p: p.codes.add("Leaving/Late"), "code Leaving/Late added"),
    "a code is defined": ("code set", lambda p: p.codes.set("Groups", definition="They meet."), "code Groups: definition changed"),
    "a code gets a key": ("code set", lambda p: p.codes.set("Groups", key="G"), "code Groups: key now G"),
    "a code is to be read again": (
        "code set", lambda p: p.codes.set("Groups", reread="It is wider."), "code Groups: to be read again",
    ),
    "a code is renamed": ("code rename", lambda p: p.codes.rename("Groups", "Circles"), "code Groups renamed to Circles"),
    "a code is moved": ("code move", lambda p: p.codes.move("Groups", under="Strengths"), "code Groups moved to Strengths"),
    "a code is merged": ("code merge", lambda p: p.codes.merge("Groups", into="Budgets"), "code Groups merged into Budgets"),
    "a code is split": (
        "code split", lambda p: p.codes.split("Brokering", "Coaching", [1]), "1 coding of code Brokering split into Coaching",
    ),
    "a code is retired": ("code retire", lambda p: p.codes.retire("Groups"), "code Groups retired"),
    "a code is restored": ("code restore", lambda p: (p.codes.retire("Groups"), p.codes.restore("Groups")), "code Groups back in use"),
    "a code is removed": ("code remove", lambda p: (p.codes.add("Spare"), p.codes.remove("Spare")), "code Spare removed"),
    "a codebook is imported": (
        "code import", lambda p: p.codes.import_(CodeDraft("Leaving")), "codebook imported, 1 code added, 0 changed",
    ),
    "a code is proposed": ("code propose", lambda p: p.proposals.add("Peers"), "1 code proposed"),
    "a proposal is accepted": (
        "code accept", lambda p: (p.proposals.add("Peers"), p.proposals.accept(1)), "1 proposal accepted into Peers",
    ),
    "a proposal is rejected": (
        "code reject", lambda p: (p.proposals.add("Peers"), p.proposals.reject(1, "Too broad.")), "1 proposal rejected",
    ),
    "a coding is added": (
        "coding add", lambda p: p.codings.add("A1", "Groups", quote="meets on Mondays"),
        "“meets on Mondays” coded Innovation/Groups",
    ),
    "a coding becomes tentative": (
        "coding set", lambda p: p.codings.set(1, certainty="tentative"), "“The link workers” now tentative",
    ),
    "a coding becomes firm": (
        "coding set", lambda p: (p.codings.set(1, certainty="tentative"), p.codings.set(1, certainty="firm")),
        "“The link workers” no longer tentative",
    ),
    "a coding becomes counter-evidence": (
        "coding set", lambda p: p.codings.set(1, stance="counters"), "“The link workers” now counter-evidence",
    ),
    "a coding gets another code": (
        "coding set", lambda p: p.codings.set(1, code="Groups"), "“The link workers” now coded Innovation/Groups",
    ),
    "a coding gets other edges": (
        "coding set", lambda p: p.codings.set(1, segment=Segment(4, 16)), "“link workers” with other edges",
    ),
    "a coding gets a memo": ("coding set", lambda p: p.codings.set(1, memo="Ask."), "“The link workers” with another memo"),
    "a coding gets another coder": ("coding set", lambda p: p.codings.set(1, coder="Ben"), "“The link workers” by another coder"),
    "a coding gets its case": (
        "coding set", lambda p: p.codings.attribute(2, "SIB B"), "“They hold a personal” now about SIB B",
    ),
    "a coding loses its case": (
        "coding set", lambda p: p.codings.set(1, cases=()), "“The link workers” without its case",
    ),
    "several codings change": ("coding set", lambda p: p.codings.set([1, 2], certainty="tentative"), "2 codings now tentative"),
    "a coding is removed": (
        "coding remove", lambda p: p.codings.remove(1), "“The link workers” no longer coded Strengths/Brokering",
    ),
    "codings are removed": ("coding remove", lambda p: p.codings.remove([1, 2]), "2 codings removed"),
    "codings are attributed by speaker": (
        "coding attribute", lambda p: p.codings.attribute_by_speaker("talk", {"Guest": "SIB A"}),
        "1 coding in talk attributed by speaker",
    ),
    "codings are imported": (
        "coding import", lambda p: p.codings.import_(CodingDraft("A1", "Innovation/Groups", quote="meets on Mondays")),
        "1 coding imported",
    ),
    "a disagreement is decided": (
        "coding decide",
        lambda p: (
            p.readings.add("A1", coder="R1"), p.readings.add("A1", coder="R2"),
            p.codings.add("A1", "Groups", segment=Segment(4, 16), coder="R1"), p.codings.decide(4, "1", coder=["R1", "R2"]),
        ),
        "decided A1 4:16: as R1",
    ),
    "a matrix is saved": ("matrix define", lambda p: p.matrices.define(MatrixDefinition("t2", "T", ROWS)), "matrix t2 saved"),
    "a cell is judged": (
        "matrix judge", lambda p: p.matrices.judge("t1", "Work", "SIB B", "present", "Seen."), "Work in SIB B judged present",
    ),
    "a judgement is removed": (
        "matrix judge", lambda p: p.matrices.unjudge("t1", "Work", "SIB A"), "judgement on Work in SIB A removed",
    ),
    "a matrix is renamed": ("matrix rename", lambda p: p.matrices.rename("t1", "T 1"), "matrix t1 renamed to T 1"),
    "a matrix is removed": ("matrix remove", lambda p: p.matrices.remove("t1"), "matrix t1 removed"),
    "a memo is written": ("memo add", lambda p: p.memos.add("Ask.", on="source", of="A1"), "memo on source A1 written"),
    "a memo is changed": ("memo set", lambda p: p.memos.set(1, text="Ask her."), "memo 1: text changed"),
    "a memo is removed": ("memo remove", lambda p: p.memos.remove(1), "memo 1 removed"),
    "a claim is stored": ("claim add", lambda p: p.claims.add(Claim("C1", "Two.")), "claim C1 stored"),
    "claims are stored": ("claim import", lambda p: p.claims.load([Claim("C1", "Two.")]), "1 claim stored"),
    "a claim is removed": ("claim remove", store_and_remove_a_claim, "claim C1 removed"),
    "a set of sources is made": ("set change", lambda p: p.sets.add("pilot", ["A1", "B1"]), "set pilot now with A1 and B1"),
    "a set gets another name": ("set rename", rename_a_set, "set pilot renamed to first visits"),
    "a set is removed": ("set remove", make_and_remove_a_set, "set pilot removed"),
    "a query is saved": ("query save", lambda p: p.queries.save("Doubts", "waiting"), "query Doubts saved"),
    "a query is removed": ("query remove", save_and_remove_a_query, "query Doubts removed"),
    "a summary is written": ("summary set", write_a_summary, "summary of Strengths/Brokering in SIB A written"),
    "a summary is removed": (
        "summary remove",
        lambda p: (write_a_summary(p), p.summaries.remove_code("Brokering", "SIB A")),
        "summary of Strengths/Brokering in SIB A removed",
    ),
    "a source is read": ("reading add", lambda p: p.readings.add("AB"), "reading of AB by Ana recorded"),
    "a round begins": ("round start", lambda p: p.rounds.start("again"), "again, round 2 of Ana started"),
    "a round ends": ("round end", lambda p: (p.rounds.start("again"), p.rounds.end()), "again, round 2 of Ana ended"),
    "a reading is removed": ("reading remove", lambda p: p.readings.remove("A1"), "reading of A1 by Ana removed"),
    "a source is added": ("source add", lambda p: add_source(p, "C1"), "source C1 added"),
    "sources are added": (
        "source add", lambda p: p.sources.add([SourceDraft("C1", "One."), SourceDraft("C2", "Two.")]), "2 sources added",
    ),
    "a source is renamed": ("source set", lambda p: p.sources.set("A1", new_name="A2"), "source A1: renamed to A2"),
    "a source gets a case": (
        "source set", lambda p: p.sources.set("A1", cases=("SIB A", "SIB B")), "source A1: now about SIB B",
    ),
    "a source is unread": ("source set", lambda p: p.sources.set("A1", reading="unread"), "source A1: no longer read"),
    "a text is corrected": (
        "source set", lambda p: p.sources.correct("A1", TEXT.replace("Mondays", "Tuesdays")), "text of source A1: corrected",
    ),
    "a source is removed": ("source remove", lambda p: p.sources.remove("AB"), "source AB removed"),
    "the study is renamed": ("study set", lambda p: p.set_study(name="Two SIBs"), "the study: renamed to Two SIBs"),
    "a script changes several things": (
        "tidy up", tidied, "tidy up: two codes",
    ),
}  # fmt: skip
"""Condition → the verb of its act, the act, and its fact."""


@pytest.fixture
def study(project: Project) -> Project:
    """Three codings (one without a case), a matrix with a judgement, a memo, attributes, a talk of two speakers."""
    project.sources.set("A1", attributes={"mode": "phone"})
    project.codings.add("A1", "Brokering", segment=Segment(0, 16))
    project.codings.add("AB", "Budgets", quote="They hold a personal")
    talk = "Host: Why?\nGuest: We left.\n"
    project.sources.add(SourceDraft("talk", talk, cases=("SIB A", "SIB B")), strict=True)
    project.codings.add("talk", "Groups", quote="We left")
    project.memos.add("Ask.")
    project.matrices.define(MatrixDefinition("t1", "T", ROWS))
    project.matrices.judge("t1", "Work", "SIB A", "absent", "Only plans.")
    return project


@pytest.mark.parametrize("condition", FACTS)
def test_the_messages_of_undo_and_redo_describe_the_act(study: Project, condition: str) -> None:
    verb, change, fact = FACTS[condition]
    change(study)
    act = study.history.list(limit=1)[0]
    assert (act.verb, study.history.fact(act)) == (verb, fact)
    assert study.history.message(study.history.undo(), undone=True) == f"Undone: {fact}."
    assert study.history.message(study.history.redo(), undone=False) == f"Redone: {fact}."


ELSEWHERE = {"pseudonym apply", "pseudonym erase", "source erase", "source withdraw", "study merge"}
"""The verbs whose facts other modules test: `test_pseudonyms.py`, `test_originals.py`, `test_older_texts.py`, `test_withdrawal.py`
and `test_merging.py`."""


def test_every_verb_of_the_package_has_a_fact_and_a_test() -> None:
    files = Path(sibtui.__file__).parent.rglob("*.py")
    code = "\n".join(re.sub(r"(?m)^ *(>>>|\.\.\.).*$", "", file.read_text(encoding="utf-8")) for file in files)
    used = set(re.findall(r'(?:act|_changing|bulk_load)\(\s*"(\w+ \w+)"', code)) - {"tidy up"}
    used |= {"code retire", "code restore"}  # made from a word
    used |= {"source erase"}  # in studies of earlier versions
    used |= set(re.findall(r'^\w*VERB = "(\w+ \w+)"', code, re.MULTILINE))
    assert used == VERBS
    assert {verb for verb, _, _ in FACTS.values()} >= used - {"study load"} - ELSEWHERE


def test_the_first_act_of_a_loaded_study_names_the_study(tmp_path: Path) -> None:
    draft = StudyDraft(Study("Two SIBs", "", "", "", 1), sources=(SourceDraft("n1", "Text."),))
    Project.create(tmp_path / "s.sibtui", draft=draft).close()
    with opened(tmp_path / "s.sibtui") as project:
        assert project.history.fact(project.history.get(1)) == "study Two SIBs loaded"


def test_a_message_reports_that_there_is_nothing_to_undo_or_redo(empty: Project) -> None:
    assert empty.history.message(empty.history.undo(), undone=True) == "There is nothing to undo."
    assert empty.history.message(empty.history.redo(), undone=False) == "There is nothing to redo."
