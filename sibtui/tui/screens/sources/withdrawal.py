"""The dialogs that erase a source, or the words of a person, for good (a withdrawal).

The user sees what will be erased, types the name to confirm, and gets a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.model.text import listed, one_line, plural
from sibtui.project.shared.validation import Validation
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.widgets.drafts import drafts_of
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.prompt import Prompt
from sibtui.workspace.case_choice import complete_cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project.erasing.withdrawal_values import Withdrawal
    from sibtui.tui.screens.sources.screen import SourcesScreen


def ask_withdrawal(screen: SourcesScreen, name: str) -> None:
    """Show which data would be erased together with a source.

    If the user then types the name of the source, erase the source and these data for good.
    """
    actions = screen.actions
    _ask(screen, name, lambda: actions.foresee_withdrawal(name), lambda: actions.withdraw(name))


def ask_person(screen: SourcesScreen) -> None:
    """Ask for the name of a speaker or participant, and show what would be erased.

    If the user then types the name again, erase the words of this person for good.
    """
    actions = screen.actions
    speakers = actions.speakers()

    def explain(typed: str) -> str | None:
        return (
            f"The turns of {one_line(typed, 40)} in all sources, and sources of this participant alone"
            if typed.strip()
            else None
        )

    def foresee(typed: str) -> None:
        name = typed.strip()
        _ask(screen, name, lambda: actions.foresee_person(name), lambda: actions.withdraw_person(name))

    ask_line(
        screen, "Withdraw which person for good?", "", explain, foresee, enter="lists what goes",
        needed="Write the name of a speaker or participant." if speakers else "No source has speakers. Write the name of a participant.",
        complete=lambda typed: complete_cases(typed, speakers),
    )  # fmt: skip


def _ask(
    screen: SourcesScreen, name: str, foresee: Callable[[], Withdrawal], withdraw: Callable[[], Withdrawal]
) -> None:
    """Show which data would be erased. If the user types `name` to confirm, call `withdraw`, which erases the data.

    `foresee` finds the data that would be erased, and does not change the study.
    """
    try:
        foreseen = foresee()
    except SibtuiError as error:
        screen.report(screen.worded(error), error=True)
        return
    title = f"Withdraw {one_line(name, 40)} for good: type the name"

    def validate(typed: str) -> Validation:
        if typed == name:
            return Validation("Erased for good: neither this nor a change before it can be undone.")
        return Validation(f"The exact name is needed: {one_line(name, 120)}", "no")

    def entered(typed: str | None) -> None:
        if typed == name:
            # an unsaved memo may hold words of the source
            screen.attempt(lambda: _report(screen, withdraw()), drafts_of(screen.app).clear)

    about = [*_sources(foreseen), *_lines(foreseen)]
    box = Prompt(title, "", validate, enter="erases for good", about=about)
    screen.app.push_screen(box, entered)


def _report(screen: SourcesScreen, withdrawal: Withdrawal) -> str:
    """Show a dialog that lists what was erased. Return a message for the status bar."""
    state = screen.study_app.study_state
    if state.source in withdrawal.sources:
        state.source = ""
    if state.source in {"", *withdrawal.shortened}:
        state.start, state.end = 0, 0
    screen.reload()
    about = [*_sources(withdrawal), *_lines(withdrawal)]
    screen.app.push_screen(MessageBox("Withdrawn for good", about))
    what = [plural(len(withdrawal.sources), "source")] if withdrawal.sources else []
    if withdrawal.shortened:
        what.append(f"turns in {plural(len(withdrawal.shortened), 'source')}")
    return f"{' and '.join(what) or 'the history'} withdrawn for good, as {withdrawal.id}".capitalize() + "."


def _sources(withdrawal: Withdrawal) -> list[str]:
    """Return at most two lines: the sources erased as a whole, and the sources that lose only a person's words."""
    whole, shortened = (
        listed((one_line(name, 40) for name in names), 5) for names in (withdrawal.sources, withdrawal.shortened)
    )
    return [*([f"As a whole: {whole}."] if whole else []), *([f"Turns in: {shortened}."] if shortened else [])]


def _lines(withdrawal: Withdrawal) -> list[str]:
    """Return the lines on a withdrawal: its summary, and notes on copies of the study and on names that remain."""
    return [withdrawal.summary, *withdrawal.notes]
