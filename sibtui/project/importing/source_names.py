"""Names of sources as tables of codings write them: with or without a file extension, folded, or the original file name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.errors import AmbiguousError
from sibtui.model.folding import fold
from sibtui.model.text import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{0,5}$")
"""A file extension begins with a letter: the 2 of `Interview 1.2` is none."""


_NUMBER = re.compile(r"^d ?\d+: *")
"""The number that ATLAS.ti writes before the name of a document: `D 12: Anna`."""


class SourceNames:
    """The sources of a study by their names and the names of their files."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are pairs of a source and the name of a file that its text came from, which may be empty."""
        self._ways: list[tuple[Callable[[str], str], dict[str, dict[str, None]]]] = [
            (fold, {}), (_file, {}), (_file, {}), (_stem, {}),
        ]  # fmt: skip
        for source, original in names:
            known = (source, source, original, source)
            for (key, sources), name in zip(self._ways, known, strict=True):
                if name:
                    sources.setdefault(key(name), {})[source] = None
            if original:
                self._ways[3][1].setdefault(_stem(original), {})[source] = None

    def knows(self, name: str) -> bool:
        """Return whether the name fits a source or several."""
        try:
            return self.find(name) is not None
        except AmbiguousError:
            return True

    def find(self, name: str) -> str | None:
        """Return the source with this name in any form; None when there is none. Raises AmbiguousError when it fits several."""
        without_number = _NUMBER.sub("", fold(name), count=1)
        for key, sources in self._ways:
            found = sources.get(key(name)) or sources.get(key(without_number), {})
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise AmbiguousError(f"“{name}” may be {listed(found, 5, last='or', quoted=True)}.")
        return None


def _file(name: str) -> str:
    """Return the folded name of a file without its folders."""
    return fold(re.split(r"[/\\]", name)[-1])


def _stem(name: str) -> str:
    return _EXTENSION.sub("", _file(name))
