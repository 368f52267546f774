"""Cleaning of names from other programs: in a study, they must be on one line, not empty, and unique."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Plain = Callable[[str], str]


def identity(text: str) -> str:
    """Return the text unchanged."""
    return text


@dataclass
class UniqueNames:
    """Cleans names, and keeps the names taken so far. `plain` decodes a text of the file.

    `ours` is set for a file that sibtui wrote: its names are not cleaned.
    """

    plain: Plain = identity
    ours: bool = False
    _taken: dict[object, set[str]] = field(default_factory=dict)
    _counts: dict[object, int] = field(default_factory=dict)

    def clean(self, name: str | None, fallback: str) -> str:
        """Return the name on one line; `fallback` when the name is empty."""
        if self.ours:
            return self.plain(name or "")
        return " ".join((name or "").split()) or fallback

    def unique(self, among: object, name: str) -> str:
        """Return the name. A number is added when the group `among` has this name already."""
        taken = self._taken.setdefault(among, set())
        result = name
        while result in taken:
            key = (among, name)
            count = self._counts[key] = self._counts.get(key, 1) + 1
            result = f"{name} ({count})"
        taken.add(result)
        return result
