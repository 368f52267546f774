"""The dialog in which the user corrects the text of a source.

The user edits the text, sees where the codings will be in it, and stores it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from sibtui.errors import SibtuiError
from sibtui.model.codebook import split_path
from sibtui.model.text import around_difference, excerpt, one_line, plural
from sibtui.tui.widgets.dialog import show_keys
from sibtui.tui.widgets.multiline_field import MultilineField
from sibtui.tui.widgets.reading_dialog import ReadingDialog
from sibtui.tui.widgets.text_lines import Line, TextLines, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.project.results import CarriedCoding

_EDITING = ("ctrl+s or Esc lists its codings before it is stored", "ctrl+s or Esc lists its codings")
_BREAKS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""The characters that Textual's editor would turn into line ends."""
_FIRST_PRIVATE = 0xE000


class TextCorrection(ReadingDialog[str | None]):
    """A dialog in which the user corrects a text.

    It closes with the corrected text, or with None if the user cancels or changes nothing.
    """

    CSS = """
    TextCorrection { background: $background 60%; align: center middle; }
    TextCorrection:ansi { background: transparent; }
    #correction { width: 100%; max-width: 110; height: 95%; border: round $border; background: $surface; padding: 0 1; }
    #correction TextArea { height: 1fr; border: none; padding: 0; background: $surface; scrollbar-background: $surface; scrollbar-color: $rule; }
    #correction TextLines { height: 1fr; background: $surface; overflow-y: auto; scrollbar-size-vertical: 1; display: none; }
    #correction.-listing TextLines { display: block; }
    #correction.-listing TextArea { display: none; }
    """
    AUTO_FOCUS = ""  # after the command palette, the hidden editor would get the focus, and the keys of the list
    BINDINGS: ClassVar[list[BindingType]] = [
        # without priority, because the key would overtake the characters typed before it
        Binding("escape", "escape"),
        Binding("ctrl+s", "list"),
        Binding("enter", "store"),
        Binding("d", "discard"),
        Binding("down,j", "scroll(1)"),
        Binding("up,k", "scroll(-1)"),
        Binding("pagedown,space", "page(18)"),
        Binding("pageup,backspace", "page(-18)"),
    ]

    def __init__(
        self,
        title: str,
        text: str,
        foresee: Callable[[str], Sequence[CarriedCoding]],
        whole: Callable[[str], str] = lambda edited: edited,
    ) -> None:
        """`foresee` receives the edited text, and returns the codings with their places in the corrected source.

        If the text cannot be stored, `foresee` raises a SibtuiError. If `text` is only a passage of a source, `whole`
        receives the edited passage, and returns the whole text of the source.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._foresee = foresee
        self._whole = whole
        self._replaced = replacements(text)
        self._is_storable = False

    def compose(self) -> ComposeResult:
        with Vertical(id="correction"):
            shown = self._text.translate({ord(own): other for own, other in self._replaced.items()})
            yield MultilineField(shown, soft_wrap=True, show_line_numbers=False, compact=True)
            yield TextLines()

    def on_mount(self) -> None:
        self._box.border_title = Content(cut(self._title, 74))
        self._edit()

    @property
    def _box(self) -> Vertical:
        return self.query_one("#correction", Vertical)

    @property
    def _listing(self) -> bool:
        return self._box.has_class("-listing")

    def _edit(self) -> None:
        self._box.remove_class("-listing")
        self.fit_window()
        self.set_focus(self.query_one(MultilineField))

    @property
    def _edited(self) -> str:
        """The text in the editor, with the original characters in place of their replacements (see `replacements`)."""
        typed = self.query_one(MultilineField).text
        return typed.translate({ord(other): own for own, other in self._replaced.items()})

    def action_list(self) -> None:
        """Show the list of codings with their places in the edited text. If the text is unchanged, close the dialog."""
        text = self._edited
        if text == self._text:
            self.dismiss(None)
            return
        try:
            carried = self._foresee(text)
            lines, self._is_storable = carried_lines(carried, self._whole(text)), True
        except SibtuiError as error:
            lines, self._is_storable = [[(str(error), "warning")]], False
        self.query_one(TextLines).set_lines(lines)
        self._box.add_class("-listing")
        self.fit_window()
        self.set_focus(None)

    def fit_window(self) -> None:
        if self._listing:
            stores, shortly = ("Enter stores it · ", "Enter stores · ") if self._is_storable else ("", "")
            long = f"{stores}Esc goes back to the text · d gives the correction up"
            show_keys(self._box, long, f"{shortly}Esc edits · d drops")
        else:
            show_keys(self._box, *_EDITING)

    def action_escape(self) -> None:
        """Go from the list of codings to the editor, or from the editor to the list. Esc does not close the dialog."""
        if self._listing:
            self._edit()
        else:
            self.action_list()

    def action_store(self) -> None:
        if self._listing and self._is_storable:
            self.dismiss(self._edited)

    def action_discard(self) -> None:
        if self._listing:
            self.dismiss(None)


def replacements(text: str) -> dict[str, str]:
    """Return a dict: character of the text → character to show in its place.

    The dict has only the characters that the editor would turn into a line end. Their replacements are private-use
    characters of Unicode that the text does not have.
    """
    free = (chr(code) for code in range(_FIRST_PRIVATE, _FIRST_PRIVATE + 0x1000) if chr(code) not in text)
    return {character: next(free) for character in sorted(set(_BREAKS.findall(text)))}


def carried_lines(carried: Sequence[CarriedCoding], text: str) -> list[Line]:
    """Return lines that show where codings will be in `text`, the corrected text.

    The first line has the counts. Below it are three groups: codings with an uncertain place, codings with corrected
    words, and codings that only move.
    """
    lost = [each for each in carried if each.after is None]
    reworded = [each for each in carried if each.after is not None and each.words != each.coding.quote]
    moved = [
        each for each in carried if each.after not in (None, each.coding.segment) and each.words == each.coding.quote
    ]
    kept = len(carried) - len(lost) - len(moved) - len(reworded)
    lines: list[Line] = [
        [(f"{plural(len(carried) - len(lost), 'coding')} carried over to the new text", "strong"),
         (f": {len(reworded):,} with corrected words, {len(moved):,} moved, {kept:,} at the same place", "quiet")]
    ]  # fmt: skip
    if lost:
        keep = "keeps its quote and waits" if len(lost) == 1 else "keep their quotes and wait"
        head = f"{plural(len(lost), 'coding')} without a certain place {keep} for your decision"
        lines += [[], [(head, "warning")], *(_row(each, text) for each in lost)]
    if reworded:
        lines += [[], [("With corrected words", "strong")], *(row for each in reworded for row in _words(each, text))]
    if moved:
        lines += [[], [("Moved", "strong")], *(_row(each, text) for each in moved)]
    return lines


def _row(each: CarriedCoding, text: str) -> Line:
    line = "" if each.after is None else f"line {text.count(chr(10), 0, each.after.start) + 1}"
    name = one_line(split_path(each.coding.code)[-1], 30)
    return [
        (f"  {line or '–':<10}", "quiet"),
        (f"{name:<32}", "text"),
        (f"“{excerpt(each.coding.quote, 120)}”", "quiet"),
    ]


def _words(each: CarriedCoding, text: str) -> list[Line]:
    """Return lines with the old and the new words of a coding, around their first difference."""
    before, after = around_difference(each.coding.quote, each.words, 60)
    *start, _ = _row(each, text)
    return [[*start, (f"“{before}”", "quiet")], [(" " * 44, "quiet"), (f"→ “{after}”", "text")]]
