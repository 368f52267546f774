"""The note pane: the title of the note, and its text with the codings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sibtui.model.text import plural
from sibtui.model.text_width import width_of
from sibtui.tui.commands.keys import bindings
from sibtui.tui.hints import current_key, keymap_of
from sibtui.tui.note.scroll_markers import ScrollMarkers
from sibtui.tui.note.widget import NoteView
from sibtui.tui.textual_overrides.containers import PaneColumn, PaneRow
from sibtui.tui.views.source_lines import READING_MARKS
from sibtui.tui.widgets.text_lines import Line, TextLines, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Coding, Source
    from sibtui.tui.note.painting import NoteStyle


class CodingNote(NoteView):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("note")]


class NotePane(PaneColumn):
    """The pane that shows the title of a source above its text.

    The text is a `NoteView`, which sends messages about the mouse.
    """

    def __init__(self, style_of: Callable[[str], NoteStyle]) -> None:
        """`style_of` returns the tag (short name) and the colour of a code, given its path."""
        super().__init__(id="middle")
        self._title_lines = TextLines(id="title", inset=1)
        self.note = CodingNote(self._style_of_coding, id="note")
        self._style_of_code = style_of
        self._code_styles: dict[str, NoteStyle] = {}

    def compose(self) -> ComposeResult:
        yield self._title_lines
        with PaneRow():
            yield self.note
            yield ScrollMarkers(self.note)

    def show_source(self, source: Source | None) -> None:
        """Show the title and the properties of a source."""
        self._title_lines.set_lines(title_lines(source, max(20, self._title_lines.room), keymap_of(self.app)))

    def forget_styles(self) -> None:
        """Empty the cache of tags (short names) and colours of codes, after a tag or colour has changed."""
        self._code_styles.clear()

    def _style_of_coding(self, coding: Coding) -> NoteStyle:
        style = self._code_styles.get(coding.code)
        if style is None:
            style = self._code_styles[coding.code] = self._style_of_code(coding.code)
        return style


def title_lines(source: Source | None, width: int, keymap: Mapping[str, str]) -> list[Line]:
    """Return the title of a source, its properties, and an empty line.

    If no source is open, the lines name the key that imports sources.
    """
    if source is None:
        return [
            [("No source is open", "strong")],
            [(current_key("sources.add", keymap), "key"), (" brings notes in: files and whole folders.", "quiet")],
        ]
    unattributed = f", {source.unattributed} without a case" if source.unattributed else ""
    facts = [
        f"{READING_MARKS[source.reading]} {source.reading}",
        f"{plural(source.codings, 'coding')}{unattributed}",
        ", ".join(source.cases) or "no case",
        source.kind,
        *([source.attributes["date"]] if "date" in source.attributes else []),
    ]
    title = source.title or source.name
    room = max(width // 2, width - width_of(title) - 2)
    name = f"  {cut(source.name, room)}" if source.name != title else ""
    return [
        [(cut(title, width - width_of(name)), "strong"), (name, "quiet")],
        [(cut(" · ".join(facts), width), "quiet")],
        [],
    ]
