"""Background jobs of a screen.

A job runs in a thread and opens the study a second time, so that keys never wait for the job.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from sibtui.errors import SibtuiError
from sibtui.project import Project
from sibtui.tui.crash_log import log_fault
from sibtui.tui.hints import keymap_of, worded
from sibtui.tui.screens.status_screen import StatusScreen
from sibtui.tui.widgets.progress_dialog import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.model.progress import Progress

    Job = Callable[[Project, Progress], None]

_GROUP = "background"


class BackgroundScreen(StatusScreen):
    """A screen that runs at most one job in a thread.

    A new job stops the previous job. When the user leaves the screen, the job is stopped too.
    """

    @dataclass
    class Progressed(Message):
        """Sent to report the progress of the job.

        `done` is the number of finished steps, and `of` is the number of all steps.
        """

        done: int
        of: int

    @dataclass
    class Failed(Message):
        """Sent when the job has failed. `message` states the cause."""

        message: str

    _thread_project: Project | None = None

    def run_in_background(self, job: Job) -> None:
        """Run `job` in a thread. If the job fails, the screen shows the error.

        `job` receives a project and a callback `progress(done, of)`. The project is the study, opened a second time
        for this job with the same coder. The callback raises StoppedError if the job must stop. The job sends its
        results with `self.post_message`.
        """
        self.stop_background()
        path, coder = self.project.path, self.project.coder
        self.run_worker(lambda: self._run_job(path, coder, job), thread=True, exit_on_error=False, group=_GROUP)

    def stop_background(self) -> None:
        self.workers.cancel_group(self, _GROUP)
        if self._thread_project is not None:
            with suppress(Exception):  # the job has ended in the meantime
                self._thread_project.interrupt()

    def on_unmount(self) -> None:
        self.stop_background()

    def _run_job(self, path: Path, coder: str, job: Job) -> None:
        worker = get_current_worker()

        def progress(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise StoppedError
            self.post_message(self.Progressed(done, of))

        message = ""
        try:
            with Project.open(path, coder=coder) as project:
                self._thread_project = project
                job(project, progress)
        except StoppedError:
            return
        except SibtuiError as error:
            message = worded(error, keymap_of(self.app))
        except Exception as error:  # noqa: BLE001 - an error in a thread would end the app without a message
            message = (
                "" if worker.is_cancelled else f"The study could not be read. The log has the place: {log_fault(error)}"
            )
        if message and not worker.is_cancelled:
            with suppress(RuntimeError):  # the app has closed meanwhile
                self.post_message(self.Failed(message))

    def on_background_screen_failed(self, event: Failed) -> None:
        self.report(event.message, error=True)
