"""Painting one row of the note as a strip, which is Textual's value for a drawn row.

The result depends only on the arguments, so that strips can be cached.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment as Piece
from rich.style import Style
from textual.strip import Strip

from sibtui.model.text_width import place_glyphs
from sibtui.tui.note.frame import LANE
from sibtui.tui.note.layout import COMPLEX
from sibtui.tui.note.margin import MEMO, memo_row, qualifier_mark, stripe_of
from sibtui.tui.textual_overrides.line_view import row_strip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sibtui.model.records import Coding
    from sibtui.model.segments import Segment
    from sibtui.tui.note.frame import Frame
    from sibtui.tui.note.layout import NoteLayout
    from sibtui.tui.note.margin import Stripe
    from sibtui.tui.textual_overrides.line_view import StyledView

_lane = attrgetter("lane")
_MATCH_REACH = 200
"""A match that begins at most this many code points before a row is still highlighted on the row."""


class NoteStyle(NamedTuple):
    """How the code of a coding appears in the margin: its tag (a short name), and its colour as #RRGGBB.

    `colour` is None if the theme uses the colours of the terminal.
    """

    tag: str
    colour: str | None


class RowState(NamedTuple):
    """The facts that change the look of a row: its number, its offsets, its selected part, and the active coding.

    `selected` is (start, end). `active` is None if the active coding (the coding on which commands act) is not on
    the row.
    """

    row: int
    start: int
    end: int
    selected: tuple[int, int] | None
    active: Coding | None


_MARKS = re.compile(r"^#{1,6}(?=\s)|^[ \t]*[*+-](?=\s)|^>|\*{1,3}(?=\S)|(?<=\S)\*{1,3}", re.MULTILINE)
"""The characters that mark headings, list items, quotations and emphasis in Markdown."""

_Kind = tuple[bool, bool, bool, bool, bool, bool]
"""Six flags of a part of a row: selected, in the active coding, in a match, coded, in a heading, a dimmed mark."""
_SELECTED: _Kind = (True, False, False, False, False, False)
_Run = tuple[int, int, Style]


class Painter:
    """Draws the rows of a note as strips. Styles are cached until `forget` is called."""

    def __init__(self, widget: StyledView, style_of: Callable[[Coding], NoteStyle]) -> None:
        self._widget = widget
        self._style_of = style_of
        self.dims_marks = False
        """Whether the marks of Markdown are drawn dimmed."""
        self._text_styles: dict[_Kind, Style] = {}
        self._margin_styles: dict[tuple[str | None, bool, bool], Style] = {}

    def forget(self) -> None:
        self._text_styles.clear()
        self._margin_styles.clear()

    def row(
        self,
        layout: NoteLayout,
        frame: Frame,
        state: RowState,
        stripes: Sequence[Stripe],
        match: re.Pattern[str] | None,
        number: int | None,
    ) -> Strip:
        """Return one row as a strip, as wide as the frame. `stripes` are the lines in the margin beside this row.

        `match` is the pattern whose matches are highlighted, or None. `number` is the line number to draw, or None.
        """
        pieces = [*self._margin(frame, state, stripes, number)]
        indent = layout.indent(state.row)
        if indent:
            pieces.append(Piece(" " * indent, self._base))
        is_complex = COMPLEX.search(layout.text, state.start, state.end) is not None
        text = [*self._text(layout.text, state, stripes, match, is_complex=is_complex)]
        pieces += text
        if is_complex:
            return row_strip(pieces, frame.width, self._base)
        free = (
            frame.width - frame.left - indent - sum(len(piece.text) for piece in text)
        )  # for a plain row, the number of code points is the width; measuring costs as much as drawing
        if free > 0:
            pieces.append(Piece(" " * free, self._base))
        return Strip(pieces, frame.width) if free >= 0 else row_strip(pieces, frame.width, self._base)

    @property
    def _base(self) -> Style:
        return self._widget.style_of("base")

    def blank(self, width: int) -> Strip:
        return Strip.blank(width, self._base)

    # The margin

    def _margin(self, frame: Frame, state: RowState, stripes: Sequence[Stripe], number: int | None) -> Iterator[Piece]:
        if state.selected is not None:
            yield Piece("▌", self._widget.style_of("edge"))
        gap = " " if state.selected is None else ""
        if frame.numbers:
            digits = "" if number is None else str(number)
            yield Piece(gap + digits.rjust(frame.numbers - 1) + " ", self._widget.style_of("number"))
            gap = ""
        active = state.active.id if state.active else None
        drawn = 0
        for stripe in sorted(stripes, key=_lane):
            if stripe.lane >= frame.lanes:
                break
            gap += " " * LANE * (stripe.lane - drawn)
            if gap:
                yield Piece(gap, self._base)
            gap, drawn = "", stripe.lane + 1
            yield from self._stripe(stripe, state.row, stripe.coding.id == active)
        gap += " " * LANE * (frame.lanes - drawn)
        hidden = any(stripe.lane >= frame.lanes for stripe in stripes)
        if gap:
            yield Piece(gap, self._base)
        has_memo = any((memo_row(stripe) or 0) > stripe.last for stripe in stripes)
        yield Piece("+" if hidden else MEMO if has_memo else " ", self._widget.style_of("more"))

    def _stripe(self, stripe: Stripe, row: int, active: bool) -> Iterator[Piece]:
        """Yield the pieces of text that draw a stripe on one row. The first row has the tag of the code.

        For the active coding, the colours of the text and the background are swapped.
        """
        style, first = self._style_of(stripe.coding), stripe.first == row
        drawn = style.tag if first else stripe_of(stripe.coding) + " "
        mark = MEMO if memo_row(stripe) == row else qualifier_mark(stripe.coding) if first else " "
        if active:
            yield Piece(drawn, self._margin_style(style.colour, True, first))
            yield Piece(mark, self._margin_style(style.colour, False, first))
        else:
            yield Piece(drawn + mark, self._margin_style(style.colour, False, first))

    def _margin_style(self, colour: str | None, active: bool, first: bool) -> Style:
        key = (colour, active, first)
        style = self._margin_styles.get(key)
        if style is None:
            style = self._base + Style(color=colour, bold=first or active, reverse=active or None)
            self._margin_styles[key] = style
        return style

    # The text

    def _text(
        self,
        text: str,
        state: RowState,
        stripes: Sequence[Stripe],
        match: re.Pattern[str] | None,
        *,
        is_complex: bool,
    ) -> Iterator[Piece]:
        start, end = state.start, state.end
        while end > start + 1 and text[end - 1] == " ":
            end -= 1  # the space at the end of a broken row is not drawn, because its underline would be visible
        runs = self._runs(text, start, end, state, stripes, match)
        if is_complex:
            yield from self._glyphs(text, start, end, runs)
        else:
            for first, last, style in runs:
                yield Piece(text[first:last], style)
        if state.selected is not None and start == end:
            yield Piece(" ", self._style(_SELECTED))

    def _runs(
        self,
        text: str,
        start: int,
        end: int,
        state: RowState,
        stripes: Sequence[Stripe],
        match: re.Pattern[str] | None,
    ) -> list[_Run]:
        """Return the text from offset `start` to `end` of a row as parts that have one style each.

        A part is (start, end, style).
        """
        coded = [(stripe.coding.segment.start, stripe.coding.segment.end) for stripe in stripes]
        selected = [state.selected] if state.selected else []
        active = [(state.active.segment.start, state.active.segment.end)] if state.active else []
        matches = list(_matches(text, start, end, match))
        marks = [mark.span() for mark in _MARKS.finditer(text, start, end)] if self.dims_marks else []
        heading = _is_heading(text, start)
        runs: list[_Run] = []
        for first, last in pairwise(_cuts(start, end, coded, selected, active, matches, marks)):
            kind = (
                _covers(selected, first),
                _covers(active, first),
                _covers(matches, first),
                _covers(coded, first),
                heading,
                bool(marks) and _covers(marks, first),
            )
            style = self._style(kind)
            if runs and runs[-1][2] is style:
                runs[-1] = (runs[-1][0], last, style)
            else:
                runs.append((first, last, style))
        return runs

    def _glyphs(self, text: str, start: int, end: int, runs: Sequence[_Run]) -> Iterator[Piece]:
        """Yield the pieces of a row that has tabs, wide characters or joined characters.

        A grapheme cluster (a character with its combining marks) is never divided, and has the style of its first code
        point.
        """
        at = 0
        drawn: list[str] = []
        for first, last, _, cells in place_glyphs(text, start, end):
            while first >= runs[at][1]:
                if drawn:
                    yield Piece("".join(drawn), runs[at][2])
                    drawn = []
                at += 1
            drawn.append(" " * cells if text[first] == "\t" else text[first:last])
        if drawn:
            yield Piece("".join(drawn), runs[at][2])

    def _style(self, kind: _Kind) -> Style:
        style = self._text_styles.get(kind)
        if style is None:
            selected, active, match, coded, heading, dimmed = kind
            style = self._widget.style_of("number" if dimmed else "heading" if heading else "text")
            for name, on in (("active", active), ("match", match), ("selection", selected)):
                if on:
                    style += self._widget.added_style(name)
            if coded:
                style += Style(underline=True)
            self._text_styles[kind] = style
        return style


def _covers(ranges: Iterable[tuple[int, int]], at: int) -> bool:
    for start, end in ranges:  # noqa: SIM110 - `any` takes twice the time, and this runs for every part of every row
        if start <= at < end:
            return True
    return False


def _matches(text: str, start: int, end: int, match: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    if match is None:
        return
    for hit in match.finditer(text, max(0, start - _MATCH_REACH), min(len(text), end + _MATCH_REACH)):
        if hit.start() < end and hit.end() > start:
            yield hit.span()


def _cuts(start: int, end: int, *ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the offsets at which the style of a row may change, in order.

    They are the start and the end of the row, and the starts and ends of `ranges` that are inside the row.
    """
    inside = {offset for each in ranges for span in each for offset in span if start < offset < end}
    return sorted({start, end} | inside)


def _is_heading(text: str, start: int) -> bool:
    """Return whether the row that begins at `start` belongs to a heading of Markdown."""
    line = text.rfind("\n", max(0, start - 300), start) + 1
    return (line > 0 or start < 300) and text.startswith("#", line)


def part_of_row(segment: Segment | None, start: int, end: int) -> tuple[int, int] | None:
    """Return (start, end): the part of a row that a segment covers. None if the segment covers nothing of the row.

    The row reaches from offset `start` to `end`. An empty row inside the segment counts as covered: the result is
    (start, start).
    """
    if segment is None or segment.end <= start or segment.start > end or (segment.start == end and end > start):
        return None
    return max(segment.start, start), min(segment.end, end)
