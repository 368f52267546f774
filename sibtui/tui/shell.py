"""What every app of ours is: our colours, keys heeded in their order, and a clean way out whatever happens."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events
from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.widget import AwaitMount

from sibtui.tui.note.widget import NoteView
from sibtui.tui.palette import ANSI_VARIABLES, DARK, LIGHT, colour, variables
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widths import WIDTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.filter import LineFilter

    from sibtui.desk.memory import Memory

Result = TypeVar("Result")
_COLOURLESS = NoColor()


class Shell(App[Result]):
    """An app in our colours. `fault` is the sentence it ended with, when something happened that should not."""

    TITLE = "sibtui"
    CSS_PATH = Path(__file__).with_name("sibtui.tcss")
    HORIZONTAL_BREAKPOINTS = list(WIDTHS)  # noqa: RUF012 - Textual's own declaration

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.memory = memory
        self.fault = ""
        self._opening: AwaitMount | None = None
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = memory.theme if memory.theme in self.available_themes else DARK.name
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        self._heed_signals()
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """What starting has made stays, and is never looked through again: that would stop the keys."""
        gc.freeze()
        gc.enable()

    # Colours

    def get_theme_variable_defaults(self) -> dict[str, str]:
        theme = self.current_theme
        return ANSI_VARIABLES if theme.ansi else variables(dark=theme.dark)

    def code_colour(self, name: str) -> str | None:
        """A code's colour in this theme; None where colours are the terminal's own."""
        return None if self.native_ansi_color else colour(name, dark=self.current_theme.dark)

    def _watch_theme(self, theme_name: str) -> None:
        self.memory.theme = theme_name
        if self.is_running and self.screen_stack:
            super()._watch_theme(theme_name)
        else:  # nothing is drawn in other colours yet: the style sheet need not be read again
            theme = self.current_theme
            self.update_classes(
                {f"-theme-{theme.name}": True, "-dark-mode": theme.dark, "-light-mode": not theme.dark}, update=False
            )
            self._refresh_truecolor_filter(self.ansi_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without colours (NO_COLOR) draw in greys, or in nothing but bold, underlined and reversed where colours are the terminal's own.

        Textual chooses between the two once, before it has our theme: greys made of colours that only the terminal knows are black on black.
        """
        filters = super().get_line_filters()
        if self.no_color and self.native_ansi_color:
            filters = [_COLOURLESS if isinstance(each, Monochrome) else each for each in filters]
        return filters

    # Keys

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        opened = super().push_screen(*arguments, **options)
        if isinstance(opened, AwaitMount):
            self._opening = opened
        return opened

    async def on_event(self, event: events.Event) -> None:
        if self._exit and isinstance(event, events.InputEvent):
            return  # of a burst of keys, those behind the one that leaves would open what is being closed
        if isinstance(event, events.Key) and not event.is_forwarded and await self._heed(event):
            return
        await super().on_event(event)

    def on_click(self, event: events.Click) -> None:
        """A click on what names a key presses it: all that is done by keys is done by the mouse too."""
        from sibtui.tui.clicking import key_clicked  # noqa: PLC0415 - many never click

        key = key_clicked(event)
        if key is not None:
            self.post_message(key)

    async def _heed(self, event: events.Key) -> bool:
        """Heed a key before the next one is looked at.

        Textual hands keys from queue to queue: of keys that arrive together, the second would go to a screen that the first has just left, or
        be dropped by one that the first has just opened.
        """
        if self._opening is not None:
            opening, self._opening = self._opening, None
            await opening
        take = getattr(self.screen, "take_key", None)
        if take is not None and take(event):
            return True
        if self.focused is None or isinstance(
            self.focused, (NoteView, RowList)
        ):  # they have commands, and no text to type
            return await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)
        return False

    # The way out

    def _heed_signals(self) -> None:
        """End as by `q` when the terminal goes or somebody ends the program: else it is left raw, and the program may spin."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self._leave_by, int(number))

    def _leave_by(self, number: int) -> None:
        self.end_without_terminal()
        self.keep_written()
        self.exit(return_code=128 + number)

    def keep_written(self) -> None:
        """Keep what is being written just now: nobody will come back to the end of the sentence."""

    def end_without_terminal(self) -> None:
        """End at once when the terminal is gone: there is none to put in order, and trying to would wait for it, or spin."""
        if self.is_headless or not lost_terminal():
            return
        with suppress(Exception):  # it may try to show what it did, on a terminal that is gone
            self.keep_written()
        self.memory.save()
        os._exit(128 + 1)  # all that was done is on disk since it was done

    def _handle_exception(self, error: Exception) -> None:
        """End with one sentence. The trace goes to the log without its values: they are what people said in interviews."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            with suppress(Exception):  # what went wrong may be just this
                self.keep_written()
            file = log_fault_of(error)
            self.fault = (
                f"sibtui: an error that should not happen ({type(error).__name__}); all that was coded is saved. "
                f"Where it was is in {file}."
            )
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """The sentence alone, on the terminal as it was before."""
        self._exit_renderables.clear()
        if self.fault and not self.is_headless:
            sys.stderr.write(self.fault + "\n")


def lost_terminal() -> bool:
    """Whether the terminal that the program was started in is not there any more."""
    try:
        import termios  # noqa: PLC0415 - not everywhere
    except ImportError:
        return False
    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except termios.error:
        return True
    except (OSError, ValueError):
        return False
    return False


def log_fault_of(error: Exception) -> str:
    from sibtui.tui.faults import log_fault  # noqa: PLC0415 - nearly no session needs it

    return str(log_fault(error))
