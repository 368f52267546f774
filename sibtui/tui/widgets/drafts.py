"""Drafts: texts that the user typed in a dialog but did not save. A dialog shows its draft when it opens again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App


def drafts_of(app: App[object]) -> dict[str, str]:
    """Return a map: title of a dialog → its draft."""
    drafts: dict[str, str] = getattr(app, "drafts", {})
    return drafts


def remember_typed(app: App[object], title: str, line: str) -> None:
    """Remember the line that was typed in the dialog with this title, until a change of the study is saved."""
    if hasattr(app, "typed"):
        app.typed = (title, line)
