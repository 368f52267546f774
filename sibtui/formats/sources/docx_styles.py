"""Styles of a Word document: whether they hide text, their fonts and their lists.

A style can be based on another style. It inherits the properties that it does not set itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.sources.docx_elements import attribute, child, is_on, local, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


class DocxStyles:
    """The styles of a Word document. A style is found by its id."""

    def __init__(self, root: _Element | None) -> None:
        styles = [each for each in (() if root is None else root) if local(each) == "style"]
        self._styles = {attribute(style, "styleId"): style for style in styles}
        self.language = value(child(root, "docDefaults", "rPrDefault", "rPr"), "lang")
        """The language of the document, such as `en-GB`; empty if the document does not name it."""
        self._hidden: dict[str, bool] = {}  # a style is looked up once, not for each run and paragraph
        self._lists: dict[str, tuple[str, str, tuple[str, ...]] | None] = {}
        self._default = next(
            (
                attribute(style, "styleId")
                for style in styles
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on")
            ),
            "",
        )

    def of_paragraph(self, paragraph: _Element) -> str:
        """Return the id of a paragraph's style. A paragraph that names no style has the default style."""
        return value(paragraph, "pPr", "pStyle") or self._default

    def chain(self, style: str) -> Iterator[_Element]:
        """Yield a style, then the style that it is based on, and so on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")

    def is_hidden(self, style: str, properties: _Element | None) -> bool:
        """Return whether a text is hidden by its `properties`, its character style or its paragraph's `style`."""
        own = is_on(properties, "vanish")
        if own is not None:
            return own
        return self._hides(value(properties, "rStyle")) or self._hides(style)

    def _hides(self, style: str) -> bool:
        """Return whether a style hides its text. The style may inherit this property."""
        if style not in self._hidden:
            settings = (is_on(each, "rPr", "vanish") for each in self.chain(style))
            self._hidden[style] = next((on for on in settings if on is not None), False)
        return self._hidden[style]

    def font(self, properties: _Element | None) -> str:
        """Return the font of a piece of text for Latin letters; empty if no font is set.

        The font is set in the `properties` of the text, or else in its character style.
        """
        fonts = child(properties, "rFonts")
        if fonts is None:
            named = (child(style, "rPr", "rFonts") for style in self.chain(value(properties, "rStyle")))
            fonts = next(filter(lambda found: found is not None, named), None)
        return "" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi")

    def numbering(self, style: str) -> tuple[str, str, tuple[str, ...]] | None:
        """Return (id of the list, level, styles) for the list of a style; None when there is no list.

        The style is searched for a list, then the style on which it is based, and so on. `styles` are the ids of the
        searched styles, up to the one with the list. The level is from the first of them that sets a level; empty if
        none does.
        """
        if style not in self._lists:
            self._lists[style] = self._list_of(style)
        return self._lists[style]

    def _list_of(self, style: str) -> tuple[str, str, tuple[str, ...]] | None:
        level, passed = "", []
        for each in self.chain(style):
            numbered = child(each, "pPr", "numPr")
            passed.append(attribute(each, "styleId"))
            level = level or value(numbered, "ilvl")
            if list_id := value(numbered, "numId"):
                return list_id, level, tuple(passed)
        return None
