"""Commands of the queue of codings that wait for their case. The cases' own letters are made from the cases."""

from __future__ import annotations

from sibtui.tui.commands import Command

_QUEUE, _CODING = "The queue", "The coding"


def _queue(name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, "queue", group, hint)


COMMANDS = (
    _queue("queue.skip", "down j right", "skip", "Skip the coding", "Leave it waiting, and go on to the next.", _QUEUE, 10),
    _queue("queue.back", "up k left", "previous", "Back to the one before", "Go back to the coding before.", _QUEUE, 15),
    _queue("queue.take", "enter", "give the cases marked", "Give it the cases marked", "Give the coding the cases that were marked by shift and their letter.", _QUEUE, 20),
    _queue("queue.everyone", "asterisk", "all its cases", "Give it all cases", "The coding speaks of all cases of its source.", _QUEUE, 25),
    _queue("queue.page_down", "pagedown ctrl+f ctrl+d", "read on", "Read on", "Read on in the note around the quote.", _QUEUE),
    _queue("queue.page_up", "pageup ctrl+b ctrl+u", "read back", "Read back", "Read back in the note around the quote.", _QUEUE),
    _queue("queue.open", "o", "in the note", "Show the place in the note", "Go to the quote in its note.", _CODING, 30),
    _queue("queue.stance", "minus", "counters", "Counter-evidence, or support", "Turn it into counter-evidence, or back.", _CODING),
    _queue("queue.certainty", "tilde", "tentative", "Tentative, or firm", "Turn it tentative, or firm again.", _CODING),
    _queue("queue.memo", "m", "memo", "Memo …", "Write a memo on the coding.", _CODING, 40),
    _queue("queue.remove", "delete", "remove", "Remove the coding", "Remove it (u brings it back).", _CODING, 45),
)  # fmt: skip
