"""The pane with the table of sources, and a text field that filters the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sibtui.tui.commands.keys import bindings
from sibtui.tui.views.source_table import fit_columns, sources_with, table_heading, table_rows
from sibtui.tui.widgets.filtered_pane import FilteredPane
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Source


class SourceTable(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("source table")]


class SourceTablePane(FilteredPane):
    """The pane that lists the sources. A filter limits the list to sources with the words of the filter.

    The list sends `RowList.Moved` when the cursor moves.
    """

    DEFAULT_CSS = """
    SourceTablePane { width: 1fr; }
    SourceTablePane #sources-heading { height: 1; padding: 0 1; }
    SourceTablePane SourceTable { height: 1fr; padding: 0 1; }
    """

    PLACEHOLDER = "words of a name, title, case …"
    rows: SourceTable

    def __init__(self) -> None:
        super().__init__(id="source-table")
        self.rows = SourceTable(id="source-rows")
        self.empty = ""
        """The message shown if there are no sources."""
        self.marked: frozenset[str] = frozenset()
        """The names of the marked sources."""
        self._heading = TextLines(id="sources-heading")
        self._sources: Sequence[Source] = ()

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self.rows

    @property
    def listed(self) -> Sequence[Source]:
        """The sources that match the filter."""
        return sources_with(self._sources, self.filtered)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the marked sources. If no source is marked, the name of the source under the cursor."""
        if self.marked:
            return tuple(source.name for source in self._sources if source.name in self.marked)
        return () if self.rows.key is None else (self.rows.key,)

    def show(self, sources: Sequence[Source]) -> None:
        """Show these sources. Marks of sources that no longer exist are removed."""
        self._sources = sources
        self.marked &= {source.name for source in sources}
        listed = self.listed
        columns = fit_columns(listed, max(30, self.rows.size.width - 3))
        self.rows.empty = "No source has these words." if self.filtered and sources else self.empty
        self._heading.set_lines([table_heading(columns)] if listed else [])
        self.rows.set_rows(table_rows(listed, self.marked, columns))

    def mark(self, names: frozenset[str]) -> None:
        """Mark the sources with these names, and unmark all others."""
        self.marked = names
        self.show(self._sources)

    def go(self, name: str | None) -> None:
        """Move the cursor to the source with this name. If the filter hides the source, the filter is removed."""
        if name is not None and not self.rows.go(name) and self.filtered:
            self.set_filter("")
            self.rows.go(name)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_again)

    def _show_again(self) -> None:
        self.show(self._sources)

    def show_filtered(self) -> None:
        self.show(self._sources)
