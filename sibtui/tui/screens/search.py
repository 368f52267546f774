"""The search screen: words to search for in all notes, the matches, and the text around the match under the cursor."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message
from textual.widgets import Input

from sibtui.errors import SibtuiError
from sibtui.model.text import plural
from sibtui.tui.commands.keys import DOWN, ENTER, bindings
from sibtui.tui.hints import key_in_field, keymap_of
from sibtui.tui.screens.background import BackgroundScreen
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.views.excerpts import quoted
from sibtui.tui.views.hint_lines import GO_COMMANDS, hints, key_hints
from sibtui.tui.views.match_rows import match_rows
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, cells_of, cut
from sibtui.workspace.codebook_view import CodebookView, short
from sibtui.workspace.match_coding import code_matches, coded_already

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.text_search import TextMatch
    from sibtui.project import Project
    from sibtui.tui.commands import Area
    from sibtui.workspace.code_search import CodeChoice

MATCH_LIMIT = 5_000
"""How many matches are listed at most. To find fewer matches, the user types more words."""
_UPDATE_SECONDS = 0.1
_PASSAGE_ROWS = 5


@dataclass(frozen=True, slots=True)
class SearchState:
    """The words of a search, and the key (identifier) of the match under the cursor.

    The next search screen restores both.
    """

    words: str = ""
    key: str | None = None


class SearchScreen(BackgroundScreen):
    AREAS: ClassVar[tuple[Area, ...]] = ("search", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]
    heading = "search"
    CSS = """
    #status-bar { height: 2; padding: 0 1; background: $panel; }
    #search-title { height: 1; padding: 0 1; }
    #words { height: 1; border: none; padding: 0 1; background: $surface; margin: 0 0 1 0; }
    #matches { height: 1fr; padding: 0 1; }
    #passage { height: 6; padding: 0 1; border-top: solid $rule; }
    """

    @dataclass
    class MatchesFound(Message):
        """Sent when a thread has found some matches of the search with the running number `number`.

        `titles` is a map: name of a source → its title. `finished` is True if these are the last matches.
        """

        number: int
        matches: list[TextMatch]
        titles: dict[str, str]
        finished: bool

    def __init__(self) -> None:
        super().__init__()
        self._matches: list[TextMatch] = []
        self._titles: dict[str, str] = {}
        self._number = 0
        self._is_searching = False
        self._has_failed = False
        self._progress = ""
        self._key_to_restore: str | None = None
        self.marked: frozenset[int] = frozenset()
        """The indexes of the matches that the user has marked."""
        self._sentences = False
        self._coded: frozenset[int] = frozenset()

    def compose(self) -> ComposeResult:
        yield TextLines(id="search-title")
        yield Field(placeholder="words to search for in all notes", id="words", compact=True)
        yield RowList(id="matches")
        yield TextLines(id="passage")
        yield MessageBar()

    def on_mount(self) -> None:
        self.rows = self.query_one("#matches", RowList)
        self.words = self.query_one("#words", Input)
        before = self.study_app.views.get("search")
        if isinstance(before, SearchState) and before.words:
            self._key_to_restore = before.key
            self.words.value = before.words
        self.words.focus()
        self._show()

    def on_unmount(self) -> None:
        self.study_app.views["search"] = SearchState(self.words.value, self.rows.key)

    def reload(self) -> None:
        self._titles.clear()
        self._search()

    # Searching

    @on(Input.Changed, "#words")
    def _search(self) -> None:
        self._number += 1
        self._key_to_restore = self.rows.key or self._key_to_restore
        self._matches = []
        self.marked = self._coded = frozenset()
        words, number = self.words.value, self._number
        self._is_searching, self._has_failed, self._progress = bool(words.strip()), False, ""
        if self._is_searching:
            self.run_in_background(lambda project, progress: self._find(project, progress, words, number))
        else:
            self.stop_background()
        self._show()

    def _find(self, project: Project, progress: Callable[[int, int], None], words: str, number: int) -> None:
        """Search all notes for `words`, and send the matches in batches. This method runs in a thread."""
        batch: list[TextMatch] = []
        titles: dict[str, str] = {}
        last = 0.0

        def report_progress(done: int, of: int) -> None:
            nonlocal last
            if monotonic() - last > _UPDATE_SECONDS:
                last = monotonic()
                progress(done, of)
                if batch:
                    self.post_message(self.MatchesFound(number, batch.copy(), titles.copy(), finished=False))
                    batch.clear()

        for match in islice(project.sources.search(words, report_progress), MATCH_LIMIT):
            batch.append(match)
            if match.source not in titles:
                titles[match.source] = project.sources.get(match.source).title or ""
        self.post_message(self.MatchesFound(number, batch, titles, finished=True))

    def on_background_screen_progressed(self, event: BackgroundScreen.Progressed) -> None:
        self._progress = f"{event.done:,} of {event.of:,} sources"
        self._show_title()

    def on_search_screen_matches_found(self, event: MatchesFound) -> None:
        if event.number != self._number:
            return
        self._matches += event.matches
        self._titles |= event.titles
        self._is_searching, self._has_failed = not event.finished, False
        self._see_coded()
        self._show()

    def on_background_screen_failed(self, event: BackgroundScreen.Failed) -> None:
        del event  # the base class reports the failure
        self._is_searching, self._has_failed = False, True
        self._show()

    # Showing

    def _show(self) -> None:
        words = self.words.value.strip()
        is_absent = words and not (self._is_searching or self._has_failed)
        self.rows.empty = f"“{words}” is in no note." if is_absent else ""
        self.rows.set_rows(match_rows(self._matches, self._label_of, self.marked, self._coded))
        if self._key_to_restore is not None and self.rows.go(self._key_to_restore):
            self._key_to_restore = None
        self._show_title()
        self._show_passage()

    def _show_title(self) -> None:
        sources = len({match.source for match in self._matches})
        if not self.words.value.strip():
            summary = "capitals, quotation marks and line ends do not matter"
        else:
            matches = f"{len(self._matches):,} match{'' if len(self._matches) == 1 else 'es'}"
            summary = f"{matches} in {plural(sources, 'source')}"
        if self._is_searching:
            summary += f", still searching: {self._progress or '…'}"
        elif self._has_failed:
            summary += ", not all notes were searched"
        elif len(self._matches) >= MATCH_LIMIT:
            summary += ": these are the first, add words to find fewer"
        line: Line = [("Search in all notes", "strong"), (f"  {summary}", "quiet")]
        if self._coded:
            line.append((f"  ✓ {len(self._coded):,} coded {short(self._last_code or '')}", "quiet"))
        self.query_one("#search-title", TextLines).set_lines([line])

    def fit_contents(self) -> None:
        if self.is_mounted:
            self._show_passage()

    def _show_passage(self) -> None:
        match = self._match()
        passage = self.query_one("#passage", TextLines)
        lines: list[Line] = []
        if match is not None:
            lines = quoted(match.before, match.quote, match.after, max(20, passage.size.width))[:_PASSAGE_ROWS]
        passage.set_lines(lines)
        self.show_status()

    def status_lines(self, width: int) -> list[Line]:
        match = self._match()
        if match is None:
            return [[("No match", "quiet")]]
        what = "the sentences" if self._sentences else "the words"
        marked = (
            f"  {len(self.marked):,} marked: {self.key_of('search.open')} codes {what} of all of them"
            if self.marked
            else ""
        )
        place = cut(f"{self._label_of(match.source)}, line {match.line}", max(20, width - len(marked)))
        return [[(place, "strong"), (marked, "key")]]

    def hint_line(self, width: int) -> Line:
        """Return the line of key hints.

        While the text field has the focus, the line shows only keys that do not type a character.
        """
        if self.focused is self.words:
            back, palette = self.key_of("go.coding"), self.key_of("app.palette")
            keys = (
                back,
                "back to the note",
                key_in_field("app.help", keymap_of(self.app)),
                "help",
                palette,
                "commands",
            )
            return key_hints(f"{DOWN} {ENTER}", "to the matches", *keys)
        if self.marked:
            first = [
                *key_hints(self.key_of("search.open"), "code them", self.key_of("go.coding"), "unmark"),
                ("  ", "quiet"),
            ]
            without = (*GO_COMMANDS, "search.open")
            return [*first, *hints(self.active_areas(), keymap_of(self.app), width - cells_of(first), without=without)]
        return super().hint_line(width)

    def _label_of(self, source: str) -> str:
        """Return the name of a source, followed by its title if the title differs from the name."""
        title = self._titles.get(source, "")
        return source if title in {"", source} else f"{source}  {title}"

    def _match(self) -> TextMatch | None:
        key = self.rows.key
        return self._matches[int(key)] if key is not None and int(key) < len(self._matches) else None

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        self._show_passage()

    def on_descendant_focus(self) -> None:
        self.show_status()

    # Coding

    @property
    def _last_code(self) -> str | None:
        """The path of the code that was applied last. None if no code was applied yet."""
        return next(iter(self.study_app.study_state.recent), None)

    def _see_coded(self) -> None:
        """Find out which matches have the last applied code already."""
        self._coded = frozenset()
        if self._last_code is not None:
            with suppress(SibtuiError):  # the code no longer exists
                self._coded = coded_already(self.project, self._matches, self._last_code)

    def mark_one(self) -> None:
        """Mark or unmark the match under the cursor, and go to the next match."""
        if self.rows.key is not None:
            self._mark(self.marked ^ {int(self.rows.key)})
            self.rows.step(1)

    def mark_all(self) -> None:
        """Mark all matches. If all are marked already, unmark them."""
        everything = frozenset(range(len(self._matches)))
        self._mark(frozenset() if self.marked == everything else everything)

    def _mark(self, marked: frozenset[int]) -> None:
        self.marked = marked
        self._show()

    def toggle_sentences(self) -> None:
        """Switch between applying a code to the words of a match, and applying it to the whole sentence around them."""
        self._sentences = not self._sentences
        self.report(f"A code now covers {'the sentence' if self._sentences else 'the words'} of each match.")

    def code_matches(self) -> None:
        """Ask for a code, and apply it to the marked matches.

        If no match is marked, apply it to the match under the cursor.
        """
        match = self._match()
        matches = [self._matches[number] for number in sorted(self.marked)] or ([match] if match is not None else [])
        if not matches:
            self.report("There is no match to code: type the words to search for.")
            return
        from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

        codebook = CodebookView(self.project.codes.list(counts=True))
        keys = {code.path: code.key for code in codebook.usable if code.key}
        what = "the sentence" if self._sentences else "the words"
        title = f"Code {what} of {plural(len(matches), 'match', 'matches')}"
        recent = self.study_app.study_state.recent

        def colour(path: str) -> str | None:
            return self.study_app.code_colour(codebook.colour(path))

        choice = PickerChoice(title, codebook.usable, recent, keys, colour, codebook.retired)
        ask_code(self.app, choice, lambda picked: self._code(matches, picked))

    def _code(self, matches: Sequence[TextMatch], picked: CodeChoice) -> None:
        def action() -> str:
            message = code_matches(self.project, matches, picked.path, sentences=self._sentences, new=picked.new)
            self.study_app.study_state.used(picked.path)
            self.marked = frozenset()
            self._see_coded()
            self._show()
            return self.with_undo(message)

        self.attempt(action)

    def go_back(self) -> None:
        """Unmark the matches. If none is marked, go to the coding screen."""
        if self.marked:
            self._mark(frozenset())
        else:
            super().go_back()

    # Commands

    @on(RowList.Chosen)
    def open_match(self) -> None:
        """Open the note of the match under the cursor. If matches are marked, ask for a code for them instead."""
        if self.marked:
            self.code_matches()
            return
        match = self._match()
        if match is None:
            self.report("There is no match to open: type the words to search for.")
            return
        self.study_app.show_place(match.source, match.segment)

    @on(Input.Submitted, "#words")
    def _submitted(self) -> None:
        if self._matches:
            self.rows.focus()

    def edit_words(self) -> None:
        self.words.focus()
        self.words.select_all()

    def switch_pane(self) -> None:
        """Move the focus from the text field to the list of matches, or back."""
        if self.focused is self.words:
            self.rows.focus()
        else:
            self.words.focus()

    def on_key(self, event: events.Key) -> None:
        """If ↓ or Page Down is pressed in the text field, move the focus to the list of matches."""
        if event.key in {"down", "pagedown"} and self.focused is self.words:
            event.stop()
            self.rows.focus()
