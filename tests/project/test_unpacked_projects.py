"""REFI-QDA projects that are not packed as .qdpx: a folder, a .qde file alone, an archive with another name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from sibtui.errors import InputError
from sibtui.project import Project
from sibtui.project.importing.create_from import create_from, validate_origin
from sibtui.project.importing.other_programs import is_foreign, read_foreign

from .study import TEXT, apply_code

SHARED = Path(__file__).parents[2].parent / "shared" / "cases" / "codings" / "13-losses.qdpx"


@pytest.fixture
def packed(project: Project, tmp_path: Path) -> Path:
    apply_code(project, "A1", "Brokering")
    file = tmp_path / "study.qdpx"
    project.exports.qdpx(file)
    return file


@pytest.fixture
def folder(packed: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder


def test_a_folder_and_a_renamed_archive_give_the_same_study_as_the_file(packed: Path, folder: Path) -> None:
    study = read_foreign(packed).study
    assert study.codings
    renamed = packed.rename(packed.with_suffix(".zip"))
    for path in (folder, renamed):
        assert is_foreign(path)
        assert read_foreign(path).study == study
        assert validate_origin(str(path)).verdict == "yes"


def test_a_project_is_found_in_a_folder_inside_an_archive(packed: Path, folder: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    folder.rename(outer / "My project")
    assert is_foreign(outer)
    assert read_foreign(outer).study == read_foreign(packed).study
    (outer / "study.toml").touch()
    assert not is_foreign(outer)


def test_a_folder_is_read_by_its_relative_path(packed: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = read_foreign(packed).study
    monkeypatch.chdir(folder.parent)
    assert read_foreign(Path(folder.name)).study == study
    monkeypatch.chdir(folder)
    assert read_foreign(Path()).study == study


def test_the_error_about_a_qde_file_without_texts_names_the_missing_texts(folder: Path, tmp_path: Path) -> None:
    (project,) = folder.glob("*.qde")
    alone = project.rename(tmp_path / "alone.QDE")
    report = read_foreign(alone).report
    assert any("does not have the text" in warning for warning in report.warnings)
    create_from(alone, tmp_path / "alone.sibtui")
    with Project.open(tmp_path / "alone.sibtui") as study:
        assert [code.path for code in study.codes.list()]


def test_a_qde_file_has_the_texts_of_the_folder_beside_it(
    packed: Path, folder: Path, tmp_path: Path, monkeypatch
) -> None:
    (project,) = folder.glob("*.qde")
    assert read_foreign(project).study == read_foreign(packed).study
    monkeypatch.chdir(folder)
    assert read_foreign(Path(project.name)).study == read_foreign(packed).study
    (folder / "Sources").symlink_to(tmp_path)
    (folder / "sources").rename(tmp_path / "others")
    assert any("does not have the text" in warning for warning in read_foreign(project).report.warnings)


def test_a_link_in_a_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    text = next(
        path for path in folder.rglob("*.txt") if path.read_text(encoding="utf-8") == TEXT
    )  # not a note of ours
    content = text.read_bytes()
    (tmp_path / "secret.txt").write_bytes(content)
    text.unlink()
    text.symlink_to(tmp_path / "secret.txt")
    assert any("does not have the text of 1 source" in warning for warning in read_foreign(folder).report.warnings)


def test_an_archive_without_a_project_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "words")
    (tmp_path / "a.zip").write_bytes(data.getvalue())
    with pytest.raises(InputError, match=r"there is no \.qde file in it"):
        read_foreign(tmp_path / "a.zip")


@pytest.mark.skipif(not SHARED.is_file(), reason="the folder ../shared/cases is not on this machine")
def test_the_losses_of_the_shared_case_are_named() -> None:
    study = read_foreign(SHARED).study
    assert [(memo.title, memo.text) for memo in study.memos] == [
        ("Plan", "The plan.\n\nDescription: day by day log"),
        ("Set: Images", "the picture “photo.jpg”, which was not imported"),
    ]
    assert [code.colour for code in study.codes] == ["#d391ad"]
