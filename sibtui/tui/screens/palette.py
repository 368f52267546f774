"""The command palette: a list of the commands that work now, with their keys. The user searches it by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from sibtui.tui.commands import HasAreas, commands_at
from sibtui.tui.commands.keys import key_label, keys_of
from sibtui.tui.hints import keymap_of, with_keys

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sibtui.tui.commands import Command


_VIM_COMMANDS = dict.fromkeys(("q", "q!", "qa", "wq", "x", "quit"), "app.leave") | {"h": "app.help", "e": "sources.add"}
"""A dict: command of Vim → id of our command that does the same.

If the user types q, “Leave” is listed before all other commands with a q in their name.
"""
_FIRST_SCORE = 1000.0
"""A score that is higher than the score of any match by name. The command that gets this score is listed first."""


class CommandsProvider(Provider):
    def _commands(self) -> list[Command]:
        screen = self.screen
        places = screen.active_areas() if isinstance(screen, HasAreas) else ("everywhere",)
        return [command for command in commands_at(*places) if command.palette]

    def _help(self, command: Command) -> str:
        keymap = keymap_of(self.app)
        keys = keys_of(command, keymap)
        text = with_keys(command.help, keymap)
        return f"{key_label(keys[0])}  {text}" if keys else text

    def _run(self, command: Command) -> Callable[[], Awaitable[bool]]:
        return partial(self.app.run_action, command.action, self.screen)

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(command.title, self._run(command), help=self._help(command))

    async def search(self, query: str) -> Hits:
        preferred = _VIM_COMMANDS.get(query.strip())
        if query.strip() in {"w", "w!"}:  # otherwise, any command with a w in its name would match
            unsaved = getattr(self.app, "unsaved", "")
            state = "The last change is not saved" if unsaved else "Everything is saved already"
            yield Hit(_FIRST_SCORE, state, lambda: None, help=unsaved or "Each change is saved when it is made.")
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.title), matcher.match(command.id) * 0.9)
            if command.id == preferred:
                yield Hit(_FIRST_SCORE, command.title, self._run(command), help=self._help(command))
            elif score > 0:
                yield Hit(score, matcher.highlight(command.title), self._run(command), help=self._help(command))
