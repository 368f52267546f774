"""The codebook as the screen shows it: each code with its tag (two characters), colour, key and counts of codings.

After a change of codings, the counts are updated in memory, without a query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.model.colours import colours
from sibtui.model.text import one_line
from sibtui.workspace.code_tags import tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Code

UNKNOWN_TAG = "??"


class CodebookView:
    """The codes of the codebook, with their tags, colours and numbers of codings.

    `codes` are in the order of the codebook, and `by_path` is a map: path → code. `version` is a number that rises with
    each change of the counts.
    """

    def __init__(self, codes: Sequence[Code]) -> None:
        self.codes = codes
        self.by_path = {code.path: code for code in codes}
        self._tags = tags(codes)
        self._colours = colours(codes)
        self._counts = {code.path: code.codings for code in codes}
        self._above: dict[str, str | None] = {}
        self._totals = dict(self._counts)
        paths = {code.id: code.path for code in codes}
        for code in reversed(codes):  # sub-codes come after their parent
            above = self._above[code.path] = None if code.parent is None else paths[code.parent]
            if above is not None:
                self._totals[above] += self._totals[code.path]
        self.version = 0

    @property
    def usable(self) -> list[Code]:
        """The codes that can be applied: all except retired codes."""
        return [code for code in self.codes if code.status != "retired"]

    @property
    def retired(self) -> list[Code]:
        return [code for code in self.codes if code.status == "retired"]

    def tag(self, path: str) -> str:
        return self._tags.get(path, UNKNOWN_TAG)

    def colour(self, path: str) -> str:
        return self._colours.get(path, "grey")

    def count(self, path: str) -> int:
        """Return the number of codings of the code with this path. Codings of the codes below it are not counted."""
        return self._counts.get(path, 0)

    def total(self, path: str) -> int:
        """Return the number of codings of the code with this path, including all codes below the code."""
        return self._totals.get(path, 0)

    def add_count(self, path: str, by: int) -> None:
        """Add `by` to a code's number of codings, and to the totals of this code and of the codes above it."""
        self._counts[path] = self.count(path) + by
        above: str | None = path
        while above is not None:
            self._totals[above] = self.total(above) + by
            above = self._above.get(above)
        self.version += 1

    def with_key(self, letter: str) -> Code | None:
        """Return the code that this key (a small or capital letter) applies; None if no code has the key."""
        return next((code for code in self.usable if code.key == letter.upper()), None)


def short(path: str) -> str:
    """Return the name of a code, which is the last part of its path."""
    return split_path(path)[-1]


def whole(path: str) -> str:
    """Return the path of a code as messages show it: “Beginnings / No money”."""
    return " / ".join(split_path(path))


def filter_message(words: str, rows: int) -> str:
    """Return the message above a list that shows only rows with the typed `words`.

    `rows` is the number of these rows. Without the message, the user could think that the hidden rows were lost.
    """
    return f"only with “{one_line(words, 24)}”: {rows:,}"
