"""Opening the screen: what `sibtui open` calls, and the only way in."""

from __future__ import annotations

import gc
from pathlib import Path


def open_study(path: str | Path) -> int:
    """Open a study on the screen until the researcher leaves; the exit status. StudyFileError when it cannot be opened."""
    gc.disable()  # nothing of what is made while starting is garbage; the app enables it again
    from sibtui.project import Project  # noqa: PLC0415 - the collector is off first
    from sibtui.tui.app import SibtuiApp  # noqa: PLC0415
    from sibtui.tui.keymap import load  # noqa: PLC0415
    from sibtui.tui.memory import Memory  # noqa: PLC0415

    with Project.open(Path(path)) as project:
        memory = Memory.load()
        app = SibtuiApp(project, memory=memory, keymap=load())
        try:
            app.run()
        finally:
            memory.save()
            gc.enable()
    return app.return_code or 0


def open_welcome() -> int:
    """Show the welcome screen: make a study, open one that was open lately, or open the demo; the exit status."""
    from sibtui.errors import NotFoundError  # noqa: PLC0415

    raise NotFoundError("There is no study to open: make one with `sibtui new STUDY.sibtui`.")
