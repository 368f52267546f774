"""A dialog with a list of options. Enter switches an option to its next value, or asks for a line of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from sibtui.model.text import one_line
from sibtui.project.shared.validation import Validation
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


Options = TypeVar("Options")


@dataclass(frozen=True, slots=True)
class OptionRow(Generic[Options]):
    """One option of a dialog, such as a switch or a text.

    - `shown` returns the present value in words, for the dialog.
    - `turned` is set for a switch. It returns all options, with the next value of the switch.
    - `line` returns the present value as text that the user can edit.
    - `read` returns all options, with the value that the user typed.
    - `check` returns the message for an invalid text, or an empty text.
    - `about` explains the option.
    """

    label: str
    shown: Callable[[Options], str]
    turned: Callable[[Options], Options] | None = None
    line: Callable[[Options], str] = lambda _: ""
    read: Callable[[Options, str], Options] = lambda options, _: options
    about: str = ""
    check: Callable[[str], str] = lambda _: ""

    def validate(self, line: str) -> Validation:
        """Return whether a typed line is a valid value of the option, with a message."""
        problem = self.check(line)
        return Validation(problem, "no") if problem else Validation(self.about)


def option_list_rows(rows: Sequence[OptionRow[Options]], options: Options) -> list[ListRow]:
    """Return a list row for each option, with the value of the option at the right."""
    return [ListRow(f"{at}", row.label, right=one_line(row.shown(options), 60)) for at, row in enumerate(rows)]


class _OptionList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "screen.change", show=False)]


class OptionsDialog(Dialog[Options | None], Generic[Options]):
    """A dialog in which the user changes options. Its result has all options, also the unchanged ones."""

    CSS = """
    OptionsDialog { background: $background 60%; align: center middle; }
    OptionsDialog:ansi { background: transparent; }
    #options { width: 84; max-width: 100%; height: auto; max-height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #options RowList { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "close", "close")]

    def __init__(self, title: str, rows: Sequence[OptionRow[Options]], options: Options) -> None:
        super().__init__()
        self._title = title
        self._rows: Sequence[OptionRow[Options]] = rows
        self._options: Options = options

    def compose(self) -> ComposeResult:
        with Vertical(id="options"):
            yield _OptionList()

    def on_mount(self) -> None:
        box, listed = self.query_one("#options"), self.query_one(RowList)
        box.border_title = Content(cut(self._title, 70))
        self._list()
        listed.focus()

    def fit_window(self) -> None:
        self.query_one(RowList).styles.height = min(len(self._rows), max(3, self.app.size.height - 6))
        show_keys(self.query_one("#options"), "Enter changes · Esc goes on with these", "Enter changes · Esc goes on")

    def _list(self) -> None:
        self.query_one(RowList).set_rows(option_list_rows(self._rows, self._options))

    @on(RowList.Chosen)
    def action_change(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        key = self.query_one(RowList).key
        if key is None:
            return
        row = self._rows[int(key)]
        if row.turned is not None:
            self._options = row.turned(self._options)
            self._list()
            return

        def entered(line: str) -> None:
            self._options = row.read(self._options, line)
            self._list()

        ask(self.app, Prompt(row.label, row.line(self._options), row.validate, enter="sets it"), entered)

    def action_close(self) -> None:
        self.dismiss(self._options)
