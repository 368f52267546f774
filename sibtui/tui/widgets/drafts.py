"""Drafts: the unsaved texts of closed dialogs. A dialog shows its draft when it opens again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App


def drafts_of(app: App[object]) -> dict[str, str]:
    """Return the unsaved texts of dialogs, by the titles of the dialogs. The drafts last as long as the app."""
    drafts: dict[str, str] = getattr(app, "drafts", {})
    return drafts


def remember_typed(app: App[object], title: str, line: str) -> None:
    """Remember the text typed in a dialog until a change is saved. It is not lost if the study file is replaced."""
    if hasattr(app, "typed"):
        app.typed = (title, line)
