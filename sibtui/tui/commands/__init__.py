"""Every command of the screen, declared once: its keys, its words, where it works. All else about commands is made from this."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Literal, NamedTuple

Place = Literal[
    "everywhere", "list", "coding", "note", "sources", "codebook pane", "matrix", "evidence", "codebook", "queue", "search",
    "history", "overview", "codebook quotes", "welcome", "incoming",
]  # fmt: skip


class Command(NamedTuple):
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


_DECLARED: dict[str, tuple[Place, ...]] = {
    "coding": ("note", "sources", "codebook pane", "coding"),
    "codebook": ("codebook", "codebook quotes"),
    "matrix": ("matrix",),
    "evidence": ("evidence",),
    "search": ("search",),
    "queue": ("queue",),
    "history": ("history",),
    "overview": ("overview",),
    "welcome": ("welcome",),
    "incoming": ("incoming",),
    "lists": ("list",),
    "everywhere": ("everywhere",),
}
"""Module → the places whose commands it declares, in the order in which help shows them."""


@cache
def _of(module: str) -> tuple[Command, ...]:
    commands: tuple[Command, ...] = import_module(f"{__name__}.{module}").COMMANDS
    return commands


def catalogue() -> tuple[Command, ...]:
    """All commands, in the order in which help shows them."""
    return tuple(command for module in _DECLARED for command in _of(module))


def commands_at(*places: Place) -> list[Command]:
    """The commands of these places, in their order. Only what declares them is imported: the first screen has few of them."""
    return [
        command
        for module, declared in _DECLARED.items()
        if not set(declared).isdisjoint(places)
        for command in _of(module)
        if command.where in places
    ]


def by_id(command: str) -> Command:
    return next(known for known in catalogue() if known.id == command)
