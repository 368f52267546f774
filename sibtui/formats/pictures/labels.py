"""Labels of pictures: wrapped at a width, and cut with an ellipsis if they have too many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.pictures.scene import BODY, HEADING, INK, LINE_HEIGHT, QUIET, SMALL, SceneText
from sibtui.model.text import one_line
from sibtui.model.text_width import graphemes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.formats.pictures.scene import Measure

_LONGEST = 400
"""At most this many code points of a label are read. There is never space for so many."""
_ELLIPSIS = "…"


def fit_label(
    text: str, width: float, measure: Measure, *, size: float = BODY, lines: int = 1, bold: bool = False
) -> tuple[str, ...]:
    """Return a label as lines that are at most `width` points wide. `measure` returns the width of a text.

    If the label needs more than `lines` lines, the rest is left out, and the last line ends with an ellipsis. Line
    breaks become spaces, and control characters become visible characters. A word that is too long is broken.
    """
    flat = one_line(text, _LONGEST)
    found: list[str] = []
    for line in _broken(flat.split(), width, lambda part: measure(part, size, bold=bold)):
        if len(found) == lines:
            found[-1] = _with_ellipsis(found[-1], width, lambda part: measure(part, size, bold=bold))
            break
        found.append(line)
    return tuple(found)


def widest(labels: Sequence[str], measure: Measure, *, size: float = BODY, bold: bool = False) -> float:
    """Return the width of the widest label, in points. Each label is measured as one line by calling `measure`."""
    return max((measure(one_line(label, _LONGEST), size, bold=bold) for label in labels), default=0)


def place_lines(
    lines: Sequence[str],
    x: float,
    middle: float,
    *,
    size: float = BODY,
    align: str = "left",
    colour: str = INK,
    bold: bool = False,
) -> Iterator[SceneText]:
    """Yield lines of text with their positions, one below the other.

    `middle` is the y of the middle of all lines together. `align` states whether `x` is the left end, the centre or the
    right end of each line.
    """
    step = size * LINE_HEIGHT
    top = middle - step * (len(lines) - 1) / 2
    for at, line in enumerate(lines):
        yield SceneText(x, top + at * step, line, size, align, bold, colour)  # type: ignore[arg-type]


def heading(title: str, width: float, top: float, x: float, measure: Measure) -> tuple[list[SceneText], float]:
    """Return (lines of a title with their positions, y of the lower edge of the last line)."""
    return _paragraph(
        fit_label(title, width, measure, size=HEADING, lines=3, bold=True), x, top, HEADING, INK, bold=True
    )


def footnotes(
    notes: Sequence[str], width: float, top: float, x: float, measure: Measure
) -> tuple[list[SceneText], float]:
    """Return (lines of the footnotes with their positions, y of the lower edge of the last line)."""
    lines = [line for note in notes for line in fit_label(note, width, measure, size=SMALL, lines=4)]
    return _paragraph(lines, x, top, SMALL, QUIET)


def _paragraph(
    lines: Sequence[str], x: float, top: float, size: float, colour: str, *, bold: bool = False
) -> tuple[list[SceneText], float]:
    step = size * LINE_HEIGHT
    middle = top + step * len(lines) / 2
    return list(place_lines(lines, x, middle, size=size, colour=colour, bold=bold)), top + step * len(lines)


def _broken(words: Sequence[str], width: float, wide: _Wide) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if wide(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, width, wide)
        yield from full
    if line:
        yield line


def _pieces(word: str, width: float, wide: _Wide) -> list[str]:
    """Return a word in pieces that are at most `width` points wide. A letter is never divided from its accents."""
    if wide(word) <= width:
        return [word]
    pieces, piece = [], ""
    for start, end, _ in graphemes(word):
        if piece and wide(piece + word[start:end]) > width:
            pieces.append(piece)
            piece = ""
        piece += word[start:end]
    return [*pieces, piece]


def _with_ellipsis(line: str, width: float, wide: _Wide) -> str:
    ends = [end for _, end, _ in graphemes(line)]
    while ends and wide(line[: ends[-1]].rstrip() + _ELLIPSIS) > width:
        ends.pop()
    return line[: ends[-1] if ends else 0].rstrip() + _ELLIPSIS


if TYPE_CHECKING:
    from collections.abc import Callable

    _Wide = Callable[[str], float]
