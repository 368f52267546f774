"""The open study as its screens see it: the state that they share, and the functions by which they open each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    """A study to open after this app has ended, with a message and the unsaved texts by the title of their dialog."""

    path: Path
    message: str
    drafts: dict[str, str]


class StudyApp(BaseApp[None]):
    """The part of the app that screens use. A subclass opens the screens, so that no screen imports the app."""

    def __init__(self, project: Project, memory: SessionState, keymap: KeyMap | None) -> None:
        super().__init__(memory)
        self.project = project
        self.guid = project.study.guid
        self.study_state: StudyState = self.memory.place(self.guid)
        self.study_state.path = str(project.path.resolve())
        self.revision = 0
        self.unsaved = project.read_only and f"READ ONLY: {project.read_only}"
        """The reason why the last change could not be saved. Empty if everything is saved."""
        self.is_ending = False
        self.reopening: Reopening | None = None
        self.typed: tuple[str, str] | None = None
        """The title of the dialog in which the user typed last, and the typed text. None after a change is saved."""
        self.views: dict[str, Any] = {}
        """The state of each screen when the user left it, by the name of the screen."""
        self._key_map = keymap
        self._seen_version = project.data_version

    @property
    def changed_keys(self) -> dict[str, str]:
        """The keys of the commands that the key map changes, by the ids of the commands."""
        return {} if self._key_map is None else self._key_map.keys

    def state_of_changes(self) -> str:
        """Return a sentence on the changes of this session: whether they are saved."""
        return f"{self.unsaved}." if self.unsaved else super().state_of_changes()

    def worded(self, message: Message | SibtuiError) -> str:
        """Return a message with the advice of its hint. The advice names the keys of this researcher."""
        from sibtui.tui.hints import worded

        return worded(message, self.changed_keys)

    def offer_reopening(self) -> None:
        """Ask the user how to go on after another program has replaced the study file.

        If the user has not answered yet, the question is not asked again.
        """
        raise NotImplementedError

    def changed_by_thread(self) -> None:
        """Record that a thread of this app has changed the study. The next check for changes ignores this change."""
        self._seen_version = self.project.data_version
        self.revision += 1
        self.unsaved = ""

    def go(self, name: str) -> None:
        """Open a screen over the coding screen, in place of any other screen. "coding" closes the other screens."""
        raise NotImplementedError

    def show_place(self, source: str, segment: Segment | None = None) -> None:
        """Open a source on the coding screen. If a segment is given, select the segment."""
        raise NotImplementedError

    @property
    def has_sources(self) -> bool:
        """Whether the study has a source to open."""
        raise NotImplementedError

    def step_source(self, step: Step) -> None:
        """Open the next or previous source if the coding screen is the current screen."""
        raise NotImplementedError

    def show_due(self, source: str, code: str) -> None:
        """Open a source on the coding screen to read it again for a code."""
        raise NotImplementedError
