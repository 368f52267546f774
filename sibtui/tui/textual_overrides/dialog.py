"""A dialog that Textual lays out and draws only once when it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ModalScreen, ScreenResultType

from sibtui.tui.textual_overrides.screen import FrugalScreen

if TYPE_CHECKING:
    from textual import events


class FrugalDialog(FrugalScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A dialog that is laid out and drawn once when it opens, and not twice as in Textual.

    If the background of a dialog is translucent, each drawing also draws the screen behind it, which takes time.
    """

    def _on_screen_resume(self, _event: events.ScreenResume) -> None:
        """Skip Textual's first layout, because the layout with the content of the dialog follows."""
        self.skip_first_layout()
