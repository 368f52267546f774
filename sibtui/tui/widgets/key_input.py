"""Keys in text fields: typing without delay, and key bindings for dialogs with a list below a text field.

Textual's message queue would change the order of keys that arrive together, for example over a slow connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from textual import events
    from textual.widgets import Input

PICKER_BINDINGS = (
    Binding("escape", "dismiss", "close"),
    Binding("down,ctrl+j,ctrl+n", "move(1)"),
    Binding("up,ctrl+k,ctrl+p", "move(-1)"),
    Binding("pagedown", "move(10)"),
    Binding("pageup", "move(-10)"),
)
"""The keys of a picker, a dialog with a list below a text field. They move the cursor of the list while the user types."""


def type_into(field: Input, event: events.Key) -> bool:
    """Type a character into the field, or handle Backspace. Return whether the key was handled."""
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
