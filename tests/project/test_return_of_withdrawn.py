"""What was withdrawn does not come back: from a file, a folder, a corrected text or a backup."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui import Project, SourceDraft
from sibtui.errors import ConflictError
from sibtui.project.backups import list_backups, restore
from sibtui.project.importing.study_folder_reader import read_folder

from .byte_search import files_with
from .study import opened

if TYPE_CHECKING:
    from pathlib import Path

LONG = "Qwfirst, they asked me about money, and nobody ever wrote back to me. " * 4
SPOKEN = "Ada: Why did you leave?\nBen: Qwspoken is what I call it, and it took a whole year of letters.\n" * 3


@pytest.fixture
def study(empty: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path / "config"))
    drafts = [SourceDraft("n1", LONG), SourceDraft("talk", SPOKEN), SourceDraft("short", "Qwshort.")]
    empty.sources.add([replace(draft, cases="North") for draft in drafts])
    empty.codes.add("Trust")
    empty.codings.add("n1", "Trust", quote="Qwfirst", nth=1)
    return empty


def test_the_same_lasting_id_is_refused(study: Project) -> None:
    uid = study.sources.withdraw("n1").id
    [added] = study.sources.add(SourceDraft("again", "Another text.", uid=uid))
    assert (added.outcome, added.why) == (
        "refused", f"“again” was withdrawn from this study for good (source {uid}): it cannot come back.",
    )  # fmt: skip
    assert study.sources.foresee(SourceDraft("again", "Another text.", uid=uid))[0].why == added.why


def test_an_equal_long_text_is_refused_under_another_name(study: Project) -> None:
    uid = study.sources.withdraw("n1").id
    [added] = study.sources.add(SourceDraft("x", LONG))
    assert (added.outcome, added.why) == (
        "refused",
        f"“x” has a text of a source that was withdrawn, which was erased for good ({uid}): it cannot come back.",
    )
    with pytest.raises(ConflictError, match="cannot come back"):
        study.sources.correct("short", LONG)
    assert study.sources.add(SourceDraft("y", LONG + "!"))[0].outcome == "added"


@pytest.mark.parametrize(("length", "outcome"), [(199, "added"), (200, "refused")])
def test_a_text_of_200_characters_is_recognised(study: Project, length: int, outcome: str) -> None:
    study.sources.add(SourceDraft("edge", LONG[:length], cases="North"))
    study.sources.withdraw("edge")
    assert study.sources.add(SourceDraft("x", LONG[:length]))[0].outcome == outcome


def test_a_short_text_leaves_no_digest_that_could_be_guessed(study: Project) -> None:
    study.sources.withdraw("short")
    assert study.sources.add(SourceDraft("short", "Qwshort."))[0].outcome == "added"
    assert study._session.store.query("SELECT digest FROM erasures").fetchall() == [("",)]


def test_the_whole_transcript_of_a_withdrawn_person_is_refused(study: Project) -> None:
    study.sources.withdraw_person("Ben")
    assert "a person who was withdrawn" in study.sources.add(SourceDraft("x", SPOKEN))[0].why
    with pytest.raises(ConflictError):
        study.sources.correct("talk", SPOKEN)


def test_a_folder_keeps_the_id_and_leaves_the_source_out(study: Project, tmp_path: Path) -> None:
    study.exports.folder(tmp_path / "before")
    uid = study.sources.withdraw("n1").id
    study.exports.folder(tmp_path / "after")
    assert f'withdrawn = [\n    "{uid}",\n]' in (tmp_path / "after" / "study.toml").read_text()
    for name in ("study.toml", "notes/n1.md", "codings.csv", "codebook.toml"):  # as a merge of two folders would
        if name != "study.toml":
            shutil.copy(tmp_path / "before" / name, tmp_path / "after" / name)
    head = (tmp_path / "after" / "study.toml").read_text()
    (tmp_path / "after" / "study.toml").write_text(f'{head}\n[[source]]\nname = "n1"\nid = "{uid}"\n')
    with Project.create(tmp_path / "again.sibtui", draft=read_folder(tmp_path / "after")) as again:
        assert again.sources.names() == ("talk", "short")
        assert again.codings.count() == 0
        assert again.history.undo() == []
        assert again.sources.add(SourceDraft("n1", "x", uid=uid))[0].outcome == "refused"
    assert [file for file, _ in files_with(tmp_path, ["Qwfirst"]) if file.endswith(".sibtui")] == []


def test_a_study_made_in_the_place_of_another_keeps_its_withdrawals(study: Project, tmp_path: Path) -> None:
    study.exports.folder(tmp_path / "before")
    study.sources.withdraw("n1")
    study.close()
    draft = read_folder(tmp_path / "before")
    with Project.create(study.path, draft=draft, force=True) as again:
        assert again.sources.names() == ("talk", "short")
    with Project.create(study.path, draft=draft, force=True) as again:
        assert again.sources.names() == ("talk", "short")


def test_a_restored_backup_from_elsewhere_does_not_bring_the_source_back(study: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(study.path, elsewhere / "copy.sibtui")
    uid = study.sources.withdraw("n1").id
    study.close()
    restore(elsewhere / "copy.sibtui", study.path, force=True)
    with opened(study.path) as restored:
        assert restored.sources.names() == ("talk", "short")
        assert restored.history.list(limit=1)[0].summary == f"source {uid}"
        assert restored.sources.add(SourceDraft("x", LONG))[0].outcome == "refused"
    assert {file for file, _ in files_with(tmp_path, ["Qwfirst"])} == {"elsewhere/copy.sibtui"}


def test_a_backup_with_the_words_of_a_withdrawn_person_is_not_restored(study: Project, tmp_path: Path) -> None:
    shutil.copy(study.path, tmp_path / "copy.sibtui")
    study.sources.withdraw_person("Ben")
    study.close()
    before = study.path.read_bytes()
    with pytest.raises(ConflictError, match="holds a text that was erased from the study for good"):
        restore(tmp_path / "copy.sibtui", study.path, force=True)
    assert study.path.read_bytes() == before
    assert list_backups(study.path) == []


def test_a_restored_backup_without_the_words_still_refuses_them(study: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(study.path, elsewhere / "copy.sibtui")
    later = SPOKEN.replace("Ben", "Dan").replace("Qwspoken", "Qwlater")
    study.sources.add(SourceDraft("later", later, cases="North"))
    study.sources.withdraw_person("Dan")
    study.close()
    restore(elsewhere / "copy.sibtui", study.path, force=True)
    with opened(study.path) as restored:
        assert "later" not in restored.sources.names()
        assert restored.sources.add(SourceDraft("later", later))[0].outcome == "refused"


def test_a_backup_of_an_older_version_is_opened_first(study: Project, tmp_path: Path) -> None:
    from sibtui.store import backups

    study.sources.withdraw("n1")
    study.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "guid", lambda _: None)
        with pytest.raises(ConflictError, match="open it, which upgrades it, then restore it"):
            restore("tests/data/study-v5.sibtui", study.path, force=True)
