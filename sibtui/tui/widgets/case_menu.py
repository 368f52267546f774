"""The menu in which the user chooses cases.

If every case has a letter and all cases fit the screen, the menu asks for a letter. Otherwise it asks for a part of a
name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from sibtui.model.text import one_line, plural
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.key_input import PICKER_BINDINGS, type_into
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import cells_of, cut
from sibtui.workspace.case_choice import CaseAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import App, ComposeResult
    from textual.binding import BindingType

    from sibtui.workspace.case_choice import CaseChoice

_ALL, _NONE = "*", "0"
_FRAME_ROWS = 3
"""How many rows of the dialog are not free for cases: those of the frame and the text field."""


def ask_case(app: App[object], choice: CaseChoice, then: Callable[[tuple[str, ...]], object]) -> None:
    """Ask for one or several cases, and pass them to `then`. If the user cancels, `then` is not called."""
    ask_cases(app, choice, lambda answer: then(answer.cases))


def ask_cases(app: App[object], choice: CaseChoice, then: Callable[[CaseAnswer], object]) -> None:
    """Ask for the cases of one or several items, and pass the answer to `then`.

    If the user cancels, `then` is not called.
    """

    def pressed(key: str) -> None:
        if key == "/":
            ask(app, CasePicker(choice), then)
        else:
            then(choice.answer(key))

    if choice.lettered and LetterMenu.fits(len(choice.menu), app.size.height):
        hint = "/ finds a name" if choice.single else "capital letter: adds or removes · / finds a name"
        ask(app, LetterMenu(choice.title, choice.menu, hint=hint, keys="/"), pressed)
    else:
        ask(app, CasePicker(choice), then)


class CasePicker(Dialog["CaseAnswer | None"]):
    """A dialog with a text field for a part of a name, and a list of the cases that match.

    It closes with the answer of the user, or with None if the user cancels.
    """

    DEFAULT_CSS = """
    CasePicker { background: $background 60%; align: center middle; }
    CasePicker:ansi { background: transparent; }
    CasePicker #case-picker { width: auto; max-width: 100%; height: auto; max-height: 90%; border: round $border; background: $surface; }
    CasePicker Input { height: 1; border: none; padding: 0 1 0 3; background: $panel; }
    CasePicker RowList { padding: 0 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*PICKER_BINDINGS]

    def __init__(self, choice: CaseChoice) -> None:
        super().__init__()
        self._choice = choice
        self._marked = choice.now
        self._changed = False

    def compose(self) -> ComposeResult:
        with Vertical(id="case-picker"):
            yield Field(placeholder="part of a name", compact=True)
            rows = RowList()
            rows.can_focus, rows.shows_cursor = False, True
            rows.empty = "No case fits."
            yield rows

    def on_mount(self) -> None:
        self.query_one("#case-picker").border_title = Content(cut(self._choice.title, 70))
        self.set_focus(self.query_one(Input))
        self._show()

    def fit_window(self) -> None:
        window = self.app.size
        widest = max(cells_of([(one_line(case), "")]) for case in self._choice.cases)
        self.query_one("#case-picker").styles.width = min(max(68, widest + 12), window.width)
        room = max(3, window.height * 9 // 10 - _FRAME_ROWS)
        self.query_one(RowList).styles.height = min(len(self._choice.cases) + 2, room)
        self._explain()

    def take_key(self, event: events.Key) -> bool:
        """Handle a key immediately. Return whether the key was handled.

        Textual's queue could change the order of keys that arrive together.
        """
        field = self.query_one(Input)
        if type_into(field, event):
            self._show()
        elif event.key == "tab":
            self._mark()
        elif event.key == "enter":
            self._assign()
        else:
            return False
        return True

    @on(Input.Changed)
    def _show(self) -> None:
        typed = self.query_one(Input).value
        rows = [self._row(case) for case in self._choice.matching(typed)]
        if not typed.strip() and not self._choice.single:
            rows += [
                ListRow(_ALL, "all of them", mark="  ", quiet=True),
                ListRow(_NONE, self._choice.none, mark="  ", quiet=True),
            ]
        listed = self.query_one(RowList)
        listed.set_rows(rows)
        if typed.strip() and rows:
            listed.go(rows[0].key)
        self._explain()

    def _row(self, case: str) -> ListRow:
        return ListRow(f"={case}", one_line(case), mark="● " if case in self._marked else "  ")

    def _mark(self) -> None:
        """Mark or unmark the case under the cursor, and clear the text field for the next name."""
        key = self.query_one(RowList).key or ""
        if key.startswith("=") and not self._choice.single:
            self._marked = self._choice.toggled(self._marked, key[1:])
            self._changed = True
            self.query_one(Input).value = ""
            self._show()

    @on(Input.Submitted)
    def _assign(self) -> None:
        """Close the dialog with the chosen cases. If no case matches the typed text, do nothing."""
        chosen = self._chosen()
        if chosen is not None:
            replaces = not self._changed or self.query_one(RowList).key in {_ALL, _NONE}
            self.dismiss(CaseAnswer(chosen, None if replaces else self._choice.now))

    def _chosen(self) -> tuple[str, ...] | None:
        """Return the cases that Enter would choose now. None if no case matches the typed text.

        On the rows below the cases, Enter chooses all cases or no case. On a case, Enter chooses:

        - this case, if the user has changed no mark;
        - the marked cases, if the user has changed a mark;
        - the marked cases and this case, if the user has also typed a text.
        """
        key, typed = self.query_one(RowList).key or "", self.query_one(Input).value.strip()
        if key in {_ALL, _NONE}:
            return self._choice.cases if key == _ALL else ()
        if self._changed and not typed:
            return self._marked
        marked = {*(self._marked if self._changed else ()), key[1:]}
        return tuple(case for case in self._choice.cases if case in marked) if key else None

    def _explain(self) -> None:
        chosen = self._chosen()
        names = "nothing" if chosen is None else cut(one_line(chosen[0]), 30) if chosen else "no case yet"
        if chosen is not None and len(chosen) > 1:
            names = plural(len(chosen), "case")
        marks = "" if self._choice.single else " · Tab marks"
        show_keys(self.query_one("#case-picker"), f"Enter: {names}{marks} · Esc closes")

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self.query_one(RowList).go(event.key)
        self._assign()

    def action_move(self, by: int) -> None:
        self.query_one(RowList).step(by)
        self._explain()
