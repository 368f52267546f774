"""The search for words in the text of the open source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from sibtui.model.segments import Segment
    from sibtui.workspace.selection import Step
    from sibtui.workspace.workspace import Workspace


class NoteSearch:
    """A search in the text of the open source. `workspace.match` is the pattern; None if no search is active."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._origin: Segment | None = None

    def begin(self) -> None:
        """Begin a search at the selection. `cancel` will restore this selection."""
        self._origin = self._workspace.selection

    def find(self, words: str) -> bool:
        """Select the first passage that matches the words, and return True.

        If nothing matches, select the passage at which the search began, and return False.
        """
        from sibtui.model.text_pattern import text_pattern

        workspace = self._workspace
        workspace.match = text_pattern(words)
        match = workspace.search(workspace.match, self._origin.start if self._origin else 0, 1)
        if match is not None or self._origin is not None:
            workspace.select(match or self._origin)
        return match is not None or workspace.match is None

    def keep(self) -> bool:
        """Keep the matches highlighted after the user has finished typing, and return True.

        If nothing matches, end the search and return False.
        """
        workspace = self._workspace
        if workspace.match is None or workspace.search(workspace.match, 0, 1) is not None:
            return True
        workspace.match = None
        return False

    def cancel(self) -> None:
        """End the search, and restore the selection at which it began."""
        self._workspace.match = None
        if self._origin is not None:
            self._workspace.select(self._origin)

    def step(self, step: Step) -> bool:
        """Select the next (1) or previous (-1) match. Return False if there is no match."""
        workspace, now = self._workspace, self._workspace.selection
        if now is None:
            return False
        match = workspace.search(workspace.match, now.start + 1 if step > 0 else now.start, step)
        if match is not None:
            workspace.select(match)
        return match is not None


def match_in(text: str, pattern: re.Pattern[str] | None, start: int, step: Step) -> Segment | None:
    """Return the first match at or after the offset `start`. If `step` is -1, return the last match before `start`.

    At an end of the text, the search continues at the opposite end. Return None if there is no match, or if the pattern
    matches the empty text.
    """
    from sibtui.model.segments import Segment

    if pattern is None:
        return None
    if step > 0:
        match = pattern.search(text, start) or pattern.search(text)
    else:
        before = last = None
        for each in pattern.finditer(text):
            before = each if each.start() < start else before
            last = each
        match = before or last
    return Segment(*match.span()) if match is not None and match.end() > match.start() else None
