"""Commands of the other screens. Each screen's are declared in a module of their own, and listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import evidence, matrix, queue

if TYPE_CHECKING:
    from sibtui.tui.commands import Command

COMMANDS: tuple[Command, ...] = (*matrix.COMMANDS, *evidence.COMMANDS, *queue.COMMANDS)
