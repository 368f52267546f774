from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import sample_draft

from .study import apply_code, opened, small_study

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty study once. A copy takes a twentieth of the time, and hundreds of tests need one."""
    path = tmp_path_factory.mktemp("empty") / "study.sibtui"
    Project.create(path, coder="Ana").close()
    return path


@pytest.fixture(scope="session")
def _small_file(_empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(_empty_file, tmp_path_factory.mktemp("small")))
    with opened(path) as project:
        small_study(project)
    return path


@pytest.fixture
def empty(_empty_file: Path, tmp_path: Path) -> Iterator[Project]:
    with opened(Path(shutil.copy(_empty_file, tmp_path))) as project:
        yield project


@pytest.fixture
def project(_small_file: Path, tmp_path: Path) -> Iterator[Project]:
    """SIB A and SIB B; A1 and B1 (a report), both read, touch one each, AB touches both; three codes under two themes."""
    with opened(Path(shutil.copy(_small_file, tmp_path))) as project:
        yield project


@pytest.fixture
def read(project: Project) -> Project:
    """All sources read, after the codes were made."""
    for source in project.sources.list():
        project.sources.set(source.name, reading="read")
    return project


@pytest.fixture
def coded(read: Project) -> Project:
    """Brokering: A1 (Ana), B1 (Ben); Budgets: AB for SIB A (Ben)."""
    apply_code(read, "A1", "Brokering")
    apply_code(read, "B1", "Brokering", coder="Ben")
    apply_code(read, "AB", "Budgets", coder="Ben", cases=("SIB A",))
    return read


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The sample study. The tests of a module share it, and only read it."""
    with Project.create(tmp_path_factory.mktemp("sample") / "sample.sibtui", draft=sample_draft()) as project:
        yield project
