"""A list of quotes below the names of their sources.

The first line of a quote has its code and cases. Below it are the words of the quote and its memo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment as Piece
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from sibtui.model.text_width import width_of
from sibtui.tui.commands import CommandRunner
from sibtui.tui.commands.keys import bindings
from sibtui.tui.hints import current_key, keymap_of
from sibtui.tui.textual_overrides.line_view import StyledView, row_strip
from sibtui.tui.widgets.text_lines import cut, drawn, row_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.binding import BindingType

_MOST = 10
"""How many rows one quote has at most. A longer quote is cut."""
_LEAD = 4
_NEAR = 20
"""More quotes are loaded when the cursor is at most this number of quotes before the end of the list."""


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """One entry of a list of quotes. `key` is the id of its coding.

    `group` is the heading above the entry. `name` is the name of the code, and `tag` is its short name. `above` is
    the path of the codes above this code. `flags` has words such as “counter-evidence”. `waits` is True if the
    coding has no case yet.
    """

    key: int
    group: str
    tag: str
    name: str
    text: str
    above: str = ""
    flags: str = ""
    cases: str = ""
    memo: str = ""
    colour: str | None = None
    waits: bool = False


class QuoteList(CommandRunner, StyledView, can_focus=True, inherit_bindings=False):
    """A list of quotes with a cursor. It sends three messages:

    - `Moved`: the cursor has gone to another quote.
    - `Chosen`: the user has clicked the quote under the cursor.
    - `NearEnd`: the next quotes should be loaded.
    """

    COMMANDS_ONLY = True
    """Whether each key runs a command, because the user types no text in this widget.

    If so, the app handles each key before the next key arrives.
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]
    STYLES: ClassVar[Mapping[str, str]] = {
        "text": "$foreground",
        "quiet": "$quiet",
        "heading": "bold $foreground on $panel",
        "heading:ansi": "bold underline $foreground on $panel",
        "current": "on $note-active",
        "warning": "$warning",
        "bar": "bold $accent",
    }
    DEFAULT_CSS = """
    QuoteList { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; background: $background;
        scrollbar-background: $background; scrollbar-background-hover: $background; scrollbar-background-active: $background;
        scrollbar-color: $rule; scrollbar-color-hover: $quiet; scrollbar-color-active: $quiet;
    }
    """

    @dataclass
    class Moved(Message):
        key: int

    @dataclass
    class Chosen(Message):
        key: int

    @dataclass
    class NearEnd(Message):
        """Sent when the cursor is near the end of the loaded quotes, so that the next quotes are loaded.

        `last` is True if the user wants to go to the last of all quotes.
        """

        last: bool = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._quotes: Sequence[QuoteItem] = ()
        self._marked: frozenset[int] = frozenset()
        self._texts: list[list[tuple[str, str]]] = []
        self._rows: list[tuple[int, int]] = []
        self._tops: list[int] = []
        self._at = 0
        self.empty = ""
        """The message shown if there are no quotes."""

    @property
    def key(self) -> int | None:
        """The key (id of the coding) of the quote under the cursor. None if the list is empty."""
        return self._quotes[self._at].key if self._quotes else None

    def set_quotes(self, quotes: Sequence[QuoteItem], marked: frozenset[int] = frozenset()) -> None:
        """Show these quotes in place of the present ones. `marked` has the ids of the marked codings.

        The cursor stays on the same quote. If this quote is no longer listed, the cursor stays at the same position.
        """
        key, self._quotes, self._marked = self.key, quotes, marked
        self._lay_out()
        self._at = min(self._at, max(0, len(quotes) - 1))
        self.go(key)
        self._reveal()
        self.refresh()

    def mark(self, marked: frozenset[int]) -> None:
        """Mark the quotes with these keys, and unmark all others."""
        if marked != self._marked:
            self._marked = marked
            self.refresh()

    def go(self, key: int | None) -> bool:
        """Move the cursor to the quote with this key (id of its coding). Return whether the quote is listed."""
        at = next((at for at, quote in enumerate(self._quotes) if quote.key == key), None)
        if at is not None:
            self._set_cursor(at)
        return at is not None

    def _lay_out(self) -> None:
        width = max(10, self.scrollable_content_region.width - _LEAD - 1)
        self._rows, self._tops, self._texts = [], [], []
        group = None
        for at, quote in enumerate(self._quotes):
            if quote.group != group:
                self._rows += [(-1, at), (-2, at)] if self._rows else [(-2, at)]
                group = quote.group
            self._tops.append(len(self._rows))
            texts = _texts(quote, width, current_key("quotes.open", keymap_of(self.app)))
            self._texts.append(texts)
            self._rows += [(at, line) for line in range(len(texts) + 1)]
        self.virtual_size = Size(self.size.width, len(self._rows))

    def on_resize(self) -> None:
        self._lay_out()
        self._reveal()

    # Moving

    def step(self, by: int) -> None:
        """Move the cursor down by `by` quotes, or up if `by` is negative."""
        self._move(self._at + by)

    def go_to_first(self) -> None:
        self._move(0)

    def go_to_last(self) -> None:
        """Go to the last loaded quote. Send `NearEnd`, so that all remaining quotes are loaded."""
        self._move(len(self._quotes) - 1, last=True)

    def step_page(self, by: int) -> None:
        """Move the cursor down by `by` pages, or up if `by` is negative, to the nearest quote."""
        if not self._quotes:
            return
        goal = self._tops[self._at] + by * max(1, self.size.height - 2)
        near = min(range(len(self._tops)), key=lambda at: abs(self._tops[at] - goal))
        self._move(near if near != self._at else self._at + by)

    def _move(self, at: int, *, last: bool = False) -> None:
        """Move the cursor to the quote with the index `at`. If the cursor has moved, send `Moved`.

        Also send `NearEnd` if the cursor is near the end of the list, or if `last` is True.
        """
        before = self._at
        self._set_cursor(at)
        if before != self._at:
            self.post_message(self.Moved(self._quotes[self._at].key))
        if last or self._at >= len(self._quotes) - _NEAR:
            self.post_message(self.NearEnd(last))

    def _set_cursor(self, at: int) -> None:
        if not self._quotes:
            return
        before, self._at = self._at, min(max(at, 0), len(self._quotes) - 1)
        self._reveal()
        if before != self._at:
            self.refresh()

    def _reveal(self) -> None:
        if not self._quotes:
            return
        start = self._tops[self._at]
        end = start + len(self._texts[self._at]) + 1
        while start > 0 and self._rows[start - 1][0] < 0:
            start -= 1  # the name of the source is visible together with its first quote
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if start < top or end - start > height:
            self.scroll_to(y=start, animate=False, immediate=True)
        elif end > top + height:
            self.scroll_to(y=end - height, animate=False, immediate=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width, at = self.scrollable_content_region.width, y + self.scroll_offset.y
        if at >= len(self._rows):
            message = "" if self._quotes else row_of(self.empty, y, width)
            return row_strip([Piece(message, self.style_of("quiet"))], width, self.style_of("base"))
        kind, line = self._rows[at]
        if kind == -1:
            return Strip.blank(width, self.style_of("base"))
        if kind == -2:
            group = cut(self._quotes[line].group, width - 1)
            return row_strip([Piece(f" {group}", self.style_of("heading"))], width, self.style_of("heading"))
        quote = self._quotes[kind]
        on = Style(bgcolor=self.style_of("current").bgcolor) if kind == self._at else Style()
        lead = "▌" if kind == self._at else " "
        if line:
            text, name = self._texts[kind][line - 1]
            pieces = [Piece(lead, self.style_of("bar") + on), Piece(" " * (_LEAD - 1) + text, self.style_of(name) + on)]
        else:
            mark = "● " if quote.key in self._marked else "  "
            pieces = [Piece(f"{lead}{mark}", self.style_of("bar") + on), *self._head(quote, width - 4, on)]
        return row_strip(pieces, width, self.style_of("base") + on)

    def _head(self, quote: QuoteItem, room: int, on: Style) -> list[Piece]:
        """Return the first line of a quote, `room` cells wide. `on` is a style that is added to all styles."""
        text, quiet, warning = (self.style_of(name) + on for name in ("text", "quiet", "warning"))
        flags = f"  {quote.flags}" if quote.flags else ""
        needed = width_of(drawn(quote.tag + quote.name)) + width_of(flags) + 3
        right = cut(quote.cases, max(12, room // 3, room - needed))
        free = room - width_of(drawn(quote.tag)) - 1 - width_of(right) - width_of(flags) - 2
        name = drawn(quote.name)
        above = drawn(quote.above) if width_of(drawn(quote.above) + name) <= free else ""
        name = cut(name, max(6, free - width_of(above)))
        gap = " " * max(1, free + 2 - width_of(above + name))
        colour = Style(color=quote.colour, bold=True) if quote.colour else Style(bold=True)
        return [
            Piece(drawn(quote.tag) + " ", text + colour), Piece(above, quiet), Piece(name, text + Style(bold=True)),
            Piece(flags, warning), Piece(gap, text), Piece(right, warning if quote.waits else quiet),
        ]  # fmt: skip

    async def _on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        line = None if at is None else at.y + self.scroll_offset.y
        if line is None or line >= len(self._rows) or self._rows[line][0] < 0:
            return
        clicked = self._rows[line][0]
        if clicked == self._at:
            self.post_message(self.Chosen(self._quotes[clicked].key))
        else:
            self._move(clicked)


def _texts(quote: QuoteItem, width: int, opens: str) -> list[tuple[str, str]]:
    """Return the rows of a quote below its first line, as (text, style): its words, then its memo.

    If the words need too many rows, the last of these rows names the key that opens the note. `opens` is the label
    of this key.
    """
    rows = [(row, "text") for row in wrapped(" ".join(quote.text.split()), width)]
    if len(rows) > _MOST:
        rows = [*rows[: _MOST - 1], (f"… and more: {opens} opens the quote in its note", "quiet")]
    if quote.memo:
        rows += [(row, "quiet") for row in wrapped(f"Memo: {' '.join(quote.memo.split())}", width)]
    return rows
