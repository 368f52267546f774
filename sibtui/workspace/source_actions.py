"""Actions on sources. Each changes one or several sources in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError, InputError
from sibtui.model.text import one_line, plural
from sibtui.workspace.case_choice import parse_cases
from sibtui.workspace.codebook_view import short
from sibtui.workspace.reading_marks import toggle_read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Asked, Source
    from sibtui.project import Project
    from sibtui.project.erasing.withdrawal_values import Withdrawal
    from sibtui.project.results import Reanchored

_NAME = 40
"""The number of code points to show of a name in a message."""


class SourceActions:
    """The actions of the sources screen. Each returns a message, or raises a SibtuiError if the action is not possible.

    `sources` holds all sources in their order, as read by the last `load`.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.sources: Sequence[Source] = ()

    def load(self) -> None:
        """Read the sources and their counts."""
        self.sources = self._project.sources.list()

    def get(self, name: str | None) -> Source | None:
        return next((source for source in self.sources if source.name == name), None)

    def _each(self, names: Sequence[str], verb: str, change: Callable[[str], object]) -> None:
        """Call `change` for each source. If there are several sources, all changes are one act."""
        if len(names) == 1:
            change(names[0])
            return
        with self._project.act(verb, plural(len(names), "source")):
            for name in names:
                change(name)

    def rename(self, source: Source, name: str) -> tuple[str, str]:
        """Rename a source. Return the message and the new name."""
        renamed = self._project.sources.set(source.name, new_name=name).source
        return f"{one_line(source.name)} is now called {one_line(renamed.name)}.", renamed.name

    def set(self, names: Sequence[str], field: str, value: str) -> str:
        """Set a field of sources: title, kind, fidelity or language. An empty value removes a title or a language."""
        change: dict[str, Any] = {field: value}
        self._each(names, "source set", lambda name: self._project.sources.set(name, **change))
        return f"{subject(names)}: {field} {_shown(value)}"

    def set_attribute(self, names: Sequence[str], attribute: str, value: str | None) -> str:
        """Set an attribute of sources. None removes the value.

        A new attribute has the type text. If its name is `date`, it has the type date.
        """
        known = {each.name for each in self._project.attributes.list("source")}
        with self._project.act("source set", _act_subject(names)):
            if attribute == "date" and attribute not in known and value is not None:
                self._project.attributes.add("source", "date", "date")
            for name in names:
                self._project.sources.set(name, attributes={attribute: value})
        return f"{subject(names)}: {one_line(attribute)} {_shown(value)}"

    def set_cases(self, names: Sequence[str], line: str) -> str:
        """Set the cases of sources from a line of labels.

        Cases that the study does not have are added in the same act.
        """
        known = [case.label for case in self._project.cases.list()]
        labels = parse_cases(line, known)
        moved = 0
        with self._project.act("source set", _act_subject(names)):
            for label in labels:
                if label not in known:
                    self._project.cases.add(label)
            for name in names:
                moved += self._project.sources.set(name, cases=labels).codings
        follow = f", and so {'is' if moved == 1 else 'are'} {plural(moved, 'coding')} of {_it(names)}" if moved else ""
        are = "is" if len(names) == 1 else "are"
        return (
            f"{subject(names)} {are} about {', '.join(labels)}{follow}."
            if labels
            else f"{subject(names)} {are} about no case."
        )

    def set_topic(self, names: Sequence[str], topic: str, state: Asked | None, cases: Sequence[str]) -> str:
        """Record whether sources were asked about a topic, for the given cases.

        If `cases` is empty, the record is for all cases of each source.
        """
        with self._project.act("source set", _act_subject(names)):
            for name in names:
                for case in cases or (None,):
                    self._project.sources.set_topic(name, topic, state, case=case)
        about = f" ({', '.join(cases)})" if cases else ""
        return f"{subject(names)}{about}: {short(topic)} {state or 'not recorded'}"

    def toggle_read(self, names: Sequence[str]) -> str:
        """Mark sources as read by the current coder. If all sources are marked already, remove the marks."""
        if len(names) == 1:
            return toggle_read(self._project, names[0])[1]
        coder = self._project.coder
        read = not all(coder in source.read_by for source in self.sources if source.name in names)
        self._each(names, "source set", lambda name: self._mark(name, read=read))
        return f"{subject(names)}: {'read' if read else 'not read to the end'}"

    def _mark(self, name: str, *, read: bool) -> None:
        self._project.sources.set(name, reading="read" if read else "in progress")

    def shift(self, names: Sequence[str], step: int) -> str:
        """Move the sources as one block past the next source in the direction of `step`.

        Raises ConflictError if there is none.
        """
        order = [source.name for source in self.sources]
        block = [name for name in order if name in names]
        rest = [name for name in order if name not in names]
        before = sum(name in rest for name in order[: order.index(block[0])])
        apart = order[before : before + len(block)] != block
        at = before if apart and step < 0 else before + step
        if not 0 <= at <= len(rest):
            place = "last" if step > 0 else "first"
            raise ConflictError(f"{subject(block)} {'is' if len(block) == 1 else 'are'} the {place} already.")
        self._project.sources.move(block, at + 1)
        near = rest[at - 1] if step > 0 else rest[at]
        return f"{subject(block)} {_is(block)} now {'after' if step > 0 else 'before'} {one_line(near, _NAME)}."

    def correct(self, name: str, text: str) -> str:
        """Store a corrected text. Codings whose place in the new text is uncertain become undecided."""
        if text == self._project.sources.text(name):
            return "The text is unchanged."
        return carried_message(name, self._project.sources.correct(name, text))

    def remove(self, names: Sequence[str]) -> str:
        """Remove sources and their codings."""
        if not names:
            raise InputError("No source was given.")
        codings = sum(source.codings for source in self.sources if source.name in names)
        self._each(names, "source remove", self._project.sources.remove)
        return f"Removed: {subject(names)} with {plural(codings, 'coding')}"

    def foresee_withdrawal(self, name: str) -> Withdrawal:
        """Return the texts and traces that the withdrawal of a source would erase. Nothing changes."""
        return self._project.sources.withdraw(name, dry_run=True)

    def withdraw(self, name: str) -> Withdrawal:
        """Erase a source for good. Return a description of the erased texts and traces."""
        return self._project.sources.withdraw(name)

    def speakers(self) -> tuple[str, ...]:
        """Return the names of the speakers in all sources."""
        return tuple(self._project.sources.speakers())

    def foresee_person(self, name: str) -> Withdrawal:
        """Return the texts and traces that the withdrawal of a speaker or participant would erase. Nothing changes."""
        return self._project.sources.withdraw_person(name, participant=True, dry_run=True)

    def withdraw_person(self, name: str) -> Withdrawal:
        """Erase the turns of a person in all sources. A source whose only participant is this person is erased as a whole."""
        return self._project.sources.withdraw_person(name, participant=True)


def carried_message(name: str, corrected: Reanchored) -> str:
    """Return the message about a corrected text and its codings."""
    parts = [f"{plural(len(corrected.segments), 'coding')} carried over"]
    parts += [f"{count:,} with corrected words"] if (count := len(corrected.reworded)) else []
    parts += [f"{count:,} to decide on"] if (count := len(corrected.undecided)) else []
    return f"Text of {one_line(name, _NAME)} corrected: {', '.join(parts)}."


def subject(names: Sequence[str]) -> str:
    """Return the subject of a message: the name of one source, or the number of several sources."""
    return one_line(names[0], _NAME) if len(names) == 1 else plural(len(names), "source")


def _act_subject(names: Sequence[str]) -> str:
    return f"source {names[0]}" if len(names) == 1 else plural(len(names), "source")


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _it(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"


def _shown(value: str | None) -> str:
    return one_line(value, 60) if value else "removed"
