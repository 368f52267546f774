"""Decisions on proposed codes: merging them into one code, or rejecting them with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line, plural
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.proposal_box import ProposalBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.tui.screens.codebook.screen import CodebookScreen
    from sibtui.tui.widgets.proposal_box import ProposalChoice


def open_proposals(screen: CodebookScreen, at: str | None = None) -> None:
    """Open a dialog that lists the proposed codes. Carry out the user's decision, and open the dialog again.

    `at` is the key (identifier) of the row on which the cursor begins.
    """
    clusters = screen.project.proposals.clusters()
    if not clusters:
        if at is None:
            screen.report("No code is proposed: `sibtui code import FILE --propose` adds a list of themes.")
        return
    ask(screen.app, ProposalBox(clusters, at), lambda choice: _decide(screen, choice))


def _decide(screen: CodebookScreen, choice: ProposalChoice) -> None:
    count = plural(len(choice.numbers), "proposal")
    if choice.action == "merge":
        _merge(screen, choice, choice.into)
    elif choice.action == "name":
        _ask(
            screen,
            choice,
            f"Merge {count} into the code",
            choice.into,
            screen.actions.accepted_into,
            lambda typed: _merge(screen, choice, typed),
        )
    else:
        _ask(
            screen,
            choice,
            f"Why is {count} rejected?" if len(choice.numbers) == 1 else f"Why are {count} rejected?",
            "",
            lambda typed: "The reason stays with the proposal." if typed.strip() else None,
            lambda typed: _reject(screen, choice, typed),
        )


def _ask(
    screen: CodebookScreen,
    choice: ProposalChoice,
    title: str,
    value: str,
    explain: Callable[[str], str | None],
    then: Callable[[str], None],
) -> None:
    """Ask for a line of text, and pass it to `then`. `explain` returns a sentence on the effect of the typed line.

    If the user cancels, open the list of proposals again, with the cursor on the row of `choice`.
    """

    def reopen() -> None:
        open_proposals(screen, choice.row)

    ask_line(screen, title, value, explain, then, enter="takes it", needed="Write a text.", cancelled=reopen)


def _merge(screen: CodebookScreen, choice: ProposalChoice, into: str) -> None:
    screen.change(lambda: screen.actions.accept(choice.numbers, into))
    open_proposals(screen, choice.row)


def _reject(screen: CodebookScreen, choice: ProposalChoice, because: str) -> None:
    here = screen.rows.key or ""
    screen.change(lambda: (screen.actions.reject(choice.numbers, one_line(because)), here))
    open_proposals(screen, choice.row)
