"""A few lines of styled text, drawn as they are: headers, the status line, details. Cheaper than a widget a line, and never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment as Piece
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sibtui.model.text import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Bit = tuple[str, str]
"""A text and how it is drawn: text, quiet, strong, key, warning; or a colour as #RRGGBB."""
Line = list[Bit]


class Lines(ScrollView, can_focus=False, inherit_bindings=False):
    """Shows lines. Those that do not change are not painted again."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--text", "lines--quiet", "lines--strong", "lines--key", "lines--warning",
    }  # fmt: skip
    DEFAULT_CSS = """
    Lines { overflow: hidden; background: $background; }
    Lines > .lines--text { color: $foreground; }
    Lines > .lines--quiet { color: $quiet; }
    Lines > .lines--strong { color: $foreground; text-style: bold; }
    Lines > .lines--key { color: $accent; text-style: bold; }
    Lines > .lines--warning { color: $warning; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def set_lines(self, lines: Sequence[Line]) -> None:
        before, self._lines = self._lines, lines
        if len(before) != len(lines):
            self.virtual_size = Size(self.size.width, len(lines))
            self.refresh()
            return
        top = self.scroll_offset.y
        changed = [at for at, (old, new) in enumerate(zip(before, lines, strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, at - top, self.size.width, 1) for at in changed))

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        line = self._lines[at] if at < len(self._lines) else []
        pieces = [Piece(drawn(text), self.style_of(name)) for text, name in line if text]
        return Strip(pieces).adjust_cell_length(self.size.width, self.rich_style)

    def style_of(self, name: str) -> Style:
        if name.startswith("#"):
            return self.rich_style + Style(color=name, bold=True)
        return self.get_component_rich_style(f"lines--{name}")


def drawn(text: str) -> str:
    """The text as one line that no terminal obeys."""
    return inert(text).replace("\n", " ").replace("\t", " ")


def cut(text: str, cells: int) -> str:
    """The text in at most so many cells, its end told by an ellipsis."""
    text = drawn(text)
    return text if cell_len(text) <= cells else set_cell_size(text, max(0, cells - 1)).rstrip() + "…"


def cells_of(bits: Iterable[Bit]) -> int:
    return sum(cell_len(drawn(text)) for text, _ in bits)


def wrapped(text: str, cells: int) -> list[str]:
    """The text in rows of at most so many cells."""
    from sibtui.tui.note.layout import Layout  # noqa: PLC0415 - most lines need no wrapping

    layout = Layout(inert(text), cells)
    return [layout.text[slice(*layout.row(at))].rstrip() for at in range(len(layout))]
