"""Saving a change of the study.

The screen does not freeze while a change waits for another program that writes to the study. A line below the status
bar reports changes that could not be saved.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError, StudyBusyError, StudyFileError, StudyReplacedError
from sibtui.tui.widgets.text_lines import TextLines, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from sibtui.model.progress import Progress
    from sibtui.tui.study_app import StudyApp
    from sibtui.tui.widgets.progress_dialog import TaskResult

WAIT_SECONDS = 5.0
"""The longest time in seconds that a change waits for another program that is writing to the study."""
READ_SECONDS = 0.25
"""The longest time in seconds that the UI thread waits for another program to finish a write."""
_BAR = "unsaved"


class Save:
    """One change of the study by a screen.

    If another program is writing to the study, the change waits until that program has finished, and is tried again.
    After a few seconds, the change fails.
    """

    def __init__(
        self,
        screen: Screen[None],
        app: StudyApp,
        action: Callable[[], str | None],
        succeeded: Callable[[str, bool], object],
        failed: Callable[[SibtuiError], object],
    ) -> None:
        """Prepare a change of the study. `action` makes the change.

        If the change succeeds, `succeeded` receives the message that `action` has returned, and whether the study was
        changed. Otherwise `failed` receives the error.
        """
        self._screen = screen
        self._app = app
        self._action = action
        self._succeeded = succeeded
        self._failed = failed
        self._end = monotonic() + WAIT_SECONDS

    def run(self) -> bool:
        """Try the change once. Return whether this try succeeded."""
        app, project = self._app, self._app.project
        before = project.saves
        try:
            message = self._action()
        except StudyBusyError as error:
            if not app.is_ending and monotonic() < self._end:
                self._wait(error)
            else:
                self._fail(error)
            return False
        except SibtuiError as error:
            self._fail(error)
            return False
        saved = project.saves != before
        if saved:
            app.unsaved, app.typed = "", None
        self._succeeded(message or "", saved)
        show_unsaved(self._screen, self._app)
        return True

    def _wait(self, error: StudyBusyError) -> None:
        """Wait in a thread until the other program has finished, and try the change again.

        If the waiting ends without success, the change fails with `error`. A dialog receives all keys meanwhile, so
        that no key moves the selection before the change is made.
        """
        from sibtui.tui.widgets.progress_dialog import ProgressDialog

        project, seconds = self._app.project, self._end - monotonic()

        def wait(progress: Progress) -> bool:
            return project.wait_until_free(seconds, lambda: progress(0, 0))

        def waited(done: TaskResult[bool] | None) -> None:
            if done is not None and done.result:
                self.run()
            else:
                self._fail(error)

        title = "Not saved yet: another program is changing the study"
        self._app.push_screen(ProgressDialog(title, wait, stop_at_once=True, activity="waiting …"), waited)

    def _fail(self, error: SibtuiError) -> None:
        if isinstance(error, StudyFileError):
            self._app.unsaved = f"NOT SAVED: {error.why}"
        self._failed(error)
        show_unsaved(self._screen, self._app)
        if isinstance(error, StudyReplacedError):
            self._app.offer_reopening()


def show_unsaved(screen: Screen[None], app: StudyApp) -> None:
    """Show a line with the reason why changes are not saved. If everything is saved, remove the line."""
    unsaved = app.unsaved
    bars = screen.query(f"#{_BAR}")
    if not unsaved:
        bars.remove()
        return
    if not screen.is_attached or not screen.is_mounted:
        return
    bar = bars.first(TextLines) if bars else TextLines(id=_BAR, inset=1)
    rows = wrapped(unsaved, max(20, app.size.width - 2))
    bar.styles.height = len(rows)
    bar.set_lines([[(row, "warning")] for row in rows])
    if not bars:
        screen.mount(bar)
