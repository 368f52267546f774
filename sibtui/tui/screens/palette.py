"""The command palette: every command that works here, by its name, with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import keys_of, shown
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.screens.incoming import IncomingScreen
from sibtui.tui.screens.welcome import WelcomeScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sibtui.tui.commands import Command


_TYPED = dict.fromkeys(("q", "q!", "qa", "wq", "x", "quit"), "app.leave") | {"h": "app.help", "e": "sources.add"}
"""What is typed after a colon in vim → the command that it means here: of all that have a q in their names, :q is to be the first."""
_FIRST = 1000.0
"""More than any likeness of words is worth."""


class CommandsProvider(Provider):
    """Finds commands of the place from which the palette was opened."""

    def _commands(self) -> list[Command]:
        screen = self.screen
        places = (
            screen.places_here()
            if isinstance(screen, (StudyScreen, IncomingScreen, WelcomeScreen))
            else ("everywhere",)
        )
        return [command for command in commands_at(*places) if command.palette]

    def _help(self, command: Command) -> str:
        keys = keys_of(command, getattr(self.app, "keys_told", {}))
        return f"{shown(keys[0])}  {command.help}" if keys else command.help

    def _run(self, command: Command) -> Callable[[], Awaitable[bool]]:
        return partial(self.app.run_action, command.action, self.screen)

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(command.title, self._run(command), help=self._help(command))

    async def search(self, query: str) -> Hits:
        meant = _TYPED.get(query.strip())
        if query.strip() in {"w", "w!"}:  # else it would be whatever has a w in its name
            yield Hit(_FIRST, "All is saved already", lambda: None, help="Every change is kept when it is made.")
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.title), matcher.match(command.id) * 0.9)
            if command.id == meant:
                yield Hit(_FIRST, command.title, self._run(command), help=self._help(command))
            elif score > 0:
                yield Hit(score, matcher.highlight(command.title), self._run(command), help=self._help(command))
