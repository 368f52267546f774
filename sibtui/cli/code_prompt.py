"""The question for a code in `sibtui code --linear`. The user answers with a part of the code's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.workspace.code_search import CodeChoice, offer
from sibtui.workspace.codebook_view import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sibtui.workspace.code_search import CodeOffer
    from sibtui.workspace.workspace import Workspace

MAX_CHOICES = 9
"""How many codes are offered at most for a typed name. The user chooses a code by a digit."""


class CodePrompt:
    """Asks the user for a code of a study. `lines` yields the lines that the user types, `write` prints a line."""

    def __init__(self, workspace: Workspace, lines: Iterator[str], write: Callable[[str], None]) -> None:
        self._workspace = workspace
        self._lines = lines
        self._write = write

    def ask(self, question: str) -> CodeChoice | None:
        """Print a question, and return the code that the user chooses; None if the user types nothing."""
        view = self._workspace.codebook
        choices: dict[str, CodeChoice] = {}
        self._write(f"{question} Type a part of its name; Theme/Name makes a new code; an empty line cancels.")
        for line in self._lines:
            typed = line.strip()
            if not typed:
                break
            if typed in choices:
                return choices[typed]
            codes = offer(typed, view.usable, self._workspace.place.recent, retired=view.retired)
            choice = unambiguous_code(typed, codes)
            if choice is not None:
                return choice
            choices = self._write_choices(typed, codes)
        self._write("No code.")
        return None

    def _write_choices(self, typed: str, offered: CodeOffer) -> dict[str, CodeChoice]:
        """Print the codes that the user may want. Return a map: text to type (such as `1`) → code."""
        fitting = [match.code.path for match in offered.fitting][:MAX_CHOICES]
        similar = [match.code.path for match in offered.similar][: MAX_CHOICES - len(fitting)]
        choices: dict[str, CodeChoice] = {}
        if not fitting:
            self._write("No code fits.")
        for number, path in enumerate((*fitting, *similar), 1):
            choices[str(number)] = CodeChoice(path)
            self._write(f"{number} {'similar: ' if path in similar else ''}{one_line(whole(path))}")
        for key, path in zip(("+", "++"), offered.new, strict=False):
            choices[key] = CodeChoice(path, new=True)
            self._write(f"{key} makes a new code “{one_line(whole(path))}”")
        if offered.retired is not None:
            self._write(f"{one_line(whole(offered.retired))} is retired: `sibtui code restore` restores it.")
        if offered.new and not offered.exact:
            choices.setdefault(typed, choices["+"])
        return choices


def unambiguous_code(typed: str, offered: CodeOffer) -> CodeChoice | None:
    """Return the code that `typed` names without doubt; None if there is a doubt.

    An existing code is returned if it is the only code that fits `typed`, or the only code with exactly the typed name.
    A new code is returned only if `typed` has a slash, as in `Theme/Code`.
    """
    if offered.exact == 1 or (len(offered.fitting) == 1 and not offered.new_first):
        return CodeChoice(offered.fitting[0].code.path)
    first = offered.first
    return first if "/" in typed and first is not None and first.new else None
