"""Cleaning of names from files of other programs: a name in a study must be unique, not empty, and on one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Plain = Callable[[str], str]


def identity(text: str) -> str:
    return text


@dataclass
class UniqueNames:
    """Makes names from a file clean and unique. The names already used are remembered.

    `plain` is a function that converts a name from the encoded form in the file to its real text. `ours` is True if
    sibtui wrote the file. The names in such a file are already clean.
    """

    plain: Plain = identity
    ours: bool = False
    _taken: dict[object, set[str]] = field(default_factory=dict)
    _counts: dict[object, int] = field(default_factory=dict)

    def clean(self, name: str | None, fallback: str) -> str:
        """Return a name on one line, or `fallback` if the name is empty.

        For a file that sibtui wrote, return the result of `plain`, also if the name is empty.
        """
        if self.ours:
            return self.plain(name or "")
        return " ".join((name or "").split()) or fallback

    def unique(self, among: object, name: str) -> str:
        """Return the name, or the name with a number added if the group `among` already has it.

        `among` is any value that identifies the group, such as the parent of a code.
        """
        taken = self._taken.setdefault(among, set())
        result = name
        while result in taken:
            key = (among, name)
            count = self._counts[key] = self._counts.get(key, 1) + 1
            result = f"{name} ({count})"
        taken.add(result)
        return result
