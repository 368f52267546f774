"""The choice of cases by a letter or a typed name, and the cases of new codings.

The user can set cases that new codings get until the next heading of the text.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sibtui.model.case_letters import COMMAND_KEYS
from sibtui.model.codebook import begins_words
from sibtui.model.folding import identical, name_key
from sibtui.model.frozen import dataclass
from sibtui.project.shared.validation import Validation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sibtui.model.records import Case
    from sibtui.model.sentences import Sentences


@dataclass(frozen=True, slots=True)
class CaseContext:
    """The cases that new codings get in a part of a source, from the offset `start` to the offset `end`."""

    cases: tuple[str, ...]
    start: int
    end: int

    def holds_at(self, offset: int) -> bool:
        return self.start <= offset < self.end


def section(text: str, sentences: Sentences, offset: int) -> tuple[int, int]:
    """Return (start, end) of the section around an offset in a text: from one heading to the next."""
    start = sentences.heading_before(offset)
    following = text.find("\n#", max(offset, start + 1))
    return start, len(text) + 1 if following < 0 else following + 1


def case_keys(cases: Sequence[str], known: Sequence[Case]) -> dict[str, str]:
    """Return a map from letters to the labels in `cases`: the letter of a case is the key that chooses the case.

    `known` are all cases of the study. Cases without a letter are left out, and so are letters that are keys of
    commands.
    """
    letters = {case.label: case.letter for case in known}
    keys = {letters.get(label, ""): label for label in cases}
    return {letter: label for letter, label in keys.items() if letter and letter not in COMMAND_KEYS}


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """The cases that the user has chosen for one or several items, such as codings.

    If the user has only added or removed cases, `before` has the cases before these changes. Otherwise, it is None.
    """

    cases: tuple[str, ...]
    before: tuple[str, ...] | None = None

    def applied_to(self, now: Sequence[str]) -> tuple[str, ...]:
        """Return the new cases of an item whose present cases are `now`.

        If the user has only added or removed cases, the item keeps its other cases.
        """
        if self.before is None:
            return self.cases
        removed = set(self.before).difference(self.cases)
        added = (case for case in self.cases if case not in self.before)
        return tuple(dict.fromkeys((*(case for case in now if case not in removed), *added)))


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A menu in which the user chooses the cases of one or several items (such as codings) by letters.

    `title` is the question. `cases` are the labels of the cases to choose from, and `keys` is a map: letter → case.
    `now` are the present cases of the item, or the cases that all items have. `none` is the label of the answer “no
    case”. With `single`, the user must choose exactly one case.
    """

    title: str
    cases: tuple[str, ...]
    keys: Mapping[str, str]
    now: tuple[str, ...] = ()
    none: str = "none yet"
    single: bool = False

    @property
    def lettered(self) -> bool:
        """Whether every case can be chosen by a letter."""
        return len(self.keys) == len(self.cases)

    @property
    def menu(self) -> dict[str, str]:
        """A map: key that the user can press → label of the answer.

        The answers are the cases, all cases, and no case. With `single`, the answers are only the cases.
        """
        if self.single:
            return dict(self.keys)
        several = {"*": "all of them"} if len(self.cases) > 1 else {}
        return {**self.keys, **several, "0": self.none}

    def chosen(self, key: str) -> tuple[str, ...]:
        """Return the cases that the item gets if the user presses this key.

        A small letter chooses the case with this letter, and no other case. A capital letter adds the case with this
        letter to the present cases, or removes the case if it is one of them.
        """
        if key in {"*", "0"}:
            return self.cases if key == "*" else ()
        if key in self.keys:
            return (self.keys[key],)
        return self.toggled(self.now, self.keys[key.casefold()])

    def answer(self, key: str) -> CaseAnswer:
        """Return the answer of the user who presses this key.

        A capital letter adds or removes one case. Every other key replaces the cases.
        """
        replaces = key in {"*", "0"} or key in self.keys
        return CaseAnswer(self.chosen(key), None if replaces else self.now)

    def toggled(self, marked: Collection[str], case: str) -> tuple[str, ...]:
        """Mark `case`, or remove its mark if it is in `marked`. Return the marked cases, in the order of `cases`."""
        toggled = set(marked) ^ {case}
        return tuple(each for each in self.cases if each in toggled)

    def matching(self, typed: str) -> list[str]:
        """Return the labels that match a typed text; all labels if the text is empty.

        First come the labels that `cases_by_prefix` finds, then the other labels that contain the text.
        """
        if not typed.strip():
            return list(self.cases)
        by_prefix = cases_by_prefix(typed, self.cases)
        containing = [case for case in self.cases if name_key(typed) in name_key(case)]
        return list(dict.fromkeys([*by_prefix, *containing]))


def parse_cases(line: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of cases in a typed line. Semicolons separate the labels.

    If a typed label differs from a label in `known` only in its form, for example in capital letters, the label in
    `known` is returned.
    """
    labels = (" ".join(part.split()) for part in line.split(";"))
    return tuple(dict.fromkeys(identical(label, known) or label for label in labels if label))


def cases_by_prefix(label: str, known: Sequence[str]) -> list[str]:
    """Return the labels in `known` that may be the full form of a typed `label`.

    Each word of the typed label must be the beginning of a word of the full label. Labels that begin with the whole
    typed label come first.
    """
    matches = [case for case in known if begins_words(name_key(label), name_key(case))]
    return sorted(matches, key=lambda case: not name_key(case).startswith(name_key(label)))


def first_prefix(line: str, known: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return (short form, matching labels) for the first short form in a line; None if the line has none.

    The line lists labels of cases. A short form matches labels in `known`: “hou inv” matches “Housing investor”.
    """
    new = (case for case in parse_cases(line, known) if case not in known)
    return next(((label, matches) for label in new if (matches := cases_by_prefix(label, known))), None)


def complete_cases(line: str, known: Sequence[str]) -> tuple[str, list[str]]:
    """Complete the last label in a line that lists cases. Return (new line, candidates).

    The candidates are the labels in `known` that match the last label (see `cases_by_prefix`) and are not yet in the
    line. If there is one candidate, it replaces the last label. If there are several, and all begin with the last label,
    their common beginning replaces it: `SIB A; s` → `SIB A; SIB `.
    """
    before, semicolon, last = line.rpartition(";")
    listed = parse_cases(before, known)
    label = " ".join(last.split())
    names = [case for case in cases_by_prefix(label, known) if case not in listed] if label else []
    names = names if label else [case for case in known if case not in listed]
    common = os.path.commonprefix(names)  # noqa: RUF071 - compares characters, not folders
    if not label or not (len(names) == 1 or name_key(common).startswith(name_key(label))):
        return line, names
    return f"{before}{semicolon} {common}" if semicolon else common, names


def cases_message(line: str, known: Sequence[str], about: str = "a new name makes a case") -> Validation:
    """Return the message about a typed line that lists cases: what happens if the user presses Enter.

    If a label is unfinished (see `first_prefix`), the message asks for a second Enter. If the line has no new label,
    the message ends with the words `about`.
    """
    existing = f"There are: {', '.join(known)}. " if known else ""
    prefix = first_prefix(line, known)
    if prefix is not None:
        label, matches = prefix
        facts = f"“{label}” would be a new case. {', '.join(matches)}?"
        return Validation(facts, "again", "complete-case")
    new = [case for case in parse_cases(line, known) if case not in known]
    if new:
        return Validation(f"{', '.join(new)}: new. {existing}")
    return Validation(f"{existing}Separate several by semicolons; {about}.")
