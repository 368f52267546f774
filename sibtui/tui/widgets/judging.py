"""Judging a cell: a verdict and its reason. Leaving keeps it when there is a reason; without one there is no judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from sibtui.tui.widgets.fields import Area
from sibtui.tui.widgets.lines import Lines, cut, wrapped
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.tui.widgets.row_list import Row


class _Verdicts(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "screen.reason", show=False)]


class Judging(ModalScreen[tuple[str, str] | None]):
    """Dismissed with the verdict (the key of its row) and the reason, or None when there is no reason or nothing has changed."""

    CSS = """
    Judging { background: $background 60%; align: center middle; }
    Judging:ansi { background: transparent; }
    #judging { width: 84; max-width: 100%; height: 90%; max-height: 24; border: round $border; background: $surface; padding: 0 1; }
    #judging Lines, #judging RowList { background: $surface; }
    #judging RowList { margin-top: 1; }
    #judging #reason-title { height: 2; padding-top: 1; }
    #judging TextArea { height: 1fr; border: none; padding: 0; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+s", "keep", "keep and close", priority=True)]

    def __init__(self, title: str, about: str, verdicts: Sequence[Row], verdict: str, because: str) -> None:
        """`about` tells what is judged; `verdict` and `because` are what stands now."""
        super().__init__()
        self._title = title
        self._about = about
        self._verdicts = verdicts
        self._before = (verdict, because)

    def compose(self) -> ComposeResult:
        with Vertical(id="judging"):
            yield Lines(id="about")
            yield _Verdicts()
            yield Lines(id="reason-title")
            yield Area(self._before[1], soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        box, listed = self.query_one("#judging"), self.query_one(RowList)
        box.border_title = Content(cut(self._title, 74))
        box.border_subtitle = "Tab the other part · Esc keeps it and closes · no reason, no judgement"
        about = self.query_one("#about", Lines)
        rows = wrapped(self._about, min(78, self.app.size.width - 6))[:4]
        about.styles.height = len(rows)
        about.set_lines([[(row, "quiet")] for row in rows])
        listed.styles.height = len(self._verdicts)
        listed.set_rows(self._verdicts)
        listed.go(self._before[0])
        self.query_one("#reason-title", Lines).set_lines([[("Because", "strong"), (" (Enter goes there)", "quiet")]])
        self.query_one(Area).tab_behavior = "focus"
        listed.focus()

    @on(RowList.Chosen)
    def action_reason(self) -> None:
        area = self.query_one(Area)
        area.move_cursor(area.document.end)
        area.focus()

    def action_keep(self) -> None:
        verdict, because = self.query_one(RowList).key or "", self.query_one(Area).written_over(self._before[1])
        self.dismiss(None if not because or (verdict, because) == self._before else (verdict, because))
