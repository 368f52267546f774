"""Names as other programs write them, made fit for a study: on one line, never empty, none twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Plain = Callable[[str], str]


def identity(text: str) -> str:
    return text


@dataclass
class Names:
    """`plain` takes back what our writer did to texts; `ours`: the file is of sibtui, its names stay as they are."""

    plain: Plain = identity
    ours: bool = False
    _taken: dict[object, set[str]] = field(default_factory=dict)
    _counts: dict[object, int] = field(default_factory=dict)

    def clean(self, name: str | None, fallback: str) -> str:
        if self.ours:
            return self.plain(name or "")
        return " ".join((name or "").split()) or fallback

    def unique(self, among: object, name: str) -> str:
        """The name, with a number behind it when it is taken among these."""
        taken = self._taken.setdefault(among, set())
        found = name
        while found in taken:
            key = (among, name)
            count = self._counts[key] = self._counts.get(key, 1) + 1
            found = f"{name} ({count})"
        taken.add(found)
        return found
