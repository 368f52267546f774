"""A dialog that Textual lays out and draws only once when it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ModalScreen, ScreenResultType

from sibtui.tui.textual_overrides.screen import FrugalScreen

if TYPE_CHECKING:
    from textual import events


class FrugalDialog(FrugalScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A dialog that is laid out and drawn only once when it opens. Textual does both twice.

    Drawing is slow if the background is translucent, because the screen behind the dialog is then drawn too.
    """

    DEFAULT_CSS = """
    FrugalDialog { overflow: hidden; }
    """  # in a tiny window, a scroll bar could change the height of the box, appear and vanish without end

    def _on_screen_resume(self, _event: events.ScreenResume) -> None:
        """Skip Textual's first layout, because the layout with the content of the dialog follows."""
        self.skip_first_layout()
