"""Changes that the user makes in the preview of the import dialog: options, marks, and which sources to leave out."""

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
    """The commands that change the preview of an import dialog.

    After each change, the dialog shows the preview again.
    """

    def __init__(self, screen: ImportScreen) -> None:
        self._screen = screen

    def set_options(self, **changes: Any) -> None:
        """Change options of the marked sources, or of all sources if none is marked.

        Read the files again if this is necessary.
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

        If the files are a codebook or a table of codings, report instead that the option does not apply.
        """
        if self._screen.table is not None or self._screen.preview.reading.codes is not None:
            self._screen.report("This option is for notes and surveys.")
        else:
            change()

    def turn(self, name: str, known: Sequence[str]) -> None:
        """Set the option `name` of the marked sources to the next of the values `known`.

        If no source is marked, set it for all sources. After the last value, the option is unset, and each source gets
        the value that its file gives.
        """
        self.for_sources(lambda: self.set_options(**{name: _next(known, self._screen.preview.value(name))}))

    def turn_kind(self) -> None:
        self.turn("kind", KINDS)

    def turn_fidelity(self) -> None:
        self.turn("fidelity", FIDELITIES)

    def toggle_speakers(self) -> None:
        self.for_sources(lambda: self.set_options(speakers=not self._screen.preview.value("speakers")))

    def toggle_update(self) -> None:
        """Switch the way to handle existing codes or codings that differ from the file: change them, or keep them."""
        if self._screen.table is not None:
            self._set_table(update=not self._screen.table.options.update)
        elif not self._screen.preview.compared.differing:
            self._screen.report("No code differs from the file.")
        else:
            self._screen.preview.update = not self._screen.preview.update
            self._screen.refresh_panes()

    def toggle_new_codes(self) -> None:
        """Switch the way to handle codes that the codebook lacks: add them, or skip the rows that need them."""
        if self._screen.table is None:
            self._screen.report("This option is for tables of codings.")
        else:
            self._set_table(new_codes=not self._screen.table.options.new_codes)

    def _set_table(self, **changes: Any) -> None:
        if self._screen.table is not None:
            self._screen.table.options = replace(self._screen.table.options, **changes)
            self._screen.try_codings()

    def toggle_codings(self) -> None:
        """Switch between reading the only file as a table of codings and reading it as a survey."""
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
        """Mark the source under the cursor, or remove its mark.

        If any sources are marked, options change only the marked sources.
        """
        item = self._screen.item
        if item is not None:  # a refused file can be marked too, because it may be readable with another encoding
            self._screen.preview.marked ^= {item.key}
            self._screen.show_items()
            self._screen.rows.step(1)

    def mark_all(self) -> None:
        """Mark all sources, or remove all marks."""
        every = {item.key for item in self._screen.preview.items}
        self._screen.preview.marked = set() if self._screen.preview.marked else every
        self._screen.show_items()

    def leave_out(self) -> None:
        """Exclude the source under the cursor from the import, or include it again.

        If sources are marked, exclude or include the marked sources instead.
        """
        item = self._screen.item
        if item is None or item.draft is None:
            return
        self._screen.preview.out ^= self._screen.preview.marked or {item.key}
        self._screen.judge()
        if not self._screen.preview.marked:
            self._screen.rows.step(1)


def _next(known: Sequence[Choice], now: Choice | None) -> Choice | None:
    """Return the value that follows `now` in `known`.

    After the last value, return None, so that each source gets the value in its file.
    """
    at = -1 if now is None else known.index(now)
    return known[at + 1] if at + 1 < len(known) else None
