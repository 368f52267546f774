"""Commands of the screen that asks for the case of each coding without a case.

On this screen, the letters of cases are keys too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_QUEUE, _CODING = "The queue", "The coding"


def _queue(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, *, run: CommandCall
) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, "queue", group, hint, run=run)


COMMANDS = (
    _queue("queue.skip", "down j right", "skip", "Skip the coding", "Leave the coding without a case, and go to the next coding.", _QUEUE, 10, run=lambda screen: screen.step(1)),
    _queue("queue.back", "up k left", "previous", "Previous coding", "Go back to the previous coding.", _QUEUE, 15, run=lambda screen: screen.step(-1)),
    _queue("queue.take", "enter", "give the cases marked", "Give the coding the marked cases", "Give the coding the cases marked with shift and their letters.", _QUEUE, 20, run=lambda screen: screen.give_marked()),
    _queue("queue.everyone", "asterisk", "all its cases", "Give the coding all cases", "Give the coding all cases of its source.", _QUEUE, 25, run=lambda screen: screen.give_all()),
    _queue("queue.find", "slash", "case by name", "Find a case by its name …", "Type a part of a case's name to give it.", _QUEUE, 27, run=lambda screen: screen.find_case()),
    _queue("queue.page_down", "pagedown ctrl+f ctrl+d", "read on", "Read on", "Read on in the note around the quote.", _QUEUE, run=lambda screen: screen.note.page(1)),
    _queue("queue.page_up", "pageup ctrl+b ctrl+u", "read back", "Read back", "Read back in the note around the quote.", _QUEUE, run=lambda screen: screen.note.page(-1)),
    _queue("queue.open", "o", "in the note", "Show the place in the note", "Go to the quote in its note.", _CODING, 30, run=lambda screen: screen.open_quote()),
    _queue("queue.stance", "minus", "counters", "Counter-evidence, or support", "Turn the coding into counter-evidence, or back.", _CODING, run=lambda screen: screen.change_coding(screen.queue.actions.toggle_stance)),
    _queue("queue.certainty", "tilde", "tentative", "Tentative, or firm", "Make the coding tentative, or firm again.", _CODING, run=lambda screen: screen.change_coding(screen.queue.actions.toggle_certainty)),
    _queue("queue.memo", "m", "memo", "Memo …", "Write a memo on the coding.", _CODING, 40, run=lambda screen: screen.edit_memo()),
    _queue("queue.remove", "delete", "remove", "Remove the coding", "Remove the coding ({study.undo} brings it back).", _CODING, 45, run=lambda screen: screen.remove_coding()),
)  # fmt: skip
