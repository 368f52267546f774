"""A dialog with the lines of a change that Enter makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from sibtui.tui.widgets.message_box import MessageBox

if TYPE_CHECKING:
    from textual.binding import BindingType


class PreviewBox(MessageBox):
    """Shows lines like a message box. Enter sets `accepted` and closes it, Esc only closes it."""

    CSS = MessageBox.CSS.replace("MessageBox", "PreviewBox")  # a subclass has the name of its own class in style sheets
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "accept", "accept")]
    accepted = False

    def on_mount(self) -> None:
        self._keys += " · Esc cancels"
        super().on_mount()

    def action_accept(self) -> None:
        self.accepted = True
        self.dismiss(None)
