"""Commands of the review of codings whose place in a corrected text is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_REVIEW, _PLACE = "The review", "The place"


def _review(
    name: str, keys: str, label: str, title: str, text: str, group: str, run: CommandCall, hint: int = 0
) -> Command:
    return Command(f"review.{name}", tuple(keys.split()), label, title, text, "review", group, hint, run=run)


COMMANDS = (
    _review("accept", "enter", "take this place", "Take the marked passage", "Move the coding to the marked passage.", _REVIEW, lambda screen: screen.accept(), 10),
    _review("next", "down j", "next", "Next coding", "Leave the coding undecided, and go to the next coding.", _REVIEW, lambda screen: screen.step(1), 15),
    _review("previous", "up k", "previous", "Previous coding", "Go back to the previous coding.", _REVIEW, lambda screen: screen.step(-1)),
    _review("remove", "delete", "give up", "Give the coding up", "Remove the coding ({study.undo} brings it back).", _REVIEW, lambda screen: screen.give_up(), 40),
    _review("open", "o", "in the note", "Show the place in the note", "Go to the marked passage in its note.", _REVIEW, lambda screen: screen.open_note(), 45),
    _review("end_on", "right l", "end", "Move the end on by a word", "Move the end of the marked passage on by a word.", _PLACE, lambda screen: screen.move("end", 1), 20),
    _review("end_back", "left h", "end back", "Move the end back by a word", "Move the end of the marked passage back by a word.", _PLACE, lambda screen: screen.move("end", -1)),
    _review("start_on", "shift+right greater_than_sign", "start", "Move the start on by a word", "Move the start of the marked passage on by a word.", _PLACE, lambda screen: screen.move("start", 1), 25),
    _review("start_back", "shift+left less_than_sign", "start back", "Move the start back by a word", "Move the start of the marked passage back by a word.", _PLACE, lambda screen: screen.move("start", -1)),
    _review("find", "slash", "find words", "Find another passage …", "Type words of the right passage, to mark this passage.", _PLACE, lambda screen: screen.find(), 30),
)  # fmt: skip
