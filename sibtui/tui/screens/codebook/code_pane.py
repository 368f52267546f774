"""The pane that shows one code: its fields and its history (such as merges and renames), and below them its quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from sibtui.tui.commands.keys import bindings
from sibtui.tui.views.code_rows import field_lines
from sibtui.tui.widgets.quote_list import QuoteItem, QuoteList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Code, Lineage


@dataclass(frozen=True, slots=True)
class CodeDetails:
    """A code with its quotes and its history. `lineage` has the events of this history, such as merges and renames.

    `below` is the number of quotes of the sub-codes. These quotes are not in `quotes`.
    """

    code: Code
    lineage: Sequence[Lineage]
    quotes: Sequence[QuoteItem]
    below: int


class CodeQuotes(QuoteList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook quotes")]


class CodePane(Vertical):
    """The pane that shows one code. Its list of quotes sends `QuoteList.Chosen` when the user chooses a quote."""

    DEFAULT_CSS = """
    CodePane { width: 1fr; border-left: solid $rule; }
    CodePane #fields { height: 1fr; padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1; }
    CodePane CodeQuotes { height: 40%; border-top: solid $rule; }
    """

    def __init__(self) -> None:
        super().__init__(id="code-pane")
        self.fields, self.quotes = TextLines(id="fields"), CodeQuotes(id="code-quotes")
        self._details: CodeDetails | None = None
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield self.fields
        yield self.quotes

    def show(self, details: CodeDetails | None) -> None:
        """Show a code with its history and its quotes. None empties the pane."""
        if self._shown == (details, self.fields.size):
            return
        self._shown, self._details = (details, self.fields.size), details
        self.fields.set_wrapped(
            lambda width: () if details is None else field_lines(details.code, details.lineage, width),
            details and details.code.id,
        )
        below = 0 if details is None else details.below
        self.quotes.empty = f" No quotes of its own; {below:,} below it." if below else " No quotes yet."
        self.quotes.set_quotes(() if details is None else details.quotes)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_again)

    def _show_again(self) -> None:
        self.show(self._details)
