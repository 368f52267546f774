"""A screen that Textual lays out and draws no more often than necessary.

The whole screen is drawn once when it opens, and once after each change of its size. Otherwise, only changes are
drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual._callback import invoke
from textual.geometry import Size
from textual.messages import CloseMessages, Prune
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from sibtui.tui.breakpoints import width_classes
from sibtui.tui.textual_overrides.compositor import FrugalCompositor

if TYPE_CHECKING:
    from textual._types import CallbackType
    from textual.message import Message
    from textual.message_pump import MessagePump


def _is_open(widget: Widget) -> bool:
    """Return whether a widget is in the app and stays there.

    Textual removes the children of a closing widget first. Meanwhile the widget itself is still attached.
    """
    return widget.is_attached and not (widget._pruning or widget._closing)  # noqa: SLF001 - no public name


class CallbackScreen(Screen[ScreenResultType]):
    """A screen that calls the functions which wait for the end of a drawing (see `call_after_refresh`).

    Textual passes such a function to the screen on top, also if it belongs to another screen below.
    """

    def on_unmount(self) -> None:
        """Pass the waiting functions to the screen that is on top now. This screen would not call them any more."""
        callbacks, self._callbacks = self._callbacks, []
        if self.app.screen_stack and isinstance(self.app.screen, CallbackScreen):
            for callback, sender in callbacks:
                self.app.screen._invoke_later(callback, sender)  # noqa: SLF001 - as Textual does

    async def _invoke_and_clear_callbacks(self) -> None:
        """Call the functions that wait for the end of a drawing.

        A method of a screen or widget that was closed meanwhile is not called, because it would not find its widgets.
        For this, `call_after_refresh` must get a method and not a lambda.
        """
        callbacks, self._callbacks = self._callbacks, []
        for callback, sender in callbacks:
            owner = getattr(getattr(callback, "func", callback), "__self__", None)
            if not isinstance(owner, Widget) or _is_open(owner):
                with sender._context():  # noqa: SLF001 - as Textual does
                    await self._invoke(callback, owner if isinstance(owner, Widget) else sender)

    async def _invoke(self, callback: CallbackType, owner: MessagePump) -> None:
        """Call a function of `owner`. This may be a screen below this one, or a widget of such a screen."""
        try:
            await invoke(callback)
        except Exception as error:
            screen = owner.screen if isinstance(owner, Widget) and _is_open(owner) else self
            if not (isinstance(screen, FrugalScreen) and screen.withstands(error)):
                raise


class FrugalScreen(CallbackScreen[ScreenResultType]):
    def __init__(self) -> None:
        super().__init__()
        self._compositor = FrugalCompositor()  # the compositor of Textual draws all widgets between the changed rows
        self._skips_layout = False
        self._fitted_to = Size()

    def fit_contents(self) -> None:
        """Show the texts that depend on the widths of widgets.

        After a change of the size, this method is called between layout and drawing.
        """

    def withstands(self, error: Exception) -> bool:
        """Return whether the app goes on after an error in a handler or callback of this screen.

        A subclass overrides this method: it shows the error, and returns True. Otherwise the error ends the app.
        """
        del error
        return False

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message. An error of a handler ends the app only if the screen cannot withstand it.

        A screen that could not be filled cannot go on, so an error while it opens always ends the app.

        While the app ends, its screens are removed from the top down. A screen below does not handle messages then,
        because it could look for widgets of a dialog that has none any more. Textual's own events are still handled.
        """
        if not (self.app.is_running or isinstance(message, (events.Event, CloseMessages, Prune))):
            return
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if isinstance(message, (events.Compose, events.Mount)) or not self.withstands(error):
                raise
            if isinstance(message, events.Resize):
                await super()._on_resize(message)  # Textual's own handler comes last

    def skip_first_layout(self) -> None:
        """Skip the next layout if the screen was never laid out.

        Its widgets have no content yet, and another layout follows.
        """
        self._skips_layout = not self.outer_size

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out the widgets, and draw the changes. For a new size, first set the CSS class for the screen width.

        After `skip_first_layout`, the first call lays out nothing. It only requests a later layout.
        """
        size = size or self.outer_size or self.app.size
        if size != self._compositor.size:
            self.update_classes(width_classes(size.width), animate=False)
        if self._skips_layout:
            self._skips_layout = False
            self.refresh(layout=True)
        else:
            super()._refresh_layout(size, scroll)

    def _compositor_refresh(self) -> None:
        """Draw the changes. If the size is new, first call `fit_contents`, so that the screen is drawn only once."""
        if self._fitted_to != self._compositor.size:
            self._fitted_to = self._compositor.size
            self.fit_contents()
        super()._compositor_refresh()

    def _on_timer_update(self) -> None:
        """Lay out the widgets, and draw the changes.

        After a layout, the whole screen is drawn once. Textual's own method would draw it twice.
        """
        if self._layout_required and self._repaint_required:
            self._repaint_required = False
            self._dirty_widgets.add(self)
        super()._on_timer_update()

    def _screen_resized(self, size: Size) -> None:
        """Lay out the screen in a new size. Before the first layout of the screen, do nothing.

        Textual does not make this exception, and lays out a new screen three times.
        """
        if self.is_attached and size != self._compositor.size and (self.outer_size or not self._layout_required):
            super()._screen_resized(size)
