"""Prompts that ask for one line of text. While the user types, a sentence shows the effect of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.errors import SibtuiError
from sibtui.project.shared.validation import Validation
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen


def ask_line(
    screen: Screen[None],
    title: str,
    value: str,
    explain: Callable[[str], str | None],
    then: Callable[[str], object],
    *,
    enter: str = "saves",
    needed: str = "Write a name.",
    complete: Callable[[str], tuple[str, list[str]]] | None = None,
    cancelled: Callable[[], object] = lambda: None,
) -> None:
    """Ask for a line of text, and pass it to `then`. If the user cancels, call `cancelled` instead.

    `value` is the line before the user types. `enter` names the effect of Enter. `explain` returns a sentence on the
    effect of the typed line. For an empty line it returns None, and the prompt shows `needed`. For an invalid line it
    raises a SibtuiError. `complete` is called after Tab, and returns (completed line, candidates).
    """

    def validate(typed: str) -> Validation:
        try:
            effect = explain(typed)
        except SibtuiError as error:
            return Validation(str(error), "no", error.hint)
        return Validation(needed, "no") if effect is None else Validation(effect)

    def entered(typed: str | None) -> None:
        if typed is None:
            cancelled()
        else:
            then(typed)

    screen.app.push_screen(Prompt(title, value, validate, enter=enter, complete=complete), entered)


def ask_case_line(
    screen: Screen[Any],
    subject: str,
    value: str,
    known: Sequence[str],
    then: Callable[[str], object],
    *,
    about: str = "a new name makes a case",
    enter: str = "saves",
) -> None:
    """Ask for the cases of an item in one line, and pass the line to `then`. If the user cancels, do nothing.

    `subject` names the item in the title. `known` has the labels of the existing cases, which Tab completes. `about`
    is a hint in the message below the field; it is left out if the line has new labels. `enter` names the effect of
    Enter.
    """
    from sibtui.workspace.case_choice import cases_message, complete_cases

    prompt = Prompt(
        f"The cases of {subject}",
        value,
        lambda line: cases_message(line, known, about),
        enter=enter,
        complete=lambda line: complete_cases(line, known),
    )
    ask(screen.app, prompt, then)


def common(values: Sequence[str]) -> str:
    """Return the value if all values are equal. Otherwise return an empty text."""
    return values[0] if values and all(value == values[0] for value in values) else ""
