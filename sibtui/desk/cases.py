"""Which case is spoken of: the letters to tell it by, and the one that stays told for the rest of a section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def _signs(case: str) -> list[str]:
    words = case.casefold().split()
    last_first = [word[0] for word in reversed(words)] + list("".join(words))
    return [sign for sign in last_first if sign.isascii() and sign.isalnum() and sign != "0"]
