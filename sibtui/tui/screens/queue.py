"""The queue: codings that wait for their case, one after another, each in its note; a case's letter gives it and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sibtui.desk.codebook import short
from sibtui.desk.waiting import Waiting
from sibtui.errors import SibtuiError
from sibtui.model.codebook import split_path
from sibtui.model.text import one_line, plural
from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import bindings
from sibtui.tui.note.margin import sign_of
from sibtui.tui.screens.evidence import context_line
from sibtui.tui.screens.told import ToldScreen, fit
from sibtui.tui.views.context import context_rows, heading_before, line_of
from sibtui.tui.widgets.lines import Bit, Line, Lines, cells_of, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Coding
    from sibtui.tui.commands import Place

_MEASURE = 100
"""The widest that a note is set: longer lines are hard to read."""


class QueueScreen(ToldScreen):
    """One coding at a time."""

    PLACES: ClassVar[tuple[Place, ...]] = ("queue",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("queue")]
    CSS = (
        ToldScreen.CSS
        + """
    QueueScreen #queue-text { height: 1fr; padding: 0 1; overflow-y: scroll; scrollbar-size-vertical: 1; }
    QueueScreen #queue-cases { padding: 0 1 1 1; border-top: solid $rule; height: auto; max-height: 14; }
    QueueScreen #told { height: 3; }
    """
    )
    heading = "codings that wait for their case"

    def compose(self) -> ComposeResult:
        yield Lines(id="heading", classes="heading")
        yield Lines(id="queue-text")
        yield Lines(id="queue-cases", names_keys=True)
        yield Lines(id="told", names_keys=True)

    def on_mount(self) -> None:
        super().on_mount()
        taken = {key for command in commands_at("everywhere", "queue") for key in command.keys if len(key) == 1}
        self.waiting = Waiting(self.project, {key.casefold() for key in taken})
        number = self.study_app.views.get("queue")
        self.reload()
        if number is not None:
            self.waiting.go(number)
            self.show()

    # Showing

    @property
    def is_empty(self) -> bool:
        return self.waiting.coding is None

    def reload(self) -> None:
        try:
            self.waiting.load()
        except SibtuiError as error:
            self.tell(str(error), error=True)
        self.show()

    def show(self) -> None:
        """Show the coding at hand, its place in the note in sight."""
        coding = self.waiting.coding
        self.study_app.views["queue"] = None if coding is None else coding.id
        self._head()
        self._show_cases()
        self.show_told()
        self.call_after_refresh(self._show_text)

    def _head(self) -> None:
        waiting, width = self.waiting, max(30, self.size.width - 2)
        coding, source = waiting.coding, waiting.source
        if coding is None:
            fit(self.query_one("#heading", Lines), [[("Every coding has its case", "strong")], []])
            return
        where = coding.source
        if under := heading_before(waiting.text, coding.segment.start):
            where += f", under “{one_line(under)}”"
        title = source.title if source is not None and source.title else coding.source
        lines: list[Line] = [
            [("Which case? ", "strong"), (f" {self._count()}", "key")],
            *([(row, "text")] for row in wrapped(one_line(title), width)),
            *([(row, "quiet")] for row in wrapped(where, width)),
            [],
        ]
        fit(self.query_one("#heading", Lines), lines)

    def _count(self) -> str:
        left = f"{self.waiting.left:,} left"
        return f"{left}, {self.waiting.at:,} skipped" if self.waiting.at else left

    def _show_text(self) -> None:
        """The note around the quote, which stands out."""
        pane, coding = self.query_one("#queue-text", Lines), self.waiting.coding
        if coding is None:
            told = "There is nothing to attribute. New codings in a source of several cases come here until = tells their case."
            pane.set_lines([[(row, "quiet")] for row in wrapped(told, max(20, min(_MEASURE, pane.size.width - 2)))])
            return
        width, height = max(20, min(_MEASURE, pane.size.width - 1)), max(3, pane.size.height)
        rows, at = context_rows(self.waiting.text, coding.segment, width, 3 * height)
        pane.set_lines([context_line(row.text, row.start, row.end) for row in rows])
        quoted = sum(row.end > row.start for row in rows)
        above = max(1, (height - quoted) // 2) if quoted < height else 1
        pane.scroll_to(y=max(0, at - above), animate=False, immediate=True)

    def _show_cases(self) -> None:
        """The code, and a line for each case that it can be given."""
        waiting, width = self.waiting, max(30, self.size.width - 2)
        coding, pane = waiting.coding, self.query_one("#queue-cases", Lines)
        pane.display = coding is not None
        if coding is None:
            return
        colour = self.study_app.code_colour(waiting.codebook.colour(coding.code)) or "strong"
        flags = ", ".join(
            ["counter-evidence"] * (coding.stance == "counters") + ["tentative"] * (coding.certainty == "tentative")
        )
        tag: Bit = (f"{waiting.codebook.tag(coding.code)}{sign_of(coding)} ", colour)
        told: Bit = (f"  {flags}" if flags else "", "warning")
        room = width - cells_of([tag, told])
        name: Bit = (cut(short(coding.code), room), "strong")
        above: Bit = (" / ".join((*split_path(coding.code)[:-1], "")), "quiet")
        named = [above, name] if cells_of([above, name]) <= room else [name]
        lines: list[Line] = [[tag, *named, told]]
        if coding.memo:
            lines += [[(row, "quiet")] for row in wrapped(f"Memo: {one_line(coding.memo)}", width)[:3]]
        lines += self._choices(width)
        pane.styles.height = len(lines) + 2
        pane.set_lines(lines)

    def _choices(self, width: int) -> list[Line]:
        """The cases and their letters, side by side as long as they fit."""
        choices = self.waiting.choices
        if not choices:
            return [[("Its source touches no case: `sibtui source set` tells it one. ↓ skips.", "warning")]]
        lines: list[Line] = [[]]
        used = 0
        for letter, case in choices.items():
            sign = "● " if case in self.waiting.marked else "  "
            bits: Line = [(sign, "key"), (f"{letter} ", "key"), (f"{one_line(case)}   ", "text")]
            taken = cells_of(bits)
            if used and used + taken > width:
                lines.append([])
                used = 0
            lines[-1] += bits
            used += taken
        return lines

    def told_lines(self, width: int) -> list[Line]:
        waiting = self.waiting
        if waiting.coding is None:
            return [[("Nothing waits", "strong")]]
        marked = ", ".join(waiting.marked)
        if marked:
            told: Line = [("Enter: ", "key"), (one_line(marked, width - 8), "text")]
        else:
            told = [("a case's letter (or number) gives it; with shift, one of several", "text")]
        coding = waiting.coding
        where = f"{cut(coding.source, width // 2)}, line {line_of(waiting.text, coding.segment.start)}"
        facts = f"{plural(len(coding.segment), 'character')} · {one_line(coding.coder, 30)}"
        return [[(where, "strong"), ("  │  ", "quiet"), (facts, "quiet")], told]

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.show()

    # Giving cases

    def on_key(self, event: events.Key) -> None:
        if self.take_key(event):
            event.stop()
            event.prevent_default()

    def take_key(self, event: events.Key) -> bool:
        """A case's letter gives it; a capital marks it, so that several can be given. Whether it was one."""
        sign = event.character or ""
        case = self.waiting.case_of(sign) if len(sign) == 1 and sign.isalnum() else None
        if case is None:
            return False
        if sign.isupper():
            self.waiting.mark(case)
            self._show_cases()
            self.show_told()
        else:
            self._give([*self.waiting.marked, case])
        return True

    def _give(self, cases: list[str]) -> None:
        self._change(lambda: self.waiting.give(cases))

    def _change(self, deed: Callable[[], str]) -> None:
        self.carry_out(deed, self.show)

    def action_queue_take(self) -> None:
        if not self.waiting.marked:
            self.tell("Press a case's letter; with shift, several, and then Enter.")
            return
        self._give(list(self.waiting.marked))

    def action_queue_everyone(self) -> None:
        if self.waiting.choices:
            self._give(list(self.waiting.choices.values()))

    # Moving

    def action_queue_skip(self) -> None:
        self._step(1, "This is the last one that waits.")

    def action_queue_back(self) -> None:
        self._step(-1, "This is the first one that waits.")

    def _step(self, by: int, end: str) -> None:
        if self.waiting.step(by):
            self.show()
        elif self.waiting.coding is not None:
            self.tell(end)

    def action_queue_page_down(self) -> None:
        self._scroll(1)

    def action_queue_page_up(self) -> None:
        self._scroll(-1)

    def _scroll(self, by: int) -> None:
        pane = self.query_one("#queue-text", Lines)
        pane.scroll_to(y=pane.scroll_offset.y + by * max(1, pane.size.height - 1), animate=False)

    def action_queue_open(self) -> None:
        coding = self.waiting.coding
        if coding is not None:
            self.study_app.show_place(coding.source, coding.segment)

    # The coding

    def action_queue_stance(self) -> None:
        self._set(self.waiting.deeds.toggle_stance)

    def action_queue_certainty(self) -> None:
        self._set(self.waiting.deeds.toggle_certainty)

    def _set(self, deed: Callable[[list[Coding]], str]) -> None:
        coding = self.waiting.coding
        if coding is not None:
            self._change(lambda: self._renewed(deed([coding])))

    def _renewed(self, told: str) -> str:
        self.waiting.renewed()
        return told

    def action_queue_memo(self) -> None:
        coding = self.waiting.coding
        if coding is None:
            return

        def keep(text: str) -> None:
            self._set(lambda codings: self.waiting.deeds.set_memo(codings, text))

        self.write(f"Memo on the coding: {short(coding.code)}", coding.quote, coding.memo, keep)

    def action_queue_remove(self) -> None:
        if self.waiting.coding is not None:
            self._change(self.waiting.remove)
