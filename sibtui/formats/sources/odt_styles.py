"""Styles of an OpenDocument text: whether they hide text, their fonts, and the levels of lists."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.formats.sources.list_levels import digits_warning
from sibtui.formats.sources.list_numbers import doubled_letter, letter, roman
from sibtui.formats.sources.symbols import in_unicode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml.etree import _Element

SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TEXT, _STYLE = (f"{{{SPACE.format(each)}}}" for each in ("text", "style"))
_HEADERS = frozenset(f"{_STYLE}{place}{which}" for place in ("header", "footer") for which in ("", "-left", "-first"))
_LEVEL_FORMAT = re.compile("%([0-9]{1,2})%")
_FORMS: Mapping[str, Callable[[int], str]] = {
    "a": letter,
    "A": lambda number: letter(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
    "1": str,
    "": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _OdtLevel:
    """One level of a list. If `form` is None, the level has a bullet, which is in `prefix`.

    Otherwise, `form` is the form of its numbers, such as `1` or `a`. A number is written between `prefix` and `suffix`.
    `start` is the first number. `shown` is how many levels a number has: 3 for 1.2.3. If `pattern` is not empty, it is
    used in place of `prefix`, `suffix` and `shown`. If `doubled` is set, aa, bb, cc come after z.
    """

    form: str | None
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    pattern: str = ""
    doubled: bool = False

    def number(self, count: int) -> str:
        """Return the number `count` in the form of this level, such as `c` for 3."""
        if self.doubled and self.form in ("a", "A"):
            letters = doubled_letter(count)
            return letters.upper() if self.form == "A" else letters
        return _FORMS.get(self.form or "", str)(count) if self.form is not None else ""


class OdtStyles:
    """The styles of an OpenDocument text. A style is found by its name."""

    def __init__(self, roots: Iterable[_Element]) -> None:
        self._styles: dict[str, _Element] = {}
        self._lists: dict[str, dict[int, _OdtLevel]] = {}
        self.headers = 0
        for root in roots:
            for element in root.iter(f"{_STYLE}style", f"{TEXT}list-style", f"{TEXT}outline-style", *_HEADERS):
                if element.tag in _HEADERS:
                    self.headers += bool("".join(element.itertext()).strip())
                    continue
                name = element.get(f"{_STYLE}name", "")
                if element.tag == f"{_STYLE}style":
                    self._styles[name] = element
                else:
                    key = "" if element.tag.endswith("outline-style") else name
                    self._lists[key] = dict(_levels(element))

    def is_hidden(self, name: str) -> bool:
        return self._property(name, f"{TEXT}display") == "none"

    def font(self, name: str) -> str:
        """Return the name of the font that a style has or inherits; empty if it has none."""
        return self._property(name, f"{_STYLE}font-name")

    def list_style(self, name: str) -> str:
        """Return the name of the list style that a paragraph style has or inherits; empty if it has none."""
        for style in self._chain(name):
            if (found := style.get(f"{_STYLE}list-style-name")) is not None:
                return str(found)
        return ""

    def levels(self, name: str) -> Mapping[int, _OdtLevel]:
        """Return the levels of a list style: number (from 1) → level. An empty `name` gives the levels of headings."""
        return self._lists.get(name, {})

    def _property(self, name: str, attribute: str) -> str:
        """Return a text property that a style has or inherits; empty if it is not set.

        `attribute` is the XML attribute of the property.
        """
        for style in self._chain(name):
            for properties in style.iterchildren(f"{_STYLE}text-properties"):
                if attribute in properties.attrib:
                    return str(properties.get(attribute))
        return ""

    def _chain(self, name: str) -> Iterator[_Element]:
        """Yield a style, then the style from which it inherits, and so on."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].get(f"{_STYLE}parent-style-name", "")


def _levels(style: _Element) -> Iterator[tuple[int, _OdtLevel]]:
    for element in style:
        at = element.get(f"{TEXT}level", "") if isinstance(element.tag, str) else ""
        if not at.isdecimal():
            continue
        if element.tag == f"{TEXT}list-level-style-bullet":
            bullet = element.get(f"{TEXT}bullet-char", "•")
            properties = element.find(f"{_STYLE}text-properties")
            font = "" if properties is None else properties.get(f"{_STYLE}font-name", "")
            text, unknown = in_unicode(bullet, font)
            yield int(at), _OdtLevel(None, "•" if unknown or "\ue000" <= text[:1] <= "\uf8ff" else text)
            continue
        start, shown = element.get(f"{TEXT}start-value", "1"), element.get(f"{TEXT}display-levels", "1")
        yield (
            int(at),
            _OdtLevel(
                element.get(f"{_STYLE}num-format", ""),
                element.get(f"{_STYLE}num-prefix", ""),
                element.get(f"{_STYLE}num-suffix", ""),
                int(start) if start.isdecimal() else 1,
                int(shown) if shown.isdecimal() else 1,
                next((value for key, value in element.attrib.items() if key.endswith("}num-list-format")), ""),
                element.get(f"{_STYLE}num-letter-sync") == "true",
            ),
        )


class OdtLists:
    """Counts the list items and headings of a document. Its methods must be called in the order of the document."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._open: list[str] = []
        self._counts: defaultdict[int, int | None] = defaultdict(lambda: None)
        self._headings: defaultdict[int, int | None] = defaultdict(lambda: None)
        self._earlier: dict[str, defaultdict[int, int | None]] = {}
        self._digits = 0

    def warnings(self) -> Iterator[str]:
        """Yield at most one warning: how many list numbers have an unknown form. The warning has no full stop."""
        return digits_warning(self._digits)

    def open(self, element: _Element) -> None:
        """Begin a list, possibly inside another list.

        If `element` refers to an earlier list, the numbers of the new list continue those of the earlier list.
        """
        name = element.get(f"{TEXT}style-name") or (self._open[-1] if self._open else "")
        continues = element.get(f"{TEXT}continue-numbering") == "true"
        if not self._open:
            key = element.get(f"{TEXT}continue-list") or (f"style {name}" if continues else "")
            earlier = self._earlier.get(key) if key else None
            self._counts = defaultdict(lambda: None) if earlier is None else earlier
            own = element.get("{http://www.w3.org/XML/1998/namespace}id") or element.get(f"{TEXT}id") or ""
            self._earlier |= {own: self._counts, f"style {name}": self._counts}
        self._open.append(name)
        if len(self._open) > 1 and not continues:
            self._counts[len(self._open)] = None

    def close(self) -> None:
        self._open.pop()

    def label(self, item: _Element, paragraph: _Element) -> str:
        """Return the number or bullet of the next list item, followed by a space; empty if the item has none.

        The item belongs to the innermost open list. If this list has no style, the list style of `paragraph` is used.
        `paragraph` is the first paragraph of the item.
        """
        name = self._open[-1] or self._styles.list_style(paragraph.get(f"{TEXT}style-name", ""))
        levels = self._styles.levels(name) if name else {}
        return self._label(levels, self._counts, len(self._open), item.get(f"{TEXT}start-value", ""))

    def numbered(self, element: _Element, paragraph: _Element) -> str:
        """Return the number of a paragraph outside of lists. `element` has the numbering, `paragraph` the text."""
        name = element.get(f"{TEXT}style-name") or self._styles.list_style(paragraph.get(f"{TEXT}style-name", ""))
        key = f"numbered {element.get(f'{TEXT}list-id') or name}"
        counts = self._earlier.setdefault(key, defaultdict(lambda: None))
        at, start = element.get(f"{TEXT}level", "1"), element.get(f"{TEXT}start-value", "")
        levels = self._styles.levels(name) if name else {}
        return self._label(levels, counts, int(at) if at.isdecimal() else 1, start)

    def heading(self, element: _Element) -> str:
        """Return the number of a heading, followed by a space; empty when the heading has no number."""
        at = element.get(f"{TEXT}outline-level", "1")
        levels = self._styles.levels("")
        if not at.isdecimal() or int(at) not in levels or element.get(f"{TEXT}is-list-header") == "true":
            return ""
        if levels[int(at)].form in ("", None):
            return ""
        return self._label(levels, self._headings, int(at), element.get(f"{TEXT}start-value", ""))

    def _label(self, levels: Mapping[int, _OdtLevel], counts: dict[int, int | None], at: int, start: str) -> str:
        level = levels.get(at)
        self._digits += level is not None and level.form is not None and level.form not in _FORMS
        return _label(levels, counts, at, start)


def _label(levels: Mapping[int, _OdtLevel], counts: dict[int, int | None], at: int, start: str) -> str:
    level = levels.get(at)
    if level is None:
        return ""
    before = counts[at]
    counts[at] = int(start) if start.isdecimal() else level.start if before is None else before + 1
    for deeper in [each for each in counts if each > at]:
        counts[deeper] = None
    if level.form is None:
        return f"{level.prefix} " if level.prefix.strip() else ""

    def number(of: int) -> str:
        other = levels.get(of, level)
        return other.number(other.start if counts[of] is None else counts[of] or 0)

    if level.pattern:
        text = _LEVEL_FORMAT.sub(lambda match: number(int(match[1])), level.pattern)
    else:
        shown = filter(None, map(number, range(max(1, at - level.shown + 1), at + 1)))
        text = f"{level.prefix}{'.'.join(shown)}{level.suffix}"
    return f"{text} " if text.strip() else ""
