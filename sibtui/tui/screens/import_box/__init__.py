"""The import dialog: files are read, previewed, corrected, and stored as one change."""

from sibtui.tui.screens.import_box.screen import ImportScreen

__all__ = ["ImportScreen"]
