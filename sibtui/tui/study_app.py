"""The base class of the app of an open study, as its screens see it.

The class holds the state that the screens share, and the methods by which one screen opens another.
"""

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
    """A study that opens after this app has ended, and a message that is shown when it opens.

    `drafts` is a dict: title of a dialog → the text that the user typed in the dialog but did not save.
    """

    path: Path
    message: str
    drafts: dict[str, str]


class StudyApp(BaseApp[None]):
    """The part of the app that the screens use.

    Its subclass opens the screens, so that no screen has to import the app.
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
        """A dict for the commands whose keys the key map changes: id of the command → its keys."""
        return {} if self._key_map is None else self._key_map.keys

    def state_of_changes(self) -> str:
        return f"{self.unsaved}." if self.unsaved else super().state_of_changes()

    def worded(self, message: Message | SibtuiError) -> str:
        """Return the text of a message or an error, followed by the advice of its hint.

        The advice names this researcher's keys.
        """
        from sibtui.tui.hints import worded

        return worded(message, self.changed_keys)

    def offer_reopening(self) -> None:
        """Ask the user how to continue after another program has replaced the study file.

        Do nothing if this question is already on the screen, or if the app is about to end.
        """
        raise NotImplementedError

    def changed_by_thread(self) -> None:
        """Record that a thread of this app has changed the study.

        Otherwise the next check would find the change and regard it as a change by another program.
        """
        self._seen_version = self.project.data_version
        self.revision += 1
        self.unsaved = ""

    def go(self, name: str) -> None:
        """Open the screen with this name over the coding screen, and close the screen that was open there.

        For the name "coding", only close that screen.
        """
        raise NotImplementedError

    def show_place(self, source: str, segment: Segment | None = None) -> None:
        """Open a source on the coding screen. If a segment is given, select the segment."""
        raise NotImplementedError

    @property
    def has_sources(self) -> bool:
        """Whether the study has a source."""
        raise NotImplementedError

    def step_source(self, step: Step) -> None:
        """Open the next (1) or previous (-1) source.

        If a screen other than the coding screen is shown, do nothing.
        """
        raise NotImplementedError

    def show_due(self, source: str, code: str) -> None:
        """Open a source that must be read again for a code, and prepare Space to apply this code."""
        raise NotImplementedError
