"""Every command of the screen, declared once: its keys, its words, where it works. All else about commands is made from this."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

Place = Literal[
    "everywhere", "list", "coding", "note", "sources", "codebook pane", "matrix", "evidence", "codebook", "queue", "search",
    "history", "overview", "codebook quotes", "welcome",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `coding.again` runs `action_coding_again` of the screen (or of the app).

    `keys` are Textual's names, the first one is shown. `label` is the word in the line of hints, `title` the entry of the palette, `help` one
    sentence. Commands with a `hint` stand in the line of hints, the smallest first. `group` is their heading in the help.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    title: str
    help: str
    where: Place
    group: str = ""
    hint: int = 0
    on: Literal["screen", "app", "widget"] = "screen"
    argument: str = ""
    unlisted: str = ""
    """Why the palette does not list it; it lists what has no reason here."""

    @property
    def palette(self) -> bool:
        return not self.unlisted

    @property
    def action(self) -> str:
        """The action as Textual runs it."""
        name = self.id.partition("#")[0].replace(".", "_")
        return f"{'' if self.on == 'widget' else self.on + '.'}{name}({self.argument})"


@cache
def catalogue() -> tuple[Command, ...]:
    """All commands, in the order in which help shows them."""
    from sibtui.tui.commands import coding, everywhere, lists, screens  # noqa: PLC0415 - they import this module

    return (*coding.COMMANDS, *screens.COMMANDS, *lists.COMMANDS, *everywhere.COMMANDS)


def commands_at(*places: Place) -> list[Command]:
    """The commands of these places, in their order."""
    return [command for command in catalogue() if command.where in places]


def by_id(command: str) -> Command:
    return next(known for known in catalogue() if known.id == command)
