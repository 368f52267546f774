"""The codebook pane of the coding screen: a tree of the codes with their keys and counts, and a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.message import Message

from sibtui.tui.commands.coding import LETTERS_TAKEN
from sibtui.tui.commands.keys import bindings
from sibtui.tui.hints import keymap_of, with_keys
from sibtui.tui.textual_overrides.containers import PaneColumn
from sibtui.tui.views.code_rows import codes_with, counts_of, key_and_count
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace.codebook_view import CodebookView, filter_message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import Input


class CodeList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook pane")]


class CodebookPane(PaneColumn):
    """The pane that lists the codes that the user can apply to the selection.

    Its list sends `RowList.Moved` when the cursor moves.
    """

    class Applied(Message):
        """Sent when the user double-clicks a code to apply it to the selection. `path` is the path of the code."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    class Filtered(Message):
        """Sent when the words of the filter have changed."""

    def __init__(self, colour_of: Callable[[str], str | None]) -> None:
        """`colour_of` returns the colour of a code, given its path."""
        super().__init__(id="codebook-pane")
        self._heading = TextLines(id="right-title", classes="pane-title")
        self.list = CodeList(id="codes")
        self._colour_of = colour_of
        self._codebook = CodebookView(())
        self._pins: Mapping[str, str] = {}
        self._version: object = None
        self.filtered = ""
        """The words of the filter. If the text is empty, all codes are listed."""

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self.list

    def show(self, codebook: CodebookView, pins: Mapping[str, str]) -> None:
        """Show the codes of `codebook`. `pins` is a map: digit → path of the code that this digit applies."""
        version = (codebook, codebook.version, tuple(pins.items()), self.filtered)
        if version != self._version:
            self._codebook, self._pins, self._version = codebook, pins, version
            self.show_again()

    def show_again(self) -> None:
        """Draw the codes again, for example after a change of their colours."""
        rows = code_rows(self._codebook, self._pins, self._colour_of, self.filtered)
        empty = "No code has these words." if self.filtered else "No codes yet: {coding.pick} makes the first."
        self.list.empty = with_keys(empty, keymap_of(self.app))
        self.list.set_rows(rows)
        if self.filtered:
            count = (f"  {filter_message(self.filtered, len(rows))}", "warning")
        else:
            count = (f"  {len(rows)}", "quiet")
        self._heading.set_lines([[("Codes", "strong"), count]])

    # The filter

    @property
    def field(self) -> Input | None:
        """The text field of the filter. None while the field is closed."""
        return cast("Input | None", self.query_one_optional("#filter"))

    async def open_filter(self) -> None:
        if self.field is None:
            from sibtui.tui.widgets.fields import Field

            field = Field(self.filtered, placeholder="filter the codes", id="filter", compact=True)
            await self.mount(field, before=self.list)
            self.screen.set_focus(field)

    def close_filter(self) -> None:
        """Close the text field of the filter, and list all codes."""
        self.query("#filter").remove()
        self.filtered = ""

    def take_key(self, event: events.Key) -> bool:
        field = self.field
        if field is None:
            return False
        from sibtui.tui.widgets.key_input import type_into

        if event.key == "enter":
            self.screen.set_focus(self.list)
            field.remove()
        elif type_into(field, event):
            self._filter(field.value)
        else:
            return False
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter(event.input.value)

    def _filter(self, words: str) -> None:
        if self.filtered != words.strip():
            self.filtered = words.strip()
            self.show(self._codebook, self._pins)
            self.list.go_to_named(self.filtered)
            self.post_message(self.Filtered())

    @on(RowList.Chosen)
    def _row_clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        if event.times == 2:
            self.post_message(self.Applied(event.key))


def code_rows(
    codebook: CodebookView, pins: Mapping[str, str], colour: Callable[[str], str | None], filtered: str = ""
) -> list[ListRow]:
    """Return the rows of the codebook as a tree. If `filtered` has words, list only the codes with all these words.

    `pins` is a map: digit → path of the code that this digit applies.
    """
    keys = code_keys(codebook, pins)
    counts = counts_of(codebook, codebook.usable)
    digits, letters = (max([1, *map(len, each.values())]) for each in (counts, keys))
    rows = []
    for code in codes_with(codebook.usable, filtered):
        theme = code.parent is None
        rows.append(
            ListRow(
                code.path,
                code.name,
                mark="▎" if theme else f"{codebook.tag(code.path)} ",
                right=key_and_count(keys.get(code.path, ""), counts[code.path], letters, digits),
                indent=0 if filtered else min(8, code.depth),
                colour=colour(code.path),
                strong=theme,
            )
        )
    return rows


def code_keys(codebook: CodebookView, pins: Mapping[str, str]) -> dict[str, str]:
    """Return a dict: path of a code → the key that applies the code.

    The key is a digit, a letter, or an apostrophe and a letter, such as “'a”. The user types the apostrophe if the
    letter is also the key of a command. `pins` is a map: digit → path of the code that this digit applies.
    """
    keys = {
        code.path: f"'{code.key}" if code.key in LETTERS_TAKEN else code.key for code in codebook.usable if code.key
    }
    return keys | {path: digit for digit, path in pins.items() if path in codebook.by_path}
