"""Text laid out in terminal columns: its width, wrapped, padded. Everything given here is already inert."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GAP = "  "


def width_of(text: str) -> int:
    """How many terminal columns the text takes: two for a wide character, none for a combining or invisible one."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(words: Iterable[str], width: int | None, indent: int = 0) -> list[str]:
    """The words on lines of at most `width` columns, all but the first indented; a word that is wider is broken.

    Always one line or more.
    """
    if width is None:
        return [" ".join(words)]
    lines: list[str] = []
    line, used = "", 0
    for word in words:
        columns = width_of(word)
        if line and used + 1 + columns <= width:
            line, used = f"{line} {word}", used + 1 + columns
            continue
        if line:
            lines.append(line)
        before = " " * indent if lines else ""
        line, used = before + word, len(before) + columns
        while used > width:
            broken, rest = _broken(line, width, len(before))
            if not rest:
                break
            lines.append(broken)
            before = " " * indent
            line, used = before + rest, indent + width_of(rest)
    return [*lines, line]


def _broken(line: str, width: int, least: int) -> tuple[str, str]:
    """The line up to its width, with at least one character behind `least`, and the rest of it."""
    used = 0
    for at, character in enumerate(line):
        used += _columns(character)
        if used > width and at > least:
            return line[:at], line[at:]
    return line, ""


def fair(widths: Iterable[int], room: int) -> int:
    """The most that a column may take so that all fit the room: the widest give way, the narrow keep what they need."""
    ordered = sorted(widths)
    for at, width in enumerate(ordered):
        most = room // (len(ordered) - at)
        if width > most:
            return most
        room -= width
    return max(ordered, default=0)


def left(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def right(text: str, width: int) -> str:
    return " " * (width - width_of(text)) + text


def centre(text: str, width: int, tail: str = "") -> str:
    """The text in the middle with its tail hanging to the right, so that the texts of a column stand in one line.

    Where the column is too narrow to let the tail hang, text and tail are centred together.
    """
    before = (width - width_of(text)) // 2
    if tail and before + width_of(text + tail) > width:
        before = (width - width_of(text + tail)) // 2
    return left(" " * before + text + tail, width)


def beside(cells: Iterable[tuple[list[str], int]], *, bottom: bool = False) -> list[str]:
    """Cells, each given as its lines and its width, side by side; the lines are padded already or need none."""
    given = list(cells)
    height = max((len(lines) for lines, _ in given), default=0)
    padded = []
    for lines, width in given:
        blank = [""] * (height - len(lines))
        padded.append([left(line, width) for line in (blank + lines if bottom else lines + blank)])
    return [GAP.join(parts).rstrip() for parts in zip(*padded, strict=True)]
