"""Commands of every list: the cursor's ways."""

from __future__ import annotations

from sibtui.tui.commands import Command

_LISTS = "Lists"

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
        unlisted="it moves in the list that has the keys, which the palette takes from it",
    )
    for name, keys, title in (
        ("down", ("down", "j"), "Next row"),
        ("up", ("up", "k"), "Row before"),
        ("page_down", ("pagedown", "ctrl+f", "ctrl+d"), "Page down"),
        ("page_up", ("pageup", "ctrl+b", "ctrl+u"), "Page up"),
        ("top", ("home", "g"), "First row"),
        ("end", ("end", "G"), "Last row"),
    )
)
