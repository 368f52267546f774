"""What was withdrawn does not come back: from a file, a folder, a corrected text or a backup."""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui import Project, SourceDraft
from sibtui.errors import ConflictError
from sibtui.project.backups import list_backups, restore
from sibtui.project.importing.create_from import create_from
from sibtui.project.importing.study_folder_reader import read_folder
from sibtui.store import erasure

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
        "refused", f"“again” was withdrawn from this study for good (source {uid}): it cannot be added again.",
    )  # fmt: skip
    assert study.sources.foresee(SourceDraft("again", "Another text.", uid=uid))[0].why == added.why


def test_an_equal_long_text_is_refused_under_another_name(study: Project) -> None:
    uid = study.sources.withdraw("n1").id
    [added] = study.sources.add(SourceDraft("x", LONG))
    assert (added.outcome, added.why) == (
        "refused",
        f"“x” has the text of a source that was withdrawn for good ({uid}): it cannot be added again.",
    )
    with pytest.raises(ConflictError, match="cannot be added again"):
        study.sources.correct("short", LONG)
    assert study.sources.add(SourceDraft("y", LONG + "!"))[0].outcome == "added"


ACCENTED = "Qwz\u00fcrich, caf\u00e9 and no\u00ebl were the words that she had for it.\nNobody wrote back.\n" * 4
FORMS = {
    "decomposed": unicodedata.normalize("NFD", ACCENTED),
    "other line ends": ACCENTED.replace("\n", "\n\n\t"),
    "other spaces": ACCENTED.replace(" ", "\u00a0").replace(". ", ".  ") + "  ",
    "one line": ACCENTED.replace("\n", " "),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_long_text_in_another_form_is_recognised(study: Project, form: str) -> None:
    study.sources.add(SourceDraft("accented", ACCENTED, cases="North"))
    study.sources.withdraw("accented")
    assert study.sources.add(SourceDraft("x", FORMS[form]))[0].outcome == "refused"
    other = study.sources.add(SourceDraft("y", FORMS[form].replace("caf", "kaf", 1)))[0]
    assert (other.outcome, other.why) == ("added", "")


def test_a_digest_of_an_earlier_version_still_recognises_its_text(study: Project) -> None:
    store = study._session.store
    text = LONG + "\n\nLast line.\n"
    digest = hashlib.sha256(f"00{text}".encode()).hexdigest()
    with store.replaying():
        erasure.adopt(store, [("source", "1" * 32, "00", digest)])
    assert study.sources.add(SourceDraft("x", text))[0].outcome == "refused"


def test_a_text_that_another_source_has_too_has_no_digest(study: Project, tmp_path: Path) -> None:
    study.sources.add(SourceDraft("copy", LONG + "\n", cases="North"), strict=True)
    study.sources.withdraw("n1")
    assert [digest for *_, digest in erasure.records(study._session.store)] == [""]
    study.exports.folder(tmp_path / "after")
    with Project.create(tmp_path / "again.sibtui", draft=read_folder(tmp_path / "after")) as again:
        assert "copy" in again.sources.names()


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


def test_a_study_folder_keeps_the_id_of_a_withdrawn_source_but_not_the_source(study: Project, tmp_path: Path) -> None:
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


def test_a_note_of_an_older_folder_does_not_come_back(study: Project, tmp_path: Path) -> None:
    study.exports.folder(tmp_path / "before")
    study.sources.withdraw("n1")
    study.exports.folder(tmp_path / "after")
    shutil.copy(tmp_path / "before" / "notes" / "n1.md", tmp_path / "after" / "notes" / "n1.md")
    with Project.create(tmp_path / "again.sibtui", draft=read_folder(tmp_path / "after")) as again:
        assert again.sources.names() == ("talk", "short")
        again.exports.folder(tmp_path / "third")
    assert (tmp_path / "third" / "study.toml").read_text().count("[[erased_text]]") == 1


def test_a_project_file_keeps_the_list_of_withdrawn_sources(study: Project, tmp_path: Path) -> None:
    uid = study.sources.withdraw("n1").id
    study.exports.qdpx(tmp_path / "study.qdpx")
    again = tmp_path / "again.sibtui"
    create_from(tmp_path / "study.qdpx", again)
    with Project.open(again) as project:
        assert project.sources.add(SourceDraft("n1", "x", uid=uid))[0].outcome == "refused"
        assert project.sources.add(SourceDraft("n1", LONG))[0].outcome == "refused"


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


@pytest.mark.parametrize("state", ["missing", "damaged"])
def test_backups_beside_a_lost_study_keep_its_withdrawals(study: Project, tmp_path: Path, state: str) -> None:
    elsewhere = shutil.copy(study.path, tmp_path / "elsewhere.sibtui")
    study.sources.withdraw("n1")
    study.backups.make()
    study.close()
    if state == "missing":
        study.path.unlink()
    else:
        study.path.write_bytes(study.path.read_bytes()[:5000])
    restore(elsewhere, study.path, force=state == "damaged")
    with opened(study.path) as restored:
        assert restored.sources.names() == ("talk", "short")
        assert restored.sources.add(SourceDraft("x", LONG))[0].outcome == "refused"


def test_backups_of_another_study_are_of_no_concern(study: Project, tmp_path: Path) -> None:
    elsewhere = shutil.copy(study.path, tmp_path / "elsewhere.sibtui")
    with Project.create(tmp_path / "other.sibtui") as other:
        other.sources.add(SourceDraft("n1", LONG), strict=True)
        other.sources.withdraw("n1")
        other.backups.make()
    (tmp_path / "other.sibtui").unlink()
    restore(elsewhere, tmp_path / "other.sibtui")
    with opened(tmp_path / "other.sibtui") as restored:
        assert "n1" in restored.sources.names()


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


def test_a_backup_of_an_older_version_must_be_opened_before_it_is_restored(study: Project, tmp_path: Path) -> None:
    from sibtui.store import backups

    study.sources.withdraw("n1")
    study.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backups, "guid", lambda _: None)
        with pytest.raises(ConflictError, match="open it, which upgrades it, then restore it"):
            restore("tests/data/study-v5.sibtui", study.path, force=True)
