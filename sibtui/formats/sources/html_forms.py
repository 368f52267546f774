"""The texts of form controls and of references to notes, as they are shown on a web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTROLS = frozenset(("input", "select", "button"))
"""The form controls that have a frame in a browser. The frame separates their words from the words around them."""
_EPUB_TYPES = ("{http://www.idpf.org/2007/ops}type", "epub:type")
_INVISIBLE = frozenset(("hidden", "file", "image", "color", "range", "password"))


def input_text(element: _Element) -> str | None:
    """Return the text that an input element shows; None for an input that never shows a text.

    For a check box or radio button, the text is a character such as ☒. For any other input, the text is the value, and
    may be empty.
    """
    kind = element.get("type", "text").lower()
    checked = "checked" in element.attrib
    if kind in ("checkbox", "radio"):
        signs = "☐☒" if kind == "checkbox" else "○◉"
        return signs[checked]
    return None if kind in _INVISIBLE else element.get("value", "")


def chosen_options(element: _Element) -> str:
    """Return the selected options of a list of choices as text.

    If a list allows only one choice and no option is selected, return the first option, because a browser shows it.
    """
    options = [each for each in element.iter() if isinstance(each.tag, str) and _name(each) == "option"]
    chosen = [option for option in options if "selected" in option.attrib]
    if not chosen and "multiple" not in element.attrib:
        chosen = options[:1]
    return ", ".join(" ".join("".join(option.itertext()).split()) for option in chosen)


def is_note_mark(element: _Element) -> bool:
    """Return whether an element of an e-book refers to a note by a mark without brackets, such as a raised 3.

    Brackets must be added to such a mark.
    """
    types = [element.get(name, "").split() for name in _EPUB_TYPES]
    if element.get("role") != "doc-noteref" and all("noteref" not in each for each in types):
        return False
    return "".join(element.itertext()).strip().isalnum()


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
