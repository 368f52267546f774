"""Messages that several commands print: about a change of the study, and about codings that a blind round hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.cli import print_message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.project import Project


UNCHANGED = "nothing was changed: the study is already in this state."


def shell_word(text: str | Path) -> str:
    """Return a name or path as one word of a shell command, in quotation marks if the shell needs them."""
    import shlex

    return shlex.quote(str(text))


def report_change(message: str, undo: str = "takes it back") -> None:
    """Print a message about a change, followed by `sibtui undo` and the words in `undo`.

    For example, `report_change("added 3 codings")` prints “added 3 codings (`sibtui undo` takes it back).”
    """
    from sibtui.model.text import one_line

    print_message(f"{one_line(message)} (`sibtui undo` {undo}).")


def change_reporter(project: Project) -> Callable[[str], None]:
    """Return a function like `report_change` that first checks whether the study has changed at all.

    Call `change_reporter` before a change, and the returned function after it. If nothing has changed, the function
    does not mention `sibtui undo`, which would undo an earlier change.
    """

    def newest() -> int:
        acts = project.history.list(limit=1)
        return acts[0].id if acts else 0

    before = newest()
    return lambda message: report_change(message) if newest() != before else print_message(UNCHANGED)


def print_blind_round(study: Project, *, complete: bool = False) -> None:
    """If the coder is in a blind round, print a message about the codings that this round hides.

    By default, the message states that they are hidden. With `complete`, it states that the output contains them.
    """
    from sibtui.cli.hints import with_hint
    from sibtui.project.shared.hidden_codings import hidden_codings

    current = study.rounds.current
    if current is not None and current.blind:
        of = hidden_codings(current.coder, current.number)
        if complete:
            print_message(f"{of} are written too, although the blind round hides them.")
        else:
            print_message(with_hint(f"{of} are hidden in this blind round.", "end-round"))
