"""Withdrawal of one person: their turns go from all sources, and the codings of other people keep their words and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui import Project, SourceDraft
from sibtui.errors import ConflictError, InputError, NotFoundError

from .byte_search import files_with

if TYPE_CHECKING:
    from pathlib import Path

ONE = (
    "Ada: How did it begin for you?\n"
    "Benno Qw: Qwfirst we had no money at all, and then the letters came.\n"
    "Ada: And who wrote these letters?\n"
    "Cleo: The council wrote them, every single month of that year.\n"
    "Benno Qw: Qwsecond is what I always call that time.\nIt had two parts, Qwthird.\n"
    "Ada: Thank you both for coming here today.\n"
)
TWO = "Cleo: It was fine.\nBenno Qw: Qwfourth, it was not.\nCleo: For me it was.\nBenno Qw: Qwfifth.\n"
CANARIES = ("Qwfirst", "Qwsecond", "Qwthird", "Qwfourth", "Qwfifth", "Benno Qw")
SHORTER = (
    "Ada: How did it begin for you?\n[withdrawn]\nAda: And who wrote these letters?\n"
    "Cleo: The council wrote them, every single month of that year.\n[withdrawn]\nAda: Thank you both for coming here today.\n"
)


@pytest.fixture
def study(empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path / "config"))
    drafts = [SourceDraft("one", ONE), SourceDraft("two", TWO), SourceDraft("note", "Nobody speaks in this one.")]
    empty.sources.add([SourceDraft(d.name, d.text, cases="North") for d in drafts])
    empty.codes.add("Money")
    for quote in (
        "Qwfirst we had no money at all",
        "The council wrote them",
        "begin for you?\nBenno Qw: Qwfirst we",
        "every single month of that year.\nBenno Qw: Qwsecond is what I always call that time.\nIt had two parts, Qwthird.\nAda: Thank",
        "Thank you both",
    ):
        empty.codings.add("one", "Money", quote=quote, memo="Benno Qw is clear")
    empty.codings.add("two", "Money", quote="Qwfourth")
    empty.memos.add("Qwfirst we had no money at all, says Benno Qw.", on="source", of="one")
    empty.sources.replace("Qwfifth", "Qwfifth!")
    return empty


def test_no_words_of_a_withdrawn_person_remain_in_the_file(study: Project, tmp_path: Path) -> None:
    withdrawal = study.sources.withdraw_person("benno qw")
    study.close()
    assert files_with(tmp_path, CANARIES) == []
    assert (withdrawal.sources, withdrawal.shortened) == ((), ("one", "two"))
    assert {key: withdrawal.erased[key] for key in ("turn", "coding", "shortened coding", "earlier version of a text")} == {
        "turn": 4, "coding": 2, "shortened coding": 2, "earlier version of a text": 1,
    }  # fmt: skip


def test_codings_of_other_speakers_keep_their_words(study: Project) -> None:
    study.sources.withdraw_person("Benno Qw")
    assert study.sources.text("one") == SHORTER
    assert study.sources.text("note") == "Nobody speaks in this one."
    codings = study.codings.list()
    assert [coding.quote for coding in codings] == [
        "begin for you?",
        "The council wrote them",
        "every single month of that year.\n[withdrawn]\nAda: Thank",
        "Thank you both",
    ]
    for coding in codings:
        text = study.sources.text(coding.source)
        assert coding.segment.quote(text) == coding.quote
        assert (coding.before, coding.after) == coding.segment.context(text)
        assert coding.memo == "[withdrawn] is clear"
    assert [finding for finding in study.check() if finding.kind == "damage"] == []
    assert study.sources.speakers("two") == ("Cleo",)


def test_only_judgements_on_erased_words_become_stale(study: Project) -> None:
    from sibtui import MatrixDefinition, RowDefinition

    study.codes.add("Letters")
    study.codings.add("one", "Letters", quote="The council wrote them")
    for code in ("Money", "Letters"):
        study.matrices.define(MatrixDefinition(code, "T", rows=(RowDefinition(code, code),)))
        study.matrices.judge(code, code, "North", "present", because="plain")
    study.sources.withdraw_person("Benno Qw")
    assert study.matrices.show("Letters").rows[0].cells[0].changes == ()
    assert any("erased" in change for change in study.matrices.show("Money").rows[0].cells[0].changes)


def test_only_the_named_sources_lose_their_turns(study: Project) -> None:
    withdrawal = study.sources.withdraw_person("Benno Qw", sources="two")
    assert withdrawal.shortened == ("two",)
    assert study.sources.text("one") == ONE
    assert study.memos.list()[0].text.endswith("says Benno Qw.")


def test_a_removed_source_that_is_not_named_keeps_its_turns(study: Project, tmp_path: Path) -> None:
    study.sources.remove("one")
    study.sources.withdraw_person("Benno Qw", sources="two")
    assert files_with(tmp_path, ["Qwthird"]) != []


def test_a_source_with_a_single_participant_is_withdrawn_as_a_whole(study: Project, tmp_path: Path) -> None:
    study.attributes.add("source", "participant")
    study.sources.set("note", attributes={"participant": "Benno Qw"})
    study.sources.set("two", attributes={"participant": "Benno Qw; Cleo"})
    withdrawal = study.sources.withdraw_person("Benno Qw", participant=True)
    assert (withdrawal.sources, withdrawal.shortened) == (("note",), ("one", "two"))
    assert study.sources.get("two").attributes["participant"] == "[withdrawn]; Cleo"
    assert files_with(tmp_path, CANARIES) == []


def test_the_turns_of_a_removed_source_are_erased_from_the_history(study: Project, tmp_path: Path) -> None:
    study.sources.remove("two")
    study.sources.withdraw_person("Benno Qw")
    assert files_with(tmp_path, CANARIES) == []


def test_an_undecided_coding_that_quotes_the_person_is_removed(study: Project, tmp_path: Path) -> None:
    study.sources.correct("two", "Cleo: Hello.\nBenno Qw: Something else altogether.\nCleo: Bye.\n")
    assert [each.coding.quote for each in study.codings.undecided()] == ["Qwfourth"]
    study.sources.withdraw_person("Benno Qw")
    assert study.codings.undecided() == []
    assert files_with(tmp_path, CANARIES) == []


def test_a_passage_after_an_unknown_name_is_reported_and_stays(empty: Project) -> None:
    text = "Ada: Why?\nand\nBen: Money.\nRing Ring: a phone.\nAda: And?\nso\nBen: No.\n"
    empty.sources.add(SourceDraft("n", text, cases="North"))
    withdrawal = empty.sources.withdraw_person("Ben")
    assert empty.sources.text("n") == "Ada: Why?\nand\n[withdrawn]\nRing Ring: a phone.\nAda: And?\nso\n[withdrawn]\n"
    assert [(each.kind, each.name, each.count) for each in withdrawal.mentions] == [("unclear turn", "n", 1)]


def test_a_dry_run_changes_nothing(study: Project) -> None:
    before = study.path.read_bytes()
    assert study.sources.withdraw_person("Benno Qw", dry_run=True).erased["turn"] == 4
    assert study.path.read_bytes() == before


def test_an_unknown_name_is_refused_with_the_known_speakers(study: Project) -> None:
    with pytest.raises(
        NotFoundError, match=r"^No source has the speaker “Ben”: the speakers are Ada, Benno Qw and Cleo\.$"
    ):
        study.sources.withdraw_person("Ben")
    with pytest.raises(InputError):
        study.sources.withdraw_person("Ben", pattern="(")


def test_the_withdrawal_cannot_be_undone(study: Project) -> None:
    withdrawal = study.sources.withdraw_person("Benno Qw")
    assert study.history.get(withdrawal.act).summary == f"a person {withdrawal.id}"
    with pytest.raises(ConflictError):
        study.history.undo()
