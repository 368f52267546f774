"""The text field above the list of quotes, for a query. It completes names, and a thread finds the quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import Input

from sibtui.errors import QueryError
from sibtui.model.query.completion import complete
from sibtui.model.text_width import width_of
from sibtui.tui.widgets.key_input import type_into
from sibtui.tui.widgets.text_lines import Line, TextLines, wrapped
from sibtui.workspace.query_line import QueryState, query_state

if TYPE_CHECKING:
    from textual import events

    from sibtui.model.progress import Progress
    from sibtui.project import Project
    from sibtui.tui.screens.background import BackgroundScreen
    from sibtui.workspace.quote_browser import QuoteAnswer, QuoteBrowser


class QuoteQuery:
    """The text field for a query on the quotes screen."""

    @dataclass
    class Answered(Message):
        """Sent when a thread has found the quotes that match a query.

        `number` is the running number of the query.
        """

        number: int
        answer: QuoteAnswer

    @dataclass
    class Refused(Message):
        """Sent if a query is invalid. `number` is the running number of the query.

        `at` is the position of the error in the query, counted from 1, and `reason` explains the error.
        """

        number: int
        at: int
        reason: str

    def __init__(self, screen: BackgroundScreen, quotes: QuoteBrowser) -> None:
        self._screen = screen
        self._quotes = quotes
        self._names: dict[str, tuple[str, ...]] = {}
        self._state = QueryState("")
        self._number = 0
        self._is_working = False

    @property
    def _field(self) -> Input:
        return self._screen.query_one("#quotes-query", Input)

    @property
    def is_open(self) -> bool:
        return self._field.has_class("-open")

    @property
    def closing(self) -> str:
        """The effect of Esc, in words for the key hints, such as “stops”."""
        return "stops" if self._is_working else "keeps the previous query"

    def open(self) -> None:
        self._names = {word: tuple(names) for word, names in self._quotes.names.items()}
        field = self._field
        field.value = self._quotes.query
        field.cursor_position = len(field.value)
        field.add_class("-open")
        field.focus()
        self.typed()

    def leave(self) -> None:
        """If a search is running, stop it. Otherwise close the text field."""
        if self._is_working:
            self._stop()
            self.typed()
        else:
            self.close()

    def close(self) -> None:
        """Close the text field, and set the focus to the list of quotes."""
        self._field.remove_class("-open")
        self._screen.query_one("#query-pointer").remove_class("-open")
        self._screen.query_one("QuoteList").focus()
        self._screen.show_status()

    def _stop(self) -> None:
        self._number += 1
        self._is_working = False
        self._screen.stop_background()

    def take_key(self, event: events.Key) -> bool:
        """If the text field has the focus, handle a typed key. Return whether the key was handled."""
        if self._screen.focused is not self._field:
            return False
        if event.key == "tab":
            self._complete()
            return True
        return type_into(self._field, event)

    def _complete(self) -> None:
        field = self._field
        completed = complete(field.value[: field.cursor_position], self._names).line
        rest = field.value[field.cursor_position :]
        field.value = completed + rest.removeprefix(" ") if completed.endswith(" ") else completed + rest
        field.cursor_position = len(completed)

    def typed(self) -> None:
        """Show a message about the query that is in the text field now. Call this after each change of the field.

        If a search for an earlier query is running, stop it.
        """
        if self.is_open:
            self._stop()
            self._show(query_state(self._field.value, self._names))

    def ask(self) -> None:
        """In a thread, find the quotes that match the typed query. If the text field is empty, remove the query."""
        where = self._field.value if self._field.value.strip() else ""
        self._stop()
        self._number += 1
        number = self._number
        self._is_working = True
        self._show(QueryState("looking …"))
        self._screen.run_in_background(lambda project, progress: self._answer(project, progress, number, where))

    def _answer(self, project: Project, progress: Progress, number: int, where: str) -> None:
        """Find the quotes that match the query `where`, and send them. This method runs in a thread."""
        try:
            answer = self._quotes.answer(project, where)
        except QueryError as error:
            self._screen.post_message(self.Refused(number, error.position, error.reason))
            return
        progress(1, 1)
        self._screen.post_message(self.Answered(number, answer))

    def fail(self) -> None:
        """Show that the search has failed. The screen has already shown the cause."""
        self._is_working = False
        if self.is_open:
            self._show(QueryState("No quotes were found: the search failed."))

    def takes(self, number: int) -> bool:
        """Return whether to show the answer to the query with the running number `number`.

        The answer is shown only if no later query was started, and the text field is still open. After the result True,
        the search counts as ended.
        """
        if number != self._number or not self.is_open:
            return False
        self._is_working = False
        return True

    def point(self, at: int, reason: str) -> None:
        """Show the text `reason` of an error, and mark the place of the error in the query.

        The place is the character `at`, counted from 1.
        """
        self._show(QueryState(reason, at))

    def _show(self, state: QueryState) -> None:
        self._state = state
        pointer, field = self._screen.query_one("#query-pointer", TextLines), self._field
        pointer.set_class(bool(state.at), "-open")
        before = max(0, width_of(field.value[: state.at - 1]) - int(field.scroll_offset.x)) if state.at else 0
        pointer.set_lines([[(" " * before + "^", "warning")]])
        self._screen.show_status()

    def status_lines(self, width: int) -> list[Line]:
        style = "warning" if self._state.at else "quiet"
        return [[(row, style)] for row in wrapped(self._state.message, width)]
