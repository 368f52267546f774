"""What the screen remembers from one time to the next: where you were in each study, the codes used last, the colours."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

KEPT = 200
RECENT = 30


def folder(kind: str) -> Path:
    """The folder of our state or settings: in $SIBTUI_CONFIG_DIR when that is set, else where the system keeps such things."""
    told = os.environ.get("SIBTUI_CONFIG_DIR")
    if told:
        return Path(told)
    from platformdirs import PlatformDirs  # noqa: PLC0415 - with the folder told it is not needed

    dirs = PlatformDirs("sibtui", appauthor=False)
    return {"config": dirs.user_config_path, "state": dirs.user_state_path, "log": dirs.user_log_path}[kind]


def key_file() -> Path:
    """The file in which any command of the screen can be given other keys; most people have none."""
    return folder("config") / "keys.toml"


@dataclass(slots=True)
class Place:
    """Where somebody was in a study, and what they worked with."""

    path: str = ""
    source: str = ""
    start: int = 0
    end: int = 0
    recent: list[str] = field(default_factory=list)
    pins: dict[str, str] = field(default_factory=dict)
    numbers: bool = False

    @classmethod
    def of(cls, told: Any) -> Self:
        """The place that a file tells of; whatever in it is not as it should be is left at its default."""
        place = cls()
        if isinstance(told, dict):
            for name, default in ((f.name, getattr(place, f.name)) for f in fields(cls)):
                if type(told.get(name)) is type(default):
                    setattr(place, name, told[name])
        place.recent = [code for code in place.recent if isinstance(code, str)][:RECENT]
        place.pins = {key: code for key, code in place.pins.items() if isinstance(code, str)}
        return place

    def used(self, code: str) -> None:
        """Put a code first among those used last."""
        self.recent = [code, *(other for other in self.recent if other != code)][:RECENT]


@dataclass(slots=True)
class Memory:
    """The file of it all. Broken or missing, it starts anew: nothing of the study depends on it.

    Several programs may have it, each with a study of its own: what is written are the places that were asked for here, among what the file has by
    then. A `passing` study, the demo, is not among them.
    """

    file: Path
    theme: str = ""
    places: dict[str, Place] = field(default_factory=dict)
    passing: bool = False
    _own: dict[str, Place] = field(default_factory=dict)
    _theme_read: str = ""
    _seen: Any = None
    _saved: Any = None

    @classmethod
    def load(cls, file: Path | None = None) -> Self:
        memory = cls(file or folder("state") / "state.json")
        try:
            told = json.loads(memory.file.read_text("utf-8"))
            memory.theme = memory._theme_read = told["theme"] if isinstance(told.get("theme"), str) else ""
            memory.places = {guid: Place.of(place) for guid, place in told.get("studies", {}).items()}
        except (OSError, ValueError, AttributeError):
            pass
        return memory

    def place(self, guid: str) -> Place:
        """The place in a study, which becomes the newest one."""
        if self.passing:
            return Place()
        place = self.places.pop(guid, None) or Place()
        self.places[guid] = place
        self._own[guid] = place
        return place

    @property
    def recent_studies(self) -> list[Path]:
        """The studies that were open last and are still there, newest first."""
        return [path for place in reversed(self.places.values()) if place.path and (path := Path(place.path)).is_file()]

    def save_at_rest(self) -> None:
        """Save when there is something new and it is as it was at the last call: the file is not written while keys are."""
        now = (self.theme, [asdict(place) for place in self._own.values()])
        if self._saved is None:
            self._saved = now
        if now == self._seen != self._saved:
            self.save()
            self._saved = now
        self._seen = now

    def save(self) -> None:
        """Write the file whole; what cannot be written is let go: leaving must not fail over it."""
        import tempfile  # noqa: PLC0415 - it is written on leaving

        newest = type(self).load(self.file)
        for guid, place in self._own.items():
            newest.places.pop(guid, None)
            newest.places[guid] = place
        theme = newest.theme if self.theme == self._theme_read else self.theme
        kept = dict(list(newest.places.items())[-KEPT:])
        told = {"theme": theme, "studies": {guid: asdict(place) for guid, place in kept.items()}}
        with suppress(OSError):
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.file.parent, prefix=".state-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(told, file, ensure_ascii=True, indent=1)
            Path(name).replace(self.file)
