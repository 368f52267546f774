"""The coding screen, composed of panes: sources, note, codebook, codings at the selection, search bar and status bar."""

from sibtui.tui.screens.coding.screen import CodingScreen

__all__ = ["CodingScreen"]
