"""The automatic numbers and bullets of lists in a Word document.

They are computed from the list definitions in the part `numbering` of the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.sources.docx_elements import attribute, child, is_on, local, value
from sibtui.formats.sources.list_levels import LEVELS, ListCounts, ListLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from sibtui.formats.sources.docx_styles import DocxStyles


class DocxNumbering:
    """Computes the number or bullet of each list paragraph. Call `label` for every paragraph, in order."""

    def __init__(self, root: _Element | None, styles: DocxStyles) -> None:
        every = () if root is None else tuple(root)
        self._styles = styles
        self._abstract = {attribute(each, "abstractNumId"): each for each in every if local(each) == "abstractNum"}
        self._lists = {attribute(each, "numId"): each for each in every if local(each) == "num"}
        self._levels: dict[str, list[ListLevel]] = {}
        self._counts = ListCounts(styles.language)

    def label(self, paragraph: _Element) -> str:
        """Return the number or bullet of a paragraph, followed by a space; empty when the paragraph is not in a list."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, at = place
        return self._counts.label(
            list_id, self._abstract_id(list_id), self._levels_of(list_id), at, self._override(list_id, at)
        )

    def warnings(self) -> Iterator[str]:
        """Yield a warning, without a full stop, if some list numbers may differ from those that Word shows."""
        return self._counts.warnings()

    def _place(self, paragraph: _Element) -> tuple[str, int] | None:
        """Return (id of the list, level) of a paragraph; None if it is not in a list.

        If both the paragraph and its style name a list, the list of the paragraph counts.
        """
        own = child(paragraph, "pPr", "numPr")
        styled = self._styles.numbering(self._styles.of_paragraph(paragraph))
        list_id = value(own, "numId") or (styled[0] if styled else "")
        if list_id not in self._lists:  # 0 means that the paragraph is not in the list of its style
            return None
        return list_id, self._level_at(list_id, value(own, "ilvl"), self._styles.of_paragraph(paragraph))

    def _level_at(self, list_id: str, own: str, style: str) -> int:
        """Return the level (from 0) of a paragraph in the list `list_id`.

        `own` is the level that the paragraph itself sets, or empty. `style` is the style of the paragraph, which may be
        based on other styles. A list can link each of its levels to a style. The level is the first of these that
        exists:

        1. `own`;
        2. the level that the list links to `style`;
        3. the level that `style`, or a style on which it is based, sets;
        4. the level that the list links to a style on which `style` is based;
        5. 0.
        """
        _, inherited, styles = self._styles.numbering(style) or ("", "", ())
        linked = {level.style: at for at, level in reversed(list(enumerate(self._levels_of(list_id)))) if level.style}
        if not own.isdecimal() and style in linked:
            return linked[style]
        given = own or inherited
        if given.isdecimal():
            return min(int(given), LEVELS - 1)
        return next((linked[each] for each in styles if each in linked), 0)

    def _override(self, list_id: str, at: int) -> int | None:
        for each in self._lists[list_id]:
            if local(each) == "lvlOverride" and attribute(each, "ilvl") == str(at):
                start = value(each, "startOverride")
                return int(start) if start.isdecimal() else None
        return None

    def _abstract_id(self, list_id: str) -> str:
        """Return the id of the definition of a list.

        If the definition only names a list style, return the id of the definition that this style uses.
        """
        found = value(self._lists[list_id], "abstractNumId")
        link = value(self._abstract.get(found), "numStyleLink")
        styled = self._styles.numbering(link) if link else None
        if styled is not None and styled[0] in self._lists and styled[0] != list_id:
            return value(self._lists[styled[0]], "abstractNumId")
        return found

    def _levels_of(self, list_id: str) -> list[ListLevel]:
        if list_id not in self._levels:
            levels = [ListLevel() for _ in range(LEVELS)]
            abstract = self._abstract.get(self._abstract_id(list_id))
            for each in (*(() if abstract is None else abstract), *self._lists[list_id]):
                element = child(each, "lvl") if local(each) == "lvlOverride" else each
                if element is not None and local(element) == "lvl":
                    at = attribute(element, "ilvl") or attribute(each, "ilvl")
                    if at.isdecimal() and int(at) < LEVELS:
                        levels[int(at)] = _level(element)
            self._levels[list_id] = levels
        return self._levels[list_id]


def _level(element: _Element) -> ListLevel:
    fonts = child(element, "rPr", "rFonts")
    start, restart = value(element, "start"), value(element, "lvlRestart")
    return ListLevel(
        form=_form(element),
        text=value(element, "lvlText"),
        start=int(start) if start.isdecimal() else 0 if child(element, "start") is None else 1,
        font="" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi"),
        style=value(element, "pStyle"),
        space="" if value(element, "suff") == "nothing" else " ",
        restart=int(restart) if restart.isdecimal() else None,
        digits=bool(is_on(element, "isLgl")),
    )


def _form(element: _Element) -> str:
    """Return the number format of a level of a list: a name (`decimal`) or a pattern (`001, 002, …`).

    Newer versions of Word store the pattern in an alternative element.
    """
    for each in element.iterdescendants("{*}numFmt"):
        if attribute(each, "val") == "custom":
            return attribute(each, "format") or "decimal"
    return value(element, "numFmt") or "decimal"
