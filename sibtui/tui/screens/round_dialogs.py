"""The dialogs that begin and end a round of coding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.widgets.letter_menu import ask_letter

if TYPE_CHECKING:
    from sibtui.tui.screens.base import StudyScreen

_BLIND, _OPEN = "b", "o"


def start_round(screen: StudyScreen) -> None:
    """Ask for the name of a round of coding, and whether it is blind. Then begin the round."""
    current = screen.project.rounds.current
    if current is not None:
        end = screen.key_of("study.set")
        screen.report(f"The round “{one_line(current.name, 40)}” is open: {end} ends it.", error=True)
        return
    choices = {
        _BLIND: "blind: all other codings are hidden until it ends",
        _OPEN: "open: all codings stay visible",
    }
    ask_letter(screen.app, "A new round", choices, lambda letter: _ask_name(screen, blind=letter == _BLIND))


def _ask_name(screen: StudyScreen, *, blind: bool) -> None:
    coder = one_line(screen.project.coder, 40)
    ask_line(
        screen,
        "Name of the round, such as second pass",
        "",
        lambda typed: (
            f"New codings and readings by {coder} belong to this round until it ends." if typed.strip() else None
        ),
        lambda typed: _start(screen, typed, blind=blind),
        enter="starts it",
    )


def _start(screen: StudyScreen, name: str, *, blind: bool) -> None:
    def action() -> str:
        started = screen.project.rounds.start(name, blind=blind)
        hidden = ": all other codings are hidden until it ends" if blind else ""
        return screen.with_undo(f"Round {started.number} of {one_line(started.coder, 40)} is open{hidden}")

    screen.attempt(action, screen.reload)


def end_round(screen: StudyScreen) -> None:
    """End the open round of the current coder."""

    def action() -> str:
        ended = screen.project.rounds.end()
        return screen.with_undo(
            f"Round {ended.number}, “{one_line(ended.name, 40)}”, has ended: all codings are visible"
        )

    screen.attempt(action, screen.reload)
