"""The screen for codings whose place in a corrected text is uncertain. It shows the old and the new text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.containers import Container

from sibtui.errors import SibtuiError
from sibtui.model.text import excerpt, one_line, plural
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.evidence import context_line
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import StatusScreen, fit
from sibtui.tui.views.context import context_rows, line_of
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, wrapped
from sibtui.workspace.codebook_view import short
from sibtui.workspace.place_review import PlaceReview

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.segments import Segment
    from sibtui.tui.commands import Area

_TEXT_WIDTH = 100
"""The greatest width of a text in cells. Lines that are longer than this are hard to read."""
_BESIDE = 110
"""On a screen of at least this width, both texts are side by side."""


class ReviewScreen(StatusScreen):
    """The screen for codings whose place in a corrected text is uncertain. It asks for the place of each coding.

    When the user leaves the screen, the id of the current coding is kept in `StudyApp.views["review"]`.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("review",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    CSS = (
        StatusScreen.CSS
        + """
    ReviewScreen #texts { height: 1fr; layout: vertical; }
    ReviewScreen #texts.-beside { layout: horizontal; }
    ReviewScreen #texts > TextLines { height: 1fr; width: 1fr; padding: 0 1; overflow-y: hidden; }
    ReviewScreen #new-text { border-top: solid $rule; }
    ReviewScreen .-beside #new-text { border-top: none; border-left: solid $rule; }
    ReviewScreen #status-bar { height: 3; }
    """
    )
    heading = "codings to place"

    def compose(self) -> ComposeResult:
        yield TextLines(id="heading", classes="heading")
        with Container(id="texts"):
            yield TextLines(id="old-text")
            yield TextLines(id="new-text")
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.review = PlaceReview(self.project)
        number = self.study_app.views.get("review")
        self.reload()
        if number is not None:
            self.review.go(number)
            self.show()

    # Showing

    @property
    def is_empty(self) -> bool:
        return self.review.current is None

    def reload(self) -> None:
        try:
            self.review.load()
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
        self.show()

    def show(self) -> None:
        current = self.review.current
        self.study_app.views["review"] = None if current is None else current.coding.id
        self.query_one("#texts").set_class(self.size.width >= _BESIDE, "-beside")
        self._head()
        self.show_status()
        self.call_after_refresh(self._show_texts)

    def _head(self) -> None:
        heading, current = self.query_one("#heading", TextLines), self.review.current
        if current is None:
            fit(heading, [[("Every coding has a certain place", "strong")], []])
            return
        coding, width = current.coding, max(30, self.size.width - 2)
        left = plural(len(self.review.found), "coding")
        fit(
            heading,
            [
                [("Where is it now? ", "strong"), (f" {self.review.at + 1} of {left}", "key")],
                *([(row, "text")] for row in wrapped(f"{short(coding.code)} in {one_line(coding.source)}", width)),
                [],
            ],
        )

    def _show_texts(self) -> None:
        review, current = self.review, self.review.current
        old, new = self.query_one("#old-text", TextLines), self.query_one("#new-text", TextLines)
        new.display = current is not None
        if current is None or review.place is None:
            note = "A coding is listed here when its words are no longer in the corrected text of its source."
            old.set_lines([[(row, "quiet")] for row in wrapped(note, max(20, min(_TEXT_WIDTH, old.size.width - 2)))])
            return
        has_old = current.before.quote(review.old_text) == current.coding.quote
        title = f"Before (version {current.version})" if has_old else "Before: only the quote is known"
        text, segment = (review.old_text, current.before) if has_old else (current.coding.quote, None)
        self._fill(old, title, text, segment)
        self._fill(new, f"Now: {current.score} of 100 alike", review.text, review.place)

    def _fill(self, pane: TextLines, title: str, text: str, segment: Segment | None) -> None:
        """Show a title, and below it the text around a segment. The segment is highlighted.

        If `segment` is None, show the whole text.
        """
        width, height = max(20, min(_TEXT_WIDTH, pane.size.width - 2)), max(3, pane.size.height - 1)
        if segment is None:
            pane.set_lines([[(title, "quiet")], *([(row, "text")] for row in wrapped(one_line(text), width))])
            return
        rows, at = context_rows(text, segment, width, height)
        quoted = sum(row.end > row.start for row in rows)
        first = max(0, at - max(1, (height - quoted) // 2)) if quoted < height else at
        lines = [context_line(row.text, row.start, row.end) for row in rows[first : first + height]]
        pane.set_lines([[(title, "quiet")], *lines])

    def status_lines(self, width: int) -> list[Line]:
        review, current = self.review, self.review.current
        if current is None or review.place is None:
            return [[("No coding waits", "strong")]]
        where = f"{cut(current.coding.source, width // 2)}, line {line_of(review.text, review.place.start)}"
        words = one_line(review.words, max(10, width - len(where) - 8))
        return [[(where, "strong"), ("  │  ", "quiet"), (f"“{words}”", "text")]]

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.show()

    # Deciding

    def accept(self) -> None:
        self._change(self.review.accept)

    def give_up(self) -> None:
        self._change(lambda: self.with_undo(self.review.remove()))

    def _change(self, action: Callable[[], str]) -> None:
        if self.review.current is not None:
            self.attempt(action, self.show)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) coding."""
        if self.review.step(by):
            self.show()
        elif self.review.current is not None:
            self.report(f"This is the {'last' if by > 0 else 'first'} coding of the review.")

    def move(self, edge: Literal["start", "end"], step: Literal[-1, 1]) -> None:
        """In the new text, move the start or the end of the marked passage forward (1) or back (-1) by a word."""
        self.review.move(edge, step)
        self.show()

    def find(self) -> None:
        """Ask for the words of the correct passage, find them in the new text, and mark this passage."""
        from sibtui.tui.screens.line_dialogs import ask_line

        if self.review.current is None:
            return

        def explain(typed: str) -> str | None:
            if not typed.strip():
                return None
            match = self.project.codings.find(self.review.found[self.review.at].coding.source, typed)
            return f"marks “{excerpt(match.segment.quote(self.review.text), 60)}”"

        def found(typed: str) -> None:
            self.review.find(typed)
            self.show()

        ask_line(self, "Words of the right passage", "", explain, found, enter="marks it")

    def open_note(self) -> None:
        current = self.review.current
        if current is not None and self.review.place is not None:
            self.study_app.show_place(current.coding.source, self.review.place)
