"""Commands of the other screens. Each screen's are declared in a module of their own, and listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import codebook, evidence, history, incoming, matrix, overview, queue, search, welcome

if TYPE_CHECKING:
    from sibtui.tui.commands import Command

COMMANDS: tuple[Command, ...] = (
    *codebook.COMMANDS,
    *matrix.COMMANDS,
    *evidence.COMMANDS,
    *search.COMMANDS,
    *queue.COMMANDS,
    *history.COMMANDS,
    *overview.COMMANDS,
    *welcome.COMMANDS,
    *incoming.COMMANDS,
)
