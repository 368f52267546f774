"""The search bar: a field for the words to find in the note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from sibtui.tui.widgets.fields import Field

if TYPE_CHECKING:
    from textual import events
    from textual.widgets import Input


class SearchBar(Field):
    """The text field of the search."""

    @dataclass
    class Edited(Message):
        """Sent when the words in the field have changed without a key, for example because the user has pasted text."""

        words: str

    def __init__(self) -> None:
        super().__init__(placeholder="search in the note", id="find", compact=True)
        self._typed = ""

    def take_key(self, event: events.Key) -> bool:
        """Type a character into the field immediately, or handle Backspace. Return whether the key was handled."""
        from sibtui.tui.widgets.key_input import type_into

        taken = type_into(self, event)
        self._typed = self.value
        return taken

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.value != self._typed:  # keys that arrive together are typed before the event of the first key
            self._typed = self.value
            self.post_message(self.Edited(self.value))
