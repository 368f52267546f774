"""The option `-p/--project`, and the decorators that open the study of a command."""

from __future__ import annotations

import os
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import FAILED, complete, print_message, record_saves
from sibtui.errors import StudyFileError
from sibtui.model.text import listed
from sibtui.project import SUFFIX, Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def find_study(name: str | None) -> Path:
    from pathlib import Path

    return Path(study_file(name))


def study_file(name: str | None) -> str:
    """Return the path of the study to open, as a string.

    The study is `name`, or else $SIBTUI_PROJECT, or else the only study in the current folder. Raises StudyFileError if
    this folder has no study, or several.
    """
    name = name or os.environ.get("SIBTUI_PROJECT")
    if name:
        return name
    folder = os.getcwd()
    files = (
        sorted(file for file in os.listdir(folder) if os.path.normcase(file).endswith(SUFFIX))
        if os.access(folder, os.R_OK)
        else []
    )
    if len(files) == 1:
        return os.path.join(folder, files[0])
    if files:
        names = listed(files, 5)
        raise StudyFileError(f"There are several studies in this folder ({names}): choose one with -p FILE.")
    raise StudyFileError(
        "There is no study in this folder: make one with `sibtui new STUDY.sibtui`, or name one with -p FILE."
    )


SETS_GIVEN = "sibtui.sets"
"""The key of click's context for the names of sets that are checked later, when `with_project` has opened the study."""


def with_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `-p/--project` to a command, and pass the open study to the command as its first argument.

    The study is closed when the command returns.
    """
    return _with_project(command, _run)


def with_readable_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Do the same as `with_project`, but for commands that only read: such a command also works on a damaged study.

    If the command fails because of damage, it runs again on a copy in memory without the damaged rows. In this case,
    the lost rows are printed, and the exit status is 1.
    """
    return _with_project(command, _run_readable)


def with_whole_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Do the same as `with_readable_project`, but check all rows of the study before the command runs.

    Use this for a command that would otherwise leave out damaged rows without a message.
    """
    return _with_project(command, _run_whole)


def _with_project(command: Callable[..., Any], run: Callable[..., Any]) -> Callable[..., Any]:
    @click.option("-p", "--project", metavar="FILE", shell_complete=complete.studies, help="The study file.")
    @click.pass_context
    @wraps(command)
    def wrapper(ctx: click.Context, /, project: str | None, **options: Any) -> Any:
        file = study_file(project or (ctx.obj or {}).get("project"))
        if os.path.isdir(file):
            raise StudyFileError(f"{find_study(file)} is a folder: name a study in it with -p FILE.")
        with Project.open(file) as study:
            if SETS_GIVEN in ctx.meta:
                from sibtui.cli.source_sets import print_empty_sets

                print_empty_sets(study, ctx.meta.pop(SETS_GIVEN))
            try:
                returned = run(study, partial(command, **options))
            finally:
                record_saves(study.saves)
            if study.read_only:
                print_message(study.read_only)
            return returned

    return wrapper


def with_study_file(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `-p/--project` to a command that needs only the path of the study.

    The study is not opened for the command, so the command also works on a damaged study. The first argument of the
    command is a function that returns the path.
    """

    @click.option("-p", "--project", metavar="FILE", shell_complete=complete.studies, help="The study file.")
    @click.pass_context
    @wraps(command)
    def wrapper(ctx: click.Context, /, project: str | None, **options: Any) -> Any:
        return command(lambda: find_study(project or (ctx.obj or {}).get("project")), **options)

    return wrapper


def _run(study: Project, command: Callable[[Project], Any]) -> Any:
    try:
        return command(study)
    except Exception as error:
        from sibtui.cli.damaged import damage_behind

        explanation = damage_behind(error, study)
        if explanation is None:
            raise
        raise explanation from error


def _run_readable(study: Project, command: Callable[[Project], Any]) -> Any:
    try:
        return command(study)
    except Exception as error:
        from sibtui.cli.damaged import run_again

        if not run_again(study, command, error):
            raise
    return click.get_current_context().exit(FAILED)


def _run_whole(study: Project, command: Callable[[Project], Any]) -> Any:
    from sibtui.project.shared.soundness import is_sound

    if not is_sound(study):
        from sibtui.cli.damaged import run_without_damage

        if run_without_damage(study, command):
            return click.get_current_context().exit(FAILED)
    return _run_readable(study, command)
