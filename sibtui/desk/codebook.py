"""The codebook as the screen shows it: tags, colours, keys, and counts that are kept up to date without asking again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.desk.tags import colours, tags
from sibtui.model.codebook import split_path
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Code

UNKNOWN_TAG = "??"


class CodebookView:
    """The codes in their order, by path. `version` changes when what is shown of them does."""

    def __init__(self, codes: Sequence[Code]) -> None:
        self.codes = codes
        self.by_path = {code.path: code for code in codes}
        self._tags = tags(codes)
        self._colours = colours(codes)
        self._counts = {code.path: code.codings for code in codes}
        self._above: dict[str, str | None] = {}
        self._totals = dict(self._counts)
        paths = {code.id: code.path for code in codes}
        for code in reversed(codes):  # what is below comes after
            above = self._above[code.path] = None if code.parent is None else paths[code.parent]
            if above is not None:
                self._totals[above] += self._totals[code.path]
        self.version = 0

    @property
    def usable(self) -> list[Code]:
        """The codes that can be applied."""
        return [code for code in self.codes if code.status != "retired"]

    def tag(self, path: str) -> str:
        return self._tags.get(path, UNKNOWN_TAG)

    def colour(self, path: str) -> str:
        return self._colours.get(path, "grey")

    def count(self, path: str) -> int:
        """How many codings a code has itself."""
        return self._counts.get(path, 0)

    def total(self, path: str) -> int:
        """How many codings a code and all below it have."""
        return self._totals.get(path, 0)

    def changed(self, path: str, by: int) -> None:
        """A coding of this code came or went."""
        self._counts[path] = self.count(path) + by
        above: str | None = path
        while above is not None:
            self._totals[above] = self.total(above) + by
            above = self._above.get(above)
        self.version += 1

    def with_key(self, letter: str) -> Code | None:
        """The code whose key is this letter, whichever case it is typed in."""
        return next((code for code in self.usable if code.key == letter.upper()), None)


def short(path: str) -> str:
    """The last name of a code's path."""
    return split_path(path)[-1]


def filter_told(words: str, rows: int) -> str:
    """That not all codes are listed: a list that is short without a word looks like one that has lost some."""
    return f"only with “{one_line(words, 24)}”: {rows:,}"
