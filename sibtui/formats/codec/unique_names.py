"""Names from other programs, cleaned for a study: on one line, not empty, and unique."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Plain = Callable[[str], str]


def identity(text: str) -> str:
    """Return the text."""
    return text


@dataclass
class UniqueNames:
    """The names taken so far. `plain` decodes a text of the file; with `ours` set, names of sibtui's own file stay."""

    plain: Plain = identity
    ours: bool = False
    _taken: dict[object, set[str]] = field(default_factory=dict)
    _counts: dict[object, int] = field(default_factory=dict)

    def clean(self, name: str | None, fallback: str) -> str:
        """Return the name on one line, or the fallback when it is empty."""
        if self.ours:
            return self.plain(name or "")
        return " ".join((name or "").split()) or fallback

    def unique(self, among: object, name: str) -> str:
        """Return the name, with a number after it when it is already taken in the group `among`."""
        taken = self._taken.setdefault(among, set())
        result = name
        while result in taken:
            key = (among, name)
            count = self._counts[key] = self._counts.get(key, 1) + 1
            result = f"{name} ({count})"
        taken.add(result)
        return result
