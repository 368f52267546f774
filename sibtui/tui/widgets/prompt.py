"""A prompt: a dialog that asks for a line of text.

While the user types, a message shows the effect of the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from sibtui.model.text import one_line
from sibtui.project.shared.validation import Validation
from sibtui.tui.hints import keymap_of, with_hint
from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.drafts import drafts_of, remember_typed
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.key_input import type_into
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

_ROWS, _OTHER_ROWS = 3, 5
"""How many rows the message has, and how many rows the rest has: frame, text field, and the gaps below it."""
_WIDTH, _FRAME_CELLS = 84, 4
"""The width of the dialog, and the part of this width that its frame and padding take, in cells."""


class Prompt(Dialog[str | None]):
    """A dialog that asks for a line of text. It closes with the typed line, or with None if the user cancels."""

    CSS = """
    Prompt { background: $background 60%; align: center middle; }
    Prompt:ansi { background: transparent; }
    #prompt { width: 84; max-width: 100%; height: auto; max-height: 100%; border: round $border; background: $surface; padding: 0 1; }
    #prompt Input { height: 1; border: none; padding: 0 1; background: $panel; }
    #prompt TextLines { background: $surface; margin-top: 1; }
    #prompt-about { overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-background: $surface; scrollbar-color: $rule; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", priority=True),
        Binding("pagedown", "page(1)"),
        Binding("pageup", "page(-1)"),
    ]

    def __init__(
        self,
        title: str,
        value: str,
        validate: Callable[[str], Validation],
        *,
        enter: str = "takes it",
        complete: Callable[[str], tuple[str, list[str]]] | None = None,
        about: Sequence[str] = (),
        proposed: bool = False,
    ) -> None:
        """Make a prompt. Its text field shows `value`, or the draft if the user left this dialog with an unsaved line.

        If `proposed` is True, the text in the field is selected, so that typing replaces it.

        `validate` returns the message on the typed line. `enter` names the effect of Enter. `complete` is called
        after Tab, and returns (completed line, candidates). `about` has lines of explanation, which are shown below
        the message.
        """
        super().__init__()
        self._about = about
        self._proposed = proposed
        self._complete = complete
        self._title = title
        self._value = value
        self._validate_line = validate
        completes = "" if complete is None else "Tab completes · "
        self._keys = f"{completes}Enter {enter} · Esc closes"
        self._before_keys = ""
        self._warned = ""
        self._validation = Validation("")

    def compose(self) -> ComposeResult:
        with Vertical(id="prompt"):
            yield Field(self._value, select_on_focus=False)
            yield TextLines(id="prompt-message")
            yield TextLines(id="prompt-about")

    def on_mount(self) -> None:
        box, field = self.query_one("#prompt"), self.query_one(Input)
        box.border_title = Content(cut(self._title, 74))
        self._message.styles.height = _ROWS
        self._draft = drafts_of(self.app).pop(self._title, "")
        if self._draft:
            field.value = self._draft
            self._before_keys = "typed, not saved · "
        field.cursor_position = len(field.value)
        if self._proposed:
            field.select_all()
        self._validation = self._validate_line(field.value)  # `fit_window` shows it

    @property
    def _message(self) -> TextLines:
        return self.query_one("#prompt-message", TextLines)

    def action_page(self, step: int) -> None:
        self.query_one("#prompt-about", TextLines).page(step)

    def action_close(self) -> None:
        """Close the dialog. The typed line is kept and shown when the dialog opens again, so that Esc loses no text."""
        self.keep_draft()
        self.dismiss(None)

    def keep_draft(self) -> None:
        """Keep the typed line until the dialog opens again."""
        typed = self.query_one(Input).value
        if typed.strip() and typed != self._value:
            drafts_of(self.app)[self._title] = typed

    def take_key(self, event: events.Key) -> bool:
        """Handle a character, Backspace or Tab. Return whether the key was handled.

        Tab completes the line. Textual itself could handle Tab before characters that were typed earlier.
        """
        field = self.query_one(Input)
        if type_into(field, event):
            return True
        if event.key != "tab" or self._complete is None:
            return False
        field.value, names = self._complete(field.value)
        field.cursor_position = len(field.value)
        if len(names) > 1:
            candidates = ", ".join(one_line(name) for name in names[:20])
            self.call_after_refresh(self._show, Validation(candidates, "no"))
        return True

    @on(Input.Changed)
    def _explain(self) -> None:
        self._warned = ""
        self._show(self._validate_line(self.query_one(Input).value))

    def fit_window(self) -> None:
        self.show_again()

    def show_again(self) -> None:
        """Draw the message and the lines of explanation again, after a change of the texts or of the dialog's size."""
        self._show(self._validation)

    def _show(self, validation: Validation) -> None:
        """Show the message about the typed line, and the lines of explanation.

        A problem is shown in the colour of a warning, but not while the field is empty.
        """
        self._validation = validation
        typed = self.query_one(Input).value.strip()
        style = "warning" if typed and validation.verdict != "yes" else "quiet"
        message = with_hint(validation.message, validation.hint, keymap_of(self.app))
        messages = [message] if not self._warned else [message, "Press Enter again to confirm."]
        width = min(_WIDTH, self.app.size.width) - _FRAME_CELLS  # the dialog has no width before its layout
        lines: list[Line] = [[(row, style)] for message in messages for row in wrapped(message, width)]
        self._message.set_lines(lines[:_ROWS])
        if self._about:  # the explanation follows without empty rows
            self._message.styles.height = max(1, min(len(lines), _ROWS))
        about = self.query_one("#prompt-about", TextLines)
        rows: list[Line] = [[(row, "quiet")] for text in self.about_lines(typed) for row in wrapped(text, width - 1)]
        room = max(1, self.app.size.height - _ROWS - _OTHER_ROWS)
        about.display = bool(rows)
        about.styles.height = min(len(rows), room)
        about.set_rewrapped(rows)
        scrolls = "PgUp PgDn scroll · " if len(rows) > room else ""
        show_keys(self.query_one("#prompt"), f"{self._before_keys}{scrolls}{self._keys}")

    def about_lines(self, typed: str) -> Sequence[str]:
        """Return the lines of explanation below the message. In a subclass, they may depend on the typed line."""
        del typed
        return self._about

    @on(Input.Submitted)
    def _submitted(self) -> None:
        value = self.query_one(Input).value
        validation = self._validate_line(value)
        if validation.verdict == "yes" or (validation.verdict == "again" and self._warned == value):
            remember_typed(self.app, self._title, value)
            self.dismiss(value)
        elif validation.verdict == "again":
            self._warned = value
            self._show(validation)
