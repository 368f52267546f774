from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.project import Project

from .study import apply_code, opened, small_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "study.sibtui"
    Project.create(path, coder="Ana").close()
    with opened(path) as project:
        yield project


@pytest.fixture
def project(empty: Project) -> Project:
    """SIB A and SIB B; A1 and B1 (a report), both read, touch one each, AB touches both; three codes under two themes."""
    small_study(empty)
    return empty


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
