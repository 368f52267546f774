"""Decisions on proposed codes: merging proposals into one code, or rejecting them with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line, plural
from sibtui.project.shared.validation import Validation
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.proposal_box import ProposalBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.tui.screens.codebook.screen import CodebookScreen
    from sibtui.tui.widgets.proposal_box import ProposalChoice


def open_proposals(screen: CodebookScreen, at: str | None = None) -> None:
    """Open the box with the proposed codes. The box opens again after each decision.

    `at` is the key of the row on which the cursor begins.
    """
    clusters = screen.project.proposals.clusters()
    if not clusters:
        if at is None:
            screen.report("No code is proposed: `sibtui code import FILE --propose` adds a list of themes.")
        return
    screen.app.push_screen(ProposalBox(clusters, at), lambda choice: _decide(screen, choice))


def _decide(screen: CodebookScreen, choice: ProposalChoice | None) -> None:
    if choice is None:
        return
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
            lambda typed: "The reason stays with the proposal." if typed.strip() else "",
            lambda typed: _reject(screen, choice, typed),
        )


def _ask(
    screen: CodebookScreen,
    choice: ProposalChoice,
    title: str,
    value: str,
    explain: Callable[[str], str],
    then: Callable[[str], None],
) -> None:
    """Ask for a line of text, and pass it to `then`. `explain` returns words for the effect of the typed line.

    If the user cancels the prompt, open the box of proposals again on the same row.
    """

    def validate(typed: str) -> Validation:
        try:
            effect = explain(typed)
        except SibtuiError as error:
            return Validation(str(error), "no", error.hint)
        return Validation(effect, "yes") if effect else Validation("Write a text.", "no")

    def entered(typed: str | None) -> None:
        if typed is None:
            open_proposals(screen, choice.row)
        else:
            then(typed)

    screen.app.push_screen(Prompt(title, value, validate), entered)


def _merge(screen: CodebookScreen, choice: ProposalChoice, into: str) -> None:
    screen.change(lambda: screen.actions.accept(choice.numbers, into))
    open_proposals(screen, choice.row)


def _reject(screen: CodebookScreen, choice: ProposalChoice, because: str) -> None:
    here = screen.rows.key or ""
    screen.change(lambda: (screen.actions.reject(choice.numbers, one_line(because)), here))
    open_proposals(screen, choice.row)
