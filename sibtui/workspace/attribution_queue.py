"""The queue of codings without a case. The user goes through the queue, and gives each coding its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.filters import CodingFilter
from sibtui.model.text import one_line
from sibtui.workspace.case_choice import CaseChoice, case_keys
from sibtui.workspace.codebook_view import CodebookView, short
from sibtui.workspace.quote_actions import QuoteActions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Case, Coding, Source
    from sibtui.project import Project

_READ = 200
"""How many codings are read at first. The queue may be long, but most users see only its beginning."""


class AttributionQueue:
    """The codings without a case. One of them is current.

    `codings` are the codings read so far, and `at` is the index of the current coding in `codings`. `left` is the
    number of codings without a case in the whole study. `marked` are the cases that the user has marked for the current
    coding.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.actions = QuoteActions(project)
        self.codings: list[Coding] = []
        self.sources: dict[str, Source] = {}
        self.codebook = CodebookView(())
        self.left = 0
        self.at = 0
        self.marked: tuple[str, ...] = ()
        self._cases: Sequence[Case] = ()
        self._limit = _READ
        self._text = ("", "")

    def load(self) -> None:
        """Read the codings without a case from the study. The current coding stays current if it still has no case."""
        current = self.coding
        self.sources = {source.name: source for source in self.project.sources.list()}
        self.codebook = CodebookView(self.project.codes.list())
        self._cases = self.project.cases.list()
        self._text = ("", "")
        self._read()
        if current is not None:
            self.go(current.id)

    def _read(self) -> None:
        self.codings = list(self.project.codings.list(CodingFilter(unattributed=True), limit=self._limit))
        few = len(self.codings) < self._limit
        self.left = len(self.codings) if few else self.project.codings.count(CodingFilter(unattributed=True))
        self.at = min(self.at, max(0, len(self.codings) - 1))
        self.marked = ()

    def go(self, number: int) -> None:
        """Make the coding with the id `number` current, if it is one of `codings`."""
        self.at = next((at for at, coding in enumerate(self.codings) if coding.id == number), self.at)

    def step(self, by: int) -> bool:
        """Go to the next (1) or previous (-1) coding without a case. Return False if there is none."""
        if self.at + by >= len(self.codings) and self.left > len(self.codings):
            self._limit *= 2
            self._read()
        if not 0 <= self.at + by < len(self.codings):
            return False
        self.at += by
        self.marked = ()
        return True

    # The current coding

    @property
    def coding(self) -> Coding | None:
        return self.codings[self.at] if self.codings else None

    @property
    def source(self) -> Source | None:
        return None if self.coding is None else self.sources.get(self.coding.source)

    @property
    def text(self) -> str:
        """The text of the source of the current coding."""
        if self.coding is None:
            return ""
        if self._text[0] != self.coding.source:
            self._text = (self.coding.source, self.project.sources.text(self.coding.source))
        return self._text[1]

    @property
    def choice(self) -> CaseChoice:
        """The cases from which the user can choose for the current coding: those of its source."""
        touched = self.source.cases if self.source is not None else ()
        title = f"{self.code_name}: which case?"
        return CaseChoice(title, touched, case_keys(touched, self._cases), self.marked)

    def case_of(self, key: str) -> str | None:
        """Return the case that a letter (small or capital) chooses; None if no case has the letter."""
        return self.choice.keys.get(key.casefold())

    # Actions

    def mark(self, case: str) -> None:
        """Mark a case for the current coding. If the case is marked already, remove its mark."""
        self.marked = self.choice.toggled(self.marked, case)

    def give(self, cases: Sequence[str]) -> str:
        """Give the current coding these cases, and go to the next coding. Return a message.

        Raises InputError if there is no coding without a case.
        """
        coding = self._current()
        chosen = [case for case in self.choice.cases if case in cases]
        message = self.actions.attribute([coding], chosen)
        del self.codings[self.at]
        self.left -= 1
        self.marked = ()
        if not self.codings or self.at >= len(self.codings):
            self._read()
        return message

    def remove(self) -> str:
        """Remove the current coding from the study, and return a message.

        Raises InputError if the queue is empty, because all codings have a case.
        """
        message = self.actions.remove([self._current()])
        self._read()
        return message

    def _current(self) -> Coding:
        if self.coding is None:
            from sibtui.errors import InputError

            raise InputError("No coding waits for its case.")
        return self.coding

    def reload_current(self) -> None:
        if self.coding is not None:
            self.codings[self.at] = self.project.codings.get(self.coding.id)

    @property
    def code_name(self) -> str:
        """The name of the code of the current coding; empty if there is no coding."""
        return "" if self.coding is None else one_line(short(self.coding.code))
