"""The erasure of older texts: the file holds none of their words any more, and no act before it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui import MatrixDefinition, Project, RowDefinition, Segment, SourceDraft
from sibtui.errors import ConflictError
from sibtui.model.erased_words import ErasedWords
from sibtui.project.erasing.older_texts import erase_in_act
from sibtui.store import erasure

from .byte_search import files_with

if TYPE_CHECKING:
    from pathlib import Path

OLD = "Zoë Kowalczyk came late. Nobody called Zoë back, said Kowalczyk. The office closed early."
NEW = OLD.replace("Zoë Kowalczyk", "Ada").replace("Zoë", "Ada").replace("Kowalczyk", "Ada")
REAL = ["Zoë", "Kowalczyk"]


@pytest.fixture
def study(empty: Project) -> Project:
    empty.cases.add("North")
    empty.sources.add(SourceDraft("n1", OLD, cases="North", original="n1.txt"))
    empty.sources.add(SourceDraft("n2", "Nothing happened.", cases="North"))
    empty.codes.add("Trust")
    empty.codings.add("n1", "Trust", quote="Nobody called Zoë back")
    empty.matrices.define(MatrixDefinition("t", "T", rows=(RowDefinition("Trust", "Trust"),)))
    empty.matrices.judge("t", "Trust", "North", "present", because="clear")
    empty.memos.add("A memo on Zoë.", on="source", of="n1")
    empty.memos.set(1, text="A memo.")
    for old, new in (("Zoë Kowalczyk", "Ada"), ("Zoë", "Ada"), ("Kowalczyk", "Ada")):
        empty.sources.replace(old, new)
    return empty


def erase(study: Project, *names: str) -> None:
    session = study._session
    ids = [study.sources.get(name).id for name in names]
    erasure.compact(session.store)
    with study.act("source erase", f"older texts of {len(names)} sources"):
        erase_in_act(session, ids, ErasedWords(words=REAL, mark="[erased]"))
    erasure.compact_if_possible(session.store)


def test_the_file_holds_no_real_name_after_the_erasure(study: Project, tmp_path: Path) -> None:
    assert files_with(tmp_path, REAL)
    erase(study, "n1")
    assert files_with(tmp_path, REAL) == []
    assert study.sources.text("n1") == NEW
    assert [version.version for version in study.sources.versions("n1")] == [4]


def test_acts_before_an_erasure_from_the_history_cannot_be_undone(study: Project) -> None:
    erase(study)
    with pytest.raises(ConflictError):
        study.history.undo()
    assert erasure.records(study._session.store) == [("older texts", study.study.guid, "", "")]


def test_codings_stay_correct_and_the_study_stays_sound_after_an_erasure(study: Project) -> None:
    erase(study, "n1")
    [coding] = study.codings.list()
    assert coding.quote == "Nobody called Ada back" == coding.segment.quote(NEW)
    assert [finding for finding in study.check() if finding.kind == "damage"] == []
    for act in study.history.list():
        study.history.facts(act.id)
        study.history.fact(act)
        study.history.place(act.id)


def test_a_judgement_on_erased_words_is_stale(study: Project) -> None:
    erase(study, "n1")
    cell = study.matrices.show("t").rows[0].cells[0]
    assert cell.judgement.basis.quotes[0].quote == ""
    assert "1 quote was erased" in cell.changes


def test_nothing_before_an_erasure_can_be_undone(study: Project) -> None:
    study.history.undo()
    erase(study, "n1")
    assert study.history.redo() == []
    study.codes.add("Later")
    number = study.history.list(limit=2)[1].id
    with pytest.raises(
        ConflictError,
        match=rf"^Act {number} erased texts for good: neither it nor an act before it can be undone; 1 later act can\.$",
    ):
        study.history.undo(2)
    assert study.codes.list()[-1].path == "Later"
    study.history.undo()
    with pytest.raises(
        ConflictError, match=rf"^Act {number} erased texts for good: neither it nor an act before it can be undone\.$"
    ):
        study.history.undo()


def test_the_act_of_an_erasure_counts_its_sources(study: Project) -> None:
    erase(study, "n1", "n2")
    [act] = study.history.list(limit=1)
    assert (act.verb, study.history.fact(act)) == ("source erase", "older texts of 2 sources erased")


def test_an_undecided_coding_keeps_its_quote_without_the_real_name(study: Project, tmp_path: Path) -> None:
    study.sources.correct("n1", OLD)
    study.codings.set(1, segment=Segment(25, 47))
    study.sources.correct("n1", "The office closed early. It rained.")
    assert study.codings.get(1).quote == "Nobody called Zoë back"
    erase(study, "n1")
    assert study.codings.get(1).quote == "Nobody called [erased] back"
    assert files_with(tmp_path, REAL) == []
    assert [each.coding.id for each in study.codings.undecided()] == [1]
