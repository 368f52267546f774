"""The queue of codings that wait for their case: one at hand, which cases it can be given, and the letters that give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.desk.cases import letters
from sibtui.desk.codebook import CodebookView, short
from sibtui.desk.quotes import QuoteDeeds
from sibtui.model.filters import CodingFilter
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sibtui.model.records import Coding, Source
    from sibtui.project import Project

_READ = 200
"""Codings that are read at first: the queue may be long, and is worked through from its beginning."""


class Waiting:
    """`at` is the number of the coding at hand among those read; `left` is how many wait in the whole study."""

    def __init__(self, project: Project, taken: Collection[str]) -> None:
        """`taken` are the letters that do something else than giving a case."""
        self.project = project
        self.deeds = QuoteDeeds(project)
        self.codings: list[Coding] = []
        self.sources: dict[str, Source] = {}
        self.codebook = CodebookView(())
        self.left = 0
        self.at = 0
        self.marked: tuple[str, ...] = ()
        self._taken = taken
        self._letters: dict[str, str] = {}
        self._limit = _READ
        self._text = ("", "")

    def load(self) -> None:
        """Read the study; the coding at hand stays at hand if it still waits."""
        here = self.coding
        self.sources = {source.name: source for source in self.project.sources.list()}
        self.codebook = CodebookView(self.project.codes.list())
        self._letters = letters([case.label for case in self.project.cases.list()], self._taken)
        self._text = ("", "")
        self._read()
        if here is not None:
            self.go(here.id)

    def _read(self) -> None:
        self.codings = list(self.project.codings.list(CodingFilter(unattributed=True), limit=self._limit))
        few = len(self.codings) < self._limit
        self.left = len(self.codings) if few else self.project.codings.count(CodingFilter(unattributed=True))
        self.at = min(self.at, max(0, len(self.codings) - 1))
        self.marked = ()

    def go(self, number: int) -> None:
        """Take the coding with this number in hand, if it waits."""
        self.at = next((at for at, coding in enumerate(self.codings) if coding.id == number), self.at)

    def step(self, by: int) -> bool:
        """The next one, or the one before; whether there is one."""
        if self.at + by >= len(self.codings) and self.left > len(self.codings):
            self._limit *= 2
            self._read()
        if not 0 <= self.at + by < len(self.codings):
            return False
        self.at += by
        self.marked = ()
        return True

    # The coding at hand

    @property
    def coding(self) -> Coding | None:
        return self.codings[self.at] if self.codings else None

    @property
    def source(self) -> Source | None:
        return None if self.coding is None else self.sources.get(self.coding.source)

    @property
    def text(self) -> str:
        """The text of its source, kept while the source is the same."""
        if self.coding is None:
            return ""
        if self._text[0] != self.coding.source:
            self._text = (self.coding.source, self.project.sources.text(self.coding.source))
        return self._text[1]

    @property
    def choices(self) -> dict[str, str]:
        """Letter → case, for the cases that its source touches. A case has the same letter everywhere."""
        touched = self.source.cases if self.source is not None else ()
        by_case = {case: letter for letter, case in self._letters.items() if len(letter) == 1}
        if all(case in by_case for case in touched):
            return {by_case[case]: case for case in touched}
        return letters(touched, self._taken)

    def case_of(self, key: str) -> str | None:
        """The case that a letter or a number stands for."""
        choices = self.choices
        if key.casefold() in choices:
            return choices[key.casefold()]
        cases = list(choices.values())
        return cases[int(key) - 1] if key in "123456789" and 0 < int(key) <= len(cases) else None

    # Deeds

    def mark(self, case: str) -> None:
        """One case more, or one less, for the coding at hand."""
        wanted = set(self.marked) ^ {case}
        self.marked = tuple(each for each in self.choices.values() if each in wanted)

    def give(self, cases: Sequence[str]) -> str:
        """Give the coding at hand its cases; the next one follows."""
        coding = self._here()
        chosen = [case for case in self.choices.values() if case in cases]
        told = self.deeds.attribute([coding], chosen)
        del self.codings[self.at]
        self.left -= 1
        self.marked = ()
        if not self.codings or self.at >= len(self.codings):
            self._read()
        return told

    def remove(self) -> str:
        told = self.deeds.remove([self._here()])
        self._read()
        return told

    def _here(self) -> Coding:
        if self.coding is None:
            from sibtui.errors import InputError  # noqa: PLC0415

            raise InputError("No coding waits for its case.")
        return self.coding

    def renewed(self) -> None:
        """Read the coding at hand again, which was changed."""
        if self.coding is not None:
            self.codings[self.at] = self.project.codings.get(self.coding.id)

    @property
    def told(self) -> str:
        """The code at hand in words."""
        return "" if self.coding is None else one_line(short(self.coding.code))
