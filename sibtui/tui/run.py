"""Running the program on the screen: the functions behind `sibtui open`, `sibtui demo` and the welcome screen."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.tui.keymap import KeyMap
    from sibtui.tui.study_app import Reopening


def open_study(path: str | Path, *, passing: bool = False) -> int:
    """Show a study on the screen until the user leaves it, and return the exit status of the program.

    If `passing` is True, the study is not added to the list of recent studies. Raises StudyFileError if the file cannot
    be opened.
    """
    gc.disable()  # the start of the program makes no garbage; the app enables the collector again
    status, reopening = _show(Path(path), passing, None)
    while reopening is not None:  # another program has replaced the file
        message = reopening.message
        try:
            status, reopening = _show(reopening.path, passing, reopening)
        except StudyFileError as error:
            raise StudyFileError(f"{error} {message}", "", error.hint) from error
    return status


def _show(path: Path, passing: bool, reopened: Reopening | None) -> tuple[int, Reopening | None]:
    from sibtui.project import Project
    from sibtui.tui.app import SibtuiApp
    from sibtui.workspace.session_state import SessionState, key_file

    with Project.open(path) as project:
        memory = SessionState.load()
        memory.passing = passing
        coder = memory.place(project.study.guid).coder
        if coder and not os.environ.get("SIBTUI_CODER", "").strip():
            project.set_coder(coder)
        app = SibtuiApp(project, memory=memory, keymap=_own_keys(key_file()), reopened=reopened)
        try:
            app.run()
        finally:
            memory.save()
            gc.enable()
    return app.return_code or 0, app.reopening


def _own_keys(file: Path) -> KeyMap | None:
    """Return the key map in `file`. None if the file does not exist."""
    if not file.exists():
        return None
    from sibtui.tui.keymap import load

    return load(file)


def open_welcome(make_demo: Callable[[Path], None]) -> int:
    """Show the welcome screen, open the study that the user chooses, and return the exit status of the program.

    `make_demo` writes the sample study to a file.
    """
    from tempfile import TemporaryDirectory

    from sibtui.errors import SibtuiError
    from sibtui.tui.hints import worded
    from sibtui.tui.screens.welcome import WelcomeApp
    from sibtui.workspace.session_state import SessionState

    message = ""
    while True:
        memory = SessionState.load()
        app = WelcomeApp(memory, folder=Path.cwd(), message=message)
        chosen = app.run()
        memory.save()
        if chosen is None:
            return app.return_code or 0
        try:
            if chosen.file is not None:
                return open_study(chosen.file)
            with TemporaryDirectory(prefix="sibtui-demo-") as folder:
                file = Path(folder, "demo.sibtui")
                make_demo(file)
                return open_study(file, passing=True)
        except SibtuiError as error:  # the welcome screen shows the error, and offers the choice again
            message = worded(error, {})
