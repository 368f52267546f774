"""The progress dialog. It runs a long action in a thread, and shows a bar with the progress.

Esc stops the action at its next report of progress.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from sibtui.errors import SibtuiError
from sibtui.tui.hints import keymap_of, worded
from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.text_lines import TextLines, cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.progress import Progress


T = TypeVar("T")

_SHOWN_AFTER = 0.2
"""The seconds before the dialog appears. An action that takes less time shows no dialog."""
_UPDATE_SECONDS = 0.05
_BAR, _FRAME_CELLS = 56, 4
"""The greatest width of the bar, and the width of the frame around it, in cells."""


class StoppedError(Exception):
    """Raised inside a long action to end it. The user has stopped the action, or its result is no longer needed."""


@dataclass(frozen=True, slots=True)
class TaskResult(Generic[T]):
    """The result of an action that ran in a thread.

    If the action failed, `result` is None, and `why` states the cause.
    """

    result: T | None
    why: str = ""


class ProgressDialog(Dialog[TaskResult[T] | None]):
    """A dialog that runs an action in a thread. It closes with the result, or with None if the user stops the action.

    If the action needs the study, it must open the study itself, because it runs in a thread. The action receives a
    function `progress`, and calls `progress(done, of)` after each step. This call raises StoppedError if the user
    has stopped the action.

    If `stop_at_once` is True, Esc closes the dialog without waiting for the end of the action. Set `stop_at_once`
    only for actions that change nothing.
    """

    CSS = """
    ProgressDialog { background: transparent; align: center middle; }
    #progress { width: 60; max-width: 100%; height: 4; border: round $border; background: $surface; padding: 0 1; visibility: hidden; }
    #progress.-shown { visibility: visible; }
    #progress TextLines { height: 2; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "stop", "stop", priority=True)]

    @dataclass
    class Progressed(Message):
        done: int
        of: int

    @dataclass
    class Ended(Message):
        """Sent when the action has ended. `result` is None if the user has stopped it."""

        result: TaskResult[object] | None

    def __init__(
        self,
        title: str,
        action: Callable[[Progress], T],
        *,
        stop_at_once: bool = False,
        activity: str = "looking …",
    ) -> None:
        super().__init__()
        self._title = title
        self._action = action
        self._at_once = stop_at_once
        self._activity = activity
        self._stopped = False
        self._ended: ProgressDialog.Ended | None = None
        self._shown = "…", 0, 0

    def compose(self) -> ComposeResult:
        with Vertical(id="progress"):
            yield TextLines()

    def on_mount(self) -> None:
        box = self.query_one("#progress")
        box.border_title = Content(cut(self._title, 54))
        self.set_timer(_SHOWN_AFTER, lambda: box.add_class("-shown"))
        self.run_worker(self._run_action, thread=True, exit_on_error=False)

    def _run_action(self) -> None:
        """Run the action, and send its result. This method is called in a thread."""
        worker, last = get_current_worker(), 0.0

        def progress(done: int, of: int) -> None:
            nonlocal last
            if self._stopped or worker.is_cancelled:
                raise StoppedError
            if monotonic() - last > _UPDATE_SECONDS:
                last = monotonic()
                self.post_message(self.Progressed(done, of))

        ended: TaskResult[object] | None
        try:
            ended = TaskResult(self._action(progress))
        except StoppedError:
            ended = None
        except SibtuiError as error:
            ended = None if self._stopped else TaskResult(None, worded(error, keymap_of(self.app)))
        except Exception as error:  # noqa: BLE001 - an error in a thread would end the app without a message
            from sibtui.tui.crash_log import log_fault

            ended = (
                None
                if self._stopped
                else TaskResult(None, f"The action failed. The log has the place: {log_fault(error)}")
            )
        with suppress(RuntimeError):  # the app has closed meanwhile
            self.post_message(self.Ended(ended))

    def on_progress_dialog_progressed(self, event: Progressed) -> None:
        if not self._stopped:
            self._show(f"{event.done:,} of {event.of:,}" if event.of else self._activity, event.done, event.of)

    def on_progress_dialog_ended(self, event: Ended) -> None:
        self._ended = event
        self._close_if_ended()

    def on_screen_resume(self) -> None:
        self._close_if_ended()

    def _close_if_ended(self) -> None:
        """Close the dialog if the action has ended. If the command palette is open above the dialog, do nothing yet."""
        if self._ended is not None and self.is_active:
            self.dismiss(self._ended.result)  # type: ignore[arg-type] # the action returns a Result

    def fit_window(self) -> None:
        show_keys(self.query_one("#progress"), "Esc stops")
        self._show(*self._shown)

    def _show(self, message: str, done: int = 0, of: int = 0) -> None:
        self._shown = message, done, of
        cells = max(1, min(_BAR, self.app.size.width - _FRAME_CELLS))
        full = cells * done // of if of else 0
        self.query_one(TextLines).set_lines(
            [[("━" * full, "key"), ("─" * (cells - full), "quiet")], [(message, "quiet")]]
        )

    def action_stop(self) -> None:
        self._stopped = True
        if self._at_once:
            self.dismiss(None)
        else:
            self._show("stopping …")
