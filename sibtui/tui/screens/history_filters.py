"""The dialogs that filter the list of changes by coder, kind of change, source or code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sibtui.tui.screens.base import StudyScreen
    from sibtui.workspace.code_search import CodeChoice

_BY = {"c": "coder", "k": "verb", "s": "source", "o": "code"}


def choose_filter(screen: StudyScreen, filters: dict[str, str], narrow: Callable[[dict[str, str]], object]) -> None:
    """Ask for a filter and its value. Call `narrow` with a copy of `filters` that has the new filter too.

    `filters` is a dict: kind of filter, such as “coder” → its value. If the user types 0, `narrow` receives an empty
    dict, which removes all filters.
    """
    choices = {
        "c": "A coder",
        "k": "A kind of change",
        "s": "A source, with its codings",
        "o": "A code, with its codings",
    }
    if filters:
        choices["0"] = "All changes again"

    def chosen(letter: str) -> None:
        if letter == "0":
            narrow({})
        elif letter == "o":
            _ask_code(screen, lambda path: narrow({**filters, "code": path}))
        else:
            by = _BY[letter]
            _choose(screen, by, _values(screen, by), lambda value: narrow({**filters, by: value}))

    ask_letter(screen.app, "List only the changes of", choices, chosen)


def _values(screen: StudyScreen, by: str) -> Iterable[str]:
    project = screen.project
    if by == "source":
        return project.sources.names()
    acts = project.history.list()
    if by == "coder":
        return dict.fromkeys(act.coder for act in acts)
    verbs = sorted({act.verb for act in acts})
    nouns = dict.fromkeys(verb.split()[0] for verb in verbs)
    return [each for noun in nouns for each in dict.fromkeys((noun, *(v for v in verbs if v.split()[0] == noun)))]


def _choose(screen: StudyScreen, by: str, values: Iterable[str], then: Callable[[str], object]) -> None:
    rows = [ListRow(value, one_line(value)) for value in values]

    ask(screen.app, Chooser(f"Only this {'kind of change' if by == 'verb' else by}", rows), then)


def _ask_code(screen: StudyScreen, then: Callable[[str], object]) -> None:
    from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

    codes = screen.project.codes.list(counts=True)
    if not codes:
        screen.report("There are no codes yet.")
        return

    def chosen(picked: CodeChoice) -> None:
        then(picked.path)

    recent = screen.study_app.study_state.recent
    ask_code(screen.app, PickerChoice("Only this code", codes, recent, {}, lambda _: None, allow_new=False), chosen)
