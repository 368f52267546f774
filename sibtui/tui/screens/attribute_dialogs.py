"""Dialogs that ask for an attribute of cases or sources, and for its value. They open over any screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.attributes import canonical
from sibtui.model.folding import name_key
from sibtui.model.text import one_line
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sibtui.model.records import AttributeKind, Owner
    from sibtui.tui.screens.base import StudyScreen

_NEW = "\x1fnew"
_KINDS: dict[AttributeKind, str] = {
    "text": "a text", "number": "a number", "date": "a date such as 2020-03-17", "yes/no": "yes or no",
}  # fmt: skip


def ask_attribute(
    screen: StudyScreen, of: Owner, subject: str, values: Mapping[str, str], then: Callable[[str], object]
) -> None:
    """Ask for an attribute of cases or sources, and pass its name to `then`. The attribute may be new.

    `subject` names the cases or sources in the title of the dialog. `values` is a map: attribute → its current value.
    """
    rows = [ListRow(name, one_line(name), right=one_line(value, 40)) for name, value in values.items()]
    rows.append(ListRow(_NEW, "a new attribute …", quiet=True))

    def chosen(name: str) -> None:
        if name == _NEW:
            effect = f"All {of}s can have it; its values are texts."
            ask_line(
                screen, "Name of the new attribute", "", lambda typed: effect if typed.strip() else None,
                lambda typed: then(" ".join(typed.split())), enter="goes on to its value",
            )  # fmt: skip
        else:
            then(name)

    ask(screen.app, Chooser(f"{subject}: which attribute?", rows), chosen)


def ask_value(
    screen: StudyScreen,
    of: Owner,
    attribute: str,
    subject: str,
    value: str,
    used: Iterable[str],
    then: Callable[[str | None], object],
) -> None:
    """Ask for the value of an attribute, and pass it to `then`.

    `subject` names the cases or sources in the title of the dialog, and `value` is the present value. For an empty
    line, which removes the value, `then` receives None. `used` has the values to which Tab completes the typed text.
    """
    known = {each.name: each.kind for each in screen.project.attributes.list(of)}
    kind: AttributeKind = known.get(attribute, "date" if attribute == "date" and of == "source" else "text")
    values = sorted(set(used))

    def explain(typed: str) -> str:
        if not typed.strip():
            return "An empty line removes the value."
        try:
            stored = canonical(kind, typed)
        except ValueError as error:
            raise InputError(f"{error}.") from None
        return f"{_KINDS[kind].capitalize()}{'' if stored == typed else f': stored as {one_line(stored, 40)}'}."

    ask_line(
        screen,
        f"{attribute} of {subject}",
        value,
        explain,
        lambda typed: then(typed.strip() or None),
        enter="saves",
        complete=lambda typed: complete_value(typed, values),
    )


def complete_value(typed: str, values: Sequence[str]) -> tuple[str, list[str]]:
    """Return (completed line, candidates). The candidates are the values that begin with the typed line.

    The completed line is the beginning that all candidates share: “te” becomes “teach” for “teacher” and “teaching”.
    The typed line stays unchanged if nothing is typed, or if there is no candidate. It also stays unchanged if the
    candidates share less than the typed line, for example “Teacher” and “teaching”.
    """
    found = [value for value in values if name_key(value).startswith(name_key(typed))]
    prefix = os.path.commonprefix(found)  # noqa: RUF071 - compares characters, not folders
    return (prefix if typed and name_key(prefix).startswith(name_key(typed)) and prefix else typed), found
