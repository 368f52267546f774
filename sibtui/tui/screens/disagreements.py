"""The screen for passages that two coders coded differently. It shows both codings side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.message import Message

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line, plural
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.background import BackgroundScreen
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import StatusScreen, fit
from sibtui.tui.views.disagreement_rows import around_lines, passage_rows, side_lines
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, cut
from sibtui.workspace.codebook_view import short
from sibtui.workspace.disagreement_browser import DisagreementBrowser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.agreement.disagreements import Disagreement
    from sibtui.model.progress import Progress
    from sibtui.model.records import DecisionTake
    from sibtui.project import Project
    from sibtui.project.results import ChangePlace
    from sibtui.tui.commands import Area
    from sibtui.workspace.disagreement_browser import DisputedPassage, Pair

_AROUND = ((30, 5), (20, 3), (16, 1))
"""Pairs (least height of the screen, number of rows for the text around the passage). A lower screen has no such rows."""
_LEAST_ROWS, _MOST_ROWS = 3, 13
_ALIKE = "The two coders coded every passage of their common sources alike."


class DisagreementsScreen(BackgroundScreen):
    """The screen that lists the passages on which two coders disagree, and asks for a decision on each passage."""

    AREAS: ClassVar[tuple[Area, ...]] = ("disagreements", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("disagreements")]
    USEFUL_WHEN_EMPTY: ClassVar[tuple[str, ...]] = ("disagreement.coders",)
    heading = "disagreements"
    CSS = (
        StatusScreen.CSS
        + """
    DisagreementsScreen #passages { height: 1fr; padding: 0 1; }
    DisagreementsScreen #sides { border-top: solid $rule; }
    DisagreementsScreen #sides > TextLines { width: 1fr; padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1; }
    DisagreementsScreen #second { border-left: solid $rule; }
    DisagreementsScreen #around { height: auto; padding: 0 1; border-top: solid $rule; }
    DisagreementsScreen #status-bar { height: 3; }
    """
    )

    @dataclass
    class Compared(Message):
        """Sent when a thread has compared two coders. `found` has the passages that they coded differently."""

        coders: Pair
        found: Sequence[Disagreement]

    def compose(self) -> ComposeResult:
        yield TextLines(id="heading", classes="heading")
        yield RowList(id="passages")
        with Horizontal(id="sides"):
            yield TextLines(id="first")
            yield TextLines(id="second")
        yield TextLines(id="around")
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.browser = DisagreementBrowser(self.project)
        self.rows = self.query_one("#passages", RowList)
        self._verbatim: frozenset[str] = frozenset()
        self._problem = ""
        """The reason why the coders cannot be compared. Empty if they can be compared."""
        self._comparing = False
        self._shown: str | None = None
        """The key of the row whose two codings are on the screen."""
        coders, self._first = self.study_app.views.get("disagreements", (None, None))
        self.browser.coders = coders
        self.rows.focus()
        self.reload()

    # Reading

    def reload(self) -> None:
        """Compare the two coders in a thread. Until the thread has finished, the list shows the previous comparison."""
        self._problem = ""
        try:
            coders = self.browser.choose_coders()
        except SibtuiError as error:
            self._problem = self.worded(error)
            self.browser.take(())
            self.show()
            return
        sources = self.project.sources.list()
        self._verbatim = frozenset(source.name for source in sources if source.fidelity == "verbatim")
        self._comparing = True
        self.show()
        self.run_in_background(lambda project, progress: self._compare(project, progress, coders))

    def _compare(self, project: Project, progress: Progress, coders: Pair) -> None:
        del progress  # a comparison has no steps
        self.post_message(self.Compared(coders, project.codings.disagreements(coder=coders)))

    def on_disagreements_screen_compared(self, event: Compared) -> None:
        if event.coders == self.browser.coders:
            self._comparing = False
            self.browser.take(event.found)
            self.show()
            if self._first is not None:
                self.rows.go(str(self._first))
                self._first = None

    def on_background_screen_failed(self, event: BackgroundScreen.Failed) -> None:
        self._comparing, self._problem = False, event.message
        self.browser.take(())
        self.show()

    # Showing

    def show(self) -> None:
        self.rows.empty = self._problem or ("" if self._comparing else _ALIKE)
        self.rows.set_rows(passage_rows(self.browser))
        self._head()
        self._show_current()

    def _show_current(self) -> None:
        if self._shown != self.rows.key:
            for pane in self.query("#sides > TextLines").results(TextLines):
                pane.scroll_to(y=0, animate=False, immediate=True)
        self._shown = self.rows.key
        self._show_passage()
        self.show_status()

    def _head(self) -> None:
        browser, width = self.browser, max(30, self.size.width - 2)
        if browser.coders is None:
            fit(self.query_one("#heading", TextLines), [[("Disagreements", "strong")], []])
            return
        names = " and ".join(one_line(name, 30) for name in browser.coders)
        count = plural(len(browser.passages), "passage")
        state = "comparing …" if self._comparing else f"{count}, {browser.decided:,} decided"
        first: Line = [(cut(f"Disagreements of {names}", width), "strong")]
        fit(self.query_one("#heading", TextLines), [first, [(state, "quiet")], []])

    def _show_passage(self) -> None:
        passage = self.passage
        sides, around = self.query_one("#sides"), self.query_one("#around", TextLines)
        room = rows_around(self.size.height)
        sides.display, around.display = passage is not None, passage is not None and room > 0
        if passage is None:
            return
        sides.styles.height = sides_rows(self.size.height) + 1  # its border is a row too
        self.study_app.views["disagreements"] = (self.browser.coders, passage.number)
        lines = around_lines(passage, max(20, self.size.width - 2), max(1, room))
        fit(around, lines)
        around.styles.height = len(lines) + 1  # its border is a row too
        self._show_sides()

    def _show_sides(self) -> None:
        passage, coders = self.passage, self.browser.coders
        if passage is None or coders is None:
            return
        verbatim = passage.disagreement.source in self._verbatim
        width = max(10, (self.size.width - 1) // 2 - 3)  # a column for the scrollbar
        for at, pane in enumerate(("first", "second")):
            key = self.key_of(f"disagreement.{pane}")
            lines = side_lines(key, coders[at], passage.sides[at], width, verbatim=verbatim)
            self.query_one(f"#{pane}", TextLines).set_lines(lines)

    def status_lines(self, width: int) -> list[Line]:
        passage = self.passage
        if passage is None or self.browser.coders is None:
            return [[("No disagreement", "strong")]]
        found = passage.disagreement
        at = 1 + next(at for at, each in enumerate(self.browser.passages) if each.number == passage.number)
        count = f"{at:,} of {plural(len(self.browser.passages), 'passage')}"
        place = f"{one_line(found.source, 30)} {found.place[0]}:{found.place[1]}"
        decision = f"decided: {found.decision_now}" if found.decision else "open"
        reason = self.browser.reason(passage.number)
        kinds = passage.kinds_in_words(self.browser.coders)
        facts = f"{place} · {one_line(short(found.code), 40)}"
        return [
            [(count, "strong"), ("  │  ", "quiet"), (cut(facts, width - len(count) - 5), "text")],
            [(cut(f"{kinds} · {decision}{f': {one_line(reason)}' if reason else ''}", width), "quiet")],
        ]

    @property
    def is_empty(self) -> bool:
        return self.passage is None

    @property
    def passage(self) -> DisputedPassage | None:
        """The passage under the cursor. None if the list is empty."""
        key = self.rows.key
        return None if key is None else self.browser.at(int(key))

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        if self.rows.key != self._shown:
            self._show_current()

    @on(RowList.Chosen)
    def _row_chosen(self, event: RowList.Chosen) -> None:
        if event.times > 1:
            self.open_place()

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.call_after_refresh(self.show)

    def go_to_change(self, place: ChangePlace) -> None:
        if place.number is not None:
            self.rows.go(str(place.number))

    # Commands

    def decide(self, take: DecisionTake) -> None:
        """Store the decision on the passage under the cursor, and go to the next passage without a decision.

        `take` is the decision: keep the coding of one coder, both codings, or no coding.
        """
        passage = self.passage
        if passage is None:
            self.report("There is no disagreement to decide.")
            return

        def decided() -> None:
            following = self.browser.following(passage.number)
            self.show()
            self.rows.go(str(following))
            self._show_current()  # before the message, because the event of the move shows nothing again

        self.attempt(lambda: self.with_undo(self.browser.decide(passage.number, take)), decided)

    def edit_reason(self) -> None:
        """Edit the reason for the decision. The reason becomes the memo of each coding that the decision makes."""
        passage = self.passage
        if passage is None:
            self.report("There is no disagreement to decide.")
            return
        number = passage.number
        self.edit_text(
            f"Reason of the decision: {one_line(short(passage.disagreement.code), 40)}",
            one_line(passage.disagreement.codings[0].quote),
            self.browser.reason(number),
            lambda text: self.attempt(lambda: self.browser.give_reason(number, text), self.show),
        )

    def scroll_sides(self) -> None:
        """Scroll the texts of both codings down by a page. If both texts are at their end, go back to the beginning."""
        panes = [self.query_one(f"#{pane}", TextLines) for pane in ("first", "second")]
        more = any(pane.has_more for pane in panes)
        for pane in panes:
            if more:
                pane.page(1)
            else:
                pane.scroll_to(y=0, animate=False, immediate=True)

    def open_place(self) -> None:
        passage = self.passage
        if passage is not None:
            found = passage.disagreement
            self.study_app.show_place(found.source, found.codings[0].segment)

    def choose_coders(self) -> None:
        from sibtui.tui.widgets.chooser import Chooser
        from sibtui.tui.widgets.row_list import ListRow

        pairs = self.browser.pairs
        if not pairs:
            self.report(self._problem, error=True)
            return
        rows = [
            ListRow(str(at), f"{one_line(one, 40)} and {one_line(other, 40)}") for at, (one, other) in enumerate(pairs)
        ]

        def chosen(key: str) -> None:
            self.browser.coders = pairs[int(key)]
            self.reload()

        at = str(pairs.index(self.browser.coders)) if self.browser.coders in pairs else None
        ask(self.app, Chooser("Which two coders?", rows, at), chosen)

    def go_back(self) -> None:
        """Go back to the quotes screen if this screen was opened from there. Otherwise go to the coding screen."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            super().go_back()


def rows_around(height: int) -> int:
    """Return how many rows the text around the passage has on a screen with `height` rows."""
    return next((rows for least, rows in _AROUND if height >= least), 0)


def sides_rows(height: int) -> int:
    """Return the height, in rows, of the area with both codings side by side.

    `height` is the height of the screen in rows.
    """
    return min(_MOST_ROWS, max(_LEAST_ROWS, height * 2 // 5 - 1))
