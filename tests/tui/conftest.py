"""The app on a small study."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from textual.css.stylesheet import Stylesheet

from sibtui.tui.app import SibtuiApp
from sibtui.workspace.session_state import SessionState
from tests.small_study import coded, own_settings, study, study_file  # noqa: F401 - fixtures
from tests.tui.pilot import piloted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sibtui.project import Project


@pytest.fixture(autouse=True, scope="session")
def _style_sheets_are_parsed_once() -> Iterator[None]:
    """Parse each style sheet only once. The program has one app, but the tests start hundreds of apps."""
    parse, parsed = Stylesheet._parse_rules, {}

    def parse_once(self: Stylesheet, *given: Any, **more: Any) -> Any:
        key = (given, *sorted(more.items()), *sorted(self._variables.items()))
        if key not in parsed:
            parsed[key] = parse(self, *given, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture
def run(tmp_path: Path):
    """Return the app of a study, with a session state that only this test uses."""

    @asynccontextmanager
    async def running(project: Project, *, size: tuple[int, int] = (120, 36), notices: bool = False, **options):
        memory = options.pop("memory", None) or SessionState.load(tmp_path / "state.json")
        app = SibtuiApp(project, memory=memory, **options)
        async with piloted(app, size, notices=notices) as pilot:
            yield pilot

    return running
