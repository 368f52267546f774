"""The list of the attributes of sources or cases.

The user can add, rename, move or remove an attribute, or change the type of its values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import ATTRIBUTE_KINDS
from sibtui.model.text import one_line
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.records import Attribute, AttributeKind, Owner
    from sibtui.tui.screens.base import StudyScreen

_NEW = "\x1fnew"
_KINDS: dict[str, AttributeKind] = dict(zip("tndy", ATTRIBUTE_KINDS, strict=True))


def choose_attribute(screen: StudyScreen, of: Owner) -> None:
    """List the attributes of sources or cases. The user can change a listed attribute, or add a new attribute."""
    known = list(screen.project.attributes.list(of))
    rows = [ListRow(each.name, one_line(each.name), right=each.kind) for each in known]
    rows.append(ListRow(_NEW, "a new attribute …", quiet=True))

    def chosen(name: str) -> None:
        if name == _NEW:
            _add(screen, of)
        else:
            _choose_change(screen, known, next(each for each in known if each.name == name))

    ask(screen.app, Chooser(f"The attributes of {of}s", rows), chosen)


def _add(screen: StudyScreen, of: Owner) -> None:
    def named(typed: str) -> None:
        def chosen(letter: str) -> None:
            _change(
                screen, lambda: screen.project.attributes.add(of, typed, _KINDS[letter]), f"{one_line(typed)}: added"
            )

        ask_letter(screen.app, f"{one_line(typed)}: what are its values?", _KINDS, chosen)

    ask_line(
        screen,
        f"Name of the new attribute of {of}s",
        "",
        lambda typed: f"All {of}s can have it." if typed.strip() else None,
        named,
    )


def _choose_change(screen: StudyScreen, known: list[Attribute], attribute: Attribute) -> None:
    name, of, attributes = attribute.name, attribute.of, screen.project.attributes
    at = known.index(attribute)
    choices = {
        "r": "Rename it",
        "k": f"Its kind: {attribute.kind}",
        "u": "Move it up",
        "d": "Move it down",
        "x": "Remove it with its values",
    }

    def rename() -> None:
        ask_line(
            screen, f"New name of {name}", name, lambda typed: "Its values stay." if typed.strip() else None,
            lambda typed: _change(screen, lambda: attributes.set(of, name, new_name=typed), f"{one_line(name)} is now called {one_line(typed)}."),
        )  # fmt: skip

    def retype() -> None:
        ask_letter(
            screen.app, f"{one_line(name)}: what are its values?", _KINDS,
            lambda letter: _change(screen, lambda: attributes.set(of, name, kind=_KINDS[letter]), f"{one_line(name)}: {_KINDS[letter]}"),
        )  # fmt: skip

    def move(step: int) -> None:
        _change(screen, lambda: attributes.set(of, name, position=max(1, at + 1 + step)), f"{one_line(name)}: moved")

    def remove() -> None:
        _change(
            screen, lambda: attributes.remove(of, name), screen.with_undo(f"Removed: {one_line(name)} with its values")
        )

    edits: dict[str, Callable[[], None]] = {
        "r": rename,
        "k": retype,
        "u": lambda: move(-1),
        "d": lambda: move(1),
        "x": remove,
    }
    ask_letter(screen.app, f"{one_line(name)}, an attribute of {of}s", choices, lambda letter: edits[letter]())


def _change(screen: StudyScreen, action: Callable[[], object], message: str) -> None:
    def changed() -> str:
        action()
        screen.reload()
        return message

    screen.attempt(changed)
