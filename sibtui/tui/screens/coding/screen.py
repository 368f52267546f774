"""The coding screen. It connects the panes with the workspace, which holds the open source and the selection."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from sibtui.errors import SibtuiError
from sibtui.tui.commands.keys import bindings
from sibtui.tui.note.painting import NoteStyle
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.screens.coding.codebook_pane import CodebookPane
from sibtui.tui.screens.coding.codings_pane import CodingsPane, codings_line
from sibtui.tui.screens.coding.counts import Counts
from sibtui.tui.screens.coding.moves import Moves
from sibtui.tui.screens.coding.note_pane import NotePane
from sibtui.tui.screens.coding.reading import SourceReading
from sibtui.tui.screens.coding.search import Search
from sibtui.tui.screens.coding.sources_pane import SourcesPane
from sibtui.tui.screens.coding.status_bar import FIELDS, CodingStatus, Situation, StatusBar
from sibtui.tui.textual_overrides.containers import PaneColumn, PaneRow, Unscrolled
from sibtui.tui.views.source_lines import source_line
from sibtui.workspace.round_words import coder_words
from sibtui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from sibtui.model.segments import Segment
    from sibtui.project import Project
    from sibtui.tui.commands import Area
    from sibtui.tui.note.widget import NoteView
    from sibtui.tui.screens.coding.dialogs import CodingDialogs
    from sibtui.tui.screens.coding.search_bar import SearchBar
    from sibtui.tui.widgets.row_list import RowList
    from sibtui.tui.widgets.text_lines import Line
    from sibtui.workspace.actions import CodingActions
    from sibtui.workspace.selection import Step
    from sibtui.workspace.session_state import StudyState


class CodingScreen(StudyScreen, Unscrolled):
    """The coding screen. `show` passes values of the workspace (open source, selection, codebook) to each pane.

    A pane repaints only rows that have changed. Panes send messages only about the mouse, the cursor of a list, and
    pasted text.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("coding",)
    AUTO_FOCUS = ""  # the note gets the focus when the screen is mounted
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("coding")]
    heading = "coding"

    def __init__(self, project: Project, state: StudyState) -> None:
        super().__init__()
        self.workspace = Workspace(project, state)
        self.reading = SourceReading(self)
        self.search = Search(self)
        self.moves = Moves(self)
        self.counts = Counts(self)
        self.sources_pane = SourcesPane()
        self.note_pane = NotePane(self._note_style)
        self.codebook_pane = CodebookPane(self.colour_of)
        self.codings_pane = CodingsPane()
        self.status_bar = StatusBar()
        self.sources, self.note, self.codes = self.sources_pane.list, self.note_pane.note, self.codebook_pane.list
        self._lists_shown: tuple[int, str | None] | None = None
        self._focus_shown: Widget | None = None

    @cached_property
    def actions(self) -> CodingActions:
        from sibtui.workspace.actions import CodingActions

        return CodingActions(self.workspace)

    @cached_property
    def dialogs(self) -> CodingDialogs:
        """The dialogs of this screen."""
        from sibtui.tui.screens.coding.dialogs import CodingDialogs

        return CodingDialogs(self)

    def compose(self) -> ComposeResult:
        with PaneRow(id="panes"):
            yield self.sources_pane
            yield self.note_pane
            with PaneColumn(id="right"):
                yield self.codebook_pane
                yield self.codings_pane
        yield self.status_bar

    def on_mount(self) -> None:
        super().on_mount()
        try:
            self.workspace.load()
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
        self.set_focus(self.note)
        self.show_note()
        self.app.theme_changed_signal.subscribe(self, lambda _: self.call_after_refresh(self._recolour))

    # Showing

    def show_note(self) -> None:
        """Show the text of the open source, after another source was opened or the text has changed."""
        workspace = self.workspace
        self.note.show(workspace.text, workspace.spans, workspace.selection, active=workspace.active)
        self.note.number_lines(self.study_app.study_state.numbers)
        self.note.dim_marks(self.study_app.study_state.dimmed)
        self.show(reveal=False)

    def show(self, *, reveal: bool = True) -> None:
        """Update all panes and the status bar. Scroll the note to the selection unless `reveal` is False."""
        workspace = self.workspace
        self.note.update_codings(active=workspace.active)
        self.note.select(workspace.selection, reveal=reveal)
        self.note.search(workspace.match)
        opened = workspace.source.name if workspace.source else None
        version, shown = self._lists_shown or (-1, None)
        self._lists_shown = (workspace.lists_version, opened)
        if version != workspace.lists_version:
            cases = [case.label for case in self.project.cases.list()]
            self.sources_pane.show(workspace.sources, cases, opened)
        else:
            self.sources_pane.update_sources(workspace.sources)
            if shown != opened:
                self.sources_pane.mark_open(opened)
        if self._lists_shown != (version, shown):
            self.note_pane.forget_styles()
        self.codebook_pane.show(workspace.codebook, self.study_app.study_state.pins)
        self._show_lines()

    def _show_lines(self) -> None:
        """Show the texts above, below and at the right of the note.

        Before the first layout, do nothing, because the texts have no width yet.
        """
        if not self.outer_size:
            return
        self.note_pane.show_source(self.workspace.source)
        self._show_detail()
        above = self._hidden_pane_line() if self.has_class("-narrow") else None
        self.status_bar.show(self._status(), self._situation(), above)
        self._focus_shown = self.focused

    def _show_detail(self) -> None:
        """If the list of codes or of sources has the focus, show details of the row under its cursor.

        Otherwise show the codings at the selection.
        """
        if self.focused is self.codes and self.codes.key is not None:
            self.codings_pane.show_code(self.workspace.code(self.codes.key))
        elif self.focused is self.sources and self.sources.key is not None:
            self.codings_pane.show_source(self.sources_pane.source)
        else:
            self.codings_pane.show_codings(self.workspace.overlapping, self.workspace.active, self._note_style)

    def _hidden_pane_line(self) -> Line:
        """Return the line that narrow screens show in place of the pane with the details."""
        source = self.sources_pane.source if self.focused is self.sources else None
        width = self.status_bar.room_above(self._coder)
        if source is not None:
            return source_line(source, width)
        return codings_line(self.workspace.overlapping, self.workspace.active, width, self.study_app.changed_keys)

    def _status(self) -> CodingStatus:
        now = self.workspace
        characters = len(now.selection) if now.selection else 0
        return CodingStatus(now.source, now.line(), characters, now.context, now.last_code, now.rereading, self._coder)

    @property
    def _coder(self) -> str:
        return coder_words(self.project.coder, self.workspace.round)

    def _situation(self) -> Situation:
        focused, workspace = self.focused, self.workspace
        field = focused.id if focused is not None and focused.id in FIELDS else ""
        searched = workspace.match is not None and focused is self.note
        return Situation(
            areas=self.active_areas(),
            typing="edges" if self.moves.edges else field,
            has_note=workspace.source is not None,
            in_note=focused is self.note,
            searched=searched,
            filtered=bool(self.codebook_pane.filtered) and (focused is self.codes or not searched),
            is_active=workspace.active is not None,
        )

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        # a change in a pane without the focus must not remove the message
        if self._lists_shown is not None and event.rows is self.focused:
            self._show_lines()

    def on_codebook_pane_filtered(self) -> None:
        self._show_lines()

    def fit_contents(self) -> None:
        if self._lists_shown is not None:
            self._show_lines()

    def on_descendant_focus(self) -> None:
        # the message stays as long as the focus
        if self._lists_shown is not None and self.focused is not self._focus_shown:
            self._show_lines()

    def _recolour(self) -> None:
        self.note_pane.forget_styles()
        self.note.restyle()
        self.codebook_pane.show_again()
        self._show_lines()

    def _note_style(self, path: str) -> NoteStyle:
        return NoteStyle(self.workspace.codebook.tag(path), self.colour_of(path))

    def colour_of(self, path: str) -> str | None:
        """Return the colour of a code, given its path. None if the theme uses the colours of the terminal."""
        return self.study_app.code_colour(self.workspace.codebook.colour(path))

    # Messages, changes, reloading

    def report(self, message: str, *, error: bool = False, done: bool = False) -> None:
        """Show a message in the status bar until the next key. A message box would hide the text of the note."""
        self.status_bar.put_message(message, error=error, done=done)
        self._show_lines()

    def change(self, action: Callable[[CodingActions], str]) -> None:
        """Call `action`, which changes the study and returns a message. Then show the change and the message."""
        text, spans = self.workspace.text, self.workspace.spans

        def show() -> None:
            if self.workspace.text is not text:
                self.show_note()
            elif self.workspace.spans is not spans:
                self.note.replace_spans(self.workspace.spans, active=self.workspace.active)

        self.attempt(lambda: action(self.actions), show)

    def changed(self, message: str, *, saved: bool) -> None:
        self.record_change()
        if message:
            qualifies = self.focused is self.note and self.workspace.coding is not None
            put = self.status_bar.put_coding_message if qualifies else self.status_bar.put_message
            put(message, done=saved)
        self.show(reveal=False)

    def not_changed(self, error: SibtuiError) -> None:
        self.show(reveal=False)
        super().not_changed(error)

    def undo(self) -> None:
        self._step_and_go(lambda actions: actions.undo())

    def redo(self) -> None:
        self._step_and_go(lambda actions: actions.redo())

    def _step_and_go(self, action: Callable[[CodingActions], str]) -> None:
        """Call `action`, which undoes or redoes a change. Then move the cursor to the changed item."""
        self.actions.went_to = None
        self.change(action)
        place = self.actions.went_to
        if place is not None and place.kind == "code":
            self.codes.go(place.name)
        elif place is not None:
            self.note.select(self.workspace.selection, reveal=True)

    def reload(self) -> None:
        workspace = self.workspace
        before = (workspace.source and workspace.source.id, workspace.text)
        workspace.reload()
        if (workspace.source and workspace.source.id, workspace.text) != before:
            self.show_note()
            return
        self.note.replace_spans(workspace.spans, active=workspace.active)
        self.show(reveal=False)

    # Panes

    def active_areas(self) -> tuple[Area, ...]:
        if self.focused is self.sources:
            return ("sources", "list", "coding", "everywhere")
        if self.focused is self.codes:
            return ("codebook pane", "list", "coding", "everywhere")
        return ("note", "coding", "everywhere")

    def go_to_pane(self, pane: RowList | NoteView) -> None:
        """Set the focus to a pane. On a narrow screen, a side pane covers the note while it has the focus."""
        self.sources_pane.set_class(pane is self.sources, "-open")
        self.query_one("#right").set_class(pane is self.codes, "-open")
        self.set_focus(pane)
        if self.has_class("-narrow") and pane is self.codes:
            self.call_after_refresh(self._show_detail)  # the pane gets its width only when it opens

    def step_pane(self, step: Step) -> None:
        """Set the focus to the next (1) or previous (-1) pane."""
        panes: list[RowList | NoteView] = [self.note, self.codes, self.sources]
        at = next((at for at, pane in enumerate(panes) if pane is self.focused), 0)
        self.go_to_pane(panes[(at + step) % len(panes)])

    def go_to_note(self) -> None:
        """End the active mode, if any, and set the focus to the text of the note.

        The modes are: the filter of the codes, the search, the rereading of sources for a code, and moving the ends
        of the selection by characters. If several modes are active, each call usually ends one of them. The
        rereading ends only if the text has the focus already.
        """
        workspace, pane, in_note = self.workspace, self.codebook_pane, self.focused is self.note
        searching = self.search.bar is not None
        if pane.field is not None:
            pane.close_filter()
        elif workspace.rereading is not None and in_note and not searching:
            self.reading.end(workspace.rereading)
            return
        if searching:
            self.search.cancel()
            return
        if pane.filtered and self.focused is self.codes:
            pane.filtered = ""
        elif self.moves.edges:
            self.moves.edges = False
        elif in_note and workspace.match is not None:
            workspace.match = None
        elif in_note:
            pane.filtered = ""
        self.go_to_pane(self.note)
        self.show(reveal=False)

    def go_back(self) -> None:
        self.go_to_note()

    async def filter_codes(self) -> None:
        self.go_to_pane(self.codes)
        await self.codebook_pane.open_filter()

    def apply_code(self, path: str | None) -> None:
        """Apply the code with this path to the selection, and go to the note. If `path` is None, do nothing."""
        if path is not None:
            self.go_to_pane(self.note)
            self.change(lambda actions: actions.apply(path))

    def on_codebook_pane_applied(self, event: CodebookPane.Applied) -> None:
        self.apply_code(event.path)

    # Sources

    def open_at(self, name: str, segment: Segment | None = None) -> None:
        """Open the source with this name. If a segment is given, select the segment."""
        try:
            self.workspace.open(name, *((segment.start, segment.end) if segment else (0, 0)))
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
            return
        self.moves.edges = False
        self.show_note()

    def step_source(self, step: Step) -> None:
        """Open the next (1) or previous (-1) source."""
        name = self.workspace.neighbour(step)
        if name is None:
            self.report("This is the last source." if step > 0 else "This is the first source.")
            return
        self.open_at(name)

    def open_source(self, name: str | None) -> None:
        """Open the source with this name, and go to the note. If `name` is None, do nothing."""
        if name is not None:
            self.open_at(name)
            self.go_to_pane(self.note)

    def on_sources_pane_opened(self, event: SourcesPane.Opened) -> None:
        self.open_source(event.name)

    def toggle_numbers(self) -> None:
        self.study_app.study_state.numbers = not self.note.numbered
        self.note.number_lines(self.study_app.study_state.numbers)

    def toggle_marks(self) -> None:
        """Dim the characters of Markdown that mark headings, lists and emphasis, or stop dimming them."""
        self.study_app.study_state.dimmed = dimmed = not self.study_app.study_state.dimmed
        self.note.dim_marks(dimmed)
        self.report(f"The marks of Markdown are {'dimmed' if dimmed else 'shown as typed'}.")

    # The mouse in the note

    def on_note_view_dragged(self, event: NoteView.Dragged) -> None:
        self.go_to_pane(self.note)
        self.workspace.select(event.segment)
        self.show(reveal=event.done)

    def on_note_view_clicked(self, event: NoteView.Clicked) -> None:
        self.go_to_pane(self.note)
        self.workspace.select(self.workspace.selecting.clicked(event.offset, event.times))
        self.show()

    def on_note_view_coding_clicked(self, event: NoteView.CodingClicked) -> None:
        coding = self.workspace.spans.get(event.number)
        if coding is not None:
            self.go_to_pane(self.note)
            self.workspace.select(coding.segment, coding=coding.id)
            self.show()

    # Fields

    def take_key(self, event: events.Key) -> bool:
        """Handle a key for the text field with the focus, or a digit of a count. Return whether the key was handled."""
        field = self.focused
        if field is None or field.id not in FIELDS:
            return self.counts.take_key(event)
        return (self.search if field.id == "find" else self.codebook_pane).take_key(event)

    def on_search_bar_edited(self, event: SearchBar.Edited) -> None:
        self.search.find(event.words)
