"""A screen that closes gets no more calls that would need its widgets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.command import CommandPalette
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from sibtui.tui.textual_overrides.dialog import FrugalDialog
from sibtui.tui.textual_overrides.screen import CallbackScreen, FrugalScreen
from sibtui.tui.widgets.command_palette import StudyPalette
from tests.tui.pilot import piloted

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.screen import Screen
    from textual.widget import Widget


class Pane(Vertical):
    def compose(self) -> ComposeResult:
        yield Static()

    def show(self) -> None:
        show(self)

    async def on_unmount(self) -> None:
        await call_from_the_screen_below(self)


class TextScreen(FrugalScreen[None]):
    def compose(self) -> ComposeResult:
        yield Pane()

    def show(self) -> None:
        show(self)

    async def on_unmount(self) -> None:
        await call_from_the_screen_below(self)


def show(widget: Widget) -> None:
    widget.query_one(Static).update("shown")


async def call_from_the_screen_below(widget: TextScreen | Pane) -> None:
    """Call `show` as the app does for a resized widget, after the app has removed the children of the widget."""
    below = widget.app.screen
    assert isinstance(below, FrugalScreen)
    below._callbacks.append((widget.show, below))
    await below._invoke_and_clear_callbacks()


class TextApp(App[None]):
    def get_default_screen(self) -> FrugalScreen[None]:
        return FrugalScreen()


async def test_a_closing_screen_is_not_asked_to_show_its_texts() -> None:
    app = TextApp()
    async with piloted(app, (40, 10)) as pilot:
        screen = TextScreen()
        await app.push_screen(screen)
        await pilot.pause()
        app.pop_screen()
        await pilot.pause()
        assert app.screen is not screen


@pytest.mark.parametrize("of_pane", [False, True])
async def test_an_open_screen_shows_its_texts_after_the_next_drawing(of_pane: bool) -> None:
    app = TextApp()
    async with piloted(app, (40, 10)) as pilot:
        screen = TextScreen()
        await app.push_screen(screen)
        widget = screen.query_one(Pane) if of_pane else screen
        widget.call_after_refresh(widget.show)
        await pilot.pause()
        assert str(screen.query_one(Static).render()) == "shown"


class Above(FrugalDialog[None]):
    def compose(self) -> ComposeResult:
        yield Static()


class Palette(CommandPalette, CallbackScreen[None]):
    """A screen of Textual, like the command palette of the program."""


def test_the_palette_of_the_program_keeps_functions_of_other_screens() -> None:
    assert issubclass(StudyPalette, CallbackScreen)


@pytest.mark.parametrize("kind", [Above, Palette])
async def test_a_screen_shows_its_texts_also_if_a_dialog_above_it_closes_before_the_drawing(
    kind: type[Screen[None]],
) -> None:
    app = TextApp()
    async with piloted(app, (40, 10)) as pilot:
        screen = TextScreen()
        await app.push_screen(screen)
        dialog = kind()
        await app.push_screen(dialog)
        await pilot.pause()
        dialog.refresh(layout=True)
        screen.call_after_refresh(screen.show)
        await pilot._nothing_left_to_run()  # `show` now waits for the drawing of the dialog
        app.pop_screen()
        await pilot.pause()
        assert str(screen.query_one(Static).render()) == "shown"


class Answer(Message):
    """The answer of a thread, for a dialog above the screen that receives it."""


class ClosingDialog(Above):
    """A dialog whose screen below receives an answer while the dialog is removed."""

    async def on_unmount(self) -> None:
        below = self.app.screen_stack[-2]
        below.post_message(Answer())
        for _ in range(9):  # meanwhile the handler of the screen would run
            await asyncio.sleep(0)


class AnsweredScreen(FrugalScreen[None]):
    def on_answer(self) -> None:
        show(self.app.screen)


async def test_a_screen_ignores_answers_while_the_app_removes_the_dialog_above_it() -> None:
    app = TextApp()
    async with piloted(app, (40, 10)) as pilot:
        await app.push_screen(AnsweredScreen())
        await app.push_screen(ClosingDialog())
        await pilot.pause()
