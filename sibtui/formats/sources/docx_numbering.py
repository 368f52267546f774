"""Automatic numbers and bullets of a Word document, from the list definitions in its part `numbering`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.formats.sources.docx_elements import attribute, child, is_on, local, value
from sibtui.formats.sources.list_numbers import doubled_letter, ordinal, roman
from sibtui.formats.sources.symbols import in_unicode

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from sibtui.formats.sources.docx_styles import DocxStyles

_LEVELS = 9
_NUMBER = re.compile("%([1-9])")
_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": doubled_letter,
    "upperLetter": lambda number: doubled_letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "ordinal": ordinal,
    "none": lambda _: "",
}
"""Number formats other than 1, 2, 3. Numbers written out and those of other scripts become digits."""


@dataclass(frozen=True, slots=True)
class _DocxLevel:
    """One level of a list: its format, its text (`%1.`, or a bullet), and the number that it starts with."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    font: str = ""
    style: str = ""
    space: str = " "
    restart: int | None = None
    digits: bool = False


class DocxNumbering:
    """Counts the paragraphs of all lists of a document, in the order in which `label` is called."""

    def __init__(self, root: _Element | None, styles: DocxStyles) -> None:
        every = () if root is None else tuple(root)
        self._styles = styles
        self._abstract = {attribute(each, "abstractNumId"): each for each in every if local(each) == "abstractNum"}
        self._lists = {attribute(each, "numId"): each for each in every if local(each) == "num"}
        self._levels: dict[str, list[_DocxLevel]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: _Element) -> str:
        """Return the number or bullet of a paragraph with the space after it; empty when it is in no list."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, at = place
        level = self._levels_of(list_id)[at]
        counts = self._count(list_id, at)
        if level.form == "bullet":
            text, unknown = in_unicode(level.text, level.font)
            text = "•" if unknown else "◦" if text == "o" and level.font.startswith("Courier") else text
        else:
            text = _NUMBER.sub(lambda match: self._number(list_id, int(match[1]) - 1, counts, level), level.text)
        return f"{text}{level.space}" if text.strip() else ""

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        """Return the list and the level of a paragraph, from its own properties or its style."""
        own = child(paragraph, "pPr", "numPr")
        styled = self._styles.numbering(self._styles.of_paragraph(paragraph))
        list_id = value(own, "numId") or (styled[0] if styled else "")
        if list_id not in self._lists:  # 0: the paragraph leaves the list of its style
            return None
        return list_id, self._level_at(list_id, value(own, "ilvl"), self._styles.of_paragraph(paragraph))

    def _level_at(self, list_id: str, own: str, style: str) -> int:
        """Return the level of a paragraph: its own, that linked to its style, that of the styles, or one linked to them."""
        _, inherited, styles = self._styles.numbering(style) or ("", "", ())
        linked = {level.style: at for at, level in reversed(list(enumerate(self._levels_of(list_id)))) if level.style}
        if not own.isdecimal() and style in linked:
            return linked[style]
        given = own or inherited
        if given.isdecimal():
            return min(int(given), _LEVELS - 1)
        return next((linked[each] for each in styles if each in linked), 0)

    def _count(self, list_id: str, at: int) -> list[int | None]:
        """Return the counts of all levels of a list after one more paragraph on level `at`."""
        levels = self._levels_of(list_id)
        counts = self._counts.setdefault(self._abstract_id(list_id), [None] * _LEVELS)
        override = self._override(list_id, at)
        if override is not None and (list_id, at) not in self._started:
            counts[at] = None
        self._started.add((list_id, at))
        before = counts[at]
        counts[at] = (levels[at].start if override is None else override) if before is None else before + 1
        for deeper in range(at + 1, _LEVELS):
            restart = levels[deeper].restart
            if restart is None or (restart and at < restart):
                counts[deeper] = None
        return counts

    def _number(self, list_id: str, at: int, counts: list[int | None], level: _DocxLevel) -> str:
        of = self._levels_of(list_id)[at]
        number = of.start if counts[at] is None else counts[at] or 0
        if level.digits and of.form != "none":
            return str(number)
        return _FORMS[of.form](number) if of.form in _FORMS else str(number)

    def _override(self, list_id: str, at: int) -> int | None:
        for each in self._lists[list_id]:
            if local(each) == "lvlOverride" and attribute(each, "ilvl") == str(at):
                start = value(each, "startOverride")
                return int(start) if start.isdecimal() else None
        return None

    def _abstract_id(self, list_id: str) -> str:
        """Return the id of the definition of a list. It may refer to the list of a style, which has the levels."""
        found = value(self._lists[list_id], "abstractNumId")
        link = value(self._abstract.get(found), "numStyleLink")
        styled = self._styles.numbering(link) if link else None
        if styled is not None and styled[0] in self._lists and styled[0] != list_id:
            return value(self._lists[styled[0]], "abstractNumId")
        return found

    def _levels_of(self, list_id: str) -> list[_DocxLevel]:
        if list_id not in self._levels:
            levels = [_DocxLevel() for _ in range(_LEVELS)]
            abstract = self._abstract.get(self._abstract_id(list_id))
            for each in (*(() if abstract is None else abstract), *self._lists[list_id]):
                element = child(each, "lvl") if local(each) == "lvlOverride" else each
                if element is not None and local(element) == "lvl":
                    at = attribute(element, "ilvl") or attribute(each, "ilvl")
                    if at.isdecimal() and int(at) < _LEVELS:
                        levels[int(at)] = _level(element)
            self._levels[list_id] = levels
        return self._levels[list_id]


def _level(element: _Element) -> _DocxLevel:
    fonts = child(element, "rPr", "rFonts")
    start, restart = value(element, "start"), value(element, "lvlRestart")
    return _DocxLevel(
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText"),
        start=int(start) if start.isdecimal() else 0 if child(element, "start") is None else 1,
        font="" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi"),
        style=value(element, "pStyle"),
        space="" if value(element, "suff") == "nothing" else " ",
        restart=int(restart) if restart.isdecimal() else None,
        digits=bool(is_on(element, "isLgl")),
    )
