"""The help: a list of the commands that work on the open screen, with their current keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical

from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import key_label, keys_of
from sibtui.tui.hints import with_keys
from sibtui.tui.widgets.dialog import show_keys
from sibtui.tui.widgets.reading_dialog import ReadingDialog
from sibtui.tui.widgets.text_lines import Line, TextLines, cells_of, wrapped
from sibtui.workspace.session_state import key_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.tui.commands import Area, Command

_KEYS, _WIDTH, _FRAME_CELLS = 19, 76, 4
"""The width of the column of keys, the largest width of the lines, and the width of the frame and padding, in cells."""
_LEAST_BESIDE = 24
"""The least width in cells that a help text needs beside its keys. With less room, it is below them."""
_WAY_OUT = (
    "Esc and q go back by one step. In the note, Esc ends the last mode, such as a search, and only q leaves the program. In a field, q is a letter.",
    "Esc never loses text: a text of several lines is saved, and a line comes back when its box opens again.",
)
"""The rules for leaving any screen or dialog."""

LEGEND: tuple[Line, ...] = (
    [("In the margin", "strong")],
    [("  Ba ", "text"), ("the tag of a code, where the quote begins", "quiet")],
    [("  ┃  ", "text"), ("its other rows; ║ counter-evidence, ╎ tentative, ┊ both", "quiet")],
    [("  –  ", "text"), ("after a tag: counter-evidence; ~ tentative; ≈ both", "quiet")],
    [("  +  ", "text"), ("more codings than fit here: o goes through them", "quiet")],
)


class HelpScreen(ReadingDialog[None]):
    """A scrolling list of keys and their effects. Esc, q, ?, Enter and Space close it."""

    DEFAULT_CSS = """
    HelpScreen { background: $background 60%; align: center middle; }
    HelpScreen:ansi { background: transparent; }
    HelpScreen #help { width: 82; max-width: 100%; height: 90%; max-height: 100%; border: round $border; background: $surface; padding: 0 1; }
    HelpScreen TextLines {
        height: 1fr; background: $surface; overflow-y: scroll; scrollbar-size-vertical: 1;
        scrollbar-background: $surface; scrollbar-color: $rule;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter,space", "dismiss", "close"),
        Binding("down,j", "scroll(1)"),
        Binding("up,k", "scroll(-1)"),
        Binding("pagedown,ctrl+f,ctrl+d", "page(18)"),
        Binding("pageup,ctrl+b,ctrl+u", "page(-18)"),
        Binding("home,g", "scroll(-9999)"),
        Binding("end,G", "scroll(9999)"),
    ]

    def __init__(self, heading: str, areas: Sequence[Area], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._heading = heading
        self._areas = areas
        self._keymap = keymap
        self._shown_width = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield TextLines(id="help-lines")

    def on_mount(self) -> None:
        self.query_one("#help").border_title = f"Keys: {self._heading}"

    def fit_window(self) -> None:
        """Show the keys, and break the lines into rows of the width that the terminal allows now."""
        show_keys(self.query_one("#help"), "↑ ↓ PgUp PgDn · Esc closes")
        width = min(_WIDTH, self.app.size.width - _FRAME_CELLS)
        if width == self._shown_width:
            return
        self._shown_width = width
        lines = list(help_lines(commands_at(*self._areas), self._keymap, width))
        lines += [[], [("The way out", "strong")]]
        lines += [[(f"  {row}", "text")] for sentence in _WAY_OUT for row in wrapped(sentence, width - 4)]
        if "note" in self._areas:
            lines += [[], *_legend(width)]
        note = f'You can change keys in {key_file()}, one line per command: "coding.again" = "space".'
        lines += [[], *([(row, "quiet")] for row in wrapped(note, width - 2))]
        self.query_one(TextLines).set_rewrapped(lines)


def _legend(width: int) -> Iterator[Line]:
    """Yield the lines of `LEGEND` in at most `width` cells. All rows of a long text begin at the same column."""
    for mark, *texts in LEGEND:
        indent = cells_of([mark])
        rows = [(row, name) for text, name in texts for row in wrapped(text, width - indent - 2)]
        yield [mark, *rows[:1]]
        yield from ([(" " * indent + row, name)] for row, name in rows[1:])


def help_lines(commands: Iterable[Command], keymap: Mapping[str, str], width: int = _WIDTH) -> Iterable[Line]:
    """Return the lines of the help: a heading for each group of commands, then the commands with keys and help texts.

    Commands that differ only in a letter or digit share a line. The lines have at most `width` cells.
    """
    groups: dict[str, list[Command]] = {}
    for command in commands:
        groups.setdefault(command.group, []).append(command)
    for number, (group, members) in enumerate(groups.items()):
        if number:
            yield []
        yield [(group, "strong")]
        listed: set[str] = set()
        for command in members:
            family = command.id.partition("#")[0]
            if family in listed:
                continue
            listed.add(family)
            keys = " ".join(map(key_label, keys_of(command, keymap)))
            if "#" in command.id:
                first_keys = [keys_of(other, keymap)[0] for other in members if other.id.startswith(f"{family}#")]
                keys = f"{first_keys[0]} … {first_keys[-1]}"
            text, beside = with_keys(command.help, keymap), width - _KEYS - 4
            if width < _WIDTH and (beside < _LEAST_BESIDE or cells_of([(keys, "")]) > _KEYS):
                yield from ([(f"  {row}", "key")] for row in wrapped(keys, width - 4))
                yield from ([(f"    {row}", "text")] for row in wrapped(text, width - 6))
                continue
            rows = wrapped(text, beside)
            yield [(f"  {keys:<{_KEYS}}", "key"), (rows[0], "text")]
            yield from ([(" " * (_KEYS + 2) + row, "text")] for row in rows[1:])
