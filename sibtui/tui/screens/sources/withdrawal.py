"""The withdrawal of a source on the screen: its effects, the name to type, and a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.project.shared.validation import Validation
from sibtui.tui.widgets.drafts import drafts_of
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from sibtui.project.erasing.withdrawal_values import Withdrawal
    from sibtui.tui.screens.sources.screen import SourcesScreen


def ask_withdrawal(screen: SourcesScreen, name: str) -> None:
    """Show the effects of the withdrawal of a source, ask the user to type its name, and erase it."""
    try:
        foreseen = screen.actions.foresee_withdrawal(name)
    except SibtuiError as error:
        screen.report(screen.worded(error), error=True)
        return
    title = f"Withdraw {one_line(name, 40)} for good: type its name"

    def validate(typed: str) -> Validation:
        if typed == name:
            return Validation("This erases it for good: neither this nor a change before it can be undone.")
        return Validation(f"The exact name is needed: {one_line(name, 120)}", "no")

    def entered(typed: str | None) -> None:
        if typed == name:
            screen.attempt(lambda: _withdraw(screen, name))
            drafts_of(screen.app).clear()  # an unsaved memo may hold words of the source

    box = Prompt(title, "", validate, enter="erases it for good", about=_lines(foreseen))
    screen.app.push_screen(box, entered)


def _withdraw(screen: SourcesScreen, name: str) -> str:
    withdrawal = screen.actions.withdraw(name)
    state = screen.study_app.study_state
    if state.source == name:
        state.source, state.start, state.end = "", 0, 0
    screen.reload()
    screen.app.push_screen(MessageBox("Withdrawn for good", _lines(withdrawal)))
    return f"One source is withdrawn for good, as {withdrawal.id}."


def _lines(withdrawal: Withdrawal) -> list[str]:
    """Return the counts, then sentences on copies and on the remaining traces."""
    return [withdrawal.summary, *withdrawal.notes]
