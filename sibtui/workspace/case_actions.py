"""The actions of the cases screen. An action on several cases is one entry of the history, so one undo reverts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError
from sibtui.model.text import one_line, plural
from sibtui.project.tables.removed_texts import removed_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sibtui.model.records import Case, Source
    from sibtui.project import Project


class CaseActions:
    """The actions of the cases screen. Most actions return (message, label of the case to which the cursor goes).

    `load` reads `cases`, `codings` (number of codings by case) and `sources` (sources by case).
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.cases: Sequence[Case] = ()
        self.codings: Mapping[str, int] = {}
        self.sources: Mapping[str, Sequence[Source]] = {}

    def load(self) -> None:
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
        """Return the number of codings without a case in the sources that are about this case."""
        return sum(source.unattributed for source in self.sources.get(case.label, ()))

    def add(self, label: str) -> tuple[str, str]:
        case = self._project.cases.add(label)
        return f"New case: {one_line(case.label)}", case.label

    def rename(self, case: Case, label: str) -> tuple[str, str]:
        renamed = self._project.cases.set(case.label, new_label=label)
        return f"{one_line(case.label)} is now called {one_line(renamed.label)}.", renamed.label

    def set_private_name(self, case: Case, name: str) -> tuple[str, str]:
        """Set the private name of a case. An empty text removes the name. Exports contain this name only on request.

        Return (message without the private name, label of the case).
        """
        self._project.cases.set(case.label, private_name=name.strip())
        return f"Private name of {one_line(case.label)}: {'saved' if name.strip() else 'removed'}", case.label

    def set_letter(self, case: Case, letter: str) -> tuple[str, str]:
        changed = self._project.cases.set(case.label, letter=letter)
        return f"Letter of {one_line(case.label)}: {changed.letter}", case.label

    def set_attribute(self, cases: Sequence[Case], attribute: str, value: str | None) -> tuple[str, str]:
        """Set an attribute of each of these cases. Return (message, label of the first case).

        If `value` is None, the value is removed. A new attribute is added with the type text.
        """
        self._each(cases, "case set", lambda label: self._project.cases.set(label, attributes={attribute: value}))
        shown = one_line(value, 60) if value else "removed"
        return f"{subject(cases)}: {one_line(attribute)} {shown}", cases[0].label

    def shift(self, cases: Sequence[Case], step: int) -> tuple[str, str]:
        """Move the cases by one place in the case list, down (1) or up (-1). Return (message, label of the first case).

        Cases that are not neighbours are brought together at the place of the first of them. If `step` is 1, they
        are then moved down by one place. Raises ConflictError if the cases are already the last in the list (for 1)
        or the first (for -1).
        """
        labels = {case.label for case in cases}
        rest = [case.label for case in self.cases if case.label not in labels]
        order = [case.label for case in self.cases]
        at = sum(label in rest for label in order[: order.index(cases[0].label)])
        apart = order[at : at + len(cases)] != [case.label for case in cases]
        to = at if apart and step < 0 else at + step
        if not 0 <= to <= len(rest):
            place = "last" if step > 0 else "first"
            last = f"the {place} case" if len(cases) == 1 else f"the {place} cases"
            raise ConflictError(f"{subject(cases)} {_is(cases)} {last} already.")
        ordered = [*rest[:to], *(case.label for case in cases), *rest[to:]]
        with self._project.act("case set", _act_subject(cases)):
            for position, label in enumerate(ordered, 1):
                if order[position - 1] != label:
                    self._project.cases.set(label, position=position)
                    order.remove(label)
                    order.insert(position - 1, label)
        near = one_line(rest[to - 1] if step > 0 else rest[to])
        return f"{subject(cases)} {_is(cases)} now {'after' if step > 0 else 'before'} {near}.", cases[0].label

    def merge(self, cases: Sequence[Case], into: str) -> tuple[str, str, Sequence[str]]:
        """Merge cases into the case `into`. Return (message, `into`, conflicts).

        A conflict is a sentence about a value that is lost: a merged case has it, but `into` has a different value.
        """
        conflicts: list[str] = []
        self._each(
            cases, "case merge", lambda label: conflicts.extend(self._project.cases.merge(label, into).conflicts)
        )
        return f"{subject(cases)} merged into {one_line(into)}.", into, conflicts

    def remove(self, cases: Sequence[Case]) -> tuple[str, str]:
        """Remove cases from the study. Return (message, label of a neighbour, to which the cursor goes).

        The codings and sources of these cases stay in the study.
        """
        labels = {case.label for case in cases}
        at = [each.label for each in self.cases].index(cases[-1].label)
        near = next((each for each in (*self.cases[at:], *self.cases[at::-1]) if each.label not in labels), cases[0])
        lost = removed_texts(self._project, "its" if len(cases) == 1 else "their")
        self._each(cases, "case remove", self._project.cases.remove)
        codings = plural(sum(self.codings.get(label, 0) for label in labels), "coding")
        return f"Removed: {subject(cases)}; {codings} had {'it' if len(cases) == 1 else 'them'}{lost()}.", near.label

    def _each(self, cases: Sequence[Case], verb: str, change: Callable[[str], object]) -> None:
        """Call `change` with the label of each case.

        If there are several cases, the changes are one entry of the history, with the verb `verb`.
        """
        if len(cases) == 1:
            change(cases[0].label)
            return
        with self._project.act(verb, plural(len(cases), "case")):
            for case in cases:
                change(case.label)


def subject(cases: Sequence[Case]) -> str:
    """Return the cases as the subject of a message: the label of a single case, or words such as “3 cases”."""
    return one_line(cases[0].label) if len(cases) == 1 else plural(len(cases), "case")


def _act_subject(cases: Sequence[Case]) -> str:
    return f"case {cases[0].label}" if len(cases) == 1 else plural(len(cases), "case")


def _is(cases: Sequence[Case]) -> str:
    return "is" if len(cases) == 1 else "are"
