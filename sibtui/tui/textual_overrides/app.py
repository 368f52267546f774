"""A subclass of Textual's app, with public methods in place of private ones.

These methods concern the clipboard, the theme, the order of keys, and the exit after an error.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TypeVar

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.widgets._toast import ToastRack

T = TypeVar("T")


class TextualApp(App[T]):
    """Textual's app, with public methods in place of the private methods that our subclasses need.

    `fault` is empty, or the message to print when the app ends after an unexpected error.
    """

    fault = ""

    def theme_changed(self, name: str) -> None:
        """Prepare the app for the theme `name` before the theme is applied. A subclass overrides this method."""

    def record_error(self, error: Exception) -> None:
        """Record an unexpected error before the app ends, and set `fault`. Subclasses override this method.

        The method is called only for the first error, because later errors follow from the first.
        """

    def keep_for_fields(self, text: str) -> None:
        """Set the text that the paste key inserts into text fields. The clipboard of the terminal does not change."""
        self._clipboard = text  # `copy_to_clipboard` would also write to the terminal

    @property
    def is_leaving(self) -> bool:
        return self._exit  # `is_running` stays true until the last screen has closed

    async def run_binding(self, key: str) -> bool:
        """Run the command of a key immediately. Return whether the key has a command."""
        # a key event would run the command only after all waiting events
        return await self._check_bindings(key, priority=True) or await self._check_bindings(key)

    def _watch_theme(self, theme_name: str) -> None:
        """Apply the theme with this name.

        While the app starts, only set the CSS classes of the theme, because Textual's own method would read the
        style sheet a second time.
        """
        self.theme_changed(theme_name)
        if self.is_running and self.screen_stack:
            super()._watch_theme(theme_name)
        else:
            theme = self.current_theme
            self.update_classes(
                {f"-theme-{theme.name}": True, "-dark-mode": theme.dark, "-light-mode": not theme.dark}, update=False
            )
            self._refresh_truecolor_filter(self.ansi_theme)  # Textual's own `_watch_theme` calls this too

    def _refresh_notifications(self) -> None:
        """Show the notices of the app on the current screen. Do nothing if there is no notice to show or to remove.

        Textual's own method would lay out and draw the whole screen again, even without a notice.
        """
        with suppress(ScreenStackError, NoMatches):
            if not self._notifications and not self.screen.get_child_by_type(ToastRack).display:
                return
        super()._refresh_notifications()

    def _handle_exception(self, error: Exception) -> None:
        """Record an unexpected error, and end the app. Only the message `fault` is printed.

        Textual would print a traceback with the values of variables, which may quote interviews.
        """
        self._return_code = 1  # `exit` would wait for messages, which may fail again
        if self._exception is None:  # later errors follow from the first one
            self._exception = error
            self._exception_event.set()  # Textual's Pilot waits for it
            self.record_error(error)
        self._close_messages_no_wait()  # ends the app without waiting for messages

    def _print_error_renderables(self) -> None:
        """Print only the message `fault`, after the settings of the terminal are restored."""
        self._exit_renderables.clear()  # Textual keeps a traceback here
        if self.fault and not self.is_headless:
            sys.stderr.write(self.fault + "\n")
