"""The dialog after another program has moved, deleted or replaced the study file.

The user can open the new file, or continue with a copy of the old one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.study_app import Reopening
from sibtui.tui.widgets.letter_menu import ask_letter

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App
    from textual.screen import Screen

    from sibtui.tui.study_app import StudyApp

TITLE = "Another program has moved, deleted or replaced the study file"
ELSEWHERE = "File for the copy of the study"


def offer_reopening(app: StudyApp) -> None:
    """Ask the user how to continue after another program has moved, deleted or replaced the study file.

    The user can open the file that is now at the path of the study, or a copy of the state on the screen. Texts that
    are not saved yet are kept, and appear again in their editors.
    """
    path, choices = app.project.path, {}
    if app.project.backups.is_detached:
        if path.is_file():
            choices["o"] = "Open the file there now; this state becomes a backup"
        choices["c"] = "Go on elsewhere, with a copy of this state"
    else:
        choices["o"] = "Open the state that the other program has written"
    ask_letter(
        cast("App[object]", app),
        TITLE,
        choices,
        lambda letter: _open_present(app, path) if letter == "o" else _ask_copy(app, path),
        escape="looks on, without saving",
    )


def _open_present(app: StudyApp, path: Path) -> None:
    message = "This is the state of the file now; the last change is not in it."
    try:
        if app.project.backups.is_detached:
            message += f" The state before is {one_line(str(app.project.backups.make().path))}."
    except SibtuiError as error:
        app.notify(app.worded(error), severity="error", markup=False)
        return
    _reopen(app, path, message)


def _ask_copy(app: StudyApp, path: Path) -> None:
    proposed = _free_name(path)

    def write(typed: str) -> None:
        try:
            copy = app.project.backups.write(typed.strip())
        except SibtuiError as error:
            app.notify(app.worded(error), severity="error", markup=False)
            _ask_copy(app, path)
            return
        _reopen(app, copy, "This is the copy. The last change is not in it: make it again.")

    ask_line(
        cast("Screen[None]", app.screen),
        ELSEWHERE,
        str(proposed),
        lambda typed: "The copy is checked, and opens at once." if typed.strip() else None,
        write,
        enter="writes the copy and opens it",
        needed="Write the name of a file.",
    )


def _free_name(path: Path) -> Path:
    """Return an unused path for a copy of the study, in the folder of the study."""
    number = 2
    while (name := path.with_name(f"{path.stem[:60]}-{number}{path.suffix}")).exists():
        number += 1
    return name


def _reopen(app: StudyApp, path: Path, message: str) -> None:
    for screen in app.screen_stack:
        keep = getattr(screen, "keep_draft", None)
        if keep is not None:
            keep()
    app.reopening = Reopening(path, message, dict(app.drafts))
    app.exit()
