"""A pilot that goes on as soon as the app has nothing left to do.

Textual's own sleeps at least 40 ms after each key, and takes a process that uses little of the processor for one that is idle: two thirds of the
time of these tests were such sleeps, and on a busy machine they could end too early. The event loop knows when nothing is left to run.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import App

_PATIENCE = 120.0
_TICK = 0.005


class PromptPilot(Pilot[Any]):
    """The pilot of Textual without sleeps."""

    async def press(self, *keys: str) -> None:
        """Press keys as a terminal driver sends them. Each key is handled and drawn before the next key is pressed."""
        for key in keys:
            self._send(key)
            await self.pause()

    async def resize_terminal(self, width: int, height: int) -> None:
        """Change the size of the terminal. Textual waits some milliseconds for further changes of the size."""
        await super().resize_terminal(width, height)
        self.app._check_resize()
        await self.pause()

    async def pause(self, delay: float | None = None) -> None:
        """Wait until all messages are handled, all changes are drawn, and all callbacks after the drawing have run."""
        if delay is not None:
            await super().pause(delay)
            return
        await self._wait_for_screen()
        await self._nothing_left_to_run()
        end = monotonic() + _PATIENCE
        while self._drew() and not self.app._exit:
            assert monotonic() < end, "the app never stopped drawing"
            if self.app._batch_count:  # Textual's palette holds drawing back for some milliseconds
                await asyncio.sleep(_TICK)
            await self._nothing_left_to_run()

    async def at_rest(self) -> None:
        """Wait until all workers have ended and their results are shown.

        An action starts its workers only after it has returned.
        """
        await self.pause()
        while self.app.workers:
            # The progress dialog closes when it gets the message of the end, shortly before the worker ends
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
            await self.pause()

    def _send(self, key: str) -> None:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, key if len(key) == 1 else key_to_character(name))
        event.set_sender(self.app)
        driver = self.app._driver
        assert driver is not None
        driver.send_message(event)

    async def _nothing_left_to_run(self) -> None:
        """Wait until all tasks wait for an event from outside: a timer, a thread, the next key."""
        loop = asyncio.get_running_loop()
        end = monotonic() + _PATIENCE
        await asyncio.sleep(0)
        while loop._ready:  # type: ignore[attr-defined]
            assert monotonic() < end, "the app never came to rest"
            await asyncio.sleep(0)

    def _drew(self) -> bool:
        """Draw the changes now that the next tick of the screen would draw.

        Return whether there was something to draw or a callback to run, or whether another screen is shown now.
        """
        screen = self.app.screen
        waited = bool(
            screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets
            or screen._recompose_required or screen._callbacks
        )  # fmt: skip
        screen._on_timer_update()
        return (waited and screen.is_current) or screen is not self.app.screen


@asynccontextmanager
async def piloted(app: App[Any], size: tuple[int, int], *, notices: bool = False) -> AsyncIterator[PromptPilot]:
    """Yield a pilot of the app without a terminal, after the app has shown its first screen.

    With `notices`, the app shows notices (messages in a box at the corner of the screen).
    """
    async with app.run_test(size=size, notifications=notices):
        pilot = PromptPilot(app)
        await pilot.pause()
        yield pilot
