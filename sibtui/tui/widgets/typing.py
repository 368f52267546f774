"""Typing into a field: keys that arrive together (a slow line bundles them) heeded in their order, and what is in it drawn inert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Input

from sibtui.tui.widgets.lines import drawn

if TYPE_CHECKING:
    from textual import events


class Field(Input):
    """For lines that may hold names of files, whatever is in these: control characters are drawn as pictures of them."""

    @property
    def _value(self) -> Text:
        return Text(drawn(self.value), no_wrap=True, overflow="ignore", end="")


def type_into(field: Input, event: events.Key) -> bool:
    """Heed a key in a field without the detour by its message queue; whether it was one that writes or takes back."""
    if event.is_printable and event.character is not None:
        if field.selection.is_empty:
            field.insert_text_at_cursor(event.character)
        else:
            field.replace(event.character, *field.selection)
    elif event.key == "backspace":
        field.action_delete_left()
    else:
        return False
    return True
