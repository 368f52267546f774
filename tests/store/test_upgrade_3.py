"""The upgrade of a study from versions 2, 4 and 5: no data is lost, and the history works."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.store import history, seals
from sibtui.store.connection import Store

from .test_upgrade_2 import CONTENT, DATA, content, older_content

if TYPE_CHECKING:
    from pathlib import Path

V2, V4, V5 = (DATA / f"study-v{version}.sibtui" for version in (2, 4, 5))


@pytest.fixture(params=[V2, V4, V5], ids=["version 2", "version 4", "version 5"])
def old(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def path(tmp_path: Path, old: Path) -> Path:
    path = tmp_path / "old.sibtui"
    shutil.copyfile(old, path)
    return path


def test_all_rows_keep_their_values_in_the_upgrade(path: Path, old: Path) -> None:
    before = older_content(old)
    store = Store.open(path)
    assert content(store) == before
    assert all(before.values())
    assert store.scalar("SELECT count(*) FROM undecided") == (0 if old == V2 else 1)
    assert store.scalar("PRAGMA integrity_check") == "ok"
    store.close()


def test_all_acts_from_before_the_upgrade_can_be_undone_and_redone(path: Path) -> None:
    store = Store.open(path)
    seen = [content(store)]
    while history.undo(store) is not None:
        seen.append(content(store))
    assert len(seen) > 50
    assert not any(seen[-1][table] for table in CONTENT if table not in {"project", "coders"})
    assert list(seals.broken(store)) == []
    for state in reversed(seen[:-1]):
        assert history.redo(store) is not None
        assert content(store) == state
    assert list(seals.broken(store)) == []
    store.close()


def test_a_text_of_an_upgraded_study_can_be_corrected(path: Path) -> None:
    with Project.open(path) as project:
        before = project.codings.undecided()
        text = project.sources.text("n1").replace("A women’s group of 15 meets on Mondays", "They meet twice")
        corrected = project.sources.correct("n1", text)
        assert len(corrected.undecided) > len(before)
        assert len(project.codings.undecided("n1")) == len(corrected.undecided)
        project.history.undo()
        assert project.codings.undecided() == before
        assert [finding for finding in project.check() if finding.kind == "damage"] == []
