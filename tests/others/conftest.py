"""The other programs, and a study to give them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sibtui.project import Project
from sibtui.project.folder import read_folder
from tests.small_study import own_settings  # noqa: F401 - a fixture

SAMPLE = Path(__file__).parents[2] / "sample_notes"


def program(variable: str, name: str) -> str:
    """Where a program is: told by a variable, else on the path; without it the test is skipped."""
    found = os.environ.get(variable) or shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed here ({variable} tells where it is)")
    return found


@pytest.fixture(scope="session")
def taguette_program() -> str:
    return program("SIBTUI_TAGUETTE", "taguette")


@pytest.fixture(scope="session")
def qc_program() -> str:
    return program("SIBTUI_QC", "qc")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample study."""
    with Project.create(tmp_path_factory.mktemp("sample") / "sample.sibtui", draft=read_folder(SAMPLE)) as project:
        yield project
