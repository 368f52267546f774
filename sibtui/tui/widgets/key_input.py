"""Typing a key into a text field without delay.

Without this, keys that arrive together, for example over a slow connection, would not be handled in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual import events
    from textual.widgets import Input


def type_into(field: Input, event: events.Key) -> bool:
    """Type a key into a text field directly, not through the message queue.

    Return whether the key was a character or Backspace.
    """
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
