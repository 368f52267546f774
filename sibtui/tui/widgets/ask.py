"""One line to be written, with a word on what it would do while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from sibtui.desk.answers import Answer
from sibtui.model.text import one_line
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.lines import Line, Lines, cut, wrapped
from sibtui.tui.widgets.typing import type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

_ROWS = 3
_WIDTH, _BESIDE = 84, 4
"""Cells of the box, and those of them that are its frame and padding."""


class Ask(ModalScreen[str | None]):
    """Dismissed with the line, or None."""

    CSS = """
    Ask { background: $background 60%; align: center middle; }
    Ask:ansi { background: transparent; }
    #ask { width: 84; max-width: 100%; height: auto; border: round $border; background: $surface; padding: 0 1; }
    #ask Input { height: 1; border: none; padding: 0 1; background: $panel; }
    #ask Lines { background: $surface; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "close", priority=True)]

    def __init__(
        self,
        title: str,
        value: str,
        judge: Callable[[str], Answer],
        *,
        hint: str = "Enter",
        complete: Callable[[str], tuple[str, list[str]]] | None = None,
    ) -> None:
        """`complete` is what Tab does: the line as far as it is certain, and what it can be."""
        super().__init__()
        self._complete = complete
        self._title = title
        self._value = value
        self._judge = judge
        self._hint = hint
        self._warned = ""
        self._told = Answer("")

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Field(self._value, select_on_focus=False)
            yield Lines()

    def on_mount(self) -> None:
        box, field = self.query_one("#ask"), self.query_one(Input)
        box.border_title = Content(cut(self._title, 74))
        box.border_subtitle = f"{self._hint} · Esc closes"
        self.query_one(Lines).styles.height = _ROWS
        field.cursor_position = len(self._value)
        self._explain()

    def take_key(self, event: events.Key) -> bool:
        """Heed what is typed at once: Tab, which completes it, would overtake it."""
        field = self.query_one(Input)
        if type_into(field, event):
            return True
        if event.key != "tab" or self._complete is None:
            return False
        field.value, names = self._complete(field.value)
        field.cursor_position = len(field.value)
        if len(names) > 1:
            told = ", ".join(one_line(name) for name in names[:20])
            self.call_after_refresh(self._say, Answer(told, "no"))
        return True

    @on(Input.Changed)
    def _explain(self) -> None:
        answer = self._judge(self.query_one(Input).value)
        self._warned = ""
        self._say(answer)

    def on_resize(self) -> None:
        self._say(self._told)

    def _say(self, answer: Answer) -> None:
        """Tell it below the line: where nothing is written yet there is nothing to warn of."""
        self._told = answer
        written = self.query_one(Input).value.strip()
        name = "warning" if written and answer.verdict != "yes" else "quiet"
        told = [answer.told] if not self._warned else [answer.told, "Enter again does it."]
        width = min(_WIDTH, self.app.size.width) - _BESIDE  # the box has none of its own before it is laid out
        lines: list[Line] = [[(row, name)] for part in told for row in wrapped(part, width)]
        self.query_one(Lines).set_lines(lines[:_ROWS])

    @on(Input.Submitted)
    def _submitted(self) -> None:
        value = self.query_one(Input).value
        answer = self._judge(value)
        if answer.verdict == "yes" or (answer.verdict == "again" and self._warned == value):
            self.dismiss(value)
        elif answer.verdict == "again":
            self._warned = value
            self._say(answer)

    def action_leave(self) -> None:
        self.dismiss(None)
