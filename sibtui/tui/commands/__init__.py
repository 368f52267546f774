"""The commands of the app. Each command is declared once, with its keys, its texts and its area.

Bindings, hints, palette and help are made from these declarations.
"""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable

    CommandCall = Callable[[Any], object]

Area = Literal[
    "everywhere", "list", "coding", "note", "sources", "codebook pane", "matrix", "cells", "table editor", "evidence", "codebook", "queue", "review", "search",
    "history", "overview", "codebook quotes", "welcome", "incoming", "source table",
    "case table", "pseudonyms", "disagreements", "merge",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its keys, its texts and the function that it runs.

    `keys` are Textual's names of keys, and hints show the first of them. `label` is the word in the line of hints,
    `title` the entry in the palette, and `help` one sentence for the help. `group` is the heading above the command in
    the help.

    `area` is the part of the app in which the keys work. Only commands with a `hint` appear in the line of hints,
    sorted by this number. `run` is called with the screen, the app or a widget, as `on` states. The class of that
    object inherits from `CommandRunner`.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    title: str
    help: str
    area: Area
    group: str = ""
    hint: int = 0
    on: Literal["screen", "app", "widget"] = "screen"
    unlisted: str = ""
    """The reason why the palette does not list the command. Empty if the palette lists it."""
    run: CommandCall = field(kw_only=True)

    @property
    def palette(self) -> bool:
        return not self.unlisted

    @property
    def action(self) -> str:
        """The name of the Textual action that runs the command, with its argument."""
        call = f"run_command({self.id!r})"
        return call if self.on == "widget" else f"{self.on}.{call}"


@runtime_checkable
class HasAreas(Protocol):
    """A screen that returns its active areas, so that the palette can list the commands of these areas."""

    def active_areas(self) -> tuple[Area, ...]:
        """Return the areas of the app whose commands work now, first the area of the part with the focus."""
        ...


class CommandRunner:
    """A mixin for screens, apps and widgets, with the action by which Textual runs a command."""

    async def action_run_command(self, command: str) -> None:
        """Run the command with this id. If its function returns a coroutine, await it.

        Other awaitable results are not awaited. For example, a dialog that awaits the result of its own `dismiss` would
        wait for ever.
        """
        result = by_id(command).run(self)
        if isinstance(result, Coroutine):
            await result


_DECLARED: dict[str, tuple[Area, ...]] = {
    "coding": ("note", "sources", "codebook pane", "coding"),
    "codebook": ("codebook", "codebook quotes"),
    "sources": ("source table",),
    "cases": ("case table",),
    "matrix": ("matrix",),
    "table_editor": ("table editor",),
    "evidence": ("evidence",),
    "disagreements": ("disagreements",),
    "merge": ("merge",),
    "search": ("search",),
    "queue": ("queue",),
    "review": ("review",),
    "pseudonyms": ("pseudonyms",),
    "history": ("history",),
    "overview": ("overview",),
    "welcome": ("welcome",),
    "incoming": ("incoming",),
    "cells": ("cells",),
    "lists": ("list",),
    "everywhere": ("everywhere",),
}
"""A dict: module of commands → the areas whose commands this module declares. The order is that of the help."""


@cache
def _of(module: str) -> tuple[Command, ...]:
    commands: tuple[Command, ...] = import_module(f"{__name__}.{module}").COMMANDS
    return commands


def catalogue() -> tuple[Command, ...]:
    """Return all commands, in the order of the help."""
    return tuple(command for module in _DECLARED for command in _of(module))


def commands_at(*areas: Area) -> list[Command]:
    """Return the commands of these areas, in the order of the help.

    For a fast start, only the modules that declare these commands are imported.
    """
    return [
        command
        for module, declared in _DECLARED.items()
        if not set(declared).isdisjoint(areas)
        for command in _of(module)
        if command.area in areas
    ]


@cache
def by_id(command: str) -> Command:
    """Return the command with this id.

    Modules of commands are imported one after the other until one declares the command, so that the first key is fast.
    """
    return next(known for module in _DECLARED for known in _of(module) if known.id == command)
