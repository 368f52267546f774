"""Long reading beside the screen: in a thread, with the study opened once more, so that keys never wait for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from sibtui.errors import SibtuiError
from sibtui.project import Project
from sibtui.tui.faults import log_fault
from sibtui.tui.screens.told import ToldScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Progress = Callable[[int, int], None]
    Reading = Callable[[Project, Progress], None]

_GROUP = "aside"


class StoppedError(Exception):
    """Nobody waits for the result any more."""


class AsideScreen(ToldScreen):
    """A screen that reads something long. A new reading ends the one before; leaving the screen ends it too."""

    @dataclass
    class Progressed(Message):
        """So much of it is read."""

        done: int
        of: int

    @dataclass
    class Failed(Message):
        """It could not be read; why."""

        told: str

    _beside: Project | None = None

    def aside(self, reading: Reading) -> None:
        """Run `reading` in a thread, with a project of its own and a function to tell it progress (done, of), which ends it when it should.

        It hands over what it finds with `self.post_message`. What goes wrong is told.
        """
        self.stop_aside()
        path = self.project.path
        self.run_worker(lambda: self._read(path, reading), thread=True, exit_on_error=False, group=_GROUP)

    def stop_aside(self) -> None:
        """End what is being read, if anything is."""
        self.workers.cancel_group(self, _GROUP)
        if self._beside is not None:
            with suppress(Exception):  # it has just ended by itself
                self._beside.interrupt()

    def on_unmount(self) -> None:
        self.stop_aside()

    def _read(self, path: Path, reading: Reading) -> None:
        worker = get_current_worker()

        def progress(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise StoppedError
            self.post_message(self.Progressed(done, of))

        told = ""
        try:
            with Project.open(path) as project:
                self._beside = project
                reading(project, progress)
        except StoppedError:
            return
        except SibtuiError as error:
            told = str(error)
        except Exception as error:  # noqa: BLE001 - a thread's error would end the app without a word
            told = "" if worker.is_cancelled else f"It could not be read: where is in {log_fault(error)}."
        if told and not worker.is_cancelled:
            with suppress(RuntimeError):  # the app is gone
                self.post_message(self.Failed(told))

    def on_aside_screen_failed(self, event: Failed) -> None:
        self.tell(event.told, error=True)
