"""A list to choose from, drawn row by row: ten thousand rows cost no more than ten, and changing one repaints one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment as Piece
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from sibtui.desk.glyphs import fitted
from sibtui.tui.commands.keys import bindings
from sibtui.tui.widgets.lines import cut, drawn
from sibtui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType


class Row(NamedTuple):
    """One row. `key` names what it stands for; None for a heading, which cannot be chosen.

    `mark` stands before the text, in `colour` if there is one; `right` at the right edge. `hits` are parts of the text to mark.
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


class RowList(Sheet, can_focus=True, inherit_bindings=False):
    """Rows with a cursor. Emits `Moved` when it moves and `Chosen` when a row is clicked."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--text", "rows--quiet", "rows--heading", "rows--cursor", "rows--cursor-blurred", "rows--rail",
    }  # fmt: skip
    DEFAULT_CSS = """
    RowList { overflow: hidden; background: $background; }
    RowList > .rows--rail { color: $rule; }
    RowList > .rows--text { color: $foreground; }
    RowList > .rows--quiet { color: $quiet; }
    RowList > .rows--heading { color: $quiet; text-style: bold; }
    RowList > .rows--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    RowList > .rows--cursor-blurred { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
    RowList:ansi > .rows--cursor { background: ansi_default; color: ansi_default; text-style: bold reverse; }
    RowList:ansi > .rows--cursor-blurred { background: ansi_default; color: ansi_default; text-style: underline; }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        rows: RowList
        key: str

        @property
        def control(self) -> RowList:
            return self.rows

    @dataclass
    class Chosen(Message):
        """A row was clicked, `times` in a row."""

        rows: RowList
        key: str
        times: int = 1

        @property
        def control(self) -> RowList:
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._index: dict[str | None, int] = {}
        self._at = 0
        self._styles: dict[str, Style] = {}
        self._empty = ""
        self.lively = False
        """Show the cursor as if the list had the focus: a field above it has the keys."""

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def empty(self) -> str:
        """What to say when there are no rows."""
        return self._empty

    @empty.setter
    def empty(self, told: str) -> None:
        if told != self._empty:
            self._empty = told
            self.refresh_line(0)

    @property
    def key(self) -> str | None:
        """What the cursor is on."""
        return self._rows[self._at].key if self._at < len(self._rows) else None

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on what it is on, if that is still there. Rows that are as before are not painted."""
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

    def update_row(self, row: Row) -> None:
        """Show one row anew, found by its key."""
        at = self._index.get(row.key)
        if at is not None and self._rows[at] != row:
            self._rows = [*self._rows[:at], row, *self._rows[at + 1 :]]
            self.refresh_line(at)

    def go(self, key: str | None) -> bool:
        """Put the cursor on a row; whether there is one with this key."""
        if key is None:
            return False
        at = self._index.get(key)
        if at is not None:
            self._put(at)
        return at is not None

    def go_to_named(self, words: str) -> None:
        """Put the cursor on the first row that is called by these words; others are listed for what is said of them."""
        wanted = words.casefold().split()
        called = (row.key for row in self._rows if row.key and all(word in row.text.casefold() for word in wanted))
        self.go(next(called, None) if wanted else None)

    def action_list_down(self) -> None:
        self.step(1)

    def action_list_up(self) -> None:
        self.step(-1)

    def action_list_page_down(self) -> None:
        self.step(max(1, self.size.height - 1))

    def action_list_page_up(self) -> None:
        self.step(-max(1, self.size.height - 1))

    def action_list_top(self) -> None:
        self.step(-len(self._rows))

    def action_list_end(self) -> None:
        self.step(len(self._rows))

    def step(self, by: int) -> None:
        """Move by rows, to the nearest one that can be chosen."""
        if not self._rows:
            return
        at = min(max(self._at + by, 0), len(self._rows) - 1)
        onward = range(at, len(self._rows)) if by >= 0 else range(at, -1, -1)
        back = range(at, -1, -1) if by >= 0 else range(at, len(self._rows))
        for found in (*onward, *back):
            if self._rows[found].key is not None:
                self._put(found)
                return

    def _put(self, at: int) -> None:
        before, self._at = self._at, at
        top, height = self.scroll_offset.y, max(1, self.size.height)
        shown_from = at - 1 if at > 0 and self._rows[at - 1].key is None else at
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
        self.step(0)

    def _fit(self) -> None:
        """Let all rows be reached, and none beyond them."""
        height = self.size.height
        self.fit(max(height, len(self._rows)))
        if self.scroll_offset.y > max(0, len(self._rows) - height):
            self.scroll_to(y=max(0, len(self._rows) - height), animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        width, height, total = self.size.width, self.size.height, len(self._rows)
        if at >= total:
            told = self.empty if not self._rows and y == 0 else ""
            return Strip([Piece(cut(told, width), self._style("quiet"))]).adjust_cell_length(width, self._style("base"))
        if total <= height:
            return self._strip(self._rows[at], at, width)
        thumb = range(self.scroll_offset.y * height // total, (self.scroll_offset.y + height) * height // total + 1)
        rail = Piece("▐" if y in thumb else " ", self._style("rail"))
        return Strip([*self._strip(self._rows[at], at, width - 1), rail], width)

    def _strip(self, row: Row, at: int, width: int) -> Strip:
        name = "heading" if row.key is None else "quiet" if row.quiet else "text"
        style = self._style(name)
        if row.strong:
            style += Style(bold=True)
        on = at == self._at and row.key is not None
        if on:
            style = self._style("cursor" if self.has_focus or self.lively else "cursor-blurred")
        mark = Style(color=row.colour, bold=True) if row.colour and not on else Style()
        right = drawn(row.right)
        if cell_len(right) > width // 2:
            right = cut(right, width // 2)
        room = width - row.indent - cell_len(row.mark) - cell_len(right) - (1 if right else 0)
        pieces = [
            Piece(" " * row.indent, style),
            Piece(row.mark, style + mark),
            *_marked(fitted(cut(row.text, room), max(0, room)), row.hits, style),
        ]
        if right:
            pieces.append(Piece(f" {right}", style if on else self._style("quiet")))
        return Strip([piece for piece in pieces if piece.text]).adjust_cell_length(width, style)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self.rich_style if name == "base" else self.get_component_rich_style(f"rows--{name}")
            self._styles[name] = style
        return style

    async def _on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        found = None if at is None else at.y + self.scroll_offset.y
        if found is not None and found < len(self._rows) and self._rows[found].key is not None:
            self._put(found)
            self.post_message(self.Chosen(self, self._rows[found].key or "", event.chain))


def _marked(text: str, hits: Sequence[tuple[int, int]], style: Style) -> list[Piece]:
    """The text in pieces, those that were hit underlined."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(hits):
        if start >= at:
            pieces += [Piece(text[at:start], style), Piece(text[start:end], style + Style(underline=True, bold=True))]
            at = end
    return [*pieces, Piece(text[at:], style)]
