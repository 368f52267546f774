"""A menu in which the user types a letter. The menu shows the effect of each letter.

A letter works even if it is typed before the menu is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from sibtui.model.text_width import width_of
from sibtui.tui.key_positions import latin_key
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, drawn, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events
    from textual.app import App, ComposeResult

_WIDEST = 90
_FRAME_CELLS = 7
"""How many cells of a row are not free for the letter and its text: frame, padding, and spaces around the letter."""
_TITLE_CELLS = 6
"""How many cells of the upper frame are not free for the title: the corners, and a line and a space at each side."""
_FRAME_ROWS = 2


def ask_letter(
    app: App[object],
    title: str,
    choices: Mapping[str, str],
    then: Callable[[str], object],
    *,
    hint: str = "",
    escape: str = "closes",
    any_letter: bool = False,
) -> None:
    """Open a menu that asks for a letter, and pass the letter to `then`. If the user cancels, `then` is not called.

    Without `any_letter`, a capital letter chooses the same row as its small letter. The remaining arguments are
    those of `LetterMenu`.
    """
    ask(
        app,
        LetterMenu(title, choices, hint=hint, escape=escape, any_letter=any_letter),
        lambda letter: then(letter if any_letter or letter in choices else letter.lower()),
    )


class LetterMenu(Dialog[str | None]):
    """A menu that closes with the chosen letter, or with None if the user cancels."""

    DEFAULT_CSS = """
    LetterMenu { background: transparent; align: center bottom; }
    LetterMenu:ansi { background: transparent; }
    LetterMenu #letters {
        margin-bottom: 2; width: auto; min-width: 40; max-width: 90%; height: auto; max-height: 80%; border: round $border;
        background: $surface; padding: 0 1;
    }
    LetterMenu TextLines { height: auto; background: $surface; }
    """

    def __init__(
        self,
        title: str,
        choices: Mapping[str, str],
        *,
        hint: str = "",
        escape: str = "closes",
        any_letter: bool = False,
        keys: str = "",
    ) -> None:
        """Make the menu. `choices` is a map: letter → its text in the menu.

        The line at the bottom shows `hint`. If `hint` is empty, the line shows the effect of Esc, which is `escape`.
        `keys` are further characters that the menu accepts. If `any_letter` is True, the menu accepts all letters.
        """
        super().__init__()
        self._title = self.title = title
        self._choices = choices
        self._hint = hint or f"Esc {escape}"
        self._any = any_letter
        self._keys = keys

    @staticmethod
    def fits(choices: int, height: int) -> bool:
        """Return whether a menu with this number of choices fits a screen with `height` rows."""
        return choices + _FRAME_ROWS <= height * 8 // 10

    def compose(self) -> ComposeResult:
        with Vertical(id="letters"):
            yield TextLines(names_keys=True)

    def fit_window(self) -> None:
        box = self.query_one("#letters")
        widest = min(_WIDEST, self.app.size.width * 9 // 10)
        letters = max([1, *map(len, self._choices)])
        room = widest - _FRAME_CELLS - letters
        lines: list[Line] = [
            [(f" {letter:<{letters}}  ", "key"), (cut(label, room), "text")] for letter, label in self._choices.items()
        ]
        title = Content(drawn(self._title))
        if width_of(title.plain) > widest - _TITLE_CELLS:  # the frame would cut the title
            title = Content("")
            lines = [*([(f" {row}", "strong")] for row in wrapped(self._title, widest - _TITLE_CELLS)), *lines]
        if box.border_title != title.markup:
            box.border_title = title
        pane = self.query_one(TextLines)
        pane.styles.height = len(lines)
        texts = [*self._choices.values(), self._title]
        words = max([width_of(drawn(text)) for text in texts] + [len(self._hint), 34])
        box.styles.width = min(words + _FRAME_CELLS + letters + 2, widest)
        pane.set_lines(lines)
        show_keys(box, self._hint)

    def take_key(self, event: events.Key) -> bool:
        """Handle a typed key. Always return True, so that no key reaches the screen below the menu."""
        letter = event.character or ""
        if letter.casefold() not in self._choices:
            letter = latin_key(letter) or letter  # the letter may belong to another keyboard layout
        if (
            letter in self._choices
            or (letter and letter in self._keys)
            or letter.casefold() in self._choices
            or (self._any and letter.isalpha())
        ):
            self.dismiss(letter)
        elif event.key in {"escape", "enter", "backspace", "q"}:
            self.dismiss(None)
        return True
