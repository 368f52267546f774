"""The dialogs for a package, the part of a study that a colleague codes.

They ask for the colleague, and for the cases and sources in the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line, plural
from sibtui.project.exporting.catalogue import PackageChoice
from sibtui.tui.screens.attribute_dialogs import complete_value
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.several_chooser import SeveralChooser

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.tui.screens.base import StudyScreen

_CASE, _SOURCE = "case ", "source "


def ask_package(screen: StudyScreen, then: Callable[[PackageChoice], None]) -> None:
    """Ask for the colleague who gets a package, and for the cases and sources in the package.

    Pass the answers to `then`.
    """
    known = [coder.name for coder in screen.project.coders]
    ask_line(
        screen,
        "The colleague who gets the package, such as R2",
        "",
        lambda typed: (
            f"The package has the codings, readings and memos of {one_line(typed.strip(), 40)}, and nobody else's."
            if typed.strip()
            else None
        ),
        lambda typed: _ask_contents(screen, typed, then),
        enter="goes on",
        complete=lambda typed: complete_value(typed, known),
    )


def _ask_contents(screen: StudyScreen, coder: str, then: Callable[[PackageChoice], None]) -> None:
    sources = screen.project.sources.list()
    choices = [
        (f"{_CASE}{case.label}", f"{one_line(case.label, 40)}: {plural(count, 'source')}")
        for case in screen.project.cases.list()
        if (count := sum(case.label in source.cases for source in sources))
    ]
    choices += [(f"{_SOURCE}{each.name}", f"{one_line(each.name, 40)}  {one_line(each.title, 40)}") for each in sources]

    ask(
        screen.app,
        SeveralChooser("Which cases and sources? No mark: all sources", choices),
        lambda keys: then(PackageChoice(coder.strip(), _named(keys, _CASE), _named(keys, _SOURCE))),
    )


def _named(keys: tuple[str, ...], kind: str) -> tuple[str, ...]:
    return tuple(key.removeprefix(kind) for key in keys if key.startswith(kind))
