"""The screen that shows the codings without a case, one at a time, each in its note.

If the user types the letter of a case, the coding gets this case, and the next coding is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sibtui.errors import SibtuiError
from sibtui.model.codebook import split_path
from sibtui.model.text import one_line, plural
from sibtui.tui.commands.keys import bindings
from sibtui.tui.note.margin import qualifier_mark, qualifier_words
from sibtui.tui.screens.evidence import context_line
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import StatusScreen, fit
from sibtui.tui.views.context import context_rows, heading_before, line_of
from sibtui.tui.widgets.text_lines import Bit, Line, TextLines, cells_of, cut, wrapped
from sibtui.workspace.attribution_queue import AttributionQueue
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Coding
    from sibtui.tui.commands import Area

_TEXT_WIDTH = 100
"""The greatest width of the note in cells. Lines that are longer than this are hard to read."""


class QueueScreen(StatusScreen):
    """The screen that shows the codings without a case, one at a time, and asks for their cases.

    When the user leaves the screen, the id of the current coding is kept in `StudyApp.views["queue"]`.
    """

    AREAS: ClassVar[tuple[Area, ...]] = ("queue",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("queue")]
    CSS = (
        StatusScreen.CSS
        + """
    QueueScreen #queue-text { height: 1fr; padding: 0 1; overflow-y: scroll; scrollbar-size-vertical: 1; }
    QueueScreen #queue-cases { padding: 0 1 1 1; border-top: solid $rule; height: auto; max-height: 14; }
    QueueScreen #status-bar { height: 3; }
    """
    )
    heading = "codings without a case"

    def compose(self) -> ComposeResult:
        yield TextLines(id="heading", classes="heading")
        yield TextLines(id="queue-text")
        yield TextLines(id="queue-cases", names_keys=True)
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.queue = AttributionQueue(self.project)
        self.note = self.query_one("#queue-text", TextLines)
        number = self.study_app.views.get("queue")
        self.reload()
        if number is not None:
            self.queue.go(number)
            self.show()

    # Showing

    @property
    def is_empty(self) -> bool:
        return self.queue.coding is None

    def reload(self) -> None:
        try:
            self.queue.load()
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
        self.show()

    def show(self) -> None:
        coding = self.queue.coding
        self.study_app.views["queue"] = None if coding is None else coding.id
        self._head()
        self._show_cases()
        self.show_status()
        self.call_after_refresh(self._show_text)

    def _head(self) -> None:
        queue, width = self.queue, max(30, self.size.width - 2)
        coding, source = queue.coding, queue.source
        if coding is None:
            fit(self.query_one("#heading", TextLines), [[("Every coding has its case", "strong")], []])
            return
        where = coding.source
        if under := heading_before(queue.text, coding.segment.start):
            where += f", under “{one_line(under)}”"
        title = source.title if source is not None and source.title else coding.source
        lines: list[Line] = [
            [("Which case? ", "strong"), (f" {self._count()}", "key")],
            *([(row, "text")] for row in wrapped(one_line(title), width)),
            *([(row, "quiet")] for row in wrapped(where, width)),
            [],
        ]
        fit(self.query_one("#heading", TextLines), lines)

    def _count(self) -> str:
        left = f"{self.queue.left:,} left"
        return f"{left}, {self.queue.at:,} skipped" if self.queue.at else left

    def _show_text(self) -> None:
        pane, coding = self.note, self.queue.coding
        if coding is None:
            key = self.key_of("coding.case")
            note = f"There is nothing to attribute. A new coding in a source of several cases is listed here until it has a case ({key})."
            pane.set_lines([[(row, "quiet")] for row in wrapped(note, max(20, min(_TEXT_WIDTH, pane.size.width - 2)))])
            return
        width, height = max(20, min(_TEXT_WIDTH, pane.size.width - 1)), max(3, pane.size.height)
        rows, at = context_rows(self.queue.text, coding.segment, width, 3 * height)
        pane.set_lines([context_line(row.text, row.start, row.end) for row in rows])
        quoted = sum(row.end > row.start for row in rows)
        above = max(1, (height - quoted) // 2) if quoted < height else 1
        pane.scroll_to(y=max(0, at - above), animate=False, immediate=True)

    def _show_cases(self) -> None:
        queue, width = self.queue, max(30, self.size.width - 2)
        coding, pane = queue.coding, self.query_one("#queue-cases", TextLines)
        pane.display = coding is not None
        if coding is None:
            return
        colour = self.study_app.code_colour(queue.codebook.colour(coding.code)) or "strong"
        flags = ", ".join(qualifier_words(coding))
        tag: Bit = (f"{queue.codebook.tag(coding.code)}{qualifier_mark(coding)} ", colour)
        flag: Bit = (f"  {flags}" if flags else "", "warning")
        room = width - cells_of([tag, flag])
        name: Bit = (cut(short(coding.code), room), "strong")
        above: Bit = (" / ".join((*split_path(coding.code)[:-1], "")), "quiet")
        path = [above, name] if cells_of([above, name]) <= room else [name]
        lines: list[Line] = [[tag, *path, flag]]
        if coding.memo:
            lines += [[(row, "quiet")] for row in wrapped(f"Memo: {one_line(coding.memo)}", width)[:3]]
        lines += self._choices(width)
        pane.styles.height = len(lines) + 2
        pane.set_lines(lines)

    def _choices(self, width: int) -> list[Line]:
        """Return lines with the cases that the coding can get, each after its letter."""
        choice = self.queue.choice
        if not choice.cases:
            skip = self.key_of("queue.skip")
            return [[(f"Its source has no case: add one with `sibtui source set`. {skip} skips.", "warning")]]
        letters = {case: letter for letter, case in choice.keys.items()}
        lines: list[Line] = [[]]
        used, most = 0, max(2, self.size.height // 4)
        for shown, case in enumerate(choice.cases):
            mark = "● " if case in self.queue.marked else "  "
            bits: Line = [(mark, "key"), (f"{letters.get(case, ' ')} ", "key"), (f"{one_line(case)}   ", "text")]
            needed = cells_of(bits)
            if used and used + needed > width:
                if len(lines) == most:
                    return [*lines, [(f"    and {plural(len(choice.cases) - shown, 'case')} more", "quiet")]]
                lines.append([])
                used = 0
            lines[-1] += bits
            used += needed
        return lines

    def status_lines(self, width: int) -> list[Line]:
        queue = self.queue
        if queue.coding is None:
            return [[("No coding waits", "strong")]]
        marked = ", ".join(queue.marked)
        if marked:
            key = self.key_of("queue.take")
            keys: Line = [(f"{key}: ", "key"), (one_line(marked, width - len(key) - 3), "text")]
        else:
            find = self.key_of("queue.find")
            keys = [(f"a letter assigns its case; shift and letters mark several; {find} finds by name", "text")]
        coding = queue.coding
        where = f"{cut(coding.source, width // 2)}, line {line_of(queue.text, coding.segment.start)}"
        facts = f"{plural(len(coding.segment), 'character')} · {one_line(coding.coder, 30)}"
        return [[(where, "strong"), ("  │  ", "quiet"), (facts, "quiet")], keys]

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.show()

    # Assigning cases

    def on_key(self, event: events.Key) -> None:
        if self.take_key(event):
            event.stop()
            event.prevent_default()

    def take_key(self, event: events.Key) -> bool:
        """If the key is the letter of a case, give the coding this case and all marked cases, and return True.

        A capital letter only marks its case, so that the coding can get several cases. For other keys, return False.
        """
        letter = event.character or ""
        case = self.queue.case_of(letter) if len(letter) == 1 and letter.isalnum() else None
        if case is None:
            return False
        if letter.isupper():
            self.queue.mark(case)
            self._show_cases()
            self.show_status()
        else:
            self._assign([*self.queue.marked, case])
        return True

    def _assign(self, cases: list[str]) -> None:
        self._change(lambda: self.queue.give(cases))

    def _change(self, action: Callable[[], str]) -> None:
        self.attempt(action, self.show)

    def give_marked(self) -> None:
        if not self.queue.marked:
            key = self.key_of("queue.take")
            self.report(
                f"No case is marked: press a letter for one case, or shift and letters for several and then {key}."
            )
            return
        self._assign(list(self.queue.marked))

    def give_all(self) -> None:
        """Give the current coding all cases of its source."""
        if self.queue.choice.cases:
            self._assign(list(self.queue.choice.cases))

    def find_case(self) -> None:
        choice = self.queue.choice
        if choice.cases:
            from sibtui.tui.widgets.case_menu import CasePicker

            self.app.push_screen(
                CasePicker(choice), lambda answer: self._assign(list(answer.cases)) if answer and answer.cases else None
            )

    # Moving

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) coding."""
        if self.queue.step(by):
            self.show()
        elif self.queue.coding is not None:
            self.report(f"This is the {'last' if by > 0 else 'first'} coding in the queue.")

    def open_quote(self) -> None:
        coding = self.queue.coding
        if coding is not None:
            self.study_app.show_place(coding.source, coding.segment)

    # The coding

    def change_coding(self, action: Callable[[list[Coding]], str]) -> None:
        """Change the current coding. `action` receives a list with this coding, and returns the message to show."""
        coding = self.queue.coding
        if coding is not None:
            self._change(lambda: self._refreshed(action([coding])))

    def _refreshed(self, message: str) -> str:
        self.queue.reload_current()
        return message

    def edit_memo(self) -> None:
        coding = self.queue.coding
        if coding is None:
            return

        def save(text: str) -> None:
            self.change_coding(lambda codings: self.queue.actions.set_memo(codings, text))

        self.edit_text(f"Memo on the coding: {short(coding.code)}", coding.quote, coding.memo, save)

    def remove_coding(self) -> None:
        if self.queue.coding is not None:
            self._change(lambda: self.with_undo(self.queue.remove()))
