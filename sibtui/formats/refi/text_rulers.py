"""The texts of the sources in a project. Only a few texts stay in memory; the others are read again when needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sibtui.formats.codec.foreign_offsets import Ruler

_HELD = 1 << 20
"""How many code points all texts in memory may have together at most."""


class TextRulers(Mapping[str, Ruler]):
    """A map: name of a source → its ruler. A ruler is an object that has the text and converts offsets."""

    def __init__(self) -> None:
        self._reads: dict[str, Callable[[], str]] = {}
        self._held: dict[str, Ruler] = {}
        self._length = 0

    def put(self, name: str, text: str, read: Callable[[], str]) -> Ruler:
        """Add the text of a source, as it is in the file, and return its ruler.

        `read` is a function that reads the same text again. It is called when the text is no longer in memory.
        """
        self._reads[name] = read
        return self._hold(name, Ruler(text))

    def _hold(self, name: str, ruler: Ruler) -> Ruler:
        self._held[name] = ruler
        self._length += len(ruler.text)
        while self._length > _HELD and len(self._held) > 1:
            self._length -= len(self._held.pop(next(iter(self._held))).text)
        return ruler

    def __getitem__(self, name: str) -> Ruler:
        ruler = self._held.get(name)
        return self._hold(name, Ruler(self._reads[name]())) if ruler is None else ruler

    def __iter__(self) -> Iterator[str]:
        return iter(self._reads)

    def __len__(self) -> int:
        return len(self._reads)

    def __contains__(self, name: object) -> bool:
        return name in self._reads

    def text(self, name: str) -> str:
        """Return the text of a source as sibtui stores it, with LF for each line break; empty if it has no text."""
        return self[name].text if name in self._reads else ""


class TextsByName(Mapping[str, str]):
    """A map: name of a source → its text as sibtui stores it, with LF for each line break."""

    def __init__(self, rulers: TextRulers) -> None:
        self._rulers = rulers

    def __getitem__(self, name: str) -> str:
        return self._rulers[name].text

    def __iter__(self) -> Iterator[str]:
        return iter(self._rulers)

    def __len__(self) -> int:
        return len(self._rulers)
