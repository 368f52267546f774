"""A few lines of styled text, drawn as they are: headers, the status line, details. Cheaper than a widget a line, and never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment as Piece
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

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
        self._styles: dict[str, Style] = {}

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def set_lines(self, lines: Sequence[Line]) -> None:
        before, self._lines = self._lines, lines
        self._fit()
        top, least = self.scroll_offset.y, min(len(before), len(lines))
        changed = [at for at in range(least) if before[at] != lines[at]]
        changed += range(least, max(len(before), len(lines)))
        if changed:
            self.refresh(*(Region(0, at - top, self.size.width, 1) for at in changed))

    def _fit(self) -> None:
        """Let all lines be reached by scrolling, without what the setter of the size does: it lays out the whole screen anew."""
        size = Size(self.size.width, max(self.size.height, len(self._lines)))
        if size == self.virtual_size:
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.styles.overflow_y == "auto":  # without its bar Textual would not scroll
            self.show_vertical_scrollbar = len(self._lines) > self.size.height
        if self.show_vertical_scrollbar and self.scrollbar_size_vertical:
            self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_to(y=0, animate=False, immediate=True)

    def reveal(self, first: int, last: int) -> None:
        """Scroll so that these lines are in sight."""
        top, page = self.scroll_offset.y, self.size.height
        if first < top or last >= top + page:
            self.scroll_to(y=first if first < top else min(first, last - page + 1), animate=False, immediate=True)

    def page(self, step: int) -> None:
        """Scroll by pages, a line of the one before staying in sight."""
        rows = max(1, self.size.height - 1)
        self.scroll_to(y=self.scroll_offset.y + step * rows, animate=False, immediate=True)

    def on_resize(self) -> None:
        self._fit()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        line = self._lines[at] if at < len(self._lines) else []
        pieces = [Piece(drawn(text), self.style_of(name)) for text, name in line if text]
        return Strip(pieces).adjust_cell_length(self.size.width, self.style_of("base"))

    def style_of(self, name: str) -> Style:
        """A style by its name; kept, since putting one together costs more than drawing with it."""
        style = self._styles.get(name)
        if style is None:
            if name == "base":
                style = self.rich_style
            elif name.startswith("#"):
                style = self.rich_style + Style(color=name, bold=True)
            else:
                style = self.get_component_rich_style(f"lines--{name}")
            self._styles[name] = style
        return style


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
