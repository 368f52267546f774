"""Commands that move and select: none of them changes the study."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from sibtui.tui.screens.coding_base import CodingBase
from sibtui.tui.widgets.typing import type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.widgets import Input

    from sibtui.desk.selection import Step
    from sibtui.model.segments import Segment
    from sibtui.tui.note.widget import NoteView


_FIELDS = ("find", "filter")


class Moves(CodingBase):
    """Ways through the note."""

    def _select(self, move: Callable[[Segment], Segment]) -> None:
        if self.desk.selection is not None:
            self.desk.select(move(self.desk.selection))
        self.show()

    def action_move_next_sentence(self) -> None:
        self._select(lambda now: self.desk.selecting.by_sentence(now, 1))

    def action_move_previous_sentence(self) -> None:
        self._select(lambda now: self.desk.selecting.by_sentence(now, -1))

    def action_move_next_paragraph(self) -> None:
        self._select(lambda now: self.desk.selecting.by_paragraph(now, 1))

    def action_move_previous_paragraph(self) -> None:
        self._select(lambda now: self.desk.selecting.by_paragraph(now, -1))

    def action_move_page_down(self) -> None:
        self._by_page(1)

    def action_move_page_up(self) -> None:
        self._by_page(-1)

    def _by_page(self, step: Step) -> None:
        def move(now: Segment) -> Segment:
            offset = self.note.offset_by_page(now.start, step)
            return self.desk.selecting.sentence_at(offset)

        self._select(move)

    def action_move_top(self) -> None:
        self._select(lambda _: self.desk.selecting.top())

    def action_move_end(self) -> None:
        self._select(lambda _: self.desk.selecting.end())

    def action_move_next_coding(self) -> None:
        self._to_coding(1)

    def action_move_previous_coding(self) -> None:
        self._to_coding(-1)

    def _to_coding(self, step: Step) -> None:
        if not self.desk.to_coding(step):
            self.tell("There is no coding after this one." if step > 0 else "There is no coding before this one.")
            return
        self.show()

    def action_move_overlapping(self) -> None:
        if self.desk.to_overlapping() is None:
            self.tell("There is no coding here.")
            return
        self.show(reveal=False)

    def action_move_next_uncoded(self) -> None:
        if not self.desk.to_uncoded():
            self.tell("Every sentence of this note has a code.")
            return
        self.show()

    def action_select_grow(self) -> None:
        self._select(self.desk.selecting.grow)

    def action_select_shrink(self) -> None:
        self._select(self.desk.selecting.shrink)

    def action_select_end_on(self) -> None:
        self._edge("end", 1)

    def action_select_end_back(self) -> None:
        self._edge("end", -1)

    def action_select_start_on(self) -> None:
        self._edge("start", 1)

    def action_select_start_back(self) -> None:
        self._edge("start", -1)

    def _edge(self, edge: str, step: Step) -> None:
        by = "character" if self.edges else "word"
        move = getattr(self.desk.selecting, f"{edge}_by_{by}")
        self._select(lambda now: move(now, step))

    def action_select_sentence(self) -> None:
        self._select(self.desk.selecting.sentence)

    def action_select_paragraph(self) -> None:
        self._select(self.desk.selecting.paragraph)

    def action_select_edges(self) -> None:
        self.edges = not self.edges
        self.show(reveal=False)

    def action_select_copy(self) -> None:
        if self.desk.selection is None:
            return
        words = self.desk.selection.quote(self.desk.text)
        self.app.copy_to_clipboard(words.encode("utf-8", "replace").decode())
        self.tell(f"{len(words):,} characters copied.")

    # The mouse

    def on_note_view_dragged(self, event: NoteView.Dragged) -> None:
        self.go_to_pane(self.note)
        self.desk.select(event.segment)
        self.show(reveal=event.done)

    def on_note_view_clicked(self, event: NoteView.Clicked) -> None:
        self.go_to_pane(self.note)
        chosen = self.desk.selecting.sentence_at(event.offset)
        if event.times > 2:
            chosen = self.desk.selecting.paragraph(chosen)
        elif event.times == 2:
            chosen = self.desk.selecting.word_at(event.offset)
        self.desk.select(chosen)
        self.show()

    def on_note_view_coding_clicked(self, event: NoteView.CodingClicked) -> None:
        coding = self.desk.spans.get(event.number)
        if coding is not None:
            self.go_to_pane(self.note)
            self.desk.select(coding.segment, coding=coding.id)
            self.show()

    # Searching in the note

    async def action_find_start(self) -> None:
        if not self.query("#find"):
            field = self.field("find", "", "search in the note · Enter keeps, Esc goes back")
            self._came_from = self.desk.selection
            await self.mount(field, before="#status")
            self.set_focus(field)

    def field(self, name: str, words: str, told: str) -> Input:
        """A line to type into."""
        from sibtui.tui.widgets.fields import Field  # noqa: PLC0415 - the first screen has none

        return Field(words, placeholder=told, id=name, compact=True)

    def take_key(self, event: events.Key) -> bool:
        """Heed what is typed into a field at once, so that the keys after it find it done."""
        if self.focused is None or self.focused.id not in _FIELDS:
            return False
        field = cast("Input", self.focused)
        if event.key == "enter":
            self.submitted(field)
        elif type_into(field, event):
            self.typed(field)
        else:
            return False
        return True

    def typed(self, field: Input) -> None:
        """A field has other words in it."""
        if field.id == "find":
            self._find(field.value)

    def submitted(self, field: Input) -> None:
        """A field is done with."""
        if field.id == "find":
            nowhere = self.desk.match is not None and self.desk.search(self.desk.match, 0, 1) is None
            if nowhere:
                self.desk.match = None  # there is no next match to go to
            self._close_search()
            if nowhere:
                self.show()
                self._tell_nowhere(field.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.typed(event.input)

    def _find(self, words: str) -> None:
        self.desk.match = re.compile(re.escape(words), re.IGNORECASE) if words else None
        start = self._came_from.start if self._came_from else 0
        found = self.desk.search(self.desk.match, start, 1)
        if found is not None:
            self.desk.select(found)
        elif self._came_from is not None:
            self.desk.select(self._came_from)
        self.show()
        if words and found is None:
            self._tell_nowhere(words)

    def _tell_nowhere(self, words: str) -> None:
        self.tell(f"“{words}” is not in this note; F5 looks in all of them.")

    def _close_search(self) -> None:
        self.set_focus(self.note)
        for field in self.query("#find"):
            field.remove()

    def action_pane_note(self) -> None:
        if self.query("#find"):
            self.desk.match = None
            if self._came_from is not None:
                self.desk.select(self._came_from)
            self._close_search()
            self.show()
            return
        super().action_pane_note()

    def action_find_next(self) -> None:
        self._again(1)

    def action_find_previous(self) -> None:
        self._again(-1)

    def _again(self, step: Step) -> None:
        now = self.desk.selection
        if self.desk.match is None or now is None:
            self.tell("Nothing is searched for: / begins.")
            return
        found = self.desk.search(self.desk.match, now.start + 1 if step > 0 else now.start, step)
        if found is None:
            self.tell("There is no match in this note.")
            return
        self.desk.select(found)
        self.show()
