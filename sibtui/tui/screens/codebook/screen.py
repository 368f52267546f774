"""The codebook screen: its panes, its status bar, and the commands that move codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.message import Message

from sibtui.model.filters import CodingFilter
from sibtui.model.text import one_line, plural
from sibtui.tui.commands.keys import ENTER
from sibtui.tui.screens.background import BackgroundScreen
from sibtui.tui.screens.codebook.code_pane import CodeDetails, CodePane, CodeQuotes
from sibtui.tui.screens.codebook.editor import CodeEditor
from sibtui.tui.screens.codebook.meeting import choose_meeting_code
from sibtui.tui.screens.codebook.similar import choose_pair
from sibtui.tui.screens.codebook.tree_pane import CodebookTree, TreePane
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.views.hint_lines import GO_COMMANDS, hints, key_hints
from sibtui.tui.views.quote_items import quote_item
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, cells_of, cut
from sibtui.workspace.codebook_actions import CodebookActions, count_below, describe_place
from sibtui.workspace.codebook_view import CodebookView, filter_message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult

    from sibtui.model.progress import Progress
    from sibtui.model.records import Code, Coding
    from sibtui.model.similar import Similar
    from sibtui.project import Project
    from sibtui.project.results import ChangePlace
    from sibtui.tui.commands import Area
    from sibtui.tui.widgets.quote_list import QuoteItem

_TWO_PANES = 60
"""The least width of a window, in cells, in which the tree and the pane of the code are beside each other."""
_QUOTES = 200
"""How many quotes are listed for a code at most. The quotes screen lists all quotes of a code."""


class CodebookScreen(BackgroundScreen):
    """The screen that shows and changes the codebook.

    `StudyApp.views["codebook"]` keeps the path of the code under the cursor until the screen opens again.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("codebook",)
    heading = "codebook"
    USEFUL_WHEN_EMPTY = ("code.add", "code.proposals")
    CSS = """
    #status-bar { height: 2; padding: 0 1; background: $panel; }
    #codebook-title { height: 2; padding: 0 1; }
    #codebook { height: 1fr; }
    CodebookScreen.-broad #tree-pane { width: 68; }
    CodebookScreen.-narrow #codebook-title { height: 1; }
    CodebookScreen.-narrow #tree-pane { width: 40; }
    CodebookScreen.-narrow #code-quotes { height: 32%; }
    CodebookScreen.-one-pane #tree-pane { width: 100%; }
    CodebookScreen.-one-pane.-quotes #tree-pane { width: 0; }
    CodebookScreen.-one-pane #code-pane { width: 100%; border-left: none; }
    CodebookScreen.-one-pane #code-quotes { height: 50%; }
    """

    @dataclass
    class SimilarFound(Message):
        """Sent when a thread has found the pairs of similar codes."""

        pairs: Sequence[Similar]

    @dataclass
    class MeetingsFound(Message):
        """Sent when a thread has found the codes whose passages overlap passages of the code `path`."""

        path: str
        pairs: Sequence[Mapping[str, Any]]

    def __init__(self) -> None:
        super().__init__()
        self.tree_pane, self.code_pane = TreePane(self.colour_of), CodePane()
        self.editor = CodeEditor(self)
        self._cut_id: int | None = None
        self._details: CodeDetails | None = None
        self._quotes: dict[int, Coding] = {}
        self._shades: dict[str, str | None] = {}
        """A cache: name of a code's colour → the colour in this theme.

        Without the cache, the app would be asked for the colour of each of 2,000 codes, which is slow.
        """

    def compose(self) -> ComposeResult:
        yield TextLines(id="codebook-title")
        with Horizontal(id="codebook"):
            yield self.tree_pane
            yield self.code_pane
        yield MessageBar()

    def on_mount(self) -> None:
        self.actions = CodebookActions(self.project)
        self.tree_pane.empty = f"No codes yet: {self.key_of('code.add')} adds the first."
        self.reload()
        self.rows.go(self.study_app.views.get("codebook"))
        self.set_focus(self.rows)
        self._choose_layout()
        self.app.theme_changed_signal.subscribe(self, lambda _: self.call_after_refresh(self._recolour))

    def on_resize(self) -> None:
        self._choose_layout()

    def _choose_layout(self) -> None:
        """In a window of few columns, show only one pane: the code if its quotes have the focus, or else the tree."""
        self.set_class(self.app.size.width < _TWO_PANES, "-one-pane")
        self.set_class(self.focused is self.quotes, "-quotes")

    def on_unmount(self) -> None:
        self.study_app.views["codebook"] = self.rows.key

    def reload(self) -> None:
        self.actions.load()
        self.view = CodebookView(self.actions.codes)
        if self.actions.by_id(self._cut_id) is None:
            self._cut_id = None
        self._recolour()

    @property
    def rows(self) -> CodebookTree:
        return self.tree_pane.rows

    @property
    def quotes(self) -> CodeQuotes:
        return self.code_pane.quotes

    @property
    def code(self) -> Code | None:
        """The code under the cursor. None if no code is listed."""
        return self.actions.get(self.rows.key)

    @property
    def quote(self) -> Coding | None:
        """The quote under the cursor in the list of quotes. None if the list is empty."""
        return None if self.quotes.key is None else self._quotes.get(self.quotes.key)

    # Showing

    def _recolour(self) -> None:
        """Show the tree and the code again after a change of the codebook or of the colours of the screen."""
        self._details = None
        self._shades.clear()
        self._show_tree()
        self.show_code()

    def _show_tree(self) -> None:
        self.tree_pane.show(self.view, self._cut_id)
        codes = self.actions.codes
        used = sum(code.status != "retired" for code in codes)
        count = f"  {plural(used, 'code')}"
        count += f", {len(codes) - used:,} retired" if len(codes) > used else ""
        line: Line = [("Codebook", "strong"), (count, "quiet")]
        if self.tree_pane.filtered:
            line += [(f"  {filter_message(self.tree_pane.filtered, len(self.rows.rows))}", "warning")]
        self.query_one("#codebook-title", TextLines).set_lines([line])

    @on(RowList.Moved)
    def show_code(self) -> None:
        code = self.code
        if code is None:
            self._details, self._quotes = None, {}
        elif self._details is None or self._details.code != code:
            codings = self.codings_of(code, limit=_QUOTES)
            self._quotes = {coding.id: coding for coding in codings}
            quotes = [self.as_quote(coding) for coding in codings]
            lineage = self.project.codes.lineage(code.path)
            self._details = CodeDetails(code, lineage, quotes, count_below(self.actions.codes, code))
        self.code_pane.show(self._details)
        self.show_status()

    def codings_of(self, code: Code, *, limit: int | None = None) -> list[Coding]:
        """Return the codings of a code, at most `limit`. Codings of its sub-codes are not included."""
        if not code.codings:
            return []
        return list(self.project.codings.list(CodingFilter(codes=(code.path,), subcodes=False), limit=limit))

    def as_quote(self, coding: Coding) -> QuoteItem:
        return quote_item(coding, self.view, self.colour_of, group=coding.source)

    def colour_of(self, path: str) -> str | None:
        name = self.view.colour(path)
        if name not in self._shades:
            self._shades[name] = self.study_app.code_colour(name)
        return self._shades[name]

    def status_lines(self, width: int) -> list[Line]:
        code, moving = self.code, self.actions.by_id(self._cut_id)
        if moving is not None:
            below, after, top = (self.key_of(f"code.paste{where}") for where in ("", "_after", "_top"))
            keys = f"  {below} puts it below this code, {after} after this code, {top} on top"
            return [[(f"Taken: {moving.name}", "key"), (keys, "text")]]
        if code is None:
            return [[("No code", "quiet")]]
        count = plural(code.codings, "quote")
        if code.codings > _QUOTES:
            count += f", the first {_QUOTES} are listed: {self.key_of('codes.evidence')} lists all"
        room = max(width // 2, width - cells_of([(code.name, "")]))
        facts = cut(f"  {count} · {describe_place(code.path)}", room)
        return [[(cut(code.name, width - cells_of([(facts, "")])), "strong"), (facts, "quiet")]]

    def hint_line(self, width: int) -> Line:
        """Return the line of key hints.

        The key of `paste` is shown only while a code is taken with `cut`.
        """
        if self.focused is not None and self.focused.has_class("filter"):
            return key_hints(ENTER, "to the codes", self.key_of("go.coding"), "removes the filter")
        if self.is_empty:
            return super().hint_line(width)
        first: Line = []
        if self.tree_pane.filtered and self.focused is self.rows:
            first = [*key_hints(self.key_of("go.coding"), "all codes"), ("  ", "quiet")]
        without = (*GO_COMMANDS, *(() if self._cut_id is not None else ("code.paste",)))
        room = width - cells_of(first)
        return [*first, *hints(self.active_areas(), self.study_app.changed_keys, room, without=without)]

    @property
    def is_empty(self) -> bool:
        return not self.view.codes

    def go_to_change(self, place: ChangePlace) -> None:
        if place.kind == "code":
            self.tree_pane.go(place.name)

    def on_descendant_focus(self) -> None:
        self._choose_layout()
        self.show_status()

    def active_areas(self) -> tuple[Area, ...]:
        return ("codebook quotes" if self.focused is self.quotes else "codebook", "list", "everywhere")

    def on_filtered_pane_filtered(self) -> None:
        self._show_tree()
        self.show_code()

    def go_back(self) -> None:
        """Remove the filter. If there is no filter, release the code that was taken with `cut`.

        If there is no such code either, go to the coding screen.
        """
        if self.tree_pane.close_filter():
            return
        if self._cut_id is None:
            super().go_back()
        else:
            self._take(None)

    # Changing

    def change(self, action: Callable[[], tuple[str, str]]) -> None:
        """Call `action`, which changes the codebook and returns (message, path of a code).

        Then show the changed codebook, with the cursor on the code with this path, and show the message.
        """

        def done() -> str:
            message, path = action()
            self.reload()
            self.tree_pane.go(path)
            return message

        self.attempt(done)

    def change_code(self, action: Callable[[Code], tuple[str, str]]) -> None:
        """Change the code under the cursor.

        `action` receives the code, changes it, and returns (message, path of the code to which the cursor goes).
        """
        code = self.code_or_report()
        if code is not None:
            self.change(lambda: action(code))

    def code_or_report(self) -> Code | None:
        if self.code is None:
            self.report(f"There is no code: {self.key_of('code.add')} adds one.")
        return self.code

    # Moving codes

    def cut(self) -> None:
        """Take the code under the cursor, so that `paste` can move it. If this code is taken already, release it."""
        code = self.code_or_report()
        if code is not None:
            self._take(None if self._cut_id == code.id else code.id)

    def _take(self, number: int | None) -> None:
        self._cut_id = number
        self._show_tree()
        self.show_status()

    def paste(self, put: Callable[[Code, Code], tuple[str, str]]) -> None:
        """Move the code that was taken with `cut` to a place below or after the code under the cursor.

        `put` is called with (taken code, code under the cursor). It moves the taken code, and returns (message, new
        path of the taken code).
        """
        code, moving = self.code_or_report(), self.actions.by_id(self._cut_id)
        if moving is None:
            self.report(f"No code is taken: {self.key_of('code.cut')} takes the code under the cursor.")
        elif code is not None and code.id == moving.id:
            self.report("This is the taken code: go to another code, and put it below or after that code.")
        elif code is not None:
            self._put(lambda: put(moving, code))

    def paste_on_top(self) -> None:
        """Move a code to the top level: the code that was taken with `cut`, or else the code under the cursor."""
        code = self.actions.by_id(self._cut_id) or self.code_or_report()
        if code is not None:
            self._put(lambda: self.actions.put_on_top(code))

    def _put(self, action: Callable[[], tuple[str, str]]) -> None:
        def done() -> tuple[str, str]:
            result = action()
            self._cut_id = None
            return result

        self.change(done)

    # Similar codes

    def find_similar(self) -> None:
        """In a thread, search for pairs of similar codes. The pairs are listed when the search has ended."""

        def compare(project: Project, _: object) -> None:
            self.post_message(self.SimilarFound(project.codes.similar()))

        self.run_in_background(compare)
        self.report("Comparing the codes …")

    def on_codebook_screen_similar_found(self, event: SimilarFound) -> None:
        choose_pair(self, event.pairs)

    def find_meeting_codes(self) -> None:
        """In a thread, find the codes whose passages overlap passages of the code under the cursor."""
        code = self.code_or_report()
        if code is None:
            return
        path = code.path

        def count(project: Project, progress: Progress) -> None:
            table = project.reports.cooccurrence(rows_under=path, cells=None, progress=progress)
            self.post_message(self.MeetingsFound(path, table.objects))

        self.run_in_background(count)
        self.report("Counting the passages that overlap …")

    def on_codebook_screen_meetings_found(self, event: MeetingsFound) -> None:
        choose_meeting_code(self, event.path, event.pairs)

    def open_proposals(self) -> None:
        from sibtui.tui.screens.codebook.proposals import open_proposals

        open_proposals(self)

    # The quotes of the code

    def on_quote_list_chosen(self) -> None:
        self.open_quote()

    def open_quote(self) -> None:
        if self.quote is not None:
            self.study_app.show_place(self.quote.source, self.quote.segment)

    def copy_quote(self) -> None:
        if self.quote is not None:
            self.report(self.study_app.copy(self.quote.quote, "The quote"), done=True)

    def take_example(self) -> None:
        """Store the quote under the cursor as the example of its code."""
        quote, code = self.quote, self.code
        if quote is not None and code is not None:
            example = f"{one_line(quote.quote)} ({quote.source})"
            self.change(lambda: self.actions.set(code, "example", example))

    def open_evidence(self) -> None:
        from sibtui.tui.screens.evidence import EvidenceScreen
        from sibtui.workspace.quote_browser import QuotesView

        code = self.code_or_report()
        if code is not None:
            self.app.push_screen(EvidenceScreen(QuotesView.of_code(code.path)))
