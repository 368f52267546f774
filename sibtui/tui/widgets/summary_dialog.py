"""The dialog in which the researcher writes a summary of a cell.

The quotes of the cell are on the left, and the text is on the right. The text can have links to quotes, such as [12].
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.content import Content

from sibtui.tui.widgets.dialog import show_keys
from sibtui.tui.widgets.multiline_field import MultilineField
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.saved_text_dialog import SavedTextDialog
from sibtui.tui.widgets.text_lines import TextLines, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

_MOVES = {"ctrl+up": -1, "ctrl+down": 1}
"""The keys that move the cursor of the quotes while the text has the focus."""
_LINK = "equals_sign"
_KEYS = frozenset({_LINK, *_MOVES})
_ENDS_WITH_LINK = re.compile(r"\[\d+\]$")


class SummaryField(MultilineField):
    """The text field of a summary.

    The keys that move through the quotes or insert a link are left to the dialog. If a letter or digit is typed
    directly after a link to a quote, such as [12], a space is inserted after the link.
    """

    def on_key(self, event: events.Key) -> None:
        if event.key in _KEYS:
            event.prevent_default()
        elif event.character is not None and event.character.isalnum() and _ENDS_WITH_LINK.search(self.before_cursor):
            self.insert(" ")

    @property
    def before_cursor(self) -> str:
        """The part of the current line before the cursor."""
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]


class SummaryDialog(SavedTextDialog):
    """A dialog in which the user writes a summary. It closes with the text, or with None if the text is unchanged."""

    DEFAULT_CSS = """
    SummaryDialog { background: $background 60%; align: center middle; }
    SummaryDialog:ansi { background: transparent; }
    SummaryDialog #summary { width: 96%; max-width: 150; height: 90%; max-height: 40; border: round $border; background: $surface; padding: 0 1; }
    SummaryDialog #summary-facts { height: auto; max-height: 5; background: $surface; }
    SummaryDialog Horizontal { height: 1fr; }
    SummaryDialog #summary-quotes { width: 45%; background: $surface; }
    SummaryDialog #summary-quote { height: 4; background: $surface; border-top: solid $rule; }
    SummaryDialog #summary-left { width: 45%; border-right: solid $rule; }
    SummaryDialog #summary-left RowList { width: 1fr; height: 1fr; background: $surface; }
    SummaryDialog TextArea { width: 1fr; height: 1fr; border: none; padding: 0 0 0 1; background: $surface; scrollbar-background: $surface; scrollbar-color: $rule; }
    """

    def __init__(
        self, title: str, facts: Sequence[str], quotes: Mapping[int, str], text: str, *, refused: str = ""
    ) -> None:
        """`quotes` is a map: id of a coding of the cell → words of the quote. `facts` are lines above the quotes.

        `text` is the summary to edit. `refused` is the reason why `text` could not be saved, or empty.
        """
        super().__init__(title, text, refused)
        self._facts = facts
        self._quotes = quotes

    def compose(self) -> ComposeResult:
        with Vertical(id="summary"):
            yield TextLines(id="summary-facts")
            with Horizontal():
                with Vertical(id="summary-left"):
                    yield RowList()
                    yield TextLines(id="summary-quote")
                yield SummaryField(self._text, soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        box = self.query_one("#summary")
        box.border_title = Content(cut(self._title, 74))
        quotes = self.query_one(RowList)
        quotes.shows_cursor = True
        quotes.empty = "The cell has no quotes."
        quotes.set_rows(
            [ListRow(str(number), words, mark=f"[{number}] ", prose=True) for number, words in self._quotes.items()]
        )
        self.focus_text()

    def fit_window(self) -> None:
        keys = "= puts the link of the quote · ctrl+↓ next quote · Esc saves"
        show_keys(self.query_one("#summary"), keys, "= link · ctrl+↓ next · Esc saves")
        self._show_facts()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_quote)  # the width of its pane is known only after the layout

    def _show_facts(self) -> None:
        """Break the lines at the top into rows of the width that the terminal allows now."""
        facts = [f"Not saved: {self._refused}"] if self._refused else self._facts
        rows = [row for fact in facts for row in wrapped(fact, max(30, self.app.size.width - 10))][:5]
        about = self.query_one("#summary-facts", TextLines)
        about.styles.height = len(rows)
        about.set_lines([[(row, "warning" if self._refused else "quiet")] for row in rows])

    def on_key(self, event: events.Key) -> None:
        """Handle the keys that move through the quotes or insert a link, wherever the focus is."""
        if event.key == _LINK:
            self._put_link()
        elif event.key in _MOVES:
            self.query_one(RowList).step(_MOVES[event.key])
            self._show_quote()
        else:
            return
        event.stop()
        event.prevent_default()

    def on_row_list_moved(self) -> None:
        self._show_quote()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self._show_quote()
        if event.times > 1:
            self._put_link()

    def _show_quote(self) -> None:
        key, pane = self.query_one(RowList).key, self.query_one("#summary-quote", TextLines)
        words = "" if key is None else self._quotes[int(key)]
        pane.set_lines([[(row, "text")] for row in wrapped(words, max(10, pane.size.width))][:3])

    def _put_link(self) -> None:
        """Insert a link to the quote under the cursor, such as [12], with a space between the link and a word beside it."""
        key = self.query_one(RowList).key
        if key is None:
            return
        area = self.query_one(SummaryField)
        row, column = area.cursor_location
        before, after = area.before_cursor, area.document.get_line(row)[column : column + 1]
        space = " " if before and not before[-1].isspace() else ""
        area.insert(f"{space}[{key}]{' ' if after.isalnum() or after == '[' else ''}")

    @property
    def _gives_up(self) -> bool:
        """Whether saving the text has failed, and the user has not changed the text since then."""
        return bool(self._refused) and self.edited_text == self._text
