"""Dialogs that show a report as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project.tables.pictured_table import PicturedTable
    from sibtui.tui.screens.status_screen import StatusScreen


def show_picture(screen: StatusScreen, title: str, make_report: Callable[[], PicturedTable]) -> None:
    """Show a report as a picture in a dialog. If there is nothing to draw, show the reason."""
    from sibtui.tui.widgets.picture_box import PictureBox

    try:
        report = make_report()
        report.picture()
    except SibtuiError as error:
        screen.report(screen.worded(error))
        return
    screen.app.push_screen(PictureBox(title, lambda width: report.picture_text(width=width)))
