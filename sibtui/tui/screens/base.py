"""The base class of the screens of an open study: messages, saving, undo, text editors, and opening other screens."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from sibtui.errors import SibtuiError, StudyBusyError, StudyFileError
from sibtui.tui.commands import CommandRunner
from sibtui.tui.commands.keys import bindings
from sibtui.tui.saving import Save, show_unsaved
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.textual_overrides.screen import FrugalScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import BindingType
    from textual.screen import ModalScreen

    from sibtui.model.messages import Message
    from sibtui.project import Project
    from sibtui.project.results import ChangePlace
    from sibtui.tui.commands import Area
    from sibtui.tui.study_app import StudyApp
    from sibtui.workspace.selection import Step


class StudyScreen(CommandRunner, FrugalScreen[None]):
    """The base class of the screens of an open study.

    `AREAS` has the areas (parts of the app, such as “note” or “list”) whose commands work on the screen. A subclass
    sets `AREAS`, and binds the keys of these commands with `BINDINGS = bindings(*AREAS)`. It also overrides `reload`,
    which reads the study again after a change by another screen or another program.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("everywhere")]
    heading = ""
    """The name of the screen in the help."""
    _read_at = 0

    def __init__(self) -> None:
        super().__init__()
        self._opening = True
        self._on_refused: Callable[[str], object] | None = None
        self._save_text: Callable[[str], object] | None = None

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Prepare the screen before it is shown: read new values, and avoid drawing the screen twice.

        Textual's own handler runs after this method. When a screen opens for the first time, styling is skipped,
        because the styles are set already. The first layout is skipped too, because the screen has no content yet.
        """
        if self._opening:
            self._opening = False
            event.refresh_styles = False
            self.skip_first_layout()
        for bar in self.query(MessageBar):
            bar.resume()
        self.catch_up()
        show_unsaved(self, self.study_app)

    @property
    def study_app(self) -> StudyApp:
        return cast("StudyApp", self.app)

    @property
    def project(self) -> Project:
        return self.study_app.project

    def active_areas(self) -> tuple[Area, ...]:
        """Return the areas whose commands work now. The area with the focus comes first."""
        return (*self.AREAS, "everywhere")

    # Messages

    def report(self, message: str, *, error: bool = False, done: bool = False) -> None:
        """Show a message. `error` is set if something has failed, and `done` if an action was carried out."""
        del done  # a notification has no mark
        self.app.notify(message, severity="error" if error else "information", markup=False, timeout=8 if error else 4)

    def worded(self, message: Message | SibtuiError) -> str:
        """Return the text of a message or an error, followed by its advice, if any.

        The advice names the current keys.
        """
        from sibtui.tui.hints import worded

        return worded(message, self.study_app.changed_keys)

    def key_of(self, command: str) -> str:
        """Return the label of the first key of a command, given the id of the command."""
        from sibtui.tui.hints import current_key

        return current_key(command, self.study_app.changed_keys)

    def report_unbound(self, key: str) -> None:
        """Show a message that a key has no command on this screen. For the same key, the message is shown only once."""
        from sibtui.tui.commands.keys import key_label

        if key not in self.study_app.unbound:
            self.study_app.unbound.add(key)
            self.report(f"{key_label(key)} has no command here: {self.key_of('app.help')} lists the keys.")

    def with_undo(self, message: str) -> str:
        """Return the message, followed by the key that undoes the change, such as “(u undoes it)”."""
        return f"{message} ({self.key_of('study.undo')} undoes it)"

    def attempt(self, action: Callable[[], str | None], then: Callable[[], object] = lambda: None) -> bool:
        """Call `action`, which changes the study and returns a message. Then call `then`, and show the message.

        Return whether the change was made. While another program is writing to the study, the change waits in the
        background, and the result is False. A SibtuiError is shown, not raised.
        """
        on_refused = self._on_refused

        def succeeded(message: str, saved: bool) -> None:
            then()
            self.changed(message, saved=saved)

        def failed(error: SibtuiError) -> None:
            self.not_changed(error)
            if on_refused is not None:
                on_refused(self.worded(error))

        return Save(self, self.study_app, action, succeeded, failed).run()

    def changed(self, message: str, *, saved: bool) -> None:
        """Show the message of a successful action, and make all other screens reload. `attempt` calls this method.

        `saved` is False if there was nothing to change.
        """
        self.record_change()
        if message:
            self.report(message, done=saved)

    def not_changed(self, error: SibtuiError) -> None:
        """Show the error of a change that has failed. `attempt` calls this method.

        An error of the study file is not shown as a message, but in a line below the status bar, until a change is
        saved.
        """
        if not isinstance(error, StudyFileError):
            self.report(self.worded(error), error=True)

    def record_change(self) -> None:
        """Record that this screen has changed the study. All other screens then reload before they are shown again."""
        self.study_app.revision += 1
        self._read_at = self.study_app.revision

    # Texts

    def edit_text(self, title: str, about: str, text: str, save: Callable[[str], object]) -> None:
        """Open an editor for a text. When the user closes the editor, pass the text to `save` if it has changed.

        `save` must use `attempt` to store the text. `about` describes the item that the text is about. If saving
        fails, the editor opens again with the text, so that the text is not lost.
        """

        def editor(text: str, refused: str) -> ModalScreen[str | None]:
            from sibtui.tui.widgets.memo_editor import MemoEditor

            return MemoEditor(title, about, text, refused=refused)

        self.edit_with(editor, text, save)

    def edit_with(
        self,
        editor: Callable[[str, str], ModalScreen[str | None]],
        text: str,
        save: Callable[[str], object],
        refused: str = "",
    ) -> None:
        """Open a dialog in which the user edits a text. Pass the new text to `save`, which must use `attempt`.

        `editor` makes the dialog from two arguments: `text` and `refused`. `refused` is empty at first. If saving
        fails, the dialog opens again with the new text, and `refused` is the reason.
        """

        def closed(edited: str | None) -> None:
            self._save_text = None
            if edited is None:
                return
            self._on_refused = lambda why: self.edit_with(editor, edited, save, why)
            try:
                save(edited)
            finally:
                self._on_refused = None

        self._save_text = save
        self.app.push_screen(editor(text, refused), closed)

    def save_open_editor(self, text: str) -> None:
        """Save the text of the open editor before the program ends."""
        if self._save_text is not None:
            self._save_text(text)

    def save_before_end(self) -> None:
        """Save unsaved changes before the program ends. Most screens have no unsaved changes."""

    # Reloading

    def on_mount(self) -> None:
        self._read_at = self.study_app.revision

    def on_resize(self) -> None:
        if self.is_mounted:
            show_unsaved(self, self.study_app)  # in rows of the new width

    def catch_up(self) -> None:
        """Reload the screen if the study has changed since the screen last read it."""
        if self._read_at != self.study_app.revision and self.is_mounted:
            self._read_at = self.study_app.revision
            try:
                self.reload()
            except SibtuiError as error:
                if not self.withstands(error):
                    self.report(self.worded(error), error=True)

    def withstands(self, error: Exception) -> bool:
        """Show the error and return True if another program is writing to the study; otherwise return False.

        The screen is reloaded when the other program has finished.
        """
        if not isinstance(error, StudyBusyError):
            return False
        self.study_app.reload_soon()
        with suppress(StudyBusyError):  # a status bar may read the study too
            self.report(self.worded(error), error=True)
        return True

    def reload(self) -> None:
        """Read the contents of the screen again. The cursor stays on the same item. Subclasses override this method."""

    # Commands of every screen

    def undo(self) -> None:
        self.attempt(lambda: self._step_history(back=True))

    def redo(self) -> None:
        self.attempt(lambda: self._step_history(back=False))

    def _step_history(self, *, back: bool) -> str:
        from sibtui.workspace.history_steps import step

        acts, message = step(self.project, back=back)
        self.reload()
        place = self.project.history.place(acts[-1].id) if acts else None
        if place is not None:
            self.go_to_change(place)
        return message

    def go_to_change(self, place: ChangePlace) -> None:
        """Move the cursor to the item that undo or redo has changed. If the item is not listed, do nothing."""

    def go(self, name: str) -> None:
        """Open another screen, such as “matrix”."""
        self.study_app.go(name)

    def go_to_source(self, step: Step) -> None:
        """Go to the coding screen, and open the next (1) or previous (-1) source.

        If this screen has unsaved changes, ask the user first.
        """
        self.go("coding")
        self.study_app.step_source(step)

    def go_back(self) -> None:
        """Go back to the coding screen."""
        self.study_app.go("coding")
