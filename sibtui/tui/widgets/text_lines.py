"""Lines of styled text: headings, the status bar and details.

One widget draws all its lines, which is faster than one widget per line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment as Piece
from rich.style import Style
from textual.geometry import Region

from sibtui.model.text import inert
from sibtui.model.text_width import fitted, width_of
from sibtui.tui.textual_overrides.line_view import LineView, cut_pieces, row_strip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual.events import MouseEvent
    from textual.strip import Strip

Bit = tuple[str, str]
"""A text and its style. A style is text, quiet, strong, key or warning, or a colour as #RRGGBB."""
Line = list[Bit]

_LONGEST_WORD = 20
"""If a text must be cut inside a word of at most this length, the whole word is left out. A longer word is cut."""
_BAR, _LEAST = 2, 10
"""The width of a scroll bar and of the gap before it, and the least width at which a text is wrapped, in cells."""
_WORD = re.compile(r"\S+")
_SLASH = re.compile(r"(?<=[/\\])")
"""The pattern of the places at which a path may be broken: after each slash or backslash."""


class TextLines(LineView, can_focus=False, inherit_bindings=False):
    """A widget that shows lines of styled text. Unchanged lines are not drawn again."""

    STYLES: ClassVar[Mapping[str, str]] = {
        "text": "$foreground",
        "quiet": "$quiet",
        "strong": "bold $foreground",
        "key": "bold $accent",
        "warning": "bold $warning",
    }
    DEFAULT_CSS = """
    TextLines { overflow: hidden; background: $background;
        scrollbar-background: $background; scrollbar-background-hover: $background; scrollbar-background-active: $background;
        scrollbar-color: $rule; scrollbar-color-hover: $quiet; scrollbar-color-active: $quiet;
    }
    """

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        inset: int = 0,
        names_keys: bool = False,
    ) -> None:
        """Make the widget. `inset` is the number of empty cells at each side of a line.

        An inset is faster than padding, because Textual copies each row of a widget with padding. If `names_keys` is
        True, a click on a text in the style “key” presses the key with this label.
        """
        super().__init__(id=id, classes=classes)
        self._inset = inset
        self.names_keys = names_keys
        self._lines: Sequence[Line] = ()
        self._strips: dict[int, Strip] = {}
        self._about: object = None
        self._kept = 0, 0
        """(the first visible line, number of characters above it) after the last call of `set_rewrapped`.

        With it, the first visible line does not move further up with each change of the size.
        """

    @property
    def room(self) -> int:
        """The width in cells that a line can have."""
        return self.size.width - 2 * self._inset

    @property
    def text(self) -> str:
        """The text of all lines, without styles."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def set_lines(self, lines: Sequence[Line]) -> None:
        before, self._lines = self._lines, lines
        self._fit()
        top, least = self.scroll_offset.y, min(len(before), len(lines))
        changed = [at for at in range(least) if before[at] != lines[at]]
        changed += range(least, max(len(before), len(lines)))
        for at in changed:
            self._strips.pop(at, None)
        if changed:
            self.refresh(*(Region(0, at - top, self.size.width, 1) for at in changed))

    def set_wrapped(self, lines_of: Callable[[int], Sequence[Line]], about: object) -> None:
        """Show the lines that `lines_of` returns for a width in cells.

        `about` identifies the item that the lines describe. For another item than before, scroll to the first line.
        For the same item, the first visible words stay at the top.

        If the lines need a scroll bar, `lines_of` is called again with a smaller width. After each change of the widget's
        size, the caller must call this method.
        """
        lines = lines_of(max(_LEAST, self.room))
        if len(lines) > self.size.height > 0:
            lines = lines_of(max(_LEAST, self.room - _BAR))
        if about == self._about:
            self.set_rewrapped(lines)
        else:
            self._about, self._kept = about, (0, 0)
            self.scroll_to(y=0, animate=False, immediate=True)
            self.set_lines(lines)

    def set_rewrapped(self, lines: Sequence[Line]) -> None:
        """Show nearly the same text in other lines. The first visible words stay at the top."""
        top, before = self.scroll_offset.y, self._lines
        kept_top, above = self._kept
        if top != kept_top:  # the user has scrolled
            above = sum(map(_characters_in, before[:top]))
        self.set_lines(lines)
        if len(lines) != len(before):
            top = _line_with(lines, above)
        self.scroll_to(y=top, animate=False, immediate=True)
        self._kept = self.scroll_offset.y, above

    def _fit(self) -> None:
        """Adapt the height of the scrolled content to the lines. If this height has changed, scroll to the top."""
        before = self.virtual_size
        self.fit(max(self.size.height, len(self._lines)))
        if self.virtual_size != before:
            self.scroll_to(y=0, animate=False, immediate=True)

    def line_at(self, event: MouseEvent) -> tuple[Line, int]:
        """Return (line under the mouse, column of the mouse in this line). The line is empty below the last line."""
        at = event.get_content_offset_capture(self)
        row = at.y + self.scroll_offset.y
        return (self._lines[row] if 0 <= row < len(self._lines) else []), at.x - self._inset

    def reveal(self, first: int, last: int) -> None:
        """Scroll until the lines from `first` to `last` are visible."""
        top, page = self.scroll_offset.y, self.size.height
        if first < top or last >= top + page:
            self.scroll_to(y=first if first < top else min(first, last - page + 1), animate=False, immediate=True)

    def scroll_rows(self, rows: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False)

    @property
    def has_more(self) -> bool:
        """Whether there are lines below the visible ones."""
        return self.scroll_offset.y + self.size.height < len(self._lines)

    def page(self, step: int) -> None:
        """Scroll down by `step` pages, or up if `step` is negative. One line of the previous page stays visible."""
        rows = max(1, self.size.height - 1)
        self.scroll_to(y=self.scroll_offset.y + step * rows, animate=False, immediate=True)

    def on_resize(self) -> None:
        """Adapt the widget to its new size. The first visible line stays at the top if enough lines are below it."""
        self.fit(max(self.size.height, len(self._lines)))
        self.scroll_to(y=min(self.scroll_offset.y, self.max_scroll_y), animate=False, immediate=True)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        return self.draw(range(y, y + 1))[0]

    def draw(self, rows: range) -> list[Strip]:
        width, top = self.size.width, self.scroll_offset.y
        return [self._strip(top + y, width) for y in rows]

    def _strip(self, at: int, width: int) -> Strip:
        strip = self._strips.get(at)
        if strip is None or strip.cell_length != width:
            line = self._lines[at] if at < len(self._lines) else []
            pieces = [Piece(drawn(text), self.style_of(name)) for text, name in line if text]
            if self._inset:
                pieces.insert(0, Piece(" " * self._inset, self.style_of("base")))
            strip = row_strip(_shortened(pieces, width - self._inset), width, self.style_of("base"))
            self._strips[at] = strip
        return strip


def _characters_in(line: Line) -> int:
    """Return the number of characters of a line, without spaces."""
    return sum(len(word) for text, _ in line for word in text.split())


def _line_with(lines: Sequence[Line], at: int) -> int:
    """Return the index of the line with a character. `at` is the number of characters before it, without spaces."""
    if not at:
        return 0
    for index, line in enumerate(lines):
        at -= _characters_in(line)
        if at < 0:
            return index
    return len(lines)


def _shortened(pieces: Sequence[Piece], cells: int) -> Sequence[Piece]:
    """Return the pieces of a line, cut to `cells` cells. A line that was cut ends with “…”.

    A line that is too long only because of spaces at its end is not cut.
    """
    text = "".join(piece.text for piece in pieces).rstrip()
    if cells < 1 or width_of(text) <= cells:
        return pieces
    kept = cut_pieces(pieces, cells - 1)
    return [*kept, Piece("…", kept[-1].style if kept else Style())]


def drawn(text: str) -> str:
    """Return the text as one line. Control characters are replaced by visible symbols."""
    return inert(text).replace("\n", " ").replace("\t", " ")


def cut(text: str, cells: int) -> str:
    """Return the text as one line of at most `cells` cells. A text that was cut ends with “…”."""
    text = drawn(text)
    return text if width_of(text) <= cells else fitted(text, max(0, cells - 1)).rstrip() + "…"


def cut_after_word(text: str, cells: int) -> str:
    """Return the text, cut to at most `cells` cells. A text that was cut ends with “…”.

    The cut is after a whole word. Only a very long word, or a first word that does not fit, is cut in the middle.
    """
    shown = cut(text, cells)
    if not shown.endswith("…") or shown == drawn(text):
        return shown
    end = len(shown) - 1
    if drawn(text)[end : end + 1].isspace():
        return shown
    words = shown[:end].rpartition(" ")[0].rstrip()
    return f"{words}…" if end - len(words) <= _LONGEST_WORD and words else shown


def cells_of(bits: Iterable[Bit]) -> int:
    return sum(width_of(drawn(text)) for text, _ in bits)


def wrapped(text: str, cells: int) -> list[str]:
    """Return the text in rows of at most `cells` cells. A file path longer than a row is broken after a slash."""
    from sibtui.tui.note.layout import NoteLayout

    layout = NoteLayout(_with_broken_paths(inert(text), cells), cells)
    return [layout.text[slice(*layout.row(at))].rstrip() for at in range(len(layout))]


def row_of(message: str, at: int, cells: int) -> str:
    """Break a message into rows of `cells` cells. Return the row with the index `at`; empty if there is no such row."""
    rows = wrapped(message, cells) if message and cells > 0 else []
    return rows[at] if at < len(rows) else ""


def _with_broken_paths(text: str, cells: int) -> str:
    """Return the text with line breaks in file paths that are longer than a row.

    A path is broken after the last slash that fits. `cells` is the width of a row.
    """
    return _WORD.sub(lambda word: _broken_after_slashes(word[0], cells), text)


def _broken_after_slashes(word: str, cells: int) -> str:
    if not _SLASH.search(word) or width_of(word) <= cells:
        return word
    rows = [""]
    for part in _SLASH.split(word):
        if rows[-1] and width_of(rows[-1] + part) > cells:
            rows.append("")
        rows[-1] += part
    return "\n".join(rows)
