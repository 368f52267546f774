"""Commands of every list: moving the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_LISTS = "Lists"

_MOVES: tuple[tuple[str, tuple[str, ...], str, CommandCall], ...] = (
    ("down", ("down", "j"), "Next row", lambda rows: rows.step(1)),
    ("up", ("up", "k"), "Row before", lambda rows: rows.step(-1)),
    ("page_down", ("pagedown", "ctrl+f", "ctrl+d"), "Page down", lambda rows: rows.step_page(1)),
    ("page_up", ("pageup", "ctrl+b", "ctrl+u"), "Page up", lambda rows: rows.step_page(-1)),
    ("top", ("home", "g"), "First row", lambda rows: rows.go_to_first()),
    ("end", ("end", "G"), "Last row", lambda rows: rows.go_to_last()),
)

COMMANDS = tuple(
    Command(
        f"list.{name}",
        keys,
        name.replace("_", " "),
        title,
        f"{title}.",
        "list",
        _LISTS,
        on="widget",
        run=run,
        unlisted="it moves the cursor of the list with the focus, and the palette has the focus while it is open",
    )
    for name, keys, title, run in _MOVES
)
