"""Layout of text in terminal columns: wrapping lines and padding them with spaces. The texts must not contain control characters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sibtui.model.text_width import graphemes, is_narrow, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP = "  "
_NEAR = 4
"""The search for a place where a line may end reads this many characters for each column of the width.

The search needs a limit, because a line may be a whole document.
"""


@cache
def _breaks() -> re.Pattern[str]:
    """Return the pattern of a place inside a word where a line may end: after a slash (Theme/Code) or a hyphen (dual-diagnosis)."""
    return re.compile(r"(?<=[/-])(?=[^\W\d_])")


def longest_piece(text: str) -> int:
    """Return the least width in terminal columns at which a text can be wrapped without breaking a word.

    This is the width of the widest word. A word with slashes or hyphens counts as several words.
    """
    pieces = _breaks().sub(" ", text).split() if "/" in text or "-" in text else text.split()
    return max(map(len if is_narrow("".join(pieces)) else width_of, pieces), default=0)


def wrap(words: Iterable[str], width: int | None, indent: int = 0) -> list[str]:
    """Return the words as lines of at most `width` terminal columns.

    All lines except the first begin with `indent` spaces. A word that is too wide is broken. There is always at least
    one line. If `width` is None, there is exactly one line.
    """
    if width is None:
        return [" ".join(words)]
    words = list(words)
    measure = len if is_narrow("".join(words)) else width_of  # a list of codings has millions of words
    lines: list[str] = []
    line, used = "", 0
    for word in words:
        columns = measure(word)
        if line and used + 1 + columns <= width:
            line, used = f"{line} {word}", used + 1 + columns
            continue
        if line:
            lines.append(line)
        before = " " * indent if lines else ""
        line, used = before + word, len(before) + columns
        while used > width:
            broken, rest = _split_line(line, width, len(before))
            if not rest:
                break
            lines.append(broken)
            before = " " * indent
            line, used = before + rest, indent + width_of(rest)
    return [*lines, line]


def wrap_narrow(text: str, width: int) -> list[str]:
    """Return the same lines as `wrap(text.split(), width)`, but ten times as fast.

    All characters of the text must take one terminal column, and its spaces must be single.
    """
    lines: list[str] = []
    start = 0
    while len(text) - start > width:
        end = text.rfind(" ", start, start + width + 1)
        if end < 0:  # a word is wider than the line
            return wrap(text.split(), width)
        lines.append(text[start:end])
        start = end + 1
    return [*lines, text[start:]]


def _split_line(line: str, width: int, least: int) -> tuple[str, str]:
    """Return (first part, rest) of a line that is wider than `width`.

    The first part ends after the last slash or hyphen within `width` that has a letter after it. If there is none,
    the first part fills `width`. It always has more than `least` characters, even if these do not fit into `width`.
    """
    ends = [match.start() for match in _breaks().finditer(line, least + 1, least + _NEAR * width)]
    fitting = [end for end in ends if width_of(line[:end]) <= width]
    if fitting:
        return line[: fitting[-1]], line[fitting[-1] :]
    used = 0
    for start, _, columns in graphemes(line):
        used += columns
        if used > width and start > least:
            return line[:start], line[start:]
    return line, ""


def fair_width(widths: Iterable[int], room: int) -> int:
    """Return the greatest width that a column can have so that all columns fit into `room`.

    Wider columns must be narrowed to this width; all others keep their width. Widths of 3, 10 and 20 in a room of 17
    give 7, because 3 + 7 + 7 = 17.
    """
    ordered = sorted(widths)
    for at, width in enumerate(ordered):
        most = room // (len(ordered) - at)
        if width > most:
            return most
        room -= width
    return max(ordered, default=0)


def shrink(naturals: Sequence[int], floors: Sequence[int], room: int) -> list[int]:
    """Return column widths that together fit into `room`.

    `naturals` are the widths that the columns would have without this limit. `floors` are the least widths of the
    columns. The widest columns are narrowed first, but no column becomes narrower than its least width. If even the
    least widths do not fit into `room`, the least widths are returned.
    """
    held: set[int] = set()
    while True:
        free = [at for at in range(len(naturals)) if at not in held]
        most = fair_width((naturals[at] for at in free), room - sum(floors[at] for at in held))
        more = {at for at in free if most < min(floors[at], naturals[at])}
        if not more:
            return [floors[at] if at in held else min(natural, most) for at, natural in enumerate(naturals)]
        held |= more


def left(text: str, width: int) -> str:
    """Return the text, aligned to the left in `width` terminal columns."""
    return text + " " * (width - width_of(text))


def right(text: str, width: int) -> str:
    """Return the text, aligned to the right in `width` terminal columns."""
    return " " * (width - width_of(text)) + text


def centre(text: str, width: int, tail: str = "") -> str:
    """Return the text in the centre of `width` terminal columns, followed by `tail`.

    `tail` is, for example, a footnote number. Only the text is centred, so that the texts of a table column are
    aligned. If the tail would then not fit, the text and the tail are centred together.
    """
    before = (width - width_of(text)) // 2
    if tail and before + width_of(text + tail) > width:
        before = (width - width_of(text + tail)) // 2
    return left(" " * before + text + tail, width)


def side_by_side(cells: Iterable[tuple[list[str], int]], *, bottom: bool = False, gap: str = GAP) -> list[str]:
    """Return lines that show several cells side by side. A cell is (its lines, its width).

    `gap` is the text between two cells. If `bottom` is set, the last lines of the cells are on the same level;
    otherwise the first lines are.
    """
    columns = list(cells)
    height = max((len(lines) for lines, _ in columns), default=0)
    padded = []
    for lines, width in columns:
        filler = [""] * (height - len(lines))
        padded.append([left(line, width) for line in (filler + lines if bottom else lines + filler)])
    return [gap.join(parts).rstrip() for parts in zip(*padded, strict=True)]
