"""Something long, done in a thread while a bar tells how far it is; Esc stops it, and all is as it was before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from sibtui.errors import SibtuiError
from sibtui.tui.screens.aside import StoppedError
from sibtui.tui.widgets.lines import Lines, cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    Progress = Callable[[int, int], None]

Result = TypeVar("Result")

_SHOWN_AFTER = 0.2
"""Seconds: what is done by then needs no box."""
_OFTEN = 0.05
_BAR, _BESIDE = 56, 4
"""Cells of the bar where there is room, and of the box beside it."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """What came of it, or (None) why nothing did."""

    result: Result | None
    why: str = ""


class Doing(ModalScreen[Done[Result] | None]):
    """Dismissed when the deed has ended; with None when it was stopped.

    The deed runs in a thread, with a project of its own if it needs one, and tells (done, of) to the function that it is given, which ends it
    by raising. `at_once` is for a deed that changes nothing wherever it is left: Esc does not wait for it.
    """

    CSS = """
    Doing { background: transparent; align: center middle; }
    #doing { width: 60; max-width: 100%; height: 4; border: round $border; background: $surface; padding: 0 1; visibility: hidden; }
    #doing.-shown { visibility: visible; }
    #doing Lines { height: 2; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "stop", priority=True)]

    @dataclass
    class Progressed(Message):
        done: int
        of: int

    @dataclass
    class Ended(Message):
        """The thread is at its end; `result` is None when it was stopped."""

        result: Done[object] | None

    def __init__(self, title: str, deed: Callable[[Progress], Result], *, at_once: bool = False) -> None:
        super().__init__()
        self._title = title
        self._deed = deed
        self._at_once = at_once
        self._stopped = False

    def compose(self) -> ComposeResult:
        with Vertical(id="doing"):
            yield Lines()

    def on_mount(self) -> None:
        box = self.query_one("#doing")
        box.border_title = Content(cut(self._title, 54))
        box.border_subtitle = "Esc stops"
        self.set_timer(_SHOWN_AFTER, lambda: box.add_class("-shown"))
        self._show("…")
        self.run_worker(self._do, thread=True, exit_on_error=False)

    def _do(self) -> None:
        """In the thread."""
        worker, last = get_current_worker(), 0.0

        def progress(done: int, of: int) -> None:
            nonlocal last
            if self._stopped or worker.is_cancelled:
                raise StoppedError
            if monotonic() - last > _OFTEN:
                last = monotonic()
                self.post_message(self.Progressed(done, of))

        ended: Done[object] | None
        try:
            ended = Done(self._deed(progress))
        except StoppedError:
            ended = None
        except SibtuiError as error:
            ended = None if self._stopped else Done(None, str(error))
        except Exception as error:  # noqa: BLE001 - a thread's error would end the app without a word
            from sibtui.tui.faults import log_fault  # noqa: PLC0415 - hardly ever

            ended = None if self._stopped else Done(None, f"It could not be done: where is in {log_fault(error)}.")
        with suppress(RuntimeError):  # the app is gone
            self.post_message(self.Ended(ended))

    def on_doing_progressed(self, event: Progressed) -> None:
        if not self._stopped:
            self._show(f"{event.done:,} of {event.of:,}" if event.of else "looking …", event.done, event.of)

    def on_doing_ended(self, event: Ended) -> None:
        if self.is_current:
            self.dismiss(event.result)  # type: ignore[arg-type] # what the deed returned is a Result

    def _show(self, told: str, done: int = 0, of: int = 0) -> None:
        cells = max(1, min(_BAR, self.app.size.width - _BESIDE))
        full = cells * done // of if of else 0
        self.query_one(Lines).set_lines([[("━" * full, "key"), ("─" * (cells - full), "quiet")], [(told, "quiet")]])

    def action_stop(self) -> None:
        self._stopped = True
        if self._at_once:
            self.dismiss(None)
        else:
            self._show("stopping …")
