"""Fields to write in. Textual's own give a terminal whatever was written in them; what a memo or a name holds may come from anybody."""

from __future__ import annotations

from rich.segment import Segment as Piece
from textual.strip import Strip
from textual.widgets import Input, TextArea

from sibtui.model.text import inert


class Field(Input):
    """A line to write in, drawn so that no terminal obeys it."""

    DEFAULT_CSS = """
    Field:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    """  # seen without colours too

    def render_line(self, y: int) -> Strip:
        return harmless(super().render_line(y))


class Area(TextArea):
    """Lines to write in, drawn so that no terminal obeys them."""

    DEFAULT_CSS = """
    Area:ansi:focus .text-area--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    """

    def written_over(self, before: str) -> str:
        """What is written, without blanks around it; `before` itself when nothing was changed.

        Textual takes form feeds, U+2028 and their like for ends of lines: looking at a text that has them must not change it.
        """
        untouched = TextArea(before).text.strip()
        written = self.text.strip()
        return before if written == untouched else written

    def render_line(self, y: int) -> Strip:
        return harmless(super().render_line(y))


def harmless(strip: Strip) -> Strip:
    """The strip with control characters as pictures, as wide as it was."""
    pieces = [piece if piece.control else Piece(inert(piece.text), piece.style) for piece in strip]
    if all(piece.text == before.text for piece, before in zip(pieces, strip, strict=True)):
        return strip
    return Strip(pieces).adjust_cell_length(strip.cell_length)
