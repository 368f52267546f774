"""The panes of the import dialog: the list of items, details of one item, the options, a message, and key hints."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from sibtui.model.text import one_line
from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import DOWN, ENTER, TAB, bindings, key_label, keys_of
from sibtui.tui.hints import current_key, keymap_of
from sibtui.tui.views.hint_lines import hints, key_hints, whole_hints
from sibtui.tui.views.import_option_rows import CODING_OPTIONS, SOURCE_OPTIONS, changed_options
from sibtui.tui.views.import_rows import (
    code_lines,
    coding_lines,
    coding_option_lines,
    item_lines,
    option_lines,
)
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from textual.binding import BindingType

    from sibtui.model.drafts import CodeDraft
    from sibtui.project.importing.coding_preview import CodingItem, CodingPreview
    from sibtui.project.importing.preview import CodebookComparison, ImportItem, ImportPreview

_MESSAGE_ROWS, _LEAST_ROWS = 3, 6
_NARROW = 30


class ImportList(RowList):
    """The list of the sources, codes or codings in the files to import."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("incoming")]


class _Pane(TextLines):
    @property
    def cells(self) -> int:
        """The width of a row in cells, computed from the width of the dialog, because a hidden pane has no size."""
        return max(_NARROW, self._box.content_size.width)

    @property
    def _box(self) -> Widget:
        if not isinstance(self.parent, Widget):
            raise TypeError("a pane of the import box is inside the box")
        return self.parent

    @property
    def keymap(self) -> Mapping[str, str]:
        """A map: id of a command → the keys that the user has given to it."""
        return keymap_of(self.app)


class ItemPane(_Pane):
    """The pane that shows all facts about the source, code or coding under the cursor."""

    def show_source(self, item: ImportItem | None) -> None:
        self._show([] if item is None else item_lines(item, self.cells, self.keymap))

    def show_code(self, code: CodeDraft, compared: CodebookComparison) -> None:
        self._show(code_lines(code, compared, self.cells))

    def show_coding(self, item: CodingItem | None) -> None:
        self._show([] if item is None else coding_lines(item, self.cells, self.keymap))

    def _show(self, lines: list[Line]) -> None:
        height = self._box.size.height
        least = _LEAST_ROWS - (height < _NARROW)
        warnings = sum(style == "warning" for line in lines for _, style in line)
        rows = max(least, min(len(lines), warnings + 3, height // 2 - 4))
        self.styles.height = rows + 1  # one row for the line above the pane
        self.set_lines(lines[:rows])


class OptionsPane(_Pane):
    """The pane that shows the options of the import, and the keys that change them."""

    def show_sources(self, preview: ImportPreview) -> None:
        options = preview.options_of(min(preview.marked)) if preview.marked else preview.how
        more = changed_options(SOURCE_OPTIONS, options, type(options)())
        self._show(option_lines(preview, more, self.cells, self._keys))

    def show_codings(self, preview: CodingPreview) -> None:
        more = changed_options(CODING_OPTIONS, preview.options, type(preview.options)())
        self._show(coding_option_lines(preview, more, self.cells, self._keys))

    @property
    def _keys(self) -> dict[str, str]:
        """A dict: name of a command of the import dialog, such as “encoding” → label of its key."""
        return {c.id.rpartition(".")[2]: key_label(keys_of(c, self.keymap)[0]) for c in commands_at("incoming")}

    def _show(self, lines: list[Line]) -> None:
        self.styles.height = len(lines) + 1
        self.set_lines(lines)


class MessagePane(_Pane):
    """The pane with a summary of the import, and below it a message."""

    def show(self, summary: str, message: str, *, error: bool) -> None:
        lines: list[Line] = [[(row, "strong")] for row in wrapped(summary, self.cells)] if summary and not error else []
        style = "warning" if error else "quiet"
        lines += [[(row, style)] for row in wrapped(one_line(message), self.cells)] if message else []
        self.set_lines(lines[:_MESSAGE_ROWS])


class KeysPane(_Pane):
    def show_for_path(self) -> None:
        close = current_key("incoming.close", self.keymap)
        line = key_hints(ENTER, "reads the files", close, "closes", TAB, "completes", DOWN, "list")
        self.set_lines([whole_hints(line, self.cells)])

    def show_for_list(self, without: Collection[str]) -> None:
        """Show the keys that work in the list. `without` has the ids of commands that have no effect now."""
        self.set_lines([hints(("incoming",), self.keymap, self.cells, without=without)])
