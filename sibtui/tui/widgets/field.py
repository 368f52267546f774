"""A line to type into, with what is in it drawn inert. Imported when a screen has one: the first screen has none."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Input

from sibtui.tui.widgets.lines import drawn


class Field(Input):
    """A line that may hold names, of codes or of files, whatever is in these: control characters are drawn as pictures of them."""

    @property
    def _value(self) -> Text:
        return Text(drawn(self.value), no_wrap=True, overflow="ignore", end="")
