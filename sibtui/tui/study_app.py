"""The base class of the app of an open study. Screens use it to share state, and to open other screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.model.frozen import dataclass
from sibtui.tui.base_app import BaseApp

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.errors import SibtuiError
    from sibtui.model.messages import Message
    from sibtui.model.segments import Segment
    from sibtui.project import Project
    from sibtui.tui.keymap import KeyMap
    from sibtui.workspace.selection import Step
    from sibtui.workspace.session_state import SessionState, StudyState


@dataclass(frozen=True, slots=True)
class Reopening:
    """A study to open again after this app has ended.

    Another program has moved, deleted or replaced the study file. `message` is shown when the study opens. `drafts` is
    a dict: title of a dialog → the text that the user typed in the dialog but did not save.
    """

    path: Path
    message: str
    drafts: dict[str, str]


class StudyApp(BaseApp[None]):
    """The app of an open study, with only the attributes and methods that screens use.

    Screens import this class, and not its subclass `SibtuiApp`, because `SibtuiApp` imports the screens.
    """

    def __init__(self, project: Project, memory: SessionState, keymap: KeyMap | None) -> None:
        super().__init__(memory)
        self.project = project
        self.guid = project.study.guid
        self.study_state: StudyState = self.memory.place(self.guid)
        self.study_state.path = str(project.path.resolve())
        self.revision = 0
        self.unsaved = project.read_only and f"READ ONLY: {project.read_only}"
        """The reason why the last change could not be saved, or why the study is read only.

        Empty if everything is saved.
        """
        self.is_ending = False
        self.reopening: Reopening | None = None
        self.typed: tuple[str, str] | None = None
        """The title of the dialog in which the user typed last, and the typed text.

        The value becomes None when a change of the study is saved.
        """
        self.views: dict[str, Any] = {}
        """A dict: name of a screen → its state when the user left the screen."""
        self._key_map = keymap
        self._seen_version = project.data_version

    @property
    def changed_keys(self) -> dict[str, str]:
        """A dict: id of a command → the keys that the user has given to it."""
        return {} if self._key_map is None else self._key_map.keys

    def state_of_changes(self) -> str:
        return f"{self.unsaved}." if self.unsaved else super().state_of_changes()

    def worded(self, message: Message | SibtuiError) -> str:
        """Return the text of a message or an error, followed by its advice, if any.

        The advice names the current keys.
        """
        from sibtui.tui.hints import worded

        return worded(message, self.changed_keys)

    def reload_soon(self) -> None:
        """Reload the screen at the next check for changes, even if no other program has changed the study."""
        self._seen_version = -1

    def offer_reopening(self) -> None:
        """Ask the user how to continue after another program has replaced the study file.

        If this question is already on the screen, or the app is about to end, do nothing.
        """
        raise NotImplementedError

    def changed_by_thread(self) -> None:
        """Record that a thread of this app has changed the study.

        Without this record, the app would attribute the change to another program, and would reload the screen.
        """
        self._seen_version = self.project.data_version
        self.revision += 1
        self.unsaved = ""

    def go(self, name: str) -> None:
        """Open the screen with this name over the coding screen, in place of any other screen that is open there.

        For the name “coding”, only close the other screens.
        """
        raise NotImplementedError

    def show_place(self, source: str, segment: Segment | None = None) -> None:
        """Open a source on the coding screen. If a segment is given, select the segment."""
        raise NotImplementedError

    @property
    def has_sources(self) -> bool:
        raise NotImplementedError

    def step_source(self, step: Step) -> None:
        """Open the next (1) or previous (-1) source on the coding screen. If another screen is shown, do nothing."""
        raise NotImplementedError

    def show_due(self, source: str, code: str) -> None:
        """Open a source that must be read again for a code. Space then applies this code."""
        raise NotImplementedError
