"""GitHub Markdown in which a text shows as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ESCAPES = str.maketrans(_ENTITIES | {mark: "\\" + mark for mark in "\\`*_{}[]#|~^$"})
# A bare address becomes a link in which escapes show; one whose first punctuation is an entity does not.
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)


def escape(text: str) -> str:
    """The text on one line, to stand inside a line or a cell."""
    return _ADDRESS.sub(lambda match: f"&#{ord(match[0])};", one_line(text).translate(_ESCAPES))


def escape_lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def paragraph(text: str) -> str:
    """The text to stand at the start of a line, where it might otherwise begin a list or underline a heading."""
    escaped = escape(text)
    start = re.match(r"\d*(?=[-+=.)])", escaped)
    return escaped if start is None else f"{start[0]}\\{escaped[start.end() :]}"


def table(header: Sequence[str], aligned: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; the cells are Markdown already, `aligned` holds `---`, `---:` or `:---:` a column."""
    return [f"| {' | '.join(cells)} |" for cells in (header, aligned, *rows)]
