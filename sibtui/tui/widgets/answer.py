"""Asking the user. A dialog is opened, and its result is passed to a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.screen import Screen

T = TypeVar("T")


def ask(app: App[object], dialog: Screen[T | None], then: Callable[[T], object]) -> None:
    """Open a dialog, and pass its result to `then`. If the user cancels the dialog, `then` is not called."""

    def closed(result: T | None) -> None:
        if result is not None:
            then(result)

    app.push_screen(dialog, closed)
