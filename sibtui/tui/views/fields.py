"""One field of an item as lines: the key that changes the field, its label and its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.widgets.text_lines import Line, cells_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD, NARROW = 15, 50
"""The width of key and label in cells, and the total width below which a long value begins on a new row."""


def labelled_field(key: str, name: str, value: str, width: int, *, quiet: bool = False) -> Iterator[Line]:
    """Return the lines of one field: the key that changes it, its label and its value.

    Set `quiet` if the field has no value. `value` is then a remark such as “none”.
    """
    head: Line = [(f"{key} ", "key"), (f"{name:<{HEAD - 2}}", "quiet")]
    narrow = (width < NARROW and len(value) > width - HEAD) or cells_of(head) > HEAD
    indent = 2 if narrow else HEAD
    rows = [row for part in value.split("\n") for row in wrapped(part, max(10, width - indent))]
    style = "quiet" if quiet else "text"
    yield head if narrow else [*head, (rows[0], style)]
    yield from ([(" " * indent + row, style)] for row in rows[0 if narrow else 1 :])
