"""The base class of scrolling widgets that draw their own rows. Scrolling does not lay out the screen again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment as Piece
from rich.style import Style
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.widget import Widget

from sibtui.model.text_width import fitted, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def row_strip(pieces: Sequence[Piece], width: int, style: Style) -> Strip:
    """Return pieces of text as a strip (Textual's value for a drawn row) of exactly `width` cells.

    A longer row is cut. A shorter row is filled with spaces in `style`. The methods of Rich and Textual are not
    used, because they do not count the cells of the vowel signs of Indic scripts.
    """
    free = width - sum(width_of(piece.text) for piece in pieces)
    kept = cut_pieces(pieces, width) if free < 0 else [*pieces, Piece(" " * free, style)] if free else pieces
    return Strip(kept, width)


def cut_pieces(pieces: Iterable[Piece], cells: int) -> list[Piece]:
    """Return the first pieces of a row, cut to `cells` cells.

    If only half of a wide character fits, a space replaces the character.
    """
    kept: list[Piece] = []
    for piece in pieces:
        size = width_of(piece.text)
        kept.append(piece if size <= cells else Piece(fitted(piece.text, cells), piece.style))
        cells -= size
        if cells <= 0:
            break
    return kept


class StyledView(ScrollView, can_focus=False, inherit_bindings=False):
    """A scrolling widget whose parts have named styles. A style is made when it is used for the first time.

    The component classes of Textual are not used. Textual computes all of them for each widget, which takes a
    twentieth of the time until the first screen appears.
    """

    ALLOW_SELECT = False
    STYLES: ClassVar[Mapping[str, str]] = {}
    """A dict: name → style, such as "bold $accent on $panel". A word with a dollar sign is a colour of the theme.

    A name that ends in “:ansi” has the style for themes with the colours of the terminal. If it ends in
    “:ansi:nocolor”, it has the style for these themes when NO_COLOR is set.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._styles: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def style_of(self, name: str) -> Style:
        """Return the style with this name, such as “quiet”.

        “base” is the style of the widget itself. If the name is a colour as #RRGGBB, the style is bold text in this
        colour.
        """
        style = self._styles.get(name)
        if style is None:
            if name == "base":
                style = self.rich_style
            elif name.startswith("#"):
                style = self.rich_style + Style(color=name, bold=True)
            else:
                style = (self.visual_style + self._part(name)).rich_style
            self._styles[name] = style
        return style

    def added_style(self, name: str) -> Style:
        """Return the style with this name, without the widget's own style. It can be added to another style."""
        return self._part(name).rich_style

    def _part(self, name: str) -> VisualStyle:
        names = [name]
        if self.app.native_ansi_color:
            names = [*[f"{name}:ansi:nocolor"] * self.app.no_color, f"{name}:ansi", name]
        return VisualStyle.parse(next(self.STYLES[each] for each in names if each in self.STYLES))


class LineView(StyledView, can_focus=False, inherit_bindings=False):
    def fit(self, rows: int) -> None:
        """Set the number of rows to scroll through. Textual's own setter would lay out the whole screen again."""
        size = Size(self.size.width, rows)
        if size == self.virtual_size:
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.styles.overflow_y == "auto":
            self.show_vertical_scrollbar = rows > self.size.height
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = rows

    @property
    def allow_vertical_scroll(self) -> bool:
        """Always True, so that the widget scrolls without a scroll bar.

        Textual would scroll it only with a scroll bar, and a bar takes time to lay out.
        """
        return True

    def draw(self, rows: range) -> list[Strip]:
        """Return rows of the widget as strips (Textual's values for drawn rows). Row 0 is at the top of the view."""
        return [self.render_line(y) for y in rows]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the rows in the region `crop` as strips (Textual's values for drawn rows).

        For speed, the text rows come directly from `draw`, with their cached escape sequences. Textual's own method
        would drop these sequences. It draws only the borders and the padding above and below the text, but all rows
        if there is a border at the left or right.
        """
        top, right, bottom, left = self.styles.gutter
        first, last = max(crop.y, top), min(crop.bottom, self.outer_size.height - bottom)
        border = self.styles.border.spacing
        if border.left or border.right or first >= last:
            return super().render_lines(crop)
        strips = self.draw(range(first - top, last - top))
        if left or right:
            before, after = (Strip.blank(cells, self.style_of("base")) for cells in (left, right))
            strips = [Strip.join((before, strip, after)) for strip in strips]
        strips = self._visible_part(strips, crop)
        above = Region(crop.x, crop.y, crop.width, first - crop.y)
        below = Region(crop.x, last, crop.width, crop.bottom - last)
        return [
            *(super().render_lines(above) if above.height else ()),
            *strips,
            *(super().render_lines(below) if below.height else ()),
        ]

    def _visible_part(self, strips: list[Strip], crop: Region) -> list[Strip]:
        """Return the strips with Textual's filters applied, and without the columns outside `crop`."""
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            if isinstance(line_filter, ANSIToTruecolor):
                continue  # the theme has only true colours, so that no colour must be translated
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span == (0, self.outer_size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]
