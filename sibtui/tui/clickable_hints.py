"""Clicks on the name of a key. Such a click presses the key.

Names of keys appear in hints, in lists of choices, and on the borders of dialogs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Key
from textual.keys import key_to_character

from sibtui.model.text_width import width_of
from sibtui.tui.commands.keys import key_from_label
from sibtui.tui.widgets.text_lines import TextLines, drawn

if TYPE_CHECKING:
    from textual.events import Click
    from textual.widget import Widget

    from sibtui.tui.widgets.text_lines import Line

_PARTS = " · "
_CORNER = 3
"""The width in cells of the part of the border after the subtitle: a space, a piece of the border, and the corner."""


def key_clicked(event: Click) -> Key | None:
    """Return a `Key` event for the key whose name was clicked. None if the click was elsewhere."""
    widget = event.widget
    name = None
    if event.button == 1 and isinstance(widget, TextLines) and widget.names_keys:
        line, column = widget.line_at(event)
        name = _in_line(line, column)
    elif event.button == 1 and widget is not None and widget.border_subtitle:
        name = _on_edge(widget, event.screen_x, event.screen_y)
    return None if name is None else Key(name, key_to_character(name))


def _in_line(line: Line, column: int) -> str | None:
    """Return Textual's name of the key in the hint at a column of a line. None if there is no key.

    A hint is the label of a key, followed by a description.
    """
    at, key = 0, ""
    for bit, style in line:
        text = drawn(bit)
        start, at = at, at + width_of(text)
        if style == "key":
            key = text
        if start <= column < at:
            return _of_words(key, column - start if style == "key" else None) if text.strip() else None
    return None


def _on_edge(box: Widget, x: int, y: int) -> str | None:
    subtitle = str(box.border_subtitle)
    column = x - (box.region.right - _CORNER - width_of(subtitle))
    if y != box.region.bottom - 1 or not 0 <= column < width_of(subtitle):
        return None
    start = 0
    for part in subtitle.split(_PARTS):
        end = start + width_of(part)
        if start <= column < end:
            name = _of_words(part, column - start) or _of_words(part, None)
            return name if name is None or len(name) > 1 else None  # a single letter is a word here, and not a key
        start = end + len(_PARTS)
    return None


def _of_words(words: str, column: int | None) -> str | None:
    """Find the key label at a column of `words`, and return Textual's name of this key. None if no label is there.

    `words` has labels, separated by spaces. If `column` is None, return the key of the first label.
    """
    at = 0
    for word in words.split(" "):
        end = at + width_of(word)
        if word and (column is None or at <= column < end):
            return key_from_label(word)
        at = end + 1
    return None
