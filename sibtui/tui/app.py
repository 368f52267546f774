"""The Textual app: one open study, its screens, its colours, and a clean way out whatever happens."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.widget import AwaitMount

from sibtui.tui.memory import Memory, Place
from sibtui.tui.note.widget import NoteView
from sibtui.tui.palette import ANSI_VARIABLES, DARK, LIGHT, colour, variables
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.command import Provider
    from textual.screen import Screen

    from sibtui.model.segments import Segment
    from sibtui.project import Project
    from sibtui.tui.keymap import KeyMap

POLL_SECONDS = 1.0
"""How often the study is asked whether another program has changed it."""

SCREENS = {
    "codebook": "codebook:CodebookScreen", "matrix": "matrix:MatrixScreen", "evidence": "evidence:EvidenceScreen",
    "queue": "queue:QueueScreen", "search": "search:SearchScreen", "history": "history:HistoryScreen",
    "overview": "overview:OverviewScreen",
}  # fmt: skip
"""Name → module under screens, and its class: imported when it is first opened."""


def _commands() -> type[Provider]:
    from sibtui.tui.screens.palette import CommandsProvider  # noqa: PLC0415 - only the palette needs it

    return CommandsProvider


class SibtuiApp(App[None]):
    """sibtui's screen. It is given an open study; whoever opened it closes it."""

    TITLE = "sibtui"
    CSS_PATH = "sibtui.tcss"
    COMMANDS = {_commands}  # noqa: RUF012 - Textual's own declaration
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own declaration
        (0, "-narrow"),
        (104, "-wide"),
        (150, "-broad"),
    ]

    def __init__(self, project: Project, *, memory: Memory | None = None, keymap: KeyMap | None = None) -> None:
        super().__init__()
        self.project = project
        self.memory = memory or Memory.load()
        self.guid = project.study.guid
        self.place: Place = self.memory.place(self.guid)
        self.place.path = str(project.path.resolve())
        self.revision = 0
        self._opening: AwaitMount | None = None
        self.fault = ""
        self.views: dict[str, Any] = {}
        """What a screen was on when it was left, by its name: it comes back so."""
        self._keys_told = keymap
        self._seen = project.data_version
        self.animation_level = "none"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = self.memory.theme if self.memory.theme in self.available_themes else DARK.name
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        theme = self.current_theme
        return ANSI_VARIABLES if theme.ansi else variables(dark=theme.dark)

    def code_colour(self, name: str) -> str | None:
        """A code's colour in this theme; None where colours are the terminal's own."""
        return None if self.native_ansi_color else colour(name, dark=self.current_theme.dark)

    def get_default_screen(self) -> Screen[None]:
        from sibtui.tui.screens.coding import CodingScreen  # noqa: PLC0415 - it imports half of the package

        screen = CodingScreen(self.project, self.place)
        width = self.size.width
        screen.add_class(next(name for least, name in reversed(self.HORIZONTAL_BREAKPOINTS) if width >= least))
        return screen  # with the class of its width from the start: it need not be styled twice

    def on_mount(self) -> None:
        self._heed_signals()
        if self._keys_told is not None:
            self.set_keymap(self._keys_told.keys)
            for problem in self._keys_told.problems:
                self.notify(problem, severity="warning", timeout=20, markup=False)
        self.set_interval(POLL_SECONDS, self._look_for_changes)
        self.call_after_refresh(self._settle)

    def _heed_signals(self) -> None:
        """End as by `q` when the terminal goes or somebody ends the program: else it is left raw, and the program may spin."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self._leave_by, int(number))

    def _leave_by(self, number: int) -> None:
        self._end_without_terminal()
        self.exit(return_code=128 + number)

    def _end_without_terminal(self) -> None:
        """End at once when the terminal is gone: there is none to put in order, and trying to would wait for it, or spin."""
        if self.is_headless or not lost_terminal():
            return
        self.memory.save()
        os._exit(128 + 1)  # all that was done is on disk since it was done

    def _settle(self) -> None:
        """The garbage of starting is collected once, and what stays is never looked through again: that would stop the keys."""
        gc.enable()
        gc.collect()
        gc.freeze()

    # The study

    def _look_for_changes(self) -> None:
        """Let the screen read the study anew when another program has changed it."""
        self._end_without_terminal()
        screen = self.screen
        if not isinstance(screen, StudyScreen):
            return
        with suppress(Exception):  # a study that is locked or gone just now: the next second tells
            version = self.project.data_version
            if version == self._seen:
                return
            self._seen = version
        self.revision += 1
        screen.catch_up()

    def go(self, name: str) -> None:
        """Open a screen over the coding screen, in place of another that is there; "coding" goes back."""
        screens = [screen for screen in self.screen_stack[1:] if isinstance(screen, StudyScreen)]
        if name == "coding":
            for _ in screens:
                self.pop_screen()
            return
        made = self._make(name)
        if made is not None:
            for _ in screens[1:]:
                self.pop_screen()
            (self.switch_screen if screens else self.push_screen)(made)

    def show_place(self, source: str, segment: Segment | None = None) -> None:
        """Go to a place in a note."""
        from sibtui.tui.screens.coding import CodingScreen  # noqa: PLC0415

        self.go("coding")
        if isinstance(self.screen, CodingScreen):
            self.screen.open_at(source, segment)

    def _make(self, name: str) -> StudyScreen | None:
        module, _, attribute = SCREENS[name].partition(":")
        try:
            make: Callable[[], StudyScreen] = getattr(import_module(f"sibtui.tui.screens.{module}"), attribute)
        except ModuleNotFoundError:
            self.notify(f"The {name} screen is not there yet.", severity="warning", markup=False)
            return None
        return make()

    # Keys

    def push_screen(self, *arguments: Any, **options: Any) -> Any:
        opened = super().push_screen(*arguments, **options)
        if isinstance(opened, AwaitMount):
            self._opening = opened
        return opened

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and await self._heed(event):
            return
        await super().on_event(event)

    async def _heed(self, event: events.Key) -> bool:
        """Heed a key before the next one is looked at.

        Textual hands keys from queue to queue: of keys that arrive together, the second would go to a screen that the first has just left, or
        be dropped by one that the first has just opened. What takes text is left to Textual.
        """
        if self._opening is not None:
            opening, self._opening = self._opening, None
            await opening
        take = getattr(self.screen, "take_key", None)
        if take is not None and take(event):
            return True
        focused = self.focused
        if focused is None or isinstance(focused, (NoteView, RowList)) or getattr(focused, "COMMANDS_ONLY", False):
            return await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)
        return False

    # Commands of the whole app

    def action_app_leave(self) -> None:
        """From a screen over the coding screen back to it, from there out."""
        if len(self.screen_stack) > 1:
            self.go("coding")
            return
        self.exit()

    def action_app_palette(self) -> None:
        self.action_command_palette()

    def action_app_theme(self) -> None:
        self.action_change_theme()

    def action_app_help(self) -> None:
        from sibtui.tui.screens.help import HelpScreen  # noqa: PLC0415

        if isinstance(self.screen, StudyScreen):
            self.push_screen(HelpScreen(self.screen.heading, self.screen.places_here(), self.keys_told))

    def action_help_quit(self) -> None:
        self.notify("q quits (all is saved already); c copies what is selected.", markup=False)

    @property
    def keys_told(self) -> dict[str, str]:
        """Command id → keys, where the key map has others than the usual."""
        return {} if self._keys_told is None else self._keys_told.keys

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

    # What must not happen

    def _handle_exception(self, error: Exception) -> None:
        """End with one sentence. The trace goes to the log without its values: they are what people said in interviews."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
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
