"""Text fields of several lines. Only the dialogs that have one import the module: the text area of Textual takes 10 ms to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from sibtui.tui.widgets.fields import harmless

if TYPE_CHECKING:
    from textual.strip import Strip


class MultilineField(TextArea):
    """A field for several lines. Control characters are drawn as pictures."""

    DEFAULT_CSS = """
    MultilineField:ansi:focus .text-area--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    MultilineField:ansi .text-area--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    """

    def edited_from(self, before: str) -> str:
        """Return the text without whitespace at its ends. Return `before` if the text was not edited.

        Textual takes form feeds, U+2028 and similar characters for line ends. A text with such characters must not be changed by
        opening it.
        """
        unedited = TextArea(before).text.strip()
        text = self.text.strip()
        return before if text == unedited else text

    def render_line(self, y: int) -> Strip:
        return harmless(super().render_line(y))
