"""A small study and empty settings, for the tests of the workspace and of the screen."""

from __future__ import annotations

from shutil import copy
from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTE = """# The investor

They came for the money. It was not the return: evicting people cost more. Nobody had a service for them.

The loss falls on the fund. The charity is paid in advance.

## Later

- clippers for a man who used to be a barber
- boots

“We ask people to trust us,” she said. We employ the person they trust until March.
"""
SHARED = """Of all four she knows the cards. In A it was the figures. In B it was the star.

# Next

In C nobody asked.
"""


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests away from the settings and the state of the person who runs them."""
    monkeypatch.setattr("sibtui.workspace.clipboard.programs", lambda *_: iter(()))
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the study. It is made once, and each test gets a copy."""
    file = tmp_path_factory.mktemp("study") / "study.sibtui"
    with Project.create(file, name="A study", coder="R1") as project:
        for label in ("SIB A", "SIB B"):
            project.cases.add(label)
        project.sources.add(
            [
                SourceDraft("a1", NOTE, "Investor", cases=("SIB A",), attributes={"date": "2020-03-24"}),
                SourceDraft("m1", SHARED, "Fund manager", cases=("SIB A", "SIB B"), reading="in progress"),
                SourceDraft("x1", "A note of no case. It is short.", cases=()),
            ]
        )
        project.codes.import_(
            [
                CodeDraft("Money", "What things cost.", colour="orange"),
                CodeDraft("Money/Who carries the loss", "Who pays when an outcome is missed.", key="W"),
                CodeDraft("Money/Paid in advance"),
                CodeDraft("People", colour="sky"),
                CodeDraft("People/Trust", "Trust, and what breaks it.", key="U"),
                CodeDraft("People/Given up", status="retired"),
            ]
        )
    return file


@pytest.fixture
def study(study_file: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(copy(study_file, tmp_path), coder="R1") as project:
        yield project


@pytest.fixture
def coded(study: Project) -> Project:
    """The study with two codings in a1."""
    add_codings(study)
    return study


def add_codings(study: Project) -> None:
    study.codings.add(CodingDraft("a1", "Money/Who carries the loss", quote="The loss falls on the fund."))
    study.codings.add(CodingDraft("a1", "People/Trust", quote="until March", stance="counters", certainty="tentative"))
