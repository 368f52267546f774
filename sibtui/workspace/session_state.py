"""The state of the screen that is stored between sessions, such as the open source and the colour theme."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from sibtui.project.shared.program_folders import folder

MOST_STUDIES = 200
RECENT = 30


def key_file() -> Path:
    """Return the path of the file in which the user can change the keys of commands. The file may not exist."""
    return folder("config") / "keys.toml"


class StudyState:
    """The stored state of one study: the open source and the selection in it, the codes applied last, and the coder.

    `pins` is a map: digit → path of the code that the key with this digit applies. If `coder` is empty, the study is
    opened with the default coder.
    """

    def __init__(self, stored: Any = None) -> None:
        """Take the values from stored JSON. A missing or wrong value is replaced by its default."""
        self.path = ""
        self.source = ""
        self.start = 0
        self.end = 0
        self.recent: list[str] = []
        self.pins: dict[str, str] = {}
        self.numbers = False
        self.dimmed = False
        self.coder = ""
        if isinstance(stored, dict):
            for name, default in vars(self).copy().items():
                if type(stored.get(name)) is type(default):
                    setattr(self, name, stored[name])
        self.recent = [code for code in self.recent if isinstance(code, str)][:RECENT]
        self.pins = {key: code for key, code in self.pins.items() if isinstance(code, str)}

    def values(self) -> dict[str, Any]:
        """Return the values to store, as name → value."""
        return vars(self) | {"recent": self.recent.copy(), "pins": self.pins.copy()}

    def used(self, code: str) -> None:
        """Move a code to the beginning of `recent`, the list of codes applied last."""
        self.recent = [code, *(other for other in self.recent if other != code)][:RECENT]


class SessionState:
    """The content of the state file, in which the program stores its state between sessions.

    If the file is missing or damaged, the state is empty. Several programs may use the file at the same time, each with
    a different study. So `save` reads the file again, and replaces only the states of the studies that this program has
    opened. If `passing` is set, as for the sample study, the state of the study is not stored.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.theme = ""
        self.places: dict[str, StudyState] = {}
        self.passing = False
        self._own: dict[str, StudyState] = {}
        self._theme_read = ""
        self._seen: Any = None
        self._saved: Any = None

    @classmethod
    def load(cls, file: Path | None = None) -> Self:
        """Return the state that is stored in a file; an empty state if the file cannot be read."""
        memory = cls(file or folder("state") / "state.json")
        try:
            stored = json.loads(memory.file.read_text("utf-8"))
            memory.theme = memory._theme_read = stored["theme"] if isinstance(stored.get("theme"), str) else ""
            memory.places = {guid: StudyState(place) for guid, place in stored.get("studies", {}).items()}
        except (OSError, ValueError, AttributeError):
            pass
        return memory

    def place(self, guid: str) -> StudyState:
        """Return the state of the study with the id `guid`, and make it the first in the list of recent studies.

        If `passing` is set, return an empty state and change nothing.
        """
        if self.passing:
            return StudyState()
        place = self.places.pop(guid, None) or StudyState()
        self.places[guid] = place
        self._own[guid] = place
        return place

    @property
    def recent_studies(self) -> list[Path]:
        """The paths of the recent studies that still exist, newest first."""
        return [path for place in reversed(self.places.values()) if place.path and (path := Path(place.path)).is_file()]

    def save_at_rest(self) -> None:
        """Save the state if it has unsaved changes and is at rest.

        The state is at rest if it equals the state at the previous call. So nothing is saved while the user types.
        """
        now = (self.theme, [place.values() for place in self._own.values()])
        if self._saved is None:
            self._saved = now
        if now == self._seen != self._saved:
            self.save()
            self._saved = now
        self._seen = now

    def save(self) -> None:
        """Write the state file. An error is ignored, because it must not keep the user from quitting."""
        import tempfile

        newest = type(self).load(self.file)
        for guid, place in self._own.items():
            newest.places.pop(guid, None)
            newest.places[guid] = place
        theme = newest.theme if self.theme == self._theme_read else self.theme
        newest_places = dict(list(newest.places.items())[-MOST_STUDIES:])
        stored = {"theme": theme, "studies": {guid: place.values() for guid, place in newest_places.items()}}
        with suppress(OSError):
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.file.parent, prefix=".state-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(stored, file, ensure_ascii=True, indent=1)
            Path(name).replace(self.file)
