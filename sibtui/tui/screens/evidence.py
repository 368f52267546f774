"""The quotes screen: the quotes of a table cell, of a code or of the whole study.

A filter and a query limit the list. A command can change several quotes together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widgets import Input

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line, plural
from sibtui.tui.commands.keys import ENTER, TAB, bindings
from sibtui.tui.screens.background import BackgroundScreen
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.quote_dialogs import QuoteDialogs
from sibtui.tui.screens.quote_query import QuoteQuery
from sibtui.tui.screens.status_screen import StatusScreen, fit
from sibtui.tui.views.context import context_rows, line_of
from sibtui.tui.views.hint_lines import key_hints
from sibtui.tui.views.quote_items import quote_item
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.quote_list import QuoteList
from sibtui.tui.widgets.text_lines import Line, TextLines, cells_of, cut, wrapped
from sibtui.workspace.filter_syntax import EXAMPLE, read_filter
from sibtui.workspace.quote_actions import QuoteActions
from sibtui.workspace.quote_browser import QuoteBrowser, QuotesView, above, as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Coding
    from sibtui.project.results import ChangePlace
    from sibtui.tui.commands import Area
    from sibtui.tui.widgets.quote_list import QuoteItem
    from sibtui.workspace.code_search import CodeChoice


class EvidenceScreen(BackgroundScreen):
    """The screen with a list of quotes. Its argument `view` is the choice of quotes to list.

    When the user leaves the screen, `StudyApp.views["evidence"]` keeps this choice and the cursor. A screen that opens
    without `view` restores both.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("evidence", "list")
    USEFUL_WHEN_EMPTY = ("quotes.filter", "quotes.of_code", "quotes.all", "quotes.disagreements")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("evidence")]
    CSS = (
        StatusScreen.CSS
        + """
    EvidenceScreen QuoteList { width: 1fr; padding: 0 0 0 1; }
    EvidenceScreen #context { width: 46; padding: 0 1; border-left: solid $rule; }
    EvidenceScreen.-broad #context { width: 72; }
    EvidenceScreen.-narrow #context { display: none; }
    #quotes-filter, #quotes-query { height: 1; border: none; padding: 0 1; background: $surface; display: none; }
    #quotes-filter.-open, #quotes-query.-open { display: block; }
    #query-pointer { height: 1; padding: 0 1; background: $surface; display: none; }
    #query-pointer.-open { display: block; }
    """
    )
    heading = "quotes"

    def __init__(self, view: QuotesView | None = None) -> None:
        super().__init__()
        self._view = view
        self._marked: frozenset[int] = frozenset()
        self._text_read = ("", "")

    def compose(self) -> ComposeResult:
        yield TextLines(id="heading", classes="heading")
        yield Field(id="quotes-filter", compact=True, select_on_focus=False)
        yield Field(id="quotes-query", compact=True, select_on_focus=False)
        yield TextLines(id="query-pointer")
        with Horizontal():
            yield QuoteList(id="quotes")
            yield TextLines(id="context")
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.list = self.query_one(QuoteList)
        view, key = self.study_app.views.get("evidence", (QuotesView(), None))
        self.quotes = QuoteBrowser(self.project, self._view or view)
        self.actions = QuoteActions(self.project)
        self.dialogs = QuoteDialogs(self, self.quotes, lambda: self.chosen, self.change)
        self.query_field = QuoteQuery(self, self.quotes)
        self.list.focus()
        self.reload()
        if self._view is None or self._view == view:
            self.list.go(key)
            self._cursor_moved()

    # Showing

    def reload(self) -> None:
        try:
            self.quotes.load()
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
        self._text_read = ("", "")
        self.show()

    def show(self) -> None:
        """Show the quotes that are loaded so far, a heading, and the text around the quote under the cursor."""
        self._by_id = {coding.id: coding for coding in self.quotes.codings}
        self._marked &= self._by_id.keys()
        self.list.empty = self.worded(self.quotes.empty)
        self.list.set_quotes([self._quote(coding) for coding in self.quotes.codings], self._marked)
        self._remember()
        self._head()
        self._show_context()
        self.show_status()

    def _quote(self, coding: Coding) -> QuoteItem:
        quotes = self.quotes
        return quote_item(
            coding,
            quotes.codebook,
            lambda path: self.study_app.code_colour(quotes.codebook.colour(path)),
            group=quotes.source_heading(coding.source),
            above=above(coding.code),
            verbatim=quotes.verbatim(coding.source),
        )

    def _head(self) -> None:
        quotes, width = self.quotes, max(30, self.size.width - 2)
        filtered = quotes.filter_line
        lines: list[Line] = [[(row, "strong")] for row in wrapped(quotes.title, width)]
        lines += [[(row, "text")] for text in quotes.about for row in wrapped(text, width)]
        if filtered:
            lines += [[("filter  ", "key"), (row, "text")] for row in wrapped(filtered, width - 8)]
        if quotes.query:
            lines += [[("query   ", "key"), (row, "text")] for row in wrapped(one_line(quotes.query), width - 8)]
        if not filtered and not quotes.query and quotes.view.cell is None:
            lines.append([("all quotes · f filters them", "quiet")])
        fit(self.query_one("#heading", TextLines), [*lines, []])

    def _show_context(self) -> None:
        """If there is room, show the text around the quote under the cursor, and the properties of the quote."""
        pane, coding = self.query_one("#context", TextLines), self.coding
        if coding is None or not pane.display:
            pane.set_lines([])
            return
        width, height = max(10, pane.size.width), max(4, pane.size.height)
        facts = [
            f"{coding.source}, line {line_of(self._text(coding), coding.segment.start)}",
            f"coded by {coding.coder}, {coding.created[:10]}",
        ]
        facts_rows = [row for fact in facts for row in wrapped(fact, width)]
        room = max(1, (height - len(facts_rows) - 2) // 2)
        rows, at = context_rows(self._text(coding), coding.segment, width, room)
        rows = rows[max(0, at - room // 2) :][: height - len(facts_rows) - 1]
        lines = [context_line(row.text, row.start, row.end) for row in rows]
        pane.set_lines([*([(row, "quiet")] for row in facts_rows), [], *lines])

    def _text(self, coding: Coding) -> str:
        """Return the text of the source of a coding. The text is cached until another source is needed."""
        if self._text_read[0] != coding.source:
            self._text_read = (coding.source, self.project.sources.text(coding.source))
        return self._text_read[1]

    def status_lines(self, width: int) -> list[Line]:
        coding, quotes = self.coding, self.quotes
        if self.query_one("#quotes-filter").has_class("-open"):
            return [[("Examples of each part:", "text")], *([(row, "quiet")] for row in wrapped(EXAMPLE, width))]
        if self.query_field.is_open:
            return self.query_field.status_lines(width)
        marked = f" · {len(self._marked):,} marked" if self._marked else ""
        if coding is None:
            return [[(f"No quotes{marked}", "strong")]]
        at = 1 + next(at for at, each in enumerate(quotes.codings) if each.id == coding.id)
        source = quotes.sources.get(coding.source)
        line = f", line {line_of(self._text(coding), coding.segment.start)}"
        facts = [
            plural(len(coding.segment), "character"),
            *([source.kind, source.fidelity] if source else []),
            coding.coder,
        ]
        first: Line = [
            (f"{at:,} of {plural(quotes.total, 'quote')}", "strong"),
            (marked, "key"),
            ("  │  ", "quiet"),
        ]
        where = cut(coding.source, width - cells_of(first) - len(line)) + line
        return [
            [*first, (where, "text")],
            [(" · ".join(facts), "quiet")],
            [(one_line(quotes.source_heading(coding.source), width), "quiet")],
        ]

    @property
    def is_empty(self) -> bool:
        return self.coding is None

    def hint_line(self, width: int) -> Line:
        if self.query_one("#quotes-filter").has_class("-open"):
            return key_hints(ENTER, "filters", self.key_of("go.coding"), "keeps the previous filter")
        if self.query_field.is_open:
            return key_hints(ENTER, "lists", TAB, "completes", self.key_of("go.coding"), self.query_field.closing)
        return super().hint_line(width)

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.call_after_refresh(self._show_context)
            self._head()

    @property
    def coding(self) -> Coding | None:
        """The coding of the quote under the cursor. None if the list is empty."""
        key = self.list.key
        return None if key is None else self._by_id.get(key)

    @property
    def chosen(self) -> list[Coding]:
        """The codings of the marked quotes. If no quote is marked, the coding of the quote under the cursor."""
        if self._marked:
            return [coding for coding in self.quotes.codings if coding.id in self._marked]
        return [] if self.coding is None else [self.coding]

    def _remember(self) -> None:
        self.study_app.views["evidence"] = (self.quotes.view, self.list.key)

    def go_to_change(self, place: ChangePlace) -> None:
        if place.number is not None and place.number in self._by_id:
            self.list.go(place.number)
            self._cursor_moved()

    # Moving

    @on(QuoteList.Moved)
    def _cursor_moved(self) -> None:
        self._remember()
        self._show_context()
        self.show_status()

    @on(QuoteList.NearEnd)
    def _load_more(self, event: QuoteList.NearEnd) -> None:
        if self.quotes.read_more():
            self.show()
            if event.last:
                self.list.go(self.quotes.codings[-1].id)
                self._cursor_moved()

    @on(QuoteList.Chosen)
    def open_quote(self) -> None:
        if self.coding is not None:
            self.study_app.show_place(self.coding.source, self.coding.segment)

    def go_back(self) -> None:
        """Close the text field of the filter or of the query. If no field is open, unmark the quotes.

        If no quote is marked, return to the screen below this one, or to the coding screen.
        """
        if self.query_one("#quotes-filter").has_class("-open"):
            self._close_filter()
        elif self.query_field.is_open:
            self.query_field.leave()
        elif self._marked:
            self._mark(frozenset())
        elif len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            super().go_back()

    def mark_quote(self) -> None:
        """Mark the quote under the cursor, or remove its mark, and go to the next quote."""
        if self.coding is not None:
            self._mark(self._marked ^ {self.coding.id})
            self.list.step(1)

    def mark_all_quotes(self) -> None:
        """Mark all listed quotes. If all are marked already, remove the marks."""
        everything = frozenset(self._by_id)
        self._mark(frozenset() if self._marked == everything else everything)

    def _mark(self, marked: frozenset[int]) -> None:
        self._marked = marked
        self.list.mark(marked)
        self.show_status()

    def copy_quotes(self) -> None:
        chosen = self.chosen
        if not chosen:
            self.report("There is no quote.")
            return
        text = as_text(chosen, self.project.sources.text)
        self.report(self.study_app.copy(text, plural(len(chosen), "quote")), done=True)

    # Which quotes

    def change_view(self, action: Callable[[], None]) -> bool:
        """Call `action`, which selects the quotes to list, and list them. Return True.

        If there is an error, show it, keep the list, and return False.
        """
        try:
            action()
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
            return False
        self.show()
        return True

    def open_filter(self) -> None:
        field = self.query_one("#quotes-filter", Input)
        field.value = self.quotes.filter_line
        field.cursor_position = len(field.value)
        field.add_class("-open")
        field.focus()
        self.show_status()

    @on(Input.Submitted, "#quotes-filter")
    def _filter(self, event: Input.Submitted) -> None:
        if self.change_view(lambda: self.quotes.narrow(read_filter(event.value))):
            self._close_filter()

    def _close_filter(self) -> None:
        self.query_one("#quotes-filter").remove_class("-open")
        self.list.focus()
        self.show_status()

    def take_key(self, event: events.Key) -> bool:
        """If the text field of the query has the focus, handle a typed key. Return whether the key was handled."""
        return self.query_field.take_key(event)

    @on(Input.Changed, "#quotes-query")
    def _query_typed(self) -> None:
        self.query_field.typed()

    @on(Input.Submitted, "#quotes-query")
    def _query_entered(self) -> None:
        self.query_field.ask()

    @on(QuoteQuery.Answered)
    def _query_answered(self, event: QuoteQuery.Answered) -> None:
        if self.query_field.takes(event.number):
            self.quotes.show_answer(event.answer)
            self.show()
            self.query_field.close()

    @on(QuoteQuery.Refused)
    def _query_refused(self, event: QuoteQuery.Refused) -> None:
        if self.query_field.takes(event.number):
            self.query_field.point(event.at, event.reason)

    def on_background_screen_failed(self, event: BackgroundScreen.Failed) -> None:
        del event  # the base class reports the failure
        self.query_field.fail()

    def show_disagreements(self) -> None:
        from sibtui.tui.screens.disagreements import DisagreementsScreen

        self.app.push_screen(DisagreementsScreen())

    def show_code(self, picked: CodeChoice) -> None:
        self.change_view(lambda: self.quotes.show_code(picked.path))

    # Changing

    def change(self, action: Callable[[list[Coding]], str]) -> None:
        """Change the marked quotes, and list the quotes again.

        If no quote is marked, change the quote under the cursor. `action` receives the codings of these quotes,
        changes them, and returns the message to show.
        """
        chosen = self.chosen
        if not chosen:
            self.report("There is no quote.")
            return
        self.attempt(lambda: action(chosen), self._reload_quotes)

    def remove_quotes(self) -> None:
        """Remove the marked quotes from the study. If no quote is marked, remove the quote under the cursor."""
        self.change(lambda codings: self.with_undo(self.actions.remove(codings)))

    def _reload_quotes(self) -> None:
        self.quotes.read()
        self.show()


def context_line(text: str, start: int, end: int) -> Line:
    """Return a row of a note as a line. The part [start, end) of the row is highlighted as the quote."""
    bits = [(text[:start], "quiet"), (text[start:end], "strong"), (text[end:], "quiet")]
    return [(part, style) for part, style in bits if part]
