"""A choice by one letter: it is shown what each letter does, and the letter may be typed before it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from sibtui.tui.widgets.lines import Line, Lines, cut, drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

_WIDEST = 90
_BESIDE = 7
"""Cells of the box that are neither a choice's letter nor its words: its frame, its padding, the blanks around the letter."""


class Letters(ModalScreen[str | None]):
    """Dismissed with the letter typed, or None."""

    DEFAULT_CSS = """
    Letters { background: transparent; align: center bottom; }
    Letters:ansi { background: transparent; }
    Letters #letters {
        margin-bottom: 2; width: auto; min-width: 40; max-width: 90%; height: auto; max-height: 80%; border: round $border;
        background: $surface; padding: 0 1;
    }
    Letters Lines { height: auto; background: $surface; }
    """

    def __init__(
        self, title: str, choices: Mapping[str, str], *, hint: str = "Esc closes", any_letter: bool = False
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._hint = hint
        self._any = any_letter

    def compose(self) -> ComposeResult:
        with Vertical(id="letters"):
            yield Lines(names_keys=True)

    def on_mount(self) -> None:
        box = self.query_one("#letters")
        box.border_title, box.border_subtitle = Content(cut(self._title, 70)), self._hint
        widest = min(_WIDEST, self.app.size.width * 9 // 10)
        letters = max([1, *map(len, self._choices)])
        room = widest - _BESIDE - letters
        lines: list[Line] = [
            [(f" {letter:<{letters}}  ", "key"), (cut(told, room), "text")] for letter, told in self._choices.items()
        ]
        shown = self.query_one(Lines)
        shown.styles.height = len(lines)
        words = max([cell_len(drawn(told)) for told in self._choices.values()] + [len(self._hint), 34])
        box.styles.width = min(words + _BESIDE + letters + 2, widest)
        shown.set_lines(lines)

    def take_key(self, event: events.Key) -> bool:
        """Any key ends the choice, or does nothing: none goes on to what lies below."""
        letter = event.character or ""
        if letter in self._choices or letter.casefold() in self._choices or (self._any and letter.isalpha()):
            self.dismiss(letter)
        elif event.key in {"escape", "enter", "backspace", "q"}:
            self.dismiss(None)
        return True
