"""The dialogs that begin and end a round of coding (another pass through sources).

Until a blind round ends, all codings outside this round are hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line, plural
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.tui.widgets.several_chooser import SeveralChooser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.tui.screens.base import StudyScreen

_BLIND, _OPEN = "b", "o"


def start_round(screen: StudyScreen) -> None:
    """Ask for the name and the sources of a new round, and whether it is blind. Then begin the round."""
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
        lambda typed: _ask_sources(screen, typed, blind=blind),
        enter="goes on",
    )


def _ask_sources(screen: StudyScreen, name: str, *, blind: bool) -> None:
    """Ask for the sources, and begin the round. If the user marks no source, the round is for all sources."""
    choices = [
        (each.name, f"{one_line(each.name, 40)}  {one_line(each.title, 40)}") for each in screen.project.sources.list()
    ]

    ask(
        screen.app,
        SeveralChooser("Which sources? No mark: all sources", choices),
        lambda sources: _start(screen, name, sources, blind=blind),
    )


def _start(screen: StudyScreen, name: str, sources: Sequence[str], *, blind: bool) -> None:
    def action() -> str:
        started = screen.project.rounds.start(name, blind=blind, sources=sources)
        only = f" in {plural(len(started.sources), 'source')}" if started.sources else ""
        hidden = ": all other codings are hidden until it ends" if blind else ""
        return screen.with_undo(f"Round {started.number} of {one_line(started.coder, 40)} is open{only}{hidden}")

    screen.attempt(action, screen.reload)


def end_round(screen: StudyScreen) -> None:
    def action() -> str:
        ended = screen.project.rounds.end()
        return screen.with_undo(
            f"Round {ended.number}, “{one_line(ended.name, 40)}”, has ended: all codings are visible"
        )

    screen.attempt(action, screen.reload)
