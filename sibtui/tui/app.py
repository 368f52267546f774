"""The app of an open study. It opens its screens, and reloads them after another program has changed the study."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.tui.breakpoints import width_classes
from sibtui.tui.saving import READ_SECONDS, WAIT_SECONDS, show_unsaved
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.study_app import StudyApp
from sibtui.workspace.session_state import SessionState

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.command import Provider
    from textual.screen import Screen

    from sibtui.model.segments import Segment
    from sibtui.project import Project
    from sibtui.project.importing.preview import ImportResult
    from sibtui.tui.keymap import KeyMap
    from sibtui.tui.study_app import Reopening
    from sibtui.workspace.selection import Step

POLL_SECONDS = 1.0
"""The seconds between two checks for changes by another program."""
BACKUP_SECONDS = 3.0
"""The seconds between the start and the daily backup. Without this wait, the backup would delay the first keys."""

SCREENS = {
    "codebook": "codebook.screen:CodebookScreen", "matrix": "matrix.screen:MatrixScreen", "evidence": "evidence:EvidenceScreen",
    "queue": "queue:QueueScreen", "review": "review:ReviewScreen", "search": "search:SearchScreen", "history": "history:HistoryScreen",
    "overview": "overview:OverviewScreen", "sources": "sources.screen:SourcesScreen",
    "cases": "cases.screen:CasesScreen", "pseudonyms": "pseudonyms:PseudonymsScreen",
}  # fmt: skip
"""A dict: name of a screen → its module below `screens`, and its class.

A module is imported when its screen first opens.
"""


def _commands() -> type[Provider]:
    from sibtui.tui.screens.palette import CommandsProvider

    return CommandsProvider


class SibtuiApp(StudyApp):
    """The app of an open study. The caller must close the study."""

    COMMANDS = {_commands}  # noqa: RUF012 - Textual's own declaration

    def __init__(
        self,
        project: Project,
        *,
        memory: SessionState | None = None,
        keymap: KeyMap | None = None,
        reopened: Reopening | None = None,
    ) -> None:
        super().__init__(project, memory or SessionState.load(), keymap)
        project.wait_at_most(READ_SECONDS)
        self._was_replaced = False
        self._reopened = reopened
        if reopened is not None:
            self.drafts.update(reopened.drafts)

    def get_default_screen(self) -> Screen[None]:
        from sibtui.tui.screens.coding import CodingScreen

        screen = CodingScreen(self.project, self.study_state)
        screen.update_classes(width_classes(self.size.width), update=False)
        return screen  # with the class for its width from the start, the screen is styled only once

    def on_mount(self) -> None:
        if self._key_map is not None:
            self.set_keymap(self._key_map.keys)
            for problem in self._key_map.problems:
                self.notify(problem, severity="warning", timeout=20, markup=False)
        if self._reopened is not None:
            self.notify(self._reopened.message, severity="warning", timeout=20, markup=False)
        self.set_interval(POLL_SECONDS, self._look_for_changes)
        if not self.memory.passing and not self.project.read_only:
            self.set_timer(BACKUP_SECONDS, self._back_up_daily)

    # The study

    def _look_for_changes(self) -> None:
        """Reload the screen if another program has changed the study."""
        self.end_without_terminal()
        self.memory.save_at_rest()
        screen = self.screen_stack[-1] if self.screen_stack else None  # no screen while the program ends
        if not isinstance(screen, StudyScreen):
            return
        with suppress(Exception):  # the study is locked or missing now: the next check tries again
            self.project.wait_at_most(0)
            try:
                if self._is_replaced():
                    self.unsaved = "THE STUDY FILE WAS REPLACED: no change can be saved"
                    show_unsaved(screen, self)
                    self.offer_reopening()
                    return
                version = self.project.data_version
            finally:
                self.project.wait_at_most(READ_SECONDS)
            if version == self._seen_version:
                return
            self._seen_version = version
        self.revision += 1
        screen.catch_up()

    def _is_replaced(self) -> bool:
        """Return whether another program has replaced the study file.

        Two checks in a row must find a replaced file, because some programs remove the file and write it again a
        moment later. The result is False if the app already reports that changes cannot be saved.
        """
        before, self._was_replaced = self._was_replaced, self.project.is_replaced
        return before and self._was_replaced and not self.unsaved

    def offer_reopening(self) -> None:
        from sibtui.tui.screens.reopening import TITLE, offer_reopening
        from sibtui.tui.widgets.letter_menu import LetterMenu

        asking = any(isinstance(screen, LetterMenu) and screen.title == TITLE for screen in self.screen_stack)
        if self.reopening is None and not self.is_ending and not asking:
            if self.typed is not None:
                self.drafts.setdefault(*self.typed)
            offer_reopening(self)

    async def _handle_key(self, event: events.Key) -> bool:
        try:
            return await super()._handle_key(event)
        except StudyFileError as error:  # while another program writes, reading fails too
            if isinstance(self.screen, StudyScreen):
                self.screen.report(self.screen.worded(error), error=True)
                return True
            raise

    def record_error(self, error: Exception) -> None:
        """Log an error, and set the message that is printed when the app ends.

        If the study file is damaged, this message reports the damage.
        """
        super().record_error(error)
        from sibtui.project.shared.soundness import is_sound

        with suppress(Exception):  # the message of every app is better than a second error
            if self.project.explained(error) or not is_sound(self.project):
                name = self.project.path.name
                self.fault = f"sibtui: {name} is damaged; all codings are saved. `sibtui check` lists the damage."

    def save_open_editor(self) -> None:
        self.is_ending = True
        self.project.wait_at_most(WAIT_SECONDS)
        for below, screen in pairwise(self.screen_stack):
            text = getattr(screen, "edited_text", None)
            if isinstance(below, StudyScreen) and isinstance(text, str):
                below.save_open_editor(text)
        for screen in self.screen_stack:
            if isinstance(screen, StudyScreen):
                screen.save_before_end()

    def go(self, name: str) -> None:
        screens = [screen for screen in self.screen_stack[1:] if isinstance(screen, StudyScreen)]
        if name == "coding":
            for _ in screens:
                self.pop_screen()
            return
        if not self._is_readable():
            return
        screen = self._make(name)
        if screen is not None:
            for _ in screens[1:]:
                self.pop_screen()
            (self.switch_screen if screens else self.push_screen)(screen)

    def _is_readable(self) -> bool:
        """Return whether the study can be read now. If it cannot be read, show the error."""
        try:
            _ = self.project.data_version
        except StudyFileError as error:
            if isinstance(self.screen, StudyScreen):
                self.screen.report(self.screen.worded(error), error=True)
            return False
        return True

    def show_place(self, source: str, segment: Segment | None = None) -> None:
        from sibtui.tui.screens.coding import CodingScreen

        self.go("coding")
        if isinstance(self.screen, CodingScreen):
            self.screen.open_at(source, segment)

    @property
    def has_sources(self) -> bool:
        from sibtui.tui.screens.coding import CodingScreen

        main = self.screen_stack[0] if self.screen_stack else None
        return isinstance(main, CodingScreen) and bool(main.workspace.sources)

    def step_source(self, step: Step) -> None:
        from sibtui.tui.screens.coding import CodingScreen

        if isinstance(self.screen, CodingScreen):
            self.screen.catch_up()  # another screen may have renamed or removed sources
            self.screen.step_source(step)

    def show_due(self, source: str, code: str) -> None:
        from sibtui.tui.screens.coding import CodingScreen

        self.show_place(source)
        if isinstance(self.screen, CodingScreen):
            self.screen.reading.begin(code)

    def _make(self, name: str) -> StudyScreen | None:
        module, _, attribute = SCREENS[name].partition(":")
        try:
            make: Callable[[], StudyScreen] = getattr(import_module(f"sibtui.tui.screens.{module}"), attribute)
        except ModuleNotFoundError:
            self.notify(f"There is no {name} screen.", severity="warning", markup=False)
            return None
        return make()

    # Import, merge and export

    def bring_in(self, screen: StudyScreen) -> None:
        """Open the import dialog over a screen. After an import, reload the screen."""
        from sibtui.tui.screens.import_box import ImportScreen
        from sibtui.tui.screens.study_merge import MergeScreen

        if not self._is_readable():
            return

        def imported(result: ImportResult | Path | None) -> None:
            if result is None:
                return
            if isinstance(result, Path):
                self.push_screen(MergeScreen(result))
                return
            self.changed_by_thread()
            screen.catch_up()
            # reported later, because the return of the focus shows the hints
            screen.call_after_refresh(screen.report, screen.with_undo(result.message), done=True)

        self.push_screen(ImportScreen(self.project), imported)

    def export(self, screen: StudyScreen) -> None:
        from sibtui.tui.screens.exporting import choose_export

        choose_export(screen)

    def back_up(self, screen: StudyScreen) -> None:
        from sibtui.tui.screens.backups import make_backup

        make_backup(screen)

    def show_backups(self, screen: StudyScreen) -> None:
        from sibtui.tui.screens.backups import show_backups

        show_backups(screen)

    def _back_up_daily(self) -> None:
        from sibtui.tui.screens.backups import start_daily_backup

        start_daily_backup(self)

    def set_study(self, screen: StudyScreen) -> None:
        from sibtui.tui.screens.study_dialogs import choose_setting

        choose_setting(screen)

    def set_coder(self, screen: StudyScreen) -> None:
        from sibtui.tui.screens.study_dialogs import ask_coder

        ask_coder(screen)

    def start_round(self, screen: StudyScreen) -> None:
        from sibtui.tui.screens.round_dialogs import start_round

        start_round(screen)

    def end_round(self, screen: StudyScreen) -> None:
        from sibtui.tui.screens.round_dialogs import end_round

        end_round(screen)

    # Commands of the whole app

    def leave(self) -> None:
        """End the program if the text of the note has the focus. Otherwise go back by one step, as Esc does."""
        from sibtui.tui.screens.coding import CodingScreen

        screen = self.screen
        if isinstance(screen, CodingScreen) and screen.focused in (None, screen.note):
            self.exit()
        elif isinstance(screen, StudyScreen):
            screen.go_back()
        elif len(self.screen_stack) > 1:
            self.go("coding")
        else:
            self.exit()

    def show_help(self) -> None:
        from sibtui.tui.screens.help import HelpScreen

        if isinstance(self.screen, StudyScreen):
            self.push_screen(HelpScreen(self.screen.heading, self.screen.active_areas(), self.changed_keys))

    def action_help_quit(self) -> None:
        from sibtui.tui.hints import with_keys

        saved = "the last change is not saved" if self.unsaved else "everything is saved already"
        message = f"{{app.leave}} quits ({saved}); {{select.copy}} copies the selection."
        self.notify(with_keys(message, self.changed_keys), markup=False)
