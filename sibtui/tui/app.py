"""The app of one open study: its screens, the ways between them, and what other programs do to it meanwhile."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sibtui.desk.memory import Memory, Place
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.shell import Shell
from sibtui.tui.widths import width_classes

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


class SibtuiApp(Shell[None]):
    """sibtui's screen. It is given an open study; whoever opened it closes it."""

    COMMANDS = {_commands}  # noqa: RUF012 - Textual's own declaration

    def __init__(self, project: Project, *, memory: Memory | None = None, keymap: KeyMap | None = None) -> None:
        super().__init__(memory or Memory.load())
        self.project = project
        self.guid = project.study.guid
        self.place: Place = self.memory.place(self.guid)
        self.place.path = str(project.path.resolve())
        self.revision = 0
        self.views: dict[str, Any] = {}
        """What a screen was on when it was left, by its name: it comes back so."""
        self._keys_told = keymap
        self._seen = project.data_version

    def get_default_screen(self) -> Screen[None]:
        from sibtui.tui.screens.coding import CodingScreen  # noqa: PLC0415 - it imports half of the package

        screen = CodingScreen(self.project, self.place)
        screen.update_classes(width_classes(self.size.width), update=False)
        return screen  # with the class of its width from the start: it need not be styled twice

    def on_mount(self) -> None:
        if self._keys_told is not None:
            self.set_keymap(self._keys_told.keys)
            for problem in self._keys_told.problems:
                self.notify(problem, severity="warning", timeout=20, markup=False)
        self.set_interval(POLL_SECONDS, self._look_for_changes)

    # The study

    def _look_for_changes(self) -> None:
        """Let the screen read the study anew when another program has changed it."""
        self.end_without_terminal()
        self.memory.save_at_rest()
        screen = self.screen_stack[-1] if self.screen_stack else None  # none is left while the program ends
        if not isinstance(screen, StudyScreen):
            return
        with suppress(Exception):  # a study that is locked or gone just now: the next second tells
            version = self.project.data_version
            if version == self._seen:
                return
            self._seen = version
        self.revision += 1
        screen.catch_up()

    def keep_written(self) -> None:
        for below, screen in pairwise(self.screen_stack):
            written = getattr(screen, "written", None)
            if isinstance(below, StudyScreen) and isinstance(written, str):
                below.keep_written(written)

    def changed_beside(self) -> None:
        """A thread of our own has changed the study: that is no news for the next look."""
        self._seen = self.project.data_version
        self.revision += 1

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
