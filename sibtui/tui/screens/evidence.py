"""The quotes of a cell, a code, a search, or all; each can be changed here, several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.widgets import Input

from sibtui.desk.codebook import short
from sibtui.desk.filtering import EXAMPLE, read_filter
from sibtui.desk.quotes import QuoteDeeds, Quotes, QuotesView, above
from sibtui.errors import SibtuiError
from sibtui.model.text import one_line, plural
from sibtui.tui.commands.keys import bindings
from sibtui.tui.note.margin import sign_of
from sibtui.tui.screens.changing import Changing
from sibtui.tui.screens.told import ToldScreen, fit
from sibtui.tui.views.context import context_rows, line_of
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.lines import Line, Lines, cells_of, cut, wrapped
from sibtui.tui.widgets.quote_list import Quote, QuoteList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Coding
    from sibtui.tui.commands import Place
    from sibtui.tui.widgets.code_picker import Picked


class EvidenceScreen(Changing):
    """Made with a view, or without one where it was left last. What it shows is remembered by the app under "evidence"."""

    PLACES: ClassVar[tuple[Place, ...]] = ("evidence", "list")
    USEFUL_WHEN_EMPTY = ("quotes.filter", "quotes.of_code", "quotes.all")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("evidence")]
    CSS = (
        ToldScreen.CSS
        + """
    EvidenceScreen QuoteList { width: 1fr; padding: 0 0 0 1; }
    EvidenceScreen #context { width: 46; padding: 0 1; border-left: solid $rule; }
    EvidenceScreen.-broad #context { width: 72; }
    EvidenceScreen.-narrow #context { display: none; }
    #quotes-filter { height: 1; border: none; padding: 0 1; background: $surface; display: none; }
    #quotes-filter.-open { display: block; }
    """
    )
    heading = "quotes"

    def __init__(self, view: QuotesView | None = None) -> None:
        super().__init__()
        self._view = view
        self._marked: frozenset[int] = frozenset()
        self._read = ("", "")

    def compose(self) -> ComposeResult:
        yield Lines(id="heading", classes="heading")
        yield Field(id="quotes-filter", compact=True, select_on_focus=False)
        with Horizontal():
            yield QuoteList(id="quotes")
            yield Lines(id="context")
        yield Lines(id="told", names_keys=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.list = self.query_one(QuoteList)
        view, key = self.study_app.views.get("evidence", (QuotesView(), None))
        self.quotes = Quotes(self.project, self._view or view)
        self.deeds = QuoteDeeds(self.project)
        self.list.focus()
        self.reload()
        if self._view is None or self._view == view:
            self.list.go(key)
            self._stood()

    # Showing

    def reload(self) -> None:
        try:
            self.quotes.load()
        except SibtuiError as error:
            self.tell(str(error), error=True)
        self._read = ("", "")
        self.show()

    def show(self) -> None:
        """Show the quotes that were read."""
        self._by_id = {coding.id: coding for coding in self.quotes.codings}
        self._marked &= self._by_id.keys()
        self.list.empty = self.quotes.empty
        self.list.set_quotes([self._quote(coding) for coding in self.quotes.codings], self._marked)
        self._remember()
        self._head()
        self._show_context()
        self.show_told()

    def _quote(self, coding: Coding) -> Quote:
        quotes = self.quotes
        flags = ["counter-evidence"] * (coding.stance == "counters") + ["tentative"] * (coding.certainty == "tentative")
        return Quote(
            coding.id,
            quotes.source_told(coding.source),
            quotes.codebook.tag(coding.code) + sign_of(coding),
            short(coding.code),
            f"“{coding.quote}”" if quotes.verbatim(coding.source) else coding.quote,
            above(coding.code),
            ", ".join(flags),
            ", ".join(coding.cases) or "no case yet",
            coding.memo,
            self.study_app.code_colour(quotes.codebook.colour(coding.code)),
            waits=not coding.cases,
        )

    def _head(self) -> None:
        quotes, width = self.quotes, max(30, self.size.width - 2)
        filtered = quotes.narrowed
        lines: list[Line] = [[(row, "strong")] for row in wrapped(quotes.title, width)]
        lines += [[(row, "text")] for told in quotes.about for row in wrapped(told, width)]
        if filtered:
            lines += [[("filter  ", "key"), (row, "text")] for row in wrapped(filtered, width - 8)]
        elif quotes.view.cell is None:
            lines.append([("all that is coded · f narrows it", "quiet")])
        fit(self.query_one("#heading", Lines), [*lines, []])

    def _show_context(self) -> None:
        """The quote among the words around it, and what else is known of it, where there is room."""
        pane, coding = self.query_one("#context", Lines), self.coding
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
        """The text of its source, kept for as long as the cursor stays in it."""
        if self._read[0] != coding.source:
            self._read = (coding.source, self.project.sources.text(coding.source))
        return self._read[1]

    def told_lines(self, width: int) -> list[Line]:
        coding, quotes = self.coding, self.quotes
        if self.query_one("#quotes-filter").has_class("-open"):
            return [[("An example of each part:", "text")], *([(row, "quiet")] for row in wrapped(EXAMPLE, width))]
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
            [(one_line(quotes.source_told(coding.source), width), "quiet")],
        ]

    @property
    def is_empty(self) -> bool:
        return self.coding is None

    def hint_line(self, width: int) -> Line:
        if self.query_one("#quotes-filter").has_class("-open"):
            return [("Enter", "key"), (" filters  ", "quiet"), ("Esc", "key"), (" leaves it as it was", "quiet")]
        return super().hint_line(width)

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.call_after_refresh(self._show_context)
            self._head()

    @property
    def coding(self) -> Coding | None:
        """The coding under the cursor."""
        key = self.list.key
        return None if key is None else self._by_id.get(key)

    @property
    def chosen(self) -> list[Coding]:
        """What commands act on: the codings that are marked, else the one here."""
        if self._marked:
            return [coding for coding in self.quotes.codings if coding.id in self._marked]
        return [] if self.coding is None else [self.coding]

    def _remember(self) -> None:
        self.study_app.views["evidence"] = (self.quotes.view, self.list.key)

    # Moving

    @on(QuoteList.Moved)
    def _stood(self) -> None:
        self._remember()
        self._show_context()
        self.show_told()

    @on(QuoteList.NearEnd)
    def _read_on(self, event: QuoteList.NearEnd) -> None:
        if self.quotes.read_on():
            self.show()
            if event.last:
                self.list.go(self.quotes.codings[-1].id)
                self._stood()

    @on(QuoteList.Chosen)
    def action_quotes_open(self) -> None:
        if self.coding is not None:
            self.study_app.show_place(self.coding.source, self.coding.segment)

    def action_go_coding(self) -> None:
        """Back by one: let go of what is marked, then to the table that the quotes are of, then to the note."""
        if self.query_one("#quotes-filter").has_class("-open"):
            self._close_filter()
        elif self._marked:
            self._mark(frozenset())
        elif len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            super().action_go_coding()

    def action_quotes_mark(self) -> None:
        if self.coding is not None:
            self._mark(self._marked ^ {self.coding.id})
            self.list.action_list_down()

    def action_quotes_mark_all(self) -> None:
        everything = frozenset(self._by_id)
        self._mark(frozenset() if self._marked == everything else everything)

    def _mark(self, marked: frozenset[int]) -> None:
        self._marked = marked
        self.list.mark(marked)
        self.show_told()

    # Which quotes

    def _look(self, deed: Callable[[], None]) -> bool:
        """List other quotes; what cannot be found is told, and the list stays as it is."""
        try:
            deed()
        except SibtuiError as error:
            self.tell(str(error), error=True)
            return False
        self.show()
        return True

    def action_quotes_filter(self) -> None:
        field = self.query_one("#quotes-filter", Input)
        field.value = self.quotes.narrowed
        field.cursor_position = len(field.value)
        field.add_class("-open")
        field.focus()
        self.show_told()

    @on(Input.Submitted, "#quotes-filter")
    def _filter(self, event: Input.Submitted) -> None:
        if self._look(lambda: self.quotes.narrow(read_filter(event.value))):
            self._close_filter()

    def _close_filter(self) -> None:
        self.query_one("#quotes-filter").remove_class("-open")
        self.list.focus()
        self.show_told()

    def action_quotes_all(self) -> None:
        self._look(self.quotes.show_all)

    def action_quotes_of_code(self) -> None:
        self.pick("The quotes of", self.quotes.codebook.codes, self._of_code)

    def _of_code(self, picked: Picked) -> None:
        self._look(lambda: self.quotes.show_code(picked.path))

    # Changing

    def action_quotes_stance(self) -> None:
        self.change(self.deeds.toggle_stance)

    def action_quotes_certainty(self) -> None:
        self.change(self.deeds.toggle_certainty)

    def action_quotes_remove(self) -> None:
        self.change(self.deeds.remove)

    def action_quotes_memo(self) -> None:
        self.write_memo()

    def action_quotes_case(self) -> None:
        self.ask_case()

    def action_quotes_code(self) -> None:
        if self.chosen:
            title = f"Instead of {short(self.chosen[0].code)}" if len(self.chosen) == 1 else "The code for them all"
            self.pick(title, self.quotes.codebook.usable, self._recode)

    def _recode(self, picked: Picked) -> None:
        self.change(lambda codings: self.deeds.set_code(codings, picked.path))

    def change(self, deed: Callable[[list[Coding]], str]) -> None:
        chosen = self.chosen
        if not chosen:
            self.tell("There is no quote here.")
            return
        self.carry_out(lambda: deed(chosen), self._read_again)

    def _read_again(self) -> None:
        self.quotes.read()
        self.show()


def context_line(text: str, start: int, end: int) -> Line:
    """A row of the note with the part that is quoted standing out."""
    bits = [(text[:start], "quiet"), (text[start:end], "strong"), (text[end:], "quiet")]
    return [(told, name) for told, name in bits if told]
