"""The note widget: the rows of a text, with codings in the margin and the selection.

The widget sends a message when the text or a coding is clicked, or when the mouse is dragged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message

from sibtui.model.segments import Segment
from sibtui.model.text import inert
from sibtui.tui.note.frame import Frame
from sibtui.tui.note.layout import NoteLayout, lines_around
from sibtui.tui.note.margin import REGION, Stripe, stripes_by_row
from sibtui.tui.note.painting import Painter, RowState, part_of_row
from sibtui.tui.textual_overrides.widget import SizedLineView
from sibtui.workspace.spans import CodingSpans

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from textual import events
    from textual.strip import Strip

    from sibtui.model.records import Coding
    from sibtui.tui.note.line_numbers import LineNumbers
    from sibtui.tui.note.painting import NoteStyle

_NOTHING: NoteLayout = NoteLayout("", 80)
_REACH = 200_000
"""At most this many code points before the visible part, and as many after it, are laid out.

Nearly all notes are short enough to be laid out whole.
"""
_ABOVE = 4
"""How many rows of text before a selection are visible above it after scrolling."""


class NoteView(SizedLineView, can_focus=True, inherit_bindings=False):
    """A widget that shows a note: its text, the selection, and a stripe in the margin for each coding.

    `show` sets the text, `update_codings` updates the stripes, and `select` changes the selection.
    """

    STYLES: ClassVar[Mapping[str, str]] = {
        "text": "$foreground",
        "heading": "bold $foreground",
        "selection": "$note-selection-text on $note-selection",
        "selection:ansi": "reverse $note-selection-text on $note-selection",
        "active": "on $note-active",
        "active:ansi": "bold on $note-active",
        "match": "on $note-match",
        "match:ansi": "ansi_black on ansi_yellow",
        "match:ansi:nocolor": "bold underline ansi_black on ansi_yellow",
        "number": "$quiet",
        "edge": "$accent",
        "more": "$quiet",
    }
    DEFAULT_CSS = """
    NoteView { overflow: hidden; background: $background; }
    """

    class Dragged(Message):
        """Sent while the user drags the mouse over the text.

        `segment` is the passage between the start of the drag and the mouse. `done` is True when the button is
        released.
        """

        def __init__(self, segment: Segment, done: bool) -> None:
            super().__init__()
            self.segment = segment
            self.done = done

    class Clicked(Message):
        """Sent when the user clicks the text at an offset. `times` is 2 for a double click, 3 for a triple click."""

        def __init__(self, offset: int, times: int) -> None:
            super().__init__()
            self.offset = offset
            self.times = times

    class CodingClicked(Message):
        """Sent when the user clicks the stripe of a coding in the margin. `number` is the id of the coding."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, style_of: Callable[[Coding], NoteStyle], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.selection: Segment | None = None
        self.active: int | None = None
        self._text = ""
        self._spans: CodingSpans[Coding] = CodingSpans()
        self._layout = _NOTHING
        self._frame = Frame.of(80, 0)
        self._painter = Painter(self, style_of)
        self._strips: LRUCache[object, Strip] = LRUCache(512)
        self._window: tuple[object, dict[int, tuple[Stripe, ...]]] = (None, {})
        self._lines: LineNumbers | None = None
        self._match: re.Pattern[str] | None = None
        self._anchor: int | None = None
        self._height = 0  # the number of visible rows before a change of size, because `size` is the new size then
        self.layout_changed: Callable[[], None] = lambda: None
        """A function that is called after the rows have changed."""

    # Contents

    def show(
        self, text: str, spans: CodingSpans[Coding], selection: Segment | None, *, active: int | None = None
    ) -> None:
        """Show another text with the codings in `spans`, and scroll to the selection.

        `active` is the id of the active coding (the coding on which commands act).
        """
        self._text, self._spans = inert(text), spans
        self.selection, self.active, self._match = selection, active, None
        self._number_lines(self.numbered)
        self._lay_out(0 if selection is None else selection.start)
        self.reveal(centre=True)

    def update_codings(self, *, active: int | None = None) -> None:
        """Repaint the rows that look different after a change of the codings or of the active coding.

        `active` is the id of the active coding.
        """
        before, active_before = self._window[1], self.active
        self.active = active
        if self._fit_margin():
            return
        after = self._stripes()
        changed = {row for row in before.keys() | after.keys() if before.get(row) != after.get(row)}
        if active != active_before:
            for rows in (before, after):
                changed |= {
                    row for row, on_row in rows.items() if any(s.coding.id in {active, active_before} for s in on_row)
                }
        self._refresh_rows(changed)

    def replace_spans(self, spans: CodingSpans[Coding], *, active: int | None = None) -> None:
        """Show other codings in the same text. `active` is the id of the active coding."""
        self._spans = spans
        self.active = active
        self._window = (None, {})
        self._strips.clear()
        self._fit_margin()
        self.refresh()

    def _fit_margin(self) -> bool:
        """Break the text into rows again if the margin must appear or disappear. Return whether this was necessary.

        Only a text with codings has a margin.
        """
        if self.size.width <= 0 or bool(self._spans) == (self._frame.lanes > 0):
            return False
        offset = self._offset_on_top()
        self._lay_out(offset)
        top = self._top_showing(self.selection, self._layout.row_of(offset))
        self.scroll_to(y=top, animate=False, immediate=True)
        return True

    def restyle(self) -> None:
        """Repaint the whole note after a change of the theme, or of the colours or short names of codes."""
        self._painter.forget()
        self._strips.clear()
        self.refresh()

    def select(self, segment: Segment | None, *, reveal: bool = True) -> None:
        """Select a segment. Scroll to the segment unless `reveal` is False."""
        before, self.selection = self.selection, segment
        if before != segment:
            touched = self._rows_of(before) | self._rows_of(segment)
            self._refresh_rows({row for row in touched if self._looks_different(row, before, segment)})
        if reveal:
            self.reveal()

    def search(self, pattern: re.Pattern[str] | None) -> None:
        """Highlight all matches of a pattern in the text. None removes the highlights."""
        if pattern != self._match:
            self._match = pattern
            self._strips.clear()
            self.refresh()

    @property
    def numbered(self) -> bool:
        return self._lines is not None

    def number_lines(self, on: bool) -> None:
        offset = self._offset_on_top()
        self._number_lines(on)
        self._lay_out(offset)
        self.reveal()

    def _number_lines(self, on: bool) -> None:
        self._lines = None
        if on:
            from sibtui.tui.note.line_numbers import LineNumbers

            self._lines = LineNumbers(self._text)

    def dim_marks(self, on: bool) -> None:
        """If `on` is True, dim the characters of Markdown that mark headings, lists and emphasis.

        Otherwise draw them like other text.
        """
        self._painter.dims_marks = on
        self.restyle()

    # Rows and offsets

    @property
    def page(self) -> int:
        return max(1, self.size.height)

    def offset_by_page(self, offset: int, pages: int) -> int:
        """Return the offset that is `pages` screen pages below `offset`, or above it if `pages` is negative."""
        self._ensure_rows(offset)
        row = self._layout.row_of(offset) + pages * max(1, self.page - 2)
        return self._layout.offset_near(min(max(row, 0), len(self._layout) - 1))

    def reveal(self, *, centre: bool = False) -> None:
        """Scroll until the selection is visible, with a few rows above it.

        If the selection is visible already, scroll only if `centre` is True.
        """
        if self.selection is not None:
            self._ensure_rows(self.selection.start)
        top = self.scroll_offset.y
        goal = self._top_showing(self.selection, -1 if centre else top)
        if goal != top:
            self.scroll_to(y=goal, animate=False, immediate=True)

    def _top_showing(self, segment: Segment | None, top: int) -> int:
        """Return the row to show at the top of the view, so that a segment is visible.

        `top` is the row that is at the top now. It is returned if the segment is visible already. Pass -1 to choose
        the row without regard to the present view.
        """
        if segment is None:
            return max(0, top)
        first, last = self._layout.row_of(segment.start), self._layout.row_of(segment.end - 1)
        page = self.page
        if 0 <= top <= first < top + page and (last < top + page - 1 or last - first >= page):
            return top
        above = min(_ABOVE, max(0, page - (last - first) - 2)) if page > 6 else 0
        return min(max(0, first - above), max(0, len(self._layout) - page))

    def _lay_out(self, around: int) -> None:
        """Break the text around an offset into rows of the current width, and repaint the note.

        If the rows exist already, only repaint the note.
        """
        width = self.size.width
        if width <= 0:
            return
        numbers = 0 if self._lines is None else self._lines.digits + 1
        self._frame = Frame.of(width, numbers, coded=bool(self._spans))
        if self._is_fresh or self._frame.text != self._layout.width or not self._is_laid_out(around):
            part = lines_around(self._text, around, max(_REACH, 2 * self._near))
            self._layout = NoteLayout(self._text, self._frame.text, part)
        self._strips.clear()
        self._window = (None, {})
        self.fit(len(self._layout))
        self.layout_changed()
        self.refresh()

    @property
    def _is_fresh(self) -> bool:
        """Whether the text has been replaced, and the new text is not broken into rows yet."""
        return self._layout.text is not self._text

    @property
    def _near(self) -> int:
        """The number of code points on each side of an offset that are enough to draw a page around the offset.

        Text above the page is included, because a stripe may begin there.
        """
        return max(2 * self.page * self.size.width, 4 * REGION)

    def _is_laid_out(self, offset: int) -> bool:
        """Return whether the text around an offset is broken into rows. While the widget has no size, return True."""
        if self.size.width <= 0:
            return True
        (first, last), near = self._layout.part, self._near
        return (first == 0 or offset - near >= first) and (last == len(self._text) or offset + near <= last)

    def _ensure_rows(self, offset: int) -> None:
        """Break the text around an offset into rows if necessary. The same text stays at the top of the view."""
        if not self._is_laid_out(offset):
            top = self._offset_on_top()
            self._lay_out(offset)
            self.scroll_to(y=self._layout.row_of(top), animate=False, immediate=True)

    def _offset_on_top(self) -> int:
        return self._layout.offset_near(min(self.scroll_offset.y, len(self._layout) - 1))

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Before the newly visible text is drawn, break it into rows."""
        super().watch_scroll_y(old, new)
        at_end = new >= self.max_scroll_y
        offset = len(self._text) if at_end else self._offset_on_top()
        if not self._is_laid_out(offset):
            self._lay_out(offset)
            y = self.max_scroll_y if at_end else self._layout.row_of(offset)
            self.scroll_to(y=y, animate=False, immediate=True)

    def change_size(self, change: Callable[[], bool]) -> bool:
        """Change the size of the widget, and break the text into rows that fit the new size.

        `change` sets the size. Return its result: whether the size has changed. The resize event of Textual is not
        used, because the event comes only after the widget was drawn.
        """
        selected, offset = self.selection, self._offset_on_top()
        if selected is None:
            visible = None
        elif self._is_fresh:
            visible, offset = selected, selected.start
        else:
            bottom = self.scroll_offset.y + max(self._height, self.size.height)
            visible = selected if selected.start >= offset and self._layout.row_of(selected.start) < bottom else None
        self._height = self.size.height
        changed = change()
        if changed and self.size.width > 0:
            self._lay_out(offset)
            top = self._top_showing(visible, self._layout.row_of(offset))
            self.scroll_to(y=top, animate=False, immediate=True)
        return changed

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.restyle()

    # Painting

    def render_line(self, y: int) -> Strip:
        return self.draw(range(y, y + 1))[0]

    def draw(self, rows: range) -> list[Strip]:
        width, top = self.size.width, self.scroll_offset.y
        stripes, active = self._stripes(), self._spans.get(self.active)
        return [self._row(top + y, width, stripes, active) for y in rows]

    def _row(self, row: int, width: int, stripes: Mapping[int, tuple[Stripe, ...]], active: Coding | None) -> Strip:
        if row >= len(self._layout) or not self._text:
            return self._painter.blank(width)
        start, end = self._layout.row(row)
        selected = part_of_row(self.selection, start, end)
        if active is not None and (active.segment.start >= end or active.segment.end <= start):
            active = None
        key = (row, selected, active and active.id, self._spans.version)
        strip = self._strips.get(key)
        if strip is None:
            state = RowState(row, start, end, selected, active)
            on_row = stripes.get(row, ())
            number = None if self._lines is None else self._lines.at(start)
            strip = self._painter.row(self._layout, self._frame, state, on_row, self._match, number)
            self._strips[key] = strip
        return strip

    def _stripes(self) -> dict[int, tuple[Stripe, ...]]:
        """Return a map: visible row → the stripes beside this row. Rows without a stripe are left out."""
        top = self.scroll_offset.y
        bottom = min(len(self._layout), top + self.size.height)
        key = (top, bottom, self._spans.version)
        if self._window[0] != key:
            self._window = (key, stripes_by_row(self._spans, self._layout, range(top, bottom)) if self._text else {})
        return self._window[1]

    def _rows_of(self, segment: Segment | None) -> set[int]:
        """Return the visible rows that a segment covers, whole or in part."""
        if segment is None or not self._text:
            return set()
        top = self.scroll_offset.y
        first = max(top, self._layout.row_of(segment.start))
        last = min(top + self.size.height - 1, self._layout.row_of(segment.end - 1))
        return set(range(first, last + 1))

    def _looks_different(self, row: int, before: Segment | None, after: Segment | None) -> bool:
        start, end = self._layout.row(row)
        return part_of_row(before, start, end) != part_of_row(after, start, end)

    def _refresh_rows(self, rows: set[int]) -> None:
        top = self.scroll_offset.y
        if rows:
            self.refresh(*(Region(0, row - top, self.size.width, 1) for row in sorted(rows)))

    # The mouse

    def _hit(self, event: events.MouseEvent) -> tuple[int, int]:
        """Return (row, column) of the note under the mouse. Row 0 is the first row of the note."""
        at = event.get_content_offset_capture(self)
        return self.scroll_offset.y + at.y, at.x

    def _offset_at(self, row: int, column: int) -> int:
        row = min(max(row, 0), len(self._layout) - 1)
        return self._layout.offset_at(row, column - self._frame.left)

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        hit = self._hit(event)
        if event.button == 1 and self._text and hit[1] >= self._frame.left:
            self._anchor = self._offset_at(*hit)
            self.capture_mouse()

    async def _on_mouse_move(self, event: events.MouseMove) -> None:
        hit = self._hit(event)
        if self._anchor is None:
            return
        at = event.get_content_offset_capture(self).y
        if at < 0 or at >= self.page:
            self.scroll_to(y=self.scroll_offset.y + (1 if at > 0 else -1), animate=False, immediate=True)
        segment = self._dragged_to(self._offset_at(*hit))
        if segment is not None:
            self.post_message(self.Dragged(segment, done=False))

    async def _on_mouse_up(self, event: events.MouseUp) -> None:
        if self._anchor is None:
            return
        self.release_mouse()
        segment = self._dragged_to(self._offset_at(*self._hit(event)))
        self._anchor = None
        if segment is not None:
            self.post_message(self.Dragged(segment, done=True))

    def _dragged_to(self, offset: int) -> Segment | None:
        """Return the segment between the offset at which the mouse button was pressed and `offset`.

        None if both offsets are the same, or if no button was pressed.
        """
        if self._anchor is None or offset == self._anchor:
            return None
        start, end = min(offset, self._anchor), max(offset, self._anchor)
        return Segment(start, min(end, len(self._text)))

    async def _on_click(self, event: events.Click) -> None:
        hit = self._hit(event)
        if not self._text or hit[0] >= len(self._layout):
            return
        lane = self._frame.lane_at(hit[1])
        if hit[1] >= self._frame.left:
            self.post_message(self.Clicked(self._offset_at(*hit), event.chain))
            return
        for stripe in self._stripes().get(hit[0], ()):
            if stripe.lane == lane:
                self.post_message(self.CodingClicked(stripe.coding.id))
