from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.project import Project

from .study import opened, small_study

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
