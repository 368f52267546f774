"""The sources screen: all sources with their fields, and the commands that change one or several sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from sibtui.model.text import one_line, plural
from sibtui.tui.commands.keys import ENTER
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.sources.editor import SourceEditor
from sibtui.tui.screens.sources.table_pane import SourceTable, SourceTablePane
from sibtui.tui.screens.status_screen import StatusScreen
from sibtui.tui.views.hint_lines import GO_COMMANDS, hints, key_hints
from sibtui.tui.views.source_table import marked_line, source_fields
from sibtui.tui.widgets.text_lines import Line, TextLines, cells_of, cut
from sibtui.workspace.source_actions import SourceActions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from sibtui.model.records import Source, TopicRecord
    from sibtui.project.results import ChangePlace
    from sibtui.tui.commands import Area
    from sibtui.tui.widgets.row_list import RowList


class SourcesScreen(StatusScreen):
    """The screen that lists and changes the sources.

    When the screen closes, `StudyApp.views["sources"]` keeps the name of the source under the cursor.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("source table",)
    heading = "sources"
    USEFUL_WHEN_EMPTY = ("source.to_cases",)
    CSS = """
    #status-bar { height: 2; padding: 0 1; background: $panel; }
    #sources-title { height: 2; padding: 0 1; }
    #sources-panes { height: 1fr; }
    #source-fields { width: 46; padding: 0 1; border-left: solid $rule; overflow-y: auto; scrollbar-size-vertical: 1; }
    SourcesScreen.-broad #source-fields { width: 68; }
    SourcesScreen.-narrow #sources-title { height: 1; }
    SourcesScreen.-narrow #sources-panes { layout: vertical; }
    SourcesScreen.-narrow #source-table { width: 100%; height: 1fr; }
    SourcesScreen.-narrow #source-fields { width: 100%; height: 10; max-height: 60%; border-left: none; border-top: solid $rule; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.table_pane, self.details = SourceTablePane(), TextLines(id="source-fields", names_keys=True)
        self.editor = SourceEditor(self)
        self._topics: Sequence[TopicRecord] = ()
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield TextLines(id="sources-title")
        with Horizontal(id="sources-panes"):
            yield self.table_pane
            yield self.details
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.actions = SourceActions(self.project)
        self.table_pane.empty = f"No sources yet: {self.key_of('sources.add')} brings notes in."
        self.reload()
        self.rows.go(self.study_app.views.get("sources") or self.study_app.study_state.source)
        self.set_focus(self.rows)

    def on_unmount(self) -> None:
        self.study_app.views["sources"] = self.rows.key

    def reload(self) -> None:
        self.actions.load()
        self._topics = self.project.sources.topics()
        self._shown = ()
        self._show()

    @property
    def rows(self) -> SourceTable:
        return self.table_pane.rows

    @property
    def source(self) -> Source | None:
        """The source under the cursor. None if the list is empty."""
        return self.actions.get(self.rows.key)

    # Showing

    def _show(self) -> None:
        sources = self.actions.sources
        self.table_pane.show(sources)
        read = sum(source.reading == "read" for source in sources)
        line: Line = [("Sources", "strong"), (f"  {plural(len(sources), 'source')}, {read:,} read", "quiet")]
        if self.table_pane.filtered:
            count = len(self.table_pane.listed)
            line.append((f"  {count:,} with “{one_line(self.table_pane.filtered, 30)}”", "warning"))
        self.query_one("#sources-title", TextLines).set_lines([line])
        self._show_source()

    def _show_source(self) -> None:
        source = self.source
        if self._shown != (source, self.details.size):
            self._shown = (source, self.details.size)
            self.details.set_wrapped(self._fields(source), source and source.id)
        self.show_status()

    def _fields(self, source: Source | None) -> Callable[[int], Sequence[Line]]:
        """Return a function: width of a line in cells → the fields of the source as lines of this width."""
        if source is None:
            return lambda _width: ()
        topics = [record for record in self._topics if record.source == source.name]
        memos = self.project.memos.list(on="source", of=source.name)
        return lambda width: source_fields(source, topics, memos, width, self.study_app.changed_keys)

    def status_lines(self, width: int) -> list[Line]:
        source = self.source
        if self.table_pane.marked:
            return [marked_line(self.table_pane.chosen, width)]
        if source is None:
            return [[("No source", "quiet")]]
        facts = f"  {source.kind} · {source.reading} · {plural(source.codings, 'coding')}"
        name = cut(one_line(source.title or source.name), max(20, width - cells_of([(facts, "")])))
        return [[(name, "strong"), (facts, "quiet")]]

    def hint_line(self, width: int) -> Line:
        if self.focused is not None and self.focused.has_class("filter"):
            return key_hints(ENTER, "to the sources", self.key_of("go.coding"), "removes the filter")
        if self.is_empty:
            return super().hint_line(width)
        first: Line = []
        if self.table_pane.filtered or self.table_pane.marked:
            does = "all sources" if self.table_pane.filtered else "unmarks"
            first = [*key_hints(self.key_of("go.coding"), does), ("  ", "quiet")]
        room = width - cells_of(first)
        return [*first, *hints(self.active_areas(), self.study_app.changed_keys, room, without=GO_COMMANDS)]

    @property
    def is_empty(self) -> bool:
        return not self.actions.sources

    def active_areas(self) -> tuple[Area, ...]:
        return ("source table", "list", "everywhere")

    def on_row_list_moved(self) -> None:
        self._show_source()

    def on_filtered_pane_filtered(self) -> None:
        self._show()

    def go_to_change(self, place: ChangePlace) -> None:
        if place.kind in {"source", "coding"}:
            self.table_pane.go(place.name)

    def on_descendant_focus(self) -> None:
        self.show_status()

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.call_after_refresh(self._show_source)

    def go_back(self) -> None:
        """Remove the filter. If there is no filter, unmark all sources. If none is marked, go to the coding screen."""
        if self.table_pane.close_filter():
            return
        if self.table_pane.marked:
            self.table_pane.mark(frozenset())
            self.show_status()
        else:
            super().go_back()

    # Commands

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        if event.times > 1:  # a single click only moves the cursor
            self.open_source()

    def open_source(self) -> None:
        if self.source is not None:
            self.study_app.show_place(self.source.name)

    def mark_one(self) -> None:
        """Mark or unmark the source under the cursor, and go to the next source."""
        if self.rows.key is not None:
            self.table_pane.mark(self.table_pane.marked ^ {self.rows.key})
            self.rows.step(1)
            self.show_status()

    def mark_all(self) -> None:
        """Mark all listed sources. If all are marked already, unmark them."""
        listed = frozenset(source.name for source in self.table_pane.listed)
        self.table_pane.mark(frozenset() if self.table_pane.marked == listed else listed)
        self.show_status()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the marked sources. If no source is marked, the name of the source under the cursor.

        If the list is empty, a message is shown, and the result is empty.
        """
        names = self.table_pane.chosen
        if not names:
            self.report(f"There is no source: {self.key_of('sources.add')} brings notes in.")
        return names

    def show_portrait(self) -> None:
        """Show where the passages of each theme are in the marked sources, or in the source under the cursor."""
        from sibtui.tui.screens.pictures import show_picture

        if names := self.chosen:
            show_picture(self, "Where the themes are", lambda: self.project.reports.coverage(source=names))

    def change(self, action: Callable[[Sequence[str]], str]) -> None:
        """Change the marked sources. If no source is marked, change the source under the cursor.

        `action` receives their names, changes the sources, and returns the message to show.
        """
        names = self.chosen
        if names:
            self.attempt(lambda: self._changed(action(names)))

    def _changed(self, message: str) -> str:
        self.reload()
        return message

    def shift(self, step: int) -> None:
        """Move the marked sources, or the source under the cursor, down (1) or up (-1) in the order of all sources."""
        self.change(lambda names: self.actions.shift(names, step))

    def rename(self, source: Source, name: str) -> None:
        """Rename a source. The cursor stays on this source."""

        def action() -> str:
            message, renamed = self.actions.rename(source, name)
            self.reload()
            self.table_pane.go(renamed)
            return message

        self.attempt(action)
