"""Running commands on the readable rows of a damaged study. The lost rows are listed on stderr."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import OutputClosedError, print_message, streams
from sibtui.errors import SibtuiError, StudyFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project import Project


def damage_behind(error: Exception, study: Project) -> StudyFileError | None:
    """Return a StudyFileError that describes the damage of the study, or None if damage has not caused `error`."""
    explanation = study.explained(error)
    if explanation is not None:
        return explanation
    if isinstance(
        error, (SibtuiError, click.ClickException, click.exceptions.Exit, click.Abort, OutputClosedError, OSError)
    ):
        return error if isinstance(error, StudyFileError) else None
    from sibtui.project.shared.soundness import is_sound

    return None if is_sound(study) else StudyFileError(f"{study.path} is damaged.", "the file is damaged", "check")


def run_again(study: Project, command: Callable[[Project], Any], error: Exception) -> bool:
    """Run a command a second time after `error`, without the damaged rows. The command must not change the study.

    Return True if the command has run again, and False if damage is not the cause of the error. Raises
    StudyFileError if the study is damaged, but the command cannot be run again.
    """
    explanation = damage_behind(error, study)
    if explanation is None:
        return False
    again = (
        explanation.hint == "check" and not streams.is_written()
    )  # else the file is locked, or half a list is printed
    if again and run_without_damage(study, command):
        return True
    raise explanation from error


def run_without_damage(study: Project, command: Callable[[Project], Any]) -> bool:
    """Run a command on the readable rows, print which rows are lost, and return True.

    If no row is lost, return False without running the command.
    """
    from sibtui.project.damaged_study import read_damaged

    readable = read_damaged(study.path)
    with readable.project as rest:
        if not readable.losses:
            return False
        with suppress(click.exceptions.Exit):  # the losses are printed all the same
            command(rest)
    print_message(f"{study.path} is damaged. This is what can be read of it; left out or changed are:")
    for loss in sorted(map(str, readable.losses)):
        print_message(f"  {loss}")
    print_message("`sibtui check` lists the damage.")
    return True
