"""Fixtures: the other programs, and a study for them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import read_folder
from tests.small_study import own_settings  # noqa: F401 - a fixture

SAMPLE = Path(__file__).parents[2] / "sample_notes"


def program(variable: str, name: str) -> str:
    """Return the path of a program, from a variable or the PATH. Skip the test without it."""
    result = os.environ.get(variable) or shutil.which(name)
    if not result:
        pytest.skip(f"{name} is not installed (set {variable} to its path)")
    return result


@pytest.fixture(scope="session")
def taguette_program() -> str:
    return program("SIBTUI_TAGUETTE", "taguette")


@pytest.fixture(scope="session")
def qc_program() -> str:
    return program("SIBTUI_QC", "qc")


@pytest.fixture(scope="session")
def qdapy_python() -> str:
    """Return the path of a Python that has qdapy."""
    result = os.environ.get("SIBTUI_QDAPY")
    if not result:
        pytest.skip("qdapy is not installed (set SIBTUI_QDAPY to a Python that has it)")
    return result


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the sample study."""
    with Project.create(tmp_path_factory.mktemp("sample") / "sample.sibtui", draft=read_folder(SAMPLE)) as project:
        yield project
