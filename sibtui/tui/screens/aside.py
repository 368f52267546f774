"""Long reading beside the screen: in a thread, with the study opened once more, so that keys never wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from sibtui.errors import SibtuiError
from sibtui.project import Project
from sibtui.tui.faults import log_fault
from sibtui.tui.screens.told import ToldScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.worker import Worker


class StoppedError(Exception):
    """Nobody waits for the result any more."""


class AsideScreen(ToldScreen):
    """A screen that reads something long. A new reading ends the one before; leaving the screen ends it too."""

    def aside(self, reading: Callable[[Project, Callable[[int, int], None]], None]) -> Worker[None]:
        """Run `reading` with a project of its own, and a function to tell it progress (done, of), which also ends it when it should.

        It hands over what it finds with `self.post_message`. What goes wrong is told.
        """
        path = self.project.path
        return self.run_worker(
            lambda: self._read(path, reading), thread=True, exclusive=True, exit_on_error=False, group="aside"
        )

    def _read(self, path: Path, reading: Callable[[Project, Callable[[int, int], None]], None]) -> None:
        worker = get_current_worker()

        def progress(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise StoppedError
            self.app.call_from_thread(self.progressed, done, of)

        try:
            with Project.open(path) as project:
                reading(project, progress)
        except StoppedError:
            return
        except SibtuiError as error:
            told = str(error)
        except Exception as error:  # noqa: BLE001 - a thread's error would end the app without a word
            if worker.is_cancelled:
                return
            told = f"It could not be read ({type(error).__name__}); where is in {log_fault(error)}."
        else:
            return
        self.app.call_from_thread(self.tell, told, error=True)

    def progressed(self, done: int, of: int) -> None:
        """Told now and then while something is read."""
