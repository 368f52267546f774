"""The code picker: a dialog with a text field for a part of a name, and a list of the codes that match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from sibtui.model.codebook import join_path, split_path
from sibtui.model.text import one_line
from sibtui.tui.hints import current_key, keymap_of
from sibtui.tui.textual_overrides.containers import PaneColumn, Unscrolled
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.key_input import PICKER_BINDINGS, type_into
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, wrapped
from sibtui.workspace.code_search import CodeChoice, CodeIndex, offer
from sibtui.workspace.codebook_view import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from textual import events
    from textual.app import App, ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Code
    from sibtui.workspace.code_search import CodeMatch, CodeOffer

_NEW = "new\x1f"
_DEFINITION_ROWS = 4
"""The number of rows in which the definition of the current code is shown."""
_TALLEST, _FRAME_ROWS = 32, _DEFINITION_ROWS + 4
"""How many rows the dialog has at most, and how many of its rows are not free for codes.

The rows that are not free are those of the frame, the text field, a line and the definition.
"""


@dataclass(frozen=True, slots=True)
class PickerChoice:
    """The codes that the code picker offers, with facts about them.

    `recent` has the paths of the codes applied last. `keys` is a map: path of a code → the keyboard key that applies
    the code. `colour` returns the colour of a code, given its path. `retired` has the retired codes, which cannot be
    chosen. If `allow_new` is True, the user may also type the path of a new code.
    """

    title: str
    codes: Sequence[Code]
    recent: Sequence[str]
    keys: Mapping[str, str]
    colour: Callable[[str], str | None]
    retired: Sequence[Code] = ()
    allow_new: bool = True


def ask_code(app: App[object], choice: PickerChoice, then: Callable[[CodeChoice], object]) -> None:
    """Ask for a code, and pass it to `then`. If the user cancels, `then` is not called."""
    ask(app, CodePicker(choice), then)


class CodePicker(Dialog[CodeChoice | None], Unscrolled):
    """A dialog in which the user chooses a code. It closes with this code, or with None if the user cancels."""

    DEFAULT_CSS = """
    CodePicker { background: $background 60%; align: center middle; }
    CodePicker:ansi { background: transparent; }
    CodePicker #picker { width: 84; max-width: 100%; height: 80%; border: round $border; background: $surface; padding: 0 1; }
    CodePicker #typed { height: 1; border: none; padding: 0 1 0 2; background: $panel; }
    CodePicker RowList { height: 1fr; background: $surface; }
    CodePicker TextLines { height: 5; border-top: solid $rule; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*PICKER_BINDINGS, Binding("tab", "complete")]

    def __init__(self, choice: PickerChoice) -> None:
        super().__init__()
        self._choice = choice
        self._index = CodeIndex(choice.codes, choice.retired)
        self._mark_width = 1 + max([1, *map(len, choice.keys.values())])
        self._shown: str | None = None
        self._shown_details: dict[str, tuple[str, str, str | None]] = {}

    def compose(self) -> ComposeResult:
        with PaneColumn(id="picker"):
            yield Field(placeholder="part of a name, path or definition", id="typed", compact=True)
            rows = RowList()
            rows.can_focus, rows.shows_cursor = False, True
            yield rows
            yield TextLines()

    @property
    def _codebook_key(self) -> str:
        return current_key("go.codebook", keymap_of(self.app))

    def on_mount(self) -> None:
        box = self.query_one("#picker")
        box.border_title = Content(cut(self._choice.title, 70))
        # two rows for new codes, one row for a retired code, one row for the heading “Similar”
        new = 4 if self._choice.allow_new else 2
        box.styles.max_height = min(_TALLEST, max(4, len(self._choice.codes) + new) + _FRAME_ROWS)
        self.set_focus(self.query_one(Input))
        self._show("")

    def fit_window(self) -> None:
        does = "applies" if self._choice.allow_new else "chooses"
        show_keys(self.query_one("#picker"), f"Enter {does} · Tab completes · Esc closes")

    def on_resize(self) -> None:
        self.call_after_refresh(self._explain)  # the width is known only after the layout

    def take_key(self, event: events.Key) -> bool:
        """Handle a key immediately. Return whether the key was handled.

        Textual's queue could change the order of keys that arrive together.
        """
        field = self.query_one(Input)
        if type_into(field, event):
            self._show(field.value)
        elif event.key == "enter":
            self._take(self.query_one(RowList).key)
        else:
            return False
        return True

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._take(self.query_one(RowList).key)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._take(event.key)

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._explain()

    def _take(self, key: str | None) -> None:
        if key is None:
            return
        new = key.startswith(_NEW)
        self.dismiss(CodeChoice(key.removeprefix(_NEW), new))

    def action_move(self, by: int) -> None:
        rows = self.query_one(RowList)
        rows.step(by)
        self._explain()

    def action_complete(self) -> None:
        """Copy the path of the code under the cursor into the text field, as the beginning of a new path."""
        key = self.query_one(RowList).key
        if key is not None and not key.startswith(_NEW):
            field = self.query_one(Input)
            field.value = key
            field.cursor_position = len(key)

    def _show(self, typed: str) -> None:
        """List the codes that match the typed text.

        Do nothing if they are listed already: `take_key` lists them before the text field reports the same change.
        """
        if typed == self._shown:
            return
        self._shown = typed
        offered = offer(typed, self._index, self._choice.recent, allow_new=self._choice.allow_new)
        listed = self.query_one(RowList)
        listed.set_rows(self._rows(offered, typed))
        first = offered.first
        if first is None:
            listed.clear_cursor()
        else:
            listed.go(_NEW + first.path if first.new else first.path)
        self._explain()

    def _rows(self, offered: CodeOffer, typed: str) -> list[ListRow]:
        """Return the rows for the codes that match the typed text.

        Codes whose names are only similar to the typed text follow below a heading.
        """
        known = self._index.by_path
        fitting = [self._code_row(match) for match in offered.fitting]
        new = [_new_row(path, known, "+".ljust(self._mark_width)) for path in offered.new]
        rows = [*new, *fitting] if offered.new_first else [*fitting, *new]
        if offered.retired is not None:
            rows.append(
                ListRow(None, f"Retired: {whole(offered.retired)}. The codebook ({self._codebook_key}) restores it.")
            )
        if offered.similar:
            rows.append(ListRow(None, "Similar" if rows else f"No code is named “{one_line(typed, 40)}”. Similar:"))
        return rows + [self._code_row(match) for match in offered.similar]

    def _code_row(self, match: CodeMatch) -> ListRow:
        path = match.code.path
        mark, right, colour = self._details(path)
        return ListRow(path, match.code.name, mark=mark, right=right, hits=match.marks, colour=colour)

    def _details(self, path: str) -> tuple[str, str, str | None]:
        """Return (mark, text at the right, colour) of the row of a code.

        The details are cached, because up to 50 rows are shown after each key.
        """
        found = self._shown_details.get(path)
        if found is None:
            right = " / ".join(split_path(path)[:-1])
            found = self._choice.keys.get(path, "").ljust(self._mark_width), right, self._choice.colour(path)
            self._shown_details[path] = found
        return found

    def _explain(self) -> None:
        key = self.query_one(RowList).key
        code = self._index.by_path.get(key or "")
        width = max(20, self.query_one(TextLines).size.width)
        lines: list[Line] = []
        if code is not None:
            rows = wrapped(
                code.definition or f"No definition yet: write it in the codebook ({self._codebook_key}).", width
            )
            if len(rows) > _DEFINITION_ROWS:
                rows[_DEFINITION_ROWS - 1] = cut(f"{rows[_DEFINITION_ROWS - 1]} …", width)
            lines = [[(row, "text" if code.definition else "quiet")] for row in rows[:_DEFINITION_ROWS]]
        elif key is not None:
            lines = [[(r"Theme/Name puts a new code below a theme; \/ is a slash in a name.", "quiet")]]
        else:
            listed = self.query_one(RowList).rows
            note = "Enter picks none of these: ↓ goes to a similar code." if listed else self._empty_note()
            lines = [[(row, "quiet")] for row in wrapped(note, width)]
        self.query_one(TextLines).set_lines(lines)

    def _empty_note(self) -> str:
        if self._choice.codes:
            return "No code fits."
        return (
            "No codes yet: type a name, and Enter makes the first." if self._choice.allow_new else "There is no code."
        )


def _new_row(path: str, known: Collection[str], mark: str) -> ListRow:
    """Return the row for a new code. `known` has the existing paths.

    At its right, the row names the missing codes above the new code, such as “with School / Stress”. These codes are
    added with the new code.
    """
    names = split_path(path)
    above = [name for depth, name in enumerate(names[:-1], 1) if join_path(names[:depth]) not in known]
    place = "" if len(names) > 1 else "at the top level"
    right = f"with {' / '.join(above)}" if above else place
    return ListRow(_NEW + path, f"New code: {whole(path)}", mark=mark, right=right, quiet=True)
