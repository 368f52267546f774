"""Text fields of several lines.

Only dialogs that have such a field import this module, because the import of Textual's text area takes 10 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from sibtui.tui.widgets.fields import harmless

if TYPE_CHECKING:
    from textual.strip import Strip


class MultilineField(TextArea):
    """A text field of several lines. Control characters are drawn as visible symbols."""

    DEFAULT_CSS = """
    MultilineField:ansi:focus .text-area--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    MultilineField:ansi .text-area--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    """

    def edited_from(self, before: str) -> str:
        """Return the text of the field, without whitespace at its ends.

        `before` is the text that was put into the field. If the user has not edited it, return `before` unchanged.
        This keeps form feeds, U+2028 and similar characters, which Textual turns into line ends.
        """
        unedited = TextArea(before).text.strip()
        text = self.text.strip()
        return before if text == unedited else text

    def render_line(self, y: int) -> Strip:
        return harmless(super().render_line(y))
