"""A dialog that shows the effects of a change. Enter makes the change, Esc does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from sibtui.tui.widgets.message_box import MessageBox

if TYPE_CHECKING:
    from textual.binding import BindingType


class PreviewBox(MessageBox):
    """A dialog that shows the effects of a change. Enter sets `accepted`, and closes the dialog. Esc only closes it."""

    CSS = MessageBox.CSS.replace("MessageBox", "PreviewBox")  # in a style sheet, a subclass has its own class name
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "accept", "accept")]
    accepted = False

    def on_mount(self) -> None:
        self._keys += " · Esc cancels"
        super().on_mount()

    def action_accept(self) -> None:
        self.accepted = True
        self.dismiss(None)
