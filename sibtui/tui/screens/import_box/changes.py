"""Changes that the user makes in the preview of the import dialog.

The user changes options, marks sources, or excludes sources from the import.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from sibtui.model.records import FIDELITIES, KINDS
from sibtui.project.importing import incoming_files
from sibtui.project.importing.coding_preview import CodingPreview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.project.importing.incoming_files import IncomingFiles
    from sibtui.tui.screens.import_box.screen import ImportScreen

Choice = TypeVar("Choice", bound=str)


class ImportChanges:
    """The commands that change the preview of an import dialog."""

    def __init__(self, screen: ImportScreen) -> None:
        self._screen = screen

    def set_options(self, **changes: Any) -> None:
        """Change options of the marked sources, or of all sources if none is marked.

        `changes` is a map: name of an option → its new value. If an option affects how the files are read, read them
        again.
        """
        preview = self._screen.preview
        before = preview.how, preview.own
        again = preview.set_options(**changes)
        if not again:
            self._screen.judge()
            return

        def undone() -> None:
            preview.how, preview.own = before

        def read(files: IncomingFiles) -> None:
            preview.reading = files
            self._screen.judge()

        files = preview.reading
        self._screen.run(
            "Reading", lambda progress: incoming_files.read_again(files, again, progress), read,
            at_once=True, undone=undone,
        )  # fmt: skip

    def for_sources(self, change: Callable[[], None]) -> None:
        """Call `change`, which changes an option of sources.

        If the files are a codebook or a table of codings, show a message instead.
        """
        if self._screen.table is not None or self._screen.preview.reading.codes is not None:
            self._screen.report("This option is for notes and surveys.")
        else:
            change()

    def turn(self, name: str, known: Sequence[str]) -> None:
        """Set the option `name` of the marked sources to its next value in `known`.

        If no source is marked, set the option of all sources. After the last value, the option is unset, and each
        source gets the value in its file.
        """
        self.for_sources(lambda: self.set_options(**{name: _next(known, self._screen.preview.value(name))}))

    def turn_kind(self) -> None:
        self.turn("kind", KINDS)

    def turn_fidelity(self) -> None:
        self.turn("fidelity", FIDELITIES)

    def toggle_speakers(self) -> None:
        self.for_sources(lambda: self.set_options(speakers=not self._screen.preview.value("speakers")))

    def toggle_update(self) -> None:
        """Switch between changing and keeping existing codes or codings.

        This concerns only codes or codings of the study that differ from the file.
        """
        if self._screen.table is not None:
            self._set_table(update=not self._screen.table.options.update)
        elif not self._screen.preview.compared.differing:
            self._screen.report("No code differs from the file.")
        else:
            self._screen.preview.update = not self._screen.preview.update
            self._screen.refresh_panes()

    def toggle_new_codes(self) -> None:
        """Switch between adding codes that the codebook does not have, and skipping the rows with such codes."""
        if self._screen.table is None:
            self._screen.report("This option is for tables of codings.")
        else:
            self._set_table(new_codes=not self._screen.table.options.new_codes)

    def _set_table(self, **changes: Any) -> None:
        if self._screen.table is not None:
            self._screen.table.options = replace(self._screen.table.options, **changes)
            self._screen.try_codings()

    def toggle_codings(self) -> None:
        """Switch between importing the file as a table of codings and importing it as a survey.

        If there are several files, or the file is no table, show a message instead.
        """
        table = self._screen.preview.reading.table
        if table is None:
            self._screen.report("Only a single table can be read as codings.")
        elif self._screen.table is None:
            self._screen.table = CodingPreview(table)
            self._screen.try_codings()
        else:
            self._screen.table = None
            self._screen.show_items()

    # Rows

    def mark(self) -> None:
        """Mark the source under the cursor, or remove its mark, and go to the next source."""
        item = self._screen.item
        if item is not None:  # a refused file can be marked too, because it may be readable with another encoding
            self._screen.preview.marked ^= {item.key}
            self._screen.show_items()
            self._screen.rows.step(1)

    def mark_all(self) -> None:
        """Mark all sources. If any source is marked already, remove all marks."""
        every = {item.key for item in self._screen.preview.items}
        self._screen.preview.marked = set() if self._screen.preview.marked else every
        self._screen.show_items()

    def leave_out(self) -> None:
        """Exclude the marked sources from the import. Marked sources that are excluded already are included again.

        If no source is marked, exclude or include the source under the cursor.
        """
        item = self._screen.item
        if item is None:
            return
        chosen = self._screen.preview.marked or {item.key}
        readable = {each.key for each in self._screen.preview.items if each.draft is not None}
        if chosen.isdisjoint(readable):
            return
        self._screen.preview.out ^= chosen & readable
        self._screen.judge()
        if not self._screen.preview.marked:
            self._screen.rows.step(1)


def _next(known: Sequence[Choice], now: Choice | None) -> Choice | None:
    """Return the value that follows `now` in `known`, or the first value if `now` is None.

    After the last value, return None, so that each source gets the value in its file.
    """
    at = -1 if now is None else known.index(now)
    return known[at + 1] if at + 1 < len(known) else None
