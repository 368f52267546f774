"""A box with lines to be read: a report of what came in, or what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from sibtui.tui.widgets.lines import Line, Lines, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Telling(ModalScreen[None]):
    """The first line stands out. Scrolled by keys; closed by Enter or Esc."""

    CSS = """
    Telling { background: $background 60%; align: center middle; }
    Telling:ansi { background: transparent; }
    #telling { width: 94; max-width: 100%; height: auto; max-height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #telling Lines {
        background: $surface; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-background: $surface; scrollbar-color: $rule;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "close"),
        Binding("down,j", "scroll(1)"),
        Binding("up,k", "scroll(-1)"),
        Binding("pagedown,space", "scroll(12)"),
        Binding("pageup,backspace", "scroll(-12)"),
    ]

    def __init__(self, title: str, told: Sequence[str], *, hint: str = "↑ ↓ PgUp PgDn · Enter closes") -> None:
        super().__init__()
        self._title = title
        self._told = told
        self._hint = hint

    def compose(self) -> ComposeResult:
        with Vertical(id="telling"):
            yield Lines()

    def on_mount(self) -> None:
        box, lines = self.query_one("#telling"), self.query_one(Lines)
        box.border_title = Content(cut(self._title, 80))
        box.border_subtitle = self._hint
        width = min(94, self.app.size.width) - 6
        shown: list[Line] = [
            [(row, "text" if at else "strong")] for at, told in enumerate(self._told) for row in wrapped(told, width)
        ]
        lines.styles.height = min(len(shown), max(3, self.app.size.height * 9 // 10 - 3))
        lines.set_lines(shown)

    def action_scroll(self, rows: int) -> None:
        lines = self.query_one(Lines)
        lines.scroll_to(y=lines.scroll_offset.y + rows, animate=False)

    def action_leave(self) -> None:
        self.dismiss(None)
