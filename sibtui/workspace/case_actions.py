"""Actions on cases: each changes the study in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.records import Case, Source
    from sibtui.project import Project


class CaseActions:
    """The actions of the cases screen. Each returns a message and the label of the case to select.

    The cases, their sources and their numbers of codings are those of the last `load`.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.cases: Sequence[Case] = ()
        self.codings: Mapping[str, int] = {}
        self.sources: Mapping[str, Sequence[Source]] = {}

    def load(self) -> None:
        """Read the cases, their sources and their numbers of codings."""
        self.cases = self._project.cases.list()
        self.codings = self._project.cases.coding_counts()
        sources: dict[str, list[Source]] = {case.label: [] for case in self.cases}
        for source in self._project.sources.list():
            for label in source.cases:
                sources.setdefault(label, []).append(source)
        self.sources = sources

    def get(self, label: str | None) -> Case | None:
        return next((case for case in self.cases if case.label == label), None)

    def waiting(self, case: Case) -> int:
        """Return the number of codings without a case in the sources of a case."""
        return sum(source.unattributed for source in self.sources.get(case.label, ()))

    def add(self, label: str) -> tuple[str, str]:
        case = self._project.cases.add(label)
        return f"New case: {one_line(case.label)}", case.label

    def rename(self, case: Case, label: str) -> tuple[str, str]:
        renamed = self._project.cases.set(case.label, new_label=label)
        return f"{one_line(case.label)} is now called {one_line(renamed.label)}.", renamed.label

    def set_private_name(self, case: Case, name: str) -> tuple[str, str]:
        """Set the private name; an empty one removes it. The message does not repeat it."""
        self._project.cases.set(case.label, private_name=name.strip())
        return f"Private name of {one_line(case.label)}: {'saved' if name.strip() else 'removed'}", case.label

    def set_letter(self, case: Case, letter: str) -> tuple[str, str]:
        changed = self._project.cases.set(case.label, letter=letter)
        return f"Letter of {one_line(case.label)}: {changed.letter}", case.label

    def set_attribute(self, case: Case, attribute: str, value: str | None) -> tuple[str, str]:
        """Set an attribute; None removes it. A new attribute is made as a text."""
        self._project.cases.set(case.label, attributes={attribute: value})
        shown = one_line(value, 60) if value else "removed"
        return f"{one_line(case.label)}: {one_line(attribute)} {shown}", case.label

    def shift(self, case: Case, step: int) -> tuple[str, str]:
        """Swap a case with its neighbour. Raises ConflictError when there is none."""
        at = [each.label for each in self.cases].index(case.label) + step
        if not 0 <= at < len(self.cases):
            raise ConflictError(f"{one_line(case.label)} is the {'last' if step > 0 else 'first'} case already.")
        self._project.cases.set(case.label, position=at + 1)
        near = one_line(self.cases[at].label)
        return f"{one_line(case.label)} is now {'after' if step > 0 else 'before'} {near}.", case.label

    def merge(self, case: Case, into: str) -> tuple[str, str, Sequence[str]]:
        """Merge a case into another. The third value has one sentence per value that was left out."""
        merged = self._project.cases.merge(case.label, into)
        label = merged.case.label
        return f"{one_line(case.label)} merged into {one_line(label)}.", label, merged.conflicts

    def remove(self, case: Case) -> tuple[str, str]:
        """Remove a case, and select its neighbour. Its codings and sources stay, without it."""
        at = [each.label for each in self.cases].index(case.label)
        near = self.cases[at + 1] if at + 1 < len(self.cases) else self.cases[at - 1]
        self._project.cases.remove(case.label)
        codings = plural(self.codings.get(case.label, 0), "coding")
        return f"Removed: {one_line(case.label)}; {codings} had it.", near.label
