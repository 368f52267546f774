"""The review of undecided codings. The user decides where the passages of these codings are now.

A coding is undecided if its place became uncertain when the text of the source was corrected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sibtui.errors import InputError, NotFoundError
from sibtui.model.text import around_difference, one_line
from sibtui.workspace.codebook_view import short
from sibtui.workspace.selection import TextSelection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.segments import Segment
    from sibtui.project import Project
    from sibtui.project.results import UndecidedCoding

_NAME = 60


class PlaceReview:
    """The undecided codings. One of them is current, at the index `at`.

    `place` is the passage of the corrected text that is proposed for the current coding. At first, this is the passage
    most similar to the quote; the user can change it.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.found: Sequence[UndecidedCoding] = ()
        self.at = 0
        self.place: Segment | None = None
        self.text = ""
        self.old_text = ""

    @property
    def current(self) -> UndecidedCoding | None:
        return self.found[self.at] if self.found else None

    def load(self) -> None:
        """Read the undecided codings from the study. The current coding stays current if it is still undecided."""
        current = self.current
        self.found = self.project.codings.undecided()
        numbers = [each.coding.id for each in self.found]
        self.at = (
            numbers.index(current.coding.id)
            if current and current.coding.id in numbers
            else min(self.at, len(numbers) - 1)
        )
        self.at = max(0, self.at)
        self._show()

    def go(self, number: int) -> None:
        """Make the coding with the id `number` current, if it is undecided."""
        self.at = next((at for at, each in enumerate(self.found) if each.coding.id == number), self.at)
        self._show()

    def step(self, by: int) -> bool:
        """Go to the next (1) or previous (-1) undecided coding. Return False if there is none."""
        if not 0 <= self.at + by < len(self.found):
            return False
        self.at += by
        self._show()
        return True

    def _show(self) -> None:
        current = self.current
        if current is None:
            self.place, self.text, self.old_text = None, "", ""
            return
        source = current.coding.source
        self.text = self.project.sources.text(source)
        self.old_text = self.project.sources.text_of_version(source, current.version)
        self.place = current.coding.segment

    @property
    def words(self) -> str:
        return "" if self.place is None else self.place.quote(self.text)

    def move(self, edge: Literal["start", "end"], step: Literal[-1, 1]) -> None:
        """Move the start or end of the proposed passage by one word, forward (1) or back (-1)."""
        if self.place is not None:
            selection = TextSelection(self.text)
            by_word = selection.start_by_word if edge == "start" else selection.end_by_word
            self.place = by_word(self.place, step)

    def find(self, words: str) -> None:
        """Propose the passage with these words for the current coding.

        Raises NotFoundError if there is no such passage, and AmbiguousError if there are several.
        """
        current = self.current
        if current is None:
            raise NotFoundError("Every coding has a certain place.")
        self.place = self.project.codings.find(current.coding.source, words).segment

    def accept(self) -> str:
        """Move the current coding to the proposed passage, and return a message."""
        current = self._needed()
        [coding] = self.project.codings.set(current.coding.id, segment=self.place)
        before, after = around_difference(current.coding.quote, coding.quote, _NAME)
        self.load()
        return f"“{before}” → “{after}”"

    def remove(self) -> str:
        current = self._needed()
        self.project.codings.remove(current.coding.id)
        self.load()
        return f"Removed: “{one_line(current.coding.quote, _NAME)}”, {short(current.coding.code)}"

    def _needed(self) -> UndecidedCoding:
        if self.current is None:
            raise InputError("Every coding has a certain place.")
        return self.current
