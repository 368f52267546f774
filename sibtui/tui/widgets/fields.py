"""Text fields of one line.

The fields of Textual send control characters to the terminal, and a memo or a name may come from anybody.
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


ENTER, TAB, DOWN = "Enter", "Tab", "↓"
"""Keys in a field. The key map cannot change them."""


class Field(Input):
    """A field for one line of text. Control characters are drawn as pictures."""

    DEFAULT_CSS = """
    Field:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    Field:ansi > .input--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    """  # the cursor and the selection must be visible without colours too

    def render_line(self, y: int) -> Strip:
        return harmless(super().render_line(y))

    def _on_paste(self, event: events.Paste) -> None:
        """Paste all lines of a text. The field of Textual would paste only the first line."""
        event.stop()
        event.prevent_default()
        self.replace(joined_lines(event.text), *self.selection)


def joined_lines(text: str) -> str:
    """Return the lines of a text as one line, with a space between them. Empty lines are left out."""
    return " ".join(line for line in _LINE_ENDS.split(text) if line)


def harmless(strip: Strip) -> Strip:
    """Return the strip with control characters drawn as pictures. The width is the same."""
    pieces = [piece if piece.control else Piece(inert(piece.text), piece.style) for piece in strip]
    if all(piece.text == before.text for piece, before in zip(pieces, strip, strict=True)):
        return strip
    return Strip(pieces).adjust_cell_length(strip.cell_length)
