"""A list of rows with a cursor.

Only visible rows are drawn, and only changed rows are drawn again. So long lists stay fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment as Piece
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from sibtui.model.folding import fold
from sibtui.model.text_width import fitted, width_of
from sibtui.tui.commands import CommandRunner
from sibtui.tui.commands.keys import bindings
from sibtui.tui.textual_overrides.line_view import LineView, row_strip
from sibtui.tui.widgets.text_lines import cut, cut_after_word, drawn, row_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.binding import BindingType


class ListRow(NamedTuple):
    """One row of a list. `key` identifies the item of the row. It is None for a heading, which the cursor skips.

    `mark` is drawn before the text, in `colour` if one is given. `right` is drawn at the right edge. `quiet` and
    `strong` change the style of the row. `hits` are ranges of the text, which are underlined. If `prose` is True, the
    text is an excerpt, which is cut only between words.
    """

    key: str | None
    text: str
    mark: str = ""
    right: str = ""
    indent: int = 0
    colour: str | None = None
    quiet: bool = False
    strong: bool = False
    hits: tuple[tuple[int, int], ...] = ()
    prose: bool = False


class RowList(CommandRunner, LineView, can_focus=True, inherit_bindings=False):
    """A list of rows with a cursor. It sends `Moved` when the cursor moves, and `Chosen` when the user clicks a row."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]
    STYLES: ClassVar[Mapping[str, str]] = {
        "text": "$foreground",
        "quiet": "$quiet",
        "heading": "bold $quiet",
        "rail": "$rule",
        "cursor": "bold $block-cursor-foreground on $block-cursor-background",
        "cursor:ansi": "bold reverse ansi_default on ansi_default",
        "cursor-blurred": "$block-cursor-blurred-foreground on $block-cursor-blurred-background",
        "cursor-blurred:ansi": "underline ansi_default on ansi_default",
    }
    DEFAULT_CSS = """
    RowList { overflow: hidden; background: $background; }
    """

    class Moved(Message):
        """Sent when the cursor has moved to another row. `rows` is the list, and `key` identifies this row."""

        def __init__(self, rows: RowList, key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> RowList:
            return self.rows

    class Chosen(Message):
        """Sent when the user clicks a row. `times` is 2 for a double click.

        `rows` is the list, and `key` identifies the row.
        """

        def __init__(self, rows: RowList, key: str, times: int = 1) -> None:
            super().__init__()
            self.rows = rows
            self.key = key
            self.times = times

        @property
        def control(self) -> RowList:
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[ListRow] = ()
        self._index: dict[str | None, int] = {}
        self._at = 0
        self._empty = ""
        self.shows_cursor = False
        """Whether the cursor is highlighted even if a text field above the list has the focus."""

    @property
    def rows(self) -> Sequence[ListRow]:
        return self._rows

    @property
    def empty(self) -> str:
        """The message shown if there are no rows."""
        return self._empty

    @empty.setter
    def empty(self, message: str) -> None:
        if message != self._empty:
            self._empty = message
            self.refresh()

    @property
    def key(self) -> str | None:
        """The key (identifier) of the row under the cursor. None on a heading, or if the list is empty."""
        return self._rows[self._at].key if self._at < len(self._rows) else None

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these rows in place of the present ones. Unchanged rows are not drawn again.

        The cursor stays on its row if a row with the same key (identifier) is still listed.
        """
        before, key, self._rows = self._rows, self.key, rows
        if [row.key for row in before] == [row.key for row in rows]:
            for at, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self.refresh_line(at)
            return
        self._index = {row.key: at for at, row in enumerate(rows)}
        self._fit()
        self._at = min(self._at, max(0, len(rows) - 1))
        self.refresh()
        if not self.go(key):
            self.step(0)

    def update_row(self, row: ListRow) -> None:
        """Show `row` in place of the row with the same key (identifier)."""
        at = self._index.get(row.key)
        if at is not None and self._rows[at] != row:
            self._rows = [*self._rows[:at], row, *self._rows[at + 1 :]]
            self.refresh_line(at)

    def go(self, key: str | None) -> bool:
        """Move the cursor to the row with this key (identifier). Return whether the list has such a row."""
        if key is None:
            return False
        at = self._index.get(key)
        if at is not None:
            self._set_cursor(at)
        return at is not None

    def clear_cursor(self) -> None:
        """Move the cursor to the first row. This row must be a heading, so that no row is highlighted."""
        self._set_cursor(0)

    def go_to_named(self, words: str) -> None:
        """Move the cursor to the first row whose visible text has all these words.

        Use this after a filter: the filter also searches hidden texts, so the first row of the list may not show the
        words.
        """
        folded = fold(words).split()
        keys = (row.key for row in self._rows if row.key and all(word in fold(row.text) for word in folded))
        self.go(next(keys, None) if folded else None)

    def step(self, by: int) -> None:
        """Move the cursor down by `by` rows, or up if `by` is negative. Headings are skipped."""
        if not self._rows:
            return
        at = min(max(self._at + by, 0), len(self._rows) - 1)
        onward = range(at, len(self._rows)) if by >= 0 else range(at, -1, -1)
        back = range(at, -1, -1) if by >= 0 else range(at, len(self._rows))
        for candidate in (*onward, *back):
            if self._rows[candidate].key is not None:
                self._set_cursor(candidate)
                return

    def step_page(self, by: int) -> None:
        """Move the cursor down by `by` pages, or up if `by` is negative. One row of the previous page stays visible."""
        self.step(by * max(1, self.size.height - 1))

    def go_to_first(self) -> None:
        self.step(-len(self._rows))

    def go_to_last(self) -> None:
        self.step(len(self._rows))

    def _set_cursor(self, at: int) -> None:
        before, self._at = self._at, at
        top, height = self.scroll_offset.y, max(1, self.size.height)
        has_heading = at > 0 and self._rows[at - 1].key is None
        # a list without a size yet begins at the heading, so that it is not drawn again when it has its size
        shown_from = at - 1 if has_heading and self.size.height != 1 else at
        if shown_from < top:
            self.scroll_to(y=shown_from, animate=False, immediate=True)
        elif at >= top + height:
            self.scroll_to(y=at - height + 1, animate=False, immediate=True)
        if before != at:
            self.refresh_line(before)
            self.refresh_line(at)
            key = self._rows[at].key
            if key is not None:
                self.post_message(self.Moved(self, key))

    def on_focus(self) -> None:
        self.refresh_line(self._at)

    def on_blur(self) -> None:
        self.refresh_line(self._at)

    def on_resize(self) -> None:
        self._fit()
        if self.key is not None:
            self.step(0)

    def _fit(self) -> None:
        height = self.size.height
        self.fit(max(height, len(self._rows)))
        if self.scroll_offset.y > max(0, len(self._rows) - height):
            self.scroll_to(y=max(0, len(self._rows) - height), animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        return self.draw(range(y, y + 1))[0]

    def draw(self, rows: range) -> list[Strip]:
        top, (width, height) = self.scroll_offset.y, self.size
        return [self._visible_row(y, top, width, height) for y in rows]

    def _visible_row(self, y: int, top: int, width: int, height: int) -> Strip:
        """Return row `y` of a view of this size. `top` is the index of the list row that is at the top of the view."""
        at, total = top + y, len(self._rows)
        if at >= total:
            message = "" if self._rows else row_of(self.empty, y, width)
            return row_strip([Piece(message, self.style_of("quiet"))], width, self.style_of("base"))
        if total <= height:
            return self._strip(self._rows[at], at, width)
        thumb = range(top * height // total, (top + height) * height // total + 1)
        rail = Piece("▐" if y in thumb else " ", self.style_of("rail"))
        return Strip([*self._strip(self._rows[at], at, width - 1), rail], width)

    def _strip(self, row: ListRow, at: int, width: int) -> Strip:
        name = "heading" if row.key is None else "quiet" if row.quiet else "text"
        style = self.style_of(name)
        if row.strong:
            style += Style(bold=True)
        on = at == self._at and row.key is not None
        if on:
            style = self.style_of("cursor" if self.has_focus or self.shows_cursor else "cursor-blurred")
        mark = Style(color=row.colour, bold=True) if row.colour and not on else Style()
        right = drawn(row.right)
        if width_of(right) > width // 2:
            right = cut(right, width // 2)
        room = width - row.indent - width_of(row.mark) - width_of(right) - (1 if right else 0)
        pieces = [
            Piece(" " * row.indent, style),
            Piece(row.mark, style + mark),
            *_marked(fitted((cut_after_word if row.prose else cut)(row.text, room), max(0, room)), row.hits, style),
        ]
        if right:
            pieces.append(Piece(f" {right}", style if on else self.style_of("quiet")))
        return row_strip([piece for piece in pieces if piece.text], width, style)

    async def _on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        clicked = None if at is None else at.y + self.scroll_offset.y
        if clicked is not None and clicked < len(self._rows) and self._rows[clicked].key is not None:
            self._set_cursor(clicked)
            self.post_message(self.Chosen(self, self._rows[clicked].key or "", event.chain))


def _marked(text: str, hits: Sequence[tuple[int, int]], style: Style) -> list[Piece]:
    """Return a text as pieces with their styles. The ranges in `hits` are underlined."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(hits):
        if start >= at:
            pieces += [Piece(text[at:start], style), Piece(text[start:end], style + Style(underline=True, bold=True))]
            at = end
    return [*pieces, Piece(text[at:], style)]
