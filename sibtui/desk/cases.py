"""Which case is spoken of: the letters to tell it by, and the one that stays told for the rest of a section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.desk.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sibtui.model.sentences import Sentences


@dataclass(frozen=True, slots=True)
class CaseContext:
    """The cases told, and the part of the note in which they hold."""

    cases: tuple[str, ...]
    start: int
    end: int

    def holds_at(self, offset: int) -> bool:
        return self.start <= offset < self.end


def section(text: str, sentences: Sentences, offset: int) -> tuple[int, int]:
    """The section around an offset: from its heading to the next."""
    start = sentences.heading_before(offset)
    following = text.find("\n#", max(offset, start + 1))
    return start, len(text) + 1 if following < 0 else following + 1


def letters(cases: Sequence[str], taken: Collection[str] = ()) -> dict[str, str]:
    """Letter → case: the first letter or digit that tells it from the others, from the end of its label; then any that is free.

    `taken` are letters that do something else.
    """
    found: dict[str, str] = {}
    for case in cases:
        own = [sign for sign in _signs(case) if sign not in found and sign not in taken]
        free = [sign for sign in "abcdefghijklmnopqrstuvwxyz" if sign not in found and sign not in taken]
        found[(own or free or [str(len(found))])[0]] = case
    return found


def written_cases(line: str, known: Sequence[str]) -> tuple[str, ...]:
    """The cases that a line names, parted by semicolons; one that there is already is spelt as it is there."""
    spelt = {case.casefold(): case for case in known}
    labels = (" ".join(part.split()) for part in line.split(";"))
    return tuple(dict.fromkeys(spelt.get(label.casefold(), label) for label in labels if label))


def told_of_cases(line: str, known: Sequence[str]) -> Answer:
    """What a line of cases would do."""
    there = f"There are: {', '.join(known)}. " if known else ""
    new = [case for case in written_cases(line, known) if case not in known]
    if new:
        return Answer(f"{', '.join(new)}: new. {there}")
    return Answer(f"{there}Several are parted by a semicolon; a new name makes a case.")


def _signs(case: str) -> list[str]:
    words = case.casefold().split()
    last_first = [word[0] for word in reversed(words)] + list("".join(words))
    return [sign for sign in last_first if sign.isascii() and sign.isalnum() and sign != "0"]
