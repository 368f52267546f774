"""Painting one row of the note: what it needs is given to it, and the same is given the same strip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment as Piece
from rich.style import Style
from textual.strip import Strip

from sibtui.tui.note.frame import LANE
from sibtui.tui.note.glyphs import COMPLEX, placed
from sibtui.tui.note.margin import sign_of, stripe_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.widget import Widget

    from sibtui.model.records import Coding
    from sibtui.model.segments import Segment
    from sibtui.tui.note.frame import Frame
    from sibtui.tui.note.layout import Layout
    from sibtui.tui.note.margin import Stripe

_MATCH_REACH = 200
"""A match that begins this far before a row still shows on it."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a coding is shown: its code's tag, and its colour as #RRGGBB (None in plain colours)."""

    tag: str
    colour: str | None


@dataclass(frozen=True, slots=True)
class RowState:
    """A row, its offsets, the part of it that is selected, and the coding that is meant."""

    row: int
    start: int
    end: int
    selected: tuple[int, int] | None
    active: tuple[int, Segment] | None


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a stretch of text is drawn."""

    selected: bool
    active: bool
    match: bool
    coded: bool
    heading: bool


class Painter:
    """Makes strips. Keeps the styles that it has put together until `forget` is called."""

    def __init__(self, widget: Widget, look: Callable[[Coding], Look]) -> None:
        self._widget = widget
        self._look = look
        self._text_styles: dict[_Kind, Style] = {}
        self._margin_styles: dict[tuple[str | None, bool, bool], Style] = {}
        self._components: dict[str, Style] = {}

    def forget(self) -> None:
        self._text_styles.clear()
        self._margin_styles.clear()
        self._components.clear()

    def row(
        self,
        layout: Layout,
        frame: Frame,
        state: RowState,
        stripes: Sequence[Stripe],
        match: re.Pattern[str] | None,
        number: int | None,
    ) -> Strip:
        """The strip of one row, as wide as the frame."""
        pieces = [*self._margin(frame, state, stripes, number)]
        indent = layout.indent(state.row)
        if indent:
            pieces.append(Piece(" " * indent, self._base))
        pieces += self._text(layout.text, state, stripes, match)
        return Strip(pieces).adjust_cell_length(frame.width, self._base)

    @property
    def _base(self) -> Style:
        style = self._components.get("")
        if style is None:
            style = self._components[""] = self._widget.rich_style
        return style

    def _component(self, name: str) -> Style:
        style = self._components.get(name)
        if style is None:
            style = self._components[name] = self._widget.get_component_rich_style(f"note--{name}")
        return style

    def blank(self, width: int) -> Strip:
        """A row behind the end of the text."""
        return Strip.blank(width, self._base)

    # The margin

    def _margin(self, frame: Frame, state: RowState, stripes: Sequence[Stripe], number: int | None) -> Iterator[Piece]:
        yield Piece("▌" if state.selected is not None else " ", self._component("edge"))
        if frame.numbers:
            told = "" if number is None else str(number)
            yield Piece(told.rjust(frame.numbers - 1) + " ", self._component("number"))
        in_lane = {stripe.lane: stripe for stripe in stripes}
        active = state.active[0] if state.active else None
        for lane in range(frame.lanes):
            stripe = in_lane.get(lane)
            if stripe is None:
                yield Piece(" " * LANE, self._base)
                continue
            look = self._look(stripe.coding)
            first = stripe.first == state.row
            style = self._margin_style(look.colour, stripe.coding.id == active, first)
            sign = sign_of(stripe.coding)
            yield Piece(look.tag if first else stripe_of(stripe.coding) + " ", style)
            yield Piece(sign if first else " ", self._margin_style(look.colour, False, first))
        hidden = any(stripe.lane >= frame.lanes for stripe in stripes)
        yield Piece("+" if hidden else " ", self._component("more"))

    def _margin_style(self, colour: str | None, active: bool, first: bool) -> Style:
        key = (colour, active, first)
        style = self._margin_styles.get(key)
        if style is None:
            style = self._base + Style(color=colour, bold=first or active, reverse=active or None)
            self._margin_styles[key] = style
        return style

    # The text

    def _text(
        self, text: str, state: RowState, stripes: Sequence[Stripe], match: re.Pattern[str] | None
    ) -> Iterator[Piece]:
        start, end = state.start, state.end
        while end > start + 1 and text[end - 1] == " ":
            end -= 1  # the blank at which a row was broken is not drawn: it would be underlined into the margin
        spans = {
            "selected": [state.selected] if state.selected else [],
            "active": [(state.active[1].start, state.active[1].end)] if state.active else [],
            "coded": [(stripe.coding.segment.start, stripe.coding.segment.end) for stripe in stripes],
            "match": list(_matches(text, start, end, match)),
        }
        heading = _is_heading(text, start)
        cuts = {start, end}
        for ranges in spans.values():
            cuts.update(cut for place in ranges for cut in place if start < cut < end)
        ordered = sorted(cuts)
        kinds = [
            _Kind(**{name: _covers(ranges, at) for name, ranges in spans.items()}, heading=heading)
            for at in ordered[:-1]
        ]
        if COMPLEX.search(text, start, end) is None:
            for kind, first, last in zip(kinds, ordered, ordered[1:], strict=False):
                yield Piece(text[first:last], self._style(kind))
        else:
            yield from self._glyphs(text, start, end, ordered, kinds)
        if state.selected is not None and start == end:
            yield Piece(" ", self._style(_Kind(True, False, False, False, False)))

    def _glyphs(self, text: str, start: int, end: int, cuts: Sequence[int], kinds: Sequence[_Kind]) -> Iterator[Piece]:
        """As pieces, what is drawn as one kept together: it looks as its first code point does."""
        at = 0
        drawn: list[str] = []
        for first, last, _, cells in placed(text, start, end):
            while first >= cuts[at + 1]:
                if drawn:
                    yield Piece("".join(drawn), self._style(kinds[at]))
                    drawn = []
                at += 1
            drawn.append(" " * cells if text[first] == "\t" else text[first:last])
        if drawn:
            yield Piece("".join(drawn), self._style(kinds[at]))

    def _style(self, kind: _Kind) -> Style:
        style = self._text_styles.get(kind)
        if style is None:
            style = self._component("heading" if kind.heading else "text")
            for name in ("active", "match"):
                if getattr(kind, name):
                    style += self._partial(name)
            if kind.selected:
                style += self._partial("selection")
            if kind.coded:
                style += Style(underline=True)
            self._text_styles[kind] = style
        return style

    def _partial(self, name: str) -> Style:
        return self._widget.get_component_rich_style(f"note--{name}", partial=True)


def _covers(ranges: Iterable[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in ranges)


def _matches(text: str, start: int, end: int, match: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    if match is None:
        return
    for found in match.finditer(text, max(0, start - _MATCH_REACH), min(len(text), end + _MATCH_REACH)):
        if found.start() < end and found.end() > start:
            yield found.span()


def _is_heading(text: str, start: int) -> bool:
    """Whether a row belongs to a Markdown heading."""
    line = text.rfind("\n", max(0, start - 300), start) + 1
    return text.startswith("#", line if line or start < 300 else start)
