"""Levels of numbered lists, and the counting of their paragraphs as in Word.

The readers of Word documents and of rich text use this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.formats.sources.number_words import in_form
from sibtui.formats.sources.symbols import in_unicode
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEVELS = 9
_NUMBER = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list. `form` is the format of its numbers, such as `decimal`, and `start` is the first number.

    `text` is a pattern such as `%1.`, or a bullet in the font `font`. `style` is the paragraph style that is linked
    to the level. `space` is the text between a number and its paragraph. If `digits` is set, all numbers are in
    digits.

    `restart` states when the numbers of this level begin again at `start`. 2 means: after each paragraph on level 1
    or 2. None means: after each paragraph on any outer level. 0 means: never.
    """

    form: str = "decimal"
    text: str = ""
    start: int = 1
    font: str = ""
    style: str = ""
    space: str = " "
    restart: int | None = None
    digits: bool = False


def digits_warning(count: int) -> Iterator[str]:
    """Yield a warning about `count` list numbers of unknown form, without a full stop; nothing if `count` is 0."""
    if count:
        numbers = plural(count, "number of a list is", "numbers of lists are")
        yield f"{numbers} written in digits, because the form in the document is not known here"


class ListCounts:
    """Counts the paragraphs of a document that are in lists. Call `label` for each such paragraph, in order."""

    def __init__(self, language: str = "en") -> None:
        self.language = language or "en"
        self._counts: dict[object, list[int | None]] = {}
        self._started: set[tuple[object, int]] = set()
        self._digits = 0

    def label(
        self, list_id: object, definition: object, levels: Sequence[ListLevel], at: int, override: int | None
    ) -> str:
        """Return the number or bullet of the next paragraph on level `at` of a list; empty if the level has neither.

        The result ends with the `space` of the level. `definition` is the id of the definition that the list `list_id`
        uses. If several lists use the same definition, each continues the numbers of the list before it. But if
        `override` is given, the numbers of the list on this level begin with `override`.
        """
        counts = self._count(list_id, definition, levels, at, override)
        level = levels[at]
        if level.form == "bullet":
            text, unknown = in_unicode(level.text, level.font)
            text = "•" if unknown else "◦" if text == "o" and level.font.startswith("Courier") else text
        else:
            digits = self._digits
            text = _NUMBER.sub(lambda match: self._number(levels, int(match[1]) - 1, counts, level), level.text)
            self._digits = min(self._digits, digits + 1)  # a label counts once
        return f"{text}{level.space}" if text.strip() else ""

    def warnings(self) -> Iterator[str]:
        """Yield at most one warning: how many list numbers have an unknown form. The warning has no full stop."""
        yield from digits_warning(self._digits)

    def _count(
        self, list_id: object, definition: object, levels: Sequence[ListLevel], at: int, override: int | None
    ) -> list[int | None]:
        """Count one more paragraph on level `at` of a list. Return the counts of all levels of the list.

        The count of a level that has not begun is None. The arguments are those of `label`.
        """
        counts = self._counts.setdefault(definition, [None] * LEVELS)
        if override is not None and (list_id, at) not in self._started:
            counts[at] = None
        self._started.add((list_id, at))
        before = counts[at]
        counts[at] = (levels[at].start if override is None else override) if before is None else before + 1
        for deeper in range(at + 1, LEVELS):
            restart = levels[deeper].restart
            if restart is None or (restart and at < restart):
                counts[deeper] = None
        return counts

    def _number(self, levels: Sequence[ListLevel], at: int, counts: list[int | None], level: ListLevel) -> str:
        of = levels[at]
        before = counts[at]
        number = of.start if before is None else before
        shown = None if level.digits and of.form != "none" else in_form(number, of.form, self.language)
        self._digits += shown is None and not level.digits
        return str(number) if shown is None else shown
