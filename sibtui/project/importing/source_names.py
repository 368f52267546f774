"""The search for the source of a row in a table of codings.

The row has the name of the source (with or without a file extension), or the name of its original file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.errors import AmbiguousError
from sibtui.model.folding import fold
from sibtui.model.text import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_EXTENSION = r"\.[a-z][a-z0-9]{0,5}$"
"""The pattern of a file extension.

An extension begins with a letter, so that the 2 of `Interview 1.2` is not an extension.
"""


_NUMBER = r"^d ?\d+: *"
"""The pattern of the number that ATLAS.ti puts before the name of a document: `D 12: Anna`."""


class SourceNames:
    """Finds sources by name, and by the names of their files."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take (name of the source, name of its file) for each source. The name of the file may be empty."""
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
        try:
            return self.find(name) is not None
        except AmbiguousError:
            return True

    def find(self, name: str) -> str | None:
        """Return the name of the source that fits `name`, a text from a row of a table; None if no source fits.

        Raises AmbiguousError when several sources fit.
        """
        without_number = re.sub(_NUMBER, "", fold(name), count=1)
        for key, sources in self._ways:
            found = sources.get(key(name)) or sources.get(key(without_number), {})
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise AmbiguousError(f"“{name}” may be {listed(found, 5, last='or', quoted=True)}.")
        return None


def _file(name: str) -> str:
    """Return the file name at the end of a path, in the form in which names are compared."""
    return fold(re.split(r"[/\\]", name)[-1])


def _stem(name: str) -> str:
    return re.sub(_EXTENSION, "", _file(name))
