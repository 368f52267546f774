"""The coding screen. Its panes show the sources, the note, the codebook, and the codings at the selection.

Below them are the search bar and the status bar.
"""

from sibtui.tui.screens.coding.screen import CodingScreen

__all__ = ["CodingScreen"]
