"""The import dialog. The user names files, checks a preview of their content, and imports the content as one change."""

from sibtui.tui.screens.import_box.screen import ImportScreen

__all__ = ["ImportScreen"]
