"""Withdrawal of a source: no byte of it stays in the study, its copies and the files of the program; all else stays right."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui import CodingDraft, MatrixDefinition, Project, RowDefinition, Segment, SourceDraft
from sibtui.errors import ConflictError, NotFoundError, StudyFileError
from sibtui.project.erasing.withdrawal import Withdrawing
from sibtui.project.erasing.word_erasure import _without_names
from sibtui.store import erasure, opening, part_files, seals
from sibtui.store.file_errors import explaining_errors

from .byte_search import files_with
from .study import tampered

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.store.connection import Store

NAME = "Interview Zoë Kowalczyk"
CANARIES = ("Qwmarzipan", "Qwjuniper", "Zoë", "Kowalczyk", "Qwmemo", "Qwattribute", "Qwfile", "Qwrationale")
TEXT = "They asked me about Qwjuniper money and nobody ever wrote back. It was the worst winter for all of us, Qwmarzipan said."
CORRECTED = TEXT.replace("Qwmarzipan said", "she said")
OTHER = "We all got letters in spring. Nobody complained. It was fine for all of us."


@pytest.fixture
def study(empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path / "config"))
    empty.cases.add("North")
    empty.attributes.add("source", "label")
    empty.sources.add(
        [
            SourceDraft("n1", TEXT, cases="North", original="Qwfile.txt", attributes={"label": "Qwattribute"}),
            SourceDraft("n2", OTHER, cases="North"),
        ]
    )
    for code in ("Trust", "Money"):
        empty.codes.add(code)
    empty.codings.add("n1", "Trust", quote="nobody ever wrote back", memo="Qwmemo one")
    empty.codings.add("n1", "Money", quote="Qwmarzipan")
    empty.codings.add("n2", "Trust", quote="Nobody complained")
    empty.memos.add("Qwmemo two", on="source", of="n1")
    empty.memos.add("She says “the worst winter for all of us”, or “nobody ever wrote back”.", on="code", of="Trust")
    empty.proposals.add(
        "Story of Interview Zoë Kowalczyk",
        definition="“It was the worst winter for all of us, Qwmarzipan said”",
        coder="R2",
    )
    empty.proposals.add("Winters", definition="As in Interview Zoë Kowalczyk")
    empty.proposals.reject([1], "“nobody ever wrote back” is Money")
    empty.proposals.accept([2], "Trust", because="See “They asked me about Qwjuniper money”")
    empty.history.undo()
    empty.codes.set("Money", example="They asked me about Qwjuniper money (Interview Zoë Kowalczyk)")
    for columns in ("cases", "sources", "source attribute:label"):
        empty.matrices.define(MatrixDefinition(columns, "T", rows=(RowDefinition("Trust", "Trust"),), columns=columns))
    empty.matrices.judge("cases", "Trust", "North", "present", because="“nobody ever wrote back” is plain")
    empty.matrices.judge("sources", "Trust", "n1", "present", because="Qwrationale")
    empty.matrices.judge("source attribute:label", "Trust", "Qwattribute", "present", because="Qwrationale")
    empty.sources.correct("n1", CORRECTED)
    empty.sources.set("n1", new_name=NAME)
    empty.sources.set_topic(NAME, "Trust", "asked")
    empty.codings.remove(1)
    empty.history.undo()
    empty.memos.add("An undone Qwmemo", on="source", of=NAME)
    empty.history.undo()
    return empty


def test_no_bytes_of_a_withdrawn_source_remain_in_the_file(study: Project, tmp_path: Path) -> None:
    assert {word for _, word in files_with(tmp_path, CANARIES)} == set(CANARIES)
    withdrawal = study.sources.withdraw(NAME)
    study.close()
    assert files_with(tmp_path, CANARIES) == []
    assert withdrawal.sources == (NAME,)
    assert {what: withdrawal.erased[what] for what in ("text", "coding", "memo", "attribute value", "table column")} == {
        "text": 2, "coding": 2, "memo": 1, "attribute value": 1, "table column": 2,
    }  # fmt: skip


def test_a_withdrawal_leaves_the_rest_of_the_study_correct(study: Project) -> None:
    study.sources.withdraw(NAME)
    assert study.sources.names() == ("n2",)
    assert [coding.quote for coding in study.codings.list()] == ["Nobody complained"]
    assert study.memos.list()[0].text == "She says “[withdrawn]”, or “[withdrawn]”."
    assert study.codes.get("Money").example == "[withdrawn] ([withdrawn])"
    assert [(p.path, p.definition, p.reason) for p in study.proposals.list()] == [
        ("Story of [withdrawn]", "“[withdrawn]”", "“[withdrawn]” is Money"),
        ("Winters", "As in [withdrawn]", ""),
    ]
    assert [finding for finding in study.check() if finding.kind == "damage"] == []
    for act in study.history.list():
        study.history.facts(act.id)
        study.history.fact(act)
        study.history.place(act.id)


def test_a_judgement_loses_a_withdrawn_quote_and_gets_a_new_basis(study: Project) -> None:
    study.sources.withdraw(NAME)
    [cell] = study.matrices.show("cases").rows[0].cells
    assert cell.judgement.because == "“[withdrawn]” is plain"
    assert cell.changes == (
        "1 quote was erased",
        "it was open that [withdrawn] and n2 are unread, now that n2 is unread",
    )
    assert [quote.quote for quote in cell.judgement.basis.quotes if quote.quote] == ["Nobody complained"]
    assert cell.quotes == 1


def test_the_act_records_the_withdrawal_without_a_name(study: Project) -> None:
    uid = study.sources.get(NAME).uid
    withdrawal = study.sources.withdraw(NAME)
    act = study.history.get(withdrawal.act)
    assert (act.verb, act.summary, act.changes, withdrawal.id) == ("source withdraw", f"source {uid}", 16, uid)
    assert study.history.fact(act) == f"source {uid} withdrawn"
    with pytest.raises(ConflictError, match=f"^Act {act.id} erased texts for good"):
        study.history.undo()


def test_seals_fit_the_history_after_a_withdrawal_and_show_later_changes(study: Project) -> None:
    store = study._session.store
    withdrawal = study.sources.withdraw(NAME)
    study.codes.add("Later")
    study.history.undo()
    assert list(seals.broken(store)) == []
    assert store.scalar("SELECT count(*) FROM seals WHERE resealed_by = ?", (withdrawal.act,)) > 3
    tampered(study.path, f"UPDATE acts SET at = '2020-01-01T00:00:00.001Z' WHERE id = {withdrawal.act}")
    assert next(seals.broken(store)) == withdrawal.act
    assert [finding.where for finding in study.check() if finding.what == "history"] == [f"act {withdrawal.act}"]


def test_a_dry_run_counts_and_changes_nothing(study: Project) -> None:
    before = study.path.read_bytes()
    dry = study.sources.withdraw(NAME, dry_run=True)
    assert study.path.read_bytes() == before
    real = study.sources.withdraw(NAME)
    assert (dry.act, dry.erased, dry.rewritten, dry.stale) == (None, real.erased, real.rewritten, real.stale)
    assert real.rewritten == {"memo": 1, "code": 1, "judgement": 1, "proposal": 2}


def test_a_removed_source_is_erased_from_the_history(study: Project, tmp_path: Path) -> None:
    study.sources.remove(NAME)
    study.codes.add("Later")
    withdrawal = study.sources.withdraw(NAME)
    assert withdrawal.erased["earlier state of a row in the history"] > 5
    assert files_with(tmp_path, CANARIES) == []


def test_the_rows_that_an_undone_import_keeps_are_emptied(study: Project, tmp_path: Path) -> None:
    text = study.sources.text(NAME)
    study.codings.import_(
        CodingDraft(NAME, "Trust", Segment(at, at + 20), quote=text[at : at + 20], memo="Qwmemo") for at in range(101)
    )
    study.history.undo()
    study.sources.withdraw(NAME)
    assert [finding for finding in study.check() if finding.kind == "damage"] == []
    assert files_with(tmp_path, CANARIES) == []


@pytest.mark.parametrize("name", ["Zoë", "interview zoë kowalczyk", ""])
def test_a_source_is_withdrawn_only_by_its_exact_name(study: Project, name: str) -> None:
    study.sources.set(NAME, title="Zoë")
    with pytest.raises(NotFoundError, match="exactly the name"):
        study.sources.withdraw(name)


def test_a_former_name_is_refused_with_the_present_one(study: Project) -> None:
    with pytest.raises(NotFoundError, match=rf"exactly the name “n1”: it is called “{NAME}” now\.$"):
        study.sources.withdraw("n1")


def test_a_removed_source_of_the_same_name_is_erased_too(study: Project, tmp_path: Path) -> None:
    study.sources.remove(NAME)
    study.sources.add(SourceDraft(NAME, "Another text, brought in again.", cases="North"))
    withdrawal = study.sources.withdraw(NAME)
    assert withdrawal.sources == (NAME, NAME)
    assert study.sources.names() == ("n2",)
    assert files_with(tmp_path, CANARIES) == []


@pytest.mark.parametrize("undone", [False, True])
def test_a_source_with_the_reused_row_of_a_removed_source_stays(study: Project, tmp_path: Path, undone: bool) -> None:
    study.sources.add(SourceDraft("gone", "Qwfirst " * 40, cases="North"))
    study.codings.add("gone", "Trust", segment=Segment(0, 7), memo="Qwsecond")
    study.sources.set("gone", title="Qwthird")
    if undone:
        study.history.undo(3)
    else:
        study.sources.remove("gone")
    study.sources.add(SourceDraft("stays", "Kept words here.", "A kept title", cases="North"))
    study.codings.add("stays", "Trust", quote="Kept words", memo="kept")
    study.sources.set("stays", title="Another kept title")
    study.sources.withdraw("gone")
    assert files_with(tmp_path, ("Qwfirst", "Qwsecond", "Qwthird")) == []
    assert study.sources.text("stays") == "Kept words here."
    assert [coding.memo for coding in study.codings.list() if coding.source == "stays"] == ["kept"]
    titles = [change.before["title"] for change in study.history.changes(study.history.list(limit=2)[1].id)]
    assert titles == ["A kept title"]
    assert [finding for finding in study.check() if finding.kind == "damage"] == []


def test_backups_are_rewritten_or_removed(study: Project, tmp_path: Path) -> None:
    backups = tmp_path / "study.sibtui.backups"
    backups.mkdir()
    shutil.copy(study.path, backups / "20261129-105444-123-daily.sibtui")
    shutil.copy(study.path, tmp_path / "study.sibtui.bak")
    shutil.copy("tests/data/study-v1.sibtui", tmp_path / "study.sibtui.v1.bak")
    (backups / "20261129-105444-124-damaged.sibtui").write_text("Qwjuniper money")
    Project.create(backups / "20261129-105444-125-daily.sibtui", name="Another").close()
    left = tmp_path / f".study.sibtui.{part_files._machine()}-999999999-abc.part"
    left.write_text("Qwjuniper")
    dry = study.sources.withdraw(NAME, dry_run=True)
    assert len(list(backups.iterdir())) == 3
    withdrawal = study.sources.withdraw(NAME)
    assert not left.exists()
    assert [(copy.path.name, copy.outcome) for copy in withdrawal.copies] == [
        ("study.sibtui.bak", "rewritten"),
        ("study.sibtui.v1.bak", "removed"),
        ("20261129-105444-123-daily.sibtui", "rewritten"),
        ("20261129-105444-124-damaged.sibtui", "removed"),
    ]
    assert dry.copies[1:] == withdrawal.copies  # the first was swept when the copies were opened
    assert files_with(tmp_path, CANARIES) == []
    with Project.open(tmp_path / "study.sibtui.bak") as copy:
        assert copy.sources.names() == ("n2",)
        assert copy.history.list(limit=1)[0].summary == f"source {withdrawal.id}"


def test_a_backup_in_use_is_not_removed_and_nothing_is_withdrawn(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "study.sibtui.bak"
    shutil.copy(study.path, copy)
    before = copy.read_bytes()
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(copy, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StudyFileError, match="another program is changing the study"):
            study.sources.withdraw(NAME)
    assert copy.read_bytes() == before
    assert NAME in study.sources.names()
    assert [each.outcome for each in study.sources.withdraw(NAME).copies] == ["rewritten"]


def test_a_full_disk_removes_no_backup_and_the_error_names_the_finished_backups(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(study.path, tmp_path / "study.sibtui.bak")
    shutil.copy(study.path, tmp_path / "study.sibtui.v1.bak")
    real = Withdrawing.in_file
    full: list[Path] = []

    def in_file(self: Withdrawing, store: Store) -> object:
        if store.path in full:
            with explaining_errors(store.path, opened=True):
                raise sqlite3.OperationalError("database or disk is full")
        return real(self, store)

    monkeypatch.setattr(Withdrawing, "in_file", in_file)
    full[:] = [tmp_path / "study.sibtui.v1.bak"]
    with pytest.raises(StudyFileError, match=r"v1\.bak is a copy .* there is no room left on the disk.* try again"):
        study.sources.withdraw(NAME)
    full[:] = [study.path]
    with pytest.raises(
        StudyFileError, match=r"Nothing was erased from the study, .* Finished copies: study\.sibtui\.v1\.bak rewritten"
    ):
        study.sources.withdraw(NAME)
    assert (tmp_path / "study.sibtui.v1.bak").exists()
    assert NAME in study.sources.names()
    full.clear()
    study.sources.withdraw(NAME)
    assert files_with(tmp_path, CANARIES) == []


def test_a_backup_without_the_source_stays_as_it_is(study: Project, tmp_path: Path) -> None:
    study.sources.add(SourceDraft("later", "Something else.", cases="North"))
    copy = tmp_path / "study.sibtui.bak"
    shutil.copy(study.path, copy)
    study.sources.add(SourceDraft("last", "Too late.", cases="North"))
    before = copy.read_bytes()
    assert [each.outcome for each in study.sources.withdraw("last").copies] == ["without it"]
    assert copy.read_bytes() == before


def test_a_withdrawn_source_is_removed_from_the_state_and_the_log_of_the_program(
    study: Project, tmp_path: Path
) -> None:
    state = tmp_path / "config" / "state.json"
    state.parent.mkdir()
    place = {"path": str(study.path), "source": NAME, "start": 3, "end": 9, "recent": ["Trust"]}
    other = {"source": NAME, "start": 3}
    state.write_text(json.dumps({"theme": "", "studies": {"h": other, study.study.guid: place}}))
    log = tmp_path / "config" / "sibtui.log"
    log.write_text("error\n    file.py:1 Interview Zoë Kowalczyk\n    file.py:2 show\n", encoding="utf-8")
    assert study.sources.withdraw(NAME, dry_run=True).traces == (state, log)
    assert study.sources.withdraw(NAME).traces == (state, log)
    assert json.loads(state.read_text())["studies"][study.study.guid] == {**place, "source": "", "start": 0, "end": 0}
    assert json.loads(state.read_text())["studies"]["h"]["start"] == 3
    assert log.read_text() == "error\n    file.py:2 show\n"
    assert [file for file, _ in files_with(tmp_path, CANARIES)] == ["config/state.json"] * 2  # of the other study


def test_words_of_other_people_and_names_of_cases_stay_and_are_reported(study: Project) -> None:
    study.sources.add(SourceDraft("n3", "Interview Zoë Kowalczyk came up twice.", cases="North"))
    study.cases.set("North", private_name="the house of Interview Zoë Kowalczyk")
    withdrawal = study.sources.withdraw(NAME)
    assert [(each.kind, each.name, each.count) for each in withdrawal.mentions] == [
        ("source", "n3", 1),
        ("case", "North", 1),
    ]
    assert study.sources.text("n3") == "Interview Zoë Kowalczyk came up twice."


def test_a_case_that_is_left_without_a_source_is_reported(study: Project) -> None:
    study.sources.add(SourceDraft("n3", "Alone.", cases="South"))
    assert study.sources.withdraw("n3").sourceless == ("South",)


def test_freed_pages_are_overwritten_when_the_file_cannot_be_written_again(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compact, calls = erasure.compact, []

    def compact_once(store: Store) -> None:
        calls.append(store)
        if len(calls) > 1:
            raise StudyFileError("There is no room left on the disk.")
        compact(store)

    monkeypatch.setattr(erasure, "compact", compact_once)
    assert study.sources.withdraw(NAME).act is not None
    assert len(calls) == 2
    assert files_with(tmp_path, CANARIES) == []


def test_a_full_disk_stops_a_withdrawal_before_it_changes_anything(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(store: Store) -> None:
        raise StudyFileError("There is no room left on the disk.")

    shutil.copy(study.path, tmp_path / "study.sibtui.bak")
    before = [path.read_bytes() for path in (study.path, tmp_path / "study.sibtui.bak")]
    monkeypatch.setattr(erasure, "compact", no_room)
    with pytest.raises(StudyFileError):
        study.sources.withdraw(NAME)
    assert [path.read_bytes() for path in (study.path, tmp_path / "study.sibtui.bak")] == before


def test_a_case_that_is_left_without_a_source_is_removed_on_request(study: Project, tmp_path: Path) -> None:
    study.cases.add("Qwcase One", private_name="Qwprivate")
    study.attributes.add("case", "age")
    study.cases.set("Qwcase One", attributes={"age": "Qwage"})
    study.memos.add("Qwold", on="case", of="Qwcase One")
    study.sources.add(SourceDraft("alone", "One text.", cases="Qwcase One"))
    study.codings.add("alone", "Trust", quote="One text", cases="Qwcase One")
    study.matrices.judge("cases", "Trust", "Qwcase One", "present", because="Qwreason")
    study.memos.add("Compare with Qwcase One.", on="code", of="Trust")
    words = ("Qwcase", "Qwprivate", "Qwage", "Qwold", "Qwreason")
    withdrawal = study.sources.withdraw("alone", with_cases=True)
    assert (withdrawal.cases, withdrawal.sourceless, withdrawal.erased["case"]) == (("Qwcase One",), (), 1)
    assert [case.label for case in study.cases.list()] == ["North"]
    assert "Compare with [withdrawn]." in [memo.text for memo in study.memos.list()]
    assert [finding for finding in study.check() if finding.kind == "damage"] == []
    assert files_with(tmp_path, words) == []


def test_the_label_of_an_erased_case_stays_in_texts_of_other_sources(study: Project) -> None:
    study.cases.add("South", private_name="Millfield")
    study.sources.add(
        [SourceDraft("alone", "One text.", cases="South"), SourceDraft("Millfield", OTHER, cases="North")]
    )
    study.memos.add("Compare with Millfield, not with South.", on="code", of="Trust")
    study.sources.withdraw("alone", with_cases=True)
    assert "Compare with Millfield, not with [withdrawn]." in [memo.text for memo in study.memos.list()]


def test_undone_acts_cannot_be_redone_after_a_withdrawal(study: Project) -> None:
    study.sources.add(SourceDraft("n8", OTHER))
    study.history.undo()
    study.sources.withdraw(NAME)
    assert study.history.redo() == []
    assert "n8" not in study.sources.names()
    assert [act.state for act in study.history.list(limit=2)] == ["done", "dropped"]


def test_a_withdrawal_inside_an_act_is_refused(study: Project) -> None:
    with study.act("tidy up", "x"), pytest.raises(ConflictError):
        study.sources.withdraw(NAME)
    assert NAME in study.sources.names()


def test_an_act_on_a_new_source_can_be_undone_after_a_withdrawal(study: Project) -> None:
    study.sources.withdraw(NAME)
    study.sources.add(SourceDraft("n9", OTHER + " More.", cases="North"))
    study.codings.add("n9", "Trust", segment=Segment(0, 6))
    assert study.history.message(study.history.undo(), undone=True) == "Undone: “We all” coded Trust."


@pytest.mark.parametrize(
    ("summary", "kept"),
    [("2 codings", True), ("1 source", True), ("1,204 sources", True), ("2 anna", False), ("3 sources of Anna", False)],
)
def test_only_counts_stay_in_summaries_of_erased_changes(summary: str, kept: bool) -> None:
    assert _without_names(summary) == (summary if kept else "[withdrawn]")
