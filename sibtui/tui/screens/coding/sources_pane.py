"""The sources pane of the coding screen. It lists the sources below the labels of their cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from sibtui.model.text import one_line
from sibtui.tui.commands.keys import bindings
from sibtui.tui.hints import keymap_of, with_keys
from sibtui.tui.textual_overrides.containers import PaneColumn
from sibtui.tui.views.source_lines import READING_MARKS
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace.source_groups import by_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Source


class SourceList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sources")]


class SourcesPane(PaneColumn):
    """The pane that lists the sources. Its list sends `RowList.Moved` when the cursor moves."""

    class Opened(Message):
        """Sent when a source was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__(id="left")
        self._heading = TextLines(id="left-title", classes="pane-title")
        self.list = SourceList(id="sources")
        self._sources: Sequence[Source] = ()
        self._by_name: dict[str, Source] = {}
        self._opened: str | None = None

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self.list

    @property
    def source(self) -> Source | None:
        """The source under the cursor. None if the list is empty."""
        return self._by_name.get(self.list.key or "")

    def show(self, sources: Sequence[Source], cases: Sequence[str], opened: str | None) -> None:
        """List the sources below the labels of their cases. `cases` has these labels in the order of the list.

        The cursor stays on its source. If this source is not listed any more, or another source was open before, the
        cursor goes to the source with the name `opened`.
        """
        under_cursor, stays = self.list.key, opened == self._opened
        self._sources, self._opened = sources, opened
        self._by_name = {source.name: source for source in sources}
        self.list.empty = with_keys("No sources yet: {sources.add} brings notes in.", keymap_of(self.app))
        self.list.set_rows(source_rows(sources, cases, opened))
        if not stays or under_cursor not in self._by_name:
            self.list.go(opened)
        self._show_progress()

    def mark_open(self, opened: str | None) -> None:
        """Mark the source with the name `opened` as the open source, and move the cursor to it.

        Only the rows of this source and of the source that was open before are repainted.
        """
        before, self._opened = self._opened, opened
        for name in (before, opened):
            if name is not None and name in self._by_name:
                self.list.update_row(source_row(self._by_name[name], opened))
        self.list.go(opened)

    def update_sources(self, sources: Sequence[Source]) -> None:
        """Show the listed sources with new values. `sources` has the same sources as the list, in the same order."""
        if sources is self._sources:
            return
        for before, source in zip(self._sources, sources, strict=True):
            if source is not before:
                self._by_name[source.name] = source
                self.list.update_row(source_row(source, self._opened))
        self._sources = sources
        self._show_progress()

    def _show_progress(self) -> None:
        read = sum(source.reading == "read" for source in self._sources)
        self._heading.set_lines([[("Sources", "strong"), (f"  {read} of {len(self._sources)} read", "quiet")]])

    @on(RowList.Chosen)
    def _row_clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(self.Opened(event.key))


def source_rows(sources: Sequence[Source], cases: Sequence[str], opened: str | None) -> list[ListRow]:
    """Return a row per source, below headings with the labels of the cases. `cases` has these labels in order.

    The source with the name `opened` gets a mark. Sources with several cases and sources without a case come last.
    """
    rows: list[ListRow] = []
    for group, members in by_case(sources, cases).items():
        if members:
            rows.append(ListRow(None, one_line(group)))
            rows += [source_row(source, opened) for source in members]
    return rows


def source_row(source: Source, opened: str | None) -> ListRow:
    waits = f"?{source.unattributed} " if source.unattributed else ""
    return ListRow(
        source.name,
        source.name,
        mark=f"{'▸' if source.name == opened else ' '}{READING_MARKS[source.reading]} ",
        right=f"{waits}{source.codings or '·'}",
        strong=source.name == opened,
    )
