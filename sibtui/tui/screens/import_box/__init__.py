"""The import dialog: the user names files, checks a preview of them, corrects options, and stores all as one change."""

from sibtui.tui.screens.import_box.screen import ImportScreen

__all__ = ["ImportScreen"]
