"""The commands of the app. Each command is declared once, with its keys, its texts and its area (a part of the app).

Key bindings, key hints, the command palette and the help are made from these declarations.
"""

from __future__ import annotations

import sys
from collections.abc import Coroutine
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from sibtui.errors import SibtuiError
from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    CommandCall = Callable[[Any], object]

Area = Literal[
    "everywhere", "list", "coding", "note", "sources", "codebook pane", "matrix", "cells", "table editor", "evidence", "codebook", "queue", "review", "search",
    "history", "overview", "codebook quotes", "welcome", "incoming", "source table",
    "case table", "pseudonyms", "disagreements", "merge",
]  # fmt: skip


def _missing_call(_owner: object) -> None:
    """The `run` of a command that was declared without a function. It must not occur, and a test checks this."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its keys, its texts and the function that it runs.

    `keys` are Textual's names of keys. A key hint at the bottom of the screen shows the first key and the word
    `label`. `hint` is the place of the command in the order of the hints, or 0 if it gets no hint. `title` is the
    entry in the command palette. `help` is one sentence for the help, and `group` is the heading above this
    sentence.

    `area` is the part of the app in which the keys work. `run` is called with one object. `on` is the kind of this
    object: the current screen, the app, or the widget that binds the keys. The class of this object must inherit
    from `CommandRunner`.
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
    run: CommandCall = _missing_call

    @property
    def palette(self) -> bool:
        return not self.unlisted

    @property
    def action(self) -> str:
        """The text by which Textual runs the command, such as "screen.run_command('coding.pick')"."""
        call = f"run_command({self.id!r})"
        return call if self.on == "widget" else f"{self.on}.{call}"


@runtime_checkable
class HasAreas(Protocol):
    """A screen with active areas: the parts of the app whose commands work now.

    The command palette lists the commands of these areas.
    """

    def active_areas(self) -> tuple[Area, ...]:
        """Return the areas whose commands work now. The area with the focus comes first."""
        ...


@runtime_checkable
class ReportsErrors(Protocol):
    """A screen that can show the reason why a command was refused."""

    def worded(self, message: SibtuiError) -> str: ...
    def report(self, message: str, *, error: bool = False) -> None: ...


class CommandRunner:
    """A mixin for screens, apps and widgets. Textual calls `action_run_command` to run a command."""

    if TYPE_CHECKING:
        screen: Any

    async def action_run_command(self, command: str) -> None:
        """Run the command with the id `command`. If the study refuses the command, show the reason.

        If the command returns a coroutine, it is awaited. Any other result, such as that of `dismiss`, must not be
        awaited: a dialog that waits for its own closing waits for ever.
        """
        try:
            result = by_id(command).run(self)
            if isinstance(result, Coroutine):
                await result
        except SibtuiError as error:
            screen = self.screen
            withstands = getattr(screen, "withstands", None)
            if withstands is not None and withstands(error):
                return
            if not isinstance(screen, ReportsErrors):
                raise
            screen.report(screen.worded(error), error=True)


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
    """Return the commands that work in these areas (parts of the app), in the order of the help.

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

    Modules that are imported already are searched first. So the first key does not wait for the import of all
    modules.
    """
    modules = sorted(_DECLARED, key=lambda module: f"{__name__}.{module}" not in sys.modules)
    return next(known for module in modules for known in _of(module) if known.id == command)
