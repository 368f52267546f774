"""Searching in all notes: words above, the places where they are below, the passage of one of them at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message
from textual.widgets import Input

from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.aside import AsideScreen
from sibtui.tui.screens.coding_status import said
from sibtui.tui.views.passages import in_a_row, quoted
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.lines import Line, Lines, cut
from sibtui.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.searching import Match
    from sibtui.project import Project
    from sibtui.tui.commands import Place

MOST = 5_000
"""Places that are listed; who has more of them searches for more words."""
_OFTEN = 0.1
_PASSAGE = 5


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for, and the place that was chosen: there again when the search is opened again."""

    words: str = ""
    key: str | None = None


class SearchScreen(AsideScreen):
    PLACES: ClassVar[tuple[Place, ...]] = ("search", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]
    heading = "search"
    CSS = """
    #told { height: 2; padding: 0 1; background: $panel; }
    #search-title { height: 1; padding: 0 1; }
    #words { height: 1; border: none; padding: 0 1; background: $surface; margin: 0 0 1 0; }
    #found { height: 1fr; padding: 0 1; }
    #passage { height: 6; padding: 0 1; border-top: solid $rule; }
    """

    @dataclass
    class Found(Message):
        """Places found for a search, and the titles of their sources by name; the last of them when `finished`."""

        number: int
        matches: list[Match]
        titles: dict[str, str]
        finished: bool

    def __init__(self) -> None:
        super().__init__()
        self._matches: list[Match] = []
        self._titles: dict[str, str] = {}
        self._number = 0
        self._looking = False
        self._of = ""
        self._wanted: str | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="search-title")
        yield Field(placeholder="words to look for in all notes", id="words", compact=True)
        yield RowList(id="found")
        yield Lines(id="passage")
        yield Lines(id="told", names_keys=True)

    def on_mount(self) -> None:
        self.rows = self.query_one("#found", RowList)
        self.words = self.query_one("#words", Input)
        before = self.study_app.views.get("search")
        if isinstance(before, Searched) and before.words:
            self._wanted = before.key
            self.words.value = before.words
        self.words.focus()
        self._show()

    def on_unmount(self) -> None:
        self.study_app.views["search"] = Searched(self.words.value, self.rows.key)

    def reload(self) -> None:
        self._titles.clear()
        self._search()

    # Searching

    @on(Input.Changed, "#words")
    def _search(self) -> None:
        self._number += 1
        self._wanted = self.rows.key or self._wanted
        self._matches = []
        words, number = self.words.value, self._number
        self._looking, self._of = bool(words.strip()), ""
        if self._looking:
            self.aside(lambda project, progress: self._look(project, progress, words, number))
        else:
            self.stop_aside()
        self._show()

    def _look(self, project: Project, progress: Callable[[int, int], None], words: str, number: int) -> None:
        """In a thread: hand over what is found in small heaps."""
        heap: list[Match] = []
        titles: dict[str, str] = {}
        last = 0.0

        def told(done: int, of: int) -> None:
            nonlocal last
            if monotonic() - last > _OFTEN:
                last = monotonic()
                progress(done, of)
                if heap:
                    self.post_message(self.Found(number, heap.copy(), titles.copy(), finished=False))
                    heap.clear()

        for match in islice(project.sources.search(words, told), MOST):
            heap.append(match)
            if match.source not in titles:
                titles[match.source] = project.sources.get(match.source).title or ""
        self.post_message(self.Found(number, heap, titles, finished=True))

    def on_aside_screen_progressed(self, event: AsideScreen.Progressed) -> None:
        self._of = f"{event.done:,} of {event.of:,} sources"
        self._show_title()

    def on_search_screen_found(self, event: Found) -> None:
        if event.number != self._number:
            return
        self._matches += event.matches
        self._titles |= event.titles
        self._looking = not event.finished
        self._show()

    # Showing

    def _show(self) -> None:
        words = self.words.value.strip()
        self.rows.empty = "" if self._looking else f"“{words}” is in no note." if words else ""
        self.rows.set_rows(match_rows(self._matches, self._named))
        if self._wanted is not None and self.rows.go(self._wanted):
            self._wanted = None
        self._show_title()
        self._show_passage()

    def _show_title(self) -> None:
        sources = len({match.source for match in self._matches})
        if not self.words.value.strip():
            told = "letter case does not matter, words may stand on two lines"
        else:
            places = f"{len(self._matches):,} place{'' if len(self._matches) == 1 else 's'}"
            told = f"{places} in {sources:,} source{'' if sources == 1 else 's'}"
        if self._looking:
            told += f", looking on: {self._of or '…'}"
        elif len(self._matches) >= MOST:
            told += ": these are the first, more words find fewer"
        self.query_one("#search-title", Lines).set_lines([[("Search in all notes", "strong"), (f"  {told}", "quiet")]])

    def _show_passage(self) -> None:
        match = self._match()
        passage = self.query_one("#passage", Lines)
        lines: list[Line] = []
        if match is not None:
            lines = quoted(match.before, match.quote, match.after, max(20, passage.size.width))[:_PASSAGE]
        passage.set_lines(lines)
        self.show_told()

    def told_lines(self, width: int) -> list[Line]:
        match = self._match()
        if match is None:
            return [[("Nothing is chosen", "quiet")]]
        return [[(cut(f"{self._named(match.source)}, line {match.line}", width), "strong")]]

    def hint_line(self, width: int) -> Line:
        """While words are written, only keys that are not taken for one of them."""
        if self.focused is self.words:
            return said("↓ Enter", "to what was found", "Esc", "back to the note", "ctrl+p", "commands")
        return super().hint_line(width)

    def _named(self, source: str) -> str:
        """A source by its name, and its title where that is another."""
        title = self._titles.get(source, "")
        return source if title in {"", source} else f"{source}  {title}"

    def _match(self) -> Match | None:
        key = self.rows.key
        return self._matches[int(key)] if key is not None and int(key) < len(self._matches) else None

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        self._show_passage()

    def on_descendant_focus(self) -> None:
        self.show_told()

    def places_here(self) -> tuple[Place, ...]:
        return (*self.PLACES, "everywhere")

    # Commands

    @on(RowList.Chosen)
    def action_search_open(self) -> None:
        match = self._match()
        if match is None:
            self.tell("There is nothing to open: write what to look for.")
            return
        self.study_app.show_place(match.source, match.segment)

    @on(Input.Submitted, "#words")
    def _submitted(self) -> None:
        if self._matches:
            self.rows.focus()

    def action_search_words(self) -> None:
        self.words.focus()
        self.words.select_all()

    def action_search_results(self) -> None:
        if self.focused is self.words:
            self.rows.focus()
        else:
            self.words.focus()

    def on_key(self, event: events.Key) -> None:
        """From the words down into the list."""
        if event.key in {"down", "pagedown"} and self.focused is self.words:
            event.stop()
            self.rows.focus()


def match_rows(matches: Sequence[Match], named: Callable[[str], str]) -> list[Row]:
    """The places below what their sources are called; a row's key is the place's number."""
    rows: list[Row] = []
    source = None
    for number, match in enumerate(matches):
        if match.source != source:
            source = match.source
            rows.append(Row(None, named(source)))
        text, hit = in_a_row(match.before, match.quote, match.after)
        rows.append(Row(str(number), text, mark=f"{match.line:>6}  ", hits=(hit,)))
    return rows
