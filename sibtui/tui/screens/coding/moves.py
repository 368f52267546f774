"""Moves of the selection to another sentence, paragraph, page or coding, and moves of its start or end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.segments import Segment
    from sibtui.tui.screens.coding.screen import CodingScreen
    from sibtui.workspace.selection import Step, TextSelection


class Moves:
    """The moves of the selection on the coding screen.

    If `edges` is True, the start and the end of the selection move by characters. Otherwise they move by words.
    """

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._workspace = screen.workspace
        self.edges = False

    def select(self, to: Callable[[TextSelection, Segment], Segment]) -> None:
        """Select the segment that `to` returns. `to` receives the open text and the selected segment."""
        self._workspace.move(to)
        self._screen.show()

    def by_page(self, step: Step) -> None:
        """Select the sentence one page below (1) or above (-1)."""
        note = self._screen.note
        self.select(lambda text, now: text.sentence_at(note.offset_by_page(now.start, step)))

    def edge(self, edge: Literal["start", "end"], step: Step) -> None:
        """Move the start or the end of the selection forward (1) or back (-1)."""
        by = "character" if self.edges else "word"
        self.select(lambda text, now: getattr(text, f"{edge}_by_{by}")(now, step))

    def toggle_edges(self) -> None:
        """Change the unit by which the start and the end of the selection move: from words to characters, or back."""
        self.edges = not self.edges
        self._screen.show(reveal=False)

    def to_coding(self, step: Step) -> None:
        """Select the passage of the next (1) or previous (-1) coding."""
        if self._workspace.to_coding(step):
            self._screen.show()
        else:
            self._screen.report("This is the last coding." if step > 0 else "This is the first coding.")

    def to_overlapping(self) -> None:
        """Make the next coding at the selection active. If there is no coding, show a message."""
        if self._workspace.to_overlapping() is not None:
            self._screen.show(reveal=False)
        else:
            self._screen.report("There is no coding at the selection.")

    def to_uncoded(self) -> None:
        """Select the next sentence without a code.

        While the user reads sources again for one code, open the next of these sources instead.
        """
        if self._workspace.rereading is not None:
            self._screen.reading.open_next()
        elif self._workspace.to_uncoded():
            self._screen.show()
        else:
            self._screen.report("Every sentence of this note has a code.")

    def jump_back(self) -> None:
        """Go back to the passage that was selected before the last jump.

        A jump is a long move, or a move to another source.
        """
        source = self._workspace.source
        if not self._workspace.jump_back():
            self._screen.report("There is no passage to go back to.")
        elif self._workspace.source is not source:
            self.edges = False
            self._screen.show_note()
        else:
            self._screen.show()

    def copy(self) -> None:
        if self._workspace.selection is not None:
            words = self._workspace.selection.quote(self._workspace.text)
            self._screen.report(self._screen.study_app.copy(words, plural(len(words), "character")), done=True)
