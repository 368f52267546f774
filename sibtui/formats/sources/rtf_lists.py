"""Numbers and bullets of lists in rich text.

Some files store them with each paragraph. For other files, they are computed from the list definitions.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sibtui.formats.sources.list_levels import LEVELS, ListCounts, ListLevel
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFINING = frozenset(
    (
        *("list", "listlevel", "levelnfc", "levelnfcn", "levelstartat", "levelfollow", "levellegal", "levelnorestart"),
        *("listid", "listoverride", "lfolevel", "ls"),
    )
)
"""The control words of list definitions."""
OLD_LISTS = {"pnlvlblt": True, "pnlvlbody": True, "pnlvl": True, "pnlvlcont": False}
"""A dict: control word for lists before Word 97 → whether the paragraphs of such a list show a number or bullet."""
_FORMS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    5: "ordinal",
    6: "cardinalText",
    7: "ordinalText",
    14: "decimalFullWidth",
    18: "decimalEnclosedCircle",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    57: "numberInDash",
    58: "russianLower",
    59: "russianUpper",
    255: "none",
}
"""A dict: number of a number format in rich text → name of the format in Word."""
_LANGUAGES = {4: "zh", 7: "de", 9: "en", 10: "es", 12: "fr", 16: "it", 17: "ja", 19: "nl", 21: "pl", 22: "pt", 25: "ru"}
"""A dict: number of a language in rich text (without the region) → language code."""
_REGIONLESS = 0x3FF
_LAST_PLACE = 9
"""In the text of a list level, a character with a code below this is a placeholder for the number of a level."""


class RtfText(list[str]):
    """The parts of a text, in a list that grows while the file is read.

    `begun` is set if the current paragraph has text. `labelled` is set if this text has the list number already.
    """

    begun = False
    labelled = False
    old_list = False  # a list of Word before Word 97

    def end_paragraph(self) -> None:
        self.begun = self.labelled = False


@dataclass(slots=True)
class _RtfOverride:
    """A list of paragraphs: the list definition with the id `definition`, and the changes to it.

    `starts` has the changed start numbers, by level (None: not changed). `levels` has the changed levels, by index.
    """

    definition: int = 0
    starts: list[int | None] = field(default_factory=list)
    levels: dict[int, ListLevel] = field(default_factory=dict)


class RtfLists:
    """The list definitions of a document, and the count of list paragraphs that were read so far."""

    def __init__(self) -> None:
        self._counts = ListCounts()
        self.missing = 0
        self._defined: dict[int, list[ListLevel]] = {}
        self._levels: list[ListLevel] = []
        self._lists: dict[int, _RtfOverride] = {}
        self._override: _RtfOverride | None = None
        self._level = ListLevel()
        self._in_level = False

    def set_language(self, number: int) -> None:
        """Set the language of the document. `number` is the code number of the language in rich text."""
        self._counts.language = _LANGUAGES.get(number & _REGIONLESS, "")

    def define(self, word: str, number: int) -> None:
        """Apply a control word of a list definition. `number` is the number after the word."""
        if word == "list":
            self._levels, self._override = [], None
        elif word == "listoverride":
            self._override = _RtfOverride()
        elif word == "lfolevel" and self._override is not None:
            self._override.starts.append(None)
        elif word == "listlevel":
            self._level, self._in_level = ListLevel(), True
        elif word == "listid":
            if self._override is None:
                self._defined[number] = self._levels
            else:
                self._override.definition = number
        elif word == "ls" and self._override is not None:
            self._lists[number], self._override = self._override, None
        else:
            self._define_level(word, number)

    def _define_level(self, word: str, number: int) -> None:
        if word in ("levelnfc", "levelnfcn"):
            self._level = replace(self._level, form=_FORMS.get(number, str(number)))
        elif word == "levelstartat" and not self._in_level:
            if self._override is not None and self._override.starts:
                self._override.starts[-1] = number
        elif word == "levelstartat":
            self._level = replace(self._level, start=number)
        elif word == "levelfollow":
            self._level = replace(self._level, space="" if number == 2 else " ")
        elif word == "levellegal":
            self._level = replace(self._level, digits=bool(number))
        elif word == "levelnorestart" and number:
            self._level = replace(self._level, restart=0)

    def define_text(self, text: str) -> None:
        """Set the pattern of the current list level, such as `%1.`, from the text in the file.

        That text begins with one character for its length and ends with a semicolon. A character with a low code is a
        placeholder for the number of a level.
        """
        shown = "".join(f"%{ord(each) + 1}" if ord(each) < _LAST_PLACE else each for each in text[1:].removesuffix(";"))
        self._level = replace(self._level, text=shown)

    def end_level(self, font: str) -> None:
        """End the definition of a list level. `font` is the name of the font for its number or bullet."""
        self._in_level = False
        level = replace(self._level, font=font)
        if self._override is None:
            if len(self._levels) < LEVELS:
                self._levels.append(level)
        elif 0 < len(self._override.starts) <= LEVELS:
            self._override.levels[len(self._override.starts) - 1] = level

    def label(self, number: int, at: int, *, labelled: bool) -> str:
        """Return the number or bullet of the next paragraph of a list, followed by a space.

        `number` is the id of the list, and `at` is the level of the paragraph. The result is empty if the list is not
        defined. It is also empty if `labelled` is set, because the text already contains the number.
        """
        override = self._lists.get(number)
        levels = [] if override is None else list(self._defined.get(override.definition, ()))
        if override is None or not levels:
            self.missing += not labelled
            return ""
        levels += [ListLevel(form="none")] * (LEVELS - len(levels))
        for place, level in override.levels.items():
            levels[place] = level
        at = min(max(at, 0), LEVELS - 1)
        start = override.starts[at] if at < len(override.starts) else None
        counted = self._counts.label(number, override.definition, levels, at, start)
        return "" if labelled else counted

    def warnings(self) -> Iterator[str]:
        """Yield warnings about list numbers that are missing or may be wrong. Each is a text without a full stop."""
        if self.missing:
            items = plural(self.missing, "item of a list", "items of lists")
            yield f"{items} came without the number or bullet, which the file neither holds as text nor defines"
        yield from self._counts.warnings()
