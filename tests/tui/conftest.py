"""The app on a small study."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from sibtui.desk.memory import Memory
from sibtui.tui.app import SibtuiApp
from tests.small_study import coded, own_settings, study, study_file  # noqa: F401 - fixtures
from tests.tui.pilot import piloted

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project


@pytest.fixture
def run(tmp_path: Path):
    """The app on a study, with a memory of its own."""

    @asynccontextmanager
    async def running(project: Project, *, size: tuple[int, int] = (120, 36), **options):
        memory = options.pop("memory", None) or Memory.load(tmp_path / "state.json")
        app = SibtuiApp(project, memory=memory, **options)
        async with piloted(app, size) as pilot:
            yield pilot

    return running
