"""Studies in git: exported folders and study files of two branches are merged, and changes are shown."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.model.drafts import CodeDraft, SourceDraft
from sibtui.project.importing.study_folder_reader import read_folder

from .study import TEXT, add_code, add_source, apply_code, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Repository:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        settings = ("-c", "user.name=Ana", "-c", "user.email=ana@localhost", "-c", "commit.gpgsign=false")
        apart = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}  # the user's settings do not matter
        return subprocess.run(
            ["git", *settings, *words],
            cwd=self.folder, env=os.environ | apart, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        assert self.git("commit", "-qm", message).returncode == 0


def work_on(repository: Repository, branch: str, study: Path, work: Callable[[Project], object]) -> None:
    """Make a branch from main in which a person works on the study and exports it."""
    repository.git("checkout", "-q", "-b", branch, "main")
    copy = study.with_name(f"{branch}.sibtui")
    shutil.copy(study, copy)
    with opened(copy, coder=branch) as project:
        work(project)
        project.exports.folder(repository.folder, force=True)
    repository.commit(f"Work of {branch}")


def codings(folder: Path) -> set[tuple[str, str, str | None]]:
    return {(coding.source, coding.code, coding.coder) for coding in read_folder(folder).codings}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Four notes that nobody has coded, and three codes."""
    path = tmp_path / "study.sibtui"
    Project.create(path, coder="Ana").close()
    with opened(path) as project:
        for name in ("n1", "n2", "n3", "n4"):
            add_source(project, name, "SIB A", text=TEXT)
        for code in ("Strengths/Brokering", "Strengths/Budgets", "Innovation/Groups"):
            add_code(project, code)
    return path


@pytest.fixture
def repository(study: Path, tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "repository")
    with opened(study) as project:
        project.exports.folder(repository.folder, force=True)
    repository.commit("Notes")
    return repository


def code(project: Project, source: str, coder: str) -> None:
    """Let a person who is new in the study code a whole note and mark it as read."""
    for at in range(3):
        apply_code(project, source, "Brokering", at, at + 9, coder=coder)
    project.readings.add(source, coder=coder)
    project.sources.set_topic(source, "Groups", "not asked")


@pytest.mark.parametrize(("one", "other"), [("n2", "n3"), ("n1", "n4"), ("n4", "n3")])
def test_two_who_code_different_notes_merge_without_a_conflict(
    study: Path, repository: Repository, one: str, other: str
) -> None:
    work_on(repository, "Eva", study, lambda project: code(project, one, "Eva"))
    work_on(repository, "Ben", study, lambda project: code(project, other, "Ben"))
    merged = repository.git("merge", "-q", "--no-edit", "Eva")
    assert merged.returncode == 0, merged.stdout
    draft = read_folder(repository.folder)
    assert codings(repository.folder) == {
        (one, "Strengths/Brokering", "Eva"), (other, "Strengths/Brokering", "Ben"),
    }  # fmt: skip
    assert {(reading.source, reading.coder) for reading in draft.readings} == {(one, "Eva"), (other, "Ben")}
    assert {record.source for record in draft.topics} == {one, other}
    with Project.create(study.with_name("merged.sibtui"), draft=draft) as project:
        assert {coder.name for coder in project.coders} == {"Ben", "Eva"}


def test_a_new_note_and_codings_of_the_last_one_merge_without_a_conflict(study: Path, repository: Repository) -> None:
    work_on(repository, "Eva", study, lambda project: project.sources.add([SourceDraft("n5", TEXT, cases=("SIB A",))]))
    work_on(repository, "Ben", study, lambda project: code(project, "n4", "Ben"))
    assert repository.git("merge", "-q", "--no-edit", "Eva").returncode == 0
    assert codings(repository.folder) == {("n4", "Strengths/Brokering", "Ben")}
    assert [source.name for source in read_folder(repository.folder).sources] == ["n1", "n2", "n3", "n4", "n5"]


def test_codings_and_changes_of_coded_notes_merge_without_a_conflict(study: Path, repository: Repository) -> None:
    with opened(study) as project:
        for source in ("n1", "n2", "n3"):
            code(project, source, "Ana")
        project.exports.folder(repository.folder, force=True)
    repository.commit("Coded")

    def change(project: Project, source: str) -> None:
        first, *_, last = [coding.id for coding in project.codings.list(source=source)]
        project.codings.set(first, memo="Ask again.")
        project.codings.remove(last)

    work_on(repository, "Eva", study, lambda project: change(project, "n1"))
    work_on(repository, "Ben", study, lambda project: change(project, "n2"))
    assert repository.git("merge", "-q", "--no-edit", "Eva").returncode == 0
    merged = read_folder(repository.folder)
    assert sorted((each.source, each.memo) for each in merged.codings) == [
        ("n1", ""), ("n1", "Ask again."), ("n2", ""), ("n2", "Ask again."), ("n3", ""), ("n3", ""), ("n3", ""),
    ]  # fmt: skip


def test_git_shows_the_codings_of_a_study_file_as_quotes_and_codes(study: Path, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "files")
    shutil.copy(study, repository.folder / "study.sibtui")
    (repository.folder / ".gitattributes").write_text("*.sibtui diff=sibtui\n", encoding="utf-8")
    repository.git("config", "diff.sibtui.textconv", f"{sys.executable} -m sibtui study diff --format csv")
    repository.commit("Before")
    with opened(repository.folder / "study.sibtui") as project:
        apply_code(project, "n1", "Groups", 0, 16, stance="counters")
        project.codes.add(CodeDraft("Leaving"))
    shown = repository.git("diff", "--unified=0").stdout
    assert (
        '+coding,n1 0:16,,,"“The link workers” Innovation/Groups (Ana, counters, SIB A)",,add,,' in shown.splitlines()
    )
    assert "+code,Leaving,,,active,,add,," in shown.splitlines()


@pytest.fixture
def files(study: Path, tmp_path: Path) -> Repository:
    """A repository with a study file, in which sibtui merges the versions of two branches."""
    repository = Repository(tmp_path / "files")
    shutil.copy(study, repository.folder / "study.sibtui")
    (repository.folder / ".gitattributes").write_text("*.sibtui -text merge=sibtui\n", encoding="utf-8")
    repository.git("config", "merge.sibtui.driver", f"{sys.executable} -m sibtui study merge-driver %O %A %B %P")
    repository.commit("Notes")
    return repository


def change_file(repository: Repository, branch: str, work: Callable[[Project], object]) -> None:
    """Make a branch from main in which a person changes the study file."""
    repository.git("checkout", "-q", "-b", branch, "main")
    with opened(repository.folder / "study.sibtui", coder=branch) as project:
        work(project)
    repository.commit(f"Work of {branch}")


def test_study_files_of_two_branches_are_merged_as_one_act(files: Repository) -> None:
    change_file(files, "Eva", lambda project: code(project, "n1", "Eva"))
    change_file(files, "Ben", lambda project: code(project, "n1", "Ben"))
    merged = files.git("merge", "-q", "--no-edit", "Eva")
    assert merged.returncode == 0, merged.stderr
    assert "merged study.sibtui: " in merged.stderr
    assert files.git("status", "--porcelain").stdout == ""
    with opened(files.folder / "study.sibtui") as project:
        assert {coding.coder: coding.source for coding in project.codings.list()} == {"Eva": "n1", "Ben": "n1"}
        assert "damage" not in {finding.kind for finding in project.check()}
        assert [act.verb for act in project.history.undo()] == ["study merge"]
        assert {coding.coder for coding in project.codings.list()} == {"Ben"}


def test_a_conflict_is_listed_and_leaves_the_file_of_the_branch_unchanged(files: Repository) -> None:
    for branch in ("Eva", "Ben"):
        change_file(files, branch, lambda project, memo=branch: project.codes.set("Groups", definition=f"By {memo}."))
    merged = files.git("merge", "-q", "--no-edit", "Eva")
    assert merged.returncode == 1
    for words in ("1 conflict in study.sibtui", "code Innovation/Groups definition", "By Ben.", "By Eva."):
        assert words in merged.stderr
    assert files.git("status", "--porcelain").stdout == "UU study.sibtui\n"
    with opened(files.folder / "study.sibtui") as project:
        assert project.codes.get("Groups").definition == "By Ben."
    theirs = files.folder / "theirs.sibtui"
    shown = subprocess.run(["git", "show", ":3:study.sibtui"], cwd=files.folder, capture_output=True, check=True)
    theirs.write_bytes(shown.stdout)
    with opened(files.folder / "study.sibtui") as project:
        assert project.merge(theirs, take="theirs").written
        assert project.codes.get("Groups").definition == "By Eva."


def test_a_file_that_is_not_a_study_is_left_to_the_person(files: Repository) -> None:
    change_file(files, "Eva", lambda project: code(project, "n1", "Eva"))
    files.git("checkout", "-q", "-b", "Ben", "main")
    (files.folder / "study.sibtui").write_text("not a study\n", encoding="utf-8")
    files.commit("Broken")
    merged = files.git("merge", "-q", "--no-edit", "Eva")
    assert (merged.returncode, "Traceback" in merged.stderr) == (1, False)
    assert (files.folder / "study.sibtui").read_text("utf-8") == "not a study\n"


def test_files_added_in_two_branches_are_merged_by_their_histories(files: Repository, study: Path) -> None:
    for branch, source in (("Eva", "n1"), ("Ben", "n2")):
        files.git("checkout", "-q", "-b", branch, "main")
        path = files.folder / "second.sibtui"
        shutil.copy(study, path)
        with opened(path, coder=branch) as project:
            code(project, source, branch)
        files.commit(branch)
    assert files.git("merge", "-q", "--no-edit", "Eva").returncode == 0
    with opened(files.folder / "second.sibtui") as project:
        assert {coding.source for coding in project.codings.list()} == {"n1", "n2"}
