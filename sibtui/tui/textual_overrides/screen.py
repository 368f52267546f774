"""A screen that is laid out and drawn once when it opens or changes its size. Later it draws only changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen, ScreenResultType

from sibtui.tui.breakpoints import width_classes
from sibtui.tui.textual_overrides.compositor import FrugalCompositor

if TYPE_CHECKING:
    from textual.geometry import Size


class FrugalScreen(Screen[ScreenResultType]):
    """Textual's screen with fewer layouts and drawings."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = FrugalCompositor()  # the compositor of Textual draws all widgets between the changed rows
        self._draws_once_laid_out = False

    def draw_once_laid_out(self) -> None:
        """Skip the next drawing if the size of the screen has changed. A layout and another drawing follow then."""
        self._draws_once_laid_out = self.outer_size != self.app.size

    def _compositor_refresh(self) -> None:
        """Draw the changes. While a screen opens, nothing is drawn before its layout, so that the screen is drawn only once."""
        if self._draws_once_laid_out:
            self._draws_once_laid_out = False
            return
        super()._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        """Lay out the screen once, with the class for its width.

        Textual would lay it out three times: for the class of the previous width, after the change of class, and for
        the new size.
        """
        if self.is_attached and size != self._compositor.size:
            self.update_classes(width_classes(size.width), animate=False)
            super()._screen_resized(size)
