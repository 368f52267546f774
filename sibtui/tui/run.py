"""Opening the screen: what `sibtui open` calls, and the only way in."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.tui.keymap import KeyMap


def open_study(path: str | Path, *, passing: bool = False) -> int:
    """Open a study on the screen until the researcher leaves; the exit status. StudyFileError when it cannot be opened.

    A `passing` study, the demo, is not among those that are remembered.
    """
    gc.disable()  # nothing of what is made while starting is garbage; the app enables it again
    from sibtui.desk.memory import Memory, key_file  # noqa: PLC0415
    from sibtui.project import Project  # noqa: PLC0415 - the collector is off first
    from sibtui.tui.app import SibtuiApp  # noqa: PLC0415

    with Project.open(Path(path)) as project:
        memory = Memory.load()
        memory.passing = passing
        app = SibtuiApp(project, memory=memory, keymap=_own_keys(key_file()))
        try:
            app.run()
        finally:
            memory.save()
            gc.enable()
    return app.return_code or 0


def _own_keys(file: Path) -> KeyMap | None:
    """The keys of this user."""
    if not file.exists():
        return None
    from sibtui.tui.keymap import load  # noqa: PLC0415

    return load(file)


def open_welcome(make_demo: Callable[[Path], None]) -> int:
    """Show the welcome screen: make a study, open one that was open lately, or open the demo; the exit status.

    `make_demo` builds the sample study in a file.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from sibtui.desk.memory import Memory  # noqa: PLC0415
    from sibtui.errors import SibtuiError  # noqa: PLC0415
    from sibtui.tui.screens.welcome import WelcomeApp  # noqa: PLC0415

    said = ""
    while True:
        memory = Memory.load()
        app = WelcomeApp(memory, folder=Path.cwd(), said=said)
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
        except SibtuiError as error:  # it cannot be opened: the welcome says why, and another can be chosen
            said = str(error)
