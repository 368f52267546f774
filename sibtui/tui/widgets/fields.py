"""Text fields of one line, which draw control characters as visible symbols.

The text fields of Textual send control characters to the terminal. This is a risk, because the text of a memo or a
name may come from anybody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.segment import Segment as Piece
from textual.strip import Strip
from textual.widgets import Input

from sibtui.model.text import inert

if TYPE_CHECKING:
    from textual import events

_LINE_ENDS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


class Field(Input):
    """A text field of one line. Control characters are drawn as visible symbols."""

    DEFAULT_CSS = """
    Field:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    Field:ansi > .input--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    """  # the cursor and the selection must be visible without colours too

    def render_line(self, y: int) -> Strip:
        return harmless(super().render_line(y))

    def _on_paste(self, event: events.Paste) -> None:
        """Paste all lines of a text as one line. Textual's own field would paste only the first line."""
        event.stop()
        event.prevent_default()
        self.replace(joined_lines(event.text), *self.selection)


def joined_lines(text: str) -> str:
    """Return the lines of a text as one line, with a space between two lines. Empty lines are left out."""
    return " ".join(line for line in _LINE_ENDS.split(text) if line)


def harmless(strip: Strip) -> Strip:
    """Return a drawn row (a strip) with visible symbols in place of control characters. The width does not change."""
    pieces = [piece if piece.control else Piece(inert(piece.text), piece.style) for piece in strip]
    if all(piece.text == before.text for piece, before in zip(pieces, strip, strict=True)):
        return strip
    return Strip(pieces).adjust_cell_length(strip.cell_length)
