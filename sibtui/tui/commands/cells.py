"""Commands of all tables with a cursor: moving the cursor from cell to cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_ALL = 1_000_000
"""A number larger than the number of rows or columns of any table.

A move by this number goes to the first or last cell.
"""


def _cell(name: str, keys: str, label: str, title: str, text: str, *, run: CommandCall) -> Command:
    return Command(
        f"cell.{name}", tuple(keys.split()), label, title, text, "cells", "Move", on="widget", run=run,
        unlisted="it moves the cursor of the table with the focus, and the palette has the focus while it is open",
    )  # fmt: skip


COMMANDS = (
    _cell("down", "down j", "down", "Next row", "Go down a row.", run=lambda grid: grid.move(1, 0)),
    _cell("up", "up k", "up", "Row before", "Go up a row.", run=lambda grid: grid.move(-1, 0)),
    _cell("right", "right l", "right", "Next column", "Go right a column.", run=lambda grid: grid.move(0, 1)),
    _cell("left", "left h", "left", "Column before", "Go left a column.", run=lambda grid: grid.move(0, -1)),
    _cell("page_down", "pagedown ctrl+f ctrl+d", "page", "Page down", "Go down a page.", run=lambda grid: grid.move_page(1)),
    _cell("page_up", "pageup ctrl+b ctrl+u", "page up", "Page up", "Go up a page.", run=lambda grid: grid.move_page(-1)),
    _cell("first_row", "g", "top", "First row", "Go to the first row.", run=lambda grid: grid.move(-_ALL, 0)),
    _cell("last_row", "G", "bottom", "Last row", "Go to the last row; the notes are below it.", run=lambda grid: grid.move(_ALL, 0)),
    _cell("first_column", "home 0", "first", "First column", "Go to the first column.", run=lambda grid: grid.move(0, -_ALL)),
    _cell("last_column", "end dollar_sign", "last", "Last column", "Go to the last column.", run=lambda grid: grid.move(0, _ALL)),
)  # fmt: skip
