"""Commands of the screen that lists passages on which two coders disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_DECIDE, _PASSAGES = "Decide the passage", "The passages"


def _command(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int, run: CommandCall
) -> Command:
    return Command(
        f"disagreement.{name}", tuple(keys.split()), label, title, text, "disagreements", group, hint, run=run
    )


COMMANDS = (
    _command("first", "1", "first", "Decide as the first coder", "Take the coding of the first coder. It becomes a coding of the consensus.", _DECIDE, 10, lambda screen: screen.decide("1")),
    _command("second", "2", "second", "Decide as the second coder", "Take the coding of the second coder. It becomes a coding of the consensus.", _DECIDE, 11, lambda screen: screen.decide("2")),
    _command("both", "b", "both", "Both codings hold", "Take the codings of both coders.", _DECIDE, 12, lambda screen: screen.decide("both")),
    _command("neither", "0", "neither", "Neither coding holds", "Take neither coding. The decision is remembered.", _DECIDE, 13, lambda screen: screen.decide("neither")),
    _command("reason", "m", "reason", "Reason of the decision …", "Write the reason: the memo of the codings of the consensus.", _DECIDE, 14, lambda screen: screen.edit_reason()),
    _command("open", "enter", "in the note", "Show the passage in the note", "Go to the passage in its note.", _PASSAGES, 20, lambda screen: screen.open_place()),
    _command("more", "space", "more", "More of both codings", "Scroll both codings, with their memos, by a page; after the end, go back to the beginning.", _PASSAGES, 21, lambda screen: screen.scroll_sides()),
    _command("coders", "c", "coders", "Other coders …", "Choose two coders to compare.", _PASSAGES, 30, lambda screen: screen.choose_coders()),
)  # fmt: skip
