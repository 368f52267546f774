"""A dialog for splitting a code. The user marks the quotes that go to the new code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.quote_list import QuoteList
from sibtui.tui.widgets.text_lines import TextLines, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.tui.widgets.quote_list import QuoteItem


class QuoteMarker(Dialog[tuple[int, ...] | None]):
    """A dialog that closes with the ids of the codings that the user has marked, or with None if the user cancels."""

    CSS = """
    QuoteMarker { background: $background 60%; align: center middle; }
    QuoteMarker:ansi { background: transparent; }
    #marker { width: 100; max-width: 100%; height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #marker QuoteList { height: 1fr; background: $surface; }
    #marker TextLines { height: 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark"),
        Binding("a", "mark_all"),
        Binding("enter", "take"),
        Binding("escape,q", "dismiss"),
    ]

    def __init__(self, title: str, quotes: Sequence[QuoteItem]) -> None:
        super().__init__()
        self._title = title
        self._quotes = quotes
        self._marked: frozenset[int] = frozenset()

    def compose(self) -> ComposeResult:
        with Vertical(id="marker"):
            yield QuoteList()
            yield TextLines()

    def on_mount(self) -> None:
        box = self.query_one("#marker")
        box.border_title = Content(cut(self._title, 90))
        self.list = self.query_one(QuoteList)
        self.list.set_quotes(self._quotes)
        self.set_focus(self.list)
        self._show_count()

    def fit_window(self) -> None:
        keys = "Space marks · a all · Enter names the new code · Esc closes"
        show_keys(self.query_one("#marker"), keys, "Space marks · Enter names · Esc")

    def _show_count(self) -> None:
        count = f"{len(self._marked):,} of {len(self._quotes):,} quotes are marked for the new code"
        self.query_one(TextLines).set_lines([[(count, "strong" if self._marked else "quiet")]])

    def action_mark(self) -> None:
        """Mark or unmark the quote under the cursor, and go to the next quote."""
        if self.list.key is not None:
            self._mark(self._marked ^ {self.list.key})
            self.list.step(1)

    def action_mark_all(self) -> None:
        everything = frozenset(quote.key for quote in self._quotes)
        self._mark(frozenset() if self._marked == everything else everything)

    def _mark(self, marked: frozenset[int]) -> None:
        self._marked = marked
        self.list.mark(marked)
        self._show_count()

    def action_take(self) -> None:
        if self._marked:
            self.dismiss(tuple(quote.key for quote in self._quotes if quote.key in self._marked))
        else:
            self.query_one(TextLines).set_lines([[("No quote is marked: Space marks one.", "warning")]])
