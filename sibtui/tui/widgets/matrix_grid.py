"""A widget that draws a matrix with a cursor.

Headings and row labels stay visible while the table scrolls. The footnotes are below the table, as in print.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment as Piece
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message

from sibtui.tui.commands import CommandRunner
from sibtui.tui.commands.keys import bindings
from sibtui.tui.textual_overrides.line_view import StyledView, row_strip
from sibtui.tui.widgets.matrix_layout import GAP, HEADING_LINES, Grid
from sibtui.tui.widgets.text_lines import row_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip

    from sibtui.model.matrix import Cell, Matrix

_QUIET = frozenset({"rejected", "incomplete", "no data", "absent"})
_SIGNS = "░▒▓█"
_TALL, _FEW_HEADING_LINES = 12, 2
"""If the widget has fewer than `_TALL` rows, headings are shortened to `_FEW_HEADING_LINES` lines."""


class MatrixGrid(CommandRunner, StyledView, can_focus=True, inherit_bindings=False):
    """A widget that draws a matrix. The cursor is on one cell."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("cells")]
    COMMANDS_ONLY = True
    """Whether each key runs a command, because the user types no text in this widget.

    If so, the app handles each key before the next key arrives.
    """
    STYLES: ClassVar[Mapping[str, str]] = {
        "text": "$foreground",
        "quiet": "$quiet",
        "heading": "bold $foreground",
        "current": "bold $accent",
        "row": "on $note-active",
        "rule": "$rule",
        "warning": "bold $warning",
        "cursor": "bold $block-cursor-foreground on $block-cursor-background",
        "cursor:ansi": "bold reverse ansi_default on ansi_default",
    }
    DEFAULT_CSS = """
    MatrixGrid { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; background: $background;
        scrollbar-background: $background; scrollbar-background-hover: $background; scrollbar-background-active: $background;
        scrollbar-color: $rule; scrollbar-color-hover: $quiet; scrollbar-color-active: $quiet;
    }
    """

    @dataclass
    class Moved(Message):
        """Sent when the cursor has moved to another cell."""

        row: int
        column: int

    @dataclass
    class Chosen(Message):
        """Sent when the user clicks the cell that is already under the cursor."""

        row: int
        column: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._matrix: Matrix | None = None
        self._grid: Grid | None = None
        self._groups: Mapping[int, str] = {}
        self._first = 0
        self._shades: Sequence[Sequence[float]] = ()
        self.shade_colours: Callable[[float], tuple[str, str] | None] = lambda _share: None
        """Returns (background, text) for a shade from 0 to 1, or None if the terminal sets the colours."""
        self.row = 0
        self.column = 0
        self.empty = ""
        """The message that is shown if there is no table."""
        self.shows_cursor = True
        """Whether the cell under the cursor is highlighted even if another widget has the focus."""

    def show(
        self,
        matrix: Matrix | None,
        row: int = 0,
        column: int = 0,
        groups: Mapping[int, str] = MappingProxyType({}),
        shades: Sequence[Sequence[float]] = (),
    ) -> None:
        """Show a matrix with the cursor on the cell at `row` and `column`, or on the nearest cell that exists.

        `groups` is a map: index of a row → heading above this row. `shades` has a sequence for each row, with a shade
        from 0 to 1 for each cell. If `shades` is empty, no cell is shaded.
        """
        self._groups = groups
        self._shades = shades
        self._matrix = matrix if matrix is not None and matrix.rows and matrix.columns else None
        self._lay_out()
        self._set_cursor(row, column)
        self.refresh()

    def move(self, rows: int, columns: int) -> None:
        """Move the cursor down by `rows` and to the right by `columns`. Negative numbers move it up or to the left.

        If the cursor is on the last row already, scroll down to the footnotes below the table.
        """
        if self._grid is not None and rows > 0 and self.row == len(self._grid.heights) - 1:
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)
        self._set_cursor(self.row + rows, self.column + columns)

    def move_page(self, pages: int) -> None:
        """Move the cursor down by a number of pages, or up if the number is negative."""
        grid = self._grid
        if grid is not None:
            lines = pages * max(1, self.size.height - self._top - 1)
            goal = grid.row_at(min(max(grid.tops[self.row] + lines, 0), grid.height - 1))
            self.move(goal - self.row, 0)

    # Laying out

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        most = HEADING_LINES if self.size.height >= _TALL else _FEW_HEADING_LINES
        self._grid = Grid(self._matrix, width, most, self._groups) if self._matrix is not None and width > 0 else None
        lines = 0 if self._grid is None else self._top + self._grid.height + 1 + len(self._grid.below)
        self.virtual_size = Size(self.size.width, lines)

    @property
    def _top(self) -> int:
        """How many lines at the top stay visible while the table scrolls: the headings and the line below them."""
        return 0 if self._grid is None else self._grid.heading_height + 1

    def _set_cursor(self, row: int, column: int) -> None:
        grid = self._grid
        if grid is None:
            self.row, self.column = max(0, row), max(0, column)
            return
        before = (self.row, self.column)
        self.row = min(max(row, 0), len(grid.heights) - 1)
        self.column = min(max(column, 0), len(grid.columns) - 1)
        first = grid.first_for(self.column, self._first, self.scrollable_content_region.width)
        scrolled = first != self._first
        self._first = first
        self._reveal(grid)
        if before != (self.row, self.column):
            self._repaint(grid, before[0], everything=scrolled)
            self.post_message(self.Moved(self.row, self.column))

    def _reveal(self, grid: Grid) -> None:
        top, room = self.scroll_offset.y, max(1, self.size.height - self._top)
        start, end = grid.tops[self.row], grid.tops[self.row + 1]
        if self.row == 0:
            start = 0
        if self.row == len(grid.heights) - 1 and end + 1 + len(grid.below) - start <= room:
            end += 1 + len(grid.below)  # the notes are visible together with the last row
        if start < top:
            self.scroll_to(y=start, animate=False, immediate=True)
        elif end > top + room:
            self.scroll_to(y=min(start, end - room), animate=False, immediate=True)

    def _repaint(self, grid: Grid, before: int, *, everything: bool) -> None:
        if everything:
            self.refresh()
            return
        top, width = self._top - self.scroll_offset.y, self.size.width
        rows = [at for at in {before, self.row} if at < len(grid.heights)]
        self.refresh(
            Region(0, 0, width, self._top),
            *(Region(0, top + grid.tops[at], width, grid.heights[at]) for at in rows),
        )

    def on_focus(self) -> None:
        if not self.shows_cursor:
            self.refresh()

    def on_blur(self) -> None:
        if not self.shows_cursor:
            self.refresh()

    def on_resize(self) -> None:
        self._lay_out()
        self._set_cursor(self.row, self.column)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        grid = self._grid
        if grid is None:
            message = row_of(self.empty, y, width)
            return row_strip([Piece(message, self.style_of("quiet"))], width, self.style_of("base"))
        visible = grid.visible_columns(self._first, width)
        if y < grid.heading_height:
            pieces = self._heading(grid, visible, y)
        elif y == grid.heading_height:
            pieces = self._rule(grid, visible, width)
        else:
            pieces = self._body(grid, visible, y - self._top + self.scroll_offset.y)
        return row_strip(pieces, width, self.style_of("base"))

    def _heading(self, grid: Grid, visible: range, line: int) -> list[Piece]:
        pieces = [Piece(" " * grid.label, self.style_of("heading"))]
        for column in visible:
            style = self.style_of("current" if column == self.column else "heading")
            pieces += [Piece(" " * GAP, self.style_of("base")), Piece(grid.heading_line(column, line), style)]
        return pieces

    def _rule(self, grid: Grid, visible: range, width: int) -> list[Piece]:
        """Return the line below the headings. Its ends state how many columns are hidden on each side."""
        left = f"‹ {visible.start} more " if visible.start else ""
        after = len(grid.columns) - visible.stop
        right = f" {after} more ›" if after else ""
        length = width if right else grid.width_of(visible)
        rule = "─" * max(0, length - len(left) - len(right))
        return [
            Piece(left, self.style_of("warning")), Piece(rule, self.style_of("rule")), Piece(right, self.style_of("warning")),
        ]  # fmt: skip

    def _body(self, grid: Grid, visible: range, line: int) -> list[Piece]:
        if line >= grid.height:
            return self._below(grid, visible, line - grid.height)
        row = grid.row_at(line)
        at = line - grid.tops[row] - (row in grid.groups)
        if at < 0:
            return [Piece(grid.groups[row], self.style_of("quiet"))]
        on = self._cursor_row_style() if row == self.row else Style()
        label = self.style_of("heading" if row == self.row else "text")
        pieces = [Piece(grid.label_line(row, at), label + on)]
        cursor = self.column if row == self.row and (self.shows_cursor or self.has_focus) else None
        for column in visible:
            if column == cursor:
                pieces += self._under_cursor(grid, at)
                continue
            cell = grid.matrix.rows[row].cells[column]
            after_cursor = cursor is not None and column == cursor + 1 and column != visible.start
            gap = GAP - 1 if after_cursor else GAP
            pieces.append(Piece(" " * gap, label + on))
            share = self._shades[row][column] if self._shades else 0
            pieces += self._cell(grid.cell_line(row, column, at), cell, on, at, share)
        return pieces

    def _under_cursor(self, grid: Grid, line: int) -> list[Piece]:
        """Return one line of the cell under the cursor.

        The cursor takes one space of the gap at each side of the cell, so that no other cell moves. The last column
        has no gap at its right.
        """
        style = self.style_of("cursor")
        last = self.column == len(grid.columns) - 1
        text = grid.cell_line(self.row, self.column, line)
        cell = grid.matrix.rows[self.row].cells[self.column]
        before, after = Piece(" " * (GAP - 1), self.style_of("text") + self._cursor_row_style()), "" if last else " "
        if cell.judgement is None or (line and not text.strip()):
            return [before, Piece(f" {text}{after}", style)]
        return [before, Piece(" ", style), *_underlined(text, style), Piece(after, style)]

    def _cursor_row_style(self) -> Style:
        """Return a style that has only the background colour of the row under the cursor."""
        return Style(bgcolor=self.style_of("row").bgcolor)

    def _cell(self, text: str, cell: Cell, on: Style, line: int, share: float = 0) -> list[Piece]:
        name = "warning" if cell.state == "contested" else "quiet" if cell.state in _QUIET else "text"
        style = self.style_of(name) + on
        if share:
            colours = self.shade_colours(share)
            if colours is None:
                text = _shaded_by_signs(text, share)
            else:
                style += Style(bgcolor=colours[0], color=colours[1])
        if cell.judgement is None or (line and not text.strip()):
            return [Piece(text, style)]
        return _underlined(text, style)

    def _below(self, grid: Grid, visible: range, line: int) -> list[Piece]:
        if line == 0:
            return [Piece("─" * grid.width_of(visible), self.style_of("rule"))]
        note = grid.below[line - 1] if line <= len(grid.below) else ""
        return [Piece(note, self.style_of("quiet"))]

    # The mouse

    async def _on_click(self, event: events.Click) -> None:
        at, grid = event.get_content_offset(self), self._grid
        if at is None or grid is None or at.y < self._top:
            return
        line = at.y - self._top + self.scroll_offset.y
        if line >= grid.height:
            return
        row, column = grid.row_at(line), self._column_at(grid, at.x)
        if (row, column) == (self.row, self.column):
            self.post_message(self.Chosen(row, column))
        else:
            self._set_cursor(row, column)

    def _column_at(self, grid: Grid, x: int) -> int:
        left = grid.label
        for column in grid.visible_columns(self._first, self.scrollable_content_region.width):
            left += grid.columns[column] + GAP
            if x < left:
                return column if x >= grid.label else self.column
        return self.column


def _shaded_by_signs(text: str, share: float) -> str:
    """Return one line of a shaded cell for a terminal without colours.

    Characters such as ░ fill the cell on both sides of the text. They are darker if `share`, from 0 to 1, is larger.
    """
    sign = _SIGNS[min(int(share * len(_SIGNS)), len(_SIGNS) - 1)]
    bare = text.strip()
    start = text.index(bare)
    return sign * start + bare + sign * (len(text) - start - len(bare))


def _underlined(text: str, style: Style) -> list[Piece]:
    """Return one line of a judged cell with its text underlined.

    If the line has no text, a few spaces in the middle are underlined.
    """
    bare = text.strip()
    start = text.index(bare) if bare else max(0, len(text) // 2 - 1)
    end = start + (len(bare) or 3)
    pieces = (text[:start], style), (text[start:end], style + Style(underline=True)), (text[end:], style)
    return [Piece(part, look) for part, look in pieces if part]
