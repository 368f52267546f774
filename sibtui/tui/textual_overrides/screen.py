"""A screen that Textual lays out and draws only once when it opens or when its size changes.

After that, only changes are drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen, ScreenResultType

from sibtui.tui.breakpoints import width_classes
from sibtui.tui.textual_overrides.compositor import FrugalCompositor

if TYPE_CHECKING:
    from textual.geometry import Size


class FrugalScreen(Screen[ScreenResultType]):
    """Textual's screen, but it is laid out and drawn less often."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = FrugalCompositor()  # the compositor of Textual draws all widgets between the changed rows
        self._draws_once_laid_out = False

    def draw_once_laid_out(self) -> None:
        """Skip the next drawing if the size of the screen has changed, because a layout and another drawing follow."""
        self._draws_once_laid_out = self.outer_size != self.app.size

    def _compositor_refresh(self) -> None:
        """Draw the changes on the screen.

        While a screen opens, nothing is drawn before the layout. So the screen is drawn only once.
        """
        if self._draws_once_laid_out:
            self._draws_once_laid_out = False
            return
        super()._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        """Lay out the screen once, with the CSS class for the new width.

        Textual would lay out the screen three times: with the class for the old width, after the change of the class,
        and for the new size.
        """
        if self.is_attached and size != self._compositor.size:
            self.update_classes(width_classes(size.width), animate=False)
            super()._screen_resized(size)
