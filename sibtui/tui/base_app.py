"""The base class of the two apps: the app of an open study, and the welcome app.

The class sets colours, handles keys one after the other, copies to the clipboard, and exits cleanly after signals and
errors.
"""

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
from textual.filter import Monochrome, NoColor
from textual.widget import AwaitMount

from sibtui.tui.breakpoints import WIDTHS
from sibtui.tui.commands import CommandRunner
from sibtui.tui.commands.keys import key_name
from sibtui.tui.note.widget import NoteView
from sibtui.tui.textual_overrides.app import TextualApp
from sibtui.tui.theme import ANSI_VARIABLES, DARK, LIGHT, colour, shade, variables
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.filter import LineFilter

    from sibtui.workspace.session_state import SessionState

T = TypeVar("T")
_COLOURLESS = NoColor()
_NOTICE_CELLS, _NOTICE_FRAME, _BESIDE_NOTICE = 72, 3, 2
"""The largest width of the text in a notice, the width of the frame and padding, and that of the column beside it.

All widths are in cells. `sibtui.tcss` sets the width of a notice, and Textual keeps the column for a scroll bar.
"""


class BaseApp(CommandRunner, TextualApp[T]):
    """The base class of the two apps. It sets colours, and handles keys and errors."""

    TITLE = "sibtui"
    CSS_PATH = Path(__file__).with_name("sibtui.tcss")
    _has_theme = False
    HORIZONTAL_BREAKPOINTS = list(WIDTHS)  # noqa: RUF012 - Textual's own declaration

    def __init__(self, memory: SessionState) -> None:
        super().__init__()
        self.memory = memory
        self.unbound: set[str] = set()
        """The keys without a command that were reported already. Each of them is reported only once."""
        self.drafts: dict[str, str] = {}
        """A dict: title of a dialog → the text that was typed in the dialog but not saved.

        The dialog shows this text when it opens again.
        """
        self.inputs = 0
        """The number of keys, clicks and pastes so far. A message in a status bar stays until the next of them."""
        self._opening: AwaitMount | None = None
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = memory.theme if memory.theme in self.available_themes else DARK.name
        self._has_theme = True
        self.stylesheet.set_variables(self.get_css_variables())

    def run(self, **options: Any) -> T | None:
        """Run the app. After it, signals have the same effect as before: asyncio would reset them to Python's defaults."""
        handlers = {number: signal.getsignal(number) for number in _ending_signals()}
        try:
            return super().run(**options)
        finally:
            for number, handler in handlers.items():
                with suppress(TypeError, ValueError):  # a handler from outside Python, or another thread
                    signal.signal(number, handler)

    async def run_async(self, **options: Any) -> T | None:
        """Run the app. A signal during its start, when the terminal is in raw mode already, ends it in order too."""
        self._handle_signals()
        return await super().run_async(**options)

    def on_mount(self) -> None:
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Exclude all existing objects from garbage collection. A check of so many objects would delay keys."""
        gc.freeze()
        gc.enable()

    # Notices

    def notify(self, message: str, **options: Any) -> None:
        """Show a message in a box at the corner of the screen.

        The message is broken into rows here, because Textual would break a path in the middle of a name.
        """
        cells = min(_NOTICE_CELLS, (self.size.width - _BESIDE_NOTICE) * 9 // 10 - _NOTICE_FRAME)
        super().notify("\n".join(wrapped(message, max(20, cells))), **options)

    # The clipboard

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text to the clipboard with a program of the operating system, such as xclip.

        If there is no such program, send the text to the terminal, as Textual does (escape sequence OSC 52).
        """
        self.copy(text, "")

    def copy(self, text: str, subject: str) -> str:
        """Copy a text to the clipboard, and return a message. `subject` names the text in the message.

        The message reports success only if a program of the operating system, such as xclip, has copied the text.
        """
        from sibtui.workspace import clipboard

        text = text.encode("utf-8", "replace").decode()
        program = clipboard.copy(text)
        if program is None:
            super().copy_to_clipboard(text)
        else:
            self.keep_for_fields(text)
        return clipboard.copy_message(subject, program)

    # Colours

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the style sheet.

        Before our theme is set, return an empty dict, because nothing is styled yet.
        """
        return super().get_css_variables() if self._has_theme else {}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        theme = self.current_theme
        return ANSI_VARIABLES if theme.ansi else variables(dark=theme.dark)

    def code_colour(self, name: str) -> str | None:
        """Return the colour of a code as #RRGGBB, in a shade that can be read in this theme.

        `name` is the name of the colour or its value #RRGGBB. If the theme uses the colours of the terminal, return
        None.
        """
        return None if self.native_ansi_color else colour(name, dark=self.current_theme.dark)

    def shade_colours(self, share: float) -> tuple[str, str] | None:
        """Return (background, text): the colours of a cell whose shade is `share`, from 0 (none) to 1.

        If the theme uses the colours of the terminal, return None.
        """
        return None if self.native_ansi_color else shade(share, dark=self.current_theme.dark)

    def theme_changed(self, name: str) -> None:
        self.memory.theme = name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that Textual applies to each drawn line. If NO_COLOR is set, they remove colours.

        For a theme that uses the colours of the terminal, our own filter replaces Textual's, which would draw some
        colours black on black.
        """
        filters = super().get_line_filters()
        if self.no_color and self.native_ansi_color:
            filters = [_COLOURLESS if isinstance(each, Monochrome) else each for each in filters]
        return filters

    # Keys

    def action_command_palette(self) -> None:
        from sibtui.tui.widgets.command_palette import StudyPalette

        if not isinstance(self.screen, StudyPalette):
            self.push_screen(StudyPalette(id="--command-palette"))

    def search_themes(self) -> None:
        from textual.theme import ThemeProvider

        from sibtui.tui.widgets.command_palette import StudyPalette

        self.push_screen(StudyPalette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        opened = super().push_screen(*arguments, **options)
        if isinstance(opened, AwaitMount):
            self._opening = opened
        return opened

    async def on_event(self, event: events.Event) -> None:
        if self.is_leaving and isinstance(event, events.InputEvent):
            return  # after the key that leaves the program, further keys would open screens that are closing
        if isinstance(event, (events.Key, events.MouseDown, events.Paste)) and not event.is_forwarded:
            self.inputs += 1
        if isinstance(event, events.Key) and not event.is_forwarded and await self._handle_key(event):
            return
        await super().on_event(event)

    def on_click(self, event: events.Click) -> None:
        """If the user clicks the name of a key, press this key. So every command can be run with the mouse."""
        from sibtui.tui.clickable_hints import key_clicked

        key = key_clicked(event)
        if key is not None:
            self.post_message(key)

    async def _handle_key(self, event: events.Key) -> bool:
        """Handle a key completely, before the next key is handled. Return whether the key was handled.

        Textual passes keys from queue to queue. If a key opens or closes a screen, Textual could send the next key
        to the wrong screen, or lose it.
        """
        if self._opening is not None:
            opening, self._opening = self._opening, None
            await opening
        take = getattr(self.screen, "take_key", None)
        if take is not None and take(event):
            return True
        focused = self.focused
        if focused is None or isinstance(focused, (NoteView, RowList)) or getattr(focused, "COMMANDS_ONLY", False):
            # these widgets have commands, and no text can be typed in them
            return await self._run_key(event)
        return False

    async def _run_key(self, event: events.Key) -> bool:
        """Run the command of a key. Return whether a command was run.

        If the key has no command, try the key at the same position of a Latin keyboard: on a Russian keyboard, “ф”
        runs the command of “a”. A character without a command is reported in a message.
        """
        counts = getattr(self.screen, "counts", None)
        times = 1 if counts is None else counts.take_times(event.key)
        for _ in range(times):
            if not await self.run_binding(event.key):
                break
        else:
            return True
        from sibtui.tui.key_positions import latin_key

        latin = latin_key(event.character or "")
        if latin is not None and await self.run_binding(key_name(latin) or latin):
            return True
        report = getattr(self.screen, "report_unbound", None)
        if report is not None and event.is_printable:
            report(event.key)
        return False

    # The way out

    def _handle_signals(self) -> None:
        """Make the program exit on SIGINT, SIGTERM and SIGHUP as if the user had quit it.

        Without this, SIGTERM would leave the terminal in raw mode, and after SIGHUP the program would run without a
        terminal for ever.
        """
        loop = asyncio.get_running_loop()
        for number in _ending_signals():
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._leave_on_signal, number)

    def _leave_on_signal(self, number: int) -> None:
        self.end_without_terminal()
        if self.is_running:
            self.save_open_editor()
        self.exit(return_code=128 + number)

    def save_open_editor(self) -> None:
        """Save the text of an open text editor before the program ends. A subclass overrides this method."""

    def end_without_terminal(self) -> None:
        """If the terminal no longer exists, save the text of an open text editor, and end the program immediately.

        The usual exit would first restore the settings of the terminal, and would wait for the lost terminal for ever.
        """
        if self.is_headless or not lost_terminal():
            return
        with suppress(Exception):  # saving may draw on the lost terminal
            self.save_open_editor()
        self.memory.save()
        os._exit(128 + 1)  # every change that was reported as saved is on disk already

    def record_error(self, error: Exception) -> None:
        """Save the text of an open text editor, log an error, and set the message that is printed when the app ends.

        The log has no values of variables, because they may quote interviews.
        """
        with suppress(Exception):  # the editor may be the cause of the error
            self.save_open_editor()
        file = log_fault_of(error)
        self.fault = f"sibtui: unexpected error ({type(error).__name__}). {self.state_of_changes()} The log has the place: {file}"

    def state_of_changes(self) -> str:
        """Return a sentence that states whether all changes since the start of the program are saved."""
        return "All changes shown on the screen are saved."


def _ending_signals() -> list[int]:
    """Return the numbers of the signals that end the program, as far as the operating system has them."""
    return [int(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def lost_terminal() -> bool:
    """Return whether the terminal of the program no longer exists."""
    try:
        import termios
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
    from sibtui.tui.crash_log import log_fault

    return str(log_fault(error))
