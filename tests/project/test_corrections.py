"""Corrections of a text: carried codings, undecided ones, versions, and replaced words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui import MatrixDefinition, Project, RowDefinition, Segment, SourceDraft
from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.project.importing.create_from import create_from
from sibtui.project.importing.study_folder_reader import read_folder

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "She said that nine in ten requests were aproved. Nobody called back. The office closed."


@pytest.fixture
def study(empty: Project) -> Project:
    empty.cases.add("North")
    empty.sources.add(SourceDraft("n1", TEXT, cases="North"))
    for code in ("Trust", "Budgets"):
        empty.codes.add(code)
    empty.codings.add("n1", "Budgets", quote="nine in ten requests were aproved")
    empty.codings.add("n1", "Trust", quote="Nobody called back.")
    return empty


def undecided(study: Project) -> list[tuple[int, str, str]]:
    return [(each.coding.id, each.coding.quote, each.words) for each in study.codings.undecided()]


def test_a_coding_with_a_corrected_letter_gets_the_new_words(study: Project) -> None:
    corrected = study.sources.correct("n1", TEXT.replace("aproved", "approved"))
    assert [(each.coding.quote, each.words) for each in corrected.reworded] == [
        ("nine in ten requests were aproved", "nine in ten requests were approved")
    ]
    assert study.codings.get(1).quote == "nine in ten requests were approved"
    assert study.codings.get(2).segment.quote(study.sources.text("n1")) == "Nobody called back."
    assert (undecided(study), list(study.check())) == ([], list(study.check()))
    assert study.history.message(study.history.undo(), undone=True) == "Undone: text of source n1: corrected."
    assert study.codings.get(1).quote == "nine in ten requests were aproved"


def test_a_coding_without_a_certain_place_keeps_its_quote_and_stays_evidence(study: Project) -> None:
    study.matrices.define(MatrixDefinition("t", "T", rows=(RowDefinition("Trust", "Trust"),)))
    study.sources.correct("n1", TEXT.replace("Nobody called back.", "They rang twice."))
    coding = study.codings.get(2)
    assert (coding.undecided, coding.quote) == (True, "Nobody called back.")
    assert undecided(study) == [(2, "Nobody called back.", "They rang twice.")]
    matrix = study.matrices.show("t")
    assert matrix.rows[0].cells[0].mark == "X"
    assert ("undecided", "1 coding has no certain place in a corrected text.") in matrix.about
    [finding] = [each for each in study.check() if each.what == "undecided place"]
    assert (finding.kind, finding.where) == ("open", "coding 2")
    assert [each for each in study.check() if each.kind == "damage"] == []
    study.history.undo()
    assert undecided(study) == []
    assert study.codings.get(2).segment.quote(TEXT) == "Nobody called back."
    study.history.redo()
    assert study.codings.get(2).undecided


def test_a_line_below_a_table_counts_only_its_undecided_codings(study: Project) -> None:
    study.matrices.define(MatrixDefinition("t", "T", rows=(RowDefinition("Budgets", "Budgets"),)))
    study.sources.correct("n1", TEXT.replace("Nobody called back.", "They rang twice."))
    assert "undecided" not in dict(study.matrices.show("t").about)


@pytest.mark.parametrize("way", ["accept", "set", "remove"])
def test_a_decision_ends_the_undecided_state_and_can_be_undone(study: Project, way: str) -> None:
    study.sources.correct("n1", TEXT.replace("Nobody called back.", "They rang twice."))
    if way == "accept":
        assert study.codings.accept(2)[0].quote == "They rang twice."
    elif way == "set":
        assert study.codings.set(2, segment=Segment(0, 3))[0].quote == "She"
    else:
        study.codings.remove(2)
    assert undecided(study) == []
    study.history.undo()
    assert undecided(study) == [(2, "Nobody called back.", "They rang twice.")]


def test_a_certain_place_cannot_be_accepted(study: Project) -> None:
    with pytest.raises(ConflictError, match="The place of coding 1 is certain already"):
        study.codings.accept([1])


def test_an_undecided_coding_gets_its_place_back_with_its_words(study: Project) -> None:
    study.sources.correct("n1", TEXT.replace("Nobody called back.", "They rang twice."))
    study.sources.correct("n1", "Once more. " + TEXT.replace("Nobody called back.", "Well."))
    assert undecided(study) == [(2, "Nobody called back.", "Well.")]
    assert study.codings.undecided("n1")[0].version == 1
    study.sources.correct("n1", "Once more. " + TEXT)
    assert undecided(study) == []
    assert study.codings.get(2).segment.quote(study.sources.text("n1")) == "Nobody called back."


def test_a_text_cannot_become_empty_below_its_codings(study: Project) -> None:
    with pytest.raises(InputError, match="The new text of “n1” is empty, but it has 2 codings"):
        study.sources.correct("n1", "")
    assert study.sources.text("n1") == TEXT
    study.codings.remove([1, 2])
    assert study.sources.correct("n1", "").codings == ()


def test_all_versions_of_a_text_are_listed_and_compared(study: Project) -> None:
    study.sources.correct("n1", TEXT.replace("aproved", "approved"), original="n1-b.md")
    assert [(each.version, each.original, each.current) for each in study.sources.versions("n1")] == [
        (1, "", False), (2, "n1-b.md", True),
    ]  # fmt: skip
    assert study.sources.text_of_version("n1", 1) == TEXT
    lines = study.sources.diff("n1").splitlines()
    assert lines[:2] == ["--- n1, version 1", "+++ n1, version 2"]
    assert [line[0] for line in lines[3:]] == ["-", "+"]
    assert study.sources.diff("n1", 1, 1) == ""
    with pytest.raises(NotFoundError, match="“n1” has no version 3: there are 2 versions"):
        study.sources.diff("n1", after=3)


def test_codings_keep_their_exact_words_when_other_words_are_replaced(study: Project) -> None:
    study.sources.add(SourceDraft("n2", "ten tens"))
    [foreseen, _] = study.sources.replace("ten", "10", dry_run=True)
    assert (foreseen.source, len(foreseen.segments), study.sources.get("n1").version) == ("n1", 1, 1)
    replaced = study.sources.replace("ten", "10", whole_words=True)
    assert [(each.source, len(each.segments)) for each in replaced] == [("n1", 1), ("n2", 1)]
    assert study.codings.get(1).quote == "nine in 10 requests were aproved"
    assert study.sources.text("n2") == "10 tens"
    assert study.history.message(study.history.undo(), undone=True) == "Undone: “ten” replaced by “10”."
    assert study.sources.text("n2") == "ten tens"


def test_replacing_nothing_changes_nothing(study: Project) -> None:
    assert study.sources.replace("Leeds", "the city") == []
    assert study.sources.replace("ten", "ten") == []
    assert study.sources.replace("office", "place", sources=[]) == []
    with pytest.raises(InputError, match="There is nothing to replace"):
        study.sources.replace("", "x")
    assert study.sources.get("n1").version == 1


def test_removed_words_leave_their_coding_undecided(study: Project) -> None:
    study.sources.replace("Nobody called back. ", "", sources="n1")
    assert undecided(study) == [(2, "Nobody called back.", "The")]


def test_an_undecided_coding_stays_undecided_in_a_study_folder(study: Project, tmp_path: Path) -> None:
    study.sources.correct("n1", TEXT.replace("Nobody called back.", "They rang twice."))
    study.exports.folder(tmp_path / "folder")
    with Project.create(tmp_path / "copy.sibtui", draft=read_folder(tmp_path / "folder")) as copy:
        assert undecided(copy) == [(2, "Nobody called back.", "They rang twice.")]
        copy.sources.correct("n1", "First of all. " + copy.sources.text("n1"))
        assert undecided(copy) == [(2, "Nobody called back.", "They rang twice.")]
        copy.exports.folder(tmp_path / "again")
    rows = [(tmp_path / name / "codings.csv").read_text().splitlines() for name in ("folder", "again")]
    assert rows[0][0].endswith(",undecided")
    assert len(rows[0]) == len(rows[1])


def test_an_undecided_coding_stays_undecided_in_an_exchange_file(study: Project, tmp_path: Path) -> None:
    study.sources.correct("n1", TEXT.replace("Nobody called back.", "They rang twice."))
    study.exports.qdpx(tmp_path / "n1.qdpx")
    create_from(tmp_path / "n1.qdpx", tmp_path / "copy.sibtui")
    with Project.open(tmp_path / "copy.sibtui") as copy:
        assert [row[1:] for row in undecided(copy)] == [("Nobody called back.", "They rang twice.")]
