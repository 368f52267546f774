"""The actions of the sources screen.

An action on several sources is one entry of the history, so one undo reverts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError, InputError
from sibtui.model.text import one_line, plural
from sibtui.project.tables.removed_texts import removed_texts
from sibtui.workspace.case_choice import parse_cases
from sibtui.workspace.codebook_view import short
from sibtui.workspace.reading_marks import all_read, toggle_read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Asked, Source
    from sibtui.project import Project
    from sibtui.project.erasing.withdrawal_values import Withdrawal
    from sibtui.project.results import Reanchored

_NAME = 40
"""How many code points of a name a message shows at most."""


class SourceActions:
    """The actions of the sources screen. Most actions return a message.

    An action that is not possible raises a SibtuiError.

    `sources` are all sources in the order of the source list, as `load` has read them.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.sources: Sequence[Source] = ()

    def load(self) -> None:
        self.sources = self._project.sources.list()

    def get(self, name: str | None) -> Source | None:
        return next((source for source in self.sources if source.name == name), None)

    def _each(self, names: Sequence[str], verb: str, change: Callable[[str], object]) -> None:
        """Call `change` with the name of each source.

        If there are several sources, the changes are one entry of the history, with the verb `verb`.
        """
        if len(names) == 1:
            change(names[0])
            return
        with self._project.act(verb, plural(len(names), "source")):
            for name in names:
                change(name)

    def rename(self, source: Source, name: str) -> tuple[str, str]:
        """Rename a source. Return (message, new name)."""
        renamed = self._project.sources.set(source.name, new_name=name).source
        return f"{one_line(source.name)} is now called {one_line(renamed.name)}.", renamed.name

    def set(self, names: Sequence[str], field: str, value: str) -> str:
        """Set one field of all these sources to the same value, and return a message.

        `field` is title, kind, language or fidelity (whether the text is verbatim). An empty value removes the title or
        the language.
        """
        change: dict[str, Any] = {field: value}
        self._each(names, "source set", lambda name: self._project.sources.set(name, **change))
        return f"{subject(names)}: {field} {_shown(value)}"

    def set_attribute(self, names: Sequence[str], attribute: str, value: str | None) -> str:
        """Set an attribute of these sources, or remove its value (None). Return a message.

        A new attribute gets the type text, or the type date if its name is `date`.
        """
        known = {each.name for each in self._project.attributes.list("source")}
        with self._project.act("source set", _act_subject(names)):
            if attribute == "date" and attribute not in known and value is not None:
                self._project.attributes.add("source", "date", "date")
            for name in names:
                self._project.sources.set(name, attributes={attribute: value})
        return f"{subject(names)}: {one_line(attribute)} {_shown(value)}"

    def set_cases(self, names: Sequence[str], line: str) -> str:
        """Set the cases that these sources are about, and return a message. New cases are added to the study.

        `line` has the labels of the cases, separated by semicolons.
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
        """Record whether the interviewer asked about a topic (a code) in these sources, and return a message.

        The record is about the cases in `cases`, or about all cases of each source if `cases` is empty. If `state` is
        None, the record is removed.
        """
        with self._project.act("source set", _act_subject(names)):
            for name in names:
                for case in cases or (None,):
                    self._project.sources.set_topic(name, topic, state, case=case)
        about = f" ({', '.join(cases)})" if cases else ""
        return f"{subject(names)}{about}: {short(topic)} {state or 'not recorded'}"

    def toggle_read(self, names: Sequence[str]) -> str:
        """Record that the current coder has read these sources, or remove these records. Return a message.

        The records are removed if the coder has read all these sources and need not read any of them again.
        Otherwise, each source gets a record with the present time.
        """
        if len(names) == 1:
            return toggle_read(self._project, names[0])[1]
        read = not all_read(self._project, [source for source in self.sources if source.name in names])
        self._each(names, "source set", lambda name: self._mark(name, read=read))
        return f"{subject(names)}: {'read' if read else 'not read to the end'}"

    def _mark(self, name: str, *, read: bool) -> None:
        self._project.sources.set(name, reading="read" if read else "in progress")

    def shift(self, names: Sequence[str], step: int) -> str:
        """Move the sources by one place in the source list, down (1) or up (-1). Return a message.

        If the sources are not neighbours, they are placed together, at the place of the first of them. With 1, they
        then move down by one place; with -1, they do not move further. Raises ConflictError if the sources are already
        at the end of the list (1) or at its beginning (-1).
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
        """Store a corrected text of a source, and return a message.

        The codings move to their passages in the new text. Uncertain places wait for the user's decision.
        """
        if text == self._project.sources.text(name):
            return "The text is unchanged."
        return carried_message(name, self._project.sources.correct(name, text))

    def remove(self, names: Sequence[str]) -> str:
        """Remove sources with their codings from the study, and return a message. This can be undone."""
        if not names:
            raise InputError("No source was given.")
        codings = sum(source.codings for source in self.sources if source.name in names)
        lost = removed_texts(self._project, "its" if len(names) == 1 else "their")
        self._each(names, "source remove", self._project.sources.remove)
        return f"Removed: {subject(names)} with {plural(codings, 'coding')}{lost()}"

    def foresee_withdrawal(self, name: str) -> Withdrawal:
        """Return what `withdraw` would erase. Nothing is changed."""
        return self._project.sources.withdraw(name, dry_run=True)

    def withdraw(self, name: str) -> Withdrawal:
        """Erase a source for good, also from the history, and return what was erased. This cannot be undone."""
        return self._project.sources.withdraw(name)

    def speakers(self) -> tuple[str, ...]:
        return tuple(self._project.sources.speakers())

    def foresee_person(self, name: str) -> Withdrawal:
        """Return what `withdraw_person` would erase. Nothing is changed."""
        return self._project.sources.withdraw_person(name, participant=True, dry_run=True)

    def withdraw_person(self, name: str) -> Withdrawal:
        """Erase the words of a person in all sources for good, and return what was erased. This cannot be undone.

        `name` is the name of a speaker or participant. A source that has no other participant is erased as a whole.
        """
        return self._project.sources.withdraw_person(name, participant=True)


def carried_message(name: str, corrected: Reanchored) -> str:
    """Return the message after a correction of the text of the source `name`, with the numbers of changed codings."""
    parts = [f"{plural(len(corrected.segments), 'coding')} carried over"]
    parts += [f"{count:,} with corrected words"] if (count := len(corrected.reworded)) else []
    parts += [f"{count:,} to decide on"] if (count := len(corrected.undecided)) else []
    return f"Text of {one_line(name, _NAME)} corrected: {', '.join(parts)}."


def subject(names: Sequence[str]) -> str:
    """Return the sources as the subject of a message: the name of a single source, or words such as “3 sources”."""
    return one_line(names[0], _NAME) if len(names) == 1 else plural(len(names), "source")


def _act_subject(names: Sequence[str]) -> str:
    return f"source {names[0]}" if len(names) == 1 else plural(len(names), "source")


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _it(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"


def _shown(value: str | None) -> str:
    return one_line(value, 60) if value else "removed"
