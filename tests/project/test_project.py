from __future__ import annotations

import getpass
import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import ConflictError, InputError, StudyFileError
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study
from sibtui.model.segments import Segment
from sibtui.project import default_coder
from sibtui.project.shared.base import now

from .study import dump

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_study_is_empty_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    with Project.create(tmp_path / "homes.sibtui") as project:
        assert (project.study.name, project.study.description, project.study.first_note) == ("homes", "", 1)
        assert project.path == tmp_path / "homes.sibtui"
        assert project.history.list() == []
        assert project.check() == []
    assert (tmp_path / "homes.sibtui").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["homes.sibtui"]


def test_a_study_is_not_made_over_another_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "s.sibtui"
    Project.create(path, name="first").close()
    with pytest.raises(ConflictError, match="already exists"):
        Project.create(path, name="second")
    with Project.create(path, name="second", force=True) as project:
        assert project.study.name == "second"


def test_a_study_is_not_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StudyFileError, match="there is no folder"):
        Project.create(tmp_path / "nowhere" / "s.sibtui")


def draft(**fields) -> StudyDraft:
    return StudyDraft(Study("Homes", "", "", "2020-01-01T00:00:00Z", 2), **fields)


def test_a_study_is_made_from_a_draft_in_one_act_and_reports_its_progress(tmp_path: Path) -> None:
    reported: list[str] = []
    whole = draft(sources=(SourceDraft("note", "text", cases=("SIB A",)),), codes=(CodeDraft("Theme/Code"),))
    with Project.create(tmp_path / "s.sibtui", draft=whole, progress=reported.append) as project:
        assert (project.study.name, project.study.first_note, bool(project.study.guid)) == ("Homes", 2, True)
        assert [act.verb for act in project.history.list()] == ["study load"]
    assert reported == ["cases", "sources", "codes", "codings", "matrices", "memos"]


def test_a_draft_that_does_not_fit_makes_no_study(tmp_path: Path) -> None:
    twice = draft(sources=(SourceDraft("note", "text"), SourceDraft("note", "other")))
    with pytest.raises((ConflictError, InputError), match="already a source “note”"):
        Project.create(tmp_path / "s.sibtui", draft=twice)
    assert list(tmp_path.iterdir()) == []


def test_a_study_that_fails_to_replace_another_leaves_the_other(tmp_path: Path) -> None:
    path = tmp_path / "s.sibtui"
    Project.create(path, name="first").close()
    before = path.read_bytes()
    twice = draft(codes=(CodeDraft("Theme/ "),))
    with pytest.raises(InputError):
        Project.create(path, draft=twice, force=True)
    assert path.read_bytes() == before


def test_each_fact_of_the_study_can_be_changed_on_its_own(project: Project) -> None:
    before = project.study
    assert project.set_study(description="Four cases") == replace(before, description="Four cases")
    assert project.set_study(first_note=2).description == "Four cases"


def test_a_coder_is_added_when_a_coding_names_it(project: Project) -> None:
    project.codings.add(CodingDraft("A1", "Brokering", Segment(0, 3)))
    project.codings.add(CodingDraft("A1", "Brokering", Segment(0, 3), coder="Ben"))
    assert [coder.name for coder in project.coders] == ["Ana", "Ben"]


def test_the_coder_is_the_one_given_or_from_the_environment_or_the_login(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SIBTUI_CODER", "  Ben ")
    with Project.create(tmp_path / "s.sibtui") as project:
        assert project.coder == "Ben"
    with Project.open(tmp_path / "s.sibtui", coder="Cleo") as project:
        assert project.coder == "Cleo"
    monkeypatch.setenv("SIBTUI_CODER", " ")
    monkeypatch.setenv("LOGNAME", "login")
    assert default_coder() == "login"


@pytest.mark.parametrize("given", ["LOGNAME", "USER", "LNAME", "USERNAME", None])
def test_the_login_name_is_that_of_getpass(monkeypatch: pytest.MonkeyPatch, given: str | None) -> None:
    for variable in ("SIBTUI_CODER", "LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    if given is not None:
        monkeypatch.setenv(given, "login")
    assert default_coder() == getpass.getuser()


def test_a_user_without_a_login_name_is_called_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("SIBTUI_CODER", "LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 5)
    assert default_coder() == "coder"


def test_a_second_window_sees_what_the_first_one_did(project: Project) -> None:
    with Project.open(project.path) as other:
        before = project.data_version
        other.cases.add("SIB C")
        assert project.data_version != before
        assert [case.label for case in project.cases.list()] == ["SIB A", "SIB B", "SIB C"]
        project.history.undo()
        assert [case.label for case in other.cases.list()] == ["SIB A", "SIB B"]


def test_later_timestamps_are_sorted_after_earlier_timestamps() -> None:
    first, second = now(), now()
    assert first <= second
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first)
    assert not first.endswith(".000Z")


def test_a_closed_study_is_not_changed_by_being_opened(project: Project) -> None:
    before = dump(project.path)
    with Project.open(project.path) as other:
        other.check()
    assert dump(project.path) == before
