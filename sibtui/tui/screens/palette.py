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
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.title), matcher.match(command.id) * 0.9)
            if score > 0:
                yield Hit(score, matcher.highlight(command.title), self._run(command), help=self._help(command))
